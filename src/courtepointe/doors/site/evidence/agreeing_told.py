"""Agreement and new codes in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.core.agreement import Agreement, Seen
from courtepointe.core.agreement import Status as Told
from courtepointe.portraits.evidence.compare import Compared
from courtepointe.portraits.evidence.queries.compared import NewCodes, ReadTwice
from courtepointe.portraits.evidence.values import CodingSeen
from courtepointe.press.charts import Chart, ChartKind, ChartRow
from courtepointe.press.numbers import number

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff, *Content Analysis*: rely on from 0.8 on; tentative conclusions from 0.667 on."""
FEW_UNITS = 30
"""With fewer passages no agreement is told without a reserve."""
MOST_POINTS = 24


@dataclass(frozen=True, slots=True)
class Line:
    """An agreement in words.

    Attributes
    ----------
    value, interval : str
        Empty where nothing can be told.
    means : str
    """

    name: str
    value: str
    interval: str
    means: str
    n_units: int


def told_of(name: str, one: Agreement, *, lang: str) -> Line:
    """Say an agreement: its number, its interval, and what both mean."""
    if one.value is None:
        return Line(name, "", "", _none(one.status), one.n_units)
    interval = ""
    if one.low is not None and one.high is not None and one.low < one.high:
        interval = _("%(low)s to %(high)s") % {
            "low": number(one.low, decimals=2, lang=lang),
            "high": number(one.high, decimals=2, lang=lang),
        }
    return Line(name, number(one.value, decimals=2, lang=lang), interval, means(one), one.n_units)


def _none(status: Told) -> str:
    if status is Told.NO_UNIT:
        return _("No passage can be compared here.")
    return _("Both gave one and the same code everywhere: agreement beyond chance cannot be told.")


def means(one: Agreement) -> str:
    """Say what a value of kappa or alpha means, by its interval where there is one."""
    value = one.value or 0.0
    if value >= RELIABLE:
        said = _("Both readings can be relied on.")
    elif value >= TENTATIVE:
        said = _("Enough for a first reading; talk over what differs before more is built on it.")
    elif value > 0.0:
        said = _("More alike than by chance, and not enough: say more precisely in the codebook when to use the codes.")  # fmt: skip
    else:
        said = _("No more alike than by chance: the two do not read the codes in the same way. Talk before coding on.")  # fmt: skip
    low = one.low if one.n_units >= FEW_UNITS else None
    if value >= TENTATIVE and (low is None or low < TENTATIVE):
        said = " ".join([said, _("With so few passages it might be less.")])
    return said


def whole_lines(told: Compared, *, lang: str) -> list[Line]:
    """Say how far two readings agree on the whole."""
    return [
        told_of(_("All codes of a passage alike, Cohen’s kappa"), told.kappa, lang=lang),
        told_of(_("All codes of a passage alike, Krippendorff’s alpha"), told.alpha, lang=lang),
        told_of(_("Direction, where both gave the code (alpha)"), told.direction, lang=lang),
        told_of(_("How clearly, where both gave the code (ordinal alpha)"), told.strength, lang=lang),
    ]  # fmt: skip


def code_lines(
    told: Compared, names: Mapping[str, str], *, lang: str
) -> list[tuple[str, Line, Line, int, int, int]]:
    """Say how far two readings agree on each code: its name, kappa, alpha, passages of both, of one alone."""
    return [
        (
            names.get(one.what, one.what),
            told_of(names.get(one.what, one.what), one.kappa, lang=lang),
            told_of(names.get(one.what, one.what), one.alpha, lang=lang),
            one.both,
            one.first_only,
            one.second_only,
        )
        for one in told.by_code
    ]


def columns_of(told: Compared, names: Mapping[str, str]) -> list[str]:
    """Name the rows and columns of the table of how codes meet."""
    return [names.get(what, what) if what else _("nothing") for what in told.whats]


@dataclass(frozen=True, slots=True)
class Differing:
    """A passage that two people read in different ways, its codes in words with what they are kept by."""

    one: ReadTwice
    title: str
    sides: tuple[tuple[tuple[int, str, bool], ...], ...]


def differing(
    read: Sequence[ReadTwice], names: Mapping[str, str], directions: Mapping[str, str],
    titles: Mapping[int, str],
) -> list[Differing]:  # fmt: skip
    """List what two people read in different ways, what was not talked over yet first."""

    def words(side: Sequence[CodingSeen]) -> tuple[tuple[int, str, bool], ...]:
        return tuple((one.number, f"{names.get(one.what, one.what)} · {directions[one.direction]}", one.stands) for one in side)  # fmt: skip

    found = [
        Differing(one, titles.get(one.source, ""), (words(one.first), words(one.second), words(one.later)))
        for one in read
        if not one.is_alike
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.one.settled)


def curve_sentences(found: NewCodes, *, lang: str) -> list[str]:
    """Say what the curve says, and what it may not say."""
    return list(_curve(found, lang=lang))


def _curve(found: NewCodes, *, lang: str) -> Iterator[str]:
    curve = found.curve
    n = len(found.numbers)
    if not n:
        return
    total = int(curve.so_far[-1])
    yield ngettext("%(n)s coded source, %(total)s different codes with their direction.", "%(n)s coded sources, %(total)s different codes with their direction.", n) % {"n": n, "total": total}  # fmt: skip
    if curve.seen is Seen.FEW_SOURCES:
        yield _("With fewer than six coded sources nothing is said of whether new ones would bring new codes.")  # fmt: skip
    elif curve.seen is Seen.NOTHING_NEW:
        yield _("The last two sources brought no code that was not there before.")
    else:
        share = number(100.0 * (curve.run_share or 0.0), decimals=0, lang=lang)
        yield _("The last two sources brought new codes: %(share)s for each hundred that the first four had brought.") % {"share": share}  # fmt: skip
    if curve.seen in (Seen.NOTHING_NEW, Seen.LITTLE_NEW):
        yield _("This says that sources like these bring little to this codebook any more. It does not say that everybody was heard: a group that is not among the sources may say something else, and a codebook sees only what it has a code for.")  # fmt: skip


def curve_chart(found: NewCodes, *, lang: str) -> Chart | None:
    """Draw the curve; nothing for fewer than two sources."""
    curve = found.curve
    n = len(found.numbers)
    if n < 2:
        return None
    places = range(max(0, n - MOST_POINTS), n)
    rows = tuple(
        ChartRow(
            label=str(place + 1),
            figure=Figure(
                "codes_so_far", float(curve.so_far[place]), "count", Status.AGGREGATED, Method.SUM,
                low=float(curve.low[place]), high=float(curve.high[place]), uncertainty=Uncertainty.SAMPLING,
            ),
            value_text=number(float(curve.so_far[place]), lang=lang),
            interval_text=f"{number(float(curve.low[place]), lang=lang)}–{number(float(curve.high[place]), lang=lang)}",
            told=_("After %(n)s: %(codes)s codes.") % {"n": place + 1, "codes": int(curve.so_far[place])},
        )
        for place in places
    )  # fmt: skip
    title = _("%(codes)s different codes after %(n)s sources") % {"codes": int(curve.so_far[-1]), "n": n}  # fmt: skip
    return Chart(
        code="evidence-new-codes", kind=ChartKind.LINE, heading=_("Codes so far"), title=title,
        subtitle=_("Codes with their direction, in the order in which sources were gathered. Bars: what 95 of 100 other orders would give."),
        foot="", alt=" ".join([title, *(row.told for row in rows)]), lang=lang, rows=rows,
    )  # fmt: skip
