"""The menu of commands, by role, and /trogiup."""

from bot.engine.owed_buttons import START_REPORT
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import help as texts
from handlers.inspection_rights import teams
from storage import accounts


def refresh(turn: Turn) -> None:
    """Show the commands that this person can use, where they changed."""
    menu = (
        "team4" if teams(turn) else "desk4" if turn.desks else "acting3" if turn.acting_posts else "member3"
    )
    if turn.account.menu == menu:
        return
    turn.set_menu(_MENUS[menu])
    accounts.change(turn.conn, turn.account.id, menu=menu)


# A menu that changes gets a new name, so that whoever has the old one is shown the new.
_MENUS = {
    "team4": texts.TEAM_COMMANDS,
    "desk4": texts.DESK_COMMANDS,
    "acting3": texts.ACTING_COMMANDS,
    "member3": texts.MEMBER_COMMANDS,
}


def help_command(turn: Turn, _args: str) -> Reply:
    if turn.account.person_id is None:
        return Reply(texts.FOR_STRANGERS)
    if teams(turn):
        return Reply(texts.FOR_TEAMS)
    if turn.desks:
        return Reply(texts.FOR_DESK)
    return Reply(texts.FOR_ACTING if turn.acting_posts else texts.FOR_MEMBERS)


def not_understood(turn: Turn) -> Reply:
    """Whatever nobody else answered."""
    buttons = [go(texts.STATUS, "status")]
    if turn.acting_posts:
        buttons.insert(0, go("Báo cáo", START_REPORT))
    return Reply(texts.NOT_UNDERSTOOD, buttons)
