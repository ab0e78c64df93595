"""What comes by the way of the essays and is none: pictures of the session, and a number instead of files.

▸ (ảnh) ▸ Ảnh hội nghị
  Đã thêm ảnh vào báo cáo mã 0412.

▸ /thuhoach ▸ Chỉ báo số bài
  Bao nhiêu đoàn viên đã nộp bài viết tay, trên số phải nộp?
▸ 40
  Đã ghi: 40/47 bài thu hoạch của đoàn viên Chi đoàn thôn 3.   [Nộp bài tiếp] [Kết thúc]
"""

from bot.engine.conversation import Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press, Text
from bot.engine.owed_buttons import START_ESSAY
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import essays as texts
from handlers import participation_draft, session
from handlers.essay_draft import Draft, Step, ask_unit_of, flow, read_unit_of
from rules.counting import read_count
from rules.duties import duties_of, essay_mode
from rules.plan import Duty, DutyKind
from rules.reasons import Reason, ReasonCode
from storage import essays, reports, submitting
from storage.accounts import Post

# -- they were pictures of the session


def session_posts(turn: Turn) -> list[Post]:
    """Units with a report that pictures of a session belong to."""
    return [post for post in turn.acting_posts if _session_duty(turn, post) is not None]


def _session_duty(turn: Turn, post: Post) -> Duty | None:
    kinds = (DutyKind.PARTICIPATION, DutyKind.SESSION)
    return next((duty for duty in duties_of(turn.plan, post.duty_level) if duty.kind in kinds), None)


def as_session_photos(turn: Turn, draft: Draft, post: Post) -> Outcome:
    """To the unit's report, or to the one that is now begun."""
    duty = _session_duty(turn, post)
    assert duty is not None
    if turn.locked(post.unit_id):
        return Refusal(engine_texts.LOCKED)
    sent = reports.all_of(turn.conn, turn.plan.code, duty.code, post.unit_id)
    if sent:
        submitting.add_photos(turn.conn, sent[-1], duty.code, post.unit_id, draft.files, turn.sender)
        return Done(Reply(texts.photo_added(sent[-1].id)))
    own = duty.kind is DutyKind.PARTICIPATION
    begun = participation_draft.start(turn, post.unit_id) if own else session.start(turn, post.unit_id)
    return Start(begun.flow, begun.draft.model_copy(update={"photos": draft.files}), begun.unit_id)


@flow.asks(Step.SESSION_UNIT)
def ask_session_unit(turn: Turn, draft: Draft) -> Reply:
    return ask_unit_of(session_posts(turn), draft, texts.WHICH_SESSION_UNIT)


@flow.receives(Step.SESSION_UNIT)
def receive_session_unit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    posts = session_posts(turn)
    post = read_unit_of(posts, draft, event)
    if post is not None:
        return as_session_photos(turn, draft, post)
    return Step.SESSION_UNIT if event == Press("more") else None


# -- a number instead of files


@flow.asks(Step.UNIT)
def ask_unit(turn: Turn, draft: Draft) -> Reply:
    return ask_unit_of(counted_posts(turn), draft, texts.WHICH_UNIT)


@flow.receives(Step.UNIT)
def receive_unit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    post = read_unit_of(counted_posts(turn), draft, event)
    if post is not None:
        draft.unit = post.unit_id
        return Step.TALLY
    return Step.UNIT if event == Press("more") else None


@flow.asks(Step.TALLY)
def ask_tally(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.HOW_MANY)


@flow.receives(Step.TALLY)
def receive_tally(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text) or draft.unit is None:
        return None
    if turn.post_for(draft.unit) is None:
        return Refusal(engine_texts.NOT_YOURS)
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    unit = turn.unit(draft.unit)
    expected = None if unit.members is None else max(0, unit.members - (unit.cadres or 0))
    count = read_count(event.text, expected)
    if isinstance(count, Reason):
        over = count.code is ReasonCode.MORE_THAN_EXPECTED
        return Refusal(texts.more_than_owed(**count.facts)) if over else count
    essays.record_tally(
        turn.conn,
        plan=turn.plan.code,
        unit_id=unit.id,
        attended=count.attended,
        expected=count.expected,
        by_person_id=turn.person_id,
        by_account_id=turn.account.id,
        arrived=turn.arrived,
    )
    buttons = [go(texts.NEXT_ONE, START_ESSAY), go(texts.END, START_ESSAY, "end")]
    return Done(Reply(texts.counted(count.attended, count.expected, unit.name), buttons))


def counted_posts(turn: Turn) -> list[Post]:
    """Units whose members' essays may be given as a number."""
    return [
        post
        for post in turn.acting_posts
        if any(essay_mode(turn.plan, role.code, post.duty_level) == "number" for role in turn.plan.roles)
    ]
