"""Sheets come: by the link, keyed from paper or by phone, from a file. A sheet is kept once, however often it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.people.actions import create, create_many, new_batch
from courtepointe.people.secrets import hashed
from courtepointe.people.values import Person
from courtepointe.portraits.surveys.access import open_survey_to, survey_by_link
from courtepointe.portraits.surveys.asked import Given, checked
from courtepointe.portraits.surveys.models import Sheet, Survey
from courtepointe.portraits.surveys.queries import asked_of

KEYED = ("paper", "phone")
LONGEST_KEY = 200
MOST_SHEETS = 20_000


@transaction.atomic
def answer_by_link(token: str, given: Given, *, key: str, language: str, now: datetime) -> bool:
    """Keep what somebody answers by the public link; say whether it is new.

    Parameters
    ----------
    key : str
        Of the page on which it was answered: the same page sent twice is one sheet.

    Raises
    ------
    NotFound
        ``unknown_survey_link``.
    Refused
        ``survey_over``; ``survey_full``; ``survey_sent_already``: the same page, with other answers.
    BadInput
        ``survey_nothing_said``; as `courtepointe.portraits.surveys.asked.checked`.
    """
    row = survey_by_link(token)
    if row.closed is not None or (row.closes_on is not None and localdate(now) > row.closes_on):
        raise Refused("survey_over")
    if _was_sent(row, given, key):
        return False
    _room(row, 1)
    made = _sheet(row, given, key=key, day=localdate(now), channel="web", language=language)
    create(made, by=None, now=now)
    return True


@transaction.atomic
def key_sheet(
    slug: str, number: int, given: Given, *, key: str, channel: str, day: date, language: str,
    by: Person, now: datetime,
) -> bool:  # fmt: skip
    """Key what somebody answered on paper or by phone; say whether it is new.

    Raises
    ------
    Refused
        ``survey_sent_already``: the same page, with other answers.
    """
    row = open_survey_to(slug, number, by=by, now=now, right="contribute")
    if channel not in KEYED:
        raise BadInput("survey_unknown_kind", value=channel, expected=", ".join(KEYED))
    if day > localdate(now):
        raise BadInput("survey_day", value=day.isoformat())
    if _was_sent(row, given, key):
        return False
    _room(row, 1)
    # Who keys a sheet is in no line of it: beside a day and a few answers it may tell whose it is.
    made = _sheet(row, given, key=key, day=day, channel=channel, language=language)
    create(made, by=None, now=now)
    return True


@transaction.atomic
def take_sheets(
    slug: str, number: int, brought: Sequence[tuple[str, date | None, Given]], *, why: str = "",
    by: Person, now: datetime,
) -> tuple[int, int, int]:  # fmt: skip
    """Take in sheets of a file, all of them or none; give how many are new, were there, say nothing.

    Who agreed and answered no question has no sheet, and does not hold up the others.

    Parameters
    ----------
    brought : sequence of (identifier, day, answers)
    """
    row = open_survey_to(slug, number, by=by, now=now)
    questions, today = asked_of(row.questions.all()), localdate(now)
    said = [(f"import {one}", day, given) for one, day, given in brought if checked(questions, given)]  # fmt: skip
    held = set(row.sheets.values_list("key", flat=True))
    made: dict[str, Sheet] = {}
    for key, day, given in said:
        if hashed(key) not in held and hashed(key) not in made:
            when = min(day or today, today)
            sheet = _sheet(row, given, key=key, day=when, channel="import", language="")
            made[sheet.key] = sheet
    _room(row, len(made))
    create_many(list(made.values()), by=by, now=now, why=why, batch=new_batch())
    return len(made), len(said) - len(made), len(brought) - len(said)


def _was_sent(row: Survey, given: Given, key: str) -> bool:
    held = row.sheets.filter(key=hashed(key)).first()
    if held is not None and held.answers != checked(asked_of(row.questions.all()), given):
        raise Refused("survey_sent_already")
    return held is not None


def _room(row: Survey, wanted: int) -> None:
    if row.sheets.count() + wanted > MOST_SHEETS:
        raise Refused("survey_full", expected=MOST_SHEETS)


def _sheet(row: Survey, given: Given, **frame: Any) -> Sheet:
    held = checked(asked_of(row.questions.all()), given)
    if not held:
        raise BadInput("survey_nothing_said")
    if not frame["key"] or len(frame["key"]) > LONGEST_KEY:
        raise BadInput("survey_page_key")
    if frame["language"] not in ("", *row.languages):
        frame["language"] = ""
    frame["key"] = hashed(frame["key"])
    return Sheet(workspace_id=row.workspace_id, survey=row, answers=held, **frame)
