"""One chart or one map, whole in one small file, that other sites may frame."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from courtepointe.core.errors import NotFound
from courtepointe.doors.editions import by_edition
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.security import public
from courtepointe.doors.site.shaded import shaded
from courtepointe.doors.site.subjects import Subject
from courtepointe.doors.site.views.areas import asked_subject
from courtepointe.doors.site.views.exports import asked_chart, asked_drawing
from courtepointe.press.charts import draw_chart

FRAMED_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
"""Nothing is loaded and nothing runs: the frame holds a drawing, a sentence and a link."""


@public
@require_safe
@xframe_options_exempt
@by_edition
def chart(request: HttpRequest, section: str, number: int, **where: str) -> HttpResponse:
    """Frame one chart."""
    subject = asked_subject(request, where)
    width, scheme = asked_drawing(request)
    asked = asked_chart(subject, language(request), f"{section}-{number}")
    drawn = draw_chart(asked, width=width, scheme=scheme)
    return framed(request, subject, asked.title, drawn, section=section)


@public
@require_safe
@xframe_options_exempt
@by_edition
def section_map(request: HttpRequest, section: str, **where: str) -> HttpResponse:
    """Frame the map of a section."""
    subject = asked_subject(request, where)
    lang = language(request)
    width, scheme = asked_drawing(request)
    parts = {part.code: part for part in subject.document(lang).sections}
    plan = parts[section].map if section in parts else None
    if plan is None:
        raise NotFound("unknown_map", value=section)
    drawn = shaded(subject, section, lang=lang, width=width, scheme=scheme)
    return framed(request, subject, plan.title, drawn, section=section)


def framed(
    request: HttpRequest, subject: Subject, title: str, drawn: str, *, section: str
) -> HttpResponse:
    """Write the page in a frame: the drawing, its sources, the way back."""
    lang = language(request)
    document = subject.document(lang)
    page = {
        "title": title,
        "drawn": drawn,
        "document": document,
        "dark": request.GET.get("scheme") == "dark",
        "credits": list(dict.fromkeys(s.attribution or s.publisher for s in document.sources)),
        "back": f"{request.build_absolute_uri(subject.address())}#{section}",
    }
    response = render(request, "site/embed.html", page)
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
