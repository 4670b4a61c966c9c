"""Groups beside everybody: the gap in people and in minutes first, a chart, then indices."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.atlas.query.equity_on_foot import (
    AVERSION,
    GroupGap,
    Range,
    Unequal,
    along,
    group_gap,
    unequal,
)
from courtepointe.doors.served import Served
from courtepointe.doors.site.hubs.reach_asked import LIMITS, Asked, Found
from courtepointe.doors.site.hubs.reach_beside import groups_of
from courtepointe.doors.site.hubs.reach_kept import ground_of
from courtepointe.doors.site.hubs.reach_told import range_text, some_people
from courtepointe.press.charts import Chart, ChartKind, ChartRow, OtherMark
from courtepointe.press.numbers import amount, interval, number, rounded, signed
from courtepointe.press.words import typeset


@dataclass(frozen=True, slots=True)
class GapLine:
    """A group beside everybody, in words.

    Attributes
    ----------
    label : str
    sentence : str
        People, then minutes, then whether the two can be told apart.
    share, all_share, people, minutes, all_minutes : (str, str)
        Each number and the range of what could be; the range empty where there is none.
    is_apart : bool
    """

    label: str
    sentence: str
    share: tuple[str, str]
    all_share: tuple[str, str]
    people: tuple[str, str]
    minutes: tuple[str, str]
    all_minutes: tuple[str, str]
    is_apart: bool


@dataclass(frozen=True, slots=True)
class Equity:
    """What the page tells of groups beside everybody.

    Attributes
    ----------
    lines : tuple of GapLine
    chart : Chart
    indices : tuple of (str, str, str)
        Each index: its name, its number, what it means.
    people, beyond : str
        Whom the indices count; who reach no hub at all, empty where nobody.
    """

    lines: tuple[GapLine, ...]
    chart: Chart
    indices: tuple[tuple[str, str, str], ...]
    people: str
    beyond: str


def equity(held: Served, asked: Asked, found: Found, *, lang: str) -> Equity | None:
    """Set each group that the atlas counts beside everybody; nothing where it counts none, or no hub stands."""
    living, shares = ground_of(found.walked, found.shape).living, found.chief.shares
    if living is None or shares is None or not (found.n_sites or found.added):
        return None
    place, ways = LIMITS.index(asked.limit), along(living, found.spots_min)
    gaps = [
        (typeset(group.label.in_(lang), lang=lang), told)
        for group in groups_of(held, found)
        if (told := group_gap(group, living, shares, ways, place=place))
        is not None and round(told.everyone) > 0
    ]  # fmt: skip
    if not gaps:
        return None
    index = unequal(living, ways)
    lines = tuple(_line(label, told, asked.limit, lang) for label, told in gaps)
    return Equity(
        lines, _chart(gaps, lines, _everybody(found, place), asked.limit, lang),
        () if index is None else _indices(index, lang),
        "" if index is None else some_people(index.people, lang),
        "" if index is None or round(index.beyond) < 1 else some_people(index.beyond, lang),
    )  # fmt: skip


def _line(label: str, told: GroupGap, limit: int, lang: str) -> GapLine:
    parts = (_people_sentence(told, limit, lang), _minutes_sentence(told, lang), _verdict(told))
    gap = told.people
    return GapLine(
        label,
        " ".join(parts),
        _percent_and_range(told.share, lang),
        _percent_and_range(told.all_share, lang),
        (signed(_whole(gap.even), unit="persons", lang=lang), range_text(_whole(gap.low), _whole(gap.high), lang)),
        _minutes_and_range(told.minutes, lang),
        _minutes_and_range(told.all_minutes, lang),
        told.is_apart,
    )  # fmt: skip


def _whole(value: float) -> float:
    return float(rounded(value, decimals=0))


def _people_sentence(told: GroupGap, limit: int, lang: str) -> str:
    gap = _whole(told.people.even)
    words = {"people": some_people(abs(gap), lang), "n": limit}
    if gap == 0.0:
        return _("They reach a hub within %(n)s minutes as often as everybody.") % words
    if gap > 0.0:
        return _("If they reached a hub within %(n)s minutes as often as everybody, %(people)s more of them would.") % words  # fmt: skip
    return _("They reach a hub within %(n)s minutes more often than everybody: as often, %(people)s fewer of them would.") % words  # fmt: skip


def _minutes_sentence(told: GroupGap, lang: str) -> str:
    own, every = told.minutes.even, told.all_minutes.even
    if math.isinf(own) and math.isinf(every):
        return _("Half of them or more reach none, like half of everybody.")
    if math.isinf(own) or math.isinf(every):
        words = {"minutes": _minutes(every if math.isinf(own) else own, lang)}
        if math.isinf(own):
            return _("Half of them or more reach none; half of everybody is within %(minutes)s.") % words  # fmt: skip
        return _("Half of them are within %(minutes)s; half of everybody or more reach none.") % words  # fmt: skip
    words = {"minutes": _minutes(own, lang), "others": _minutes(every, lang)}
    if words["minutes"] == words["others"]:
        return _("Half of them are within %(minutes)s, like half of everybody.") % words
    return _("Half of them are within %(minutes)s, half of everybody within %(others)s.") % words


def _verdict(told: GroupGap) -> str:
    if told.is_apart:
        return _("The two differ wherever people live in their areas.")
    if not told.error_known:
        return _("We cannot tell the two apart: the error of the sample is not published.")
    return _("We cannot tell the two apart.")


def _minutes(value: float, lang: str) -> str:
    """Write minutes to the whole one by which all of them are there."""
    n = _whole_minutes(value)
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": number(n, lang=lang)}


def _whole_minutes(value: float) -> int:
    return math.ceil(value - 1e-9)


def _minutes_and_range(told: Range, lang: str) -> tuple[str, str]:
    texts = [_("none reached") if math.isinf(one) else _minutes(one, lang) for one in (told.even, told.low, told.high)]  # fmt: skip
    even, low, high = texts
    if low == high:
        return even, ""
    # The unit is said once.
    first = low if math.isinf(told.high) else number(_whole_minutes(told.low), lang=lang)
    return even, _("%(low)s to %(high)s") % {"low": first, "high": high}


def _percent_and_range(told: Range, lang: str) -> tuple[str, str]:
    even, low, high = (
        float(rounded(100.0 * one, decimals=1)) for one in (told.even, told.low, told.high)
    )
    range_ = "" if low == high else interval(low, high, unit="percent", decimals=1, lang=lang)
    return amount(even, unit="percent", decimals=1, lang=lang), range_


def _everybody(found: Found, place: int) -> Range:
    """Give the share of everybody within a limit, all areas that count together."""
    spread = found.chief.spread
    assert spread is not None
    every = float(spread.even.people[0, 0])
    ways = (spread.even, spread.farthest, spread.nearest)
    return Range(*(float(one.covered[0, 0, place]) / every if every else 0.0 for one in ways))


def _chart(
    gaps: list[tuple[str, GroupGap]], lines: tuple[GapLine, ...], every: Range, limit: int, lang: str
) -> Chart:  # fmt: skip
    here, shown = _("everybody"), _percent_and_range(every, lang)
    label = _("Within %(n)s minutes on foot") % {"n": limit}
    others = tuple(
        OtherMark(name, _figure(told.share, told.error_known), line.share[0])
        for (name, told), line in zip(gaps, lines, strict=True)
    )
    said = [f"{name}{_colon(lang)}{_beside(line.share)}." for (name, _told), line in zip(gaps, lines, strict=True)]  # fmt: skip
    told = f"{here}{_colon(lang)}{_beside(shown)}."
    row = ChartRow(label, _figure(every, known=True), shown[0], shown[1], others=others, told=told)
    title = _title(lines)
    return Chart(
        code="hubs-equity", kind=ChartKind.DOTS, heading=label, title=title,
        subtitle=_("Part of each group that reaches a hub. Lines: what could be, wherever people live in their area. A ring: the error of the sample is not published."),
        foot="", alt=" ".join([title, told, *said]), lang=lang, rows=(row,), here=here,
    )  # fmt: skip


def _figure(share: Range, known: bool) -> Figure:
    low, even, high = (100.0 * one for one in (share.low, share.even, share.high))
    doubt = Uncertainty.SAMPLING_AND_ROUNDING if known else Uncertainty.UNKNOWN
    return Figure(
        "reaches_a_hub", even, "percent", Status.AGGREGATED, Method.RATIO_OF_SUMS, low=low, high=high,
        uncertainty=doubt,
    )  # fmt: skip


def _colon(lang: str) -> str:
    return "\u00a0: " if lang == "fr" else ": "


def _beside(told: tuple[str, str]) -> str:
    return f"{told[0]} ({told[1]})" if told[1] else told[0]


def _title(lines: tuple[GapLine, ...]) -> str:
    """Say what the chart shows: how many groups stand apart from everybody, whatever could be."""
    n, apart = len(lines), sum(line.is_apart for line in lines)
    if not apart:
        return ngettext("The group cannot be told apart from everybody", "None of the %(n)s groups can be told apart from everybody", n) % {"n": n}  # fmt: skip
    return ngettext("%(apart)s group of %(n)s differs from everybody wherever people live", "%(apart)s groups of %(n)s differ from everybody wherever people live", apart) % {"apart": apart, "n": n}  # fmt: skip


def _indices(told: Unequal, lang: str) -> tuple[tuple[str, str, str], ...]:
    write = partial(number, decimals=1, lang=lang)
    bare = partial(number, decimals=3, lang=lang)
    kolm = told.kolm_pollak
    words = {
        "mean": write(told.mean_min), "equivalent": write(kolm.equivalent), "aversion": write(AVERSION),
        "between": number(100.0 * told.between, lang=lang), "within": number(100.0 - _whole(100.0 * told.between), lang=lang),
        "twice": number(200.0 * told.gini, lang=lang),
    }  # fmt: skip
    return (
        (_("Gini coefficient"), bare(told.gini),
         _("0 where all walk as long, nearer to 1 where a few walk nearly all of it: two people taken at random differ by %(twice)s%% of the mean on average.") % words),
        (_("Theil’s index T"), bare(told.theil),
         _("0 where all walk as long, and it looks most at those who walk longest: %(between)s%% of it lies between areas, %(within)s%% along the streets of one.") % words),
        (_("Kolm-Pollak equivalent minutes"), write(kolm.equivalent),
         _("What is walked weighs as much as if all walked %(equivalent)s minutes; the mean is %(mean)s. Longer walks weigh more, with an aversion of %(aversion)s.") % words),
    )  # fmt: skip
