"""What the two views propose: an agreement and a state with the reason, for people to decide.

Order alone is used, never a distance: the interval of the numbers covers bands of a scale, passages of
people have a lower and an upper median. Neither is averaged with the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from courtepointe.atlas.recipe.values import Words
from courtepointe.portraits.readings.kinds import UNKNOWN, data, words_of
from courtepointe.portraits.resilience.values import DimensionVoices, Score


class Band(IntEnum):
    """States in order."""

    ABSENT = 0
    FRAGILE = 1
    PRESENT = 2


@dataclass(frozen=True, slots=True)
class Marks:
    """Where states begin on the scale of 0 to 100, and how many voices say something.

    Attributes
    ----------
    fragile_from, present_from : float
        Scores; a score on a mark is above it.
    passages, sources : int
        Fewer than either say nothing yet.
    """

    fragile_from: float
    present_from: float
    passages: int
    sources: int


def marks() -> Marks:
    """Give the marks in force, from ``data/marks.toml``."""
    held = data("marks")
    voices = held["voices"]
    return Marks(
        float(held["fragile_from"]),
        float(held["present_from"]),
        int(voices["passages"]),
        int(voices["sources"]),
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What two views propose together; people decide.

    Attributes
    ----------
    agreement, state : str
        Codes of the lists ``agreements`` and ``states``.
    reason : str
        Code of the list ``reasons``.
    """

    agreement: str
    state: str
    reason: str

    @property
    def why(self) -> Words:
        """The reason, in words."""
        return words_of("reasons")[self.reason]


def proposed(score: Score | None, voices: DimensionVoices | None, *, by: Marks) -> Proposal:
    """Propose how a score and voices stand to each other, and the state that they allow.

    Returns
    -------
    Proposal
        ``unknown`` twice where either side has nothing to say, or where the interval covers the mark of
        what is present. A tension proposes no state.

    Notes
    -----
    The interval of the score covers bands; it points to strengths where its lowest is present, to
    fragilities where its highest is not. Each passage is a strength, a fragility or a contradiction; the
    median is taken twice, with all contradictions as fragilities and with all as strengths. Where the two
    medians differ, people say both. Voices alone never make a state absent: a passage tells what is
    fragile, and nobody is asked for what is not there.
    """
    people = _people(voices, by)
    if score is None:
        return Proposal(UNKNOWN, UNKNOWN, "no_numbers")
    if people is None:
        return Proposal(UNKNOWN, UNKNOWN, "few_voices")
    low, high = bands_of(score, by=by)
    if low is not Band.PRESENT and high is Band.PRESENT:
        return Proposal(UNKNOWN, UNKNOWN, "numbers_wide")
    if people[0] is not people[1]:
        return Proposal("tension", UNKNOWN, "people_divided")
    strong = low is Band.PRESENT
    if strong is not (people[0] is Band.PRESENT):
        return Proposal("tension", UNKNOWN, "numbers_stronger" if strong else "people_stronger")
    if strong:
        return Proposal("agreement", "present", "both_strong")
    none_strong = voices is not None and voices.strengths == 0 and voices.contradictions == 0
    absent = high is Band.ABSENT and none_strong
    return Proposal("agreement", "absent" if absent else "fragile", "both_fragile")


def bands_of(score: Score, *, by: Marks) -> tuple[Band, Band]:
    """Give the bands that hold the two ends of a score's interval."""
    return _band(score.low, by), _band(score.high, by)


def _band(value: float, by: Marks) -> Band:
    return Band((value >= by.fragile_from) + (value >= by.present_from))


def _people(voices: DimensionVoices | None, by: Marks) -> tuple[Band, Band] | None:
    """Give the lower and the upper median of what passages say; nothing where too few do."""
    if voices is None:
        return None
    up, down, both = voices.strengths, voices.fragilities, voices.contradictions
    if up + down + both < by.passages or voices.n_sources < by.sources:
        return None
    # The lower median is a fragility as soon as half of them are; the upper, only when more are.
    lower = Band.FRAGILE if 2 * (down + both) >= up + down + both else Band.PRESENT
    upper = Band.FRAGILE if 2 * down > up + down + both else Band.PRESENT
    return lower, upper


def voted(counts: dict[str, int]) -> tuple[str, str] | None:
    """Give the lower and the upper median of votes, as states; nothing where nobody voted.

    Returns
    -------
    (lower, upper) : str, str
        They differ where half of the votes lie on either side.
    """
    order = ("absent", "fragile", "present")
    held = [state for state in order for _ in range(counts.get(state, 0))]
    if not held:
        return None
    return held[(len(held) - 1) // 2], held[len(held) // 2]
