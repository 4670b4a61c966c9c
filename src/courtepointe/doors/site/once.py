"""A form that is sent twice is done once: a double click, a page sent again by an impatient hand.

Each page that is drawn carries a token of its own, the one against forged requests, so that the same
fields under the same token are the same page sent again. Whoever goes back and fills the form anew has
a new token, and does it anew.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.shortcuts import redirect

from courtepointe.core.errors import Refused
from courtepointe.doors.site.errors import answer

Answer = Callable[[HttpRequest], HttpResponseBase]

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of the field, not a secret
UNDER_WAY = ""
REMEMBERED = 60
"""Seconds: who sends the same page again later means it, or reads that it was done."""
LOOKED = 0.05
PATIENCE = 200
"""How often the second request looks whether the first is done: ten seconds in all."""


class DoneOnce:
    """Give the second of two same requests the answer of the first, without doing it again."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and remember where a form that was done led to."""
        response = self.get_response(request)
        key = getattr(request, "done_once", "")
        if key and _leads_on(request, response):
            cache.set(key, response["Location"], REMEMBERED)
        elif key:
            cache.delete(key)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the first request through; have the second wait for it."""
        if not (request.method == "POST" and getattr(view, "takes_forms", False)):
            return None
        if not request.POST.get(TOKEN):
            return None
        key = fingerprint_of(request)
        for _ in range(PATIENCE):
            if cache.add(key, UNDER_WAY, REMEMBERED):
                request.done_once = key  # type: ignore[attr-defined]
                return None
            led_to = cache.get(key)
            if led_to:
                return redirect(led_to)
            time.sleep(LOOKED)
        return answer(request, Refused("sent_twice"))


def fingerprint_of(request: HttpRequest) -> str:
    """Tell what was sent, by whom, where: a digest, so that nothing typed lies in the cache."""
    files = [
        (name, str(one.name), str(one.size)) for name, sent in request.FILES.lists() for one in sent
    ]
    told = repr((request.user.pk, request.path, sorted(request.POST.lists()), sorted(files)))
    return f"done-once-{hashlib.sha256(told.encode()).hexdigest()}"


def _leads_on(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether it was done and led to a page, without anything that only its first answer can give."""
    keeps_nothing = not response.cookies and not request.session.modified
    return isinstance(response, HttpResponseRedirectBase) and keeps_nothing
