"""Importing people and the positions that they hold. Who is not in the file stays as they are."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from rules.names import fold
from rules.phones import normalise
from rules.plan import Plan
from storage import audit
from storage.audit import Action
from storage.import_checks import Problems, Result, chunks, hold_other_imports, reserve_ids
from storage.known_people import Known, PersonRow, same_people
from storage.models import person, position, unit
from storage.rosters import Roster

_MOST_LETTERS = 120
_DESCRIBE = (
    update(person)
    .where(person.c.id == bindparam("row"))
    .values(full_name=bindparam("name"), name_folded=bindparam("folded"), phone=bindparam("number"))
)
_DATE = update(position).where(position.c.id == bindparam("row")).values(valid_to=bindparam("last"))


def check_people(plan: Plan, roster: Roster) -> list[PersonRow]:
    """What can be seen without the database. Raises BadRoster."""
    roles = {fold(word): one.code for one in plan.roles for word in (one.code, one.name, *one.aliases)}
    names = ", ".join(f"{one.code} ({one.name})" for one in plan.roles)
    problems = Problems()
    seen: dict[tuple[str, str, str], list[PersonRow]] = {}
    found = []
    for line, row in roster.rows:
        full_name, role = row["full_name"], roles.get(fold(row["role"]))
        if role is None:
            problems.add(line, f'cột role ghi "{row["role"]}"; phải là một trong: {names}')
        if not row["unit_code"]:
            problems.add(line, "thiếu mã đơn vị (cột unit_code)")
        if len(full_name) < 2 or len(fold(full_name)) > _MOST_LETTERS:
            problems.add(line, f"họ tên phải có từ 2 đến {_MOST_LETTERS} chữ (cột full_name)")
        typed = row.get("phone", "")
        phone = normalise(typed) if typed else None
        if typed and phone is None:
            problems.add(line, f'số điện thoại "{typed}" chưa đúng; ví dụ 0912345678 (cột phone)')
        made = PersonRow(
            line,
            row["unit_code"],
            full_name,
            role or "",
            phone,
            problems.day(line, "valid_to", row.get("valid_to", "")),
            "valid_to" in row,
        )
        found.append(made)
        others = seen.setdefault((made.unit_code, fold(full_name), made.role), [])
        for other in others:
            if _cannot_be_told_apart(made, other):
                problems.add(line, f"{full_name}, {row['role']}: đã có ở dòng {other.line}")
                break
        others.append(made)
    problems.raise_any()
    return found


def _cannot_be_told_apart(one: PersonRow, other: PersonRow) -> bool:
    """In one unit and role. Two numbers make two people of one name; two spellings do without numbers."""
    if one.phone is not None and other.phone is not None:
        return one.phone == other.phone
    return one.full_name == other.full_name


def import_people(
    conn: Connection, plan: Plan, wanted: list[PersonRow], now: datetime, *, write: bool
) -> Result:
    """Raises BadRoster. `write=False` only says what would change; `now` is in the plan's zone."""
    if write:
        hold_other_imports(conn)
    units = {row.code: row.id for row in conn.execute(select(unit.c.code, unit.c.id))}
    problems = Problems()
    for row in wanted:
        if row.unit_code not in units:
            problems.add(row.line, f"không có đơn vị {row.unit_code} (cột unit_code)")
    problems.raise_any()
    known = Known(conn, now.date())
    comparison = _Comparison(plan, known, units, now.date())
    for rows, person_id in known.match(same_people(wanted), units):
        comparison.compare(rows, person_id)
    if write and comparison.changes:
        comparison.write(conn, now)
    return Result("people", len(wanted), changes=comparison.changes)


