"""Models are adopted and adapted; the self-assessment is opened, answered, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.texts import NAME, line
from courtepointe.hubs.access import hub_to_fill, to_change
from courtepointe.hubs.kinds import hub_models, known, questions
from courtepointe.hubs.models import AdoptedItem, Adoption, Answered, AnswerSheet, Assessment
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, create_many
from courtepointe.people.values import Person

LONGEST = 400


@transaction.atomic
def adopt(slug: str, hub: int, code: str, *, by: Person, now: datetime) -> int:
    """Have a hub adopt a model: its checklist is copied, to be adapted. Give the adoption's number."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    model = hub_models().get(code)
    if model is None:
        raise NotFound("unknown_hub_model")
    if row.adoptions.filter(model_code=code).exists():
        raise Refused("hub_model_twice")
    today = localdate(now)
    made = Adoption(workspace_id=row.workspace_id, hub=row, model_code=code, adopted=today)
    create(made, by=by, now=now)
    items = [
        AdoptedItem(workspace_id=row.workspace_id, adoption=made, code=one.code, text_fr=one.text.fr, text_en=one.text.en)
        for one in model.items
    ]  # fmt: skip
    create_many(items, by=by, now=now)
    return made.pk


def _item(slug: str, number: int, *, by: Person, now: datetime) -> AdoptedItem:
    item = to_change(AdoptedItem, slug, number, by=by, now=now)
    hub_to_fill(slug, item.adoption.hub_id, by=by, now=now)
    return item


@transaction.atomic
def adapt_item(slug: str, number: int, text: str, *, by: Person, now: datetime) -> None:
    """Say a line otherwise; empty: as the model says it."""
    item = _item(slug, number, by=by, now=now)
    change(item, {"own_text": line(text, longest=LONGEST, needed=not item.code)}, by=by, now=now)


@transaction.atomic
def drop_item(slug: str, number: int, why: str, *, by: Person, now: datetime) -> None:
    """Leave a line out, and say why; empty: take it in again."""
    item = _item(slug, number, by=by, now=now)
    change(item, {"dropped": line(why, longest=LONGEST), "done_on": None}, by=by, now=now)


@transaction.atomic
def tick_item(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Say that a line is done today, or that it is not."""
    item = _item(slug, number, by=by, now=now)
    if item.dropped:
        raise Refused("hub_item_dropped")
    done = None if item.done_on else localdate(now)
    change(item, {"done_on": done}, by=by, now=now)


@transaction.atomic
def add_item(slug: str, adoption: int, text: str, *, by: Person, now: datetime) -> int:
    """Add a line of one's own."""
    row = to_change(Adoption, slug, adoption, by=by, now=now)
    hub_to_fill(slug, row.hub_id, by=by, now=now)
    told = line(text, longest=LONGEST, needed=True)
    made = AdoptedItem(workspace_id=row.workspace_id, adoption=row, own_text=told)
    return create(made, by=by, now=now).pk


@transaction.atomic
def open_assessment(slug: str, name: str, *, by: Person, now: datetime) -> int:
    """Open a round of the self-assessment."""
    workspace = workspace_to("write", slug, by=by, now=now)
    told = line(name, longest=NAME, needed=True)
    made = Assessment(workspace_id=workspace.id, name=told, opened=localdate(now))
    return create(made, by=by, now=now).pk


@transaction.atomic
def close_assessment(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Close a round: no one answers it any more."""
    row = _open(slug, number, by=by, now=now, right="write")
    change(row, {"closed": localdate(now)}, by=by, now=now)


@transaction.atomic
def answer_assessment(
    slug: str, number: int, answers: Mapping[str, str], *, by: Person, now: datetime
) -> None:
    """Answer a round once. Who answered is kept apart from what is answered.

    Raises
    ------
    Refused
        ``assessment_closed``, ``assessment_answered``.
    BadInput
        ``hub_unknown_kind`` for a question or an answer; ``assessment_empty``.
    """
    row = _open(slug, number, by=by, now=now, right="contribute")
    if row.answered.filter(account_id=by.id).exists():
        raise Refused("assessment_answered")
    told = _answers(answers)
    create(
        Answered(workspace_id=row.workspace_id, assessment=row, account_id=by.id), by=by, now=now
    )
    _keep(row, told, now=now)


@transaction.atomic
def key_in_sheet(
    slug: str, number: int, answers: Mapping[str, str], *, by: Person, now: datetime
) -> None:
    """Key in a sheet that somebody filled in on paper, without a name; raise as `answer_assessment`."""
    row = _open(slug, number, by=by, now=now, right="write")
    _keep(row, _answers(answers), now=now)


def _open(slug: str, number: int, *, by: Person, now: datetime, right: str) -> Assessment:
    row = to_change(Assessment, slug, number, by=by, now=now, right=right)
    if row.closed is not None:
        raise Refused("assessment_closed", date=row.closed)
    return row


def _answers(answers: Mapping[str, str]) -> dict[str, str]:
    told = {code: known("answers", answer) for code, answer in answers.items() if answer}
    if not told:
        raise BadInput("assessment_empty")
    for code in told:
        if code not in questions():
            raise BadInput("hub_unknown_kind", value=code, expected=", ".join(questions()))
    return told


def _keep(row: Assessment, answers: Mapping[str, str], *, now: datetime) -> None:
    # Neither who nor the minute: the line of who answered must not tell which sheet is theirs.
    day = datetime.combine(localdate(now), time(0), tzinfo=get_current_timezone())
    made = AnswerSheet(workspace_id=row.workspace_id, assessment=row, answers=dict(answers))
    create(made, by=None, now=day)
