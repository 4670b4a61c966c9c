"""A survey is begun, described, opened, closed and followed; what it found is counted when it is closed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.texts import line
from courtepointe.people.actions import change, create, new_batch, remove
from courtepointe.people.lists import held
from courtepointe.people.secrets import new_secret
from courtepointe.people.values import Person
from courtepointe.portraits.resilience.access import portrait_to_fill
from courtepointe.portraits.surveys.access import draft_to, open_survey_to, survey_to
from courtepointe.portraits.surveys.bank import (
    OWN_LANGUAGES,
    consent_version,
    known,
    own_name,
    spoken,
)
from courtepointe.portraits.surveys.counting import counted
from courtepointe.portraits.surveys.models import Survey, SurveyQuestion, SurveyResult
from courtepointe.portraits.surveys.queries import asked_of, lacking_texts, sheets_of
from courtepointe.portraits.surveys.results import METHOD, told
from courtepointe.portraits.surveys.values import NewSurvey

MOST_LANGUAGES = 12
MOST_PEOPLE = 1e9


def _described(what: NewSurvey, *, on: date) -> dict[str, Any]:
    if what.closes_on is not None and what.closes_on < on:
        raise BadInput("survey_closes_before", value=what.closes_on.isoformat())
    return {
        "name": line(what.name, needed=True),
        "found": known("found", what.found),
        "closes_on": what.closes_on,
    }


@transaction.atomic
def begin_survey(slug: str, portrait: int, what: NewSurvey, *, by: Person, now: datetime) -> int:
    """Begin a survey of an open portrait, in French and English, and give its number."""
    held = portrait_to_fill(slug, portrait, by=by, now=now)
    described = _described(what, on=localdate(now))
    row = Survey(
        workspace_id=held.workspace_id,
        portrait=held,
        languages=list(OWN_LANGUAGES),
        texts={code: {"title": described["name"]} for code in OWN_LANGUAGES},
        **described,
    )
    return create(row, by=by, now=now).pk


@transaction.atomic
def describe_survey(slug: str, number: int, what: NewSurvey, *, by: Person, now: datetime) -> None:
    """Change how a survey is called inside, how people are found, and until when the link takes answers.

    Raises
    ------
    Refused
        ``survey_over``.
    """
    row = survey_to(slug, number, by=by, now=now)
    if row.closed is not None:
        raise Refused("survey_over")
    change(row, _described(what, on=localdate(now)), by=by, now=now)


@transaction.atomic
def add_language(slug: str, number: int, lang: str, *, by: Person, now: datetime) -> None:
    """Have a draft be asked in one more language."""
    row = draft_to(slug, number, by=by, now=now)
    held(lang, spoken(), unknown="survey_unknown_kind")
    if lang in row.languages:
        return
    if len(row.languages) >= MOST_LANGUAGES:
        raise Refused("survey_many_languages", expected=MOST_LANGUAGES)
    change(row, {"languages": [*row.languages, lang]}, by=by, now=now)


@transaction.atomic
def drop_language(slug: str, number: int, lang: str, *, by: Person, now: datetime) -> None:
    """Ask a draft in one language less; one stays."""
    row = draft_to(slug, number, by=by, now=now)
    left = [one for one in row.languages if one != lang]
    if not left:
        raise Refused("survey_one_language")
    change(row, {"languages": left}, by=by, now=now)


@transaction.atomic
def open_survey(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Open a draft: its words are fixed, and its link takes answers.

    Raises
    ------
    Refused
        ``survey_frozen``; ``survey_without_questions``; ``survey_not_translated`` with the language;
        ``portrait_closed``.
    """
    row = draft_to(slug, number, by=by, now=now)
    portrait_to_fill(slug, row.portrait_id, by=by, now=now)
    questions = asked_of(row.questions.all())
    if all(one.about for one in questions):
        raise Refused("survey_without_questions")
    for lang in row.languages:
        if missing := lacking_texts(row, questions, lang):
            raise Refused("survey_not_translated", value=own_name(lang, lang="fr"), count=missing)
    _described(NewSurvey(row.name, row.found, row.closes_on), on=localdate(now))
    values = {"opened": now, "token": new_secret(), "consent_version": consent_version()}
    change(row, values, by=by, now=now)


