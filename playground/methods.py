"""The Bot API's methods, as strict as the real server where chidoan could make a mistake."""

import time
from collections.abc import Callable
from typing import Any

from playground import media, menus
from playground.parameters import (
    Params,
    bad,
    chat_of,
    inline_markup_of,
    markup_of,
    message_of,
    number_of,
    text_of,
)
from playground.sending import put
from playground.state import Chat, State

TOAST_LIMIT = 200
COPIED = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "voice",
    "sticker",
    "contact",
)
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def send_message(state: State, params: Params) -> Any:
    content, markup = text_of(params, "text"), markup_of(params)
    return put(state, chat_of(state, params), content, markup)


def send_chat_action(state: State, params: Params) -> Any:
    chat_of(state, params)
    if params.get("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def _message_to_edit(state: State, params: Params) -> tuple[Chat, dict[str, Any]]:
    chat = chat_of(state, params)
    message = message_of(chat, params, "edit")
    if not message["from"].get("is_bot"):
        raise bad("message can't be edited")
    return chat, message


def edit_text(state: State, params: Params) -> Any:
    content, markup = text_of(params, "text"), inline_markup_of(params)
    chat, message = _message_to_edit(state, params)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return _edit(state, chat, message, ("text", "entities"), content, markup)


def edit_caption(state: State, params: Params) -> Any:
    content, markup = text_of(params, "caption"), inline_markup_of(params)
    chat, message = _message_to_edit(state, params)
    if "text" in message:
        raise bad("there is no caption in the message to edit")
    return _edit(state, chat, message, ("caption", "caption_entities"), content, markup)


def edit_media(state: State, params: Params) -> Any:
    """A photo in the place of a photo: nothing else is asked for here."""
    content, markup = media.new_picture(state, params), inline_markup_of(params)
    chat, message = _message_to_edit(state, params)
    if "photo" not in message:
        raise bad("there is no photo in the message to edit")
    return _edit(state, chat, message, ("photo", "caption", "caption_entities"), content, markup)


def edit_markup(state: State, params: Params) -> Any:
    markup = inline_markup_of(params)
    chat, message = _message_to_edit(state, params)
    return _edit(state, chat, message, (), {}, markup)


def _edit(
    state: State,
    chat: Chat,
    message: dict[str, Any],
    keys: tuple[str, ...],
    content: dict[str, Any],
    markup: dict[str, Any] | None,
) -> dict[str, Any]:
    keys = (*keys, "reply_markup")
    new = {**content, "reply_markup": markup} if markup else content
    if all(message.get(key) == new.get(key) for key in keys):
        raise bad(NOT_MODIFIED)
    for key in keys:
        message.pop(key, None)
    message.update(new)
    message["edit_date"] = int(state.now().timestamp())
    state.show(chat, message["message_id"])
    return message


def delete_message(state: State, params: Params) -> Any:
    chat = chat_of(state, params)
    message = message_of(chat, params, "delete")
    del chat.messages[message["message_id"]]
    chat.touched.pop(message["message_id"], None)
    state.notify(chat)
    return True


def answer_callback(state: State, params: Params) -> Any:
    text = str(params.get("text") or "")
    if len(text) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    since, chat_id = state.queries.pop(str(params.get("callback_query_id", "")), (None, 0))
    if since is None or time.monotonic() - since > state.callbacks_for_s:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if text:
        chat = state.chats[chat_id]
        chat.toasts.append(text)
        state.notify(chat)
    return True


def copy_message(state: State, params: Params) -> Any:
    source = state.chats.get(number_of(params, "from_chat_id"))
    if source is None:
        raise bad("chat not found")
    message = message_of(source, params, "copy")
    content = {key: message[key] for key in COPIED if key in message}
    if "caption" in params and "text" not in message:
        content.pop("caption_entities", None)
        content.update(text_of(params, "caption") or {"caption": ""})
    copied = put(state, chat_of(state, params), content, markup_of(params))
    return {"message_id": copied["message_id"]}


METHODS: dict[str, Callable[[State, Params], Any]] = {
    "getMe": lambda state, _params: {**state.bot, "can_join_groups": False, "supports_inline_queries": False},
    "sendMessage": send_message,
    "sendDocument": media.send_document,
    "sendPhoto": media.send_photo,
    "sendMediaGroup": media.send_media_group,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "copyMessage": copy_message,
    "answerCallbackQuery": answer_callback,
    "getFile": media.get_file,
    "setMyCommands": menus.set_commands,
    "getMyCommands": menus.get_commands,
    "deleteMyCommands": menus.delete_commands,
    "setChatMenuButton": menus.set_menu_button,
    "getChatMenuButton": menus.get_menu_button,
    "setMyDescription": menus.set_about("description", 512),
    "setMyShortDescription": menus.set_about("short_description", 120),
}
