"""Reading the parameters of a call, and refusing them with the words of the real server.

Parameters are strings where they came by form or address, and JSON values where they came as JSON; an
uploaded file is (name, bytes, media type).
"""

import json
from typing import Any

from playground.markup import CannotParse, parse
from playground.state import Chat, State

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
DATA_LIMIT_BYTES = 64
BUTTONS_LIMIT = 100

Params = dict[str, Any]


class ApiError(Exception):
    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def number_of(params: Params, key: str, default: int = 0) -> int:
    """The real server, too, reads what is no number as the default."""
    try:
        return int(params.get(key) or default)
    except (TypeError, ValueError):
        return default


def flag_of(params: Params, key: str) -> bool:
    return str(params.get(key, "")).lower() in ("true", "1", "yes")


def json_of(params: Params, key: str, what: str) -> Any:
    """The JSON value of a parameter; None where it is absent or empty."""
    raw = params.get(key)
    if raw is None or raw == "":
        return None
    try:
        return json.loads(raw) if isinstance(raw, str | bytes) else raw
    except ValueError:
        raise bad(f"can't parse {what} JSON object") from None


def list_of(params: Params, key: str, what: str) -> list[dict[str, Any]]:
    """A list of objects."""
    found = json_of(params, key, what)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise bad(f"expected an Array of {what}")
    return found


def chat_of(state: State, params: Params) -> Chat:
    """The chat that the bot may write to."""
    raw = params.get("chat_id")
    if raw is None or raw == "":
        raise bad("chat_id is empty")
    try:
        chat = state.chats.get(int(raw))
    except (TypeError, ValueError):
        chat = None
    if chat is None or not chat.started:
        raise bad("chat not found")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return chat


def message_of(chat: Chat, params: Params, to: str) -> dict[str, Any]:
    """`to`: what was wanted with the message, as the refusal names it."""
    message_id = number_of(params, "message_id")
    if message_id <= 0:
        raise bad("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad(f"message to {to} not found")
    return message


def text_of(params: Params, key: str) -> dict[str, Any]:
    """A text or caption and its entities, under the message's own keys; {} for an empty caption."""
    raw = params.get(key, "")
    if not isinstance(raw, str):
        raw = str(raw)
    entities_key = "entities" if key == "text" else "caption_entities"
    mode = str(params.get("parse_mode", "")).lower()
    if mode == "html":
        try:
            parsed = parse(raw)
        except CannotParse as error:
            raise bad(f"can't parse entities: {error}") from None
        raw, entities = parsed.text, parsed.entities
    elif mode in ("markdown", "markdownv2"):
        raise bad("the playground reads HTML only")
    elif mode:
        raise bad("unsupported parse_mode")
    else:
        entities = list_of(params, entities_key, "MessageEntity")
    text, entities = _trimmed(raw, entities)
    if key == "text" and not text:
        raise bad("message text is empty")
    if len(text) > (TEXT_LIMIT if key == "text" else CAPTION_LIMIT):
        raise bad("message is too long" if key == "text" else "message caption is too long")
    found: dict[str, Any] = {key: text} if text else {}
    if entities:
        found[entities_key] = entities
    return found


def _trimmed(raw: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Without the white space around it; the entities move along (their units are UTF-16)."""
    text = raw.strip()
    if text == raw or not entities:
        return text, entities
    lead = len(raw) - len(raw.lstrip())
    length = len(text.encode("utf-16-le")) // 2
    kept = []
    for one in entities:
        start = max(one["offset"] - lead, 0)
        end = min(one["offset"] + one["length"] - lead, length)
        if end > start:
            kept.append({**one, "offset": start, "length": end - start})
    return text, kept


def markup_of(params: Params) -> dict[str, Any] | None:
    """A valid reply markup; None where there is none."""
    markup = json_of(params, "reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline_keyboard", "inline keyboard button")
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], "keyboard", "keyboard button")
        return {**markup, "keyboard": rows} if rows else None
    return markup if markup.get("remove_keyboard") or markup.get("force_reply") else None


def inline_markup_of(params: Params) -> dict[str, Any] | None:
    markup = markup_of(params)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return markup


def _rows(rows: Any, field: str, what: str) -> list[list[dict[str, Any]]]:
    """Rows of buttons, empty ones left out."""
    if not isinstance(rows, list):
        raise bad(f'field "{field}" must be of type Array')
    read = []
    for row in rows:
        if not isinstance(row, list):
            raise bad(f'field "{field}" must be an Array of Arrays')
        # A key below the text field may be its text alone.
        buttons = [{"text": one} if isinstance(one, str) and field == "keyboard" else one for one in row]
        for button in buttons:
            if not isinstance(button, dict):
                raise bad(f"can't parse {what}: expected an Object")
            _check_button(button, what)
        if buttons:
            read.append(buttons)
    if sum(map(len, read)) > BUTTONS_LIMIT:
        raise bad("reply markup is too long")
    return read


def _check_button(button: dict[str, Any], what: str) -> None:
    text = button.get("text")
    if text is None:
        raise bad(f"can't parse {what}: Can't find field \"text\"")
    if not isinstance(text, str):
        raise bad(f'can\'t parse {what}: Field "text" must be of type String')
    if not text.strip():
        raise bad(f"{what} text is empty")
    if what == "keyboard button":
        return
    data = button.get("callback_data")
    if not data and not button.get("url"):
        raise bad(f"can't parse {what}: Text buttons are unallowed in the inline keyboard")
    if data and not isinstance(data, str):
        raise bad(f'can\'t parse {what}: Field "callback_data" must be of type String')
    if data and len(data.encode()) > DATA_LIMIT_BYTES:
        raise bad("BUTTON_DATA_INVALID")
