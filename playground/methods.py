"""The Bot API's methods, as strict as the real server where chidoan could make a mistake."""

import json
import time
from collections.abc import Callable
from typing import Any

from playground.markup import CannotParse, parse
from playground.state import Chat, File, State

TEXT_LIMIT, CAPTION_LIMIT, TOAST_LIMIT = 4096, 1024, 200
DATA_LIMIT_BYTES = 64
BUTTONS_LIMIT = 100
DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT, PHOTO_LIMIT = 50 * 1024 * 1024, 10 * 1024 * 1024


class ApiError(Exception):
    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


Params = dict[str, Any]


def chat_of(state: State, params: Params) -> Chat:
    try:
        chat = state.chats.get(int(params.get("chat_id", "")))
    except ValueError:
        chat = None
    if chat is None or not chat.started:
        raise bad("chat not found")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return chat


def text_of(params: Params, key: str, limit: int) -> dict[str, Any]:
    """{"text", "entities"} under the message's own keys."""
    raw = str(params.get(key, ""))
    entities: list[dict[str, Any]] = []
    if str(params.get("parse_mode", "")).upper() == "HTML":
        try:
            parsed = parse(raw)
        except CannotParse as error:
            raise bad(f"can't parse entities: {error}") from None
        raw, entities = parsed.text, parsed.entities
    raw = raw.strip()
    if key == "text" and not raw:
        raise bad("message text is empty")
    if len(raw) > limit:
        raise bad("message is too long" if key == "text" else "message caption is too long")
    found: dict[str, Any] = {key: raw} if raw else {}
    if entities:
        found["entities" if key == "text" else "caption_entities"] = entities
    return found


def markup_of(params: Params) -> dict[str, Any] | None:
    raw = params.get("reply_markup")
    if raw is None:
        return None
    try:
        markup = json.loads(raw) if isinstance(raw, str) else raw
    except ValueError:
        raise bad("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
    if len(buttons) > BUTTONS_LIMIT:
        raise bad("reply markup is too long")
    for button in buttons:
        if not button.get("text"):
            raise bad("inline keyboard button text is empty")
        data = button.get("callback_data")
        if data is None and "url" not in button:
            raise bad("text buttons are unallowed in the inline keyboard")
        if data is not None and not 1 <= len(str(data).encode()) <= DATA_LIMIT_BYTES:
            raise bad("BUTTON_DATA_INVALID")
    return markup


def _put(state: State, chat: Chat, content: dict[str, Any], markup: dict[str, Any] | None) -> dict[str, Any]:
    message = {
        "message_id": state.next_id(),
        "from": state.bot,
        "chat": {"id": chat.id, "type": "private", "first_name": chat.first_name},
        "date": int(state.now().timestamp()),
        **content,
    }
    _show(chat, message, markup)
    chat.messages[message["message_id"]] = message
    return message


def _show(chat: Chat, message: dict[str, Any], markup: dict[str, Any] | None) -> None:
    message.pop("reply_markup", None)
    if markup is None:
        return
    if "inline_keyboard" in markup:
        message["reply_markup"] = markup
    elif "keyboard" in markup:
        chat.keyboard = markup["keyboard"]
    elif markup.get("remove_keyboard"):
        chat.keyboard = []


def send_message(state: State, params: Params) -> Any:
    content = text_of(params, "text", TEXT_LIMIT)
    markup = markup_of(params)
    return _put(state, chat_of(state, params), content, markup)


def _file_of(state: State, value: Any, limit: int) -> File:
    """A file that came with the request, or one that the server has already."""
    if isinstance(value, tuple):
        name, content = value
        if len(content) > limit:
            raise ApiError(413, "Request Entity Too Large")
        return state.add_file(content, name or "file")
    if value in state.files:
        return state.files[value]
    raise bad("wrong file identifier/HTTP URL specified")


def send_document(state: State, params: Params) -> Any:
    content, markup, chat = (
        text_of(params, "caption", CAPTION_LIMIT),
        markup_of(params),
        chat_of(state, params),
    )
    file = _file_of(state, params.get("document"), UPLOAD_LIMIT)
    return _put(state, chat, {**content, "document": describe_document(file)}, markup)


def send_photo(state: State, params: Params) -> Any:
    content, markup, chat = (
        text_of(params, "caption", CAPTION_LIMIT),
        markup_of(params),
        chat_of(state, params),
    )
    file = _file_of(state, params.get("photo"), PHOTO_LIMIT)
    return _put(state, chat, {**content, "photo": describe_photo(file)}, markup)


def send_media_group(state: State, params: Params) -> Any:
    media = json.loads(params.get("media", "[]"))
    if not 2 <= len(media) <= 10:
        raise bad("wrong number of media: must be 2-10")
    sent = []
    group = f"album{state.next_id()}"
    for one in media:
        source = str(one.get("media", ""))
        value = params.get(source.removeprefix("attach://")) if source.startswith("attach://") else source
        call = {**one, "chat_id": params.get("chat_id"), one["type"]: value}
        message = (send_photo if one["type"] == "photo" else send_document)(state, call)
        message["media_group_id"] = group
        sent.append(message)
    return sent


def describe_document(file: File) -> dict[str, Any]:
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "file_size": len(file.content),
    }


