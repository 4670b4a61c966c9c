"""A resilience portrait by the press: what is there first, numbers and voices side by side, what was read of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.doors.site.hubs.telling import capital
from courtepointe.doors.site.reports import report_answer, report_form
from courtepointe.doors.site.resilience.printed_groups import groups_part
from courtepointe.doors.site.resilience.printed_parts import Printed, dimension_part, profile_part
from courtepointe.doors.site.space.frame import Space, space_page
from courtepointe.portraits.resilience.framework import groups
from courtepointe.portraits.resilience.queries import portrait as portrait_seen
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.press.document.values import Term
from courtepointe.press.hubs.report import ReportPart, StudyReport
from courtepointe.press.numbers import date_text


@space_page("read")
def printed(request: HttpRequest, space: Space, number: int, ending: str) -> HttpResponseBase:
    """Give a portrait as a file: PDF, Word, a page of its own."""
    form, seen = report_form(ending), portrait_seen(space.seen, number)
    stem = f"{space.seen.slug}-resilience-{number}"
    return report_answer(_report(space, seen), form, stem=stem)


def _report(space: Space, seen: PortraitSeen) -> StudyReport:
    standing = _standing(space, seen)
    held = Printed.of(space, seen)
    return StudyReport(
        kind=_("Resilience portrait"),
        title=seen.name,
        workspace_word=_("Workspace"),
        workspace=space.seen.name,
        mark=space.seen.slug,
        lang=space.lang,
        parts=list(_parts(held, seen)),
        notes_heading=_("Sources and method"),
        notes=tuple(_notes(held)),
        citation=_("%(workspace)s, “%(title)s”, %(standing)s, Courtepointe.") % {
            "workspace": space.seen.name, "title": seen.name, "standing": standing[0].lower() + standing[1:],
        },
        foot=standing,
        pack="",
        dated=(seen.closed or localdate(space.now)).isoformat(),
        terms=tuple(_terms(seen, standing)),
        template="resilience",
    )  # fmt: skip


def _standing(space: Space, seen: PortraitSeen) -> str:
    if seen.closed is None:
        return _("Open, as it stood on %(day)s") % {"day": _day(localdate(space.now).isoformat(), space)}  # fmt: skip
    return _("Closed on %(day)s") % {"day": _day(seen.closed.isoformat(), space)}


def _day(day: str, space: Space) -> str:
    return date_text(day, lang=space.lang)


def _terms(seen: PortraitSeen, standing: str) -> Iterator[Term]:
    if seen.territory is not None:
        yield Term(_("Territory"), seen.territory.name)
    yield Term(_("Standing"), standing)


def _parts(held: Printed, seen: PortraitSeen) -> Iterator[ReportPart]:
    if seen.about:
        yield ReportPart(_("What it is for"), tuple(line for line in seen.about.split("\n") if line.strip()))  # fmt: skip
    yield profile_part(held)
    for one in held.sides:
        yield dimension_part(held, one)
    yield groups_part(held.space, seen)


def _notes(held: Printed) -> Sequence[str]:
    named = ", ".join(one.name.in_(held.space.lang) for one in groups().values())
    told = [
        _("Dimensions: Patel, Rogers, Amlôt and Rubin (2017), PLOS Currents Disasters, in our words."),
        _("A dimension is read from 0 to 100 between fixed goalposts. Its interval says what is not known, from three causes: the data, what is missing, the choice of a method. No dimension is added to another, and no neighbourhood is ranked."),
        _("Passages are quoted only where whoever speaks agreed to be quoted; the others are counted. Counts of a few people are not told."),
        _("Groups that the portrait listens for: %(groups)s.") % {"groups": named},
    ]  # fmt: skip
    return [capital(one) for one in told] + list(held.sources)
