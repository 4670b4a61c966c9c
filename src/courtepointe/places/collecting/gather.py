"""Filled forms of ours to contributions: only what somebody agreed to, and never the point of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions import (
    Answer,
    AnswerStatus,
    Batch,
    Filled,
    GeoPoint,
    Submission,
)
from courtepointe.places.collecting.clues import clues_in
from courtepointe.places.collecting.values import (
    CONSENT,
    CONSENT_VERSION,
    FILLED_ON,
    Consent,
    Contribution,
    Contributions,
    FieldForm,
    Visibility,
)

SILENT = frozenset({AnswerStatus.NOT_KNOWN, AnswerStatus.NOT_APPLICABLE, AnswerStatus.NO_ANSWER})
OWN = frozenset({CONSENT, CONSENT_VERSION, FILLED_ON})
SINGLE = ("zone", "direction", "confidence", "visibility")


def contributions(batch: Batch, field_form: FieldForm) -> Contributions:
    """Make contributions of the submissions that hold.

    Parameters
    ----------
    batch : Batch
        Read with `field_form.form`; submissions that contradict each other are left out, as
        `courtepointe.formats.submissions.batch.Batch.current` does.
    field_form : FieldForm

    Returns
    -------
    Contributions

    Notes
    -----
    Without a yes to the first question nothing is kept. Without the version of the words that were
    agreed to, or without a day, there is no consent that could be shown later: nothing is kept
    either, and it is told.
    """
    made: list[Contribution] = []
    refused: list[str] = []
    told: list[BadInput] = []
    for lineage in batch.lineages():
        one = lineage.current
        if one is None:
            continue
        if one.content.value(CONSENT) != "yes":
            refused.append(one.instance_id)
            continue
        consent = _consent(one)
        if consent is None:
            told.append(
                BadInput("contribution_without_consent_text", file=one.where, value=one.instance_id)
            )
            continue
        earlier = lineage.ids - {one.instance_id}
        told += _unread(one, field_form)
        made += (replace(new, earlier=earlier) for new in _of_one(one, consent, field_form, told))
    made.sort(key=lambda one: one.key)
    return Contributions(tuple(made), tuple(refused), tuple(told))


def _consent(one: Submission) -> Consent | None:
    version = one.content.value(CONSENT_VERSION)
    day = one.content.value(FILLED_ON) or (one.submitted.date() if one.submitted else None)
    if not isinstance(version, str) or not isinstance(day, date):
        return None
    return Consent(version, day)


def _unread(one: Submission, field_form: FieldForm) -> Iterator[BadInput]:
    """Name answers to questions that only another version of the form asks: they have no use here."""
    paths = [*one.content.answers]
    if field_form.turns:
        paths += [
            path
            for turn in one.content.turns(field_form.turns)
            for path in _addressed(turn, field_form.turns)
        ]
    for path in dict.fromkeys(paths):
        if path not in field_form.roles and path not in OWN:
            yield BadInput(
                "contribution_unread", file=one.where, value=one.instance_id, column=path
            )


def _of_one(
    one: Submission, consent: Consent, field_form: FieldForm, told: list[BadInput]
) -> Iterator[Contribution]:
    """Give the contributions of a submission: itself, or each turn with what the whole says."""
    roles = field_form.roles
    whole = {path: one.content.answer(path) for path in roles if path in one.content.answers}
    if not field_form.turns:
        parts = [(0, whole)]
    else:
        turns = one.content.turns(field_form.turns)
        parts = [
            (n, {**whole, **_addressed(turn, field_form.turns)}) for n, turn in enumerate(turns, 1)
        ]
    for n, answers in parts:
        named = {path: answer for path, answer in answers.items() if path in roles}
        made = _contribution(one, n, consent, field_form, named)
        if not made.category:
            told.append(
                BadInput("contribution_empty", file=one.where, value=one.instance_id, count=n)
            )
            continue
        if made.point is not None and field_form.persons & {*made.category}:
            told.append(
                BadInput("contribution_point_of_a_person", file=one.where, value=one.instance_id)
            )
            made = replace(made, point=None)
        yield made


def _addressed(turn: Filled, repeat: str) -> dict[str, Answer]:
    return {f"{repeat}/{path}": answer for path, answer in turn.answers.items()}


def _contribution(
    one: Submission,
    turn: int,
    consent: Consent,
    field_form: FieldForm,
    answers: Mapping[str, Answer],
) -> Contribution:
    found = _by_role(answers, field_form.roles)
    single = {role: next(iter(found.get(role, {}).values()), "") for role in SINGLE}
    point = next(iter(found.get("point", {}).values()), None)
    texts = {**found.get("text", {}), **found.get("zone", {})}
    clues = [clue for name, text in texts.items() for clue in clues_in(name, text)]
    return Contribution(
        kind=field_form.kind, instance_id=one.instance_id, turn=turn, form=field_form.code,
        form_version=one.form_version, consent=consent,
        category=tuple(name for told in found.get("category", {}).values() for name in _names(told)),
        day=next(iter(found.get("day", {}).values()), consent.given_on),
        visibility=Visibility(single["visibility"] or Visibility.REVIEWERS),
        point=point if isinstance(point, GeoPoint) and not point.is_nowhere else None,
        zone=single["zone"], direction=single["direction"], confidence=single["confidence"],
        texts=found.get("text", {}), counts=found.get("count", {}),
        choices={name: _names(told) for name, told in found.get("choice", {}).items()},
        silences={_name(path): one.status for path, one in answers.items() if one.status in SILENT},
        photos=tuple(found.get("photo", {}).values()), clues=tuple(clues),
    )  # fmt: skip


def _by_role(answers: Mapping[str, Answer], roles: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Give the values by what they are for, then by the question's name."""
    found: dict[str, dict[str, Any]] = {}
    for path, answer in answers.items():
        if answer.value is not None:
            found.setdefault(roles[path], {})[_name(path)] = answer.value
    return found


def _names(told: str | tuple[str, ...]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else told


def _name(path: str) -> str:
    return path.rpartition("/")[2]
