"""The card of a person: positions, whether connected, the essay; and what may be done.

Lê Thị Mai
▸ Bí thư, Chi đoàn thôn 3
Điện thoại: 0900 000 013
Chưa kết nối
Bài thu hoạch: chưa nộp   [Lời mời] [Thôi chức vụ] / [Về đơn vị]
"""

from bot import callbacks
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import units_desk as texts
from handlers.unit_card import END, INVITE
from handlers.unit_rights import NOT_YOURS, seen_seats, to_card
from rules.deadlines import local_date
from rules.duties import essay_mode
from rules.rights import may_invite
from storage import accounts, essays, invites, positions
from storage.positions import Seat

REVOKE = "revoke"


def person_pressed(turn: Turn, argument: str) -> Reply:
    person_id = callbacks.read_id(argument)
    return NOT_YOURS if person_id is None else card(turn, person_id)


def card(turn: Turn, person_id: int) -> Reply:
    seats = seen_seats(turn, person_id)
    if not seats:
        return NOT_YOURS
    roles = {role.code: role.name for role in turn.plan.roles}
    posts = [
        f"{roles.get(seat.role, seat.role)}, {seat.unit_name}{texts.span(seat, turn.today)}" for seat in seats
    ]
    reached = accounts.reach(turn.conn, [person_id]).get(person_id)
    managed = [seat for seat in seats if turn.manages(seat.unit_id)]
    buttons = []
    out = 0
    if managed:
        place = f"{managed[0].unit_id}.{person_id}"
        if not reached and may_invite(turn.plan, turn.posts, _everywhere(turn, person_id)):
            buttons.append(go(texts.INVITE, INVITE, place))
        out = invites.out(turn.conn, person_id, turn.now)
        if out:
            buttons.append(go(texts.REVOKE, REVOKE, place))
        buttons.append(go(texts.END, END, place))
    first = seats[0]
    text = texts.person_card(
        first.full_name, first.phone, posts, reached, _essay(turn, person_id, seats), out
    )
    return Reply(text, [*buttons, to_card(turn.unit(first.unit_id))])


def _everywhere(turn: Turn, person_id: int) -> list[Seat]:
    return positions.of_person(turn.conn, person_id, turn.today)


def _essay(turn: Turn, person_id: int, seats: list[Seat]) -> str | None:
    """None: nobody in these positions owes one as a file."""
    found = essays.of_person(turn.conn, turn.plan.code, person_id)
    if found is not None:
        return texts.essay_handed_in(local_date(found.arrived_at, turn.world.zone), turn.today)
    owes = any(
        essay_mode(turn.plan, seat.role, turn.unit(seat.unit_id).duty_level) == "file" for seat in seats
    )
    return texts.ESSAY_OWED if owes else None
