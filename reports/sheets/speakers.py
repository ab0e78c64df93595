"""Speakers: those in the registers of the subtree, and whoever else spoke at its sessions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.texts import export as texts
from bot.texts import speakers as speaker_texts
from reports.scope import UNIT_COLUMNS, Scope
from reports.table import Cell, Column, Kind, Row, Sheet, number
from rules.duties import duty_of, level_name
from rules.plan import DutyKind
from storage import speaker_quality, speakers
from storage.models import Grade
from storage.speaker_quality import Look, Spoke

_JUDGED = "Cấp trên đánh giá"


def speaker_sheet(scope: Scope) -> Sheet | None:
    """None: the plan names no speakers."""
    if not scope.plan.speakers and duty_of(scope.plan, DutyKind.TRAINING) is None:
        return None
    return Sheet(
        name="Báo cáo viên",
        title=speaker_texts.SHEET_TITLE,
        columns=[
            *UNIT_COLUMNS,
            Column("Cấp", 12, Kind.WORD),
            Column("Họ và tên", 24),
            Column("Chức vụ, nơi công tác", 26),
            Column("Trong danh sách", 10, Kind.WORD),
            Column("Tập huấn ngày", 11, Kind.DAY),
            Column("Đơn vị tập huấn", 30),
            number("Số lần báo cáo", 8),
            *(number(name, 8, _JUDGED) for name in speaker_texts.GRADES.values()),
            number("Chưa đánh giá", 8, _JUDGED),
        ],
        rows=_rows(scope),
    )


def _rows(scope: Scope) -> Iterator[Row]:
    seen = speaker_quality.look(scope.conn, scope.plan.code, scope.top)
    yield from _registered(scope, seen)
    others: dict[tuple[int, str], list[Spoke]] = defaultdict(list)
    inside = {one.id for one in seen.register}
    for one in seen.spoke:
        known = seen.of.get(one.id)
        if known is None or known.id not in inside:
            others[one.host_id, one.key].append(one)
    for spoke in others.values():
        first = spoke[0]
        above = first.id in seen.of
        yield [
            first.host_name,
            scope.by_id[first.host_id].code,
            level_name(scope.plan, first.level),
            first.name,
            None,
            speaker_texts.OF_SUPERIORS if above else speaker_texts.NOT_REGISTERED,
            None,
            None,
            *_counts(spoke),
        ]


def _registered(scope: Scope, seen: Look) -> Iterator[Row]:
    roles = {role.code: role.name for role in scope.plan.roles}
    held = speakers.roles(scope.conn, seen.register, scope.today)
    spoke = seen.by_speaker
    for one in speakers.in_order(seen.register):
        trained = seen.trained.get(one.id)
        role = held.get(one.id)
        yield [
            one.unit_name,
            scope.by_id[one.unit_id].code,
            level_name(scope.plan, one.level),
            one.name,
            one.workplace or (roles.get(role, role) if role is not None else None),
            speaker_texts.REGISTERED,
            trained.held_on if trained is not None else texts.NOT_ASKED,
            trained.held_by if trained is not None else None,
            *_counts(spoke.get(one.id, ())),
        ]


def _counts(spoke: Sequence[Spoke]) -> list[Cell]:
    grades = [sum(one.grade is grade for one in spoke) for grade in Grade]
    left = sum(one.grade is None and one.above_id is not None for one in spoke)
    return [many or None for many in (len(spoke), *grades, left)]
