"""What is due, what is stale and why, how far each strand is, how late the chronology runs: facts, no score.

Days are counted between dates; ``today`` is an argument. Nothing here ranks a sector: sectors stand in the
alphabetical order of their names, and counts of people under five are told as "fewer than five".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from courtepointe.engagement.programme.values import (
    Achievement,
    Card,
    Communication,
    Phase,
    Question,
    Risk,
    Run,
    Sector,
    Transfer,
)

AHEAD, DOING, DONE, ASIDE = "todo", "doing", "done", "aside"
STATES = (AHEAD, DOING, DONE, ASIDE)
WEEK = timedelta(days=7)
LEAST = 5
"""A count of people from 1 to 4 is not told outside of its workspace."""

OVERDUE, TODAY, THIS_WEEK, LATER = "overdue", "today", "week", "later"
WHENS = (OVERDUE, TODAY, THIS_WEEK, LATER)


@dataclass(frozen=True, slots=True)
class Due:
    """Something expected on a day: ``kind`` says which record ``number`` is of."""

    kind: str
    number: int
    on: date


@dataclass(frozen=True, slots=True)
class Stale:
    """Why a stage is asked about.

    ``why`` is "silent" (under way, no news for ``days``), "unproved" (done for ``days``, and nothing shows
    it) or "again" (done ``days`` ago, longer than it holds).
    """

    card: int
    why: str
    days: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a strand is: counts of stages that every sector has, and apart those of the sector's own.

    ``silent_days`` is the longest silence of its stages under way; nothing where none is under way.
    """

    strand: str
    n_stages: int
    n_todo: int
    n_doing: int
    n_done: int
    n_aside: int
    n_stale: int
    n_overdue: int
    silent_days: int | None
    n_own: int
    n_own_done: int


@dataclass(frozen=True, slots=True)
class Drift:
    """How a phase runs against what was planned, in days: positive is late, nothing is not known yet."""

    start_days: int | None
    end_days: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A sector beside the others, as they are all shown."""

    sector: Sector
    progress: tuple[Progress, ...]
    n_overdue: int
    n_stale: int
    phases_now: tuple[Phase, ...]


def when(on: date, *, today: date) -> str:
    """Say whether a day is past, today, in the seven days to come, or later."""
    if on < today:
        return OVERDUE
    if on == today:
        return TODAY
    return THIS_WEEK if on <= today + WEEK else LATER


def card_due(card: Card) -> Due | None:
    """Say when a stage that is neither done nor set aside is due."""
    open_ = card.state in (AHEAD, DOING)
    return Due("card", card.number, card.due) if open_ and card.due else None


def _phase_dues(phase: Phase) -> Iterable[Due]:
    if phase.began is None and phase.ended is None:
        yield Due("phase_start", phase.number, phase.starts)
    if phase.ended is None:
        yield Due("phase_end", phase.number, phase.ends)


def dues(
    *,
    cards: Iterable[Card] = (),
    phases: Iterable[Phase] = (),
    communications: Iterable[Communication] = (),
    transfers: Iterable[Transfer] = (),
    questions: Iterable[Question] = (),
    risks: Iterable[Risk] = (),
) -> tuple[Due, ...]:
    """Gather what is expected, the earliest first; what is finished or dropped is expected no more."""
    found = [due for card in cards if (due := card_due(card))]
    found += [due for phase in phases for due in _phase_dues(phase)]
    for kind, rows, day, open_ in (
        ("communication", communications, "on", ("planned", "ready")),
        ("transfer", transfers, "on", ("idea", "agreed")),
        ("question", questions, "on", ("asked", "gathering")),
        ("risk", risks, "review_on", ("watched", "happened")),
    ):
        for row in rows:
            on = getattr(row, day)
            if on is not None and row.state in open_:
                found.append(Due(kind, row.number, on))
    return tuple(sorted(found, key=lambda due: (due.on, due.kind, due.number)))


def by_when(items: Iterable[Due], *, today: date) -> dict[str, tuple[Due, ...]]:
    """Part what is expected into overdue, today, the seven days to come, later."""
    held = tuple(items)
    return {name: tuple(i for i in held if when(i.on, today=today) == name) for name in WHENS}


def silent_days(card: Card, *, today: date) -> int | None:
    """Count the days since the last news of a stage under way: a note, or its beginning."""
    if card.state != DOING:
        return None
    heard = [day for day in (card.began, card.last_news) if day is not None]
    return max((today - max(heard)).days, 0) if heard else None


def stale(card: Card, *, today: date) -> Stale | None:
    """Say whether a stage is to be asked about, and why."""
    silent = silent_days(card, today=today)
    if silent is not None and silent >= card.stale_days:
        return Stale(card.number, "silent", silent)
    if card.state != DONE or card.done_on is None:
        return None
    if not card.evidence.strip():
        return Stale(card.number, "unproved", max((today - card.done_on).days, 0))
    seen = max(card.done_on, card.last_news or card.done_on)
    age = (today - seen).days
    if card.holds_days is not None and age >= card.holds_days:
        return Stale(card.number, "again", age)
    return None


def stales(cards: Iterable[Card], *, today: date) -> tuple[Stale, ...]:
    """List the stages to ask about, in the order of the path."""
    return tuple(found for card in cards if (found := stale(card, today=today)))


def progress(cards: Iterable[Card], *, strands: Sequence[str], today: date) -> tuple[Progress, ...]:
    """Count, strand by strand, where the stages are. Stages of the sector's own are counted apart."""
    held = tuple(cards)
    return tuple(
        _progress([card for card in held if card.strand == code], code, today=today)
        for code in strands
    )


