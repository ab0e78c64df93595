"""The plans that the tables are about."""

from functools import cache
from pathlib import Path

from rules.plan import Plan, parse_plan

_HERE = Path(__file__).parent
PLAN_66 = _HERE.parent.parent / "plans" / "ke-hoach-66.toml"
TWO_LEVELS = _HERE / "two-levels.toml"


@cache
def plan_66() -> Plan:
    return parse_plan(PLAN_66.read_text(encoding="utf-8"), "ke-hoach-66")


@cache
def two_levels() -> Plan:
    return parse_plan(TWO_LEVELS.read_text(encoding="utf-8"), "two-levels")
