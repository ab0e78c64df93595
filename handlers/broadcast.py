"""/thongbao: to whom, what, a preview exactly as it will be received, and off it goes.

▸ /thongbao
  Huyện đoàn Hoằng Hóa gửi thông báo tới ai?
  [Tất cả] [Cấp cơ sở] [Chi đoàn] [Chưa báo cáo] [Chưa nộp bài] [Quá hạn] [Theo đơn vị]
▸ Chưa báo cáo
  Đồng chí gõ nội dung, hoặc gửi ảnh, tệp, bộ ảnh.
▸ Đề nghị các chi đoàn báo cáo trước ngày 30/12.
  (the message itself, as everybody will see it)
  Gửi tới: … 812 người, trong đó 78 chưa kết nối   [Gửi ngay] [Hẹn giờ] [Lọc người nhận] …
▸ Gửi ngay
  Đang gửi thông báo số 7   ███░░░░░░░ 30%   [Dừng gửi]
"""

from datetime import UTC, datetime, time, timedelta

from bot import callbacks
from bot.engine.broadcast_views import ACTION, content_of
from bot.engine.conversation import Answer, Done, Outcome, Refusal, Silent, Start
from bot.engine.events import Event, File, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import broadcasts as texts
from bot.texts import engine as engine_texts
from bot.texts import media as media_texts
from bot.texts import say
from bot.texts.markup import esc
from handlers import broadcast_audience
from handlers.broadcast_draft import ALBUM_LIMIT, Draft, Step, audience_of, size_of, whom
from handlers.broadcast_draft import flow as flow
from rules.moments import read_moment
from rules.reasons import Reason, ReasonCode
from rules.reminders import quiet_until
from storage import broadcasts, media, outbox
from storage.media import Item
from storage.models import BroadcastState, OutboxState

# Its steps register themselves; `Registry.add` refuses the conversation without them.
OTHER_STEPS = (broadcast_audience,)
TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024  # UTF-16 units, as the messenger counts
EVENING, MORNING = time(19), time(7, 30)


def broadcast_command(turn: Turn, _args: str) -> Answer:
    desks = turn.desks
    if not desks:
        return Reply(texts.NO_DESK)
    if len(desks) > 1:
        buttons = [go(say.both_ends(desk.unit_name), ACTION, f"desk.{desk.unit_id}") for desk in desks]
        return Reply(texts.WHICH_DESK, buttons)
    return start(desks[0].unit_id)


def start(desk: int) -> Start:
    return Start(flow.name, Draft(desk=desk), desk)


def forwarding(turn: Turn, desk: int, item: int, text: str, files: list[tuple[str, bool]]) -> Start:
    """A media item to everybody, at its preview. `files`: as in a draft's `media`."""
    draft = Draft(desk=desk, text=text, media=files, forwards=item)
    turn.say(content_of(draft.content))
    turn.replaceable = None
    return Start(flow.name, draft, desk, Step.PREVIEW)


# -- what


@flow.asks(Step.CONTENT)
def ask_content(turn: Turn, draft: Draft) -> Reply:
    if draft.media:
        return Reply(texts.files_taken(len(draft.media)), [Button(texts.SHOW_PREVIEW, "preview")])
    return Reply(texts.CONTENT)


@flow.receives(Step.CONTENT, prose=True)
def receive_content(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Press):
        draft.forwards = None
    match event:
        case Text(text=text, html=html):
            if not any(not letter.isspace() for letter in text):
                return Refusal(texts.NO_CONTENT)
            if _length(text) > TEXT_LIMIT:
                return Refusal(texts.TEXT_TOO_LONG)
            draft.text, draft.media, draft.album = html or esc(text), [], None
            return _show(turn, draft)
        case File():
            return _add_file(turn, draft, event)
        case Press(choice="preview") if draft.media:
            return _show(turn, draft)
    return None


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _add_file(turn: Turn, draft: Draft, event: File) -> Outcome:
    """One picture or document is shown at once; an album comes in several messages."""
    more = event.album is not None and event.album == draft.album
    if not more:
        draft.text, draft.media, draft.album = "", [], event.album
    if _length(event.caption) > CAPTION_LIMIT:
        return Refusal(texts.CAPTION_TOO_LONG)
    if draft.media and draft.media[0][1] != event.photo:
        return Refusal(texts.MIXED_ALBUM)
    if len(draft.media) >= ALBUM_LIMIT:
        return Refusal(texts.ALBUM_FULL)
    draft.media = [*draft.media, (event.remote_id, event.photo)]
    draft.text = draft.text or event.caption_html or esc(event.caption)
    if len(draft.media) > 1:
        draft.acknowledge = False
    if event.album is None:
        return _show(turn, draft)
    return Silent() if more else Step.CONTENT


