"""The document page: every state in its address, every form to take away, nothing unknown taken for known."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courtepointe.doors.served import served
from courtepointe.doors.site import documents
from courtepointe.press.forms.registry import MEDIA, Form


@pytest.fixture
def where() -> dict[str, str]:
    """Give the address of the first area of the town's first type with a list."""
    pack = served().pack
    kind, vintage = pack.recipe.home.split(":", 1)
    return {
        "area_type": kind,
        "vintage": vintage,
        "place": pack.area_tables[pack.recipe.home].codes[0],
    }


def get(visitor: Client, name: str, where: dict[str, str], question: str = "", **more: str) -> Any:
    return visitor.get(reverse(name, kwargs={**where, **more}) + question)


def test_the_page_offers_templates_sections_and_forms(
    visitor: Client, where: dict[str, str]
) -> None:
    page = get(visitor, "area_document", where)
    told = page.content.decode()
    assert page.status_code == 200
    assert told.count('type="radio" name="template"') == 4
    assert told.count('name="s"') == len(served().pack.recipe.sections)
    for form in Form:
        assert f"document.{form.value}?" in told
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_section_is_moved_and_the_address_says_so(visitor: Client, where: dict[str, str]) -> None:
    codes = [section.code for section in served().pack.recipe.sections]
    question = "?" + "&".join(f"s={code}" for code in codes) + f"&move={codes[0]}:down"
    moved = get(visitor, "area_document", where, question)
    assert moved.status_code == 302
    swapped = [codes[1], codes[0], *codes[2:]] if len(codes) > 1 else codes
    assert "&".join(f"s={code}" for code in swapped) in moved.url
    assert "move=" not in moved.url
    assert get(visitor, "area_document", where, "?move=nothing:up").status_code == 404
    assert get(visitor, "area_document", where, f"?move={codes[0]}:sideways").status_code == 404


@pytest.mark.parametrize("form", list(Form))
def test_every_form_is_taken_away_under_its_name(
    visitor: Client, where: dict[str, str], form: Form
) -> None:
    told = get(visitor, "area_file", where, "?template=fiche", ending=form.value)
    assert told.status_code == 200
    assert told.headers["Content-Type"] == MEDIA[form]
    assert told.headers["Content-Disposition"].startswith("attachment")
    assert f"-fiche.{form.value}" in told.headers["Content-Disposition"]
    assert len(told.content) > 500


def test_the_page_shows_the_document_in_a_frame_of_its_own(
    visitor: Client, where: dict[str, str]
) -> None:
    told = get(visitor, "area_file", where, "?template=fiche&shown=1", ending="html")
    assert "Content-Disposition" not in told.headers
    assert told.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in told.headers["Content-Security-Policy"]
    assert "script" not in told.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("question", "ending", "status"),
    [
        ("?template=../../etc", "pdf", 404),
        ("?s=weather", "pdf", 404),
        ("?paper=papyrus", "pdf", 400),
        ("", "exe", 400),
        ("?fit=nothing", "pdf", 400),
    ],
)
def test_what_is_asked_wrongly_is_said(
    visitor: Client, where: dict[str, str], question: str, ending: str, status: int
) -> None:
    assert get(visitor, "area_file", where, question, ending=ending).status_code == status


def test_a_reader_who_has_the_document_is_not_sent_it_again(
    visitor: Client, where: dict[str, str]
) -> None:
    address = reverse("area_file", kwargs={**where, "ending": "csv"})
    tag = visitor.get(address).headers["ETag"]
    assert visitor.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 304


def test_a_reader_who_waits_too_long_is_told_to_come_back(
    visitor: Client, where: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "AT_ONCE", threading.BoundedSemaphore(1))
    monkeypatch.setattr(documents, "PATIENCE_S", 0.01)
    with documents.turn():
        busy = get(visitor, "area_file", where, "?template=fiche", ending="pdf")
    assert busy.status_code == 503 and "attend depuis trop longtemps" in busy.content.decode()
    assert get(visitor, "area_file", where, "?template=fiche", ending="pdf").status_code == 200
