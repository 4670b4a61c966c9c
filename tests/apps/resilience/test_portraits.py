"""Resilience portraits: editions follow one another, what a neighbourhood adds stands beside the framework."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.support.resilience_made import NAME, Begun, begin
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.resilience import actions, queries
from courtepointe.portraits.resilience.framework import dimensions, words_of
from courtepointe.portraits.resilience.values import NewOwnPart, NewPortrait

LATER = NOW + timedelta(days=400)


@pytest.fixture
def begun(table: Table) -> Begun:
    return begin(table)


def seen(table: Table) -> WorkspaceSeen:
    return workspace_to("read", table.slug, by=table.coordinator, now=NOW)


def keys(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def test_the_eight_dimensions_stand_for_the_nine_elements_of_patel() -> None:
    assert list(dimensions()) == ["SBE", "CON", "PRE", "REL", "ATT", "GOU", "RES", "COM"]
    stood = [code for one in dimensions().values() for code in one.patel]
    assert sorted(stood) == sorted(words_of("patel"))
    codes = [part.code for one in dimensions().values() for part in one.parts]
    assert len(codes) == len(set(codes))
    assert all(part.code.startswith(f"{one.code}.") for one in dimensions().values() for part in one.parts)  # fmt: skip


def test_a_portrait_is_begun_on_a_territory_of_the_workspace(table: Table, begun: Begun) -> None:
    (one,) = queries.portraits(seen(table))
    assert (one.name, one.number, one.is_open) == (NAME, begun.portrait, True)
    assert one.territory is not None
    assert one.territory.number == begun.territory
    for territory in (None, begun.territory + 1):
        with pytest.raises(NotFound, match="unknown_territory"):
            actions.begin_portrait(table.slug, NewPortrait("Autre", territory), **keys(table))
    with pytest.raises(BadInput, match="gathering_line_needed"):
        actions.begin_portrait(table.slug, NewPortrait(" ", begun.territory), **keys(table))


def test_who_only_contributes_begins_nothing_and_a_stranger_finds_nothing(
    table: Table, begun: Begun
) -> None:
    new = NewPortrait("Autre", begun.territory)
    with pytest.raises(NotAllowed):
        actions.begin_portrait(table.slug, new, by=table.member, now=NOW)
    with pytest.raises(NotFound, match="unknown_workspace"):
        actions.describe_portrait(table.slug, begun.portrait, new, by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_resilience_portrait"):
        actions.describe_portrait(table.other, begun.portrait, new, by=table.stranger, now=NOW)


def test_a_closed_edition_stays_and_is_followed_once(table: Table, begun: Begun) -> None:
    who = {"by": table.coordinator, "now": LATER}
    with pytest.raises(Refused, match="portrait_still_open"):
        actions.follow_portrait(table.slug, begun.portrait, **who)
    actions.close_portrait(table.slug, begun.portrait, **who)
    new = NewPortrait("Autre nom", begun.territory)
    with pytest.raises(Refused, match="portrait_closed"):
        actions.describe_portrait(table.slug, begun.portrait, new, **who)
    after = actions.follow_portrait(table.slug, begun.portrait, **who)
    with pytest.raises(Refused, match="portrait_followed"):
        actions.follow_portrait(table.slug, begun.portrait, **who)
    first, second = (queries.portrait(seen(table), one) for one in (begun.portrait, after))
    assert (first.name, first.followed_by) == (NAME, after)
    assert (second.name, second.follows, second.is_open) == (NAME, begun.portrait, True)


def test_what_a_neighbourhood_adds_stands_beside_the_framework(table: Table) -> None:
    part = actions.add_own_part(table.slug, NewOwnPart("CON", "Mémoire de 1987"), **keys(table))
    whole = actions.add_own_part(table.slug, NewOwnPart("", "Le canal", "The canal"), **keys(table))
    inside = actions.add_own_part(table.slug, NewOwnPart(f"own-{whole}", "Les berges"), **keys(table))  # fmt: skip
    for again in (NewOwnPart("CON", " MÉMOIRE de 1987"), NewOwnPart("", "Le canal")):
        with pytest.raises(Refused, match="own_part_same"):
            actions.add_own_part(table.slug, again, **keys(table))
    held = queries.dimensions_of(table.id)
    assert [*held] == [*dimensions(), f"own-{whole}"]
    assert held["CON"].parts[-1].code == f"own-{part}"
    assert (held[f"own-{whole}"].own, held[f"own-{whole}"].name.en) == (True, "The canal")
    assert [one.code for one in held[f"own-{whole}"].parts] == [f"own-{inside}"]
    with pytest.raises(BadInput, match="resilience_unknown_kind"):
        actions.add_own_part(table.slug, NewOwnPart("XXX", "Rien"), **keys(table))
    actions.end_own_part(table.slug, part, **keys(table))
    assert queries.dimensions_of(table.id)["CON"].parts == dimensions()["CON"].parts
    assert queries.dimension_names(table.id)[f"own-{part}"].fr == "Mémoire de 1987"
    assert actions.add_own_part(table.slug, NewOwnPart("CON", "Mémoire de 1987"), **keys(table)) != part  # fmt: skip
    with pytest.raises(BadInput, match="resilience_unknown_kind"):
        queries.known_dimension(table.id, "CON", f"own-{part}")