def _show(turn: Turn, draft: Draft) -> Step:
    """The message itself, and below it what becomes of it."""
    draft.shown += 1
    # The number is only there so that the button is; what it acknowledges does not exist yet.
    turn.say(content_of(draft.content, acknowledge=0 if draft.acknowledge else None), key=_key(turn, draft))
    turn.replaceable = None
    return Step.PREVIEW


def _key(turn: Turn, draft: Draft) -> str:
    return f"preview:{turn.conversation_id}:{draft.shown}"


# -- the preview


@flow.asks(Step.PREVIEW)
def ask_preview(turn: Turn, draft: Draft) -> Reply:
    until = quiet_until(turn.plan.reminders, turn.now.astimezone(turn.world.zone))
    text = texts.preview(
        whom(turn, draft),
        size_of(turn, draft),
        acknowledge=draft.acknowledge,
        quiet_until=say.hour(until.time()) if until else None,
    )
    acknowledge = texts.NO_ACKNOWLEDGE if draft.acknowledge else texts.ASK_ACKNOWLEDGE
    return Reply(
        text,
        [
            Button(texts.SEND_NOW, "send"),
            Button(texts.SCHEDULE, "schedule"),
            Button(texts.FILTER, "filter"),
            Button(texts.REWRITE, "rewrite"),
            Button(acknowledge, "ack"),
            Button(texts.CANCEL, callbacks.CANCEL),
        ],
    )


@flow.receives(Step.PREVIEW, prose=True)
def receive_preview(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="send"):
            return _why_not(turn, draft) or _order(turn, draft, None)
        case Press(choice="schedule"):
            return _why_not(turn, draft, later=True) or Step.WHEN
        case Press(choice="filter"):
            return Step.FILTER
        case Press(choice="rewrite"):
            draft.text, draft.media, draft.album = "", [], None
            return Step.CONTENT
        case Press(choice="ack"):
            if len(draft.media) > 1:
                return Refusal(texts.ALBUM_NO_BUTTON)
            draft.acknowledge = not draft.acknowledge
            return _show(turn, draft)
        case File(album=album) if album is not None and album == draft.album:
            # The rest of an album whose beginning was previewed already.
            outcome = _add_file(turn, draft, event)
            return outcome if isinstance(outcome, Refusal) else _show(turn, draft)
        case Text() | File():
            return receive_content(turn, draft, event)
    return None


def _why_not(turn: Turn, draft: Draft, *, later: bool = False) -> Refusal | None:
    """Stopped at the preview, with the reason. Until `later` some of them may connect."""
    if turn.desk(draft.desk) is None:
        return Refusal(engine_texts.NOT_YOURS)
    shown = outbox.state_of(turn.conn, _key(turn, draft))
    if shown is not None and shown[0] is OutboxState.FAILED:
        return Refusal(texts.NOT_ACCEPTED)
    if draft.forwards is not None and _forwarded(turn, draft.forwards) is None:
        return Refusal(media_texts.WITHDRAWN)
    size = size_of(turn, draft)
    if not size.people:
        return Refusal(texts.NOBODY)
    return None if size.reachable or later else Refusal(texts.NOBODY_REACHABLE)


def _forwarded(turn: Turn, item_id: int) -> Item | None:
    item = media.get(turn.conn, item_id)
    return item if item is not None and item.stands else None


# -- when


