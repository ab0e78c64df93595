"""A team's result is written down, or corrected, and told to the unit and the level above it."""

from bot.engine.conversation import Done, Outcome
from bot.engine.owed_buttons import MENDED
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import inspections as texts
from bot.texts.markup import lines
from handlers import reviewer
from handlers.inspection_draft import Draft, visit
from handlers.inspection_rights import LIST, find, led, to_list
from storage import inspections, uploads
from storage.inspections import Inspection
from storage.models import InspectionState


def send(turn: Turn, draft: Draft) -> Outcome:
    number = str(draft.inspection)
    one = led(turn, number)
    if one is None:
        return Done(Reply(engine_texts.NOT_YOURS))
    if draft.corrects:
        inspections.correct_visit(turn.conn, one, visit(draft), turn.sender)
        text = texts.corrected(one.unit_name, one.id)
    elif inspections.record_visit(turn.conn, one, visit(draft), turn.sender):
        text = texts.recorded(one.unit_name, one.id, mends=draft.conclusion is not None)
    else:
        uploads.drop(turn.conn, draft.files)
        return Done(not_ahead(one))
    recorded = find(turn, number)
    assert recorded is not None
    told = _tell(turn, recorded, corrected=draft.corrects)
    reply = text if told else lines(text, reviewer.whom_to_ring(turn, one.unit_id))
    return Done(Reply(reply, [go(texts.SEE, LIST, one.id), to_list()]))


def not_ahead(one: Inspection) -> Reply:
    """An old button, or a colleague was quicker."""
    match one.state:
        case InspectionState.CANCELLED:
            text = texts.CALLED_OFF
        case InspectionState.PLANNED:
            text = texts.NOT_VISITED_YET
        case _:
            text = texts.RECORDED_ALREADY
    return Reply(text, [go(texts.SEE, LIST, one.id), to_list()])


def _tell(turn: Turn, one: Inspection, *, corrected: bool) -> bool:
    """The unit, and the level directly above it where that is not the team itself; False: nobody of the unit
    can be written to.
    """
    found = inspections.findings(turn.conn, one.id)
    text = texts.told_of_result(one, turn.plan.inspection_checklist, found, turn.today, corrected=corrected)
    see = go(texts.SEE, LIST, one.id)
    mended = [go(texts.MENDED, MENDED, one.id)] if one.state is InspectionState.VISITED else []
    above = turn.unit(one.unit_id).parent_id
    if above is not None and above != one.by_unit_id:
        turn.tell_acting(above, Reply(text, [see]))
    return turn.tell_acting(one.unit_id, Reply(text, [*mended, see]))
