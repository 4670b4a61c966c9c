"""A portrait that people write in, and the editions that they publish of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courtepointe.core.errors import CourtepointeError, NotFound
from courtepointe.doors import words
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.documents import Asked, asked_document, forms, moved, section_choices
from courtepointe.doors.site.errors import language, told
from courtepointe.doors.site.releases_read import known_releases
from courtepointe.doors.site.security import public, takes_forms, takes_photos
from courtepointe.doors.site.subjects import Subject
from courtepointe.doors.site.views.areas import asked_subject
from courtepointe.doors.site.views.documents import NAMES, document_answer, framing
from courtepointe.doors.site.views.exports import file_stem
from courtepointe.doors.site.writing import WritingForm, read_writing, writing_form
from courtepointe.doors.site.written import (
    asked_of,
    new_edition,
    reads_now,
    releases_of,
    shown,
    subject_to_write,
    written_file,
)
from courtepointe.portraits.access import edition_to_read, portrait_to_read
from courtepointe.portraits.actions import (
    arrange_portrait,
    keep_portrait,
    mark_read,
    publish_edition,
    remove_paragraph,
    rewrite_paragraph,
    withdraw_edition,
    write_paragraph,
)
from courtepointe.portraits.queries import edition_file, editions_of
from courtepointe.portraits.written import KeptPortrait
from courtepointe.press.forms.registry import form_of
from courtepointe.press.names import file_stem as plain_stem
from courtepointe.press.templates import shipped
from courtepointe.press.words import typeset


@public
@takes_forms
@never_cache
@require_POST
def begin(request: HttpRequest, **where: str) -> HttpResponseBase:
    """Keep a portrait to write in, from the document that a reader arranged."""
    subject = asked_subject(request, where)
    asked = asked_document(request.POST, subject)
    pack = subject.served.pack
    token = keep_portrait(
        area_key=str(subject.key or ""),
        custom_token="" if subject.key else subject.where["token"],
        template=asked.template.code,
        sections=asked.sections,
        paper=asked.paper,
        atlas_code=pack.recipe.code,
        pack_hash=pack.content_hash,
        releases=releases_of(subject),
        now=timezone.now(),
    )
    return redirect("written", token=token)


@public
@takes_forms
@takes_photos
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponseBase:
    """Write in a portrait: arrange it, add and change paragraphs, read those whose figures moved, publish."""
    now, clock, lang = served(), timezone.now(), language(request)
    kept = portrait_to_read(token, now=clock)
    subject = subject_to_write(now, kept, lang=lang, now=clock)
    fault, form = None, writing_form(kept, subject, request.GET, lang=lang)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""))
        if act is None:
            raise NotFound(
                "unknown_act", value=request.POST.get("do", ""), expected=", ".join(ACTS)
            )
        try:
            return act(request, kept, subject, clock)
        except CourtepointeError as error:
            fault = error
            form = WritingForm.typed(request.POST, subject, lang=lang)
    values = _page(now, kept, subject, form, lang=lang)
    values["fault"] = told(fault, lang=lang) if fault else ""
    status = words.status(fault) if fault else 200
    return framing(render(request, "site/written.html", values, status=status))


def _page(
    now: Served, kept: KeptPortrait, subject: Subject, form: WritingForm, *, lang: str
) -> dict[str, Any]:
    asked, reads = asked_of(kept, subject), reads_now(subject)
    headings = {s.code: typeset(s.name.in_(lang), lang=lang) for s in now.pack.recipe.sections}
    paragraphs = [
        (headings.get(p.section, ""), shown(p, reads, subject, lang)) for p in kept.paragraphs
    ]
    file = reverse("written_file", args=[kept.token, "html"])
    return {
        "subject": subject,
        "kept": kept,
        "area_name": subject.galley(lang).place.plain,
        "asked": asked,
        "templates": [(one.code, typeset(one.name.in_(lang), lang=lang)) for one in shipped()],
        "choices": section_choices(subject, asked, lang=lang),
        "paragraphs": paragraphs,
        "to_read": sum(1 for _, one in paragraphs if one.moved),
        "form": form,
        "editions": editions_of(kept.token),
        "preview": f"{file}?shown={int(kept.changed.timestamp())}",
        "files": [
            (NAMES.get(one, "HTML"), reverse("written_file", args=[kept.token, one.value]))
            for one in forms()
        ],
    }


def _back(kept: KeptPortrait, part: str = "") -> HttpResponseBase:
    address = reverse("written", kwargs={"token": kept.token})
    return redirect(f"{address}#{part}" if part else address)


def _arrange(request: HttpRequest, kept: KeptPortrait, subject: Subject, now: datetime) -> HttpResponseBase:  # fmt: skip
    asked: Asked = asked_document(request.POST, subject)
    if move := request.POST.get("move"):
        asked = moved(asked, subject, move)
    arrange_portrait(
        kept.token,
        template=asked.template.code,
        sections=asked.sections,
        paper=asked.paper,
        now=now,
    )
    return _back(kept, "arrange")


def _write(request: HttpRequest, kept: KeptPortrait, subject: Subject, now: datetime) -> HttpResponseBase:  # fmt: skip
    what = read_writing(request.POST, request.FILES.get("photo"), subject)
    number = _number(request.POST)
    if number is None:
        write_paragraph(kept.token, what, now=now)
    else:
        rewrite_paragraph(kept.token, number, what, now=now)
    return _back(kept, "words")


def _remove(request: HttpRequest, kept: KeptPortrait, subject: Subject, now: datetime) -> HttpResponseBase:  # fmt: skip
    remove_paragraph(kept.token, _number(request.POST) or 0, now=now)
    return _back(kept, "words")


def _read(request: HttpRequest, kept: KeptPortrait, subject: Subject, now: datetime) -> HttpResponseBase:  # fmt: skip
    mark_read(kept.token, _number(request.POST) or 0, reads_now(subject), now=now)
    return _back(kept, "words")


def _publish(request: HttpRequest, kept: KeptPortrait, subject: Subject, now: datetime) -> HttpResponseBase:  # fmt: skip
    slug = publish_edition(kept.token, new_edition(subject, kept, now=now), now=now)
    return redirect("edition", slug=slug)


def _withdraw(request: HttpRequest, kept: KeptPortrait, subject: Subject, now: datetime) -> HttpResponseBase:  # fmt: skip
    withdraw_edition(kept.token, request.POST.get("edition", ""), now=now)
    return _back(kept, "editions")


def _number(typed: QueryDict) -> int | None:
    told = typed.get("number", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 18 else None


Act = Callable[[HttpRequest, KeptPortrait, Subject, datetime], HttpResponseBase]
ACTS: Mapping[str, Act] = {
    "arrange": _arrange,
    "write": _write,
    "remove": _remove,
    "read": _read,
    "publish": _publish,
    "withdraw": _withdraw,
}


@public
@never_cache
@require_safe
@xframe_options_sameorigin
def file(request: HttpRequest, token: str, ending: str) -> HttpResponse:
    """Give a portrait as it stands, in a form."""
    form, clock, lang = form_of(ending), timezone.now(), language(request)
    kept = portrait_to_read(token, now=clock)
    subject = subject_to_write(served(), kept, lang=lang, now=clock)
    content = written_file(subject, kept, form, lang=lang)
    stem = f"{file_stem(subject, lang)}-{kept.template}"
    return document_answer(request, content, form, stem=stem)


@public
@never_cache
@require_safe
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published edition: what it is made of, its pages, its files."""
    lang = language(request)
    kept = edition_to_read(slug)
    recipe = served().pack.recipe
    values = {
        "edition": kept,
        "title": kept.title.in_(lang),
        "releases": known_releases(recipe, kept.releases),
        "gone": sorted(set(kept.releases) - {release.code for release in recipe.releases}),
        "preview": reverse("edition_file", args=[slug, lang, "html"]) + "?shown=1",
        "files": [
            (tongue, form, reverse("edition_file", args=[slug, tongue, form]))
            for tongue, form in kept.forms
        ],
    }
    return framing(render(request, "site/edition.html", values))


@public
@never_cache
@require_safe
@xframe_options_sameorigin
def kept_file(request: HttpRequest, slug: str, lang: str, ending: str) -> HttpResponse:
    """Give a file of an edition, as it was when it was published."""
    form = form_of(ending)
    kept = edition_to_read(slug)
    content = edition_file(slug, lang=lang, form=form.value)
    if content is None:
        raise NotFound("unknown_edition")
    stem = f"{plain_stem(kept.title.in_(lang))}-{kept.number}"
    return document_answer(request, content, form, stem=stem)
