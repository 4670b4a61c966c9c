"""A survey as an XLSForm for ODK and Kobo, and what their exports bring back. Pure: no database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions import AnswerStatus, Submission, read_submissions
from courtepointe.formats.xlsform import Choice, Group, Language, Part, Question, XlsForm
from courtepointe.portraits.surveys.asked import (
    CLOSED,
    GREATEST,
    LONGEST_TEXT,
    STATUSES,
    Asked,
    Given,
    checked,
)
from courtepointe.portraits.surveys.bank import own_name
from courtepointe.portraits.surveys.values import SurveySeen

CONSENT = "consent"
ANSWERS = "answers"
AGREES = "agrees"
YES = "yes"
KINDS = {
    "one": "select_one", "scale": "select_one", "several": "select_multiple", "number": "decimal", "text": "text",
}  # fmt: skip
SAID = {AnswerStatus.NOT_KNOWN: "not_known", AnswerStatus.NO_ANSWER: "no_answer"}
SETTINGS = {"clean_text_values": "no"}
"""Spaces are those of French; pyxform would make plain ones of them."""
Brought = tuple[str, date | None, Given]


def name_of(code: str) -> str:
    """Give the name of a question in a form: its code, without what expressions do not take."""
    return re.sub(r"[^A-Za-z0-9_]", "_", code)


def form_of(seen: SurveySeen) -> XlsForm:
    """Write a survey as a form: consent first, then every question, each with its two statuses."""
    languages = tuple(Language(code, own_name(code, lang="fr")) for code in seen.languages)
    choices: dict[str, tuple[Choice, ...]] = {AGREES: (Choice(YES, _head(seen, "agree")),)}
    choices |= {
        f"of_{name_of(one.code)}": _choices(seen, one)
        for one in seen.questions
        if one.kind in CLOSED
    }
    asked = {one.code: one for one in seen.questions}
    parts: list[Part] = [
        Question("select_one", CONSENT, _head(seen, "consent"), choices=AGREES, required=True),
        Group(
            ANSWERS,
            tuple(_question(one, asked) for one in seen.questions),
            _head(seen, "title"),
            relevant=f"${{{CONSENT}}} = '{YES}'",
        ),
    ]
    title = {code: told or seen.name for code, told in _head(seen, "title").items()}
    number = f"{seen.version}.{len(seen.questions)}"
    return XlsForm(
        f"survey_{seen.uid.replace('-', '')}", number, title, languages, tuple(parts), choices, SETTINGS,
        CONSENT,
    )  # fmt: skip


def _head(seen: SurveySeen, name: str) -> dict[str, str]:
    return {code: seen.heads[code].get(name, "") for code in seen.languages}


def _choices(seen: SurveySeen, asked: Asked) -> tuple[Choice, ...]:
    told = [Choice(one.code, dict(one.texts)) for one in asked.options]
    return (*told, *(Choice(status, _head(seen, status)) for status in STATUSES))


def _question(one: Asked, asked: dict[str, Asked]) -> Question:
    return Question(
        KINDS[one.kind],
        name_of(one.code),
        dict(one.texts),
        choices=f"of_{name_of(one.code)}" if one.kind in CLOSED else "",
        relevant=_relevant(one, asked),
        constraint=_constraint(one),
    )


def _constraint(one: Asked) -> str:
    if one.kind == "number":
        return f". >= 0 and . <= {GREATEST}"
    return f"string-length(.) <= {LONGEST_TEXT}" if one.kind == "text" else ""


def _relevant(one: Asked, asked: dict[str, Asked]) -> str:
    if one.when is None:
        return ""
    question, answer = one.when
    named = f"${{{name_of(question)}}}"
    if asked[question].kind == "several":
        return f"selected({named}, '{answer}')"
    return f"{named} = '{answer}'"


def brought_from(
    files: Sequence[Path], seen: SurveySeen
) -> tuple[list[Brought], list[BadInput], int]:
    """Read filled forms of a survey: all of them, or what is wrong, cell by cell.

    Parameters
    ----------
    files : sequence of Path
        Exports of ODK or Kobo, or a table whose headings are the names of the form.

    Returns
    -------
    brought : list of (identifier, day, answers)
        Of those who agreed; nothing of the others is kept.
    faults : list of BadInput
        ``survey_form_answer``, ``survey_form_text`` with file and row, besides those of the reading.
    n_unagreed : int
        Forms on which nobody agreed.

    Raises
    ------
    BadInput
        Where a file cannot be read at all.
    """
    found = read_submissions(files, [form_of(seen)])
    if found.faults:
        return [], list(found.faults), 0
    every = found.batch.current()
    current = [one for one in every if one.content.value(CONSENT) == YES]
    brought = [_brought(one, seen) for one in current]
    pairs = zip(current, brought, strict=True)
    faults = [fault for one, (_, _, given) in pairs for fault in _faults(one, given, seen)]
    return ([], faults, 0) if faults else (brought, [], len(every) - len(current))


def _faults(one: Submission, given: Given, seen: SurveySeen) -> list[BadInput]:
    """Say what a form says that the survey does not take, where it stands in its file."""
    file, _, row = one.where.rpartition(":")
    at = {"file": file, "row": int(row)} if row.isdigit() else {"file": one.where}
    try:
        checked(seen.questions, given)
    except BadInput as error:
        if error.code == "gathering_text_too_long":
            return [BadInput("survey_form_text", **{**error.facts, **at})]
        return [BadInput("survey_form_answer", **{**error.facts, **at})]
    return []


def _brought(one: Submission, seen: SurveySeen) -> Brought:
    given: dict[str, object] = {}
    for asked in seen.questions:
        answer = one.content.answer(f"{ANSWERS}/{name_of(asked.code)}")
        if answer.status in SAID:
            given[asked.code] = SAID[answer.status]
        elif answer.value is not None:
            value = answer.value
            given[asked.code] = list(value) if isinstance(value, tuple) else value
    return one.instance_id, one.submitted.date() if one.submitted else None, given
