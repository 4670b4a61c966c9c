"""Tags that show a portrait through time: in its sections, in drawers, on the page of comparisons."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from courtepointe.doors.site.over_time import TimePart, section_part, time_part
from courtepointe.doors.site.subjects import Subject

register = template.Library()


@register.inclusion_tag("site/parts/series.html")
def over_time(subject: Subject, section: str) -> dict[str, Any]:
    """Show a section through time; nothing where nothing has a past."""
    return {"time": section_part(subject, section, lang=get_language() or "fr"), "id": section}


@register.inclusion_tag("site/parts/neighbours.html")
def neighbours_in_time(subject: Subject, indicator: str) -> dict[str, Any]:
    """Show one figure through time."""
    return {"time": time_part(subject, (indicator,), (), lang=get_language() or "fr")}


@register.inclusion_tag("site/parts/across_time.html")
def across_time(subject: Subject) -> dict[str, Any]:
    """Show one area across time, section by section."""
    lang = get_language() or "fr"
    galley = subject.galley(lang)
    parts: list[tuple[str, str, TimePart]] = []
    for section in galley.recipe.sections:
        made = section_part(subject, section.code, lang=lang)
        if made.rows:
            parts.append((section.code, galley.set(section.name.in_(lang)), made))
    return {"parts": parts}
