"""Somebody of the province at their phone. What they do is an update, which the stage takes with others'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rules.names import shorten
from tests.people import Message, Person
from tests.samples import jpeg, pdf

if TYPE_CHECKING:
    from tests.season.province import Human
    from tests.season.stage import Season


class Actor:
    def __init__(self, person: Person, season: Season, human: Human) -> None:
        self.person = person
        self.season = season
        self.human = human
        self._files = 0

    # -- updates

    def says(self, text: str) -> dict[str, Any]:
        return self._sends({"text": text})

    def presses(self, label: str, on: Message | None = None) -> dict[str, Any]:
        if on is None:  # rather what was just said: below it, older cards may still have the same button
            on = next((one for one in reversed(self.person.new) if label in one.labels), None)
        update = self.person.press(label, on)
        self.person.new = []
        return update

    def photographs(self) -> dict[str, Any]:
        """A page or a picture that nobody else has sent."""
        unique, remote = self._new_file(jpeg)
        photo = {"file_id": remote, "file_unique_id": unique, "width": 90, "height": 90, "file_size": 50_000}
        return self._sends({"photo": [photo]})

    def uploads(self, name: str = "van-ban.pdf") -> dict[str, Any]:
        unique, remote = self._new_file(pdf)
        return self._sends(
            {"document": {"file_id": remote, "file_unique_id": unique, "file_name": name, "file_size": 900}}
        )

    def _new_file(self, kind: Any) -> tuple[str, str]:
        self._files += 1
        unique = f"{self.human.chat}-{self._files}"
        self.season.files.contents[f"id-{unique}"] = kind(unique.encode())
        return unique, f"id-{unique}"

    def _sends(self, content: dict[str, Any]) -> dict[str, Any]:
        self.person.new = []
        return self.person.update(content)

    # -- what they see

    @property
    def text(self) -> str:
        """Everything that was said since they did something."""
        return "\n".join(one.text for one in self.person.new)

    @property
    def labels(self) -> list[str]:
        return [label for one in self.person.new for label in one.labels]

    def expects(self, *parts: str) -> None:
        missing = [part for part in parts if part not in self.text]
        if missing:
            raise AssertionError(
                f"{self.human} at {self.season.now}: {missing} not in:\n{self.text}\n{self.labels}"
            )

    def card(self, label: str) -> str:
        """The text above this button; others may have written meanwhile."""
        return next(one.text for one in reversed(self.person.new) if label in one.labels)

    def label(self, beginning: str) -> str:
        """The button that begins like this."""
        for message in reversed(self.person.messages):
            for label in message.labels:
                if label.startswith(beginning):
                    return label
        raise AssertionError(f"{self.human}: no button {beginning}…; {self.labels}")

    def name_label(self, name: str) -> str:
        """The button about somebody, whose long name is shortened on it."""
        return name if name in self.labels else shorten(name)

    def last_with(self, part: str) -> Message | None:
        return next((one for one in reversed(self.person.messages) if part in one.text), None)

    def forget(self, kept: int) -> None:
        del self.person.messages[:-kept]
