"""Two to six areas side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courtepointe.atlas.figures import Figure
from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.errors import language, told
from courtepointe.doors.site.lists import Line, home_groups
from courtepointe.doors.site.security import public
from courtepointe.doors.site.subjects import Subject, official, subject_of
from courtepointe.doors.site.views.search import lines_found

MOST = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one of the areas, as it is written."""

    subject: Subject
    name: str
    figure: Figure
    value: str
    interval: str


@dataclass(frozen=True, slots=True)
class Across:
    """One indicator over all areas."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A section of the comparison."""

    heading: str
    rows: tuple[Across, ...]


@public
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show areas side by side; an area that is not found is said, the others stay."""
    now, lang = served(), language(request)
    asked = tuple(dict.fromkeys(text for text in request.GET.getlist("a") if text))
    if len(asked) > MOST:
        raise BadInput("too_many_compared", value=len(asked), expected=MOST)
    subjects, faults = _found(now, asked, lang)
    text = request.GET.get("q", "").strip()
    page = {
        "subjects": [(s, s.galley(lang).place.plain, _without(subjects, s)) for s in subjects],
        "faults": faults,
        "bands": bands(subjects, lang=lang) if subjects else (),
        "asked": text,
        "found": lines_found(text, lang=lang, limit=MOST) if text else _offered(now, lang),
        "room": len(subjects) < MOST,
        "kept_keys": [s.compared_as for s in subjects],
    }
    return render(request, "site/compare.html", page)


def _found(
    now: Served, asked: tuple[str, ...], lang: str
) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    subjects, faults = [], []
    for text in asked:
        try:
            subjects.append(_subject(now, text, lang))
        except CourtepointeError as error:
            faults.append(told(error, lang=lang))
    return tuple(subjects), tuple(faults)


def _subject(now: Served, text: str, lang: str) -> Subject:
    if ":" in text:
        return official(now, now.atlas.find(text), lang=lang)
    return subject_of(now, {"token": text}, lang=lang, now=timezone.now())


def _without(subjects: tuple[Subject, ...], one: Subject) -> list[str]:
    return [s.compared_as for s in subjects if s.compared_as != one.compared_as]


def _offered(now: Served, lang: str) -> tuple[Line, ...]:
    return home_groups(now, now.pack.recipe.home, lang=lang).lines


def bands(subjects: tuple[Subject, ...], *, lang: str) -> tuple[Band, ...]:
    """Set the figures of several areas side by side, in the recipe's order."""
    galleys = [(subject, subject.galley(lang)) for subject in subjects]
    first = galleys[0][1]
    made = []
    for section in first.recipe.sections:
        rows = tuple(
            Across(
                first.label(code),
                tuple(
                    Cell(
                        subject,
                        galley.place.plain,
                        galley.figures[code],
                        galley.value(galley.figures[code]),
                        galley.interval(galley.figures[code]),
                    )
                    for subject, galley in galleys
                ),
            )
            for code in section.indicators
            if all(code in galley.figures for _, galley in galleys)
        )
        made.append(Band(first.set(section.name.in_(lang)), rows))
    return tuple(made)
