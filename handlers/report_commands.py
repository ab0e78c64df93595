"""/baocao: which unit, and which conversation its duties ask for. And the report typed in one line.

▸ 12/11 45/50, đủ tài liệu
  Chi đoàn thôn 3 · hội nghị ngày 12/11 …   [Gửi báo cáo] [Bổ sung] [Sửa] [Huỷ]
"""

from datetime import date

from bot import callbacks
from bot.engine.conversation import Answer, Start
from bot.engine.events import Event, Text
from bot.engine.owed_buttons import START_REPORT
from bot.engine.replies import Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import status as texts
from bot.texts.reasons import explain
from handlers import on_behalf, owed, participation_draft, session
from rules.counting import Count
from rules.duties import duties_of
from rules.plan import DutyKind
from rules.reading import LineReport, read_line
from rules.reasons import Reason
from storage.accounts import Post


def report_command(turn: Turn, _args: str) -> Answer:
    return report_pressed(turn, "")


def report_pressed(turn: Turn, argument: str) -> Answer:
    posts = turn.acting_posts
    if not posts and not argument:
        return Reply(texts.NOTHING_ASSIGNED)
    if not argument and len(posts) == 1:
        return _start(turn, posts[0])
    post = turn.post_for(callbacks.read_id(argument))
    if post is not None:
        return _start(turn, post)
    return owed.choose_unit(turn, START_REPORT, posts, argument, texts.WHICH_UNIT)


def correct_pressed(turn: Turn, argument: str) -> Answer:
    """[Sửa] under what somebody above has reported for the branch: their report, to be mended."""
    unit_id = callbacks.read_id(argument)
    post = turn.post_for(unit_id)
    if post is None:
        return Reply(engine_texts.NOT_YOURS)
    sent = participation_draft.sent_before(turn, post.unit_id) if _takes_part(turn, post) else None
    if turn.locked(post.unit_id) or sent is None or not sent.lines:
        return _start(turn, post)
    draft = participation_draft.correction(turn, post.unit_id, sent)
    return Start(participation_draft.flow.name, draft, post.unit_id, participation_draft.Step.SUMMARY)


def _takes_part(turn: Turn, post: Post) -> bool:
    return DutyKind.PARTICIPATION in _kinds(turn, post)


def _start(turn: Turn, post: Post) -> Answer:
    if turn.locked(post.unit_id):
        return Reply(engine_texts.LOCKED)
    if _takes_part(turn, post):
        return participation_draft.start(turn, post.unit_id)
    if DutyKind.SESSION in _kinds(turn, post):
        return session.start(turn, post.unit_id)
    return Reply(texts.NOTHING_TO_REPORT)


def _kinds(turn: Turn, post: Post) -> set[DutyKind]:
    return {duty.kind for duty in duties_of(turn.plan, post.duty_level)}


def one_line_with_date(turn: Turn, event: Event) -> Answer:
    """Sure enough of itself to be read even in the middle of another conversation."""
    found = _read(turn, event)
    return None if found is None or found[1].held_on is None else _one_line(turn, *found)


def one_line(turn: Turn, event: Event) -> Answer:
    """A count alone, outside any conversation: the day is asked for."""
    found = _read(turn, event)
    return None if found is None else _one_line(turn, *found)


def _read(turn: Turn, event: Event) -> tuple[Post, LineReport] | None:
    if not isinstance(event, Text) or not any(letter.isdigit() for letter in event.text):
        return None
    branches = [post for post in turn.acting_posts if _takes_part(turn, post)]
    if len(branches) != 1 or on_behalf.several_lines(turn, event) is not None:
        return None
    line = read_line(event.text, turn.today, turn.plan.starts_on, branches[0].members)
    if line is None or (line.held_on is None and isinstance(line.members, Reason)):
        return None
    return branches[0], line


def _one_line(turn: Turn, post: Post, line: LineReport) -> Answer:
    for part in (line.held_on, line.members):
        if isinstance(part, Reason):
            return Reply(explain(part))
    assert isinstance(line.members, Count)
    assert line.held_on is None or isinstance(line.held_on, date)
    draft = participation_draft.draft_from_line(turn, post.unit_id, line.held_on, line.members, line)
    step = participation_draft.Step.SUMMARY if draft.day is not None else participation_draft.Step.DAY
    return Start(participation_draft.flow.name, draft, post.unit_id, step)
