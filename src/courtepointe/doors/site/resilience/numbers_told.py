"""What the numbers of a portrait say on its pages: each indicator in words, each dimension with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtepointe.atlas.figures import Figure
from courtepointe.core.compare import Difference
from courtepointe.doors.site.resilience import telling
from courtepointe.doors.site.resilience.cards import cards_of
from courtepointe.doors.site.resilience.charted import indicators_chart, profile_chart
from courtepointe.doors.site.resilience.numbers_forms import posts_line
from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.territories import area_of, groups_of
from courtepointe.portraits.resilience import queries
from courtepointe.portraits.resilience.framework import Dimension, groups
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.queries.apart import (
    DimensionApart,
    apart_from,
    editions_apart,
)
from courtepointe.portraits.resilience.small import HIDDEN, protected
from courtepointe.portraits.resilience.suggested import ATLAS, guiding
from courtepointe.portraits.resilience.values import DimensionNumbers, PortraitSeen
from courtepointe.press.numbers import number, signed

References = Sequence[tuple[str, Mapping[str, Figure]]]


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator in words.

    Attributes
    ----------
    beside : tuple of str
        What it can be told apart from, and what not: the edition before, the areas that hold the territory.
    """

    one: IndicatorSeen
    value: str
    interval: str
    kind: str
    posts: str
    source: str
    status: str
    coverage: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a portrait, read once for all its dimensions: each reading draws two thousand times."""

    seen: PortraitSeen
    indicators: Sequence[IndicatorSeen]
    numbers: Mapping[str, DimensionNumbers]
    apart: Mapping[str, DimensionApart]

    @classmethod
    def of(cls, space: Space, seen: PortraitSeen) -> Counted:
        """Read the numbers of a portrait."""
        return cls(
            seen,
            queries.indicators_of(space.seen.id, seen.number),
            queries.numbers_of(space.seen, seen, now=space.now),
            editions_apart(space.seen.id, seen),
        )


def references(space: Space, seen: PortraitSeen) -> References:
    """Give the areas that hold the territory, by name, with the atlas' figures of each."""
    found = area_of(seen)
    if found is None:
        return ()
    return [
        (one.name.in_(space.lang), {figure.indicator: figure for figure in one.figures})
        for one in found[1].compared
        if one.contains
    ]


def lines_of(space: Space, seen: PortraitSeen, some: Sequence[IndicatorSeen]) -> Mapping[str, Told]:
    """Say indicators in words, beside the edition before and the areas that hold the territory."""
    before = {}
    if seen.follows is not None:
        before = {one.code: one for one in queries.indicators_of(space.seen.id, seen.follows)}
    held = references(space, seen) if any(_atlas_code(one) for one in some) else ()
    return {one.code: told_of(space, one, before.get(one.code), held) for one in some}


def told_of(
    space: Space, one: IndicatorSeen, before: IndicatorSeen | None, held: References
) -> Told:
    """Say an indicator in words."""
    lang, newest = space.lang, one.newest
    return Told(
        one,
        telling.value_text(newest, one.unit, lang=lang),
        telling.interval_text(newest, one.unit, lang=lang),
        telling.word("kinds", one.kind, lang=lang),
        telling.posts_text(one, lang=lang),
        telling.source_text(one, lang=lang),
        telling.word("statuses", newest.status, lang=lang) if newest else "",
        _coverage(newest, lang),
        (*_before(one, before, lang), *_beside(one, held, lang)),
    )


def _coverage(newest: ObservationSeen | None, lang: str) -> str:
    if newest is None or newest.coverage is None or newest.coverage >= 0.9995:
        return ""
    share = number(100.0 * newest.coverage, decimals=1, lang=lang)
    return _("Units with a value hold %(share)s %% of the people.") % {"share": share}


def _atlas_code(one: IndicatorSeen) -> str:
    kind, _colon, code = one.source.partition(":")
    return code if kind == ATLAS else ""


def _before(one: IndicatorSeen, before: IndicatorSeen | None, lang: str) -> list[str]:
    if before is None:
        return []
    told = []
    ours, theirs = (each.posts for each in (one, before))
    if (ours.low, ours.high, ours.polarity) != (theirs.low, theirs.high, theirs.polarity):
        told.append(_("Its goalposts are others than in the edition before: the two are not read on the same scale."))  # fmt: skip
    if one.newest is not None and before.newest is not None and _same(one.newest, before.newest):
        return [*told, _("The same figure as in the edition before: nothing new was counted.")]
    found = apart_from(one.newest, before.newest)
    return told if found is None else [*told, _said(found, _("the edition before"), one.unit, lang)]


def _same(ours: ObservationSeen, theirs: ObservationSeen) -> bool:
    return bool(ours.taken) and (ours.taken, ours.value, ours.period) == (theirs.taken, theirs.value, theirs.period)  # fmt: skip


def _beside(one: IndicatorSeen, held: References, lang: str) -> list[str]:
    code, told = _atlas_code(one), []
    for name, figures in held if code else ():
        found = apart_from(one.newest, figures.get(code))
        if found is not None:
            told.append(_said(found, name, one.unit, lang))
    return told


def _said(found: Difference, name: str, unit: str, lang: str) -> str:
    decimals = 0 if round(found.difference, 1).is_integer() else 1
    gap = signed(found.difference, unit=unit, decimals=decimals, lang=lang)
    words = {"gap": gap, "other": name}
    if found.distinguishable is None:
        return _("Beside %(other)s: %(gap)s; the error is not known, so that nobody can tell whether they differ.") % words  # fmt: skip
    if found.distinguishable:
        return _("Beside %(other)s: %(gap)s; the two can be told apart.") % words
    return _("Beside %(other)s: %(gap)s; the two cannot be told apart.") % words


