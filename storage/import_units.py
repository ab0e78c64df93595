"""Importing units: the tree, parents first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from rules.duties import effective_level
from rules.names import fold
from rules.plan import Plan
from storage import audit
from storage.audit import Action
from storage.import_checks import Problems, Result, chunks, raise_any, rows_were_numbered
from storage.models import unit
from storage.rosters import Roster


@dataclass(slots=True)
class UnitRow:
    line: int
    code: str
    name: str
    level: str
    parent: str | None
    numbers: dict[str, int | None]
    valid_from: date | None
    valid_to: date | None
    successor: str | None


def check_units(plan: Plan, roster: Roster) -> list[UnitRow]:
    levels = {fold(word): one.code for one in plan.levels for word in (one.code, one.name, *one.aliases)}
    names = ", ".join(one.code for one in plan.levels)
    problems: list[str] = []
    found: dict[str, UnitRow] = {}
    for line, row in roster.rows:
        told = Problems(line, problems)
        level = levels.get(fold(row["level"]))
        if level is None:
            told(f'cột level ghi "{row["level"]}"; phải là một trong: {names}')
        if not row["code"]:
            told("thiếu mã (cột code)")
        elif row["code"] in found:
            told(f"mã {row['code']} đã có ở dòng {found[row['code']].line}")
        if not 1 <= len(row["name"]) <= 200:
            told("tên phải có từ 1 đến 200 chữ (cột name)")
        numbers = {name: told.number(name, row.get(name, "")) for name in ("cadres", "members", "youth")}
        if (numbers["cadres"] or 0) > (numbers["members"] or 10**9):
            told("cán bộ (cadres) là một phần của đoàn viên (members) nên không thể nhiều hơn")
        made = UnitRow(
            line,
            row["code"],
            row["name"],
            level or "",
            row.get("parent_code") or None,
            numbers,
            told.day("valid_from", row.get("valid_from", "")),
            told.day("valid_to", row.get("valid_to", "")),
            row.get("successor_code") or None,
        )
        found.setdefault(row["code"], made)
    raise_any(problems)
    return list(found.values())


def import_units(
    conn: Connection, plan: Plan, wanted: list[UnitRow], now: datetime, *, write: bool
) -> Result:
    columns = [unit.c[name] for name in ("id", "code", "level", "parent_id", "path", *_UNIT_VALUES)]
    present = {row.code: row for row in conn.execute(select(*columns))}
    ordered = _parents_first(plan, wanted, present)
    result = Result("units", len(wanted))
    ids = {code: row.id for code, row in present.items()}
    paths = {code: row.path for code, row in present.items()}
    levels = {code: row.level for code, row in present.items()} | {one.code: one.level for one in wanted}
    next_id = max(ids.values(), default=0) + 1
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    moved: dict[str, str] = {}
    for one in ordered:
        before = present.get(one.code)
        if before is None:
            ids[one.code] = next_id
            next_id += 1
        parent_path = paths[one.parent] if one.parent else "/"
        path = f"{parent_path}{ids[one.code]}/"
        if before is not None and before.path != path:
            moved[before.path] = path
        paths[one.code] = path
        values = _unit_values(plan, one, levels, ids, path)
        if before is None:
            new.append({"id": ids[one.code], "code": one.code, **values})
            result.changes.append(f"thêm {one.code} {one.name}")
            continue
        different = [name for name in values if getattr(before, name) != values[name]]
        if different:
            changed.append({"row": before.id, **values})
            result.changes.append(f"đổi {one.code}: {', '.join(different)}")
    if write:
        _write_units(conn, new, changed, moved, result, now)
    return result


_UNIT_VALUES = (
    "name",
    "name_folded",
    "duty_level",
    "cadres",
    "members",
    "youth",
    "valid_from",
    "valid_to",
    "successor_id",
)


def _unit_values(
    plan: Plan, one: UnitRow, levels: dict[str, str], ids: dict[str, int], path: str
) -> dict[str, Any]:
    return {
        "name": one.name,
        "name_folded": fold(one.name),
        "level": one.level,
        "duty_level": effective_level(plan, one.level, levels[one.parent] if one.parent else None),
        "parent_id": ids[one.parent] if one.parent else None,
        "path": path,
        **one.numbers,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "successor_id": ids.get(one.successor) if one.successor else None,
    }


def _write_units(
    conn: Connection,
    new: list[dict[str, Any]],
    changed: list[dict[str, Any]],
    moved: dict[str, str],
    result: Result,
    now: datetime,
) -> None:
    for piece in chunks(new):
        conn.execute(insert(unit), piece)
    if new:
        rows_were_numbered(conn, unit)
    names = [name for name in changed[0] if name != "row"] if changed else []
    for piece in chunks(changed):
        statement = update(unit).where(unit.c.id == bindparam("row"))
        conn.execute(statement.values({name: bindparam(name) for name in names}), piece)
    for old, path in moved.items():
        # What hangs below a moved unit and is not in the file moves along.
        for row in conn.execute(select(unit.c.id, unit.c.path).where(unit.c.path.startswith(old))).all():
            conn.execute(update(unit).where(unit.c.id == row.id).values(path=path + row.path[len(old) :]))
    audit.record(conn, at=now, action=Action.UNITS_IMPORTED, facts={"new": len(new), "changed": len(changed)})
    for one in changed:
        audit.record(conn, at=now, action=Action.UNIT_CHANGED, unit_id=one["row"])


def _parents_first(plan: Plan, wanted: list[UnitRow], present: dict[str, Any]) -> list[UnitRow]:
    """Raises BadRoster for a parent that is missing, a loop, or a level under a lower one."""
    by_code = {one.code: one for one in wanted}
    rank = {level.code: place for place, level in enumerate(plan.levels)}
    problems: list[str] = []
    done: set[str] = set()
    ordered: list[UnitRow] = []
    for start in wanted:
        chain: list[UnitRow] = []
        one: UnitRow | None = start
        while one is not None and one.code not in done:
            if one in chain:
                problems.append(f"dòng {one.line}: {one.code} là cấp trên của chính mình (cột parent_code)")
                done.update(link.code for link in chain)
                break
            chain.append(one)
            if one.parent is not None and one.parent not in by_code and one.parent not in present:
                problems.append(f"dòng {one.line}: không có đơn vị cấp trên {one.parent} (cột parent_code)")
            one = by_code.get(one.parent) if one.parent else None
        else:
            for link in reversed(chain):
                done.add(link.code)
                ordered.append(link)
    for one in wanted:
        above = by_code.get(one.parent) or present.get(one.parent) if one.parent else None
        if above is not None and rank[above.level] >= rank[one.level]:
            problems.append(
                f"dòng {one.line}: {one.code} ({one.level}) không thể dưới {one.parent} ({above.level})"
            )
        if one.successor and one.successor not in by_code and one.successor not in present:
            problems.append(f"dòng {one.line}: không có đơn vị {one.successor} (cột successor_code)")
    raise_any(problems)
    return ordered
