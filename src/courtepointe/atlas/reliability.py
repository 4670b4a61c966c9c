"""How reliable a figure is by its coefficient of variation: classes and limits are data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Reliability:
    """A class of reliability.

    Attributes
    ----------
    code : str
        ``acceptable``, ``with_caution``, ``too_uncertain``.
    least : float
        The least coefficient of variation of the class, in percent.
    symbol : str
        The publisher's own sign for it, empty where it has none.
    """

    code: str
    least: float
    symbol: str


@cache
def reliability_classes() -> tuple[Reliability, ...]:
    """Give the classes, the most reliable first."""
    text = files("courtepointe.atlas").joinpath("reliability.toml").read_text(encoding="utf-8")
    classes = tomllib.loads(text)["classes"]
    return tuple(Reliability(one["code"], one["from"], one["symbol"]) for one in classes)


def reliability_of(cv: float) -> Reliability:
    """Give the class of a coefficient of variation in percent, 0 or more."""
    return next(one for one in reversed(reliability_classes()) if cv >= one.least)
