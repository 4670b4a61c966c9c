"""What the crawler plants of hubs: one with a line of each, an adopted model, a round that is open."""

from __future__ import annotations

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.hub_made import ANSWERS, EXERCISE, HUB, form
from tests.support.table import Table

from courtepointe.hubs.actions.adopted import answer_assessment

PROMISE = "Ouvre la grande salle"


def plant(table: Table) -> Planted:
    """Form a hub on the places that the directory's provider took in."""
    made = form(table, takes_in=False)
    answer_assessment(table.slug, made.assessment, ANSWERS, by=table.member, now=timezone.now())
    pages = ("hub", "hub_people", "hub_equipment", "hub_sign", "hub_box", "hub_cards")
    ids: dict[str, object] = {f"space_{page}.number": made.hub for page in pages}
    ids |= {"space_hub_adopted.number": made.adoption, "space_hub_round.number": made.assessment}
    return Planted(ids, private=(HUB.name, EXERCISE.lessons, PROMISE))
