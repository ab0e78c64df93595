"""The card of a unit: who, how many, what was handed in; and buttons for what this person may do there.

Chi đoàn thôn 3 (mã THON3)
Đoàn xã Hoằng Quỳ · Huyện đoàn Hoằng Hóa
Đoàn viên: 50, trong đó cán bộ: 3; thanh niên: chưa ghi
▸ Bí thư Lê Thị Mai, 0900 000 013, đã kết nối
▸ Mã 0412 · Báo cáo kết quả học tập 12/11: chờ tiếp nhận, đúng hạn
Bài thu hoạch: 1/3
[Thêm người] [Đổi bí thư] / [Thôi chức vụ] [Lời mời] / …
"""

from datetime import date

from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import say, unit_history
from bot.texts import units_desk as texts
from bot.texts.markup import lines
from handlers.unit_rights import (
    CARD,
    NOT_YOURS,
    PERSON,
    closing_line,
    known_name,
    place_of,
    seen_unit,
    to_card,
)
from rules.deadlines import held_on_time, locked, reported_on_time
from rules.duties import file_roles
from rules.numbered import Numbered
from rules.plan import Duty, DutyKind
from storage import (
    accounts,
    documents,
    duties,
    essays,
    inviting,
    people,
    positions,
    reopenings,
    unit_cards,
    unit_changes,
    units,
)
from storage.positions import Seat
from storage.unit_cards import CardReport, Entry
from storage.units import Unit

ADD = "addperson"
HANDOVER = "handover"
END = "endpost"
INVITE = "invite"
SHEET = "invitesheet"
MOVE = "movereport"
MERGE = "merge"
CLOSE = "close"
REOPEN = "reopen"

PEOPLE_SHOWN = 3
REPORTS_SHOWN = 2
PAGE = {"people": 5, "reports": 4, "below": 8, "history": 5}


def unit_pressed(turn: Turn, argument: str) -> Reply:
    """`<unit>`, or `<unit>.<view>.<page>`."""
    number, _, rest = argument.partition(".")
    unit = seen_unit(turn, number)
    if unit is None:
        return NOT_YOURS
    view, _, page = rest.partition(".")
    match view:
        case "people":
            return _people(turn, unit, page)
        case "reports":
            return _reports(turn, unit, page)
        case "below":
            return _below(turn, unit, page)
        case "history":
            return _history(turn, unit, page)
    return card(turn, unit)


def card(turn: Turn, unit: Unit) -> Reply:
    """Of a unit that the person sees."""
    seats, reports = _seats(turn, unit), _shown_reports(turn, unit)
    text = lines(
        texts.unit_head(unit, place_of(turn, unit)),
        closing_line(turn, unit),
        _reopened(turn, unit),
        texts.counts(unit),
        *_member_lines(turn, seats[:PEOPLE_SHOWN]),
        texts.more(len(seats) - PEOPLE_SHOWN, "đồng chí") if seats else texts.NO_PEOPLE,
        *(_report_line(turn, unit, one) for one in reports[:REPORTS_SHOWN]),
        texts.more(len(reports) - REPORTS_SHOWN, "báo cáo") if reports else texts.NOT_REPORTED,
        _essays(turn, unit),
    )
    return Reply(text, [*_work(turn, unit, seats, reports), *_views(turn, unit, seats, reports)])


def _work(turn: Turn, unit: Unit, seats: list[Seat], reports: list[CardReport]) -> list[Button]:
    """What the person may do there, each checked again when it is pressed."""
    if unit.closed(turn.today):
        return []
    buttons: list[Button] = []
    manages = turn.manages(unit.id)
    below = unit_changes.open_below(turn.conn, unit.id, turn.today)
    if manages:
        lead = next(role for role in turn.plan.roles if role.acts)
        buttons += [go(texts.ADD, ADD, unit.id), go(texts.handover_label(lead), HANDOVER, unit.id)]
        if seats:
            buttons.append(go(texts.END, END, unit.id))
        if inviting.of_unit(turn.conn, turn.plan, turn.posts, unit.id, turn.today):
            buttons.append(go(texts.INVITE, INVITE, unit.id))
    if below:
        buttons.append(go(texts.SHEET, SHEET, unit.id))
    if manages:
        if reports:
            buttons.append(go(texts.MOVE, MOVE, unit.id))
        if unit.parent_id is not None:
            buttons.append(go(texts.MERGE, MERGE, unit.id))
            if not below:
                buttons.append(go(texts.CLOSE, CLOSE, unit.id))
        if locked(turn.plan, turn.arrived, turn.world.zone):
            buttons.append(go(texts.REOPEN, REOPEN, unit.id))
    return buttons


def _views(turn: Turn, unit: Unit, seats: list[Seat], reports: list[CardReport]) -> list[Button]:
    buttons = []
    if unit_changes.open_below(turn.conn, unit.id, turn.today):
        buttons.append(go(texts.BELOW, CARD, f"{unit.id}.below."))
    if seats:
        buttons.append(go(texts.PEOPLE, CARD, f"{unit.id}.people."))
    if len(reports) > REPORTS_SHOWN:
        buttons.append(go(texts.REPORTS, CARD, f"{unit.id}.reports."))
    return [*buttons, go(texts.HISTORY, CARD, f"{unit.id}.history.")]


