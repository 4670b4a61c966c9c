"""Questions of a draft: picked from the bank, written, moved, translated, taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import transaction

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.texts import line, text
from courtepointe.people.actions import change, create, create_many, new_batch, remove
from courtepointe.people.values import Person
from courtepointe.portraits.resilience.queries import known_dimension
from courtepointe.portraits.surveys.access import draft_to, question_of
from courtepointe.portraits.surveys.asked import CLOSED, Asked
from courtepointe.portraits.surveys.bank import OWN_LANGUAGES, known, offered
from courtepointe.portraits.surveys.models import Survey, SurveyQuestion
from courtepointe.portraits.surveys.queries import asked_of
from courtepointe.portraits.surveys.values import (
    HEAD,
    MOST_QUESTIONS,
    OWN_HEAD,
    NewOption,
    NewQuestion,
)

LONGEST = 300
LONGEST_ANSWER = 120
LONGEST_HEAD = 2_000
MOST_ANSWERS = 12


@transaction.atomic
def pick(slug: str, number: int, codes: Iterable[str], *, by: Person, now: datetime) -> None:
    """Put questions of the bank behind those of a draft; one that is there stays once.

    Raises
    ------
    NotFound
        ``unknown_bank_question``.
    Refused
        ``survey_many_questions``.
    """
    row = draft_to(slug, number, by=by, now=now)
    held = set(row.questions.values_list("code", flat=True))
    wanted = [_of_bank(code) for code in dict.fromkeys(codes) if code not in held]
    _room(row, len(wanted))
    batch = new_batch()
    asked = [one for one in wanted if not one.about]
    free = _make_room(row, len(asked), by=by, now=now, batch=batch)
    last = max([free + len(asked) - 1, *row.questions.values_list("place", flat=True)])
    about = [one for one in wanted if one.about]
    made = [_row(row, one, place) for place, one in enumerate(asked, free)]
    made += [_row(row, one, place) for place, one in enumerate(about, last + 1)]
    create_many(made, by=by, now=now, batch=batch)


def _of_bank(code: str) -> Asked:
    if code not in offered():
        raise NotFound("unknown_bank_question", value=code)
    return offered()[code]


def _room(row: Survey, wanted: int) -> None:
    if row.questions.count() + wanted > MOST_QUESTIONS:
        raise Refused("survey_many_questions", expected=MOST_QUESTIONS)


def _make_room(row: Survey, wanted: int, *, by: Person, now: datetime, batch: str) -> int:
    """Give the first of so many free places: last, but before the questions about who answers that end the form.

    Of these, only those that stand in the way move.
    """
    rows = list(row.questions.all())
    ending = next((n for n, one in enumerate(reversed(rows)) if not one.about), len(rows))
    before = rows[: len(rows) - ending]
    free = before[-1].place + 1 if before else 1
    place = free + wanted - 1
    for one in rows[len(before) :]:
        place = max(place + 1, one.place)
        change(one, {"place": place}, by=by, now=now, batch=batch)
    return free


def _row(row: Survey, asked: Asked, place: int) -> SurveyQuestion:
    return SurveyQuestion(
        workspace_id=row.workspace_id, survey=row, place=place, code=asked.code,
        dimension=asked.dimension, part=asked.part, kind=asked.kind, about=asked.about,
        texts=dict(asked.texts),
        answers=[
            {"code": one.code, "texts": dict(one.texts), "yes": one.yes, "groups": list(one.groups)}
            for one in asked.options
        ],
    )  # fmt: skip


@transaction.atomic
def add_question(slug: str, number: int, what: NewQuestion, *, by: Person, now: datetime) -> int:
    """Put a question of one's own behind those of a draft, and give its number.

    Raises
    ------
    BadInput
        ``survey_answers_needed``; ``survey_when``; as `courtepointe.engagement.texts.line`.
    Refused
        ``survey_many_questions``.
    """
    row = draft_to(slug, number, by=by, now=now)
    _room(row, 1)
    known_dimension(row.workspace_id, what.dimension)
    batch = new_batch()
    place = _make_room(row, 1, by=by, now=now, batch=batch)
    made = SurveyQuestion(
        workspace_id=row.workspace_id, survey=row, place=place,
        code=f"{what.dimension}.q{uuid4().hex[:8]}", dimension=what.dimension, **_worded(row, what, place),
    )  # fmt: skip
    return create(made, by=by, now=now, batch=batch).pk


@transaction.atomic
def change_question(
    slug: str, number: int, question: int, what: NewQuestion, *, by: Person, now: datetime
) -> None:
    """Write a question of one's own anew; one of the bank keeps its words, so that editions can be compared.

    Questions that depended on an answer that is no more are asked of everybody.
    """
    row = draft_to(slug, number, by=by, now=now)
    held = question_of(row, question)
    if held.code in offered():
        raise Refused("survey_bank_question")
    known_dimension(row.workspace_id, what.dimension)
    worded = _worded(row, what, held.place, before=held.answers)
    for lang, told in held.texts.items():
        worded["texts"].setdefault(lang, told)
    _keep_translations(held.answers, worded["answers"])
    batch = new_batch()
    change(held, {"dimension": what.dimension, **worded}, by=by, now=now, batch=batch)
    left = [one["code"] for one in worded["answers"]]
    for one in row.questions.filter(when_question=held.code).exclude(when_answer__in=left):
        change(one, {"when_question": "", "when_answer": ""}, by=by, now=now, batch=batch)


def _keep_translations(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    held = {one["code"]: one["texts"] for one in before}
    for one in after:
        for lang, told in held.get(one["code"], {}).items():
            one["texts"].setdefault(lang, told)


def _worded(
    row: Survey, what: NewQuestion, place: int, *, before: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    kind = known("kinds", what.kind)
    options = [one for one in what.options if one.fr.strip() or one.en.strip()]
    if kind in CLOSED and not 2 <= len(options) <= MOST_ANSWERS:
        raise BadInput("survey_answers_needed", value=len(options), expected=MOST_ANSWERS)
    question, answer = _when(row, what.when, place)
    return {
        "kind": kind,
        "texts": _texts(what.fr, what.en, LONGEST),
        "answers": _answers(options, [one["code"] for one in before]) if kind in CLOSED else [],
        "when_question": question,
        "when_answer": answer,
    }


def _texts(fr: str, en: str, longest: int) -> dict[str, str]:
    held = {"fr": line(fr, longest=longest), "en": line(en, longest=longest)}
    told = {lang: one for lang, one in held.items() if one}
    if not told:
        raise BadInput("survey_words_needed")
    return told


def _answers(options: Iterable[NewOption], before: Collection[str]) -> list[dict[str, Any]]:
    """Write answers; one that was there keeps its code, by which its translations and what depends on it hold."""
    held = set(before)
    fresh = (code for code in (f"a{n}" for n in count(1)) if code not in before)
    made = []
    for one in options:
        code = one.code if one.code in held else next(fresh)
        held.discard(code)
        texts = _texts(one.fr, one.en, LONGEST_ANSWER)
        made.append({"code": code, "texts": texts, "yes": one.yes, "groups": []})
    return made


def _when(row: Survey, when: str, place: int) -> tuple[str, str]:
    if not when:
        return "", ""
    question, _, answer = when.partition("=")
    # Never on one about who answers: its share would be that of a group, told as everybody's is.
    for one in asked_of(row.questions.filter(code=question, place__lt=place, about=False)):
        if one.kind in CLOSED and answer in one.codes:
            return question, answer
    raise BadInput("survey_when", value=when[:LONGEST])


@transaction.atomic
def move_question(
    slug: str, number: int, question: int, *, up: bool, by: Person, now: datetime
) -> None:
    """Move a question of a draft one place up or down; the first stays first, the last last.

    Raises
    ------
    Refused
        ``survey_order``: it would stand before the one on which it depends.
    """
    row = draft_to(slug, number, by=by, now=now)
    held = question_of(row, question)
    rows = list(row.questions.all())
    at = next(n for n, one in enumerate(rows) if one.pk == held.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(rows):
        return
    before, after = sorted((at, other))
    if rows[after].when_question == rows[before].code:
        raise Refused("survey_order")
    batch = new_batch()
    places = rows[at].place, rows[other].place
    for one, place in zip((rows[other], rows[at]), places, strict=True):
        change(one, {"place": place}, by=by, now=now, batch=batch)


@transaction.atomic
def remove_question(slug: str, number: int, question: int, *, by: Person, now: datetime) -> None:
    """Take a question out of a draft; those that depended on it are asked of everybody."""
    row = draft_to(slug, number, by=by, now=now)
    held = question_of(row, question)
    batch = new_batch()
    for one in row.questions.filter(when_question=held.code):
        change(one, {"when_question": "", "when_answer": ""}, by=by, now=now, batch=batch)
    remove(held, by=by, now=now, batch=batch)


@transaction.atomic
def translate(
    slug: str, number: int, lang: str, head: Mapping[str, str], questions: Mapping[str, str], *,
    by: Person, now: datetime,
) -> None:  # fmt: skip
    """Write the texts of a draft in a language; an empty one is missing.

    Parameters
    ----------
    head : mapping of name of `values.HEAD` -> text
    questions : mapping of ``code`` or ``code=answer`` -> text

    Raises
    ------
    BadInput
        ``survey_unknown_kind`` where the survey is not asked in the language.
    """
    row = draft_to(slug, number, by=by, now=now)
    if lang not in row.languages:
        raise BadInput("survey_unknown_kind", value=lang, expected=", ".join(row.languages))
    batch = new_batch()
    asked = OWN_HEAD if lang in OWN_LANGUAGES else HEAD
    told = {name: text(head.get(name, ""), longest=LONGEST_HEAD) for name in asked}
    kept = {name: one for name, one in told.items() if one}
    change(row, {"texts": {**row.texts, lang: kept}}, by=by, now=now, batch=batch)
    for one in row.questions.all():
        if lang in OWN_LANGUAGES and one.code in offered():
            continue  # the bank's own words stay, so that editions can be compared
        answers = [
            _in(each, lang, questions.get(f"{one.code}={each['code']}")) for each in one.answers
        ]
        texts = _told(one.texts, lang, questions.get(one.code), LONGEST)
        change(one, {"texts": texts, "answers": answers}, by=by, now=now, batch=batch)


def _in(answer: Mapping[str, Any], lang: str, told: str | None) -> dict[str, Any]:
    return {**answer, "texts": _told(answer["texts"], lang, told, LONGEST_ANSWER)}


def _told(texts: Mapping[str, str], lang: str, told: str | None, longest: int) -> dict[str, str]:
    """Set a text in a language; None leaves it as it is."""
    if told is None:
        return dict(texts)
    held = {code: one for code, one in texts.items() if code != lang}
    plain = line(told, longest=longest)
    return {**held, lang: plain} if plain else held
