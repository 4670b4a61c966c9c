"""Which column is which field: remembered, named the same, named alike, or told by its content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import Grid
from courtepointe.people.bringing.evidence import sample_of, share_read
from courtepointe.people.bringing.folding import heading_keys, key_of
from courtepointe.people.bringing.remembered import Remembered
from courtepointe.people.bringing.shape import TELLING, Field, Kind, Shape

ALIKE = 88.0
"""From this ratio of rapidfuzz on (100 is the same, words in any order), a heading is alike."""
SHORTEST_ALIKE = 4
"""Shorter headings are compared letter for letter: *nom* and *non* are not alike."""
INSIDE_LEAST = 0.3
"""A heading that holds a field's name in a longer question: at least this share of its words."""
AGREES, DISAGREES = 0.8, 0.3
CONTENT_LEAST = 0.9
FEWEST_CELLS = 3
CONFIDENCE = {"remembered": 1.0, "by_hand": 1.0, "same": 0.99, "part": 0.92, "similar": 0.85, "inside": 0.7, "content": 0.6}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """What a column is taken for.

    Attributes
    ----------
    place : int
        Among the grid's columns, from 0.
    letters, heading : str
    field : str
        Code of the field; empty where it is none: it will not be read.
    confidence : float, 0 to 1
    reason : str
        ``remembered``, ``by_hand``, ``same``, ``part`` (of a heading on several lines or with
        brackets), ``similar``, ``inside``, ``content``; of a column that is no field: ``left_aside``
        (a person said so), ``taken`` (the field is another column's), ``unlike``.
    share : float or None
        Of its content that reads as the field.
    """

    place: int
    letters: str
    heading: str
    field: str = ""
    confidence: float = 0.0
    reason: str = "unlike"
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """Which column of a table is which field; no field is two columns.

    Attributes
    ----------
    shape : str
    columns : tuple of ColumnMatch
        All of the grid's, in order.
    day_first : bool or None
        How a person says that 03/04/2025 is read, where the columns do not tell.
    """

    shape: str
    columns: tuple[ColumnMatch, ...]
    day_first: bool | None = None

    def __post_init__(self) -> None:
        named = [one.field for one in self.columns if one.field]
        if len(set(named)) < len(named):
            raise ValueError("a field is at most one column")

    def of(self, field: str) -> ColumnMatch | None:
        """Give the column of a field."""
        return next((one for one in self.columns if one.field == field), None)

    def changed(self, letters: str, field: str) -> Matching:
        """Say by hand which field a column is; empty to leave it aside. Its former column lets go.

        Raises
        ------
        BadInput
            ``column_not_there``.
        """
        if letters not in {one.letters for one in self.columns}:
            raise BadInput("column_not_there", value=letters, expected=", ".join(one.letters for one in self.columns))  # fmt: skip
        reason = "by_hand" if field else "left_aside"
        columns = []
        for one in self.columns:
            if one.letters == letters:
                one = replace(one, field=field, confidence=float(bool(field)), reason=reason, share=None)  # fmt: skip
            elif field and one.field == field:
                one = replace(one, field="", confidence=0.0, reason="taken", share=None)
            columns.append(one)
        return replace(self, columns=tuple(columns))

    def with_days(self, *, first: bool | None) -> Matching:
        """Say how 03/04/2025 is read, where the columns do not tell."""
        return replace(self, day_first=first)

    def remembered(self) -> Remembered:
        """Give what is worth remembering: each heading's field, and what was left aside by hand."""
        keys = heading_keys(one.heading for one in self.columns)
        told = {
            key: one.field
            for key, one in zip(keys, self.columns, strict=True)
            if key and (one.field or one.reason == "left_aside")
        }
        return Remembered(self.shape, told, self.day_first)

    def lacking(self, shape: Shape) -> tuple[Field, ...]:
        """Give the required fields that no column is."""
        named = {one.field for one in self.columns}
        return tuple(one for one in shape.fields if one.required and one.code not in named)


@dataclass(frozen=True, slots=True)
class _Bid:
    """A column that may be a field, with what speaks for it."""

    confidence: float
    place: int
    field: str
    reason: str
    share: float | None


def propose_mapping(grid: Grid, shape: Shape, remembered: Remembered | None = None) -> Matching:
    """Propose which column is which field.

    Parameters
    ----------
    grid : Grid
    shape : Shape
    remembered : Remembered, optional
        What was said of these headings before; headings that it does not know are proposed anew.

    Raises
    ------
    BadInput
        ``remembered_other_shape``.

    Notes
    -----
    The surest bids go first, ties to the left; a field is given once. Names are compared folded
    (case, accents, marks): with the field's own, with its synonyms; then by rapidfuzz's
    ``token_sort_ratio`` from 88 on; then as words inside a longer heading. Content that reads
    otherwise takes away what is only alike; a column without a name is told by its content only where
    no other column and no other field could be meant.
    """
    if remembered is not None and remembered.shape != shape.code:
        raise BadInput("remembered_other_shape", value=remembered.shape, expected=shape.code)
    known = remembered.headings if remembered else {}
    keys = heading_keys(grid.headings)
    samples = [sample_of(row[place] for row in grid.rows) for place in range(len(grid.columns))]
    given: dict[int, _Bid] = {}
    aside = {place for place, key in enumerate(keys) if known.get(key) == ""}
    bids = [
        bid
        for place in range(len(keys))
        if place not in aside
        for bid in _bids(grid, shape, place, known.get(keys[place], ""), samples[place])
    ]
    _give(bids, given)
    free = [place for place in range(len(keys)) if place not in given and place not in aside]
    _give(_by_content(grid, shape, free, samples, {bid.field for bid in given.values()}), given)
    taken = {bid.place for bid in bids if bid.place not in given}
    columns = tuple(
        _match(grid, place, given.get(place), aside=place in aside, taken=place in taken)
        for place in range(len(keys))
    )
    return Matching(shape.code, columns, remembered.day_first if remembered else None)


