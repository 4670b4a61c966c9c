"""What the numbers said when a reading was validated is kept with it, and is what others are shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate
from tests.support.readings_made import (
    GROUP,
    consents,
    neighbour,
    portrait_of,
    scored,
    seen,
    validated,
    written,
)
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, Refused
from courtepointe.people.models import HistoryRow
from courtepointe.portraits.readings import actions, queries
from courtepointe.portraits.readings.compared import Profile
from courtepointe.portraits.readings.models import KeptScore, Reading
from courtepointe.portraits.readings.queries.profiles import peer_profile, profile_of
from courtepointe.portraits.readings.values import Validation
from courtepointe.portraits.resilience.actions import (
    add_indicator,
    close_portrait,
    observe,
    weigh_indicator,
)
from courtepointe.portraits.resilience.models import Indicator
from courtepointe.portraits.resilience.numbers import NewIndicator, NewObservation
from courtepointe.portraits.resilience.queries import numbers_of
from courtepointe.portraits.resilience.values import PortraitSeen, Score

LATER = NOW + timedelta(days=9)


def keys(table: Table, **more: Any) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW, **more}


@pytest.fixture
def portrait(table: Table) -> PortraitSeen:
    made = portrait_of(table)
    scored(table.slug, made.number, 50.0, 4.0, by=table.coordinator)
    return made


def write(table: Table, portrait: PortraitSeen, after: int = 0, code: str = "SBE") -> int:
    return actions.write_reading(table.slug, portrait.number, code, written(after), **keys(table))


def moves(slug: str, portrait: int, value: float, **told: Any) -> None:
    """Have somebody observe something else of health later on."""
    one = Indicator.objects.get(portrait_id=portrait, code="SBE.health")
    what = NewObservation(
        "2026-06", "Table", value, low=value - 2, high=value + 2, interval="given"
    )
    observe(slug, one.pk, what, **told)


def theirs(table: Table, agreement: int, now: Any = LATER) -> Profile:
    shown = peer_profile(seen(table, now), agreement, now=now)
    assert shown is not None
    return shown


def score(value: Score | None) -> tuple[float, float, float]:
    assert value is not None
    return value.value, value.low, value.high


def test_what_the_numbers_said_is_kept_with_the_validated_version(
    table: Table, portrait: PortraitSeen
) -> None:
    number = write(table, portrait)
    assert queries.reading(seen(table), number).kept is None
    validated(table, number)
    then = numbers_of(seen(table), portrait, now=NOW)["SBE"]
    moves(table.slug, portrait.number, 90.0, **keys(table, now=LATER))
    kept = queries.readings_of(portrait)["SBE"].kept
    assert kept is not None
    assert (kept.numbers, kept.made) == (then, NOW)
    assert kept.used["SBE.health"]["value"] == 50.0
    assert numbers_of(seen(table), portrait, now=LATER)["SBE"] != then
    row = KeptScore.objects.get(beside=True)
    assert (row.method, len(row.digest), row.seed) == ("resilience-profile-1", 64, 1)
    told = HistoryRow.objects.filter(what="readings.keptscore", verb="created", by_name="Ana")
    assert told.count() == 2


def test_peers_see_the_score_that_was_validated_and_never_the_one_of_today(table: Table) -> None:
    portrait_of(table)
    number = neighbour(table, 62.0, 3.0)
    agreement = consents(table)
    before = theirs(table, agreement, NOW)
    dov = {"by": table.stranger, "now": LATER}
    moves(table.other, number, 20.0, **dov)
    goalposts = Indicator.objects.get(portrait_id=number, code="SBE.health")
    weigh_indicator(table.other, goalposts.pk, 3.0, **dov)
    after = theirs(table, agreement)
    assert score(after.score("SBE")) == score(before.score("SBE"))
    assert after.scales == before.scales
    assert after.is_shown


def test_a_version_that_is_written_since_takes_nothing_from_what_is_shown(table: Table) -> None:
    portrait_of(table)
    number = neighbour(table, 62.0, 3.0)
    agreement, dov = consents(table), {"by": table.stranger, "now": LATER}
    before = theirs(table, agreement, NOW)
    moves(table.other, number, 20.0, **dov)
    second = actions.write_reading(table.other, number, "SBE", written(1, text_fr="Autrement."), **dov)  # fmt: skip
    shown = theirs(table, agreement)
    assert shown.readings["SBE"].version == 1
    assert score(shown.score("SBE")) == score(before.score("SBE"))
    actions.validate_reading(table.other, second, Validation(GROUP, LATER.date()), **dov)
    shown = theirs(table, agreement)
    assert shown.readings["SBE"].version == 2
    assert score(shown.score("SBE"))[0] == 20.0


def test_a_reading_validated_before_scores_were_kept_shows_no_figure(table: Table) -> None:
    portrait_of(table)
    neighbour(table, 62.0, 3.0)
    agreement = consents(table)
    KeptScore.objects.all().delete()
    shown = theirs(table, agreement)
    assert [*shown.readings] == ["SBE"]
    assert shown.numbers == {}
    assert shown.score("SBE") is None


def test_what_is_counted_of_its_own_is_kept_apart_from_what_others_see(
    table: Table, portrait: PortraitSeen
) -> None:
    what = NewIndicator("SBE", "Bancs à l’ombre", "count", 0, 10, "Un banc par rue")
    own = add_indicator(table.slug, portrait.number, what, **keys(table))
    observe(table.slug, own, NewObservation("2026", "Marche", 1.0, interval="exact"), **keys(table))
    validated(table, write(table, portrait))
    held = queries.readings_of(portrait)["SBE"]
    assert held.kept is not None
    assert held.beside is not None
    assert len(held.kept.used) == 2
    assert [*held.beside.used] == ["SBE.health"]
    assert score(held.beside.numbers.score)[0] == 50.0
    assert score(held.kept.numbers.score)[0] < 50.0
    assert held.beside.scale == {("SBE.health", 0.0, 100.0, 1, 1.0)}


def test_ones_own_profile_tells_what_others_are_shown_only_where_it_moved(
    table: Table, portrait: PortraitSeen
) -> None:
    validated(table, write(table, portrait))
    assert profile_of(seen(table), portrait, name="ici", now=NOW).agreed == {}
    moves(table.slug, portrait.number, 90.0, **keys(table, now=LATER))
    ours = profile_of(seen(table), portrait, name="ici", now=LATER)
    assert score(ours.score("SBE"))[0] == 90.0
    beside = ours.agreed["SBE"].beside
    assert beside is not None
    assert score(beside.numbers.score)[0] == 50.0


def test_a_closed_edition_shows_what_was_validated_and_not_what_it_closed_with(
    table: Table,
) -> None:
    portrait_of(table)
    number = neighbour(table, 62.0, 3.0)
    agreement, dov = consents(table), {"by": table.stranger, "now": LATER}
    moves(table.other, number, 20.0, **dov)
    close_portrait(table.other, number, **dov)
    assert score(theirs(table, agreement).score("SBE"))[0] == 62.0


def test_an_agreement_written_by_mistake_is_taken_back_with_a_reason(
    table: Table, portrait: PortraitSeen
) -> None:
    first = write(table, portrait)
    validated(table, first)
    second = write(table, portrait, 1)
    with pytest.raises(Refused, match="reading_not_validated"):
        actions.take_back_validation(table.slug, second, "Erreur", **keys(table))
    validated(table, second)
    with pytest.raises(BadInput, match="gathering_line_needed"):
        actions.take_back_validation(table.slug, second, " ", **keys(table))
    with pytest.raises(NotAllowed, match="role_needed"):
        actions.take_back_validation(table.slug, second, "x", **keys(table, by=table.member))
    assert queries.validated_of(portrait)["SBE"].number == second
    actions.take_back_validation(table.slug, second, "Ce n’était pas le bon groupe", **keys(table))
    assert queries.validated_of(portrait)["SBE"].number == first
    stands = queries.readings_of(portrait)["SBE"]
    assert (stands.number, stands.validated, stands.validated_by) == (second, None, "")
    assert KeptScore.objects.filter(reading=second).count() == 0
    line = HistoryRow.objects.get(what="readings.reading", why="Ce n’était pas le bon groupe")
    assert line.before["validated_by"] == GROUP
    gone = HistoryRow.objects.filter(what="readings.keptscore", verb="removed")
    assert {one.why for one in gone} == {"Ce n’était pas le bon groupe"}
    validated(table, second)
    assert queries.validated_of(portrait)["SBE"].number == second


def test_a_closed_edition_keeps_its_agreements(table: Table, portrait: PortraitSeen) -> None:
    number = write(table, portrait)
    validated(table, number)
    close_portrait(table.slug, portrait.number, **keys(table))
    with pytest.raises(Refused, match="portrait_closed"):
        actions.take_back_validation(table.slug, number, "Erreur", **keys(table))
    assert Reading.objects.get().validated == localdate(NOW)
