"""A form of ours filled on a page: the same contribution as from a telephone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions import Answer, AnswerStatus, Filled, Submission, batch_of
from courtepointe.places.collecting import Contribution, FieldForm, contributions
from courtepointe.places.collecting.gather import SILENT
from courtepointe.places.collecting.values import CONSENT, CONSENT_VERSION, FILLED_ON


def by_hand(form: FieldForm, said: Mapping[str, Any], *, key: str, day: date) -> Contribution:
    """Make a contribution of what was typed, agreed to in the words of the form as they are today.

    Parameters
    ----------
    form : FieldForm
    said : mapping of question's address -> value
        As `courtepointe.formats.submissions.Answer` holds values; a code that says why there is no
        answer is one. Empty values are nothing said.
    key : str
        Identifier of the filled page.
    day : date

    Raises
    ------
    BadInput
        ``contribution_says_nothing``.
    """
    whole = {CONSENT: "yes", CONSENT_VERSION: form.consent.version, FILLED_ON: day}
    repeat = f"{form.turns}/"
    inside = {path: value for path, value in said.items() if form.turns and path.startswith(repeat)}
    around = {path: value for path, value in said.items() if path not in inside}
    turn = Filled(_answers({path.removeprefix(repeat): value for path, value in inside.items()}))
    repeats = {form.turns: (turn,)} if form.turns else {}
    content = Filled(_answers({**whole, **around}), repeats)
    filled = Submission(key, content, form_id=form.form.id, form_version=form.form.version)
    found = contributions(batch_of([filled]), form).contributions
    if not found:
        raise BadInput("contribution_says_nothing")
    return found[0]


def _answers(said: Mapping[str, Any]) -> dict[str, Answer]:
    return {path: _answer(value) for path, value in said.items() if value not in (None, "", (), [])}


def _answer(value: Any) -> Answer:
    told = tuple(value) if isinstance(value, list) else value
    alone = told[0] if isinstance(told, tuple) and len(told) == 1 else told
    if isinstance(alone, str) and alone in SILENT:
        return Answer(AnswerStatus(alone))
    if isinstance(told, tuple):
        told = tuple(one for one in told if one not in SILENT)
    return Answer(AnswerStatus.GIVEN, told)
