"""Questions about a session that its host answers once, be it a commune or a branch on its own."""

from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel

from bot.engine.conversation import Outcome, Refusal
from bot.engine.events import Event, File, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import sessions as texts
from handlers import files
from rules.names import clean, fold, read_person_name
from rules.reasons import Reason
from storage import reports, speakers
from storage.reports import Held
from storage.speakers import Candidate

PLACE_LIMIT = 200  # characters
SAME_PLACE = "same"
NO_PHOTOS = "none"
PHOTOS_DONE = "done"

_PHOTOS = files.Wanted(
    suffixes=files.PICTURES,
    most=10,
    other_kind=texts.PHOTOS_ONLY,
    too_big=texts.FILE_TOO_BIG,
    too_many=texts.PHOTOS_FULL,
    twice=texts.PHOTO_TWICE,
)


class WithPhotos(files.WithAlbum, Protocol):
    photos: list[int]  # uploads


class SpeakerDraft(BaseModel):
    name: str
    person_id: int | None = None
    outside_rule: bool = False


def ask_place(turn: Turn, host_id: int) -> Reply:
    last = reports.last_place(turn.conn, host_id)
    return Reply(texts.where(last), [Button(texts.SAME_PLACE, SAME_PLACE)] if last else [])


def read_place(turn: Turn, host_id: int, event: Event) -> str | Refusal | None:
    match event:
        case Press(choice="same"):
            return reports.last_place(turn.conn, host_id)
        case Text(text=text):
            place = clean(text)[:PLACE_LIMIT]
            return place if any(letter.isalnum() for letter in place) else Refusal(texts.NO_PLACE)
    return None


def ask_speaker(turn: Turn, host_id: int) -> Reply:
    known = speakers_for(turn, host_id)[:6]
    labels = turn.labels_of(known)
    buttons = [Button(label, one.choice) for one, label in zip(known, labels, strict=True)]
    return Reply(texts.who_spoke(bool(known)), buttons)


def read_speaker(turn: Turn, host_id: int, event: Event) -> SpeakerDraft | Reason | None:
    """Whom the plan does not name for this level is taken and flagged."""
    named = speakers_for(turn, host_id)
    match event:
        case Press(choice=choice):
            for one in named:
                if choice == one.choice:
                    return SpeakerDraft(name=one.full_name, person_id=one.person_id)
        case Text(text=text):
            name = read_person_name(text)
            if isinstance(name, Reason):
                return name
            exact = [one for one in named if fold(one.full_name) == fold(name)]
            if len(exact) == 1:
                return SpeakerDraft(name=exact[0].full_name, person_id=exact[0].person_id)
            return SpeakerDraft(name=name, outside_rule=True)
    return None


def speaker_of(held: Held) -> SpeakerDraft | None:
    """As it was recorded."""
    if not held.speakers:
        return None
    first = held.speakers[0]
    return SpeakerDraft(name=first.name, person_id=first.person_id, outside_rule=first.outside_rule)


def speakers_for(turn: Turn, host_id: int) -> list[Candidate]:
    """Whom the plan lets speak at this level: by role or register, in the host itself or in the unit above."""
    host = turn.unit(host_id)
    above = turn.unit(host.parent_id) if host.parent_id is not None else None
    return speakers.candidates(turn.conn, turn.plan, host, above, turn.today)


def ask_materials() -> Reply:
    return Reply(texts.ENOUGH_MATERIALS, [Button(texts.ENOUGH, "enough"), Button(texts.TOO_FEW, "few")])


def read_materials(event: Event) -> bool | None:
    match event:
        case Press(choice="enough"):
            return True
        case Press(choice="few"):
            return False
    return None


def ask_photos(draft: WithPhotos) -> Reply:
    have = len(draft.photos)
    button = Button(texts.FINISHED, PHOTOS_DONE) if have else Button(texts.NO_PHOTOS, NO_PHOTOS)
    return Reply(texts.photos(have, album=draft.album is not None), [button])


def add_photo(turn: Turn, draft: WithPhotos, event: File, then: StrEnum) -> Outcome:
    return files.receive(turn, draft, draft.photos, event, _PHOTOS, then)
