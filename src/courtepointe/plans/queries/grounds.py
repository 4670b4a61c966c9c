"""What a priority or an action may come from, and does; which sources may show a result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.timezone import localdate

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.people.values import WorkspaceSeen
from courtepointe.plans.models import Action, Ground
from courtepointe.plans.values import GroundSeen
from courtepointe.portraits.evidence.models import Passage, Source
from courtepointe.portraits.evidence.queries import words_quoted
from courtepointe.portraits.readings.models import Reading
from courtepointe.portraits.readings.queries.readings import readings_of
from courtepointe.portraits.resilience.queries import dimension_names, portrait

KINDS: Mapping[str, tuple[type[Model], str]] = {
    "reading": (Reading, "portrait_id"),
    "passage": (Passage, "source__portrait_id"),
}
"""Of each kind of ground, its rows and the field of their portrait."""
SHORT = 120


def ground_row(workspace: int, portrait: int, kind: str, number: int) -> Any:
    """Give a reading or a passage of a portrait, or raise `NotFound` ``unknown_ground``."""
    model, field = KINDS[kind]
    rows = model._default_manager.filter(workspace_id=workspace, pk=number, **{field: portrait})
    row = rows.first()
    if row is None:
        raise NotFound("unknown_ground")
    return row


def source_row(action: Action, number: int) -> Source:
    """Give a source of the portrait of an action, or raise `NotFound` ``unknown_ground``."""
    rows = Source.objects.filter(workspace_id=action.workspace_id, portrait_id=action.portrait_id)
    row = rows.filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_ground")
    return row


def quotes(seen: WorkspaceSeen, about: int, *, now: datetime) -> Mapping[int, str]:
    """Give the words of the passages of a portrait that may be quoted today, by number."""
    return words_quoted(seen, about, on=localdate(now))


def groundable(
    seen: WorkspaceSeen, about: int, *, now: datetime, lang: str
) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """List what may be chosen: the readings that stand, the passages that may be quoted."""
    names = dimension_names(seen.id)
    readings = readings_of(portrait(seen, about)).values()
    return {
        "reading": tuple(
            (one.number, _shortened(names[one.dimension].in_(lang), one.text.in_(lang) if one.text else ""))
            for one in readings if one.dimension in names
        ),
        "passage": tuple(
            (number, _shortened("", words)) for number, words in sorted(quotes(seen, about, now=now).items())
        ),
    }  # fmt: skip


def _shortened(name: str, words: str) -> str:
    told = " ".join(words.split())
    cut = told if len(told) <= SHORT else f"{told[:SHORT].rsplit(' ', 1)[0]}…"
    return " · ".join(part for part in (name, cut) if part)


def sources_to_show(seen: WorkspaceSeen, about: int) -> tuple[tuple[int, str], ...]:
    """List the sources of a portrait that may show a result, the newest first."""
    rows = Source.objects.filter(workspace_id=seen.id, portrait_id=about, withdrawn=None)
    return tuple((row.pk, f"{row.title} · {row.day:%Y-%m-%d}") for row in rows.defer("text", "picture").order_by("-day", "-pk"))  # fmt: skip


def grounds_of(
    seen: WorkspaceSeen, of: str, number: int, *, now: datetime, lang: str
) -> tuple[GroundSeen, ...]:
    """List what a priority or an action comes from, in the order in which it was said."""
    held = _held(Ground.objects.filter(workspace_id=seen.id, **{f"{of}_id": number}))
    abouts = {one.passage.source.portrait_id for one in held if one.passage}
    words = {k: v for about in abouts for k, v in quotes(seen, about, now=now).items()}
    return tuple(_seen(held, words, lang))


def every_ground(
    seen: WorkspaceSeen, about: int, *, now: datetime, lang: str
) -> Mapping[tuple[str, int], Sequence[GroundSeen]]:
    """Give what each priority and action of a portrait comes from, as `grounds_of` lists it, by kind and number."""
    rows = Ground.objects.filter(workspace_id=seen.id)
    held = _held(rows.filter(Q(priority__portrait=about) | Q(action__portrait=about)))
    told: dict[tuple[str, int], list[GroundSeen]] = {}
    for row, ground in zip(held, _seen(held, quotes(seen, about, now=now), lang), strict=True):
        for of, number in (("priority", row.priority_id), ("action", row.action_id)):
            if number is not None:
                told.setdefault((of, number), []).append(ground)
    return told


def _held(rows: QuerySet[Ground]) -> list[Ground]:
    return list(rows.select_related("reading", "passage__source").order_by("pk"))


def _seen(held: Iterable[Ground], words: Mapping[int, str], lang: str) -> Iterable[GroundSeen]:
    for one in held:
        if one.reading is not None:
            text = Words.either(one.reading.text_fr, one.reading.text_en).in_(lang)
            yield GroundSeen(one.pk, one.kind, one.reading_id, one.reading.dimension, one.reading.state, text, one.reading.written)  # fmt: skip
        elif one.passage is not None:
            told = words.get(one.passage.pk, "")
            yield GroundSeen(one.pk, one.kind, one.passage_id, "", "", told, one.passage.source.day)
        else:
            yield GroundSeen(one.pk, one.kind, None, "", "", "", None)
