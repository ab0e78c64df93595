"""A whole season of a small province: what officers are told agrees with what people said."""

from pathlib import Path

from tests.season.province import Size
from tests.season.run import checks_of, play


def test_a_season_adds_up(tmp_path: Path) -> None:
    season = play(tmp_path, Size(branches=40, communes=6, districts=2), seed=1)
    checks = checks_of(season)
    season.database.dispose()
    assert [check for check in checks if not check.agrees] == []
    assert len(checks) > 800
    # It was a season: something of everything happened.
    ledger = season.ledger
    assert len(ledger.participations) > 30
    assert any(one.on_behalf for one in ledger.participations.values())
    assert any(len(one.lines) > 1 for one in ledger.participations.values())
    assert any(one.accepted for one in ledger.participations.values())
    assert ledger.essays
    assert ledger.tallies
    assert ledger.visits
    assert ledger.media
    assert ledger.proposals
    assert ledger.broadcasts
    assert any(ledger.numbers.values())
    assert any(one.answers for one in ledger.meetings)
    assert any(one.called_off for one in ledger.meetings)
    assert any(one.owner for one in ledger.proposals)
    assert any(one.accepted for one in ledger.relays)
    assert any(one.returned for one in ledger.relays)
    assert ledger.trainings
    assert ledger.judged
    assert ledger.activities
    assert any(one.there for one in ledger.halls)
    assert any(one.accepted is not None for one in ledger.contests.values())
    assert season.sent["digest"] > 50
    assert season.sent["escalation"] > 0
