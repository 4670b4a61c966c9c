"""What the crawler plants of resilience portraits: one that is open, and what the neighbourhood added."""

from __future__ import annotations

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.people.models import WorkspaceTerritory
from courtepointe.portraits.resilience.actions import (
    add_indicator,
    add_own_part,
    begin_portrait,
    observe,
)
from courtepointe.portraits.resilience.numbers import NewIndicator, NewObservation
from courtepointe.portraits.resilience.values import NewOwnPart, NewPortrait

NAME = "Portrait des bords du canal"
OWN = "Mémoire des inondations du canal"
COUNTED = "Repères de crue encore visibles"
SOURCE = "Marche du 12 mai, le long du canal"


def plant(table: Table) -> Planted:
    """Begin a portrait of the workspace's first territory."""
    territory = WorkspaceTerritory.objects.filter(workspace__slug=table.slug).first()
    when = {"by": table.coordinator, "now": timezone.now()}
    new = NewPortrait(NAME, territory and territory.pk)
    number = begin_portrait(table.slug, new, **when)
    add_own_part(table.slug, NewOwnPart("CON", OWN), **when)
    counted = NewIndicator(
        "CON", COUNTED, "count", 0, 12, "De aucun à un par pont", part="CON.base"
    )
    indicator = add_indicator(table.slug, number, counted, **when)
    observe(table.slug, indicator, NewObservation("2026", SOURCE, 5.0, interval="exact"), **when)
    pages = (
        "portrait",
        "dimension",
        "dimension_svg",
        "profile_svg",
        "indicators",
        "groups",
        "file",
        "data",
    )
    ids: dict[str, object] = {f"space_resilience_{page}.number": number for page in pages}
    ids |= {f"space_resilience_{page}.code": "CON" for page in ("dimension", "dimension_svg")}
    ids["space_resilience_indicator.number"] = indicator
    ids["space_resilience_file.ending"] = "html"
    ids["space_resilience_data.ending"] = "json"
    return Planted(ids, private=(NAME, OWN, COUNTED, SOURCE))
