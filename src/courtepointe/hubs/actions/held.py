"""What a hub holds is written down: capacities, facts, power, the box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.texts import at_least, line
from courtepointe.hubs.access import hub_to_fill, line_of
from courtepointe.hubs.actions.told import past, put, verified
from courtepointe.hubs.kinds import kit, known
from courtepointe.hubs.models import Capacity, Fact, KitItem, Power
from courtepointe.hubs.power import power_of, uses_of
from courtepointe.hubs.values import KitCheck, NewCapacity, NewFact, NewKitItem, NewPower
from courtepointe.people.actions import change, create, create_many, remove
from courtepointe.people.values import Person

MOST = 10_000_000
MOST_USES = 24


@transaction.atomic
def count_capacity(slug: str, hub: int, what: NewCapacity, *, by: Person, now: datetime) -> int:
    """Write how many a hub can take of something, in place of what was said before."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    maximum = at_least(what.maximum, 0, most=MOST)
    if what.available is not None and not 0 <= what.available <= maximum:
        raise BadInput("hub_available", value=what.available, expected=maximum)
    told = {"maximum": maximum, "available": what.available}
    told |= verified(what.verified_on, what.verifier, now=now)
    return put(Capacity, row, {"code": known("capacities", what.code)}, told, by=by, now=now)


@transaction.atomic
def take_counts(
    slug: str, hub: int, counts: Iterable[NewCapacity], *, by: Person, now: datetime, batch: str
) -> int:
    """Write the counts of a file that differ from ours, under a batch; give how many.

    A file says who verified nothing of: where it says another day or another number, the verifier is not
    known any more, and neither is the day.
    """
    row = hub_to_fill(slug, hub, by=by, now=now)
    n_written = 0
    for what in counts:
        told = {"maximum": at_least(what.maximum, 0, most=MOST), "available": what.available}
        held = (
            row.capacities.select_for_update().filter(code=known("capacities", what.code)).first()
        )
        if held is None:
            made = Capacity(workspace_id=row.workspace_id, hub=row, code=what.code, **told)
            create(made, by=by, now=now, batch=batch)
        elif any(getattr(held, name) != value for name, value in told.items()):
            change(held, told | {"verified_on": None, "verifier": ""}, by=by, now=now, batch=batch)
        else:
            continue
        n_written += 1
    return n_written


@transaction.atomic
def drop_capacity(slug: str, hub: int, number: int, *, by: Person, now: datetime) -> None:
    """Count a capacity no more."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    remove(line_of(Capacity, number, hub=row), by=by, now=now)


@transaction.atomic
def note_fact(slug: str, hub: int, what: NewFact, *, by: Person, now: datetime) -> int:
    """Write whether the place has something, and who looked."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    told = {"has": what.has, "note": line(what.note)}
    told |= verified(what.verified_on, what.verifier, now=now)
    return put(Fact, row, {"code": known("facts", what.code)}, told, by=by, now=now)


@transaction.atomic
def forget_fact(slug: str, hub: int, number: int, *, by: Person, now: datetime) -> None:
    """Say that nobody knows whether the place has something."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    remove(line_of(Fact, number, hub=row), by=by, now=now)


@transaction.atomic
def note_power(slug: str, hub: int, what: NewPower, *, by: Person, now: datetime) -> None:
    """Write what a hub draws and what it has without the network; it is refused by name where it cannot be."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    power_of(what)
    uses_of(what)
    if len(what.uses) > MOST_USES:
        raise BadInput("power_uses", value=len(what.uses), expected=MOST_USES)
    if what.tested_h is not None and not 0 <= what.tested_h <= 10_000:
        raise BadInput("power_value", value=what.tested_h, column="tested_h", expected="0–10 000")
    tested = verified(what.tested_on, what.verifier, now=now)
    uses = [asdict(replace(one, name=line(one.name, longest=60))) for one in what.uses]
    told = asdict(what) | {
        "uses": uses,
        "tested_on": tested["verified_on"],
        "verifier": tested["verifier"],
    }
    put(Power, row, {}, told, by=by, now=now)


@transaction.atomic
def begin_kit(slug: str, hub: int, *, by: Person, now: datetime) -> int:
    """Copy the catalogue's box, but for what is already there; give how many lines were added."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    held = set(row.kit.values_list("code", flat=True))
    made = [
        KitItem(workspace_id=row.workspace_id, hub=row, code=one.code, wanted=one.count, check_days=one.check_days)
        for one in kit().values()
        if one.code not in held
    ]  # fmt: skip
    return len(create_many(made, by=by, now=now))


@transaction.atomic
def put_kit_item(slug: str, hub: int, what: NewKitItem, *, by: Person, now: datetime) -> int:
    """Add a line to the box, or change how many are wanted of it."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    name = "" if what.code else line(what.name, longest=120, needed=True)
    key = {"code": known("kit", what.code) if what.code else "", "name": name}
    told = {
        "wanted": at_least(what.wanted, 1),
        "check_days": at_least(what.check_days, 1, most=1_830),
    }
    return put(KitItem, row, key, told, by=by, now=now)


@transaction.atomic
def check_kit(
    slug: str, hub: int, number: int, what: KitCheck, *, by: Person, now: datetime
) -> None:
    """Write what somebody found in the box."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    item = line_of(KitItem, number, hub=row)
    told = {
        "held": at_least(what.held, 0),
        "checked_on": past(what.checked_on, now=now),
        "verifier": known("verifiers", what.verifier),
        "expires": what.expires,
    }
    if item.code and not kit()[item.code].expires and what.expires is not None:
        raise Refused("hub_no_expiry", value=item.code)
    change(item, told, by=by, now=now)


@transaction.atomic
def check_all_kit(
    slug: str, hub: int, what: KitCheck, *, by: Person, now: datetime
) -> int:  # fmt: skip
    """Write that all that was wanted was found today; give how many lines were so marked."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    verifier = known("verifiers", what.verifier)
    day = past(what.checked_on, now=now)
    items = list(row.kit.select_for_update())
    for item in items:
        told = {"held": item.wanted, "checked_on": day, "verifier": verifier}
        change(item, told, by=by, now=now)
    return len(items)


@transaction.atomic
def drop_kit_item(slug: str, hub: int, number: int, *, by: Person, now: datetime) -> None:
    """Take a line out of the box."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    remove(line_of(KitItem, number, hub=row), by=by, now=now)
