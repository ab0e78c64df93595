"""The menu of commands, the menu button and the bot's descriptions."""

import re
from collections.abc import Callable
from typing import Any

from playground.parameters import Params, bad, chat_of, json_of, list_of
from playground.state import State

COMMANDS_LIMIT = 100
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat")


def _scope_of(state: State, params: Params) -> tuple[str, str]:
    """The key of a menu: its scope and its language."""
    scope = json_of(params, "scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind not in _SCOPES:
        raise bad("unsupported type specified")
    if kind == "chat":
        kind = f"chat {chat_of(state, scope).id}"
    return kind, str(params.get("language_code") or "")


def set_commands(state: State, params: Params) -> Any:
    commands = list_of(params, "commands", "BotCommand")
    if len(commands) > COMMANDS_LIMIT:
        raise bad("too many bot commands specified")
    read = []
    for one in commands:
        name, what = str(one.get("command", "")).removeprefix("/"), str(one.get("description", ""))
        if not _NAME.fullmatch(name):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(what) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        read.append({"command": name, "description": what})
    state.menus[_scope_of(state, params)] = read
    state.changed.set()
    return True


def get_commands(state: State, params: Params) -> Any:
    return state.menus.get(_scope_of(state, params), [])


def delete_commands(state: State, params: Params) -> Any:
    state.menus.pop(_scope_of(state, params), None)
    state.changed.set()
    return True


def shown_to(state: State, chat_id: int) -> list[dict[str, str]]:
    """The commands that a person's telephone, set to Vietnamese, shows: the narrowest menu that there is."""
    for scope in (f"chat {chat_id}", "all_private_chats", "default"):
        for language in ("vi", ""):
            if found := state.menus.get((scope, language)):
                return found
    return []


def set_menu_button(state: State, params: Params) -> Any:
    button = json_of(params, "menu_button", "MenuButton") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad("unsupported MenuButton type")
    state.about[f"menu_button {_whose_button(state, params)}"] = button
    return True


def get_menu_button(state: State, params: Params) -> Any:
    found = state.about.get(f"menu_button {_whose_button(state, params)}")
    return found or state.about.get("menu_button all") or {"type": "commands"}


def _whose_button(state: State, params: Params) -> str:
    return str(chat_of(state, params).id) if params.get("chat_id") else "all"


def set_about(what: str, limit: int) -> Callable[[State, Params], Any]:
    """The method that sets one of the bot's descriptions."""

    def set_text(state: State, params: Params) -> Any:
        text = str(params.get(what) or "")
        if len(text) > limit:
            raise bad(f"{what} is too long")
        state.about[f"{what} {params.get('language_code') or ''}".strip()] = text
        return True

    return set_text
