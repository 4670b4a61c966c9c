"""What the crawler plants of resilience portraits: one that is open, and what the neighbourhood added."""

from __future__ import annotations

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.people.models import WorkspaceTerritory
from courtepointe.portraits.resilience.actions import add_own_part, begin_portrait
from courtepointe.portraits.resilience.values import NewOwnPart, NewPortrait

NAME = "Portrait des bords du canal"
OWN = "Mémoire des inondations du canal"


def plant(table: Table) -> Planted:
    """Begin a portrait of the workspace's first territory."""
    territory = WorkspaceTerritory.objects.filter(workspace__slug=table.slug).first()
    when = {"by": table.coordinator, "now": timezone.now()}
    new = NewPortrait(NAME, territory and territory.pk)
    number = begin_portrait(table.slug, new, **when)
    add_own_part(table.slug, NewOwnPart("CON", OWN), **when)
    pages = ("portrait", "dimension")
    ids: dict[str, object] = {f"space_resilience_{page}.number": number for page in pages}
    ids["space_resilience_dimension.code"] = "CON"
    return Planted(ids, private=(NAME, OWN))
