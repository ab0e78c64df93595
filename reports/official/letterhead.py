"""The heading, the signature and the recipients of an official report, as its unit's office writes them."""

import re
from dataclasses import dataclass

from bot.settings import Office
from bot.texts import official_form as texts
from rules.names import clean
from rules.plan import Plan
from storage.units import Unit

_KIND = re.compile(r"^(tỉnh|thành|huyện|thị)\s+đoàn(?:\s+|$)", re.IGNORECASE)
_PLAN_NUMBER = re.compile(r"^[^-/]*-\s*[^-/]+/")  # "66-KH/" of "66-KH/TĐTN-BTG"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Empty: to be filled in by hand."""

    title: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    above: str  # the first line of the left block; empty: the unit is the top
    organization: str
    department: str
    number_suffix: str  # "BC/TĐTN-BTG"
    place: str
    committee: str  # "Ban Thường vụ Tỉnh đoàn Thanh Hóa": who reports
    body: str  # "TM. BAN THƯỜNG VỤ ĐOÀN TỈNH"
    recipients: tuple[str, ...]
    signatory: Signatory


def letterhead(unit: Unit, parent: Unit | None, plan: Plan, office: Office) -> Letterhead:
    """`office` is the top unit's; a unit below heads its report with its own name, its superior's above."""
    kind, place = _named(unit.name)
    top = parent is None
    return Letterhead(
        above="" if parent is None else _organization(parent, office),
        organization=_organization(unit, office) if top else unit.name.upper(),
        department=office.department if top else "",
        number_suffix=(office.number_suffix if top else "") or _suffix(unit, kind, plan),
        place=(office.place if top else "") or place,
        committee=texts.committee(unit.name),
        body=texts.body(kind),
        recipients=(office.recipients if top else ()) or (texts.TOP_RECIPIENTS if top else texts.RECIPIENTS),
        signatory=Signatory(office.signatory_title, office.signatory_name) if top else Signatory(),
    )


def _organization(unit: Unit, office: Office) -> str:
    """Of a unit, as a heading has it. Only the top unit's has a setting."""
    if unit.parent_id is None and office.organization:
        return office.organization
    kind, place = _named(unit.name)
    return texts.province(place) if kind == "tỉnh" else unit.name.upper()


def _named(name: str) -> tuple[str, str]:
    """("huyện", "Hoằng Hóa"); a unit named otherwise has no kind, and no place that its name would tell."""
    whole = clean(name)
    found = _KIND.match(whole)
    return (found[1].lower(), whole[found.end() :]) if found else ("", "")


def _suffix(unit: Unit, kind: str, plan: Plan) -> str:
    """The top's as the plan's own number has it: "BC/TĐTN-BTG" of "66-KH/TĐTN-BTG"."""
    if unit.parent_id is None and (found := _PLAN_NUMBER.match(plan.number)):
        return texts.suffix(plan.number[found.end() :])
    return texts.suffix(f"{kind[:1].upper()}ĐTN" if kind else "ĐTN")


def read_signatory(typed: str, plan: Plan) -> Signatory | None:
    """ "Phó Bí thư Nguyễn Văn A", or "Trưởng ban, Nguyễn Văn A"; None: no telling the title from the name."""
    whole = clean(typed)
    title, comma, name = whole.partition(",")
    if not comma:
        role = next(
            (
                one.name
                for one in sorted(plan.roles, key=lambda one: -len(one.name))
                if whole.lower().startswith(f"{one.name.lower()} ")
            ),
            "",
        )
        title, name = role, whole[len(role) :]
    title, name = title.strip(), name.strip()
    return Signatory(title, name) if title and name else None
