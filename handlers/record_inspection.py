"""[Đã kiểm tra]: what a team counted and found, and what is to be mended by when.

▸ Đã kiểm tra
  Đã kiểm tra Chi đoàn thôn 3 ngày nào?   [Hôm nay] [Hôm qua]
▸ Hôm nay
  Tổ kiểm tra đếm được bao nhiêu đoàn viên đã học? …   [Chưa ghi]
▸ 38/50
  Trong đó bao nhiêu cán bộ? …   [Chưa ghi]
▸ 3/3
  Nội dung 1/4: Tỷ lệ đoàn viên tham gia quán triệt   [Tốt] [Có điểm cần lưu ý]
▸ Tốt ▸ Tốt ▸ Tốt ▸ Có điểm cần lưu ý
  Điểm cần lưu ý là gì? …
▸ Thiếu đề cương
  Đồng chí gửi ảnh buổi kiểm tra (nếu có).   [Không có ảnh]
▸ Không có ảnh
  Đơn vị cần khắc phục điều gì không? …   [Không có]
▸ Bổ sung đề cương cho đoàn viên
  Khắc phục xong chậm nhất hết ngày nào? …   [Ngày 21/11]
▸ Ngày 21/11
  (tất cả, một lần)   [Gửi] [Sửa] [Huỷ]
"""

from collections.abc import Callable
from datetime import date, timedelta

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Outcome, Refusal, Start
from bot.engine.events import Event, File, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import inspections as texts
from handlers import days, files, inspection_results, mending
from handlers.inspection_draft import Draft, Step, correction
from handlers.inspection_rights import led
from handlers.plan_inspection import FARTHEST
from rules.counting import Count, read_count
from rules.inspections import cadres_exceed
from rules.names import clean
from rules.reading import read_planned_date
from rules.reasons import Reason, ReasonCode
from storage import inspections, uploads
from storage.inspections import Finding
from storage.models import InspectionState

A_WEEK = timedelta(days=7)

flow = Conversation(
    "record_inspection", Draft, first=Step.DAY, for_superiors=True, cancelled_text=texts.CANCELLED
)
_PHOTOS = files.Wanted(
    suffixes=(".pdf", *files.PICTURES),
    most=10,
    other_kind=texts.PHOTOS_ONLY,
    too_big=texts.PHOTO_TOO_BIG,
    too_many=texts.TOO_MANY_PHOTOS,
    twice=texts.PHOTO_TWICE,
)


def record_pressed(turn: Turn, argument: str) -> Answer:
    one = led(turn, argument)
    if one is None:
        return Reply(engine_texts.NOT_YOURS)
    if one.state is not InspectionState.PLANNED:
        return inspection_results.not_ahead(one)
    return Start(flow.name, Draft(inspection=one.id, unit=one.unit_id), one.unit_id)


def correct_pressed(turn: Turn, argument: str) -> Answer:
    """[Sửa kết quả]: the team mends what it noted wrongly."""
    one = led(turn, argument)
    if one is None:
        return Reply(engine_texts.NOT_YOURS)
    if one.state not in inspections.RECORDED:
        return inspection_results.not_ahead(one)
    draft = correction(one, inspections.findings(turn.conn, one.id))
    return Start(flow.name, draft, one.unit_id, Step.SUMMARY)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return texts.recording_title(turn.unit(draft.unit).name)


@flow.on_cancel
def drop_files(turn: Turn, draft: Draft) -> None:
    uploads.drop(turn.conn, draft.files)


def _next(draft: Draft, step: Step) -> Step:
    return mending.next_step(draft, step, Step.SUMMARY)


# -- when, and how many


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.visited_on_which_day(turn.unit(draft.unit).name), days.held_day_buttons(turn))


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    day = days.read_held_day(turn, event)
    if isinstance(day, Reason) and day.code is ReasonCode.DATE_IN_FUTURE:
        return Refusal(texts.visit_in_future(day.facts["day"]))
    if not isinstance(day, date):
        return day
    draft.day = day
    return _next(draft, Step.MEMBERS)


@flow.asks(Step.MEMBERS)
def ask_members(turn: Turn, draft: Draft) -> Reply:
    text = texts.how_many_members(turn.unit(draft.unit).members)
    return Reply(text, [Button(texts.NOT_RECORDED, "unknown")])


@flow.receives(Step.MEMBERS)
def receive_members(turn: Turn, draft: Draft, event: Event) -> Outcome:
    def then(members: Count | None) -> Step:
        draft.members = members
        if draft.cadres is not None and cadres_exceed(draft.cadres, members):
            draft.cadres = None
            return Step.CADRES
        return _next(draft, Step.CADRES)

    return _receive_count(event, turn.unit(draft.unit).members, then)


@flow.asks(Step.CADRES)
def ask_cadres(turn: Turn, draft: Draft) -> Reply:
    text = texts.how_many_cadres(turn.unit(draft.unit).cadres)
    return Reply(text, [Button(texts.NOT_RECORDED, "unknown")])


@flow.receives(Step.CADRES)
def receive_cadres(turn: Turn, draft: Draft, event: Event) -> Outcome:
    def then(cadres: Count | None) -> Outcome:
        if cadres is not None and cadres_exceed(cadres, draft.members):
            return Refusal(texts.MORE_CADRES)
        draft.cadres = cadres
        return _next(draft, _next_item(turn, draft))

    return _receive_count(event, turn.unit(draft.unit).cadres, then)


