"""How a message of the bot comes to stand in a chat."""

from typing import Any

from playground.state import Chat, State


def put(
    state: State, chat: Chat, content: dict[str, Any], markup: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The new message. A keyboard below the text field belongs to the chat, not to the message."""
    message_id = state.next_id()
    message = {
        "message_id": message_id,
        "from": state.bot,
        "chat": {"id": chat.id, "type": "private", "first_name": chat.first_name},
        "date": int(state.now().timestamp()),
        **content,
    }
    if markup is not None:
        if "inline_keyboard" in markup:
            message["reply_markup"] = markup
        elif "keyboard" in markup:
            chat.keyboard = markup["keyboard"]
            chat.keyboard_once = bool(markup.get("one_time_keyboard"))
        elif markup.get("remove_keyboard"):
            chat.keyboard = []
    chat.messages[message_id] = message
    state.show(chat, message_id)
    return message
