"""The roster is imported, invites go out on paper, and people connect: some are late, some never do."""

from collections.abc import Callable
from datetime import date

from storage import invites
from tests.season.people import Actor
from tests.season.province import Human
from tests.season.stage import Script, Season

NAME = "connecting"
# Whether somebody in this office ever connects.
_CONNECTS = {
    ("province", "officer"): 1.0,
    ("district", "secretary"): 1.0,
    ("grassroots", "secretary"): 0.96,
    ("branch", "secretary"): 0.86,
}
_OTHERS = {"province": 1.0, "district": 0.8, "grassroots": 0.4, "branch": 0.08}


def plan(season: Season) -> None:
    roles = [role.code for role in season.plan.roles]
    with season.database.writing() as conn:
        people = invites.unlinked(conn, season.today, roles)
        tokens = invites.issue(conn, [one.person_id for one in people], season.now)
    named = {(one.unit, one.name): one for one in season.province.people}
    for one, token in zip(people, tokens, strict=True):
        human = named[one.unit_code, one.full_name]
        level = season.province.units[human.unit].level
        if season.chances(_CONNECTS.get((level, human.role), _OTHERS[level])):
            last = date(2018, 9, 28) if level in ("province", "district") else date(2018, 11, 5)
            season.some_day(NAME, date(2018, 9, 26), last, human, _connects(season, human, token))
    # A few block the bot later: whatever is owed there, somebody else will have to say.
    for human in season.province.people:
        if season.province.units[human.unit].level == "branch" and season.chances(0.02):
            season.at(NAME, season.local(date(2018, 11, 8), season.some_hour()), human, _blocks)


def _connects(season: Season, human: Human, token: str) -> Callable[[Actor], Script]:
    hesitates = season.chances(0.06)

    def script(who: Actor) -> Script:
        if hesitates:
            yield who.says("xin chào")
            who.expects("gõ mã mời")
        yield who.says(f"/start {token}")
        who.expects("Lời mời này dành cho", human.name)
        yield who.presses("Đúng")
        yield who.presses("Đồng ý")
        who.expects("Chào đồng chí")
        human.linked = True

    return script


def _blocks(who: Actor) -> Script:
    who.human.blocks = who.human.linked
    return
    yield