@flow.asks(Step.WHEN)
def ask_when(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button(texts.TOMORROW_MORNING, "morning")]
    if _local(turn).time() < EVENING:
        buttons.insert(0, Button(texts.TODAY_EVENING, "evening"))
    return Reply(texts.WHEN, buttons)


@flow.receives(Step.WHEN, prose=True)
def receive_when(turn: Turn, draft: Draft, event: Event) -> Outcome:
    local = _local(turn)
    match event:
        case Press(choice="evening"):
            at: datetime | Reason = datetime.combine(local.date(), EVENING, local.tzinfo)
        case Press(choice="morning"):
            at = datetime.combine(local.date() + timedelta(days=1), MORNING, local.tzinfo)
        case Text(text=text):
            at = read_moment(text, local)
        case _:
            return None
    if isinstance(at, Reason):
        return Refusal(texts.PAST if at.code is ReasonCode.DATE_IN_PAST else texts.NO_TIME)
    if at <= local:
        return Refusal(texts.PAST)
    if quiet_until(turn.plan.reminders, at) is not None:
        quiet = turn.plan.reminders
        return Refusal(texts.quiet_time(say.hour(quiet.quiet_from), say.hour(quiet.quiet_until)))
    return _why_not(turn, draft, later=True) or _order(turn, draft, at)


def _local(turn: Turn) -> datetime:
    return turn.now.astimezone(turn.world.zone)


# -- off it goes


def _order(turn: Turn, draft: Draft, at: datetime | None) -> Outcome:
    """`at`: None for now. Where the plan asks for it, somebody else looks at it first."""
    second = turn.plan.second_pair_of_eyes
    approvers = _approvers(turn, draft.desk) if second else []
    if second and not approvers:
        return Refusal(texts.NOBODY_TO_APPROVE)
    number = broadcasts.order(
        turn.conn,
        plan=turn.plan.code,
        desk=draft.desk,
        audience=audience_of(draft).model_dump(mode="json"),
        content=draft.content,
        acknowledge=draft.acknowledge,
        state=BroadcastState.WAITING if second else BroadcastState.SCHEDULED,
        send_at=(at or turn.now).astimezone(UTC),
        by_person_id=turn.person_id,
        by_account_id=turn.account.id,
        message_id=None if at or second else turn.replaceable,
        now=turn.now,
    )
    item = _forwarded(turn, draft.forwards) if draft.forwards is not None else None
    if item is not None:
        media.note_forwarded(turn.conn, item, number, turn.sender)
    if second:
        _ask_to_approve(turn, draft, number, approvers)
        return Done(Reply(texts.waits_for_approval(number)))
    if at is not None:
        text = texts.scheduled(number, at, turn.world.zone, size_of(turn, draft).people)
        return Done(Reply(text, [go(texts.cancel_label(number), ACTION, f"cancel.{number}")]))
    nothing_yet = broadcasts.account(turn.conn, number)
    text = texts.progress(number, BroadcastState.PREPARING, nothing_yet, None)
    return Done(Reply(text, [go(texts.STOP, ACTION, f"stop.{number}")]))


def _approvers(turn: Turn, desk: int) -> list[int]:
    """Others who act for the desk, or else for the unit above, and can be asked."""
    for unit_id in (desk, turn.unit(desk).parent_id):
        if unit_id is not None:
            found = [
                one.id
                for one in turn.acting_for(unit_id)
                if one.id != turn.person_id and turn.can_tell(one.id)
            ]
            if found:
                return found
    return []


def _ask_to_approve(turn: Turn, draft: Draft, number: int, approvers: list[int]) -> None:
    text = texts.please_approve(
        number, turn.account.full_name or "", whom(turn, draft), size_of(turn, draft).people
    )
    ask = Reply(
        text,
        [go(texts.APPROVE, ACTION, f"approve.{number}"), go(texts.REJECT, ACTION, f"reject.{number}")],
    )
    for person in approvers:
        turn.tell(person, content_of(draft.content, acknowledge=0 if draft.acknowledge else None))
        turn.tell(person, ask)
