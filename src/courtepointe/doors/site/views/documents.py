"""A portrait as a document: arrange it, see it, take it away in every form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from courtepointe.doors.editions import by_edition
from courtepointe.doors.site.documents import (
    PAPERS,
    asked_document,
    document_file,
    forms,
    has_sections,
    moved,
    section_choices,
)
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.security import policy, public
from courtepointe.doors.site.views.areas import asked_subject
from courtepointe.doors.site.views.exports import attached, file_stem
from courtepointe.press.forms.registry import MEDIA, Form, form_of
from courtepointe.press.templates import shipped
from courtepointe.press.words import typeset

ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""The file that a person takes away, shown in the page that arranges it: nothing runs in it."""

NAMES = {
    Form.PDF: "PDF", Form.DOCX: "Word", Form.PPTX: "PowerPoint", Form.XLSX: "Excel", Form.CSV: "CSV",
}  # fmt: skip


@public
@require_safe
@by_edition
def arrange(request: HttpRequest, **where: str) -> HttpResponseBase:
    """Choose a template, the sections and their order, and see the document."""
    subject = asked_subject(request, where)
    lang = language(request)
    asked = asked_document(request.GET, subject)
    address = subject.address("document")
    joint = "&" if "?" in address else "?"
    if move := request.GET.get("move"):
        return redirect(f"{address}{joint}{moved(asked, subject, move).query()}")
    files = [
        (
            NAMES.get(form, _("Page without network (HTML)")),
            _file(subject.address("file", ending=form.value), asked.query()),
        )
        for form in forms()
    ]
    page = {
        "subject": subject,
        "area_name": subject.galley(lang).place.plain,
        "asked": asked,
        "templates": [
            (one.code, typeset(one.name.in_(lang), lang=lang), typeset(one.about.in_(lang), lang=lang))
            for one in shipped()
        ],
        "choices": section_choices(subject, asked, lang=lang) if has_sections(asked) else (),
        "papers": PAPERS,
        "files": files,
        "preview": _file(subject.address("file", ending="html"), asked.query(shown="1")),
        "begin_address": subject.address("begin"),
        "carried": [(name, value) for name in ("fit", "against") for value in request.GET.getlist(name)],
    }  # fmt: skip
    return framing(render(request, "site/document.html", page))


def _file(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"


@public
@require_safe
@xframe_options_sameorigin
@by_edition
def file(request: HttpRequest, ending: str, **where: str) -> HttpResponse:
    """Give the document in a form: a file to take away, or the page that shows it."""
    form = form_of(ending)
    subject = asked_subject(request, where)
    lang = language(request)
    asked = asked_document(request.GET, subject)
    content = document_file(subject, asked, form, lang=lang)
    stem = f"{file_stem(subject, lang)}-{asked.template.code}"
    return document_answer(request, content, form, stem=stem)


def document_answer(request: HttpRequest, content: bytes, form: Form, *, stem: str) -> HttpResponse:
    """Give a document to take away, or the page of it where a page of ours shows it in a frame."""
    if form is Form.HTML and "shown" in request.GET:
        response = HttpResponse(content, content_type=MEDIA[form])
    else:
        response = attached(content, f"{stem}.{form.value}", MEDIA[form])
    response.headers["Content-Security-Policy"] = ALONE
    return response


def framing(response: HttpResponse) -> HttpResponse:
    """Let a page show a document of ours in a frame."""
    response.headers["Content-Security-Policy"] = f"{policy()}; frame-src 'self'"
    return response
