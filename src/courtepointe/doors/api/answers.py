"""How every answer leaves the API: plain bytes, an edition to ask again with, open to other sites' scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.doors.api.problems import problem
from courtepointe.doors.editions import edition, unchanged

JSON = "application/json"
GEOJSON = "application/geo+json"
AN_HOUR = 3600
VARIES = ("Accept", "Accept-Language")
METHODS = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponseBase]


def reply(told: Any, *, kind: str = JSON, status: int = 200) -> HttpResponse:
    """Answer with JSON; a number that is none (NaN) stops here rather than in a reader's program."""
    content = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return HttpResponse(content.encode(), content_type=kind, status=status)


def reply_with_columns(told: Any) -> HttpResponse:
    """Answer with JSON whose lists are numpy arrays: a number that is none (NaN) is written null.

    Notes
    -----
    Arrays must be contiguous; their numbers are written straight from memory.
    """
    content = orjson.dumps(told, option=orjson.OPT_SERIALIZE_NUMPY)
    return HttpResponse(content, content_type=JSON)


def attached(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """Answer with a file."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def opened(view: View, *, of_atlas: bool = True) -> View:
    """Open a view to everyone: read by any site's script, sent again only when something changed.

    What is not of the atlas is made anew each time, and nobody keeps it: what people hide is gone at once.
    """
    answered = _by_edition if of_atlas else _as_it_stands

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204), allow=True)
        if request.method == "HEAD":
            request.method = "GET"  # the server leaves the body out
        response = answered(view, request, *args, **kwargs)
        if response.status_code == 405:
            expected = response.headers.get("Allow", METHODS)
            response = problem(
                request, BadInput("api_method_not_allowed", value=request.method, expected=expected)
            )
            response.headers["Allow"] = expected
        patch_vary_headers(response, VARIES)
        return _open(response) if request.method == "GET" else response

    answer.public = True  # type: ignore[attr-defined]
    return answer


def _open(response: HttpResponseBase, *, allow: bool = False) -> HttpResponseBase:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if allow:
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
        response.headers["Allow"] = METHODS
    return response


def _by_edition(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method != "GET":
        return view(request, *args, **kwargs)
    try:
        tag = edition(request, *(request.headers.get(name, "") for name in VARIES))
    except CourtepointeError as error:
        return problem(request, error)
    if (same := unchanged(request, tag)) is not None:
        return same
    response = view(request, *args, **kwargs)
    if response.status_code in (200, 204):
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = f"public, max-age={AN_HOUR}, must-revalidate"
    return response


def _as_it_stands(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    response = view(request, *args, **kwargs)
    response.headers["Cache-Control"] = "no-store"
    return response
