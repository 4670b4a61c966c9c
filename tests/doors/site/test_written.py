"""Writing in a portrait through its page: add, change, flag, read again, publish, read for ever."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.doors.site.test_draw import NAME, named

from courtepointe.doors.served import served
from courtepointe.doors.site.written import new_edition, subject_to_write
from courtepointe.portraits.access import portrait_to_read
from courtepointe.portraits.models import Anchor, Edition, WrittenPortrait


def where() -> dict[str, str]:
    pack = served().pack
    kind, vintage = pack.recipe.home.split(":", 1)
    return {
        "area_type": kind,
        "vintage": vintage,
        "place": pack.area_tables[pack.recipe.home].codes[0],
    }


@pytest.fixture
def address(visitor: Client) -> str:
    """Begin a portrait, and give its address."""
    told = visitor.post(
        reverse("area_begin", kwargs=where()), {"template": "dossier", "paper": "a4"}
    )
    assert told.status_code == 302
    return str(told.url)


def figure() -> str:
    pack = served().pack
    return next(code for section in pack.recipe.sections for code in section.key_figures)


def section() -> str:
    return served().pack.recipe.sections[0].code


def write(visitor: Client, address: str, **more: Any) -> Any:
    told = {
        "do": "write",
        "section": section(),
        "kind": "text",
        "text_fr": "Le loyer grimpe.",
        "by": "Comité",
    }
    return visitor.post(address, told | more)


def page(visitor: Client, address: str) -> str:
    told = visitor.get(address)
    assert told.status_code == 200
    return str(told.content.decode())


def document(visitor: Client, address: str) -> str:
    return str(visitor.get(f"{address}document.html?shown=1").content.decode())


def test_what_is_written_stands_in_the_document(visitor: Client, address: str) -> None:
    assert "Rien n’est encore écrit" in page(visitor, address)
    told = write(visitor, address, text_fr="Le loyer <b>grimpe</b>.\r\n\r\nEncore.")
    assert told.status_code == 302 and told.url.endswith("#words")
    assert "&lt;b&gt;grimpe" in page(visitor, address)
    made = document(visitor, address)
    assert "<p>Le loyer &lt;b&gt;grimpe&lt;/b&gt;.</p><p>Encore.</p>" in made
    assert made.index(f'id="{section()}"') < made.index("grimpe")


def test_at_the_beginning_and_in_the_other_language(visitor: Client, address: str) -> None:
    write(visitor, address, section="", kind="quote", text_fr="", text_en="We were here first.")
    made = document(visitor, address)
    assert "<blockquote><p>We were here first.</p>" in made
    assert "texte en anglais" in made


def test_a_fault_keeps_what_was_typed(visitor: Client, address: str) -> None:
    told = write(visitor, address, text_fr="a" * 4001, by="Une tisserande")
    assert told.status_code == 400
    shown = told.content.decode()
    assert "a" * 4001 in shown and "Une tisserande" in shown and 'role="alert"' in shown
    for more, status in (
        ({"section": "weather"}, 404),
        ({"anchor": "happiness"}, 404),
        ({"kind": "poem"}, 400),
        ({"text_fr": "\u202e"}, 400),
        ({"do": "explode"}, 404),
    ):
        assert write(visitor, address, **more).status_code in (status, 400), more
    assert "Rien n’est encore écrit" in page(visitor, address)


def test_a_photo_is_taken_and_a_broken_one_is_said_to_be(visitor: Client, address: str) -> None:
    broken = SimpleUploadedFile("rue.jpg", b"not a photo")
    told = write(visitor, address, kind="photo", text_fr="La ruelle", photo=broken)
    assert told.status_code == 400 and "rue.jpg" in told.content.decode()
    assert write(visitor, address, kind="photo", text_fr="La ruelle").status_code == 400
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "PNG")
    good = SimpleUploadedFile("rue.png", out.getvalue())
    assert write(visitor, address, kind="photo", text_fr="La ruelle", photo=good).status_code == 302
    assert 'alt="La ruelle"' in document(visitor, address)


def test_a_photo_of_forty_megabytes_is_refused_before_it_is_read(
    visitor: Client, address: str
) -> None:
    told = visitor.post(address, {"do": "write"}, headers={"content-length": str(40 * 1024 * 1024)})
    assert told.status_code == 413
    assert "40 Mo" in told.content.decode() and "encore dans le formulaire" in told.content.decode()


def test_a_paragraph_whose_figure_moved_is_flagged_until_it_is_read(
    visitor: Client, address: str
) -> None:
    write(visitor, address, anchor=figure())
    assert "alors" not in page(visitor, address)
    Anchor.objects.update(read_fr="12 345", read_en="12,345")
    shown = page(visitor, address)
    assert "1 paragraphe s’appuie sur des chiffres qui ont changé" in shown
    assert "12 345 alors" in shown
    assert "12 345 alors" in document(visitor, _changed(address))
    refused = visitor.post(address, {"do": "publish"})
    assert refused.status_code == 409 and not Edition.objects.exists()
    number = Anchor.objects.get().paragraph_id
    assert visitor.post(address, {"do": "read", "number": number}).status_code == 302
    assert "alors" not in page(visitor, address)


def _changed(address: str) -> str:
    """The document is kept by the moment of its last change: move it."""
    row = WrittenPortrait.objects.get()
    row.changed = row.changed.replace(microsecond=(row.changed.microsecond + 1) % 1_000_000)
    row.save()
    return address


def test_a_paragraph_is_changed_and_removed(visitor: Client, address: str) -> None:
    write(visitor, address, anchor=figure())
    number = Anchor.objects.get().paragraph_id
    form = visitor.get(f"{address}?change={number}").content.decode()
    assert "Le loyer grimpe.</textarea>" in form
    write(visitor, address, number=number, text_fr="Le loyer monte.")
    shown = page(visitor, address)
    assert "Le loyer monte." in shown and "grimpe" not in shown
    visitor.post(address, {"do": "remove", "number": number})
    assert "Rien n’est encore écrit" in page(visitor, address)
    gone = visitor.post(address, {"do": "remove", "number": number})
    assert gone.status_code == 404 and "n’est plus là" in gone.content.decode()


def test_it_is_arranged(visitor: Client, address: str) -> None:
    codes = [one.code for one in served().pack.recipe.sections]
    told = {"do": "arrange", "template": "portrait", "paper": "letter", "s": codes[:2]}
    assert visitor.post(address, told | {"move": f"{codes[0]}:down"}).status_code == 302
    row = WrittenPortrait.objects.get()
    assert (row.template, row.paper) == ("portrait", "letter")
    assert row.sections.split("\n") == list(reversed(codes[:2]))
    assert visitor.post(address, told | {"template": "affiche"}).status_code == 404


def test_an_edition_stays_as_it_was(visitor: Client, address: str) -> None:
    write(visitor, address, text_fr="Le loyer grimpe.", text_en="Rents climb.")
    published = visitor.post(address, {"do": "publish"})
    assert published.status_code == 302
    assert visitor.post(address, {"do": "publish"}).url == published.url, "a double click"
    shown = page(visitor, published.url)
    kept = Edition.objects.get()
    assert kept.inputs_hash in shown and served().pack.content_hash in shown
    english = visitor.get(reverse("edition_file", args=[kept.slug, "en", "html"]))
    assert "Rents climb." in english.content.decode()
    pdf = visitor.get(reverse("edition_file", args=[kept.slug, "fr", "pdf"]))
    assert pdf.content.startswith(b"%PDF-")
    write(visitor, address, text_fr="Autre chose.")
    again = visitor.get(reverse("edition_file", args=[kept.slug, "en", "html"]))
    assert again.content == english.content
    assert visitor.get(reverse("edition_file", args=[kept.slug, "fr", "docx"])).status_code == 404
    visitor.post(address, {"do": "withdraw", "edition": kept.slug})
    gone = visitor.get(published.url)
    assert gone.status_code == 410 and "retirée" in gone.content.decode()


def test_an_edition_has_one_day_that_of_the_site(visitor: Client, address: str) -> None:
    evening = datetime(2026, 11, 29, 3, 30, tzinfo=UTC)
    visitor.post(address, {"do": "publish"})
    Edition.objects.update(made=evening)
    edition = Edition.objects.get()
    kept = portrait_to_read(WrittenPortrait.objects.get().token, now=evening)
    subject = subject_to_write(served(), kept, lang="fr", now=evening)
    made = new_edition(subject, kept, now=evening).files["fr", "html"].decode()
    assert "Édition du 28\u00a0novembre\u00a02026" in made
    published = reverse("edition", args=[edition.slug])
    assert "publiée le 28\u00a0novembre\u00a02026" in page(visitor, published)
    Edition.objects.update(withdrawn=evening)
    gone = visitor.get(published).content.decode()
    assert "le 28\u00a0novembre\u00a02026" in gone


def test_addresses_are_not_guessed(visitor: Client) -> None:
    assert visitor.get(reverse("written", args=["x" * 32])).status_code == 404
    assert visitor.get(reverse("written_file", args=["x" * 32, "pdf"])).status_code == 404
    assert visitor.get(reverse("edition", args=["x" * 16])).status_code == 404
    assert visitor.get(reverse("area_begin", kwargs=where())).status_code == 405


def test_the_page_is_kept_from_search_and_caches(visitor: Client, address: str) -> None:
    told = visitor.get(address)
    assert "noindex" in told.content.decode()
    assert "no-store" in told.headers["Cache-Control"]


def test_an_area_that_somebody_drew_is_a_document_and_is_written_in(visitor: Client) -> None:
    area = named(visitor)
    pdf = visitor.get(f"{area}document.pdf?template=fiche")
    assert pdf.content.startswith(b"%PDF-")
    begun = visitor.post(f"{area}document/ecrire/", {"template": "fiche", "paper": "a4"})
    row = WrittenPortrait.objects.get()
    assert (row.area_key, row.custom_token) == ("", area.rstrip("/").rpartition("/")[2])
    write(visitor, begun.url, section="")
    made = document(visitor, begun.url)
    assert NAME in made and "Le loyer grimpe." in made
