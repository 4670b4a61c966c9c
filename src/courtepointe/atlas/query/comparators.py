"""What a portrait is read against: the city, the area that contains it, peers, its past, targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import shapely

from courtepointe.atlas.figures import Figure, Method, Status
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.answers import Asking, answers
from courtepointe.atlas.query.areas import found_key, parse_key
from courtepointe.atlas.query.fit import Members, members_of
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.peers import group_for, peers_of
from courtepointe.atlas.query.recalled import with_recalls
from courtepointe.atlas.query.series import series_of
from courtepointe.atlas.query.subjects import official_subject, type_asking
from courtepointe.atlas.query.values import AreaKey, Compared, Portrait
from courtepointe.atlas.recipe.values import Comparator, PeerGroup, Words
from courtepointe.atlas.recipe.values.comparison import CITY, PARENT, PAST, PEERS, TARGET
from courtepointe.core.errors import CourtepointeError, NoAnswer, NotFound
from courtepointe.core.fit import Chosen

AREA = "area"
WORDS_OF_REFS = (CITY, PARENT, PEERS, PAST, TARGET)


def offered(
    kept: Kept, portrait: Portrait, comparators: Iterable[Comparator]
) -> Iterator[tuple[str, Words]]:
    """Give the words by which a reader asks for each comparator that this area may have."""
    own = portrait.area.key
    groups = {one.code: one.area_type for one in kept.pack.recipe.peer_groups}
    for one in comparators:
        if one.area is not None:
            if one.area != str(own):
                yield one.area, one.name
        elif one.kind == PARENT:
            if portrait.area.parents:
                yield str(portrait.area.parents[0]), one.name
        elif one.kind != PEERS or own is None or groups[one.group or ""] == own.type_and_vintage:
            yield f"{one.kind}:{one.group}" if one.group else one.kind, one.name


def shown_beside(kept: Kept, portrait: Portrait) -> tuple[Compared, ...]:
    """Give what a portrait is read against where the reader asks for nothing else.

    What does not exist for this area is left out: a city has no parent.
    """
    shown = [one for one in kept.pack.recipe.comparators if one.shown]
    found = []
    for ref, _ in offered(kept, portrait, shown):
        try:
            found.append(compared_with(kept, portrait, ref))
        except NoAnswer:
            continue
    return _each_once(found)


def asked_for(kept: Kept, portrait: Portrait, refs: Sequence[str]) -> tuple[Compared, ...]:
    """Give what a reader asks to read a portrait against, each once, in the order asked.

    Raises
    ------
    NotFound
        ``unknown_comparator``, ``unknown_peer_group``, ``unknown_area``...
    NoAnswer
        ``no_parent``, ``no_peer_group``, ``no_past``, ``no_target``, ``same_area``.
    """
    return _each_once(compared_with(kept, portrait, ref) for ref in refs)


def _each_once(found: Iterable[Compared]) -> tuple[Compared, ...]:
    return tuple({one.ref: one for one in found}.values())


def compared_with(kept: Kept, portrait: Portrait, ref: str) -> Compared:
    """Give one comparator: ``city``, ``parent``, ``peers``, ``peers:GROUP``, ``past``, ``target``,
    or ``TYPE:VINTAGE:CODE``.

    Raises
    ------
    NotFound, NoAnswer
        As in `asked_for`.
    """
    kind, _, code = ref.partition(":")
    if ref == CITY:
        cities = kept.pack.recipe.cities
        if not cities:
            raise NoAnswer("no_comparator", area_type=str(portrait.area.key or ""))
        return _area(kept, portrait, cities[0])
    if ref == PARENT:
        if not portrait.area.parents:
            raise NoAnswer("no_parent", value=_named(portrait))
        return _area(kept, portrait, str(portrait.area.parents[0]))
    if kind == PEERS:
        return _peers(kept, portrait, group_for(kept, portrait, code or None))
    if ref == PAST:
        return _past(kept, portrait)
    if ref == TARGET:
        return _targets(kept)
    if not code:
        raise NotFound("unknown_comparator", value=ref, expected=", ".join(WORDS_OF_REFS))
    return _area(kept, portrait, ref)


def _named(portrait: Portrait) -> str:
    """Name an area in a refusal: by its code, or as the person who drew it did."""
    return str(portrait.area.key or portrait.area.name.fr)


def _area(kept: Kept, portrait: Portrait, text: str) -> Compared:
    key = found_key(kept.pack, parse_key(kept.pack, text))
    if key == portrait.area.key:
        raise NoAnswer("same_area", value=str(key))
    declared = {one.area: one.name for one in kept.pack.recipe.comparators if one.area}
    keep = kept.once if str(key) in declared else kept.lately
    name, figures = keep(("compared", key), lambda: _figures(kept, key))
    contains = key in portrait.area.parents
    kind = CITY if str(key) in declared else PARENT if contains else AREA
    return Compared(declared.get(str(key), name), key, figures, kind=kind, contains=contains)


def warm_cities(kept: Kept) -> None:
    """Compute now the figures of the fixed areas that all are read against."""
    for city in kept.pack.recipe.cities:
        key = found_key(kept.pack, parse_key(kept.pack, city))
        kept.once(("compared", key), partial(_figures, kept, key))


def _figures(kept: Kept, key: AreaKey) -> tuple[Words, tuple[Figure, ...]]:
    """Give an area's figures: the publisher's own where it has a row."""
    subject = official_subject(kept, key, method=FitMethod.BEST_FIT)
    return subject.identity.name, answers(kept, subject.asking, kept.pack.recipe.indicators)[0]


def _peers(kept: Kept, portrait: Portrait, group: PeerGroup) -> Compared:
    """Add up the peers: sums over the union of their units, never a mean of their figures."""
    found = peers_of(kept, portrait, group)
    keys = tuple(peer.key for peer in found.peers)

    def make() -> tuple[Figure, ...]:
        return answers(kept, _together(kept, group, keys), kept.pack.recipe.indicators)[0]

    figures = kept.lately(("together", group.area_type, tuple(sorted(map(str, keys)))), make)
    return Compared(group.name, None, figures, kind=PEERS, code=group.code, peers=keys)


def _together(kept: Kept, group: PeerGroup, keys: Sequence[AreaKey]) -> Asking:
    table = kept.pack.area_tables[group.area_type]
    rows = [table.codes.index(key.code) for key in keys]
    every = type_asking(kept, group.area_type, method=FitMethod.BEST_FIT)
    shapes = np.array([shapely.union_all(table.shapes[rows])], dtype=object)

    def members_on(unit_type: str) -> list[Members | None]:
        held = every.members_on(unit_type)
        some = [one for row in rows if (one := held[row]) is not None and one.units.size]
        if not some:
            return [None]
        units = np.concatenate([one.units for one in some])
        shares = np.concatenate([one.shares for one in some])
        order = np.argsort(units, kind="stable")
        none = np.zeros(0, dtype=np.int64)
        chosen = Chosen(units[order], shares[order], shares[order], none)
        split = any(one.split for one in some)
        method = FitMethod.AS_DRAWN if split else FitMethod.BEST_FIT
        return [members_of(kept.units(unit_type), chosen, covered=1.0, method=method)]

    return Asking(shapes=shapes, unit_types=every.unit_types, members_on=members_on)


def _past(kept: Kept, portrait: Portrait) -> Compared:
    """Give the former period of every figure that has one, with what may be said of the change."""
    figures, changes = [], []
    for code, series in series_of(kept, portrait).items():
        stated = [point for point in series.points if point.figure.status.has_value]
        if len(stated) < 2:
            continue
        figures.append(stated[-2].figure)
        last = series.last_change
        if last is not None and last.before == stated[-2].period:
            changes.append((code, last))
    if not figures:
        raise NoAnswer("no_past", value=_named(portrait))
    declared = [one.name for one in kept.pack.recipe.comparators if one.kind == PAST]
    name = declared[0] if declared else Words("le même territoire, avant", "the same area, before")
    told = with_recalls(kept.pack.recipe, tuple(figures))
    return Compared(name, None, told, kind=PAST, changes=tuple(changes))


def _targets(kept: Kept) -> Compared:
    """Give the numbers that somebody decided to aim for."""
    recipe = kept.pack.recipe
    units = {one.code: one.unit for one in recipe.indicators}
    figures = tuple(
        Figure(one.indicator, one.value, units[one.indicator], Status.PUBLISHED, Method.TARGET)
        for one in recipe.targets
    )
    if not figures:
        raise NoAnswer("no_target", value=recipe.code)
    declared = [one.name for one in recipe.comparators if one.kind == TARGET]
    name = declared[0] if declared else Words("la cible", "the target")
    return Compared(name, None, figures, kind=TARGET)


def with_comparators(kept: Kept, portrait: Portrait, refs: Sequence[str] | None = None) -> Portrait:
    """Give a portrait beside what it is read against; None: what the recipe shows."""
    held = shown_beside(kept, portrait) if refs is None else asked_for(kept, portrait, refs)
    return replace(portrait, compared=held)


def without_refused(
    kept: Kept, portrait: Portrait, refs: Sequence[str]
) -> tuple[Portrait, tuple[CourtepointeError, ...]]:
    """Give a portrait beside all that it can be read against, and why the rest cannot be."""
    found, faults = [], []
    for ref in refs:
        try:
            found.append(compared_with(kept, portrait, ref))
        except CourtepointeError as error:
            faults.append(error)
    return replace(portrait, compared=_each_once(found)), tuple(faults)
