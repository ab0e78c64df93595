"""What a sending of a report says, figure by figure, so that two sendings can be compared.

A sending's content is {"lines": [a line, ...]} of a participation, a session's fields, or {"files": [...]} of a
document, with its number and day where they were asked for (`rules.numbered`).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from rules.numbered import numbered_in


class Figure(StrEnum):
    """In the order in which they are shown; behind each, what its value is."""

    NUMBER = "number"  # a document's: rules.numbered.Numbered
    DAY = "day"  # date
    PLACE = "place"  # str
    SPEAKERS = "speakers"  # names
    MEMBERS = "members"  # (attended, expected), make-ups added
    CADRES = "cadres"  # (attended, expected)
    ABSENT = "absent"  # ((name, reason or None), ...)
    YOUTH = "youth"  # int
    AT_HOME = "at_home"  # int
    MAKE_UPS = "make_ups"  # how many
    HALL = "hall"  # int
    GROUPS = "groups"  # ((code, attended, expected), ...)
    MATERIALS = "materials"  # enough of them
    PROPOSAL = "proposal"  # str


Figures = Mapping[Figure, Any]


def figures(content: Mapping[str, Any]) -> Figures:
    """What was not said is not in it."""
    if "lines" in content:
        found = _of_lines(content["lines"])
    elif "files" in content:
        found = {Figure.NUMBER: numbered_in(content)}
    else:
        found = _of_session(content)
    return {figure: found[figure] for figure in Figure if found.get(figure) is not None}


def changed(before: Figures, after: Figures) -> list[Figure]:
    return [figure for figure in Figure if before.get(figure) != after.get(figure)]


def _of_lines(lines: Sequence[Mapping[str, Any]]) -> dict[Figure, Any]:
    if not lines:
        return {}
    first = lines[0]
    cadres = _sum(lines, "cadres")
    return {
        Figure.DAY: date.fromisoformat(first["held_on"]),
        Figure.MEMBERS: (_sum(lines, "members"), first["members_expected"]),
        Figure.CADRES: None if cadres is None else (cadres, first.get("cadres_expected") or cadres),
        Figure.ABSENT: tuple((one["name"], one.get("reason")) for one in first.get("absent", ())) or None,
        Figure.YOUTH: _sum(lines, "youth"),
        Figure.AT_HOME: first.get("at_home"),
        Figure.MAKE_UPS: len(lines) - 1 or None,
        Figure.MATERIALS: first.get("materials"),
        Figure.PROPOSAL: first.get("proposal"),
    }


def _sum(lines: Sequence[Mapping[str, Any]], name: str) -> int | None:
    said: list[int] = [line[name] for line in lines if line.get(name) is not None]
    return sum(said) if said else None


def _of_session(content: Mapping[str, Any]) -> dict[Figure, Any]:
    if "held_on" not in content:
        return {}
    return {
        Figure.DAY: date.fromisoformat(content["held_on"]),
        Figure.PLACE: content.get("place"),
        Figure.SPEAKERS: tuple(one["name"] for one in content.get("speakers", ())) or None,
        Figure.HALL: content.get("hall_count"),
        Figure.GROUPS: tuple(
            (one["group"], one["attended"], one["expected"]) for one in content.get("groups", ())
        )
        or None,
        Figure.MATERIALS: content.get("materials"),
    }
