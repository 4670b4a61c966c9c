"""What the site refuses before a view runs: strangers' scripts, closed doors, bodies too large."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from courtepointe.core.errors import BadInput, NotAllowed
from courtepointe.doors.site.errors import answer, wants_json
from courtepointe.doors.site.libraries import import_map_hash
from courtepointe.people.queries.members import protected

Answer = Callable[[HttpRequest], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

MILLION = 1024 * 1024
ROOM_FOR_FIELDS = 256 * 1024
"""What a form sends beside its file: boundaries, names, a pasted shape's frame."""


def public(view: View) -> View:
    """Mark a view that anyone may read; the others need a login."""
    view.public = True  # type: ignore[attr-defined]
    return view


def takes_forms(view: View) -> View:
    """Mark a view that people send forms to; the others can only be read."""
    view.takes_forms = True  # type: ignore[attr-defined]
    return view


def before_protection(view: View) -> View:
    """Mark a view that whoever signed in reaches before they have a passkey or a second factor."""
    view.before_protection = True  # type: ignore[attr-defined]
    return view


def takes_photos(view: View) -> View:
    """Mark a view whose forms carry a photo; those of the others are refused sooner."""
    view.takes_photos = True  # type: ignore[attr-defined]
    return view


def policy() -> str:
    """Write the Content-Security-Policy: nothing from another host, no script in the page."""
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' {import_map_hash()}",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class ContentSecurityPolicy:
    """Send the policy with every answer that does not bring its own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.policy = policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the policy."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class BodiesWithinLimit:
    """Refuse a body larger than the limit by its announced length, before anything reads it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say that it is too large."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        size = int(announced) if announced.isdecimal() else 0
        if size > settings.UPLOAD_LIMIT_BYTES + ROOM_FOR_FIELDS and not _may_weigh(request, size):
            error = photo_too_heavy(size) if _takes_photos(request) else upload_too_large(size)
            response = answer(request, error)
            response.headers["Connection"] = "close"
            return response
        return self.get_response(request)


def _takes_photos(request: HttpRequest) -> bool:
    """Say whether an address takes photos; only asked of bodies that are too large for the others."""
    try:
        return getattr(resolve(request.path_info).func, "takes_photos", False)
    except Resolver404:
        return False


def _may_weigh(request: HttpRequest, size: int) -> bool:
    return size <= settings.PHOTO_LIMIT_BYTES + ROOM_FOR_FIELDS and _takes_photos(request)


def photo_too_heavy(size: int) -> BadInput:
    """Say how much a form with a photo weighs and how much it may, in megabytes."""
    limit = settings.PHOTO_LIMIT_BYTES // MILLION
    return BadInput("form_too_heavy", value=max(round(size / MILLION), limit), expected=limit)


def upload_too_large(size: int) -> BadInput:
    """Say how large the file is and how large it may be, in megabytes."""
    limit = settings.UPLOAD_LIMIT_BYTES // MILLION
    return BadInput("upload_too_large", value=max(round(size / MILLION), limit), expected=limit)


class ClosedByDefault:
    """Let strangers reach only the views marked public, and members those once they are protected."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse a stranger where the view is not public; send who has one factor to make the second."""
        if getattr(view, "public", False):
            return None
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if getattr(view, "before_protection", False) or protected({request.user.pk}):
            return None
        return redirect("mfa_index")


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """Ask a reader to sign in, then bring them back; say it to whoever sends or asks for data."""
    if request.method not in ("GET", "HEAD") or wants_json(request):
        return answer(request, NotAllowed("sign_in_needed"))
    asked = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('account_login')}?{asked}")
