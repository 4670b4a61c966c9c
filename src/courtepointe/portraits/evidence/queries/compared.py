"""Second readings that are done, side by side; the codes that each further source brought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.agreement import Saturation, saturation
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.evidence.compare import Compared, Mark, Pair, compare
from courtepointe.portraits.evidence.models import Coding, Passage, Round, Source
from courtepointe.portraits.evidence.queries.codebook import code_names, codebook
from courtepointe.portraits.evidence.queries.coded import coding_value
from courtepointe.portraits.evidence.queries.sources import round_value
from courtepointe.portraits.evidence.values import CodingSeen, RoundSeen

ORDERS = 1_000


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """A passage that two people read.

    Attributes
    ----------
    text : str
        Empty where it was destroyed.
    first, second : tuple of CodingSeen
        What each noted before they compared.
    later : tuple of CodingSeen
        What somebody noted since, or a third coder.
    """

    passage: int
    source: int
    round: int
    text: str
    first: tuple[CodingSeen, ...]
    second: tuple[CodingSeen, ...]
    later: tuple[CodingSeen, ...]
    settled: bool

    @property
    def pair(self) -> Pair:
        """Give what both noted, as it is compared."""
        return Pair(_marks(self.first), _marks(self.second))

    @property
    def is_alike(self) -> bool:
        """Say whether both noted the same codes in the same directions."""
        told = [{(one.what, one.direction) for one in side} for side in (self.first, self.second)]
        return told[0] == told[1]


def _marks(codings: Sequence[CodingSeen]) -> frozenset[Mark]:
    return frozenset(Mark(one.what, one.direction, one.strength) for one in codings)


def rounds_of(seen: WorkspaceSeen, portrait: int) -> tuple[RoundSeen, ...]:
    """List the second readings of a portrait, the newest first."""
    rows = Round.objects.select_related("first", "second").filter(workspace_id=seen.id)
    found = rows.filter(source__portrait=portrait).order_by("-begun", "-pk")
    return tuple(round_value(row) for row in found)


def read_twice(seen: WorkspaceSeen, portrait: int) -> tuple[ReadTwice, ...]:
    """List the passages of second readings that are done, in the order of their texts."""
    done = [one for one in rounds_of(seen, portrait) if one.done is not None]
    numbers = [number for one in done for number in one.passages]
    passages = {row.pk: row for row in Passage.objects.filter(pk__in=numbers)}
    sources = Source.objects.filter(pk__in={row.source_id for row in passages.values()})
    words = dict(sources.values_list("pk", "text"))
    held: dict[int, list[Coding]] = defaultdict(list)
    for row in Coding.objects.filter(passage__in=numbers).select_related("passage").order_by("pk"):
        held[row.passage_id].append(row)
    found = [
        _read_twice(one, passages[number], held[number], words[passages[number].source_id])
        for one in done
        for number in one.passages
        if number in passages
    ]
    return tuple(sorted(found, key=lambda one: (one.source, passages[one.passage].start or 0)))


def _read_twice(one: RoundSeen, passage: Passage, held: Sequence[Coding], words: str) -> ReadTwice:
    sides: dict[str, list[CodingSeen]] = {"first": [], "second": [], "later": []}
    for row in held:
        before = one.done is not None and row.made <= one.done and row.coder_id is not None
        side = {one.first_id: "first", one.second_id: "second"}.get(row.coder_id, "later")
        sides[side if before else "later"].append(coding_value(row))
    start, end = passage.start or 0, passage.end or 0
    return ReadTwice(
        passage=passage.pk,
        source=passage.source_id,
        round=one.number,
        text=words[start:end],
        first=tuple(sides["first"]),
        second=tuple(sides["second"]),
        later=tuple(sides["later"]),
        settled=passage.pk in one.settled,
    )


def compared(
    seen: WorkspaceSeen, read: Sequence[ReadTwice], *, rng: np.random.Generator
) -> Compared:
    """Say how far the two readings of passages agree.

    A coder who left without a name is told apart no more: their passages are left out.
    """
    pairs = [one.pair for one in read if one.first]
    return compare(pairs, list(code_names(seen.id)), rng=rng)


@dataclass(frozen=True, slots=True)
class NewCodes:
    """The codes that each source brought first, in the order of collection.

    Attributes
    ----------
    titles : tuple of str
        Of the sources; empty where the text was destroyed.
    """

    numbers: tuple[int, ...]
    titles: tuple[str, ...]
    n_codes: int
    curve: Saturation


def new_codes(seen: WorkspaceSeen, portrait: int, *, rng: np.random.Generator) -> NewCodes:
    """Follow the codes that each further coded source brought: dimensions with their directions, own codes."""
    rows = Source.objects.filter(workspace_id=seen.id, portrait=portrait, passages__codings__isnull=False)  # fmt: skip
    rows = rows.exclude(consent="").distinct().order_by("day", "pk")
    titles: Mapping[int, str] = dict(rows.values_list("pk", "title"))
    codings = Coding.objects.filter(passage__source__in=list(titles), stands=True)
    used: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for source, dimension, code, direction in codings.values_list(
        "passage__source", "dimension", "code", "direction"
    ):
        used[source].add((code or dimension, direction))
    every = sorted(set().union(*used.values()))
    table = np.array([[one in used[number] for one in every] for number in titles], dtype=np.bool_)
    table = table.reshape(len(titles), len(every))
    curve = saturation(table, n_orders=ORDERS, rng=rng)
    return NewCodes(tuple(titles), tuple(titles.values()), len(codebook(seen)), curve)
