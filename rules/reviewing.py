"""What a superior may ask to be looked at again, and who is asked for the signed list by chance."""

from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256

from rules.plan import DutyKind


class Field(StrEnum):
    DAY = "day"
    MEMBERS = "members"
    CADRES = "cadres"
    YOUTH = "youth"
    PLACE = "place"
    SPEAKER = "speaker"
    HALL = "hall"
    MATERIALS = "materials"
    PHOTOS = "photos"
    SIGNED_LIST = "signed_list"
    FILE = "file"
    # Parts of a report that sums up the units below.
    RATE = "rate"
    RESULTS = "results"
    PROPOSALS = "proposals"
    NUMBER = "number"  # of a document whose number is asked for


# Of a report drafted from the figures of the units below (`rules.relays`).
RELAY_PARTS = (Field.RATE, Field.RESULTS, Field.SPEAKER, Field.MATERIALS, Field.PROPOSALS)

FIELDS: Mapping[DutyKind, tuple[Field, ...]] = {
    DutyKind.PARTICIPATION: (
        Field.DAY,
        Field.MEMBERS,
        Field.CADRES,
        Field.YOUTH,
        Field.MATERIALS,
        Field.PHOTOS,
        Field.SIGNED_LIST,
    ),
    DutyKind.SESSION: (
        Field.DAY,
        Field.PLACE,
        Field.SPEAKER,
        Field.HALL,
        Field.MATERIALS,
        Field.PHOTOS,
    ),
    DutyKind.DOCUMENT: (Field.FILE, Field.NUMBER),
    DutyKind.QUICK_REPORT: RELAY_PARTS,
}


def sampled(plan: str, report_id: int, share: float) -> bool:
    """Whether chance chose this report: the same answer whenever it is asked."""
    drawn = int.from_bytes(sha256(f"{plan}:{report_id}".encode()).digest()[:8])
    return drawn < share * 2**64
