"""Importing units: what the file says is laid over the tree that is there, and the whole is checked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from rules.duties import effective_level
from rules.names import fold
from rules.plan import Plan
from storage import audit
from storage.audit import Action
from storage.import_checks import Problems, Result, chunks, hold_other_imports, reserve_ids
from storage.models import unit
from storage.rosters import Roster

NUMBERS = ("cadres", "members", "youth")
DAYS = ("valid_from", "valid_to")
_SHOWN = {
    "name": "tên",
    "level": "cấp",
    "parent": "cấp trên",
    "cadres": "cán bộ",
    "members": "đoàn viên",
    "youth": "thanh niên",
    "valid_from": "từ ngày",
    "valid_to": "đến ngày",
    "successor": "sáp nhập vào",
    "duty_level": "nhiệm vụ như cấp",
}
_MOST_LETTERS = {"code": 60, "name": 200}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """`told`: the values of `_SHOWN` that the file has a column for; parent and successor are codes."""

    line: int
    code: str
    told: dict[str, Any]


def check_units(plan: Plan, roster: Roster) -> list[UnitRow]:
    """What can be seen without the database. Raises BadRoster."""
    levels = {fold(word): one.code for one in plan.levels for word in (one.code, one.name, *one.aliases)}
    names = ", ".join(f"{one.code} ({one.name})" for one in plan.levels)
    problems = Problems()
    lines: dict[str, int] = {}
    found = []
    for line, row in roster.rows:
        code, level = row["code"], levels.get(fold(row["level"]))
        if level is None:
            problems.add(line, f'cột level ghi "{row["level"]}"; phải là một trong: {names}')
        if not code:
            problems.add(line, "thiếu mã (cột code)")
        elif code in lines:
            problems.add(line, f"mã {code} đã có ở dòng {lines[code]}; mỗi đơn vị một mã (cột code)")
        lines.setdefault(code, line)
        for column, most in _MOST_LETTERS.items():
            if len(row[column]) > most or len(fold(row[column])) > most:
                problems.add(line, f"cột {column} dài quá {most} chữ")
        if not row["name"]:
            problems.add(line, "thiếu tên đơn vị (cột name)")
        told: dict[str, Any] = {"name": row["name"], "level": level}
        told |= {one: problems.number(line, one, row[one]) for one in NUMBERS if one in row}
        told |= {one: problems.day(line, one, row[one]) for one in DAYS if one in row}
        told |= {one: row[f"{one}_code"] or None for one in ("parent", "successor") if f"{one}_code" in row}
        found.append(UnitRow(line, code, told))
    problems.raise_any()
    return found


def import_units(
    conn: Connection, plan: Plan, wanted: list[UnitRow], now: datetime, *, write: bool
) -> Result:
    """Raises BadRoster. `write=False` only says what would change."""
    if write:
        hold_other_imports(conn)
    present, ids = _present(conn)
    merged = {code: dict(values) for code, values in present.items()}
    for row in wanted:
        merged.setdefault(row.code, dict.fromkeys(_SHOWN))
        merged[row.code] |= row.told
    _check_tree(plan, wanted, merged)
    ordered = _parents_first(merged)
    for code in ordered:
        values = merged[code]
        above = merged[values["parent"]]["level"] if values["parent"] else None
        values["duty_level"] = effective_level(plan, values["level"], above)
    new = [code for code in ordered if code not in present]
    changed = {
        code: different
        for code, before in present.items()
        if (different := {one: merged[code][one] for one in _SHOWN if merged[code][one] != before[one]})
    }
    result = Result("units", len(wanted))
    result.changes = [f"thêm {code} {merged[code]['name']}" for code in new]
    for code, different in changed.items():
        told = "; ".join(
            f"{_SHOWN[one]} {_show(present[code][one])} → {_show(after)}" for one, after in different.items()
        )
        result.changes.append(f"đổi {code} {present[code]['name']}: {told}")
    if write and result.changes:
        _write(conn, merged, ordered, new, changed, ids, now)
    return result


def _present(conn: Connection) -> tuple[dict[str, dict[str, Any]], dict[str, int]]:
    """(the units by code, as `_SHOWN` has them; their ids)."""
    rows = conn.execute(select(unit).order_by(unit.c.id)).all()
    codes = {row.id: row.code for row in rows}
    present = {
        row.code: {
            "name": row.name,
            "level": row.level,
            "parent": codes.get(row.parent_id),
            "cadres": row.cadres,
            "members": row.members,
            "youth": row.youth,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            "successor": codes.get(row.successor_id),
            "duty_level": row.duty_level,
        }
        for row in rows
    }
    return present, {code: row_id for row_id, code in codes.items()}


def _check_tree(plan: Plan, wanted: list[UnitRow], merged: dict[str, dict[str, Any]]) -> None:
    """Raises BadRoster; each problem at the line of the file that made it."""
    rank = {level.code: place for place, level in enumerate(plan.levels)}
    problems = Problems()
    lines = {row.code: row.line for row in wanted}
    looped = {row.code for row in wanted if _above_itself(row.code, merged)}
    for row in wanted:
        values, line = merged[row.code], row.line
        parent, successor = values["parent"], values["successor"]
        if parent is None and rank[values["level"]] > 0:
            problems.add(line, f"{row.code}: thiếu mã đơn vị cấp trên (cột parent_code)")
        elif parent is not None and parent not in merged:
            problems.add(line, f"không có đơn vị cấp trên {parent} (cột parent_code)")
        elif row.code in looped:
            problems.add(line, f"{row.code} là cấp trên của chính mình (cột parent_code)")
        if (values["cadres"] or 0) > (values["members"] if values["members"] is not None else 10**9):
            problems.add(
                line,
                f"cán bộ ({values['cadres']}) nhiều hơn đoàn viên ({values['members']});"
                " cán bộ là một phần của đoàn viên (cột cadres, members)",
            )
        if values["valid_from"] and values["valid_to"] and values["valid_to"] < values["valid_from"]:
            problems.add(line, "ngày cuối trước ngày đầu (cột valid_from, valid_to)")
        if successor is not None and (successor not in merged or successor == row.code):
            problems.add(line, f"không có đơn vị {successor} để sáp nhập vào (cột successor_code)")
        elif successor is not None and values["valid_to"] is None:
            problems.add(line, f"{row.code} sáp nhập từ ngày nào: thiếu ngày cuối (cột valid_to)")
    for code, values in merged.items():
        above = merged.get(values["parent"]) if code not in looped else None
        line = lines.get(code) or lines.get(values["parent"], 0)
        if above is not None and line and rank.get(above["level"], -1) >= rank.get(values["level"], 99):
            problems.add(
                line,
                f"{code} ({values['level']}) không thể dưới {values['parent']} ({above['level']})"
                " (cột level, parent_code)",
            )
    problems.raise_any()


def _above_itself(code: str, merged: dict[str, dict[str, Any]]) -> bool:
    seen: set[str] = set()
    above = merged[code]["parent"]
    while above in merged and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = merged[above]["parent"]
    return False


def _parents_first(merged: dict[str, dict[str, Any]]) -> list[str]:
    """Otherwise in the order of the tree that is there, then of the file."""
    ordered: dict[str, None] = {}
    for start in merged:
        chain = []
        code: str | None = start
        while code is not None and code not in ordered:
            chain.append(code)
            code = merged[code]["parent"]
        ordered.update(dict.fromkeys(reversed(chain)))
    return list(ordered)


def _write(
    conn: Connection,
    merged: dict[str, dict[str, Any]],
    ordered: Iterable[str],
    new: list[str],
    changed: dict[str, dict[str, Any]],
    ids: dict[str, int],
    now: datetime,
) -> None:
    ids |= dict(zip(new, reserve_ids(conn, unit, len(new)), strict=True))
    paths: dict[str, str] = {}
    for code in ordered:
        parent = merged[code]["parent"]
        paths[code] = f"{paths[parent] if parent else '/'}{ids[code]}/"
    added = [_row(code, merged[code], ids, paths) for code in new]
    # A successor may stand further down in the file than the unit that it follows.
    for piece in chunks([{**row, "successor_id": None} for row in added]):
        conn.execute(insert(unit), piece)
    # A unit that moved takes along what hangs below it.
    moved = changed if not any("parent" in one for one in changed.values()) else set(ids) - set(new)
    rows = [
        *(row for row in added if row["successor_id"] is not None),
        *(_row(code, merged[code], ids, paths) for code in moved),
    ]
    names = [name for name in rows[0] if name not in ("id", "code")] if rows else []
    statement = update(unit).where(unit.c.id == bindparam("row"))
    for piece in chunks([{"row": row["id"], **{f"new_{name}": row[name] for name in names}} for row in rows]):
        conn.execute(statement.values({name: bindparam(f"new_{name}") for name in names}), piece)
    audit.record(conn, at=now, action=Action.UNITS_IMPORTED, facts={"new": len(new), "changed": len(changed)})
    audit.record_each(
        conn,
        at=now,
        action=Action.UNIT_CHANGED,
        entries=[
            {"unit_id": ids[code], "facts": {one: _plain(after) for one, after in different.items()}}
            for code, different in changed.items()
        ],
    )


def _row(code: str, values: dict[str, Any], ids: dict[str, int], paths: dict[str, str]) -> dict[str, Any]:
    return {
        "id": ids[code],
        "code": code,
        "name": values["name"],
        "name_folded": fold(values["name"]),
        "level": values["level"],
        "duty_level": values["duty_level"],
        "parent_id": ids[values["parent"]] if values["parent"] else None,
        "path": paths[code],
        **{one: values[one] for one in (*NUMBERS, *DAYS)},
        "successor_id": ids[values["successor"]] if values["successor"] else None,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _show(value: Any) -> str:
    if value is None:
        return "(trống)"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
