"""How far two readings agree, what differs, and how many codes further sources bring."""

from __future__ import annotations

import numpy as np
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.evidence.agreeing_told import (
    code_lines,
    columns_of,
    curve_chart,
    curve_sentences,
    differing,
    whole_lines,
)
from courtepointe.doors.site.evidence.frame import PAGES, named
from courtepointe.doors.site.resilience.frame import portrait_answer
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.doors.site.space.privacy import taken_away
from courtepointe.doors.site.space.privacy_incidents import lines_csv
from courtepointe.portraits.evidence import actions, queries
from courtepointe.portraits.resilience.queries import portrait
from courtepointe.press.charts import PHONE, draw_chart
from courtepointe.press.numbers import number as written

SEED = 20_240_901
"""The same draws each time: what is read twice says the same twice."""
WIDE = 720.0
COLUMNS = ("source", "kind", "day", "passage", "direction", "strength")


@space_page("contribute", methods=FORM)
def agreement(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show how far two readings agree and what differs side by side; say what is kept of a passage."""
    held = portrait(space.seen, number)
    if request.method == "POST":
        return _settle(request, space)
    read = queries.read_twice(space.seen, number)
    told = queries.compared(space.seen, read, rng=np.random.default_rng(SEED))
    names = {code: words.in_(space.lang) for code, words in queries.code_names(space.seen.id).items()}  # fmt: skip
    titles = {one.number: one.title for one in queries.sources(space.seen, number)}
    values = {
        "rounds": [(one, titles.get(one.source, "")) for one in queries.rounds_of(space.seen, number)],
        "compared": told if told.n_passages else None,
        "whole": whole_lines(told, lang=space.lang),
        "by_code": code_lines(told, names, lang=space.lang),
        "columns": columns_of(told, names),
        "matrix": [
            (name, [int(n) for n in row])
            for name, row in zip(columns_of(told, names), told.matrix, strict=True)
        ],
        "differing": differing(read, names, named("directions", lang=space.lang), titles),
        "none_alike": bool(told.n_passages) and not told.n_alike,
    }  # fmt: skip
    return portrait_answer(request, space, f"{PAGES}agreement.html", held, values)


def _settle(request: HttpRequest, space: Space) -> HttpResponseBase:
    asked = [request.POST.get(name, "") for name in ("round", "passage")]
    kept = request.POST.getlist("kept")
    if not all(one.isascii() and one.isdecimal() for one in (*asked, *kept)):
        raise NotFound("unknown_passage")
    number, passage = map(int, asked)
    actions.settle(space.seen.slug, number, passage, list(map(int, kept)), **keys(space))
    return redirect(f"{request.path}#passage-{passage}")


@space_page("read")
def saturation(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show how many codes each further source brought that none before it did."""
    held = portrait(space.seen, number)
    found = queries.new_codes(space.seen, number, rng=np.random.default_rng(SEED))
    chart = curve_chart(found, lang=space.lang)
    values = {
        "found": found,
        "lines": list(
            zip(
                found.numbers,
                found.titles,
                found.curve.new,
                found.curve.so_far,
                (written(float(one), decimals=1, lang=space.lang) for one in found.curve.mean),
                strict=True,
            )
        ),
        "sentences": curve_sentences(found, lang=space.lang),
        "charts": [draw_chart(chart, width=WIDE), draw_chart(chart, width=PHONE)] if chart else [],
    }
    return portrait_answer(request, space, f"{PAGES}saturation.html", held, values)


@space_page("write")
def codes_file(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give the codes of a portrait as CSV: coders by a letter, words only where they may be quoted."""
    portrait(space.seen, number)
    lines = queries.coding_lines(space.seen, number, on=localdate(space.now))
    names = list(lines[0]) if lines else list(COLUMNS)
    rows = (["" if one is None else one for one in line.values()] for line in lines)
    return taken_away(lines_csv(names, rows), f"codes-{number}.csv", "text/csv; charset=utf-8")
