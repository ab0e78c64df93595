"""What a team tells of a visit, step by step: recorded for the first time, or corrected afterwards."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from rules.counting import Count
from storage.inspections import Finding, Inspection, Visit


class Step(StrEnum):
    DAY = "day"
    MEMBERS = "members"
    CADRES = "cadres"
    ITEM = "item"
    REMARK = "remark"
    PHOTOS = "photos"
    MEND = "mend"
    MEND_BY = "mend_by"
    SUMMARY = "summary"
    EDIT = "edit"


class Draft(BaseModel):
    inspection: int
    unit: int
    day: date | None = None
    members: Count | None = None  # None: not recorded
    cadres: Count | None = None
    findings: list[Finding] = []
    files: list[int] = []  # uploads
    album: str | None = None
    conclusion: str | None = None
    mend_by: date | None = None
    editing: bool = False
    corrects: bool = False  # what is recorded already


def correction(one: Inspection, findings: list[Finding]) -> Draft:
    """The draft begins as what was recorded."""
    return Draft(
        inspection=one.id,
        unit=one.unit_id,
        day=one.visited_on,
        members=one.members,
        cadres=one.cadres,
        findings=findings,
        conclusion=one.conclusion,
        mend_by=one.mend_by,
        corrects=True,
    )


def visit(draft: Draft) -> Visit:
    assert draft.day is not None
    return Visit(
        draft.day,
        draft.members,
        draft.cadres,
        draft.findings,
        draft.conclusion,
        draft.mend_by,
        draft.files,
    )
