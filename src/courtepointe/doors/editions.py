"""Pages that depend only on the pack, the language and the code: sent again only when one changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from courtepointe.doors.served import served

WRITTEN = (".py", ".html", ".svg", ".css", ".js", ".toml", ".mo")
A_YEAR = 365 * 24 * 3600


@cache
def code_edition() -> str:
    """Hash what pages are made with: code, templates, words and styles."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for folder in (package, *map(Path, settings.LOCALE_PATHS)):
        for file in sorted(folder.rglob("*")):
            if file.suffix in WRITTEN:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def edition(request: HttpRequest, *varying: str) -> str:
    """Name the edition of a page: any change of pack, code, address or question changes it.

    ``varying`` are the headers of the request that the answer depends on.
    """
    parts = (served().edition, code_edition(), request.get_full_path(), *varying)
    told = "\n".join(parts)
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, tag: str) -> HttpResponseBase | None:
    """Give the 304 of a reader who has this edition."""
    found = get_conditional_response(request, etag=tag)
    return found if found is not None and found.status_code == 304 else None


def by_edition(
    view: Callable[..., HttpResponseBase] | None = None, *, lasting: bool = False
) -> Callable[..., Any]:
    """Answer 304 where the reader has this edition; ``lasting`` for addresses that name theirs."""

    def decorate(inner: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(inner)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            tag = edition(request)
            # A kept area may have expired since: only its view can tell.
            if "token" not in kwargs and (same := unchanged(request, tag)) is not None:
                return same
            response = inner(request, *args, **kwargs)
            if response.status_code == 200:
                response.headers["ETag"] = tag
                named = lasting and request.GET.get("e") == short_edition()
                kept_by = "private" if "token" in kwargs else "public"
                response.headers["Cache-Control"] = (
                    f"{kept_by}, max-age={A_YEAR}, immutable" if named else "no-cache"
                )
                return unchanged(request, tag) or response
            return response

        return answer

    return decorate if view is None else decorate(view)


def short_edition() -> str:
    """Name the pack and code in an address, for drawings that are kept a year."""
    told = f"{served().edition} {code_edition()}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]
