"""Words of hubs in templates."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from courtepointe.core.autonomy import Autonomy
from courtepointe.core.readiness import Why
from courtepointe.doors.site.hubs import telling
from courtepointe.hubs.kinds import units
from courtepointe.press.numbers import number

register = template.Library()


def _lang() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


@register.filter
def hub_word(code: str, name: str) -> str:
    """Give the words of a code of a list of hubs."""
    return telling.named(name, code, lang=_lang())


@register.filter
def hub_said(code: str, table: str) -> str:
    """Give the words of a state, a part, what is missing, a line or a field of power."""
    return telling.said(table, str(code), lang=_lang())


@register.filter
def unit_of(code: str) -> str:
    """Give the unit of a capacity."""
    return units()[code].in_(_lang())


@register.filter
def reason(why: Why) -> str:
    """Say a reason."""
    return telling.reason(why, lang=_lang())


@register.filter
def lasts(found: Autonomy) -> str:
    """Say how long a place lasts."""
    return telling.autonomy_text(found, lang=_lang())


@register.filter
def age_of(days: int) -> str:
    """Say a length of time in days."""
    return telling.age_text(days, lang=_lang())


@register.filter
def amount_of(quantity: float) -> str:
    """Write a quantity with the decimals that it has, three at most."""
    decimals = next((d for d in range(3) if round(quantity, d) == quantity), 3)
    return number(quantity, decimals=decimals, lang=_lang())
