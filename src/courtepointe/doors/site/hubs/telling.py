"""Readiness, autonomy and reasons, in sentences."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from courtepointe.core.autonomy import Autonomy
from courtepointe.core.readiness import Asked, Why
from courtepointe.hubs.kinds import words_of
from courtepointe.press.numbers import number

FILE = Path(__file__).with_name("reasons.toml")
LISTS = {
    "keys": "roles", "role": "roles", "kit": "kit", "fact": "facts", "capacity": "capacities",
}  # fmt: skip
MONTH, YEAR = 30.4, 365.0


@cache
def _data() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def said(table: str, code: str, *, lang: str) -> str:
    """Give the words of a code of a table: ``state``, ``part``, ``missing``, ``item``, ``field``."""
    return _data()[table][code][lang]


def named(name: str, code: str, *, lang: str) -> str:
    """Give the words of a code of a list of hubs; the code itself where it has none."""
    words = words_of(name).get(code)
    return code if words is None else words.in_(lang)


def capital(words: str) -> str:
    """Begin with a capital, and leave the rest as it is."""
    return words[:1].upper() + words[1:]


def age_text(days: int, *, lang: str) -> str:
    """Say a length of time: days up to two months, then months, from two years on years."""
    if days < 1:
        return said("age", "today", lang=lang)
    if days == 1:
        return said("age", "day", lang=lang)
    if days <= 60:
        key, n = "days", float(days)
    elif days < 2 * YEAR:
        key, n = "months", days / MONTH
    else:
        key, n = "years", days / YEAR
    return said("age", key, lang=lang).format(n=number(math.floor(n + 1e-9), lang=lang))


def hours_text(hours: float, *, lang: str, key: str = "exact") -> str:
    """Say hours, with a decimal under ten; inf where they renew themselves."""
    if math.isinf(hours):
        return said("hours", "sustained", lang=lang)
    # Rounded down: a hub is not promised minutes that it does not have.
    decimals = 1 if hours < 10 else 0
    floored = math.floor(hours * 10**decimals + 1e-9) / 10**decimals
    exact = floored == round(floored)
    return said("hours", key, lang=lang).format(
        n=number(floored, decimals=0 if exact else decimals, lang=lang)
    )


def autonomy_text(found: Autonomy, *, lang: str) -> str:
    """Say how long a place lasts: exactly, at least, or that it is not known."""
    if found.least_h is None:
        return said("hours", "unknown", lang=lang)
    return hours_text(found.least_h, lang=lang, key="exact" if found.is_known else "least")


def asks(asked: Asked, *, lang: str) -> list[str]:
    """Say what a level asks, a line a part."""

    def line(key: str, **slots: object) -> str:
        return said("asks", key, lang=lang).format(**slots)

    def listed(name: str, codes: tuple[str, ...]) -> str:
        return ", ".join(named(name, code, lang=lang) for code in codes)

    held = [line("agreement"), line("kit")]
    if asked.members:
        held.append(line("vehicle") if asked.members == 1 else line("members", n=asked.members))
    if asked.keys:
        held.append(line("keys", n=asked.keys))
    held.append(line("roles", list=listed("roles", asked.roles)))
    held.append(line("exercise", age=age_text(asked.exercise_days, lang=lang)))
    if asked.autonomy_h:
        held.append(line("autonomy", hours=hours_text(asked.autonomy_h, lang=lang)))
    if asked.power_test_days:
        held.append(line("power_test", age=age_text(asked.power_test_days, lang=lang)))
    if asked.facts:
        held.append(line("facts", list=listed("facts", asked.facts)))
    held.append(line("capacities", list=listed("capacities", asked.capacities)))
    return [capital(one) for one in held]


def reason(why: Why, *, lang: str) -> str:
    """Say why a part stands as it does."""
    facts: dict[str, object] = dict(why.facts)
    told: dict[str, object] = {}
    if "of" in facts:
        prefix = why.code.split("_")[0]
        told["of"] = named(LISTS[prefix], str(facts["of"]), lang=lang)
    for name in ("n", "asked"):
        if isinstance(facts.get(name), int):
            told[name] = number(float(str(facts[name])), lang=lang)
    if "percent" in facts:
        told["percent"] = f"{facts['percent']}%" if lang == "en" else f"{facts['percent']}\u00a0%"
    if "days" in facts:
        told["age"] = told["left"] = age_text(int(str(facts["days"])), lang=lang)
    if "most" in facts:
        told["most"] = age_text(int(str(facts["most"])), lang=lang)
    if "hours" in facts:
        told["hours"] = hours_text(float(str(facts["hours"])), lang=lang)
    if isinstance(facts.get("asked"), float):
        told["need"] = hours_text(float(str(facts["asked"])), lang=lang)
    return capital(said("why", why.code, lang=lang).format(**told))
