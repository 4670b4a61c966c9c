"""Draw, upload or assemble an area; then see its fit, and name it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.doors import words
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.errors import language, told
from courtepointe.doors.site.forms import (
    WAYS,
    NameForm,
    Proposed,
    chosen_units,
    uploaded_shape,
    written_shape,
)
from courtepointe.doors.site.portrait_page import fit_report, locator
from courtepointe.doors.site.security import public, takes_forms
from courtepointe.doors.site.shapes_to_pick import (
    comparators_to_choose,
    starting_shape,
    unit_groups,
    unit_type_of,
    whole_bounds,
)
from courtepointe.doors.site.subjects import Subject, fit_that_answers, subject_of
from courtepointe.portraits.access import area_to_read
from courtepointe.portraits.actions import keep_draft, name_area
from courtepointe.portraits.values import NAME_LIMIT
from courtepointe.press.words import say


@public
@takes_forms
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest) -> HttpResponseBase:
    """First step: the shape, by one of three ways."""
    now, lang = served(), language(request)
    way = request.POST.get("way") or request.GET.get("way", "")
    way = way if way in WAYS else WAYS[0]
    fault = None
    if request.method == "POST":
        try:
            return _keep(now, _proposed(request, now, way))
        except CourtepointeError as error:
            fault = error
    page = _first_step(request, now, way=way, lang=lang)
    page["fault"] = told(fault, lang=lang) if fault else ""
    return render(request, "site/draw.html", page, status=words.status(fault) if fault else 200)


def _proposed(request: HttpRequest, now: Served, way: str) -> Proposed:
    if way == "upload":
        return uploaded_shape(request.FILES.get("file"), now)
    if way == "assemble":
        codes, kind = request.POST.getlist("unit"), request.POST.get("unit_type", "")
        return chosen_units(codes, kind, now)
    return written_shape(request.POST.get("shape", ""), now)


def _keep(now: Served, proposed: Proposed) -> HttpResponseBase:
    # An area that nothing of the atlas stands for is refused here, before anything is kept.
    fit = fit_that_answers(now, proposed.what)
    kept = keep_draft(
        proposed.what,
        kind=proposed.kind,
        atlas_code=now.pack.recipe.code,
        pack_hash=now.pack.content_hash,
        fit_method=fit,
        now=timezone.now(),
    )
    address = Subject(now, {"token": kept.token}, None, kept, None).address("adjust")
    asked = [("notice", notice) for notice in proposed.notices]
    asked += [("name", proposed.name)] if proposed.name else []
    joint = "&" if "?" in address else "?"
    return redirect(f"{address}{joint}{urlencode(asked)}" if asked else address)


def _first_step(request: HttpRequest, now: Served, *, way: str, lang: str) -> dict[str, Any]:
    start = None
    if request.GET.get("from"):
        start = area_to_read(request.GET["from"], now=timezone.now())
    unit_type = unit_type_of(now, start)
    chosen = frozenset(request.POST.getlist("unit")) or frozenset(
        getattr(start.what, "codes", ()) if start else ()
    )
    return {
        "way": way,
        "written": request.POST.get("shape", "") or starting_shape(start),
        "unit_type": unit_type,
        "groups": unit_groups(now, unit_type, lang=lang, chosen=chosen)
        if way == "assemble"
        else (),
        "bounds": list(whole_bounds(now)),
        "home_kind": now.pack.recipe.home.split(":", 1),
    }


@public
@takes_forms
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adjust(request: HttpRequest, token: str) -> HttpResponseBase:
    """Second step: its fit, then its name, what to show and what to compare with."""
    now, lang, clock = served(), language(request), timezone.now()
    subject = subject_of(
        now, {"token": token}, lang=lang, now=clock, fit=request.GET.get("fit", "")
    )
    assert subject.kept is not None
    if subject.kept.named and request.method != "POST":
        return redirect(Subject(now, subject.where, None, subject.kept, None).address())
    form = NameForm(request.GET.get("name", "")[:NAME_LIMIT], subject.fitted.value, (), ())
    fault = None
    if request.method == "POST":
        form = NameForm.of(request.POST)
        if subject.kept.named and subject.kept.name == form.name.strip():
            # The same form sent twice: the first sending did what was asked.
            return redirect(Subject(now, subject.where, None, subject.kept, None).address())
        try:
            return _name(subject, form)
        except BadInput as error:
            fault = error
    page = _second_step(request, subject, form, lang=lang)
    page["fault"] = told(fault, lang=lang) if fault else ""
    return render(request, "site/adjust.html", page, status=words.status(fault) if fault else 200)


def _name(subject: Subject, form: NameForm) -> HttpResponseBase:
    kept = name_area(
        subject.where["token"],
        name=form.name,
        fit_method=form.fit_method(subject.fitted),
        sections=form.known_sections(subject.served),
        comparators=form.against,
        releases=tuple(dict.fromkeys(f.release for f in subject.portrait().figures if f.release)),
        pack_hash=subject.served.pack.content_hash,
        now=timezone.now(),
    )
    return redirect(Subject(subject.served, subject.where, None, kept, None).address())


def _second_step(
    request: HttpRequest, subject: Subject, form: NameForm, *, lang: str
) -> dict[str, Any]:
    return {
        "subject": subject,
        "form": form,
        "limit": NAME_LIMIT,
        "report": fit_report(subject, lang=lang, part="adjust"),
        "notices": [n for n in request.GET.getlist("notice") if n.isidentifier()],
        "sections": subject.served.pack.recipe.sections,
        "words": {"fit": say("document.fit", lang=lang)},
        "map": locator(subject, lang=lang),
        "comparators": comparators_to_choose(subject.served, lang=lang),
    }
