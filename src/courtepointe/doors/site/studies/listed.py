"""The studies of a workspace; two to four of a kind side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from courtepointe.doors.site.space.directory_forms import next_page, number_in
from courtepointe.doors.site.space.frame import Space, space_answer, space_page
from courtepointe.doors.site.studies.frame import HERE, PAGES
from courtepointe.doors.site.studies.kinds import KINDS
from courtepointe.hubs.queries.studies import PAGE, StudySeen, studies, study

MOST = 4


@space_page("read")
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the studies, the newest first, with where each stands."""
    found = studies(space.seen, now=space.now, before=number_in(request.GET, "after"))
    page = found[:PAGE]
    older = next_page(request.GET, page[-1].number if len(found) > PAGE else None)
    lines = [(one, KINDS[one.kind].name) for one in page if one.kind in KINDS]
    values = {"lines": lines, "older": older, "most": MOST}
    return space_answer(request, space, f"{PAGES}studies.html", values, here=HERE)


@space_page("read")
def compared(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show answered studies of one kind side by side: the address names them."""
    chosen = _chosen(request, space)
    values: dict[str, Any] = {"chosen": chosen, "most": MOST}
    if len(chosen) > 1:
        kind = KINDS[chosen[0].kind]
        values |= {
            "rows": _titled(
                kind.compared([(one.asked, one.result) for one in chosen], lang=space.lang), chosen
            ),
            "leads": [kind.lead(one.asked, one.result, lang=space.lang) for one in chosen],
            "same_pack": len({one.pack for one in chosen}) == 1,
        }
    return space_answer(request, space, f"{PAGES}compared.html", values, here=HERE)


def _titled(
    rows: Sequence[tuple[str, Sequence[str]]], chosen: Sequence[StudySeen]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Put the study's title beside each of its cells: on a telephone a row is a list."""
    titles = [one.title for one in chosen]
    return [(what, list(zip(titles, told, strict=True))) for what, told in rows]


def _chosen(request: HttpRequest, space: Space) -> list[StudySeen]:
    """Give the studies that the address names: answered, of the kind of the first."""
    numbers = [int(one) for one in request.GET.getlist("n") if one.isdecimal() and len(one) < 12]
    found = [study(space.seen, one, now=space.now) for one in dict.fromkeys(numbers[:MOST])]
    done = [one for one in found if one.is_done and one.kind in KINDS]
    return [one for one in done if one.kind == done[0].kind]
