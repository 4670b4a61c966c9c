"""The path in words: stages, strands, what is due, what is silent, how late; never a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from courtepointe.engagement.programme.board import (
    AHEAD,
    DOING,
    Due,
    Progress,
    Stale,
    card_due,
    drift,
    stale,
    when,
)
from courtepointe.engagement.programme.exports import chosen, stage_title
from courtepointe.engagement.programme.path import stages, strands
from courtepointe.engagement.programme.values import Card, Phase
from courtepointe.press.words import say, typeset


@dataclass(frozen=True, slots=True)
class CardTold:
    """A stage as a page says it.

    ``next`` is the state that its one button on the board leads to, with the button's words.
    """

    card: Card
    title: str
    strand: str
    asks: str
    proof: str
    carrier: str
    state: str
    when: str
    stale: str
    next: tuple[str, str] | None

    @property
    def is_link(self) -> bool:
        """Say whether what proves it is an address."""
        return self.card.evidence.startswith(("https://", "http://")) and " " not in self.card.evidence  # fmt: skip


def card_told(card: Card, *, today: date, lang: str) -> CardTold:
    """Put a stage in words."""
    known = stages().get(card.stage)
    due = card_due(card)
    found = stale(card, today=today)
    return CardTold(
        card=card,
        title=stage_title(card, lang=lang),
        strand=strand_title(card.strand, lang=lang),
        asks=typeset(known.asks.in_(lang), lang=lang) if known else card.asks,
        proof=typeset(known.proof.in_(lang), lang=lang) if known else "",
        carrier=chosen("carriers", card.carrier, lang=lang) if card.carrier else "",
        state=chosen("states", card.state, lang=lang),
        when=when(due.on, today=today) if due else "",
        stale=stale_told(found) if found else "",
        next=_next(card),
    )


def strand_title(code: str, *, lang: str) -> str:
    """Say a strand."""
    known = strands().get(code)
    return typeset(known.title.in_(lang), lang=lang) if known else code


def _next(card: Card) -> tuple[str, str] | None:
    if card.state == AHEAD:
        return (DOING, gettext("Begin"))
    return ("done", gettext("It is done")) if card.state == DOING else None


def stale_told(found: Stale) -> str:
    """Say why a stage is asked about."""
    days = found.days
    if found.why == "silent":
        return ngettext(
            "No news for %(days)s day.", "No news for %(days)s days.", days
        ) % {"days": days}  # fmt: skip
    if found.why == "unproved":
        return gettext("Done, and nothing shows it yet.")
    return ngettext(
        "Done, and not seen again for %(days)s day.", "Done, and not seen again for %(days)s days.", days
    ) % {"days": days}  # fmt: skip


def progress_told(told: Progress) -> str:
    """Say how far a strand is, as a row of facts."""
    facts = [_done(told.n_done, told.n_stages)]
    if told.n_doing:
        facts.append(gettext("%(n)s under way") % {"n": told.n_doing})
    if told.n_aside:
        facts.append(ngettext("%(n)s stage set aside", "%(n)s stages set aside", told.n_aside) % {"n": told.n_aside})  # fmt: skip
    if told.n_overdue:
        facts.append(ngettext("%(n)s past its day", "%(n)s past their day", told.n_overdue) % {"n": told.n_overdue})  # fmt: skip
    if told.silent_days is not None and told.n_stale:
        facts.append(ngettext("the longest silence: %(n)s day", "the longest silence: %(n)s days", told.silent_days) % {"n": told.silent_days})  # fmt: skip
    if told.n_own:
        facts.append(ngettext("and %(n)s stage of its own", "and %(n)s stages of its own", told.n_own) % {"n": told.n_own})  # fmt: skip
    return ", ".join(facts)


def _done(done: int, of: int) -> str:
    return ngettext(
        "%(done)s of %(n)s stage done", "%(done)s of %(n)s stages done", of
    ) % {"done": done, "n": of}  # fmt: skip


def drift_told(phase: Phase, *, today: date) -> str:
    """Say how a phase runs against what was planned: ended, still open, not begun, to come."""
    told = drift(phase, today=today)
    if phase.ended is not None:
        return _ended(told.end_days or 0)
    if phase.began is not None:
        return _open(told.end_days or 0)
    late = told.start_days or 0
    if late > 0:
        return ngettext("not begun, %(n)s day after its planned start", "not begun, %(n)s days after its planned start", late) % {"n": late}  # fmt: skip
    return gettext("to come")


def _open(days: int) -> str:
    if days <= 0:
        return gettext("under way")
    return ngettext("under way, %(n)s day past its planned end", "under way, %(n)s days past its planned end", days) % {"n": days}  # fmt: skip


def _ended(days: int) -> str:
    if days > 0:
        return ngettext("ended %(n)s day after the plan", "ended %(n)s days after the plan", days) % {"n": days}  # fmt: skip
    if days < 0:
        return ngettext("ended %(n)s day before the plan", "ended %(n)s days before the plan", -days) % {"n": -days}  # fmt: skip
    return gettext("ended on the day planned")


@dataclass(frozen=True, slots=True)
class DueTold:
    """Something expected, as a page says it: what kind of thing, its words, its address."""

    due: Due
    kind: str
    title: str
    address: str


def month_told(day: date, *, lang: str) -> str:
    """Say a month and its year: « juillet 2026 », "July 2026"."""
    return f"{say(f'month.m{day.month}', lang=lang)} {day.year}"


def kind_words() -> Mapping[str, str]:
    """Say the kinds of things that are expected."""
    return {
        "card": gettext("Stage"),
        "phase_start": gettext("Phase that begins"),
        "phase_end": gettext("Phase that ends"),
        "communication": gettext("Communication"),
        "transfer": gettext("Transfer"),
        "question": gettext("Evaluation question"),
        "risk": gettext("Risk to see again"),
    }
