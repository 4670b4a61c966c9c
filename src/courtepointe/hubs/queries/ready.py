"""A hub's rows as core weighs them: ages in days, counted on the day that is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from courtepointe.core import readiness as core
from courtepointe.core.autonomy import Autonomy, autonomy
from courtepointe.core.power_by_hour import by_hour, least_of
from courtepointe.hubs.kinds import asked_of, half_lives, seasons
from courtepointe.hubs.models import Agreement, Capacity, Hub, KitItem, Power
from courtepointe.hubs.power import power_of, uses_of
from courtepointe.hubs.values import NewPower, NewUse


def new_power(row: Power) -> NewPower:
    """Give what a hub says of its power."""
    return NewPower(
        row.load_kw, row.battery_kwh, row.depth_percent, row.efficiency_percent, row.sun_kwp,
        row.generator_kw, row.fuel_h, row.tested_on, row.tested_h, row.verifier,
        tuple(NewUse(**one) for one in row.uses),
    )  # fmt: skip


def autonomy_of(told: NewPower | None) -> dict[str, Autonomy]:
    """Give a hub's hours without the network, by season; nothing where its power is not written.

    Where its load is written by hour, those of the hour at which they are fewest.
    """
    if told is None:
        return {}
    if told.uses:
        return {code: least_of(found) for code, found in by_hour_of(told).items()}
    power = power_of(told)
    return {code: autonomy(power, season) for code, season in seasons().items()}


def lasting(told: NewPower | None) -> tuple[float | None, bool]:
    """Give the hours without the network in the worst season (None: not known), and whether they may be more."""
    hours = autonomy_of(told)
    return _worst(hours), not hours or any(not one.is_known for one in hours.values())


def by_hour_of(told: NewPower | None) -> dict[str, tuple[Autonomy, ...]]:
    """Give a hub's hours without the network by season and by the hour at which it fails; nothing where its
    load is not written by hour.
    """
    if told is None or not told.uses:
        return {}
    power, uses = power_of(told), uses_of(told)
    return {code: by_hour(power, uses, season) for code, season in seasons().items()}


def by_level(hub: Hub, *, today: date) -> dict[str, core.Readiness]:
    """Weigh a hub against what each level asks of its form."""
    held = held_of(hub, today=today)
    return {level: core.readiness(held, asked) for level, asked in asked_of(hub.form).items()}


def held_of(hub: Hub, *, today: date) -> core.Held:
    """Give all that is known of a hub, in ages; its lines are read, or were fetched before."""
    power: Power | None = getattr(hub, "power", None)
    hours = autonomy_of(None if power is None else new_power(power))
    held = max((one.held for one in hub.exercises.all()), default=None)
    return core.Held(
        agreements=tuple(_agreement(one, today) for one in hub.agreements.all()),
        keys=tuple(core.Keys(k.role, k.count, _age(k.verified_on, today)) for k in hub.keys.all()),
        kit=tuple(_kit(one, today) for one in hub.kit.all()),
        posts=tuple(
            core.Post(p.role, p.filled, p.trained, _age(p.verified_on, today)) for p in hub.posts.all()
        ),
        exercise_days=_age(held, today),
        power_test_days=_age(power.tested_on if power else None, today),
        autonomy_h=_worst(hours),
        autonomy_may_be_more=any(not one.is_known for one in hours.values()),
        facts={one.code: one.has for one in hub.facts.all()},
        capacities=tuple(_capacity(one, today) for one in hub.capacities.all()),
        members=_members(hub),
    )  # fmt: skip


def _worst(hours: Mapping[str, Autonomy]) -> float | None:
    """Give the hours of the season in which they are fewest: a hub is ready all year."""
    told = [one.least_h for one in hours.values() if one.least_h is not None]
    return min(told, default=None)


def _age(day: date | None, today: date) -> int | None:
    return None if day is None else max((today - day).days, 0)


def _agreement(one: Agreement, today: date) -> core.Agreement:
    ends = [day for day in (one.until, one.ended) if day is not None]
    left = (min(ends) - today).days if ends else None
    if one.ended is not None and one.ended <= today:
        left = min(left or 0, -1)
    return core.Agreement((today - one.signed).days, left)


def _kit(one: KitItem, today: date) -> core.KitLine:
    return core.KitLine(
        code=one.code or one.name,
        wanted=one.wanted,
        held=one.held,
        age_days=_age(one.checked_on, today),
        check_days=one.check_days,
        left_days=None if one.expires is None else (one.expires - today).days,
    )


def _capacity(one: Capacity, today: date) -> core.Capacity:
    age = _age(one.verified_on, today)
    return core.Capacity(one.code, one.maximum, one.available, age, half_lives()[one.code])


def _members(hub: Hub) -> int:
    """Count those who wrote what they do in a disruption; of a mobile hub, its vehicles."""
    members = list(hub.members.all())
    if hub.form == "mobile":
        return sum(one.kind == "vehicle" for one in members)
    return sum(
        one.kind == "organization" and any(c.mode == "disruption" for c in one.commitments.all())
        for one in members
    )
