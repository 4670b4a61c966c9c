"""Two to six areas side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.errors import language, told
from courtepointe.doors.site.lists import Line, home_groups
from courtepointe.doors.site.security import public
from courtepointe.doors.site.side_by_side import Together, bands, choices, read_together
from courtepointe.doors.site.subjects import Subject, official, subject_of
from courtepointe.doors.site.views.search import lines_found
from courtepointe.press.words import say

MOST = 6


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
    pair = tuple(request.GET.get(name, "").strip() for name in ("first", "second"))
    offered = choices(subjects[0].galley(lang)) if subjects else ()
    together, more = _together(subjects, pair, lang)
    page = {
        "subjects": [(s, s.galley(lang).place.plain, _without(subjects, s)) for s in subjects],
        "faults": (*faults, *more),
        "bands": bands(subjects, lang=lang) if subjects else (),
        "asked": text,
        "found": lines_found(text, lang=lang, limit=MOST) if text else _offered(now, lang),
        "room": len(subjects) < MOST,
        "kept_keys": [s.compared_as for s in subjects],
        "choices": offered,
        "pair": pair if all(pair) else tuple(shares[0].code for _, shares in offered[:2]),
        "together": together,
        "warning": say("joint.warning", lang=lang),
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


def _together(
    subjects: tuple[Subject, ...], pair: tuple[str, ...], lang: str
) -> tuple[tuple[Together, ...], tuple[str, ...]]:
    if not subjects or not all(pair):
        return (), ()
    try:
        return read_together(subjects, pair[0], pair[1], lang=lang), ()
    except CourtepointeError as error:
        return (), (told(error, lang=lang),)


def _without(subjects: tuple[Subject, ...], one: Subject) -> list[str]:
    return [s.compared_as for s in subjects if s.compared_as != one.compared_as]


def _offered(now: Served, lang: str) -> tuple[Line, ...]:
    return home_groups(now, now.pack.recipe.home, lang=lang).lines
