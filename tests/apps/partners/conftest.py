"""Six organisations, an open wave, an evaluator beside the coordinator."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.support.table import NOW, Table, joined, person

from courtepointe.engagement.partners.actions import add_partner, make_links, open_wave
from courtepointe.people.values import Person

NAMES = ("Atelier", "Bazar", "Coop", "Dépôt", "École", "Foyer")


@dataclass(frozen=True)
class Survey:
    """An open wave: its number, its organisations by name, the secrets of their links."""

    wave: int
    partners: dict[str, int]
    secrets: dict[str, str]


@pytest.fixture
def evaluator(table: Table) -> Person:
    """Give who may read trust."""
    who = person("Eva")
    joined(table.slug, table.coordinator, who, "evaluator")
    return who


@pytest.fixture
def survey(table: Table) -> Survey:
    """Open a wave on six organisations and give each its link."""
    by = table.coordinator
    partners = {
        name: add_partner(table.slug, name=name, sector="Art" if name < "D" else "Aide", by=by, now=NOW)
        for name in NAMES
    }  # fmt: skip
    wave = open_wave(table.slug, name="Printemps", by=by, now=NOW)
    return Survey(wave, partners, dict(make_links(table.slug, wave, by=by, now=NOW)))
