"""What is still owed, with a button for each: after a report, in /trangthai, on first contact."""

from collections.abc import Sequence

from bot import callbacks
from bot.engine.owed_buttons import MENDED, owed_buttons, renumber_buttons
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import inspections as inspection_texts
from bot.texts import participation as report_texts
from bot.texts import say
from bot.texts import status as texts
from bot.texts.markup import lines
from handlers import answer_meeting, reviewer
from rules.names import given_name
from storage import duties, essay_reviews, essays, inspections, reviews
from storage.accounts import Post
from storage.duties import Owed
from storage.reviews import Returned

UNITS_SHOWN = 5
UNITS_A_PAGE = 6


def after_report(turn: Turn, unit_id: int, receipt: str) -> Reply:
    """The receipt, and what is left for the unit."""
    post = turn.post_for(unit_id)
    if post is None:  # on behalf of a unit below: what else it owes is its own affair
        return Reply(receipt)
    missing = duties.missing_essays(turn.conn, turn.plan, post.unit_id, post.duty_level, turn.today)
    left = [owed for owed in duties.of_unit(turn.conn, turn.plan, post) if owed.report_id is None]
    text = lines(receipt, report_texts.essays_left(len(missing)))
    return Reply(text, owed_buttons([post], left, essays=bool(missing)))


def status(turn: Turn, opening: str | None = None) -> Reply:
    """Everything that the person owes and has handed in, unit by unit."""
    if not turn.posts:
        return Reply(lines(opening, texts.NOTHING_ASSIGNED))
    parts: list[str] = [opening] if opening else []
    left: list[Owed] = []
    returned: list[Returned] = []
    to_mend: list[Button] = []
    handed_in: list[Owed] = []
    owes_essay = False
    posts = _one_per_unit(turn)
    for post in posts[:UNITS_SHOWN]:
        owed = duties.of_unit(turn.conn, turn.plan, post) if turn.post_for(post.unit_id) else []
        missing = duties.missing_essays(turn.conn, turn.plan, post.unit_id, post.duty_level, turn.today)
        if not owed:
            missing = [one for one in missing if one.person_id == turn.person_id]
        back = reviews.returned_of(turn.conn, turn.plan.code, post.unit_id) if owed else []
        returned += back
        waiting = [reviewer.returned_line(turn, one) for one in back]
        mends = inspections.to_mend(turn.conn, turn.plan.code, post.unit_id) if owed else []
        waiting += [inspection_texts.mend_line(one, turn.today) for one in mends]
        to_mend += [go(inspection_texts.mended_label(one.id), MENDED, one.id) for one in mends]
        waiting += [texts.owed_line(one, turn.today) for one in owed if one.report_id is None]
        if missing:
            waiting.append(texts.essays_line(missing, turn.person_id))
            back_again = essay_reviews.returned_among(
                turn.conn, turn.plan.code, [one.person_id for one in missing]
            )
            waiting += texts.returned_essays([one for one in missing if one.person_id in back_again])
        with_the_unit = {one.report_id for one in back}
        done = [
            texts.done_line(one)
            for one in owed
            if one.report_id is not None and one.report_id not in with_the_unit
        ]
        tally = essays.tally(turn.conn, turn.plan.code, post.unit_id) if turn.post_for(post.unit_id) else None
        if tally is not None:
            done.append(texts.tally_line(tally))
        parts.append(
            texts.unit_part(post.unit_name, waiting, done, plan_name=turn.plan.call_name, title=None)
        )
        left += [one for one in owed if one.report_id is None]
        handed_in += [one for one in owed if one.report_id not in with_the_unit]
        owes_essay = owes_essay or bool(missing)
    if len(posts) > UNITS_SHOWN:
        parts.append(texts.more_units(len(posts) - UNITS_SHOWN))
    invited, to_answer = answer_meeting.in_status(turn)
    return Reply(
        lines("\n".join(parts), invited),
        [
            *to_answer,
            *reviewer.returned_buttons(turn, returned),
            *to_mend,
            *owed_buttons(posts, left, essays=owes_essay),
            *renumber_buttons(handed_in),
        ],
    )


def welcome(turn: Turn) -> Reply:
    name = turn.account.full_name or ""
    return status(turn, texts.greeting(given_name(name)))


def choose_unit(turn: Turn, action: str, posts: Sequence[Post], argument: str, question: str) -> Reply:
    """Which of these units `action` is for. `argument`: what it was given, "p2" for the third page."""
    wanted = argument.removeprefix("p")
    if not posts or (argument and (wanted == argument or callbacks.read_id(wanted) is None)):
        return Reply(engine_texts.NOT_YOURS)
    page: Page[Post] = Page(len(posts), UNITS_A_PAGE, wanted)
    buttons = [go(say.both_ends(post.unit_name), action, post.unit_id) for post in page.of(posts)]
    return Reply(question, [*buttons, *page.buttons(action, "p")])


def _one_per_unit(turn: Turn) -> list[Post]:
    return list({post.unit_id: post for post in reversed(turn.posts)}.values())[::-1]
