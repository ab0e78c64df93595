"""/kiennghi: what is proposed below, by whose it is to answer; the card of each, with its way.

▸ /kiennghi
  Kiến nghị: 1 chờ đồng chí trả lời, 1 chờ nơi khác, 0 đã trả lời
  Chờ đồng chí trả lời: 1
  1. Chi đoàn thôn 3: Cần thêm tài liệu
  Chờ cấp huyện trả lời: 1
  2. Chi đoàn thôn 4: Cần thêm kinh phí   [1. Chi đoàn thôn 3] …
▸ 1. Chi đoàn thôn 3
  Kiến nghị của Chi đoàn thôn 3, 19 giờ 42 ngày 14/11: “Cần thêm tài liệu”
  [Trả lời] [Chuyển cấp trên] / [Trả lời chung 3 kiến nghị giống nhau] / [Các kiến nghị]

Only the unit that a proposal concerns answers it, or the top; others above see what becomes of it. The
answers are in `answering_proposals`, passing on in `passing_proposals`.
"""

from itertools import groupby

from bot import callbacks
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import proposals as texts
from bot.texts.markup import lines
from storage import proposal_lists, proposals
from storage.proposal_lists import Entry
from storage.proposal_sources import Source
from storage.proposals import Passed, Proposal

LIST, OPEN = "proposals", "proposal"
ANSWER, TOGETHER, UP, DOWN = "answerto", "answerall", "proposalup", "proposaldown"
A_PAGE = 5
MOST_TOGETHER = 50  # answered by one press: each asker is told within the turn

# Groups of the list, in their order; of those that wait elsewhere, one a level.
_MINE, _OTHERS, _ANSWERED = range(3)


# -- what there is


def proposals_command(turn: Turn, _args: str) -> Reply:
    return list_pressed(turn, "")


def list_pressed(turn: Turn, argument: str) -> Reply:
    if not turn.desks:
        return Reply(texts.NO_DESK)
    found = proposal_lists.listed(turn.conn, turn.plan, [desk.path for desk in turn.desks])
    if not found:
        return Reply(texts.NONE)
    keyed = sorted(((_group_of(turn, one), one) for one in found), key=lambda pair: pair[0])
    page: Page[tuple[tuple[int, int], Entry]] = Page(len(keyed), A_PAGE, argument)
    groups = [key for key, _one in keyed]
    shown = page.of(keyed)
    names = [entry.name for _key, entry in shown]
    whole = {one.name: one for one in proposals.these(turn.conn, turn.plan, names)}
    numbered = [
        (key, number, whole[entry.name])
        for number, (key, entry) in enumerate(shown, page.first + 1)
        if entry.name in whole
    ]
    parts = [
        texts.group(
            _heading(turn, key, groups.count(key)),
            [(number, one.unit_name, one.text) for _, number, one in told],
        )
        for key, told in groupby(numbered, lambda entry: entry[0])
    ]
    first = [next((at for at, key in enumerate(groups) if key[0] == kind), None) for kind in range(3)]
    mine, others, answered = (sum(key[0] == kind for key in groups) for kind in range(3))
    buttons = [go(texts.label(number, one.unit_name), OPEN, name_of(one)) for _, number, one in numbered]
    return Reply(
        lines(texts.title(mine, others, answered, page.number, page.pages), *parts),
        [*buttons, *page.buttons(LIST), *_jumps(page, first)],
    )


def _group_of(turn: Turn, one: Entry) -> tuple[int, int]:
    if one.answered:
        return (_ANSWERED, 0)
    if turn.desk(one.owner_id) is not None:
        return (_MINE, 0)
    ranks = [level.code for level in turn.plan.levels]
    level = one.owner_level
    return (_OTHERS, -ranks.index(level) if level in ranks else 0)


def _heading(turn: Turn, key: tuple[int, int], count: int) -> str:
    match key:
        case (int(kind), _) if kind == _MINE:
            return texts.waits_here(count)
        case (int(kind), _) if kind == _ANSWERED:
            return texts.were_answered(count)
    return texts.waits_at(turn.plan.levels[-key[1]].name, count)


