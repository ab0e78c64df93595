"""/baocaonhanh: what a unit sends upward as a sum of those below, and what those below have sent.

▸ /baocaonhanh (a district)
  Huyện đoàn Hoằng Hóa: … Đã gửi 1 báo cáo; bấm để xem lại.
  [Báo cáo nhanh] [Báo cáo kết quả] / [Báo cáo nhanh lần 1 · 12/12 · đã tiếp nhận] / [Cấp dưới gửi (3 chờ)]
▸ /baocaonhanh (the province)
  Tỉnh đoàn Thanh Hóa: 31 báo cáo từ cấp dưới, 4 chờ tiếp nhận.
  [Huyện đoàn Hoằng Hóa · báo cáo nhanh lần 2, chờ tiếp nhận] / …
▸ Huyện đoàn Hoằng Hóa · …
  (what it says)   [Tiếp nhận] [Đề nghị bổ sung] [Xem toàn văn] [Để sau]
"""

from collections.abc import Sequence

from bot import callbacks
from bot.engine.conversation import Answer
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import relays as texts
from bot.texts import reviews as review_texts
from handlers import files, relay, relay_draft, review, review_queue, reviewer
from handlers.owed import choose_unit
from rules.duties import duty, relays_below, relays_of, sums_up
from rules.plan import Duty, DutyKind
from storage import relays, reviews
from storage.accounts import Post
from storage.models import ReportState
from storage.reviews import Standing

HOME = "relay"
BELOW = "relaysbelow"
READ = "relayread"
A_PAGE = 6


def relay_command(turn: Turn, _args: str) -> Answer:
    return relay_pressed(turn, "")


def relay_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>`, `<unit>.<page>`; "p<page>" of the units to choose from."""
    desks = [desk for desk in turn.desks if _own(turn, desk) or _from_below(turn, desk)]
    if not desks and not argument:
        return Reply(texts.NO_DESK)
    if not argument and len(desks) == 1:
        return _home(turn, desks[0], "")
    number, _, page = argument.partition(".")
    desk = next((desk for desk in desks if desk.unit_id == callbacks.read_id(number)), None)
    if desk is not None:
        return _home(turn, desk, page)
    return choose_unit(turn, HOME, desks, argument, texts.WHICH_UNIT)


def below_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: what the units directly below have sent."""
    number, _, page = argument.partition(".")
    desk = turn.desk(callbacks.read_id(number))
    if desk is None or not _from_below(turn, desk):
        return Reply(engine_texts.NOT_YOURS)
    return _list_below(turn, desk, page)


def _own(turn: Turn, desk: Post) -> tuple[Duty, ...]:
    return relays_of(turn.plan, desk.duty_level)


def _from_below(turn: Turn, desk: Post) -> tuple[Duty, ...]:
    return relays_below(turn.plan, desk.duty_level)


def _home(turn: Turn, desk: Post, wanted: str) -> Answer:
    own, below = _own(turn, desk), _from_below(turn, desk)
    if not own:
        return _list_below(turn, desk, wanted)
    sent = reviews.of_unit(turn.conn, turn.plan.code, desk.unit_id, _codes(own))
    if len(own) == 1 and not sent and not below:
        return relay.start(turn, desk.unit_id, own[0])
    buttons = [go(one.relay or one.title, relay.NEW, f"{desk.unit_id}.{one.code}") for one in own]
    page: Page[Standing] = Page(len(sent), A_PAGE, wanted)
    zone = turn.world.zone
    buttons += [
        go(texts.own_label(duty(turn.plan, one.duty), one, zone), READ, one.id) for one in page.of(sent)
    ]
    buttons += page.buttons(HOME, f"{desk.unit_id}.")
    if below:
        waiting = _waiting(reviews.directly_below(turn.conn, turn.plan.code, desk.unit_id, _codes(below)))
        buttons.append(go(texts.below(waiting), BELOW, f"{desk.unit_id}.0"))
    return Reply(texts.home(desk.unit_name, len(sent), page.number, page.pages), buttons)


def _list_below(turn: Turn, desk: Post, wanted: str) -> Reply:
    sent = reviews.directly_below(turn.conn, turn.plan.code, desk.unit_id, _codes(_from_below(turn, desk)))
    if not sent:
        return Reply(texts.NOTHING_YET)
    page: Page[Standing] = Page(len(sent), A_PAGE, wanted)
    buttons = [go(texts.below_label(duty(turn.plan, one.duty), one), READ, one.id) for one in page.of(sent)]
    buttons += page.buttons(BELOW, f"{desk.unit_id}.")
    text = texts.from_below(desk.unit_name, len(sent), _waiting(sent), page.number, page.pages)
    return Reply(text, buttons)


def _codes(duties: Sequence[Duty]) -> list[str]:
    return [one.code for one in duties]


def _waiting(sent: Sequence[Standing]) -> int:
    return sum(one.state == ReportState.SENT for one in sent)


def read_pressed(turn: Turn, argument: str) -> Answer:
    """`<report>`; `<report>.words`: its second page. What waits for this person opens in /duyet."""
    number, _, which = argument.partition(".")
    report_id = callbacks.read_id(number)
    standing = reviews.one(turn.conn, report_id) if report_id is not None else None
    if standing is None or not turn.sees(standing.unit_id):
        return Reply(engine_texts.NOT_YOURS)
    one = next((one for one in turn.plan.duties if one.code == standing.duty), None)
    if one is None or not sums_up(one):
        return Reply(engine_texts.NOT_YOURS)
    if standing.state == ReportState.SENT and review_queue.is_reviewed_here(turn, standing):
        return review.review_pressed(turn, number)
    found = relays.relay_in(reviews.content(turn.conn, standing.id, standing.revision))
    buttons = _next_steps(turn, one, standing, drafted=found is not None)
    returned = _asked_for(turn, standing)
    name = texts.name(one, standing.slot)
    if found is None:
        files.send_all(turn, "report", standing.id, review_texts.evidence(standing.unit_name, standing.id))
        return Reply(texts.as_file(name, standing, turn.world.zone, returned), buttons)
    if which == "words":
        shown, other = texts.words_page(name, standing, found), go(texts.FIGURES, READ, standing.id)
    else:
        shown = relay_draft.figures_page(turn, one, standing, found, returned)
        other = go(texts.WORDS, READ, f"{standing.id}.words")
    return Reply(shown, [other, *buttons])


def _asked_for(turn: Turn, standing: Standing) -> str | None:
    last = reviews.last(turn.conn, standing.id) if standing.state == ReportState.RETURNED else None
    if last is None or last.field is None:
        return None
    return texts.returned(review_texts.field_phrase(last.field, session=False), last.note)


def _next_steps(turn: Turn, one: Duty, standing: Standing, *, drafted: bool) -> list[Button]:
    desk = turn.desk(standing.unit_id)
    buttons = []
    if desk is not None and standing.state == ReportState.RETURNED:
        mine = reviews.returned_of(turn.conn, turn.plan.code, standing.unit_id)
        buttons += reviewer.returned_buttons(turn, [each for each in mine if each.report_id == standing.id])
    elif desk is not None and drafted and standing.state == ReportState.SENT:
        which = f".{standing.slot}" if one.kind is DutyKind.QUICK_REPORT else ""
        buttons.append(go(texts.MEND, relay.NEW, f"{standing.unit_id}.{one.code}{which}"))
    if desk is not None:
        buttons.append(go(texts.BACK, HOME, standing.unit_id))
    elif standing.parent_id is not None and turn.desk(standing.parent_id) is not None:
        buttons.append(go(texts.BACK, BELOW, f"{standing.parent_id}.0"))
    return buttons