def _progress(cards: Sequence[Card], strand: str, *, today: date) -> Progress:
    shared = [card for card in cards if not card.is_own]
    own = [card for card in cards if card.is_own]
    states = [card.state for card in shared]
    silences = [days for card in cards if (days := silent_days(card, today=today)) is not None]
    waited = [due for card in cards if (due := card_due(card))]
    return Progress(
        strand=strand,
        n_stages=len(shared),
        n_todo=states.count(AHEAD),
        n_doing=states.count(DOING),
        n_done=states.count(DONE),
        n_aside=states.count(ASIDE),
        n_stale=len(stales(cards, today=today)),
        n_overdue=sum(due.on < today for due in waited),
        silent_days=max(silences, default=None),
        n_own=len(own),
        n_own_done=sum(card.state == DONE for card in own),
    )


def drift(phase: Phase, *, today: date) -> Drift:
    """Compare a phase with what was planned; one that has not ended is late only once its day is past."""
    start = _late(
        phase.starts, phase.began or (None if phase.ended else _past(phase.starts, today))
    )
    end = _late(phase.ends, phase.ended or _past(phase.ends, today))
    return Drift(start, end, is_open=phase.began is not None and phase.ended is None)


def _past(planned: date, today: date) -> date | None:
    return today if today > planned else None


def _late(planned: date, real: date | None) -> int | None:
    return None if real is None else (real - planned).days


def phases_now(phases: Iterable[Phase], *, today: date) -> tuple[Phase, ...]:
    """Give the phases that run today: begun and not ended; else planned for today and not ended."""
    return tuple(
        one
        for one in phases
        if one.ended is None and (one.began is not None or one.starts <= today <= one.ends)
    )


def alphabetical(name: str) -> tuple[str, str]:
    """Give the key that sorts names as people do: accents and capitals do not part them."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold(), name


def told_count(count: int | None) -> int | None:
    """Give a count of people as it may leave its workspace: -1 stands for one to four."""
    return -1 if count is not None and 0 < count < LEAST else count


def as_shared(achievement: Achievement) -> Achievement:
    """Give an achievement as another workspace reads it: small counts are hidden, one by one.

    No total of its counts is ever shown, so that nothing can be subtracted.
    """
    return replace(
        achievement,
        residents=told_count(achievement.residents),
        volunteers=told_count(achievement.volunteers),
    )


def _is_running(run: Run | None) -> bool:
    return run is not None and run.closed is None


def side_by_side(
    sectors: Iterable[Sector], *, strands: Sequence[str], today: date
) -> tuple[SideBySide, ...]:
    """Put sectors side by side, in the alphabetical order of their names; none is first for what it did.

    Of a run that is closed nothing is late and nothing is asked about.
    """
    return tuple(
        _beside(one, strands, today) for one in sorted(sectors, key=lambda s: alphabetical(s.name))
    )


def _beside(sector: Sector, strands: Sequence[str], today: date) -> SideBySide:
    told = progress(sector.cards, strands=strands, today=today)
    if not _is_running(sector.run):
        told = tuple(replace(one, n_stale=0, n_overdue=0, silent_days=None) for one in told)
    return SideBySide(
        sector=replace(sector, achievements=tuple(map(as_shared, sector.achievements))),
        progress=told,
        n_overdue=sum(one.n_overdue for one in told),
        n_stale=sum(one.n_stale for one in told),
        phases_now=phases_now(sector.phases, today=today) if _is_running(sector.run) else (),
    )
