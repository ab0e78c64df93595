"""Quick reports, and whatever else sums up the units below: as each was frozen when it was sent."""

from collections.abc import Iterator

from bot.texts import export as texts
from bot.texts import relays as relay_texts
from reports.scope import UNIT_COLUMNS, Scope, share
from reports.table import Cell, Column, Kind, Row, Sheet, number
from rules.duties import sums_up
from rules.plan import Duty
from rules.relays import WRITTEN
from storage import relays, reviews
from storage.relays import Relay
from storage.reviews import Standing


def relay_sheet(scope: Scope) -> Sheet | None:
    """None: the plan asks for none. Figures of one unit and its part of the tree come again in those of the
    unit above, and again in a later report: they are not added up.
    """
    duties = {one.code: one for one in scope.plan.duties if sums_up(one)}
    if not duties:
        return None
    return Sheet(
        name="Báo cáo nhanh",
        title=relay_texts.SHEET_TITLE,
        columns=[
            *UNIT_COLUMNS,
            Column("Báo cáo", 22),
            Column("Mã báo cáo", 9, Kind.CODE),
            Column("Gửi lúc", 16, Kind.MOMENT),
            Column("Trạng thái", 14, Kind.WORD),
            Column("Số liệu tính đến", 16, Kind.MOMENT),
            *(Column(name, 9, Kind.ORDINAL, "Báo cáo cấp dưới") for name in ("Đã có", "Phải có")),
            Column("Tỷ lệ", 8, Kind.RATE, "Báo cáo cấp dưới"),
            *(Column(name, 9, Kind.ORDINAL, "Đoàn viên") for name in ("Có mặt", "Tổng số")),
            Column("Tỷ lệ", 8, Kind.RATE, "Đoàn viên"),
            number("Điểm cần làm rõ", 9),
            Column("Giải trình", 30),
            *(Column(relay_texts.PARTS[part], 36) for part in WRITTEN),
        ],
        rows=_rows(scope, duties),
    )


def _rows(scope: Scope, duties: dict[str, Duty]) -> Iterator[Row]:
    sent = relays.contents(scope.conn, scope.plan.code, scope.top, list(duties))
    for standing in reviews.within(scope.conn, scope.plan.code, scope.top, list(duties)):
        unit = scope.by_id[standing.unit_id]
        yield [
            unit.name,
            unit.code,
            relay_texts.name(duties[standing.duty], standing.slot),
            standing.id,
            scope.local(standing.arrived),
            relay_texts.state_of(standing),
            *_told(scope, standing, sent.get(standing.id)),
        ]


def _told(scope: Scope, standing: Standing, relay: Relay | None) -> list[Cell]:
    if relay is None:
        return [relay_texts.IN_A_FILE, *[None] * (8 + len(WRITTEN))]
    main = relay.overall.main
    members: list[Cell] = [texts.NOT_REPORTED, None, None]
    if main.members_expected:
        members = [main.members, main.members_expected, share(main.members, main.members_expected)]
    return [
        scope.local(relay.at),
        main.received,
        main.due,
        share(main.received, main.due),
        *members,
        len(relay.doubts),
        "\n".join(relay.explained.values()),
        *(relay_texts.part_text(relay, part) for part in WRITTEN),
    ]
