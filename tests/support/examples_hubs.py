"""What the crawler plants of hubs: one with a line of each, an adopted model, a round that is open."""

from __future__ import annotations

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.hub_made import ANSWERS, EXERCISE, HUB, PAGE, form
from tests.support.table import Table

from courtepointe.hubs.actions.adopted import answer_assessment
from courtepointe.hubs.actions.studies import ask_study
from courtepointe.hubs.models import HubPage
from courtepointe.hubs.studies.values import SitingAsked, Spot

PROMISE = "Ouvre la grande salle"
STUDY = "Où se tiendrait le prochain"
ASKED = SitingAsked(
    "max_cover", "usual", 10, 1, None, (Spot("Salle des Érables", -73.6, 45.5, 1),), (), ()
)


def plant(table: Table) -> Planted:
    """Form a hub on the places that the directory's provider took in."""
    made = form(table, takes_in=False)
    answer_assessment(table.slug, made.assessment, ANSWERS, by=table.member, now=timezone.now())
    study = ask_study(
        table.slug, "siting", STUDY, ASKED.told(), send=_nowhere, by=table.coordinator, now=timezone.now()
    )  # fmt: skip
    pages = ("hub", "hub_people", "hub_equipment", "hub_sign", "hub_box", "hub_cards")
    ids: dict[str, object] = {f"space_{page}.number": made.hub for page in pages}
    ids |= {"space_hub_adopted.number": made.adoption, "space_hub_round.number": made.assessment}
    ids |= {f"space_{page}.number": study for page in ("study", "study_json", "study_report")}
    ids["space_study_report.ending"] = "pdf"
    ids["hub_shown.name"] = HubPage.objects.get(hub_id=made.hub).name
    private = (HUB.name, EXERCISE.lessons, PROMISE, PAGE.opening, STUDY, ASKED.sites[0].name)
    return Planted(ids, private=private)


def _nowhere(number: int) -> None:
    """Leave a study waiting."""