def describe_photo(file: File) -> list[dict[str, Any]]:
    """Several sizes, the largest last; only that one is the file itself."""
    sizes = [(f"{file.id}-s", f"{file.unique_id}s", 90, 67), (file.id, file.unique_id, 1280, 960)]
    return [
        {
            "file_id": file_id,
            "file_unique_id": unique,
            "width": width,
            "height": height,
            "file_size": len(file.content),
        }
        for file_id, unique, width, height in sizes
    ]


def _message_to_edit(state: State, params: Params) -> tuple[Chat, dict[str, Any]]:
    chat = chat_of(state, params)
    message = chat.messages.get(int(params.get("message_id", 0) or 0))
    if message is None:
        raise bad("message to edit not found")
    if not message["from"].get("is_bot"):
        raise bad("message can't be edited")
    return chat, message


def _edit(key: str, limit: int) -> Callable[[State, Params], Any]:
    def edit(state: State, params: Params) -> Any:
        content, markup = text_of(params, key, limit), markup_of(params)
        chat, message = _message_to_edit(state, params)
        entities = "entities" if key == "text" else "caption_entities"
        before = (message.get(key), message.get(entities), message.get("reply_markup"))
        if before == (content.get(key), content.get(entities), markup):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same"
                " as a current content and reply markup of the message"
            )
        for name in (key, entities):
            message.pop(name, None)
        message.update(content)
        message["edit_date"] = int(state.now().timestamp())
        _show(chat, message, markup)
        return message

    return edit


def edit_markup(state: State, params: Params) -> Any:
    markup = markup_of(params)
    chat, message = _message_to_edit(state, params)
    if message.get("reply_markup") == markup:
        raise bad("message is not modified")
    _show(chat, message, markup)
    return message


def delete_message(state: State, params: Params) -> Any:
    chat = chat_of(state, params)
    if chat.messages.pop(int(params.get("message_id", 0) or 0), None) is None:
        raise bad("message to delete not found")
    return True


def answer_callback(state: State, params: Params) -> Any:
    text = str(params.get("text", ""))
    if len(text) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    since = state.queries.pop(str(params.get("callback_query_id", "")), None)
    if since is None or time.monotonic() - since > state.callbacks_for_s:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    return True


def get_file(state: State, params: Params) -> Any:
    file = state.files.get(str(params.get("file_id", "")))
    if file is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": f"documents/{file.id}",
    }


def _scope(params: Params) -> int | None:
    raw = params.get("scope")
    scope = json.loads(raw) if isinstance(raw, str) else raw or {}
    return int(scope["chat_id"]) if scope.get("type") == "chat" else None


def set_commands(state: State, params: Params) -> Any:
    raw = params.get("commands", "[]")
    commands = json.loads(raw) if isinstance(raw, str) else raw
    for one in commands:
        if not 1 <= len(one.get("command", "")) <= 32 or not one["command"].islower():
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(one.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    chat_id = _scope(params)
    if chat_id is None:
        state.commands = commands
    else:
        chat_of(state, {"chat_id": chat_id}).commands = commands
    return True


def get_commands(state: State, params: Params) -> Any:
    chat_id = _scope(params)
    return state.commands if chat_id is None else chat_of(state, {"chat_id": chat_id}).commands


def copy_message(state: State, params: Params) -> Any:
    source = state.chats.get(int(params.get("from_chat_id", 0)))
    message = source.messages.get(int(params.get("message_id", 0))) if source else None
    if message is None:
        raise bad("message to copy not found")
    kept = ("text", "entities", "caption", "caption_entities", "photo", "document")
    content = {key: message[key] for key in kept if key in message}
    copied = _put(state, chat_of(state, params), content, markup_of(params))
    return {"message_id": copied["message_id"]}


METHODS: dict[str, Callable[[State, Params], Any]] = {
    "getMe": lambda state, _params: state.bot,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendMediaGroup": send_media_group,
    "sendChatAction": lambda state, params: bool(chat_of(state, params)),
    "editMessageText": _edit("text", TEXT_LIMIT),
    "editMessageCaption": _edit("caption", CAPTION_LIMIT),
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback,
    "getFile": get_file,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "copyMessage": copy_message,
}
