"""Words of kinds, states and hours in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from courtepointe.doors.site.gathering import words

register = template.Library()


def _lang() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


@register.filter
def word(code: str, name: str) -> str:
    """Give the words of a code of a list; the code itself where it has none."""
    return words.named(name, lang=_lang()).get(code, code)


@register.filter
def words_for(codes: list[str], name: str) -> str:
    """Give the words of codes of a list, with commas."""
    told = words.named(name, lang=_lang())
    return ", ".join(told.get(code, code) for code in codes)


@register.filter
def state(code: str) -> str:
    """Give the words of a state."""
    return words.states().get(code, code)


@register.filter
def when(thing: Any) -> str:
    """Say when something with ``starts`` and ``ends`` takes place."""
    return words.when(thing.starts, thing.ends, lang=_lang())
