"""What the crawler plants of surveys: one that is a draft, with a question of one's own; one that is open and answered."""

from __future__ import annotations

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.people.models import WorkspaceTerritory
from courtepointe.portraits.resilience.actions import begin_portrait
from courtepointe.portraits.resilience.values import NewPortrait
from courtepointe.portraits.surveys.actions import (
    add_question,
    answer_by_link,
    begin_survey,
    open_survey,
    pick,
)
from courtepointe.portraits.surveys.models import Survey
from courtepointe.portraits.surveys.values import NewQuestion, NewSurvey

NAME = "Sondage des bords du canal"
OWN = "Que dit la vieille écluse ?"
SAID = "L’écluse chante encore"
DRAFT_PAGES = ("bank", "own", "change", "texts")
PAGES = ("preview", "keying", "people", "import", "xlsform", "paper", "results", "csv", "chart")


def plant(table: Table) -> Planted:
    """Draft a survey and open another, which somebody answers."""
    territory = WorkspaceTerritory.objects.filter(workspace__slug=table.slug).first()
    when = {"by": table.coordinator, "now": timezone.now()}
    portrait = begin_portrait(table.slug, NewPortrait("Rives", territory and territory.pk), **when)
    own = NewQuestion("COM", "text", OWN, OWN)
    draft = begin_survey(table.slug, portrait, NewSurvey(NAME, "came"), **when)
    question = add_question(table.slug, draft, own, **when)
    shown = begin_survey(table.slug, portrait, NewSurvey(NAME, "came"), **when)
    pick(table.slug, shown, ["PRE.plan", "YOU.tenure"], **when)
    add_question(table.slug, shown, own, **when)
    open_survey(table.slug, shown, **when)
    row = Survey.objects.get(pk=shown)
    code = row.questions.get(kind="text").code
    answer_by_link(row.token, {"PRE.plan": "yes", code: SAID}, key="k", language="fr", now=when["now"])  # fmt: skip
    ids: dict[str, object] = {f"space_survey_{page}.number": shown for page in PAGES}
    ids |= {f"space_survey_{page}.number": draft for page in DRAFT_PAGES}
    ids |= {
        "space_surveys.number": portrait, "space_survey.number": shown, "space_survey_change.question": question,
        "space_survey_texts.lang": "fr", "space_survey_chart.code": "PRE.plan", "survey_answer.token": "x" * 43,
        "survey_thanks.token": "x" * 43,
    }  # fmt: skip
    return Planted(ids, private=(NAME, SAID, row.token))