def _jumps(page: Page[tuple[tuple[int, int], Entry]], first: list[int | None]) -> list[Button]:
    """To the page on which another group begins."""
    labels = (texts.TO_MINE, texts.TO_OTHERS, texts.TO_ANSWERED)
    pages = [(label, at // A_PAGE) for label, at in zip(labels, first, strict=True) if at is not None]
    near = (page.number - 1, page.number, page.number + 1)  # which the page's own buttons reach
    return [go(label, LIST, number) for label, number in pages if number not in near]


# -- one of them


def name_of(one: Proposal) -> str:
    return f"{one.source}.{one.id}.{one.ordinal}"


def named(turn: Turn, name: str) -> Proposal | None:
    """None: no such proposal, or not of a unit below the person's."""
    source, *rest = name.split(".")
    ids = [callbacks.read_id(part) for part in rest]
    if source not in tuple(Source) or len(ids) != 2 or ids[0] is None or ids[1] is None:
        return None
    number, ordinal = ids[0], ids[1]
    one = proposals.get(turn.conn, turn.plan, Source(source), number, ordinal)
    return (
        one
        if one is not None and turn.desks and (turn.is_above(one.unit_id) or is_owner(turn, one))
        else None
    )


def is_owner(turn: Turn, one: Proposal) -> bool:
    return turn.desk(one.owner.id) is not None


def answers_as(turn: Turn, one: Proposal) -> str | None:
    """The level as which the person may answer: its owner's, or the top's; None: it is not theirs."""
    if is_owner(turn, one):
        return one.owner.duty_level
    top = one.above[-1]
    return top.duty_level if turn.desk(top.id) is not None else None


def open_pressed(turn: Turn, argument: str) -> Reply:
    one = named(turn, argument)
    return card(turn, one) if one is not None else Reply(engine_texts.NOT_YOURS)


def card(turn: Turn, one: Proposal, opening: str | None = None) -> Reply:
    zone = turn.world.zone
    way = [_told(turn, one, step) for step in proposals.way(turn.conn, turn.plan, one)]
    if one.answer is not None and one.answered_at is not None:
        by = one.above[one.answered_place].name if one.answered_place is not None else None
        state = texts.answer(by, one.answered_at, zone, one.answer)
    else:
        state = texts.where(one.owner.name, here=is_owner(turn, one))
    text = lines(opening, texts.card(one.unit_name, one.text, one.at, zone), *way, state)
    return Reply(text, [*_choices(turn, one), go(texts.LIST, LIST)])


def _told(turn: Turn, one: Proposal, step: Passed) -> str:
    """Nobody looks upward: what a higher unit wrote is only for those below whom it wrote to."""
    origin, to = one.above[step.origin], one.above[step.to]
    sees = turn.sees(origin.id)
    opinion = step.opinion if sees or turn.desk(to.id) is not None else None
    return texts.passed(origin.name, to.name, step.by if sees else None, opinion, step.at, turn.world.zone)


def _choices(turn: Turn, one: Proposal) -> list[Button]:
    if one.answer is not None or answers_as(turn, one) is None:
        return []
    name = name_of(one)
    buttons = [go(texts.ANSWER, ANSWER, name)]
    if not is_owner(turn, one):
        return buttons
    if one.higher is not None:
        buttons.append(go(texts.UP, UP, name))
    if one.lower is not None:
        buttons.append(go(texts.DOWN, DOWN, name))
    alike = proposal_lists.alike_count(turn.conn, turn.plan, one)
    if alike > 1:
        buttons.append(go(texts.together(min(alike, MOST_TOGETHER)), TOGETHER, name))
    return buttons


def tell_asker(turn: Turn, one: Proposal, reply: Reply) -> bool:
    """Who proposed it, where that is one person, else or otherwise those who act for the unit; False: nobody
    could be written to.
    """
    if one.person_id is not None and turn.tell(one.person_id, reply):
        return True
    return turn.tell_acting(one.unit_id, reply)