class _Comparison:
    """What the file says against what is known; a new person is named by their first line until written."""

    def __init__(self, plan: Plan, known: Known, units: dict[str, int], today: date) -> None:
        self._roles = {role.code: role for role in plan.roles}
        self._known = known
        self._units = units
        self._today = today
        self._new: list[PersonRow] = []
        self._described: dict[int, tuple[str, str | None]] = {}  # full name, number
        self._given: list[tuple[int | PersonRow, dict[str, Any]]] = []
        self._dated: dict[int, tuple[date | None, int, int]] = {}  # position: last day, person, unit
        self.changes: list[str] = []

    def compare(self, rows: list[PersonRow], person_id: int | None) -> None:
        """`rows` are of one person; `person_id` is None where they are new."""
        first = rows[0]
        if person_id is None:
            self._new.append(first)
            self.changes.append(f"thêm {first.full_name}, {first.unit_code}")
        else:
            self._describe(person_id, first)
        for row in rows:
            self._place(row, first if person_id is None else person_id)
        if person_id is not None:
            self._relieve(person_id, rows)

    def _describe(self, person_id: int, row: PersonRow) -> None:
        name, phone = self._known.people[person_id]
        if row.full_name != name:
            self.changes.append(f"đổi tên {name} thành {row.full_name}, {row.unit_code}")
        number = None if person_id in self._known.phone_erased else row.phone
        if number is not None and number != phone:
            self.changes.append(f"đổi số của {row.full_name}, {row.unit_code}")
        told = (row.full_name, number or phone)
        if told != (name, phone):
            self._described[person_id] = told

    def _place(self, row: PersonRow, who: int | PersonRow) -> None:
        """See that the person holds this position, until the day that the file says."""
        unit_id = self._units[row.unit_code]
        held = self._known.positions(who, unit_id, row.role) if isinstance(who, int) else []
        current = next((one for one in held if self._known.is_open(one.valid_to)), None)
        if current is None and row.valid_to is not None:
            # Over already: the one that was ended before, should its day be told differently now.
            current = next(iter(held), None)
        if current is not None:
            if row.tells_valid_to and current.valid_to != row.valid_to:
                self._date(current.id, row.valid_to, who, row.unit_code, row)
            return
        again = next((one for one in held if one.valid_from == self._today), None)
        if again is not None:
            self._date(again.id, None, who, row.unit_code, row)
            return
        self._given.append(
            (
                who,
                {
                    "unit_id": unit_id,
                    "role": row.role,
                    "valid_from": self._today if held else None,
                    "valid_to": row.valid_to,
                },
            )
        )
        self.changes.append(f"{row.full_name}: {self._roles[row.role].name}, {row.unit_code}")

    def _date(
        self, position_id: int, last: date | None, who: int | PersonRow, unit_code: str, row: PersonRow
    ) -> None:
        assert isinstance(who, int)
        self._dated[position_id] = (last, who, self._units[unit_code])
        until = f"đến hết ngày {last:%d/%m/%Y}" if last else "còn giữ"
        self.changes.append(f"{row.full_name}: {self._roles[row.role].name}, {unit_code}: {until}")

    def _relieve(self, person_id: int, rows: list[PersonRow]) -> None:
        """Who is listed as deputy now is no longer the secretary of the same unit."""
        yesterday = self._today - timedelta(days=1)
        for code in dict.fromkeys(row.unit_code for row in rows):
            here = [row for row in rows if row.unit_code == code]
            if not any(self._roles[row.role].acts and self._known.is_open(row.valid_to) for row in here):
                continue
            told = {row.role for row in here}
            for one in self._known.positions(person_id, self._units[code]):
                role = self._roles.get(one.role)
                if (
                    role is not None
                    and role.acts
                    and one.role not in told
                    and self._known.is_open(one.valid_to)
                ):
                    self._dated[one.id] = (yesterday, person_id, self._units[code])
                    self.changes.append(f"{rows[0].full_name}: thôi {role.name}, {code}")

    def write(self, conn: Connection, now: datetime) -> None:
        ids = dict(
            zip((row.line for row in self._new), reserve_ids(conn, person, len(self._new)), strict=True)
        )
        _insert(
            conn,
            person,
            [
                {
                    "id": ids[row.line],
                    "full_name": row.full_name,
                    "name_folded": fold(row.full_name),
                    "phone": row.phone,
                    "created_at": now,
                }
                for row in self._new
            ],
        )
        given = [
            {"person_id": who if isinstance(who, int) else ids[who.line], **values}
            for who, values in self._given
        ]
        _insert(conn, position, given)
        for piece in chunks(
            [
                {"row": row, "name": name, "folded": fold(name), "number": number}
                for row, (name, number) in self._described.items()
            ]
        ):
            conn.execute(_DESCRIBE, piece)
        for piece in chunks([{"row": row, "last": one[0]} for row, one in self._dated.items()]):
            conn.execute(_DATE, piece)
        self._record(conn, given, set(ids.values()), now)

    def _record(self, conn: Connection, given: list[dict[str, Any]], new: set[int], now: datetime) -> None:
        audit.record(
            conn,
            at=now,
            action=Action.PEOPLE_IMPORTED,
            facts={"new": len(new), "positions": len(given), "changed": len(self._described)},
        )
        entries: dict[Action, list[dict[str, Any]]] = {
            Action.PERSON_CHANGED: [_about(person_id, None, None) for person_id in self._described],
            Action.POSITION_GIVEN: [
                _about(one["person_id"], one["unit_id"], {"role": one["role"]})
                for one in given
                if one["person_id"] not in new
            ],
            Action.POSITION_DATED: [
                _about(person_id, unit_id, {"position": row, "last": last.isoformat() if last else None})
                for row, (last, person_id, unit_id) in self._dated.items()
            ],
        }
        for action, rows in entries.items():
            audit.record_each(conn, at=now, action=action, entries=rows)


def _about(person_id: int, unit_id: int | None, facts: dict[str, Any] | None) -> dict[str, Any]:
    return {"unit_id": unit_id, "subject": "person", "subject_id": person_id, "facts": facts}


def _insert(conn: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    for piece in chunks(list(rows)):
        conn.execute(insert(table), piece)
