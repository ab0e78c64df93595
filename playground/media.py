"""Files: sent by the bot, sent by people, fetched by either."""

import mimetypes
import struct
from pathlib import PurePosixPath
from typing import Any

from playground.parameters import ApiError, Params, bad, chat_of, json_of, list_of, markup_of, text_of
from playground.sending import put
from playground.state import File, State

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT, PHOTO_LIMIT = 50 * 1024 * 1024, 10 * 1024 * 1024
ALBUM = (2, 10)
# The letter at the end of a smaller size's id, and the longest side of that size in pixels.
SIZES = (("s", 90), ("m", 320), ("x", 800))
LARGEST_PX = 1280


def _uploaded(state: State, params: Params, field: str, limit: int) -> File:
    """A file that came with the request, or one that the server has already."""
    value = params.get(field)
    if isinstance(value, str) and value.startswith("attach://"):
        value = params.get(value.removeprefix("attach://"))
    if isinstance(value, tuple):
        name, content, mime = value
        if not content:
            raise bad("file must be non-empty")
        if len(content) > limit:
            raise ApiError(413, "Request Entity Too Large")
        if field == "photo" and picture_size(content) is None:
            raise bad("IMAGE_PROCESS_FAILED")
        return state.add_file(content, name or "file", mime)
    if not value:
        raise bad(f"there is no {field} in the request")
    file = find(state, str(value))
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    return file


def find(state: State, file_id: str) -> File | None:
    """By its id or the id of a smaller size of it."""
    file = state.files.get(file_id)
    if file is None and file_id[-2:] in [f"_{letter}" for letter, _side in SIZES]:
        file = state.files.get(file_id[:-2])
    return file


def _content(state: State, params: Params, kind: str) -> dict[str, Any]:
    caption = text_of(params, "caption")
    if kind == "photo":
        return {"photo": describe_photo(_uploaded(state, params, "photo", PHOTO_LIMIT)), **caption}
    return {"document": describe_document(_uploaded(state, params, "document", UPLOAD_LIMIT)), **caption}


def send_document(state: State, params: Params) -> Any:
    chat, markup = chat_of(state, params), markup_of(params)
    return put(state, chat, _content(state, params, "document"), markup)


def send_photo(state: State, params: Params) -> Any:
    chat, markup = chat_of(state, params), markup_of(params)
    return put(state, chat, _content(state, params, "photo"), markup)


def send_media_group(state: State, params: Params) -> Any:
    """All or nothing, as one album."""
    chat = chat_of(state, params)
    media = list_of(params, "media", "InputMedia")
    if not ALBUM[0] <= len(media) <= ALBUM[1]:
        raise bad("group send failed: wrong number of media, must be 2-10")
    kinds = {str(one.get("type")) for one in media}
    if not kinds <= {"photo", "document"}:
        raise bad("can't parse InputMedia: wrong type specified")
    if len(kinds) > 1:
        raise bad("document can't be mixed with other media types")
    kind = kinds.pop()
    contents = [_content(state, {**params, **one, kind: one.get("media")}, kind) for one in media]
    group = str(state.next_id())
    return [put(state, chat, {"media_group_id": group, **content}) for content in contents]


def new_picture(state: State, params: Params) -> dict[str, Any]:
    """What editMessageMedia puts in the place of a message's photo and caption."""
    media = json_of(params, "media", "InputMedia")
    if not isinstance(media, dict):
        raise bad("can't parse InputMedia: there is no media in the request")
    if media.get("type") != "photo":
        raise bad("can't parse InputMedia: wrong type specified")
    return _content(state, {**params, **media, "photo": media.get("media")}, "photo")


def describe_document(file: File) -> dict[str, Any]:
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "mime_type": file.mime,
        "file_size": len(file.content),
    }


def describe_photo(file: File) -> list[dict[str, Any]]:
    """Several sizes, the largest last. All are served with the same bytes: nothing here scales pictures."""
    width, height = picture_size(file.content) or (LARGEST_PX, 960)
    side = max(width, height, 1)
    sizes = [(f"{file.id}_{letter}", f"{file.unique_id}{letter}", px) for letter, px in SIZES if px < side]
    sizes.append((file.id, file.unique_id, min(side, LARGEST_PX)))
    return [
        {
            "file_id": file_id,
            "file_unique_id": unique,
            "width": max(1, width * px // side),
            "height": max(1, height * px // side),
            "file_size": len(file.content) * px // sizes[-1][2] or 1,
        }
        for file_id, unique, px in sizes
    ]


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None where they cannot be read."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    place = 2
    while content[:2] == b"\xff\xd8" and place + 9 <= len(content):
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        # Start of frame; C4, C8 and CC are other things in the same range.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None


def guess_mime(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def get_file(state: State, params: Params) -> Any:
    file_id = str(params.get("file_id") or "")
    file = find(state, file_id)
    if file is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    folder = "photos" if file.mime.startswith("image/") else "documents"
    return {
        "file_id": file_id,
        "file_unique_id": file.unique_id + file_id[len(file.id) + 1 :],
        "file_size": len(file.content),
        "file_path": f"{folder}/{file_id}{PurePosixPath(file.name).suffix}",
    }


def at_path(state: State, path: str) -> File | None:
    """The file behind a `file_path` of getFile."""
    return find(state, PurePosixPath(path).stem)
