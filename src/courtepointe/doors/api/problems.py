"""Errors as problem details (RFC 9457), in the reader's language."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from courtepointe.core.errors import BadInput, CourtepointeError, NotFound
from courtepointe.doors import words

PROBLEM = "application/problem+json"
LANGUAGES = ("fr", "en")
LONGEST_SHOWN = 80
REASONS = {
    "missing": "api_parameter_missing",
    "int_parsing": "api_parameter_whole",
    "int_parsing_size": "api_parameter_whole",
    "int_from_float": "api_parameter_whole",
    "greater_than_equal": "api_parameter_least",
    "less_than_equal": "api_parameter_most",
    "string_too_long": "api_parameter_long",
    "literal_error": "api_parameter_one_of",
}
log = logging.getLogger(__name__)


def language(request: HttpRequest) -> str:
    """Give the language asked for by ``lang``, else by Accept-Language, else French."""
    asked = request.GET.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return "en" if get_language_from_request(request).startswith("en") else "fr"


def problem(
    request: HttpRequest, error: CourtepointeError, *, status: int | None = None
) -> HttpResponse:
    """Say an error: its code for programs, its sentence for people."""
    lang, number = language(request), status or words.status(error)
    told = {
        "type": f"urn:courtepointe:problem:{error.code}",
        "title": words.table()[_title(number)][lang],
        "status": number,
        "detail": words.sentence(error, lang=lang),
        "code": error.code,
        "instance": request.path,
    }
    content = json.dumps(told, ensure_ascii=False).encode()
    response = HttpResponse(content, content_type=PROBLEM, status=number)
    response.headers["Content-Language"] = lang
    return response


def _title(status: int) -> str:
    """Tell whose the fault is, in one of four ways."""
    if status == 404:
        return "api_title_not_found"
    if status >= 500:
        return "api_title_unavailable" if status == 503 else "api_title_ours"
    return "api_title_refused"


def refused_parameter(error: ValidationError) -> BadInput:
    """Name the first parameter that cannot be read, and what was expected of it."""
    first: Mapping[str, Any] = error.errors[0]
    where = [str(step) for step in first.get("loc", ()) if step not in ("query", "path", "body")]
    context = first.get("ctx", {})
    facts = {
        "name": where[-1] if where else "body",
        "value": str(first.get("input", ""))[:LONGEST_SHOWN],
        "expected": str(next(iter(context.values()), "")).replace("'", ""),
    }
    return BadInput(REASONS.get(str(first.get("type")), "api_parameter"), **facts)


def said(request: HttpRequest, error: Any) -> HttpResponse:
    """Turn any error of a view into a problem."""
    if isinstance(error, CourtepointeError):
        return problem(request, error)
    if isinstance(error, ValidationError):
        return problem(request, refused_parameter(error))
    if isinstance(error, HttpError):
        return problem(request, BadInput("api_body_not_read"), status=error.status_code)
    if isinstance(error, Http404):
        return problem(request, NotFound("api_no_such_address", value=request.path))
    log.error("The API could not answer %s", request.path, exc_info=error)
    return problem(request, CourtepointeError("our_fault"), status=500)


def answer_errors(api: NinjaAPI) -> None:
    """Have every error of an API leave as a problem."""
    for kind in (CourtepointeError, ValidationError, HttpError, Http404, Exception):
        api.add_exception_handler(kind, said)
