"""Every read of surveys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.resilience.queries import indicators_of, marks_of
from courtepointe.portraits.resilience.suggested import SURVEY
from courtepointe.portraits.surveys.access import survey_by_link
from courtepointe.portraits.surveys.asked import Asked, Given, Option, lacking
from courtepointe.portraits.surveys.bank import OWN_LANGUAGES, ours
from courtepointe.portraits.surveys.models import Sheet, Survey, SurveyQuestion, SurveyResult
from courtepointe.portraits.surveys.results import (
    GroupShare,
    QuestionResult,
    Results,
    Share,
    read,
)
from courtepointe.portraits.surveys.values import (
    HEAD,
    OPTIONAL_HEAD,
    OWN_HEAD,
    Observation,
    SurveySeen,
)


def _rows(workspace: int) -> QuerySet[Survey]:
    rows = Survey.objects.filter(workspace_id=workspace).annotate(n_sheets=Count("sheets"))
    return rows.select_related("followed_by").prefetch_related("questions").order_by("-pk")


def surveys(seen: WorkspaceSeen, portrait: int) -> tuple[SurveySeen, ...]:
    """List the surveys of a portrait, the newest first."""
    return tuple(_value(row) for row in _rows(seen.id).filter(portrait_id=portrait))


def survey(seen: WorkspaceSeen, number: int) -> SurveySeen:
    """Give a survey of a workspace, or raise `NotFound` ``unknown_survey``."""
    row = _rows(seen.id).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_survey")
    return _value(row)


def public_survey(token: str) -> tuple[SurveySeen, str]:
    """Give the survey that a link leads to and its workspace's name, or raise `NotFound`."""
    row = survey_by_link(token)
    found = _rows(row.workspace_id).select_related("workspace").get(pk=row.pk)
    return _value(found), found.workspace.name


def asked_of(rows: Iterable[SurveyQuestion]) -> tuple[Asked, ...]:
    """Give questions as they are asked."""
    return tuple(_asked(row) for row in rows)


def _asked(row: SurveyQuestion) -> Asked:
    when = (row.when_question, row.when_answer) if row.when_question else None
    return Asked(
        row.code, row.dimension, row.part, row.kind, row.texts,
        tuple(_option(one) for one in row.answers), row.about, when, row.pk,
    )  # fmt: skip


def _option(one: Mapping[str, Any]) -> Option:
    return Option(one["code"], one["texts"], one.get("yes", False), tuple(one.get("groups", ())))


def _value(row: Survey) -> SurveySeen:
    questions = asked_of(row.questions.all())
    after = getattr(row, "followed_by", None)
    return SurveySeen(
        number=row.pk,
        workspace=row.workspace_id,
        portrait=row.portrait_id,
        uid=str(row.uid),
        name=row.name,
        languages=tuple(row.languages),
        heads={
            code: {**ours(code, row.consent_version), **row.texts.get(code, {})}
            for code in row.languages
        },
        found=row.found,
        version=row.version,
        opened=row.opened,
        closes_on=row.closes_on,
        closed=row.closed,
        token=row.token,
        margins=row.margins,
        margins_source=row.margins_source,
        follows=row.follows_id,
        followed_by=None if after is None else after.pk,
        questions=questions,
        n_sheets=getattr(row, "n_sheets", 0),
        lacking={code: lacking_texts(row, questions, code) for code in row.languages},
    )


def lacking_texts(row: Survey, questions: Iterable[Asked], lang: str) -> int:
    """Say how many texts a survey lacks in a language.

    What stands around the questions has our words in French and English; another language needs its own.
    """
    needed = set(OWN_HEAD if lang in OWN_LANGUAGES else HEAD) - OPTIONAL_HEAD
    head = sum(not row.texts.get(lang, {}).get(name, "").strip() for name in needed)
    return head + sum(lacking(one, lang) for one in questions)


def sheets_of(survey: int) -> list[tuple[str, Given]]:
    """Give the sheets of a survey: how each came, and what it says."""
    rows = Sheet.objects.filter(survey_id=survey).order_by("pk")
    return list(rows.values_list("channel", "answers"))


def written(seen: WorkspaceSeen, survey: int, question: str) -> list[str]:
    """List what people wrote under a question, in an order that says nothing of when."""
    rows = Sheet.objects.filter(workspace_id=seen.id, survey_id=survey, answers__has_key=question)
    return sorted(str(one[question]) for one in rows.values_list("answers", flat=True))


def results(seen: WorkspaceSeen, survey: int) -> tuple[Results, datetime] | None:
    """Give what a survey found, as it was last counted, and when; None before it is closed."""
    rows = SurveyResult.objects.filter(workspace_id=seen.id, survey_id=survey)
    row = rows.order_by("-made", "-pk").first()
    return None if row is None else (read(row.found), row.made)


def latest_results(seen: WorkspaceSeen, portrait: int) -> Mapping[int, tuple[Results, datetime]]:
    """Give what each survey of a portrait found, as it was last counted, and when, by the survey's number."""
    rows = SurveyResult.objects.filter(workspace_id=seen.id, survey__portrait=portrait)
    last = {row.survey_id: row for row in rows.order_by("made", "pk")}
    return {number: (read(row.found), row.made) for number, row in last.items()}


def survey_observations(seen: WorkspaceSeen, portrait: int) -> tuple[Observation, ...]:
    """Give the shares that a portrait's closed surveys found, the newest survey first.

    A group whose share is not told stands among them without it; a question of which nothing is told does not.
    """
    made: list[Observation] = []
    held = latest_results(seen, portrait)
    for one in surveys(seen, portrait):
        found = held.get(one.number)
        if one.closed is None or found is None:
            continue
        for told in found[0].questions:
            if told.yes is not None:
                made.append(_observed(one, found[1], told, told.yes))
                made += [_observed(one, found[1], told, of.share, of) for of in told.groups]
    return tuple(made)


def _observed(
    survey: SurveySeen, counted: datetime, question: QuestionResult, share: Share | None,
    of: GroupShare | None = None,
) -> Observation:  # fmt: skip
    assert survey.closed is not None
    whose = question if of is None else of
    return Observation(
        question=question.code,
        share=None if share is None else share.value,
        low=None if share is None else share.low,
        high=None if share is None else share.high,
        n=whose.n,
        n_effective=whose.n_effective,
        group="" if of is None else of.group,
        found=survey.found,
        survey=survey.number,
        name=survey.name,
        day=localdate(survey.closed),
        counted=counted,
    )


def results_to_take(seen: WorkspaceSeen, portrait: int) -> tuple[tuple[str, Observation], ...]:
    """Give what surveys found of a portrait's chosen indicators and was not taken yet, the oldest survey first."""
    asked = {
        one.source.removeprefix(f"{SURVEY}:"): one.code
        for one in indicators_of(seen.id, portrait)
        if one.source.startswith(f"{SURVEY}:")
    }
    taken = marks_of(seen.id, portrait)
    found = [(asked[one.question], one) for one in survey_observations(seen, portrait) if one.question in asked]  # fmt: skip
    left = [(code, one) for code, one in found if (code, one.group, one.mark) not in taken]
    return tuple(sorted(left, key=lambda pair: pair[1].survey))
