"""Peers: the areas of a type that are most alike by the variables that a recipe declares."""

from __future__ import annotations

import hashlib
import json

import numpy as np

from courtepointe.atlas.comparable import COMPARABLE, estimate
from courtepointe.atlas.figures import Figure
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.answers import answers
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.peer_values import Likeness, Peer, Peers, PeerTable
from courtepointe.atlas.query.subjects import type_asking
from courtepointe.atlas.query.values import AreaKey, Portrait
from courtepointe.atlas.recipe.values import Indicator, PeerGroup, Words
from courtepointe.core.errors import NoAnswer, NotFound
from courtepointe.core.peers import Nearest, Scale, nearest, scale_of
from courtepointe.core.rounding import Z95
from courtepointe.core.typing import Bools, Floats, Ints


def group_for(kept: Kept, portrait: Portrait, code: str | None = None) -> PeerGroup:
    """Give a peer group by its code, or the first that an area may have peers of.

    Parameters
    ----------
    kept : Kept
    portrait : Portrait
        Official areas have peers among their own type; drawn ones among any.
    code : str or None

    Raises
    ------
    NotFound
        ``unknown_peer_group``.
    NoAnswer
        ``no_peer_group`` where none is of the area's type.
    """
    groups = kept.pack.recipe.peer_groups
    if code is not None and code not in [group.code for group in groups]:
        known = ", ".join(group.code for group in groups) or "—"
        raise NotFound("unknown_peer_group", value=code, expected=known)
    key = portrait.area.key
    for group in groups:
        fits = key is None or group.area_type == key.type_and_vintage
        if fits and code in (None, group.code):
            return group
    raise NoAnswer("no_peer_group", area_type="" if key is None else key.type_and_vintage)


def peer_table(kept: Kept, type_and_vintage: str) -> PeerTable:
    """Give the comparable figures of all areas of a type, computed once for a pack."""
    return kept.once(("peer table", type_and_vintage), lambda: _table(kept, type_and_vintage))


def comparable_indicators(kept: Kept) -> tuple[Indicator, ...]:
    """Give the indicators that may be set side by side, in the recipe's order."""
    return tuple(one for one in kept.pack.recipe.indicators if one.measure in COMPARABLE)


def _table(kept: Kept, type_and_vintage: str) -> PeerTable:
    areas = kept.pack.area_tables[type_and_vintage]
    indicators = comparable_indicators(kept)
    asking = type_asking(kept, type_and_vintage, method=FitMethod.BEST_FIT)
    found = answers(kept, asking, indicators)
    measured = [measures(figures) for figures in found]
    units = kept.units(asking.unit_types[0])
    members = asking.members_on(asking.unit_types[0])
    people = [
        float((units.weighing(members[area].units) * members[area].shares).sum())  # type: ignore[union-attr]
        for area in range(len(areas))
    ]
    names = zip(areas.names_fr, areas.names_en, strict=True)
    return PeerTable(
        type_and_vintage=type_and_vintage,
        codes=areas.codes,
        names=tuple(Words(fr, en) for fr, en in names),
        indicators={one.code: place for place, one in enumerate(indicators)},
        values=np.array([one[0] for one in measured]),
        errors=np.array([one[1] for one in measured]),
        has_value=np.array([one[2] for one in measured]),
        has_error=np.array([one[3] for one in measured]),
        people=np.array(people),
    )


def measures(figures: tuple[Figure, ...]) -> tuple[Floats, Floats, Bools, Bools]:
    """Give figures as (n_figures,) values and standard errors, and whether each is known.

    Notes
    -----
    The standard error is read from the width of the 95 % interval; a full count has none.
    """
    values, errors = np.zeros(len(figures)), np.zeros(len(figures))
    has_value, has_error = np.zeros((2, len(figures)), dtype=np.bool_)
    for place, figure in enumerate(figures):
        if figure.value is None:
            continue
        told = estimate(figure)
        values[place], has_value[place], has_error[place] = told.value, True, told.error_known
        if told.low is not None and told.high is not None:
            errors[place] = (told.high - told.low) / (2.0 * Z95)
    return values, errors, has_value, has_error


def peers_of(kept: Kept, portrait: Portrait, group: PeerGroup) -> Peers:
    """Find the peers of an area.

    Parameters
    ----------
    kept : Kept
    portrait : Portrait
    group : PeerGroup

    Returns
    -------
    Peers

    Raises
    ------
    NoAnswer
        ``no_peer_variable`` where the area has none of the variables, or no area has them all.

    Notes
    -----
    Areas that lack a variable are left out and named; nothing stands in for a missing value. A
    variable that this area lacks is set aside for it. See ``docs/methods/peers.md``.
    """
    key = portrait.area.key
    if key is None:
        return _peers(kept, portrait, group)
    name = ("peers", group.code, key, portrait.fit.method, portrait.fit.unit_type)
    return kept.lately(name, lambda: _peers(kept, portrait, group))