def _give(bids: Iterable[_Bid], given: dict[int, _Bid]) -> None:
    """Give fields to columns, the surest bid first."""
    fields = {bid.field for bid in given.values()}
    for bid in sorted(bids, key=lambda one: (-one.confidence, one.place, one.field)):
        if bid.place not in given and bid.field not in fields:
            given[bid.place] = bid
            fields.add(bid.field)


def _match(grid: Grid, place: int, bid: _Bid | None, *, aside: bool, taken: bool) -> ColumnMatch:
    column = grid.columns[place]
    if bid is None:
        reason = "left_aside" if aside else "taken" if taken else "unlike"
        return ColumnMatch(place, column.letters, column.heading, reason=reason)
    return ColumnMatch(
        place, column.letters, column.heading, bid.field, round(bid.confidence, 3), bid.reason,
        bid.share,
    )  # fmt: skip


def _bids(
    grid: Grid, shape: Shape, place: int, remembered: str, sample: Sequence[object]
) -> Iterator[_Bid]:
    """Make the bids of one column, by its heading."""
    if remembered in shape.by_code:
        yield _Bid(CONFIDENCE["remembered"], place, remembered, "remembered", None)
        return
    texts = _texts(grid.columns[place].parts)
    for field in shape.fields if texts else ():
        reason, nearness = _named(texts, field)
        if not reason:
            continue
        share = share_read(field, sample, grid) if field.kind != Kind.TEXT else None  # type: ignore[arg-type]
        if _contradicts(share, sample) and reason in ("similar", "inside"):
            continue
        confidence = CONFIDENCE[reason] * nearness * (0.8 if _contradicts(share, sample) else 1.0)
        yield _Bid(confidence, place, field.code, reason, share)


def _contradicts(share: float | None, sample: Sequence[object]) -> bool:
    return share is not None and share < DISAGREES and len(sample) >= FEWEST_CELLS


def _texts(parts: Sequence[str]) -> tuple[str, ...]:
    """Give what a heading says: whole, then the parts of one on several lines, without brackets."""
    whole = " ".join(parts)
    texts = [whole, *reversed(parts), whole.split("(")[0], *(p.split("(")[0] for p in parts[-1:])]
    return tuple(dict.fromkeys(filter(None, map(key_of, texts))))


def _named(texts: Sequence[str], field: Field) -> tuple[str, float]:
    """Tell how a heading names a field, and how nearly, from 0 to 1; no reason where it does not."""
    names = names_of(field)
    if texts[0] in names:
        return "same", 1.0
    for rank, text in enumerate(texts[1:], start=1):
        if text in names:
            return "part", 1.0 - 0.01 * rank
    best = max(_alike(text, name) for text in texts for name in names)
    if best >= ALIKE:
        return "similar", best / 100
    share = max(_inside(texts[0], name) for name in names)
    return ("inside", 0.8 + 0.2 * share) if share >= INSIDE_LEAST else ("", 0.0)


def names_of(field: Field) -> frozenset[str]:
    """Give all that a field is called, folded."""
    told = (field.fr, field.en, field.code.replace("_", " "), *field.synonyms)
    return frozenset(filter(None, map(key_of, told)))


def _alike(text: str, name: str) -> float:
    if min(len(text), len(name)) < SHORTEST_ALIKE:
        return 0.0
    return float(fuzz.token_sort_ratio(text, name, score_cutoff=ALIKE))


def _inside(text: str, name: str) -> float:
    """Give the share of a heading's letters that a name of some length is, where it stands in it whole."""
    if len(name) < SHORTEST_ALIKE or f" {name} " not in f" {text} ":
        return 0.0
    return len(name) / len(text)


def _by_content(
    grid: Grid,
    shape: Shape,
    free: Sequence[int],
    samples: Sequence[Sequence[object]],
    taken: set[str],
) -> Iterator[_Bid]:
    """Make the bids of columns that no name tells: each the only one for the only field."""
    fields = [one for one in shape.fields if one.kind in TELLING and one.code not in taken]
    shares: Mapping[tuple[int, str], float] = {
        (place, field.code): share
        for place in free
        for field in fields
        if len(samples[place]) >= FEWEST_CELLS
        and (share := share_read(field, samples[place], grid) or 0.0) >= CONTENT_LEAST  # type: ignore[arg-type]
    }
    for (place, code), share in shares.items():
        alone = sum(place in pair or code in pair for pair in shares) == 1
        if alone:
            yield _Bid(CONFIDENCE["content"] * share, place, code, "content", share)