def _receive_count(event: Event, expected: int | None, then: Callable[[Count | None], Outcome]) -> Outcome:
    match event:
        case Press(choice="unknown"):
            return then(None)
        case Text(text=text):
            read = read_count(text, expected)
            if isinstance(read, Count):
                return then(read)
            over = read.code is ReasonCode.MORE_THAN_EXPECTED
            return Refusal(texts.more_than_there_are(**read.facts)) if over else read
    return None


# -- the checklist


def _next_item(turn: Turn, draft: Draft) -> Step:
    return Step.ITEM if len(draft.findings) < len(turn.plan.inspection_checklist) else Step.PHOTOS


@flow.asks(Step.ITEM)
def ask_item(turn: Turn, draft: Draft) -> Reply:
    checklist, place = turn.plan.inspection_checklist, len(draft.findings)
    text = texts.which_verdict(checklist[place], place + 1, len(checklist))
    return Reply(text, [Button(texts.GOOD, "good"), Button(texts.REMARK, "remark")])


@flow.receives(Step.ITEM)
def receive_item(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="good"):
            return _found(turn, draft, None)
        case Press(choice="remark"):
            return Step.REMARK
    return None


@flow.asks(Step.REMARK)
def ask_remark(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_REMARK)


@flow.receives(Step.REMARK, prose=True)
def receive_remark(turn: Turn, draft: Draft, event: Event) -> Outcome:
    return receive_note(event, lambda note: _found(turn, draft, note))


def _found(turn: Turn, draft: Draft, note: str | None) -> Step:
    found = Finding(len(draft.findings), good=note is None, note=note)
    draft.findings = [*draft.findings, found]
    step = _next_item(turn, draft)
    return step if step is Step.ITEM else _next(draft, step)


def receive_note(event: Event, then: Callable[[str], Outcome]) -> Outcome:
    """A short text that somebody typed."""
    if not isinstance(event, Text) or not clean(event.text):
        return None
    note = clean(event.text)
    return Refusal(texts.NOTE_TOO_LONG) if len(note) > texts.NOTE_LIMIT else then(note)


# -- photos, and what is to be mended


@flow.asks(Step.PHOTOS)
def ask_photos(turn: Turn, draft: Draft) -> Reply:
    if not draft.files:
        return Reply(texts.SEND_PHOTOS, [Button(texts.NO_PHOTO, "done")])
    text = texts.files_added(len(draft.files), album=draft.album is not None)
    return Reply(text, [Button(texts.FINISHED, "done")])


@flow.receives(Step.PHOTOS)
def receive_photos(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done"):
            return _next(draft, Step.MEND)
        case File():
            return files.receive(turn, draft, draft.files, event, _PHOTOS, Step.PHOTOS)
    return None


@flow.asks(Step.MEND)
def ask_mend(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHAT_TO_MEND, [Button(texts.NOTHING, "nothing")])


@flow.receives(Step.MEND, prose=True)
def receive_mend(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if event == Press("nothing"):
        draft.conclusion = draft.mend_by = None
        draft.editing = False
        return Step.SUMMARY

    def then(note: str) -> Step:
        draft.conclusion = note
        return Step.MEND_BY

    return receive_note(event, then)


@flow.asks(Step.MEND_BY)
def ask_mend_by(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.MEND_BY, [Button(texts.on_day(turn.today + A_WEEK), "week")])


@flow.receives(Step.MEND_BY)
def receive_mend_by(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="week"):
            day: date | Reason = turn.today + A_WEEK
        case Text(text=text):
            day = read_planned_date(text, turn.today, turn.today + FARTHEST)
        case _:
            return None
    if not isinstance(day, date):
        return day
    draft.mend_by = day
    draft.editing = False
    return Step.SUMMARY


# -- all of it once more


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    assert draft.day is not None
    kept = len(uploads.files_of(turn.conn, inspections.SUBJECT, draft.inspection)) if draft.corrects else 0
    text = texts.summary(
        turn.unit(draft.unit).name,
        draft.day,
        draft.members,
        draft.cadres,
        turn.plan.inspection_checklist,
        draft.findings,
        texts.to_mend(draft.conclusion, draft.mend_by, turn.today),
        kept + len(draft.files),
        turn.today,
    )
    cancel = Button(texts.CANCEL, callbacks.CANCEL)
    return Reply(text, [Button(texts.SEND, "send"), Button(texts.EDIT, "edit"), cancel])


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="send"):
            return inspection_results.send(turn, draft)
        case Press(choice="edit"):
            return Step.EDIT
        case File():
            return files.receive(turn, draft, draft.files, event, _PHOTOS, Step.SUMMARY)
    return None


@flow.asks(Step.EDIT)
def ask_edit(turn: Turn, draft: Draft) -> Reply:
    items = [Button(texts.EDIT_ITEMS, Step.ITEM)] if turn.plan.inspection_checklist else []
    buttons = [
        Button(texts.EDIT_DAY, Step.DAY),
        Button(texts.EDIT_MEMBERS, Step.MEMBERS),
        Button(texts.EDIT_CADRES, Step.CADRES),
        *items,
        Button(texts.EDIT_PHOTOS, Step.PHOTOS),
        Button(texts.EDIT_MEND, Step.MEND),
    ]
    return Reply(texts.WHAT_TO_EDIT, buttons)


@flow.receives(Step.EDIT)
def receive_edit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    offered = [button.choice for button in ask_edit(turn, draft).buttons]
    match event:
        case Press(choice=choice) if choice in offered:
            draft.editing = True
            if choice == Step.ITEM:
                draft.findings = []
            if choice == Step.PHOTOS:
                uploads.drop(turn.conn, draft.files)
                draft.files, draft.album = [], None
            return Step(choice)
    return None
