"""The forms of an OGC answer: JSON, or the same as a plain page; links between answers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

from courtepointe.core.errors import BadInput
from courtepointe.doors.api.answers import JSON, reply

HTML = "text/html"
FORMS = {"json": JSON, "html": HTML}
DEEPEST = 12


def wants_html(request: HttpRequest) -> bool:
    """Say whether a page was asked for: by ``f``, else by Accept."""
    asked = request.GET.get("f", "")
    if asked:
        if asked not in FORMS:
            raise BadInput("api_unknown_form", value=asked[:80], expected=", ".join(FORMS))
        return asked == "html"
    return request.get_preferred_type([JSON, "application/geo+json", HTML]) == HTML


def told(
    request: HttpRequest, answer: dict[str, Any], *, kind: str = JSON, lang: str
) -> HttpResponse:
    """Answer as JSON or as a page; ``answer`` holds its own links."""
    if not wants_html(request):
        return reply(answer, kind=kind)
    title = str(answer.get("title") or answer.get("id") or "Courtepointe")
    body = _list(answer, 0)
    page = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return HttpResponse(page, content_type="text/html; charset=utf-8")


def _list(held: Any, depth: int) -> str:
    if depth > DEEPEST or not isinstance(held, dict | list):
        return escape("" if held is None else str(held))
    if isinstance(held, list):
        return "<ul>" + "".join(f"<li>{_one(one, depth)}</li>" for one in held) + "</ul>"
    terms = "".join(
        f"<dt>{escape(str(name))}</dt><dd>{_list(one, depth + 1)}</dd>"
        for name, one in held.items()
    )
    return f"<dl>{terms}</dl>"


def _one(held: Any, depth: int) -> str:
    if isinstance(held, dict) and "href" in held:
        name = held.get("title") or held.get("rel", "")
        return f'<a href="{escape(held["href"])}" rel="{escape(held["rel"])}">{escape(name)}</a>'
    return _list(held, depth + 1)


def absolute(request: HttpRequest, path: str, **question: object) -> str:
    """Give a whole address; what is None is not asked."""
    asked = {name: value for name, value in question.items() if value not in (None, "")}
    address = request.build_absolute_uri(path)
    return f"{address}?{urlencode(asked)}" if asked else address


def link(
    href: str, rel: str, *, kind: str = JSON, title: str = "", lang: str = ""
) -> dict[str, Any]:
    """Write a link."""
    made = {"href": href, "rel": rel, "type": kind}
    if title:
        made["title"] = title
    return made | ({"hreflang": lang} if lang else {})


def self_links(request: HttpRequest, *, kind: str = JSON) -> list[dict[str, Any]]:
    """Link to this answer and to its other form."""
    asked = {name: value for name, value in request.GET.items() if name != "f"}
    forms = {"json": kind, "html": HTML}
    here = "html" if wants_html(request) else "json"
    return [
        link(
            absolute(request, request.path, **asked, f=form),
            "self" if form == here else "alternate",
            kind=held,
            title="JSON" if form == "json" else "HTML",
        )
        for form, held in forms.items()
    ]
