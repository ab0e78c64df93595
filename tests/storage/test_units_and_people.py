"""The questions about the tree, who is in it, and invites."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from storage import accounts, identity, invites, people, units
from storage.audit import Action
from storage.database import Database
from storage.importing import import_file
from storage.models import audit, position
from storage.plans import load_plan
from tests.clock import FrozenClock
from tests.storage.files import BRANCHES, COMMUNE, PEOPLE, csv_file

NOW = datetime(2018, 11, 14, 19, 42, tzinfo=FrozenClock.ZONE)
TODAY = date(2018, 11, 14)
ACTING = ["secretary", "deputy", "committee_member", "officer"]


@pytest.fixture
def province(database: Database, tmp_path: Path) -> Database:
    for text in (COMMUNE, BRANCHES, PEOPLE):
        import_file(database, load_plan("ke-hoach-66"), csv_file(tmp_path, text), NOW)
    return database


def codes(found: list[units.Unit]) -> list[str]:
    return [one.code for one in found]


def test_around_a_unit(province: Database) -> None:
    with province.reading() as conn:
        commune, branch = units.by_code(conn, "HQ"), units.by_code(conn, "HQ-1")
        assert commune is not None
        assert branch is not None
        assert codes(units.children(conn, commune.id, TODAY)) == ["HQ-1", "HQ-2"]
        assert codes(units.ancestors(conn, branch)) == ["TH", "HH", "HQ"]
        assert units.parent(conn, branch) == commune
        assert units.get(conn, branch.id) == branch


def test_the_top_has_nothing_above(province: Database) -> None:
    with province.reading() as conn:
        top = units.by_code(conn, "TH")
        assert top is not None
        assert units.ancestors(conn, top) == []
        assert units.parent(conn, top) is None


def test_who_is_not_there(province: Database) -> None:
    with province.reading() as conn:
        assert units.by_code(conn, "ZZ") is None
        assert people.by_phone(conn, "+84999999999") == []
        with pytest.raises(LookupError):
            units.get(conn, 999)
        with pytest.raises(LookupError):
            people.get(conn, 999)


def test_holders_come_in_the_order_of_their_offices(province: Database) -> None:
    with province.reading() as conn:
        branch = units.by_code(conn, "HQ-1")
        assert branch is not None
        names = [one.full_name for one in people.holders(conn, branch.id, TODAY)]
        deputies = people.holders(conn, branch.id, TODAY, ["deputy"])
    assert names == ["Lê Thị Mai", "Trần Văn Hùng", "Phạm Thu Hà"]
    assert [one.full_name for one in deputies] == ["Trần Văn Hùng"]


# -- invites


def mai(database: Database) -> int:
    with database.reading() as conn:
        return people.by_phone(conn, "+84900000301")[0].id


def issue(database: Database) -> str:
    person_id = mai(database)
    with database.writing() as conn:
        return invites.issue(conn, [person_id], NOW)[0]


def account(database: Database, address: str) -> int:
    with database.writing() as conn:
        return accounts.create(conn, "telegram", address, NOW).id


def test_a_token_fits_a_link_and_can_be_typed(province: Database) -> None:
    token = issue(province)
    assert len(token) == 26
    assert token.isalnum()
    typed = f" {token[:6].upper()} {token[6:12]}-{token[12:]} "
    assert invites.clean_token(typed) == token
    with province.reading() as conn:
        found = invites.find(conn, typed, NOW)
        actions = list(conn.scalars(audit.select().with_only_columns(audit.c.action)))
    assert found is not None
    assert found.full_name == "Lê Thị Mai"
    assert actions[-1] == Action.INVITES_ISSUED


def test_only_the_hash_of_a_token_is_kept(province: Database, tmp_path: Path) -> None:
    token = issue(province)
    province.dispose()
    kept = [path.read_bytes() for path in tmp_path.glob("chidoan.db*")]
    assert not any(token.encode() in content for content in kept)


@pytest.mark.parametrize("typed", ["", "abc", "0" * 26, "a" * 27, "mời em vào", "a" * 25 + "1"])
def test_what_cannot_be_a_token(province: Database, typed: str) -> None:
    assert invites.clean_token(typed) is None
    with province.reading() as conn:
        assert invites.find(conn, typed, NOW) is None


def test_an_invite_opens_once(province: Database) -> None:
    token, first, second = issue(province), account(province, "1"), account(province, "2")
    with province.writing() as conn:
        found = invites.find(conn, token, NOW)
        assert found is not None
        assert invites.use(conn, found.id, first, NOW)
        assert not invites.use(conn, found.id, second, NOW)
        assert invites.find(conn, token, NOW) is None


def test_an_invite_expires(province: Database) -> None:
    token = issue(province)
    with province.reading() as conn:
        assert invites.find(conn, token, NOW + invites.VALID_FOR - timedelta(seconds=1)) is not None
        assert invites.find(conn, token, NOW + invites.VALID_FOR) is None


def test_a_revoked_invite_opens_nothing(province: Database) -> None:
    token = issue(province)
    with province.writing() as conn:
        found = invites.find(conn, token, NOW)
        assert found is not None
        invites.revoke(conn, found.id, "not_me", NOW)
        assert invites.find(conn, token, NOW) is None
        assert not invites.use(conn, found.id, 1, NOW)


def test_who_is_linked_needs_no_invite_and_their_others_are_revoked(province: Database) -> None:
    used, other = issue(province), issue(province)
    chat, person_id = account(province, "1"), mai(province)
    with province.writing() as conn:
        before = [one.full_name for one in invites.unlinked(conn, TODAY, ACTING)]
        found = invites.find(conn, used, NOW)
        assert found is not None
        assert identity.link(conn, chat, person_id, found.id, "v1", NOW)
        assert invites.find(conn, other, NOW) is None
        after = [one.full_name for one in invites.unlinked(conn, TODAY, ACTING)]
    assert before == ["Vũ Văn Khang", "Lê Thị Mai", "Trần Văn Hùng", "Phạm Thu Hà", "Bùi Thị Lan"]
    assert after == [name for name in before if name != "Lê Thị Mai"]


def test_without_roles_whoever_holds_any(province: Database) -> None:
    """A plan may have roles of its own."""
    with province.writing() as conn:
        branch = units.by_code(conn, "HQ-1")
        assert branch is not None
        conn.execute(update(position).where(position.c.role == "deputy").values(role="treasurer"))
        names = {one.full_name for one in people.holders(conn, branch.id, TODAY)}
    assert names == {"Lê Thị Mai", "Trần Văn Hùng", "Phạm Thu Hà"}
