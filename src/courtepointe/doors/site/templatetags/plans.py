"""Words of plans in templates."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from courtepointe.doors.site.plans.frame import word
from courtepointe.hubs.kinds import hub_models
from courtepointe.plans.kinds import read_words

register = template.Library()


def _lang() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


@register.filter
def plan_word(code: str, name: str) -> str:
    """Give the words of a code of a list of plans."""
    return word(name, code, lang=_lang())


@register.filter
def read_word(code: str) -> str:
    """Give the words of what was read: present, fragile, absent."""
    return read_words()[code].in_(_lang()) if code in read_words() else code


@register.filter
def model_name(code: str) -> str:
    """Name one of the ten models."""
    return hub_models()[code].name.in_(_lang())
