"""What the bot says, whatever the messenger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ALBUM_LIMIT = 10  # pictures or documents in one message
LABEL_LIMIT = 18  # characters: two of them stand side by side on a small phone


@dataclass(frozen=True, slots=True)
class Button:
    """`choice` answers the present question; `go` is standing data (`bot.callbacks.standing_data`)."""

    label: str
    choice: str = ""
    go: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or document that the messenger has already."""

    remote_id: str
    photo: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """A message: text in the HTML subset, names in it already escaped.

    `replaces`: take the place of the message whose button was pressed. A channel that cannot edit sends
    anew, so nothing may hang on it. With a file the text is its caption; several `media` are an album,
    which carries no buttons.
    """

    text: str
    buttons: Sequence[Button] = ()
    contact_label: str | None = None  # a button that shares the person's own phone number
    removes_keyboard: bool = False  # takes the contact button away; goes with no buttons of its own
    replaces: bool = True
    document: str | None = None  # path of a file below the data folder
    document_name: str | None = None
    picture: str | None = None  # path of a picture below the data folder
    media: Sequence[Media] = ()


@dataclass(slots=True)
class Outgoing:
    """One row for the outbox."""

    channel: str
    address: str
    payload: dict[str, Any]
    key: str | None = None  # by which somebody will ask what became of it


def rows(buttons: Sequence[Button]) -> list[list[Button]]:
    """At most two a row; a long label has a row to itself."""
    laid: list[list[Button]] = []
    for button in buttons:
        alone = len(button.label) > LABEL_LIMIT
        if laid and len(laid[-1]) == 1 and not alone and len(laid[-1][0].label) <= LABEL_LIMIT:
            laid[-1].append(button)
        else:
            laid.append([button])
    return laid


def payload(reply: Reply, data: Sequence[Sequence[tuple[str, str]]], replace: str | None) -> dict[str, Any]:
    """The outbox form: {"text", "rows": [[[label, data], ...], ...], "replace", "contact",
    "unkeyboard", "document": [path, name], "picture": path, "media": [[remote id, is a photo], ...]}."""
    form: dict[str, Any] = {"text": reply.text}
    if data:
        form["rows"] = [[[label, value] for label, value in row] for row in data]
    file = reply.document is not None or reply.picture is not None or bool(reply.media)
    special = reply.contact_label is not None or reply.removes_keyboard or file
    if replace is not None and reply.replaces and not special:
        form["replace"] = replace
    if reply.contact_label is not None:
        form["contact"] = reply.contact_label
    if reply.removes_keyboard:
        form["unkeyboard"] = True
    if reply.document is not None:
        form["document"] = [reply.document, reply.document_name]
    if reply.picture is not None:
        form["picture"] = reply.picture
    if reply.media:
        form["media"] = [[one.remote_id, one.photo] for one in reply.media]
    return form
