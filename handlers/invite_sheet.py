"""[In mã QR]: a sheet of cards to print and cut out, for everybody below who is not connected yet."""

from bot.engine.replies import Reply
from bot.engine.turn import Turn
from bot.texts import errands as errand_texts
from bot.texts import invites as texts
from handlers.unit_rights import NOT_YOURS, explained, seen_unit, to_card
from storage import errands, unit_changes


def sheet_pressed(turn: Turn, argument: str) -> Reply:
    unit = seen_unit(turn, argument)
    if unit is None:
        return NOT_YOURS
    if unit.closed(turn.today):
        return explained(turn, unit)
    if not unit_changes.open_below(turn.conn, unit.id, turn.today):
        return Reply(texts.NOBODY_BELOW, [to_card(unit)])
    asked = errands.ask(
        turn.conn,
        errands.INVITE_SHEET,
        {"unit": unit.id},
        account_id=turn.account.id,
        person_id=turn.person_id,
        unit_id=unit.id,
        now=turn.now,
    )
    return Reply(errand_texts.BEING_MADE if asked else errand_texts.BEING_MADE_ALREADY, replaces=False)
