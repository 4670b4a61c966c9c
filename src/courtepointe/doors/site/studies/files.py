"""What of a study can be taken away: all of it as JSON; its report on paper."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.reports import report_answer, report_form
from courtepointe.doors.site.space.frame import Space, space_page
from courtepointe.doors.site.studies.report import study_report
from courtepointe.doors.site.views.exports import attached
from courtepointe.hubs.queries.studies import study


@space_page("read")
def as_json(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give the question, the answer, and with which atlas, programme and seed it was found."""
    seen = study(space.seen, number, now=space.now)
    told = asdict(seen) | {
        "seconds": seen.seconds,
        **{name: _moment(getattr(seen, name)) for name in ("made", "started", "ended")},
    }
    del told["twins"], told["progress"]
    content = json.dumps(told, ensure_ascii=False, indent=1)
    return attached(content.encode(), f"{_stem(space, number)}.json", "application/json")


def _moment(told: object) -> str | None:
    return None if told is None else str(told)


@space_page("read")
def report(request: HttpRequest, space: Space, number: int, ending: str) -> HttpResponseBase:
    """Give the report of a study that has its answer; until then there is none."""
    form, seen = report_form(ending), study(space.seen, number, now=space.now)
    if not seen.is_done:
        raise NotFound("study_no_report")
    return report_answer(study_report(space, seen), form, stem=_stem(space, number))


def _stem(space: Space, number: int) -> str:
    word = "etude" if space.lang == "fr" else "study"
    return f"{space.seen.slug}-{word}-{number}"
