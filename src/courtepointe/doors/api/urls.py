"""The addresses of the API, opened to everyone one by one."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from ninja import NinjaAPI

from courtepointe.core.errors import NotFound
from courtepointe.doors.api.about import router as about
from courtepointe.doors.api.answers import opened, reply
from courtepointe.doors.api.comparisons import router as comparisons
from courtepointe.doors.api.exports import catalogue_router
from courtepointe.doors.api.exports import router as exports
from courtepointe.doors.api.features import router as features
from courtepointe.doors.api.hubs import router as hubs
from courtepointe.doors.api.openapi import OPENAPI, openapi
from courtepointe.doors.api.problems import answer_errors, problem
from courtepointe.doors.api.shades import router as shades
from courtepointe.doors.api.tiles import router as tiles
from courtepointe.doors.api.tilesets import router as tilesets
from courtepointe.doors.api.v1 import router as v1

app_name = "api"
api = NinjaAPI(
    title="Courtepointe",
    version="1",
    description=(
        "Areas, figures with their intervals and statuses, what they rest on, and the hubs that "
        "neighbourhoods show to everyone. A missing value "
        "is null beside the status that says why. The same figures as the pages of the site."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", features)
api.add_router("", tilesets)
api.add_router("", tiles)
api.add_router("/v1", v1)
api.add_router("/v1", comparisons)
api.add_router("/v1", shades)
api.add_router("/v1", about)
api.add_router("/v1", hubs)
api.add_router("/v1/exports", exports)
api.add_router("", catalogue_router)
answer_errors(api)
OF_WORKSPACES = frozenset({"hubs_list", "hub"})
"""What people show and hide: never kept."""


def described(request: HttpRequest) -> HttpResponse:
    """Describe the API in OpenAPI 3.0."""
    return reply(openapi(api, request), kind=OPENAPI)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Say that the API has nothing at an address."""
    return problem(request, NotFound("api_no_such_address", value=request.path[:200]))


def _patterns() -> Iterator[URLPattern]:
    patterns, _, _ = api.urls
    for pattern in patterns:
        if (
            isinstance(pattern, URLPattern)
            and pattern.callback is not None
            and pattern.name != "api-root"
        ):
            pattern.callback = opened(pattern.callback, of_atlas=pattern.name not in OF_WORKSPACES)
            yield pattern


urlpatterns = [
    re_path(r"^openapi\.json$", opened(described), name="openapi"),
    *_patterns(),
    re_path(r"^.*$", opened(nothing_here), name="nothing_here"),
]
