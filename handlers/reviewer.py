"""Between a unit and who reviews it: a returned report is sent again or kept, and the reviewer is told.

Cán bộ: 3/3 → 2/3 (vắng: Trần Văn Hùng). Gửi lại?   [Gửi báo cáo] [Huỷ]
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot import callbacks
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import participation as report_texts
from bot.texts import reviews as texts
from bot.texts.figures import changes
from rules.duties import duty
from rules.plan import DutyKind
from rules.revisions import figures
from storage import reviews
from storage.models import ReviewVerdict
from storage.reports import Receipt
from storage.reviews import Returned, Review, Standing

REVIEW = "review"
FIX = "fix"
KEEP = "keep"


def is_session(turn: Turn, duty_code: str) -> bool:
    return duty(turn.plan, duty_code).kind is DutyKind.SESSION


def returned_message(turn: Turn, standing: Standing, field: str, note: str | None) -> Reply:
    """To the unit: what is asked for, and its two buttons."""
    assert standing.parent_id is not None
    above = turn.unit(standing.parent_id).name
    session = is_session(turn, standing.duty)
    text = texts.returned(above, standing.id, field, note, session=session)
    return Reply(text, _buttons(turn, standing.id, standing.revision, standing.duty, field))


def returned_line(turn: Turn, one: Returned) -> str:
    """In /trangthai."""
    title, session = duty(turn.plan, one.duty).title, is_session(turn, one.duty)
    return texts.returned_line(title, one.report_id, one.field, session=session)


def returned_buttons(turn: Turn, returned: Sequence[Returned]) -> list[Button]:
    """The two of a report that was returned; of several, one each, which says whose it is."""
    pairs = [_buttons(turn, one.report_id, one.revision, one.duty, one.field) for one in returned]
    if len(pairs) == 1:
        return pairs[0]
    return [
        replace(fix, label=texts.of_report(fix.label, one.report_id))
        for one, (fix, _keep) in zip(returned, pairs, strict=True)
    ]


def _buttons(turn: Turn, report_id: int, revision: int, duty_code: str, field: str) -> list[Button]:
    label = texts.fix_label(field, session=is_session(turn, duty_code))
    which = f"{report_id}.{revision}"
    return [go(label, FIX, which), go(texts.KEEP, KEEP, which)]


def ask_to_send_again(
    turn: Turn, report_id: int, revision: int, content: dict[str, Any], photos: int
) -> Reply:
    """The summary of a correction that was asked for: only what it changes."""
    before = figures(reviews.content(turn.conn, report_id, revision))
    return Reply(
        changes(before, figures(content), photos),
        [Button(report_texts.SEND, "send"), Button(report_texts.CANCEL, callbacks.CANCEL)],
    )


def tell_corrected(turn: Turn, receipt: Receipt) -> bool:
    """Where this sending answers a return; False: it does not."""
    last = reviews.last(turn.conn, receipt.report_id)
    standing = reviews.one(turn.conn, receipt.report_id)
    if last is None or standing is None or last.field is None or last.verdict != ReviewVerdict.RETURNED:
        return False
    if last.revision != receipt.revision - 1:
        return False
    session = is_session(turn, standing.duty)
    told = texts.unit_corrected(standing.unit_name, standing.id, last.field, session=session)
    _tell(turn, standing, last, told)
    return True


def tell_kept(turn: Turn, standing: Standing, returned: Review) -> None:
    session = is_session(turn, standing.duty)
    told = texts.unit_kept(standing.unit_name, standing.id, returned.field or "", session=session)
    _tell(turn, standing, returned, told)


def _tell(turn: Turn, standing: Standing, returned: Review, text: str) -> None:
    """Whoever returned it, as long as they sit there; otherwise all who do."""
    if standing.parent_id is None:
        return
    reply = Reply(text, [go(texts.SEE, REVIEW, standing.id)])
    still_there = any(holder.id == returned.by_person_id for holder in turn.acting_for(standing.parent_id))
    if returned.by_person_id is None or not still_there or not turn.tell(returned.by_person_id, reply):
        turn.tell_acting(standing.parent_id, reply)


def whom_to_ring(turn: Turn, unit_id: int) -> str:
    """Nobody of the unit can be written to."""
    acting = turn.acting_for(unit_id)
    return texts.nobody_reached(acting[0].full_name, acting[0].phone) if acting else texts.NOBODY_THERE