def _peers(kept: Kept, portrait: Portrait, group: PeerGroup) -> Peers:
    table = peer_table(kept, group.area_type)
    columns = [table.indicators[code] for code in group.variables]
    values, known = table.values[:, columns], table.has_value[:, columns]
    scale = scale_of(values, known, method=group.standardisation)
    own, mine = _own(portrait, group)
    used = np.flatnonzero(mine & scale.usable)
    aside = _set_aside(group, mine, scale)
    itself, shared = _not_peers(kept, portrait, table)
    whole = known[:, used].all(axis=1)
    eligible = whole & ~itself & ~shared
    if used.size == 0 or not eligible.any():
        raise NoAnswer("no_peer_variable", group=group.code, expected=", ".join(group.variables))
    weights = np.array([group.weights.get(code, 1.0) for code in group.variables])[used]
    found = nearest(
        scale.scores(values)[:, used],
        scale.scores(own)[used],
        weights=weights,
        eligible=eligible,
        codes=table.codes,
        n_peers=group.n_peers,
    )
    return Peers(
        group=group,
        variables=_likeness(group, scale, own, used, weights),
        set_aside=aside,
        peers=_named(table, found, values[:, used]),
        left_out=_left_out(table, group, known, used, itself | shared),
        overlapping=tuple(_key(table, place) for place in np.flatnonzero(shared).tolist()),
        inputs_hash=_hash(kept, portrait, group, own[used], used),
    )


def _own(portrait: Portrait, group: PeerGroup) -> tuple[Floats, Bools]:
    held = {figure.indicator: figure for figure in portrait.figures}
    values, _, known, _ = measures(tuple(held[code] for code in group.variables))
    return values, known


def _set_aside(group: PeerGroup, mine: Bools, scale: Scale) -> tuple[tuple[str, str], ...]:
    told = zip(group.variables, mine.tolist(), scale.usable.tolist(), strict=True)
    return tuple(
        (code, "no_spread" if not usable else "no_value")
        for code, known, usable in told
        if not (known and usable)
    )


def _not_peers(kept: Kept, portrait: Portrait, table: PeerTable) -> tuple[Bools, Bools]:
    """Say which areas are the one asked about, and which share units with it."""
    itself, shared = np.zeros((2, len(table.codes)), dtype=np.bool_)
    key = portrait.area.key
    if key is not None and key.type_and_vintage == table.type_and_vintage:
        itself[table.codes.index(key.code)] = True
        return itself, shared
    holder = _holders(kept, table.type_and_vintage, portrait.fit.unit_type)
    at = {code: place for place, code in enumerate(kept.units(portrait.fit.unit_type).table.codes)}
    held = holder[[at[code] for code in portrait.fit.unit_codes]]
    shared[held[held >= 0]] = True
    return itself, shared


def _holders(kept: Kept, type_and_vintage: str, unit_type: str) -> Ints:
    """Give the area that each unit goes to, -1 for none: (n_units,)."""

    def make() -> Ints:
        holder = np.full(len(kept.units(unit_type).table), -1, dtype=np.int64)
        asking = type_asking(kept, type_and_vintage, method=FitMethod.BEST_FIT)
        for place, members in enumerate(asking.members_on(unit_type)):
            if members is not None:
                holder[members.units] = place
        return holder

    return kept.once(("holders", type_and_vintage, unit_type), make)


def _likeness(
    group: PeerGroup, scale: Scale, own: Floats, used: Ints, weights: Floats
) -> tuple[Likeness, ...]:
    scores = scale.scores(own)
    return tuple(
        Likeness(
            group.variables[place],
            float(scale.centre[place]),
            float(scale.spread[place]),
            float(own[place]),
            float(scores[place]),
            float(weight / weights.sum()),
        )
        for place, weight in zip(used.tolist(), weights.tolist(), strict=True)
    )


def _named(table: PeerTable, found: Nearest, values: Floats) -> tuple[Peer, ...]:
    return tuple(
        Peer(
            _key(table, place),
            table.names[place],
            float(found.distance[row]),
            tuple(found.contribution[row].tolist()),
            tuple(values[place].tolist()),
        )
        for row, place in enumerate(found.positions.tolist())
    )


def _left_out(
    table: PeerTable, group: PeerGroup, known: Bools, used: Ints, not_peers: Bools
) -> tuple[tuple[AreaKey, tuple[str, ...]], ...]:
    lacking = [place for place in np.flatnonzero(~not_peers) if not known[place, used].all()]
    return tuple(
        (_key(table, int(place)), tuple(group.variables[v] for v in used if not known[place, v]))
        for place in lacking
    )


def _key(table: PeerTable, place: int) -> AreaKey:
    return AreaKey.of(table.type_and_vintage, table.codes[place])


def _hash(kept: Kept, portrait: Portrait, group: PeerGroup, own: Floats, used: Ints) -> str:
    """Hash all that the peers follow from."""
    told = {
        "pack": kept.pack.content_hash,
        "group": [group.code, group.area_type, group.standardisation, group.n_peers],
        "variables": [[group.variables[place], group.weights.get(group.variables[place], 1.0)]
                      for place in used.tolist()],
        "area": str(portrait.area.key or portrait.fit.unit_codes),
        "own": own.tolist(),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
