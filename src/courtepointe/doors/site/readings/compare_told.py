"""Profiles side by side in words and as dots with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.portraits.readings.compared import Profile, Told, Verdict
from courtepointe.portraits.readings.kinds import words_of
from courtepointe.portraits.readings.proposal import bands_of, marks
from courtepointe.portraits.readings.values import ReadingSeen, ReplySeen
from courtepointe.portraits.resilience.framework import dimensions
from courtepointe.portraits.resilience.values import Score
from courtepointe.press.charts import Chart, ChartKind, ChartRow, OtherMark
from courtepointe.press.numbers import number


@dataclass(frozen=True, slots=True)
class Beside:
    """A profile that stands beside ours; ``past`` where it is an edition of our own."""

    profile: Profile
    past: bool


@dataclass(frozen=True, slots=True)
class CellTold:
    """A score in words, where it lies on the stated marks, what can be said of it beside ours, what was read.

    Attributes
    ----------
    waits : bool
        Nothing is shown: its people validated nothing of it yet.
    validated, stood : date or None
        When what was read was validated; as of which day the numbers stand, of what is shown by an agreement.
    shown, shown_on : str, date or None
        Of ours: the score that others are shown and its day, where it is another one than today's.
    """

    name: str
    score: Score | None
    text: str
    against: str
    verdict: str
    state: str
    reading: str
    replies: tuple[ReplySeen, ...]
    waits: bool = False
    validated: date | None = None
    stood: date | None = None
    shown: str = ""
    shown_on: date | None = None


@dataclass(frozen=True, slots=True)
class RowTold:
    """A dimension: ours, then the others in their order."""

    code: str
    name: str
    ours: CellTold
    others: tuple[CellTold, ...]

    @property
    def says_something(self) -> bool:
        """Whether any of the profiles has a score or a reading of it."""
        return any(one.score or one.state for one in (self.ours, *self.others))


def rows_of(
    ours: Profile,
    others: Sequence[Beside],
    apart: Mapping[tuple[str, int], Told],
    *,
    lang: str,
) -> list[RowTold]:
    """Say each dimension, in the order in which the framework reads them."""
    return [
        RowTold(
            code,
            one.name.in_(lang),
            cell_told(ours, code, lang=lang),
            tuple(
                cell_told(
                    other.profile,
                    code,
                    verdict=_verdict(apart[code, place], past=other.past),
                    lang=lang,
                )
                for place, other in enumerate(others)
            ),
        )
        for code, one in dimensions().items()
    ]


def cell_told(profile: Profile, code: str, *, lang: str, verdict: str = "") -> CellTold:
    """Say what a profile shows of a dimension."""
    score, reading = profile.score(code), profile.readings.get(code)
    if profile.is_shown and reading is None:
        return CellTold(profile.name, None, _("not validated yet"), "", "", "", "", (), waits=True)
    shown, shown_on = _shown(profile.agreed.get(code), score, lang)
    kept = reading.beside if reading and profile.is_shown else None
    was_kept = kept is not None or not profile.is_shown
    return CellTold(
        name=profile.name,
        score=score,
        text=_interval(score, lang) if was_kept else _("those of that day were not kept, and none are shown"),
        against=_against(score, lang),
        verdict=verdict if was_kept else "",
        state=words_of("states")[reading.state].in_(lang) if reading else "",
        reading=reading.text.in_(lang) if reading and reading.text else "",
        replies=profile.replies.get(code, ()),
        validated=reading.validated if reading else None,
        stood=localdate(kept.made) if kept else None,
        shown=shown,
        shown_on=shown_on,
    )  # fmt: skip


def _shown(agreed: ReadingSeen | None, score: Score | None, lang: str) -> tuple[str, date | None]:
    """Say the score that others are shown of ours, and its day; nothing where it is the one of today."""
    if agreed is None or agreed.beside is None:
        return "", None
    told = _interval(agreed.beside.numbers.score, lang)
    return ("", None) if told == _interval(score, lang) else (told, localdate(agreed.beside.made))


def _interval(score: Score | None, lang: str) -> str:
    if score is None:
        return _("no score yet")
    low, high = (number(round(end), lang=lang) for end in (score.low, score.high))
    return _("between %(low)s and %(high)s") % {"low": low, "high": high}


def _against(score: Score | None, lang: str) -> str:
    if score is None:
        return ""
    states = words_of("states")
    low, high = (states[band.name.lower()].in_(lang) for band in bands_of(score, by=marks()))
    if low == high:
        return _("The whole interval is in “%(state)s”.") % {"state": low}
    return _("The interval goes from “%(low)s” to “%(high)s”.") % {"low": low, "high": high}


def _verdict(told: Told, *, past: bool) -> str:
    if told.verdict is Verdict.NO_SCORE:
        return _("one of the two has no score to tell")
    if told.verdict is Verdict.OTHER_SCALE:
        return _("not on the same goalposts: not compared")
    if told.verdict is Verdict.NO_ERROR:
        return _("the error of one of the two is not known: not compared")
    if told.verdict is Verdict.NOT_APART:
        return _("cannot be told apart")
    if not past:
        return _("can be told apart")
    return _("can be told apart: it has risen") if told.gap > 0 else _("can be told apart: it has gone down")  # fmt: skip


def chart_of(rows: Sequence[RowTold], here: str, *, lang: str) -> Chart:
    """Draw the dimensions that we score as dots with intervals, the others beside."""
    shown = [row for row in rows if row.ours.score is not None]
    told = [_row(row, lang) for row in shown]
    return Chart(
        code="readings-compare",
        kind=ChartKind.DOTS,
        heading=_("Profile by dimension"),
        title=_("Each dimension with its interval, from 0 to 100"),
        subtitle=_("A dot is what the numbers say; its line is how sure they are."),
        foot="",
        alt=" ".join(one.told for one in told),
        lang=lang,
        rows=tuple(told),
        here=here,
    )


def _row(row: RowTold, lang: str) -> ChartRow:
    others = tuple(
        OtherMark(one.name, _figure(one.score), one.text, one.verdict) for one in row.others
    )
    colon = "\u00a0: " if lang == "fr" else ": "
    parts = [f"{row.ours.name}{colon}{row.ours.text}"]
    parts += [f"{one.name}{colon}{_joined(one.text, one.verdict)}" for one in row.others]
    return ChartRow(
        row.name,
        _figure(row.ours.score),
        row.ours.text,
        others=others,
        told=f"{row.name}. {'. '.join(parts)}.",
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _figure(score: Score | None) -> Figure:
    if score is None:
        return Figure("dimension", None, "score", Status.NOT_AVAILABLE, Method.WEIGHTED_MEAN)
    return Figure(
        "dimension", score.value, "score", Status.AGGREGATED, Method.WEIGHTED_MEAN,
        low=score.low, high=score.high, uncertainty=Uncertainty.SAMPLING_AND_ROUNDING,
    )  # fmt: skip