def _seats(turn: Turn, unit: Unit) -> list[Seat]:
    return positions.of_unit(turn.conn, unit.id, turn.today, [role.code for role in turn.plan.roles])


def _member_lines(turn: Turn, seats: list[Seat]) -> list[str]:
    reach = accounts.reach(turn.conn, [seat.person_id for seat in seats])
    roles = {role.code: role.name for role in turn.plan.roles}
    return [
        texts.member_line(
            texts.Member(seat, roles.get(seat.role, seat.role), reach.get(seat.person_id)), turn.today
        )
        for seat in seats
    ]


def _shown_reports(turn: Turn, unit: Unit) -> list[CardReport]:
    """A branch's own session is told by its participation."""
    return [one for one in unit_cards.reports_of(turn.conn, turn.plan.code, unit.id) if not one.own]


def _report_line(turn: Turn, unit: Unit, report: CardReport) -> str:
    duty = next((one for one in turn.plan.duties if one.code == report.duty), None)
    on_time: bool | None = None
    if duty is not None and duty.kind is DutyKind.SESSION and report.held_on is not None:
        on_time = held_on_time(duty, unit.duty_level, report.held_on)
    elif duty is not None:
        on_time = reported_on_time(duty, report.held_on, report.first_arrived, turn.world.zone)
    sender = known_name(turn, report.by_person_id) if report.on_behalf else None
    title = duty.title if duty else report.duty
    return texts.report_line(report, title, on_time, sender, _number(turn, unit, duty))


def _number(turn: Turn, unit: Unit, duty: Duty | None) -> Numbered | None:
    """Of the document that it handed in."""
    if duty is None or not duty.numbered:
        return None
    return documents.numbers_of(turn.conn, turn.plan.code, unit.id, [duty.code]).get(duty.code)


def _essays(turn: Turn, unit: Unit) -> str | None:
    owing = people.holders(turn.conn, unit.id, turn.today, file_roles(turn.plan, unit.duty_level))
    missing = duties.missing_essays(turn.conn, turn.plan, unit.id, unit.duty_level, turn.today)
    tally = essays.tally(turn.conn, turn.plan.code, unit.id)
    told = (tally.attended, tally.expected) if tally is not None else None
    return texts.essays(len(owing) - len(missing), len(owing), told)


def _reopened(turn: Turn, unit: Unit) -> str | None:
    until: date | None = reopenings.open_until(turn.conn, turn.plan.code, unit.id)
    return texts.reopened(until, turn.today) if until is not None and until >= turn.today else None


# -- what does not fit on the card


def _people(turn: Turn, unit: Unit, wanted: str) -> Reply:
    seats = _seats(turn, unit)
    page: Page[Seat] = Page(len(seats), PAGE["people"], wanted)
    shown = list(page.of(seats))
    once = list({seat.person_id: seat for seat in shown}.values())
    people = zip(once, turn.labels_of(once), strict=True)
    return Reply(
        lines(texts.people_title(unit.name, page.number, page.pages), *_member_lines(turn, shown)),
        [
            *(go(label, PERSON, seat.person_id) for seat, label in people),
            *page.buttons(CARD, f"{unit.id}.people."),
            to_card(unit),
        ],
    )


def _reports(turn: Turn, unit: Unit, wanted: str) -> Reply:
    reports = _shown_reports(turn, unit)
    page: Page[CardReport] = Page(len(reports), PAGE["reports"], wanted)
    shown = [_report_line(turn, unit, one) for one in page.of(reports)]
    return Reply(
        lines(texts.reports_title(unit.name, page.number, page.pages), *(shown or [texts.NOT_REPORTED])),
        [*page.buttons(CARD, f"{unit.id}.reports."), to_card(unit)],
    )


def _below(turn: Turn, unit: Unit, wanted: str) -> Reply:
    children = units.children(turn.conn, unit.id, turn.today)
    page: Page[Unit] = Page(len(children), PAGE["below"], wanted)
    return Reply(
        texts.below_title(unit.name, len(children), page.number, page.pages),
        [
            *(go(say.both_ends(child.name), CARD, child.id) for child in page.of(children)),
            *page.buttons(CARD, f"{unit.id}.below."),
            to_card(unit),
        ],
    )


def _history(turn: Turn, unit: Unit, wanted: str) -> Reply:
    page: Page[Entry] = Page(unit_cards.history_length(turn.conn, unit.id), PAGE["history"], wanted)
    entries = unit_cards.history(turn.conn, unit.id, page.first, page.size)
    roles = {role.code: role.name for role in turn.plan.roles}
    told = [unit_history.line(one, _who(turn, one), roles, turn.world.zone) for one in entries]
    return Reply(
        lines(texts.history_title(unit.name, page.number, page.pages), *(told or [texts.NO_HISTORY])),
        [*page.buttons(CARD, f"{unit.id}.history."), to_card(unit)],
    )


def _who(turn: Turn, entry: Entry) -> str:
    if entry.by_person_id is None:
        return unit_history.SYSTEM
    return known_name(turn, entry.by_person_id) or unit_history.SUPERIORS
