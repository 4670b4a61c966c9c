"""Adopted models beside the model, and the self-assessment without averages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.engagement.protect import LEAST, parts
from courtepointe.hubs.kinds import hub_models, questions, ranks_of_answers
from courtepointe.hubs.models import AdoptedItem, Adoption, Assessment
from courtepointe.hubs.values import AdoptionSeen, AssessmentSeen, ItemSeen, Row, Spread
from courtepointe.people.values import Person, WorkspaceSeen


def adoption(seen: WorkspaceSeen, number: int) -> AdoptionSeen:
    """Give a model as a hub adopted it, line by line beside the model; or raise `NotFound`."""
    rows = Adoption.objects.filter(workspace_id=seen.id, pk=number).select_related("hub")
    row = rows.first()
    if row is None:
        raise NotFound("unknown_adoption")
    model = hub_models().get(row.model_code)
    now_says = {} if model is None else {one.code: one.text for one in model.items}
    items = list(row.items.order_by("pk"))
    held = {one.code for one in items}
    return AdoptionSeen(
        number=row.pk,
        hub=row.hub_id,
        hub_name=row.hub.name,
        code=row.model_code,
        adopted=row.adopted,
        items=tuple(Row(one.pk, _item(one)) for one in items),
        missing=tuple(text for code, text in now_says.items() if code not in held),
    )


def _item(one: AdoptedItem) -> ItemSeen:
    model = Words(one.text_fr, one.text_en) if one.code else None
    own = Words(one.own_text, one.own_text)
    text = own if one.own_text or model is None else model
    return ItemSeen(one.code, model, text, one.own_text, one.dropped, one.done_on)


def assessments(seen: WorkspaceSeen, by: Person) -> tuple[AssessmentSeen, ...]:
    """List the rounds of a workspace, the last first."""
    rows = Assessment.objects.filter(workspace_id=seen.id).order_by("-opened", "-pk")
    return tuple(_assessment(row, by) for row in rows)


def assessment(seen: WorkspaceSeen, number: int, by: Person) -> AssessmentSeen:
    """Give a round of a workspace, or raise `NotFound`."""
    row = Assessment.objects.filter(workspace_id=seen.id, pk=number).first()
    if row is None:
        raise NotFound("unknown_assessment")
    return _assessment(row, by)


def _assessment(row: Assessment, by: Person) -> AssessmentSeen:
    sheets = list(row.sheets.values_list("answers", flat=True))
    enough = len(sheets) >= LEAST
    spreads = [spread(code, [s[code] for s in sheets if code in s]) for code in questions()]
    return AssessmentSeen(
        number=row.pk,
        name=row.name,
        opened=row.opened,
        closed=row.closed,
        sheets=len(sheets) if enough else None,
        mine=row.answered.filter(account_id=by.id).exists(),
        spreads=tuple(filter(None, spreads)) if enough else (),
    )


def spread(question: str, answers: Iterable[str]) -> Spread | None:
    """Say how answers spread: medians and the middle half, never an average.

    What is told has five people or more on each side of it: the median from five answers that rank
    on; two middle answers that differ, from ten on (half of them each); the middle half from twenty
    on (a quarter on each side). None where fewer than five rank. The first and the last of the
    middle half are the answers at a quarter and at three quarters of the sorted list.
    """
    ranks = ranks_of_answers()
    counts = Counter(answers)
    ranked = sorted((c for c in ranks if ranks[c] is not None), key=lambda c: ranks[c] or 0)
    ordered = [code for code in ranked for _ in range(counts[code])]
    n = len(ordered)
    if n < LEAST:
        return None
    low, high = ordered[(n - 1) // 2], ordered[n // 2]
    first, last = ordered[(n - 1) // 4], ordered[n - 1 - (n - 1) // 4]
    split = low != high and n < 2 * LEAST
    wide = n >= 4 * LEAST
    _, told = parts({code: counts[code] for code in ranks})
    return Spread(
        question=question,
        low_median="" if split else low,
        high_median="" if split else high,
        first=first if wide else "",
        last=last if wide else "",
        counts=told,
    )
