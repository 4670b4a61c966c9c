"""The coding page: a text in numbered sentences, each code two keys, and every key also a button."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.doors.site.errors import wants_json
from courtepointe.doors.site.evidence.forms import CodeForm, CodingForm
from courtepointe.doors.site.evidence.frame import (
    HERE,
    PAGES,
    code_keys,
    direction_keys,
    strength_keys,
)
from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    keys,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.portraits.evidence import actions, queries
from courtepointe.portraits.evidence.lists import USUAL
from courtepointe.portraits.evidence.sentences import sentences_of
from courtepointe.portraits.evidence.values import CodingSeen, NewCoding, RoundSeen
from courtepointe.portraits.resilience.queries import dimensions_of, portrait

UNDONE_FOR = 7 * 24 * 3600
"""Seconds for which a press of the key that undoes is known again: a device may be away for days."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a cursor stands on: a sentence, or a passage that is read a second time.

    Attributes
    ----------
    number : int
        From 1, as people read it.
    begins : bool
        Whether a paragraph begins with it.
    before, after : str
        What stands around a passage, to understand it by.
    """

    number: int
    start: int
    end: int
    text: str
    begins: bool
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A code as the page shows it: the units that it covers, from 1."""

    number: int
    first: int
    last: int
    what: str
    direction: str
    strength: int


@space_page("contribute", methods=FORM)
def page(request: HttpRequest, space: Space, number: int, source: int) -> HttpResponseBase:
    """Code a source; what was done is asked for again as JSON by the page itself."""
    held, seen = portrait(space.seen, number), queries.source(space.seen, number, source)
    if not seen.is_open:
        raise Refused("evidence_ended" if seen.is_ended else "evidence_no_consent")
    reading = queries.reading_by(space.seen, source, by=space.by)
    text = queries.text_of(space.seen, source)
    units, mark = _units(space, text, reading), hashlib.sha256(text.encode()).hexdigest()[:16]
    whats = [(one.what, one.name) for one in code_keys(space)]
    do = request.POST.get("do", "") if request.method == "POST" else ""
    sent = request.POST if do == "code" else None
    form = CodeForm(sent, lang=space.lang, whats=whats, auto_id="code_%s", initial={"mark": mark})

    def note(typed: dict[str, Any]) -> str:
        if typed["mark"] not in ("", mark):
            raise BadInput("evidence_place")
        actions.code(space.seen.slug, source, _asked(typed, units), **keys(space))
        return f"{request.path}?at={typed['first']}"

    if do == "undo":
        _undo_once(request, space, source)
        return redirect(f"{request.path}?at={_place(request, units)}")
    if do == "code" and wants_json(request):
        if not form.is_valid():
            raise _refused(form)
        return redirect(note(form.cleaned_data))
    if done := acted(form, note, lang=space.lang):
        return done
    marked = _marked(queries.codings_by(space.seen, source, by=space.by), units)
    if wants_json(request):
        return JsonResponse({"codings": [asdict(one) for one in marked]})
    names = queries.code_names(space.seen.id)
    values = {
        "portrait": held,
        "source": seen,
        "reading": reading,
        "mark": mark,
        "units": [(one, [each for each in marked if each.first == one.number]) for one in units],
        "covered": {n for each in marked for n in range(each.first, each.last + 1)},
        "n_codings": len(marked),
        "at": _place(request, units),
        "codes": code_keys(space),
        "directions": direction_keys(space.lang),
        "strengths": strength_keys(space.lang),
        "names": {code: words.in_(space.lang) for code, words in names.items()},
        "direction_names": {one.what: one.name for one in direction_keys(space.lang)},
        "form": form,
    }
    return space_answer(
        request, space, f"{PAGES}coding.html", values, here=HERE, status=status_of(form)
    )


def _undo_once(request: HttpRequest, space: Space, source: int) -> None:
    """Undo, unless the same press of the key was answered before and the answer got lost on its way."""
    told = f"{space.by.id}|{source}|{request.POST.get('id', '')}"
    key = f"undone-{hashlib.sha256(told.encode()).hexdigest()}"
    if request.POST.get("id") and cache.get(key):
        return
    actions.undo(space.seen.slug, source, **keys(space))
    cache.set(key, True, UNDONE_FOR)