def one_told(space: Space, seen: PortraitSeen, found: IndicatorSeen) -> dict[str, Any]:
    """Give what the page of an indicator says."""
    lang = space.lang
    lines = [
        (line, posts_line(line.low, line.high, found.unit, lang=lang))
        for line in (found.posts, *found.posts_before)
    ]
    return {
        "told": lines_of(space, seen, [found])[found.code],
        "rows": _rows(space, seen, found),
        "lines": lines,
        "unit": telling.word("units", found.unit, lang=lang),
        "base": telling.word("bases", found.base, lang=lang),
        "refreshed": telling.word("refreshed", found.refreshed, lang=lang),
        "licence": telling.word("licences", found.licence, lang=lang),
        "weight": number(found.weight, decimals=0 if found.weight.is_integer() else 1, lang=lang),
    }


def _rows(space: Space, seen: PortraitSeen, found: IndicatorSeen) -> list[tuple[Any, ...]]:
    """Say what was ever observed: to whoever only reads, nothing of a few people of a group."""
    some = queries.observations_of(space.seen.id, found.number)
    told: Sequence[ObservationSeen] = some
    if any(one.group for one in some) and not space.may("write"):
        told = protected(found, some, seen=groups_of(seen))
    return [(one, _of_whom(one, space.lang), *_row(space, found, one, each)) for one, each in zip(some, told, strict=True)]  # fmt: skip


def _of_whom(one: ObservationSeen, lang: str) -> str:
    if not one.group:
        return _("everybody")
    group = groups().get(one.group)
    return one.group if group is None else group.name.in_(lang)


def _row(
    space: Space, found: IndicatorSeen, one: ObservationSeen, told: ObservationSeen
) -> tuple[str, str, str]:
    if told.value is None and one.value is not None:
        return _("not told: a few people"), "", telling.word("statuses", HIDDEN, lang=space.lang)
    return (
        telling.value_text(told, found.unit, lang=space.lang),
        telling.interval_text(told, found.unit, lang=space.lang),
        telling.word("statuses", told.status, lang=space.lang),
    )


def numbers_section(space: Space, seen: PortraitSeen, dimension: Dimension) -> dict[str, Any]:
    """Give what the numbers say of a dimension, on its page."""
    return dimension_counted(space, Counted.of(space, seen), dimension)


def dimension_counted(space: Space, held: Counted, dimension: Dimension) -> dict[str, Any]:
    """Give what the numbers of a portrait, read once, say of a dimension."""
    some = [one for one in held.indicators if one.dimension == dimension.code]
    told = held.numbers[dimension.code]
    lines = lines_of(space, held.seen, some)
    return {
        "numbers": told,
        **said_of(told, held.apart.get(dimension.code), lang=space.lang),
        "assets": [lines[one.code] for one in some if one.asset],
        "lacks": [lines[one.code] for one in some if not one.asset],
        "chart": indicators_chart(some, dimension.name.in_(space.lang), lang=space.lang),
    }


def guiding_section(space: Space, seen: PortraitSeen, dimension: Dimension) -> dict[str, Any]:
    """Give the questions that open a dimension; none for one that the neighbourhood added."""
    return {"questions": guiding().get(dimension.code, ())}


def said_of(told: DimensionNumbers, apart: DimensionApart | None, *, lang: str) -> dict[str, Any]:
    """Say the numbers of a dimension in words."""
    return {
        "score": telling.score_text(told.score, lang=lang)
        if told.score
        else telling.why_text(told),
        "causes": telling.causes_text(told.score, lang=lang) if told.score else "",
        "covers": telling.cover_text(told) if told.n_used + told.n_missing else "",
        "balance": telling.balance_text(told) if told.n_used + told.n_missing else "",
        "apart": apart_text(apart, lang=lang),
    }


def apart_text(found: DimensionApart | None, *, lang: str) -> str:
    """Say whether a dimension can be told apart from the edition before."""
    if found is None:
        return ""
    if found.verdict == "nothing_shared":
        return _("Not read beside the edition before: no indicator has the same goalposts in both.")
    ends = {name: number(one, lang=lang) for name, one in (("low", found.low), ("high", found.high))}  # fmt: skip
    n = found.n_shared
    if found.verdict == "apart":
        words = ngettext("On the %(n)s indicator shared with the edition before, the two editions can be told apart (from %(low)s to %(high)s points).", "On the %(n)s indicators shared with the edition before, the two editions can be told apart (from %(low)s to %(high)s points).", n)  # fmt: skip
    elif found.verdict == "not_apart":
        words = ngettext("On the %(n)s indicator shared with the edition before, the two editions cannot be told apart (from %(low)s to %(high)s points).", "On the %(n)s indicators shared with the edition before, the two editions cannot be told apart (from %(low)s to %(high)s points).", n)  # fmt: skip
    else:
        return _("The edition before and this one cannot be read beside one another: too little is known of one of them.")  # fmt: skip
    return words % (ends | {"n": number(n, lang=lang)})


def profile_told(space: Space, seen: PortraitSeen) -> dict[str, Any]:
    """Give the profile of a portrait: a line a dimension, its chart, and the dimensions' cards."""
    return {**profile_counted(space, Counted.of(space, seen)), "cards": cards_of(space, seen)}


def profile_counted(space: Space, counted: Counted) -> dict[str, Any]:
    """Give the profile of a portrait whose numbers were read."""
    held, numbers = queries.dimensions_of(space.seen.id), counted.numbers
    return {
        "chart": profile_chart(held, numbers, lang=space.lang),
        "lines": [
            (one, numbers[code], said_of(numbers[code], counted.apart.get(code), lang=space.lang))
            for code, one in held.items()
        ],
        "n_indicators": sum(told.n_used + told.n_missing for told in numbers.values()),
    }
