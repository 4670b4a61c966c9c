"""Profiles side by side: what can be told apart by hand, who shows what to whom, until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.support.readings_made import consents, neighbour, portrait_of, scored, seen, written
from tests.support.table import NOW, Table

from courtepointe.people.actions import revoke_agreement
from courtepointe.portraits.readings import actions
from courtepointe.portraits.readings.compared import Profile, Verdict, told_apart
from courtepointe.portraits.readings.queries.profiles import (
    editions_before,
    peer_profile,
    peers_offered,
    profile_of,
)
from courtepointe.portraits.readings.values import NewReply, Validation
from courtepointe.portraits.resilience.actions import (
    add_indicator,
    add_own_part,
    close_portrait,
    follow_portrait,
    observe,
)
from courtepointe.portraits.resilience.numbers import NewIndicator, NewObservation
from courtepointe.portraits.resilience.queries import numbers_of
from courtepointe.portraits.resilience.queries import portrait as portrait_seen
from courtepointe.portraits.resilience.values import DimensionNumbers, NewOwnPart, Score

SCALE = frozenset({("SBE.health", 0.0, 100.0, 1, 1.0)})


def profile(
    scale: Any = SCALE, unsure: frozenset[str] = frozenset(), **scores: tuple[float, float]
) -> Profile:
    numbers = {
        code: DimensionNumbers(
            code, Score(value, value - half, value + half, 0.0, 0.0, 0.0, 1.0), "", 1, 0, 1, 0
        )
        for code, (value, half) in scores.items()
    }
    return Profile(
        "x", date(2026, 1, 1), None, numbers, dict.fromkeys(scores, scale), unsure, {}, {}
    )


def verdicts(ours: Profile, *others: Profile) -> list[str]:
    codes = ["SBE", "CON"]
    told = told_apart(ours, others, dimensions=codes)
    return [told[code, place].verdict for code in codes for place in range(len(others))]


def test_two_scores_are_told_apart_by_hand() -> None:
    # 60 ± 3 and 50 ± 4: the difference 10 has the margin 5, so p is far below one in twenty.
    assert verdicts(profile(SBE=(60, 3)), profile(SBE=(50, 4)))[0] == Verdict.APART
    # 54 ± 3 and 50 ± 4: 4 is within 5.
    assert verdicts(profile(SBE=(54, 3)), profile(SBE=(50, 4)))[0] == Verdict.NOT_APART
    assert verdicts(profile(SBE=(50, 0)), profile(SBE=(50, 0)))[0] == Verdict.NOT_APART


def test_more_that_is_looked_at_together_tells_less() -> None:
    # 55.5 against 50 with the margin 5: p = 0.031, told alone; beside nine that are alike it is not.
    ours, near, alike = profile(SBE=(55.5, 3)), profile(SBE=(50, 4)), profile(SBE=(55, 4))
    assert told_apart(ours, [near], dimensions=["SBE"])["SBE", 0].verdict == Verdict.APART
    many = told_apart(ours, [near, *[alike] * 9], dimensions=["SBE"])
    assert {one.verdict for one in many.values()} == {Verdict.NOT_APART}


def test_other_goalposts_or_no_score_are_said_and_not_compared() -> None:
    other = frozenset({("SBE.health", 0.0, 80.0, 1, 1.0)})
    ours = profile(SBE=(60, 3))
    told = verdicts(ours, profile(other, SBE=(10, 1)), profile(CON=(10, 1)))
    assert told == [Verdict.OTHER_SCALE, Verdict.NO_SCORE, Verdict.NO_SCORE, Verdict.NO_SCORE]
    assert told_apart(ours, [], dimensions=["SBE"]) == {}
    unsure = profile(unsure=frozenset({"SBE"}), SBE=(10, 1))
    assert verdicts(ours, unsure)[0] == verdicts(unsure, ours)[0] == Verdict.NO_ERROR


@pytest.fixture
def number(table: Table) -> int:
    return portrait_of(table).number


def test_a_neighbourhood_is_read_only_while_both_sides_agree(table: Table, number: int) -> None:
    neighbour(table, 62.0, 3.0)
    assert peers_offered(seen(table), now=NOW) == ()
    agreement = consents(table)
    (offered,) = peers_offered(seen(table), now=NOW)
    assert offered.number == agreement
    shown = peer_profile(seen(table), agreement, now=NOW)
    assert shown is not None
    assert [*shown.readings] == [*shown.numbers] == ["SBE"]
    revoke_agreement(table.other, agreement, side="owner", why="", by=table.stranger, now=NOW)
    assert peer_profile(seen(table), agreement, now=NOW) is None
    assert peers_offered(seen(table), now=NOW) == ()


def test_an_agreement_ends_by_itself_and_another_set_shows_no_profile(
    table: Table, number: int
) -> None:
    neighbour(table, 62.0, 3.0)
    agreement = consents(table, until=NOW.date() + timedelta(days=2))
    assert peer_profile(seen(table), agreement, now=NOW + timedelta(days=3)) is None
    assert peer_profile(seen(table), agreement + 1, now=NOW) is None


def test_what_is_not_validated_or_is_ones_own_is_not_shown(table: Table, number: int) -> None:
    theirs = neighbour(table, 62.0, 3.0)
    keys = {"by": table.stranger, "now": NOW}
    own = add_own_part(table.other, NewOwnPart("", "Le pont"), **keys)
    for code in ("CON", f"own-{own}"):
        actions.write_reading(table.other, theirs, code, written(), **keys)
    reading = actions.write_reading(table.other, theirs, "REL", written(), **keys)
    actions.validate_reading(table.other, reading, Validation("assemblée", NOW.date()), **keys)
    reply = actions.add_reply(table.other, theirs, NewReply("REL", "reading", "Et nous ?", agreed=True), **keys)  # fmt: skip
    hidden = actions.add_reply(table.other, theirs, NewReply("REL", "reading", "Caché"), **keys)
    actions.show_reply(table.other, reply, **keys)
    shown = peer_profile(seen(table), consents(table), now=NOW)
    assert shown is not None
    assert [*shown.readings] == ["SBE", "REL"]
    assert [one.number for one in shown.replies["REL"]] == [reply]
    assert hidden != reply


def test_an_edition_is_read_beside_those_before_on_the_same_goalposts(
    table: Table, number: int
) -> None:
    scored(table.slug, number, 40.0, 3.0, by=table.coordinator)
    later = NOW + timedelta(days=400)
    keys = {"by": table.coordinator, "now": later}
    close_portrait(table.slug, number, **keys)
    after = follow_portrait(table.slug, number, **keys)
    scored(table.slug, after, 60.0, 3.0, by=table.coordinator, now=later)
    space, portrait = seen(table, later), portrait_seen(seen(table, later), after)
    (before,) = editions_before(space, portrait)
    ours = profile_of(space, portrait, name="ici", now=later)
    past = profile_of(space, before, name="avant", now=later)
    told = told_apart(ours, [past], dimensions=["SBE"])["SBE", 0]
    assert (told.verdict, told.gap > 0) == (Verdict.APART, True)


def test_what_a_neighbourhood_counts_of_its_own_does_not_break_the_comparison(
    table: Table, number: int
) -> None:
    neighbour(table, 40.0, 3.0)
    scored(table.slug, number, 60.0, 3.0, by=table.coordinator)
    keys = {"by": table.coordinator, "now": NOW}
    own = add_indicator(table.slug, number, NewIndicator("SBE", "Bancs à l’ombre", "count", 0, 10, "Un banc par rue"), **keys)  # fmt: skip
    observe(table.slug, own, NewObservation("2026", "Marche", 1.0, interval="exact"), **keys)
    consents(table)
    portrait = portrait_seen(seen(table), number)
    ours = profile_of(seen(table), portrait, name="ici", now=NOW)
    (offered,) = peers_offered(seen(table), now=NOW)
    theirs = peer_profile(seen(table), offered.number, now=NOW)
    assert theirs is not None
    told = told_apart(ours, [theirs], dimensions=["SBE"])["SBE", 0]
    assert (told.verdict, round(told.gap)) == (Verdict.APART, 20)
    whole = numbers_of(seen(table), portrait, now=NOW)["SBE"].score
    assert whole is not None
    assert whole.value < 60.0