@transaction.atomic
def renew_link(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Replace the link of an open survey: the one before ends."""
    row = open_survey_to(slug, number, by=by, now=now)
    change(row, {"token": new_secret()}, by=by, now=now)


@transaction.atomic
def close_survey(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Close a survey: it takes nothing more, and what it found is counted and kept."""
    row = open_survey_to(slug, number, by=by, now=now)
    change(row, {"closed": now}, by=by, now=now)
    _count(row, by=by, now=now)


@transaction.atomic
def set_margins(
    slug: str, number: int, margins: Mapping[str, Mapping[str, float]], source: str, *,
    by: Person, now: datetime,
) -> None:  # fmt: skip
    """Say how many people live there, by the answers of questions about who answers.

    Raises
    ------
    BadInput
        ``survey_people`` with the question and the value; ``survey_unknown_kind``.
    """
    row = survey_to(slug, number, by=by, now=now)
    asked = {one.code: one for one in asked_of(row.questions.all()) if one.about}
    for code, people in margins.items():
        if code not in asked or people.keys() - set(asked[code].codes):
            raise BadInput("survey_unknown_kind", value=code, expected=", ".join(asked))
        for value in people.values():
            if not (math.isfinite(value) and 0 <= value <= MOST_PEOPLE):
                raise BadInput("survey_people", column=code, value=value)
    kept = {code: dict(people) for code, people in margins.items() if sum(people.values()) > 0}
    change(row, {"margins": kept, "margins_source": line(source)}, by=by, now=now)


@transaction.atomic
def count_again(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Count a closed survey again, with the numbers of people of today, while its sheets are there.

    Raises
    ------
    Refused
        ``survey_still_open``; ``survey_sheets_gone``.
    """
    row = survey_to(slug, number, by=by, now=now)
    if row.closed is None:
        raise Refused("survey_still_open")
    if not row.sheets.exists():
        raise Refused("survey_sheets_gone")
    _count(row, by=by, now=now)


def _count(row: Survey, *, by: Person, now: datetime) -> None:
    found = counted(asked_of(row.questions.all()), sheets_of(row.pk), row.margins)
    made = SurveyResult(
        workspace_id=row.workspace_id, survey=row, made=now, method=METHOD, found=told(found)
    )
    create(made, by=by, now=now)


@transaction.atomic
def follow_survey(slug: str, number: int, *, by: Person, now: datetime) -> int:
    """Begin the next version of a survey that was opened, with its words, and give its number.

    Raises
    ------
    Refused
        ``survey_still_draft``; ``survey_followed``.
    """
    row = survey_to(slug, number, by=by, now=now)
    if row.opened is None:
        raise Refused("survey_still_draft")
    if Survey.objects.filter(follows=row).exists():
        raise Refused("survey_followed")
    portrait_to_fill(slug, row.portrait_id, by=by, now=now)
    batch = new_batch()
    after = Survey(
        workspace_id=row.workspace_id, portrait_id=row.portrait_id, name=row.name, languages=row.languages,
        texts=row.texts, found=row.found, version=row.version + 1, follows=row, margins=row.margins,
        margins_source=row.margins_source,
    )  # fmt: skip
    create(after, by=by, now=now, batch=batch)
    for one in row.questions.all():
        kept = model_to_dict(one, exclude=("id", "workspace", "survey"))
        made = SurveyQuestion(workspace_id=row.workspace_id, survey=after, **kept)
        create(made, by=by, now=now, batch=batch)
    return after.pk


@transaction.atomic
def drop_survey(slug: str, number: int, *, by: Person, now: datetime) -> int:
    """Throw a draft away and give its portrait's number."""
    row = draft_to(slug, number, by=by, now=now)
    batch = new_batch()
    for one in row.questions.all():
        remove(one, by=by, now=now, batch=batch)
    portrait: int = row.portrait_id
    remove(row, by=by, now=now, batch=batch)
    return portrait
