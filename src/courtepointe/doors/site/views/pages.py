"""How each figure is made, where it comes from, and every data set to take away."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courtepointe.atlas.figures import Method
from courtepointe.atlas.recipe.values import Indicator, Licence, Source
from courtepointe.doors.editions import by_edition
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.lists import kinds_listed
from courtepointe.doors.site.security import public
from courtepointe.doors.site.source_code import archive, file_name
from courtepointe.press.galley import publisher_of
from courtepointe.press.words import say

RULES = {
    "sum": Method.SUM,
    "ratio_of_sums": Method.RATIO_OF_SUMS,
    "weighted_mean": Method.WEIGHTED_MEAN,
    "median": Method.MEDIAN_FROM_BANDS,
    "quantile": Method.QUANTILE_FROM_BANDS,
    "quantile_ratio": Method.RATIO_OF_QUANTILES,
    "published_only": Method.PUBLISHED,
    "count_places": Method.COUNTED,
}


@dataclass(frozen=True, slots=True)
class MethodPart:
    """A way of computing, with the indicators that it makes."""

    anchor: str
    text: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source with its licence and what was read of it."""

    source: Source
    publisher: str
    licence: Licence | None
    file: str
    edition: str
    sha256: str


@public
@require_safe
@by_edition
def methods(request: HttpRequest) -> HttpResponse:
    """Tell how each figure is made."""
    lang = language(request)
    recipe = served().pack.recipe
    made = tuple(
        MethodPart(
            say(f"method_page.{method.value}", lang=lang) and method.value,
            say(f"method.{method.value}", lang=lang),
            tuple(i for i in recipe.indicators if i.aggregation == rule),
        )
        for rule, method in RULES.items()
    )
    statuses = [
        (say(f"status.short.{s}", lang=lang), say(f"status.full.{s}", lang=lang)) for s in STATUSES
    ]
    notes = [say(f"document.note_{n}", lang=lang) for n in NOTES]
    page = {"methods": made, "statuses": statuses, "notes": notes}
    return render(request, "site/methods.html", page)


STATUSES = (
    "published",
    "aggregated",
    "suppressed",
    "unreliable",
    "not_available",
    "not_applicable",
    "not_loaded",
)
NOTES = ("missing", "rounding", "median", "distinct", "unknown")


def source_lines(now: Served, *, lang: str) -> tuple[SourceLine, ...]:
    """Give the recipe's sources with what was read of each."""
    licences = {licence.code: licence for licence in now.pack.recipe.licences}
    lines = []
    for source in now.pack.recipe.sources:
        read = now.pack.loaded_sources.get(source.code, {})
        facts = {name: str(read.get(name, "")) for name in ("file", "edition", "sha256")}
        publisher = publisher_of(now.pack.recipe, source, lang=lang)
        lines.append(SourceLine(source, publisher, licences.get(source.licence), **facts))
    return tuple(lines)


@public
@require_safe
@by_edition
def sources(request: HttpRequest) -> HttpResponse:
    """Tell where the figures come from, under which words."""
    lines = source_lines(served(), lang=language(request))
    return render(request, "site/sources.html", {"sources": lines})


@public
@require_safe
@by_edition
def data(request: HttpRequest) -> HttpResponse:
    """Say which data can be taken away, and how."""
    now, lang = served(), language(request)
    page = {
        "kinds": kinds_listed(now, lang=lang),
        "indicators": now.pack.recipe.indicators,
        "count": len(now.pack.recipe.indicators),
    }
    return render(request, "site/data.html", page)


@public
@require_safe
def source_code(request: HttpRequest) -> HttpResponse:
    """Say under which licence the program runs, and offer its source."""
    page = {"version": version("courtepointe"), "name": file_name()}
    return render(request, "site/source_code.html", page)


@public
@require_safe
def source_archive(request: HttpRequest) -> HttpResponse:
    """Give the source of the program as it runs."""
    response = HttpResponse(archive(), content_type="application/gzip")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name()}"'
    return response
