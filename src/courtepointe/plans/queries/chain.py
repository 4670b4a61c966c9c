"""The chain of a portrait, gathered from where each row knows what it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from django.utils.timezone import localdate

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.people.values import WorkspaceSeen
from courtepointe.plans.chain import Chain, Key, Node, chain_of
from courtepointe.plans.models import Action, ActionLink, Ground, Priority, Result
from courtepointe.plans.queries.grounds import quotes
from courtepointe.plans.queries.linked import WITH, link_seen
from courtepointe.portraits.evidence.models import Coding, Passage, Source
from courtepointe.portraits.readings.models import Reading

Found = Iterator[Node | tuple[Key, Key]]
STARTS = {
    "source": (Source, "portrait_id"),
    "passage": (Passage, "source__portrait_id"),
    "reading": (Reading, "portrait_id"),
    "priority": (Priority, "portrait_id"),
    "action": (Action, "portrait_id"),
    "result": (Result, "action__portrait_id"),
}
"""From what the chain may be walked, and the field of its portrait."""


def chain_from(seen: WorkspaceSeen, kind: str, number: int, *, now: datetime, lang: str) -> Chain:
    """Give all that a thing comes from and all that came of it, as a graph, in a language where it was written in it.

    Words of a passage are given only where they may be quoted today.

    Raises
    ------
    NotFound
        ``unknown_thread``: another kind of thing, or another workspace's.
    """
    if kind not in STARTS:
        raise NotFound("unknown_thread")
    model, field = STARTS[kind]
    rows = model._default_manager.filter(workspace_id=seen.id, pk=number)
    about = rows.values_list(field, flat=True).first()
    if about is None:
        raise NotFound("unknown_thread")
    nodes, edges = {}, set()
    for one in _all(seen, about, now, lang):
        if isinstance(one, Node):
            nodes[one.key] = one
        else:
            edges.add(one)
    return chain_of(Key(kind, number), nodes, edges, portrait=about)


def _all(seen: WorkspaceSeen, about: int, now: datetime, lang: str) -> Found:
    yield from _evidence(seen, about, now)
    yield from _readings(about, lang)
    yield from _priorities(about)
    yield from _actions(about)
    yield from _grounds(about)
    yield from _links(about)
    yield from _results(about)


def _evidence(seen: WorkspaceSeen, about: int, now: datetime) -> Found:
    words = quotes(seen, about, now=now)
    for row in Source.objects.filter(portrait_id=about).defer("text", "picture"):
        yield Node(Key("source", row.pk), row.place, state=row.kind, day=row.day)
    for one in Passage.objects.filter(source__portrait_id=about).select_related("source").defer("source__text", "source__picture"):  # fmt: skip
        key = Key("passage", one.pk)
        yield Node(key, words.get(one.pk, ""), state=one.source.kind, day=one.source.day)
        yield Key("source", one.source_id), key


def _readings(about: int, lang: str) -> Found:
    """Give the readings that stand, those that something comes from, and the passages that each could hear."""
    used = set(Ground.objects.filter(reading__portrait_id=about).values_list("reading_id", flat=True))  # fmt: skip
    heard: dict[str, list[tuple[int, date]]] = defaultdict(list)
    told = Coding.objects.filter(passage__source__portrait_id=about, stands=True)
    for dimension, passage, made in told.exclude(dimension="").values_list("dimension", "passage_id", "made"):  # fmt: skip
        heard[dimension].append((passage, localdate(made)))
    for row in Reading.objects.filter(portrait_id=about):
        if row.superseded is not None and row.pk not in used:
            continue
        key = Key("reading", row.pk)
        words = Words.either(row.text_fr, row.text_en).in_(lang)
        yield Node(key, words, row.dimension, row.state, row.written)
        yield from ((Key("passage", n), key) for n, made in heard[row.dimension] if made <= row.written)  # fmt: skip


def _priorities(about: int) -> Found:
    for row in Priority.objects.filter(portrait_id=about):
        yield Node(Key("priority", row.pk), row.statement, row.dimension, day=row.made, leads=row.pk)  # fmt: skip


def _actions(about: int) -> Found:
    for row in Action.objects.filter(portrait_id=about):
        key = Key("action", row.pk)
        yield Node(key, row.statement, row.dimension, row.state, row.done or row.due, row.pk)
        if row.priority_id is not None:
            yield Key("priority", row.priority_id), key


def _grounds(about: int) -> Found:
    held = Ground.objects.filter(priority__portrait_id=about)
    for row in held | Ground.objects.filter(action__portrait_id=about):
        of = Key("priority", row.priority_id) if row.priority_id else Key("action", row.action_id or 0)  # fmt: skip
        source = row.reading_id or row.passage_id
        if source is not None:
            yield Key(row.kind, source), of


def _links(about: int) -> Found:
    for row in ActionLink.objects.filter(action__portrait_id=about).select_related(*WITH):
        one = link_seen(row)
        held = getattr(row, f"{row.kind}_id")
        # A thing that is gone has no number any more: its link stands for it.
        key = Key(row.kind, held if held is not None else -row.pk)
        yield Node(key, one.name, state="ended" if one.ended else "", leads=one.leads)
        yield Key("action", row.action_id), key


def _results(about: int) -> Found:
    gone = set(Result.objects.filter(action__portrait_id=about).values_list("replaces_id", flat=True))  # fmt: skip
    for row in Result.objects.filter(action__portrait_id=about):
        if row.pk in gone:
            continue
        key = Key("result", row.pk)
        yield Node(key, row.text, state=row.direction, day=row.seen_on, leads=row.action_id)
        yield Key("action", row.action_id), key
        if row.source_id is not None:
            yield key, Key("source", row.source_id)
