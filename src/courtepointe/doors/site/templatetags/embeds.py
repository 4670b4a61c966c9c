"""The text that people copy to frame a drawing elsewhere."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.utils.html import escape

register = template.Library()


@register.simple_tag
def frame_text(request: HttpRequest, address: str, title: str) -> str:
    """Write a frame around a drawing; the page shows it escaped, as text."""
    where, named = escape(request.build_absolute_uri(address)), escape(title)
    return (
        f'<iframe src="{where}" title="{named}" width="760" height="520" loading="lazy"></iframe>'
    )
