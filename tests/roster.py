"""A small province: one district, one commune, a few branches; all names invented."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from rules.names import fold
from storage import invites
from storage.models import account, person, position, unit

BRANCHES = 4


def build(conn: Connection, now: datetime) -> dict[str, int]:
    """Returns ids by name: units "tinh", "huyen", "xa", "thon1"…; people by full name."""
    ids: dict[str, int] = {}

    def add_person(full_name: str, unit_key: str, role: str, phone: str | None = None) -> None:
        if full_name not in ids:
            made = conn.execute(
                insert(person).values(
                    full_name=full_name, name_folded=fold(full_name), phone=phone, created_at=now
                )
            )
            key_row = made.inserted_primary_key
            assert key_row is not None
            ids[full_name] = key_row[0]
        conn.execute(insert(position).values(person_id=ids[full_name], unit_id=ids[unit_key], role=role))

    add_unit(conn, ids, "tinh", "Tỉnh đoàn Thanh Hóa", "province", None, None, None)
    add_unit(conn, ids, "huyen", "Huyện đoàn Hoằng Hóa", "district", "tinh", 15, None)
    add_unit(conn, ids, "xa", "Đoàn xã Hoằng Quỳ", "grassroots", "huyen", 9, None)
    for number in range(1, BRANCHES + 1):
        add_unit(conn, ids, f"thon{number}", f"Chi đoàn thôn {number}", "branch", "xa", 3, 50)
    add_person("Đỗ Thị Tỉnh", "tinh", "officer", "+84900000001")
    add_person("Ngô Văn Huyện", "huyen", "secretary", "+84900000002")
    add_person("Phan Thị Huyền", "huyen", "deputy")
    add_person("Vũ Văn Xã", "xa", "secretary", "+84900000003")
    add_person("Bùi Thị Xuân", "xa", "deputy")
    for number in range(1, BRANCHES + 1):
        names = {3: ("Lê Thị Mai", "Trần Văn Hùng", "Phạm Thu Hà")}.get(
            number, (f"Bí Thư Thôn {number}", f"Phó Bí Thư {number}", f"Ủy Viên {number}")
        )
        for name, role in zip(names, ("secretary", "deputy", "committee_member"), strict=True):
            add_person(name, f"thon{number}", role, f"+8490000001{number}" if role == "secretary" else None)
    return ids


def add_unit(
    conn: Connection,
    ids: dict[str, int],
    key: str,
    name: str,
    level: str,
    parent: str | None,
    cadres: int | None = None,
    members: int | None = None,
) -> None:
    path = "/"
    if parent is not None:
        path = conn.scalar(select(unit.c.path).where(unit.c.id == ids[parent])) or "/"
    made = conn.execute(
        insert(unit).values(
            code=key.upper(),
            name=name,
            name_folded=fold(name),
            level=level,
            duty_level=level,
            parent_id=ids[parent] if parent else None,
            path="",
            cadres=cadres,
            members=members,
        )
    )
    key_row = made.inserted_primary_key
    assert key_row is not None
    ids[key] = key_row[0]
    conn.execute(unit.update().where(unit.c.id == ids[key]).values(path=f"{path}{ids[key]}/"))


def link(conn: Connection, chat_id: int, person_id: int, now: datetime) -> None:
    """As if the person had agreed before."""
    conn.execute(
        insert(account).values(
            channel="telegram",
            address=str(chat_id),
            person_id=person_id,
            linked_at=now,
            consented_at=now,
            reachable=True,
            wrong_tries=0,
            menu="acting3",
            created_at=now,
        )
    )


def invite(conn: Connection, person_id: int, now: datetime) -> str:
    return invites.issue(conn, [person_id], now)[0]
