"""Turn an error into a page, or into JSON where JSON was asked: what happened, what was kept, what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, gettext, gettext_noop, override

from courtepointe.core.errors import CourtepointeError, NotAllowed, NotFound
from courtepointe.doors import words
from courtepointe.doors.served import served
from courtepointe.doors.site.lists import named_kinds

KINDS = ("area_type", "unit_type")
LISTING = {
    "unknown_area_type": ("expected",),
    "unknown_unit_type": ("expected",),
    "unknown_vintage": ("value", "expected"),
}
FITS = {"best_fit": gettext_noop("Best fit"), "as_drawn": gettext_noop("As drawn")}
Answer = Callable[[HttpRequest], HttpResponseBase]


def language(request: HttpRequest) -> str:
    """Give the language of an address, or of the visitor where the address has none."""
    first = request.path.split("/")[1:2]
    if first in (["fr"], ["en"]):
        return first[0]
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def wants_json(request: HttpRequest) -> bool:
    """Say whether JSON was asked for."""
    if request.path.endswith((".json", ".geojson")):
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def told(error: CourtepointeError, *, lang: str) -> str:
    """Say an error as people do: kinds of areas by their names, not by their codes."""
    facts = {
        name: named_kinds(served(), str(fact), lang=lang) if name in KINDS else fact
        for name, fact in error.facts.items()
    }
    if error.code == "unknown_fit":
        offered = (FITS.get(one, one) for one in str(facts["expected"]).split(", "))
        facts["expected"] = ", ".join(gettext(one).lower() for one in offered)
    for name in LISTING.get(error.code, ()):
        facts[name] = named_kinds(served(), str(facts[name]), lang=lang)
    return words.sentence(CourtepointeError(error.code, **facts), lang=lang)


def answer(request: HttpRequest, error: CourtepointeError) -> HttpResponse:
    """Say an error in the reader's language with its HTTP status."""
    lang = language(request)
    status = words.status(error)
    sentence = told(error, lang=lang)
    if wants_json(request):
        return JsonResponse({"code": error.code, "sentence": sentence}, status=status)
    with override(lang):
        page = {"sentence": sentence, "status": status, "code": error.code}
        return render(request, "site/error.html", page, status=status)


class AnswerErrors:
    """Catch the errors of the house wherever a view raises them."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn an error of ours into its page; leave others to Django."""
        return answer(request, error) if isinstance(error, CourtepointeError) else None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request cannot be read."""
    return answer(request, NotAllowed("request_refused"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is not allowed."""
    return answer(request, NotAllowed("request_refused"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that no page has this address."""
    return answer(request, NotFound("no_such_page", value=request.path))


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; no page of the site is needed to say it."""
    lang = language(request)
    told = words.sentence(CourtepointeError("our_fault"), lang=lang)
    return render(request, "site/broken.html", {"sentence": told, "lang": lang}, status=500)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was open too long, or came from elsewhere; or that the page takes none."""
    found = request.resolver_match
    if found is not None and not getattr(found.func, "takes_forms", False):
        response = answer(request, NotAllowed("method_not_taken"))
        response.headers["Allow"] = "GET, HEAD"
        return response
    return answer(request, NotAllowed("form_expired"))
