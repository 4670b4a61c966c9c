"""Both views of a dimension in plain words: strengths first, disagreement shown, nothing averaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from courtepointe.doors.site.resilience.telling import unsure_text
from courtepointe.engagement.protect import parts
from courtepointe.portraits.readings.kinds import VOTED, words_of
from courtepointe.portraits.readings.proposal import marks, voted
from courtepointe.portraits.readings.queries.sides import Sides
from courtepointe.portraits.readings.values import ReadingSeen, Tally, WorkshopSeen
from courtepointe.portraits.resilience.values import DimensionNumbers, DimensionVoices
from courtepointe.press.numbers import number


def offered(name: str, *, lang: str) -> list[tuple[str, str]]:
    """Offer the codes of a list with their words."""
    return [(code, words.in_(lang)) for code, words in words_of(name).items()]


def numbers_told(numbers: DimensionNumbers | None, *, lang: str) -> str:
    """Say what the numbers of a dimension say, with the interval and what is missing."""
    if numbers is None or numbers.score is None:
        if numbers is not None and numbers.why == "coverage":
            return gettext("Too many numbers are missing for this dimension to be scored yet.")
        return gettext("No number was chosen for this dimension yet.")
    low, high = (number(round(end), lang=lang) for end in (numbers.score.low, numbers.score.high))
    told = ngettext(
        "Between %(low)s and %(high)s out of 100, by %(n)d indicator.",
        "Between %(low)s and %(high)s out of 100, by %(n)d indicators.",
        numbers.n_used,
    ) % {"low": low, "high": high, "n": numbers.n_used}
    if unsure := unsure_text(numbers):
        told = f"{told} {unsure}"
    if not numbers.n_missing:
        return told
    missing = ngettext(
        "%(n)d indicator has no value yet.",
        "%(n)d indicators have no value yet.",
        numbers.n_missing,
    ) % {"n": numbers.n_missing}
    return f"{told} {missing}"


def voices_told(voices: DimensionVoices | None) -> str:
    """Say what people say of a dimension, strengths first."""
    if voices is None or not (voices.strengths + voices.fragilities + voices.contradictions):
        return gettext("Nobody’s voice was gathered on this dimension yet.")
    up, down, both = voices.strengths, voices.fragilities, voices.contradictions
    said = (
        (up, ngettext("%(n)d passage tells of a strength", "%(n)d passages tell of strengths", up)),
        (down, ngettext("%(n)d passage tells of a fragility", "%(n)d passages tell of fragilities", down)),
        (both, ngettext("%(n)d passage says both", "%(n)d passages say both", both)),
    )  # fmt: skip
    told = [words % {"n": n} for n, words in said if n]
    sources = ngettext(
        "from %(n)d source", "from %(n)d sources", voices.n_sources
    ) % {"n": voices.n_sources}  # fmt: skip
    return f"{', '.join([*told, sources])}."


@dataclass(frozen=True, slots=True)
class SideTold:
    """Both views of a dimension in words.

    Attributes
    ----------
    numbers, voices : str
        What was written of them where something was, else what they say today.
    numbers_today, voices_today : str
        What they say today, where something else was written of them.
    agreed : str
        What the numbers said when the reading was validated; empty where it was not, or where none was kept.
    agreed_on : date or None
    has_moved : bool
        Whether they say something else today.
    proposal : str
        Why they propose what they propose.
    """

    code: str
    name: str
    about: str
    numbers: str
    voices: str
    numbers_today: str
    voices_today: str
    agreed: str
    agreed_on: date | None
    has_moved: bool
    proposal: str
    proposed_agreement: str
    proposed_state: str
    reading: ReadingSeen | None
    agreement: str
    state: str
    text: str


def side_told(one: Sides, reading: ReadingSeen | None, *, lang: str) -> SideTold:
    """Say both views of a dimension, and what is read of them together."""
    agreements, states = words_of("agreements"), words_of("states")
    today = (numbers_told(one.numbers, lang=lang), voices_told(one.voices))
    written = (reading.number_view, reading.local_view) if reading else ("", "")
    kept = reading.kept if reading else None
    agreed = numbers_told(kept.numbers, lang=lang) if kept else ""
    return SideTold(
        code=one.dimension.code,
        name=one.dimension.name.in_(lang),
        about=one.dimension.about.in_(lang),
        numbers=written[0] or today[0],
        voices=written[1] or today[1],
        numbers_today=today[0] if written[0] not in ("", today[0]) else "",
        voices_today=today[1] if written[1] not in ("", today[1]) else "",
        agreed=agreed,
        agreed_on=localdate(kept.made) if kept else None,
        has_moved=kept is not None and kept.used != one.used and agreed != today[0],
        proposal=one.proposal.why.in_(lang),
        proposed_agreement=agreements[one.proposal.agreement].in_(lang),
        proposed_state=states[one.proposal.state].in_(lang),
        reading=reading,
        agreement=agreements[reading.agreement].in_(lang) if reading else "",
        state=states[reading.state].in_(lang) if reading else "",
        text=reading.text.in_(lang) if reading and reading.text else "",
    )


def sides_told(
    sides: Mapping[str, Sides], readings: Mapping[str, ReadingSeen], *, lang: str
) -> list[SideTold]:
    """Say both views of all dimensions, in the order in which they are read."""
    return [side_told(one, readings.get(code), lang=lang) for code, one in sides.items()]


def marks_told(*, lang: str) -> dict[str, str]:
    """Say where the words of a state begin: a convention, told wherever it is used."""
    held = marks()
    return {
        "fragile": number(held.fragile_from, lang=lang),
        "present": number(held.present_from, lang=lang),
    }


@dataclass(frozen=True, slots=True)
class VoteTold:
    """Answers of a workshop on a dimension, small counts left out.

    Attributes
    ----------
    lines : tuple of (state, count)
        The count in words.
    median : str
        Where the middle answer lies, in words; empty where too few answered.
    """

    total: str
    lines: tuple[tuple[str, str], ...]
    median: str


def vote_told(tally: Tally, *, lang: str) -> VoteTold | None:
    """Say how people answered; nothing where nobody did."""
    if not tally.total:
        return None
    whole, shown = parts({state: tally.counts.get(state, 0) for state in VOTED})
    few = gettext("a few, not told")
    states = words_of("states")

    def count(n: int | None) -> str:
        return few if n is None else number(float(n), lang=lang)

    ends = voted(dict(tally.counts)) if whole is not None else None
    median = "" if ends is None else _between(*(states[end].in_(lang) for end in ends))
    lines = tuple((states[state].in_(lang), count(shown[state])) for state in VOTED)
    return VoteTold(count(whole), lines, median)


def _between(low: str, high: str) -> str:
    if low == high:
        return gettext("The middle answer is “%(state)s”.") % {"state": low}
    return gettext("The middle answers are “%(low)s” and “%(high)s”.") % {"low": low, "high": high}


def votes_told(workshops: tuple[WorkshopSeen, ...], code: str, *, lang: str) -> list[tuple[WorkshopSeen, VoteTold]]:  # fmt: skip
    """Say how each workshop answered on a dimension, the newest first."""
    held = ((one, vote_told(one.tally(code), lang=lang)) for one in workshops)
    return [(one, told) for one, told in held if told is not None]