def _refused(form: forms.Form) -> BadInput:
    name, said = next(iter(form.errors.get_json_data().items()))
    value, expected = form.data.get(name, ""), said[0]["message"]
    return BadInput("evidence_unknown_kind", value=value, expected=expected)


def _units(space: Space, text: str, reading: RoundSeen | None) -> list[Unit]:
    sentences = sentences_of(text)
    if reading is None:
        begun = {one.paragraph: one.number for one in reversed(sentences)}
        return [
            Unit(one.number + 1, one.start, one.end, text[one.start : one.end], begun[one.paragraph] == one.number)
            for one in sentences
        ]  # fmt: skip
    held = queries.spans(space.seen, reading.passages)
    found = []
    for number, (start, end) in enumerate(held.values(), start=1):
        before = next((one for one in reversed(sentences) if one.end <= start), None)
        after = next((one for one in sentences if one.start >= end), None)
        around = [text[one.start : one.end] if one else "" for one in (before, after)]
        found.append(Unit(number, start, end, text[start:end], True, *around))
    return found


def _marked(codings: Sequence[CodingSeen], units: Sequence[Unit]) -> list[Marked]:
    """Place codes on the units that they cover; those outside of a second reading are left out."""
    found = []
    for one in codings:
        covered = [unit.number for unit in units if unit.start < one.end and one.start < unit.end]
        if covered:
            mark = Marked(one.number, covered[0], covered[-1], one.what, one.direction, one.strength)  # fmt: skip
            found.append(mark)
    return found


def _asked(typed: dict[str, Any], units: Sequence[Unit]) -> NewCoding:
    first, last = typed["first"], typed["last"] or typed["first"]
    if not first <= last <= len(units):
        raise BadInput("gathering_number", value=last, expected=f"{first}–{len(units)}")
    start, end = units[first - 1].start, units[last - 1].end
    return NewCoding(start, end, typed["what"], typed["direction"], typed["strength"] or USUAL)


def _place(request: HttpRequest, units: Sequence[Unit]) -> int:
    """Read where the cursor stood; a place that is not there is the first."""
    asked = request.POST.get("at") or request.GET.get("at", "")
    place = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    return place if 1 <= place <= len(units) else 1


@space_page("contribute", methods=FORM)
def detail(
    request: HttpRequest, space: Space, number: int, source: int, coding: int
) -> HttpResponseBase:
    """Say more of one's own code: its part of the dimension, a note; or take it off."""
    held, seen = portrait(space.seen, number), queries.source(space.seen, number, source)
    one = queries.coding_of(space.seen, coding, by=space.by)
    mine = {each.number for each in queries.codings_by(space.seen, source, by=space.by)}
    if coding not in mine:
        raise NotFound("unknown_coding")
    back = space.address("space_evidence_coding", number=number, source=source)
    dimension = dimensions_of(space.seen.id).get(one.what)
    parts = (
        [(part.code, part.name.in_(space.lang)) for part in dimension.parts] if dimension else []
    )

    def describe(typed: dict[str, Any]) -> str:
        actions.describe_coding(space.seen.slug, coding, **typed, **keys(space))
        return back

    def remove(_typed: dict[str, Any]) -> str:
        actions.uncode(space.seen.slug, coding, **keys(space))
        return back

    begun = {"part": one.part, "strength": one.strength, "note": one.note}
    form = partial(CodingForm, lang=space.lang, parts=parts, initial=begun)
    deeds = [
        Deed("describe", _("Keep"), describe, form, right="contribute"),
        Deed("remove", _("Take this code off"), remove, right="contribute"),
    ]

    def draw() -> dict[str, Any]:
        names = queries.code_names(space.seen.id)
        return {
            "portrait": held,
            "source": seen,
            "coding": one,
            "name": names[one.what].in_(space.lang),
            "direction": next(each.name for each in direction_keys(space.lang) if each.what == one.direction),
            "text": queries.text_of(space.seen, source)[one.start : one.end],
            "back": back,
        }  # fmt: skip

    return page_of(request, space, f"{PAGES}coding_detail.html", deeds, draw, here=HERE)
