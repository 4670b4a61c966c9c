"""Actions of a spreadsheet, from the clean rows of a brought table to the room that keeps them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.frame import Space
from courtepointe.people.bringing import RowRead, Unfit, key_of_row
from courtepointe.people.bringing.folding import key_of
from courtepointe.places.queries import named as records_named
from courtepointe.plans.actions import arriving
from courtepointe.plans.queries.actions import actions
from courtepointe.plans.queries.grounds import quotes
from courtepointe.plans.queries.plans import plans
from courtepointe.plans.values import ArrivingAction, NewAction
from courtepointe.portraits.resilience.queries import portrait, portraits
from courtepointe.portraits.resilience.values import PortraitSeen

KEY = ("statement",)
LONGEST_NAME = 200


WAITING = ("draft", "in_force", "adopted")
"""States of a plan that waits for actions, those that wait the most coming first."""


def portraits_of_actions(space: Space) -> Sequence[tuple[str, str]]:
    """List the portraits that actions may be brought to: first that of the plan that is being written, or in force.

    Of several plans in a state, and of portraits without one or whose plan is closed, the newest comes first.
    """
    states = {one.portrait: one.state for one in reversed(plans(space.seen))}
    held = sorted(portraits(space.seen), key=lambda one: _waits(states.get(one.number)))
    return [(str(one.number), one.name) for one in held]


def _waits(state: str | None) -> int:
    return WAITING.index(state) if state in WAITING else len(WAITING)


def _about(space: Space, place: str) -> PortraitSeen | None:
    """Give the portrait that actions are brought to; nothing where there is none yet."""
    return portrait(space.seen, int(place)) if place else None


def existing_actions(space: Space, *, place: str = "") -> Mapping[tuple[str, ...], Collection[str]]:
    """Say which actions a portrait has already."""
    about = _about(space, place)
    held = () if about is None else actions(space.seen, now=space.now, portrait=about.number)
    return {KEY: {key_of_row({"statement": one.statement}, KEY) for one in held}}


def look_at_actions(
    space: Space, rows: Sequence[RowRead], *, place: str = ""
) -> tuple[tuple[Unfit, ...], frozenset[int]]:
    """Find the rows that cannot be taken: no portrait yet, words that nobody said, an effect without a direction."""
    about = _about(space, place)
    if about is None:
        return tuple(Unfit(row.number, "statement", "portrait_first") for row in rows), frozenset()
    said = _said(space, about)
    columns = frozenset().union(*(row.values for row in rows))
    return tuple(one for row in rows for one in _faults(row, said, columns)), frozenset()


def _said(space: Space, about: PortraitSeen) -> Mapping[int, str]:
    held = quotes(space.seen, about.number, now=space.now)
    return {number: key_of(words) for number, words in held.items()}


def _faults(row: RowRead, said: Mapping[int, str], columns: Collection[str]) -> Iterator[Unfit]:
    words = _text(row, "evidence")
    if words and _passage(words, said) is None:
        yield Unfit(row.number, "evidence", "words_not_here")
    is_read = "direction" in row.values or "direction" not in columns
    if _text(row, "expected") and is_read and not _text(row, "direction"):
        yield Unfit(row.number, "expected", "direction_needed")


def _passage(words: str, said: Mapping[int, str]) -> int | None:
    """Find the one passage that holds these words, capitals and marks apart."""
    asked = key_of(words)
    found = [number for number, told in said.items() if asked and asked in told]
    return found[0] if len(found) == 1 else None


def bring_actions(space: Space, rows: Sequence[RowRead], batch: str, *, place: str = "") -> int:
    """Keep the actions of clean rows in a portrait, all or none; give how many."""
    about = _about(space, place)
    if about is None:
        raise NotFound("unknown_resilience_portrait")
    said, leads = _said(space, about), _leads(space)
    some = [_arriving(row, said, leads) for row in rows]
    return arriving.bring_actions(
        space.seen.slug, about.number, some, by=space.by, now=space.now, batch=batch
    )


def _leads(space: Space) -> Mapping[str, int]:
    """Give the organisations of the directory by their folded name; names that two share lead nowhere."""
    found: dict[str, list[int]] = {}
    for number, _, name in records_named(space.seen.id, "organization"):
        found.setdefault(key_of(name), []).append(number)
    return {name: numbers[0] for name, numbers in found.items() if len(numbers) == 1}


def _arriving(row: RowRead, said: Mapping[int, str], leads: Mapping[str, int]) -> ArrivingAction:
    lead, due, words = _text(row, "lead"), row.values.get("due"), _text(row, "evidence")
    number = leads.get(key_of(lead)) if lead else None
    what = NewAction(
        statement=_text(row, "statement"),
        dimension=_text(row, "dimension"),
        lead=number,
        role="" if number is not None else lead,
        beside=_text(row, "beside"),
        beside_by=_text(row, "beside_by"),
        means=_text(row, "means"),
        cost=_text(row, "cost"),
        horizon=_text(row, "horizon") or "year",
        due=due if isinstance(due, date) else None,
    )
    expected = _text(row, "expected")
    return ArrivingAction(
        what,
        tuple(dict.fromkeys(one.strip()[:LONGEST_NAME] for one in _text(row, "partners").split(";") if one.strip())),
        expected,
        _text(row, "direction") if expected else "",
        _passage(words, said) if words else None,
    )  # fmt: skip


def _text(row: RowRead, name: str) -> str:
    value = row.values.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""
