"""Importing people and the positions that they hold."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from rules.names import fold
from rules.phones import normalise
from rules.plan import Plan
from storage import audit
from storage.audit import Action
from storage.import_checks import Problems, Result, chunks, raise_any, rows_were_numbered
from storage.models import person, position, unit
from storage.rosters import Roster


@dataclass(frozen=True, slots=True)
class PersonRow:
    line: int
    unit_code: str
    full_name: str
    role: str
    phone: str | None


def check_people(plan: Plan, roster: Roster) -> list[PersonRow]:
    roles = {fold(word): one.code for one in plan.roles for word in (one.code, one.name, *one.aliases)}
    names = ", ".join(one.code for one in plan.roles)
    problems: list[str] = []
    seen: dict[tuple[str, str, str, str | None], int] = {}
    found = []
    for line, row in roster.rows:
        told = Problems(line, problems)
        role = roles.get(fold(row["role"]))
        if role is None:
            told(f'cột role ghi "{row["role"]}"; phải là một trong: {names}')
        if not row["unit_code"]:
            told("thiếu mã đơn vị (cột unit_code)")
        if not 2 <= len(row["full_name"]) <= 120:
            told("họ tên phải có từ 2 đến 120 chữ (cột full_name)")
        typed = row.get("phone", "")
        phone = normalise(typed) if typed else None
        if typed and phone is None:
            told(f'số điện thoại "{typed}" chưa đúng; ví dụ 0912345678 (cột phone)')
        made = PersonRow(line, row["unit_code"], row["full_name"], role or "", phone)
        key = (made.unit_code, made.full_name, made.role, made.phone)
        if key in seen:
            told(f"trùng với dòng {seen[key]}")
        seen.setdefault(key, line)
        found.append(made)
    raise_any(problems)
    return found


def import_people(conn: Connection, wanted: list[PersonRow], now: datetime, *, write: bool) -> Result:
    units = {row.code: row.id for row in conn.execute(select(unit.c.code, unit.c.id))}
    raise_any(
        [
            f"dòng {one.line}: không có đơn vị {one.unit_code} (cột unit_code)"
            for one in wanted
            if one.unit_code not in units
        ]
    )
    result = Result("people", len(wanted))
    known = _Known(conn)
    new_people: list[dict[str, Any]] = []
    new_posts: list[dict[str, Any]] = []
    phones: list[dict[str, Any]] = []
    for one in wanted:
        unit_id = units[one.unit_code]
        found = known.find(one, unit_id)
        if found is None:
            found = known.add(one)
            new_people.append(
                {
                    "id": found,
                    "full_name": one.full_name,
                    "name_folded": fold(one.full_name),
                    "phone": one.phone,
                    "created_at": now,
                }
            )
            result.changes.append(f"thêm {one.full_name}, {one.unit_code}")
        elif one.phone is not None and known.phones[found] != one.phone:
            known.phones[found] = one.phone
            phones.append({"row": found, "phone": one.phone})
            result.changes.append(f"đổi số của {one.full_name}, {one.unit_code}")
        if (found, unit_id, one.role) not in known.posts:
            known.posts.add((found, unit_id, one.role))
            known.in_unit.setdefault((unit_id, one.full_name), found)
            new_posts.append({"person_id": found, "unit_id": unit_id, "role": one.role})
            result.changes.append(f"{one.full_name}: {one.role} của {one.unit_code}")
    if write:
        for piece in chunks(new_people):
            conn.execute(insert(person), piece)
        if new_people:
            rows_were_numbered(conn, person)
        for piece in chunks(phones):
            statement = update(person).where(person.c.id == bindparam("row"))
            conn.execute(statement.values(phone=bindparam("phone")), piece)
        for piece in chunks(new_posts):
            conn.execute(insert(position), piece)
        audit.record(
            conn,
            at=now,
            action=Action.PEOPLE_IMPORTED,
            facts={"new": len(new_people), "positions": len(new_posts), "phones": len(phones)},
        )
    return result


class _Known:
    """Whom the database has: a person is the same by number and name, or by name within a unit."""

    def __init__(self, conn: Connection) -> None:
        self.phones: dict[int, str | None] = {}
        self.by_phone: dict[tuple[str, str], int] = {}
        rows = conn.execute(select(person.c.id, person.c.full_name, person.c.phone))
        for row in rows:
            self.phones[row.id] = row.phone
            if row.phone is not None:
                self.by_phone[row.phone, fold(row.full_name)] = row.id
        names = conn.execute(
            select(position.c.person_id, position.c.unit_id, position.c.role, person.c.full_name)
            .select_from(position.join(person, person.c.id == position.c.person_id))
            .where(position.c.valid_to.is_(None))
        ).all()
        self.posts = {(row.person_id, row.unit_id, row.role) for row in names}
        self.in_unit = {(row.unit_id, row.full_name): row.person_id for row in names}
        self._next = max(self.phones, default=0) + 1

    def find(self, one: PersonRow, unit_id: int) -> int | None:
        if one.phone is not None:
            same = self.by_phone.get((one.phone, fold(one.full_name)))
            if same is not None:
                return same
        return self.in_unit.get((unit_id, one.full_name))

    def add(self, one: PersonRow) -> int:
        new = self._next
        self._next += 1
        self.phones[new] = one.phone
        if one.phone is not None:
            self.by_phone[one.phone, fold(one.full_name)] = new
        return new
