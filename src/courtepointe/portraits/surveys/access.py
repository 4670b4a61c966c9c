"""The one gate: a survey of a workspace to whoever may change it, or to whoever holds its link."""

from __future__ import annotations

from datetime import datetime

from courtepointe.core.errors import NotFound, Refused
from courtepointe.people.access import Gate
from courtepointe.people.values import Person
from courtepointe.portraits.surveys.models import Survey, SurveyQuestion

GATE = Gate({Survey: "unknown_survey", SurveyQuestion: "unknown_survey_question"})


def survey_to(slug: str, number: int, *, by: Person, now: datetime, right: str = "write") -> Survey:
    """Give a survey, locked, to somebody who has a right in its workspace."""
    return GATE.to_change(Survey, slug, number, by=by, now=now, right=right)


def draft_to(slug: str, number: int, *, by: Person, now: datetime) -> Survey:
    """Give a survey, locked, that is not open yet; or raise `Refused` ``survey_frozen``."""
    row = survey_to(slug, number, by=by, now=now)
    if row.opened is not None:
        raise Refused("survey_frozen")
    return row


def open_survey_to(
    slug: str, number: int, *, by: Person, now: datetime, right: str = "write"
) -> Survey:
    """Give a survey, locked, that takes answers; or raise `Refused` ``survey_not_open``, ``survey_over``."""
    row = survey_to(slug, number, by=by, now=now, right=right)
    if row.opened is None:
        raise Refused("survey_not_open")
    if row.closed is not None:
        raise Refused("survey_over")
    return row


def question_of(survey: Survey, number: int) -> SurveyQuestion:
    """Give a question of a survey, locked, or raise `NotFound`: another survey's is not told of."""
    return GATE.only(SurveyQuestion.objects.filter(survey=survey, pk=number))


def survey_by_link(token: str) -> Survey:
    """Give the survey that a public link leads to, locked, whether or not it still takes answers."""
    rows = Survey.objects.select_for_update(of=("self",)).filter(opened__isnull=False)
    row = rows.filter(token=token, workspace__closed=None).first() if token else None
    if row is None:
        raise NotFound("unknown_survey_link")
    return row
