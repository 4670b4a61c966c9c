"""The pages of a workshop: sheets printed, a photograph brought back, cards keyed twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from tests.doors.site.test_space import signed
from tests.support.sheet_photos import Shot, fill_in, page_of, photograph
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.town import town

from courtepointe.core.sheets import SheetPaper, card_layout
from courtepointe.doors.faces import paper_faces
from courtepointe.people.actions import stand_on
from courtepointe.places.assets.models import Contribution, PrintedSheets, SheetCard
from courtepointe.places.workshop import read_record
from courtepointe.press.workshop import Workshop, sheet_pictures


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def at(table: Table, name: str, **where: object) -> str:
    with override("fr"):
        return reverse(name, kwargs={"slug": table.slug, **where})


def prepared(table: Table) -> PrintedSheets:
    stand_on(
        table.slug, atlas_code=town().recipe.code, area_key="quartier:2014:1", name="Vieux-Moulin",
        since=date(2026, 1, 1), by=table.coordinator, now=NOW,
    )  # fmt: skip
    told = {"area": "quartier:2014:1", "paper": "a4", "cards": "1"}
    assert signed(table.member).post(at(table, "space_workshops"), told).status_code == 400
    done = signed(table.coordinator).post(at(table, "space_workshops"), told)
    row = PrintedSheets.objects.get()
    assert done.headers["Location"] == at(table, "space_workshop", number=row.pk)
    return row


def a_photograph(row: PrintedSheets) -> bytes:
    """Fill the sheet of cards of a workshop by hand, and photograph it askew."""
    made = read_record(row.record.encode(), file="x")
    told = Workshop(made.area, made.paper, made.lang, made.map_code, made.card_codes, None)
    page = page_of(sheet_pictures(told, fonts=paper_faces())[-1])
    cards = card_layout(SheetPaper.A4)
    fill_in(page, cards, np.random.default_rng(4))
    return photograph(page, cards, Shot(seed=4, turn=4.0))[0]


def test_from_the_printed_sheet_to_a_contribution(table: Table) -> None:
    row = prepared(table)
    pdf = signed(table.member).get(at(table, "space_workshop_file", number=row.pk))
    assert pdf.content[:5] == b"%PDF-"
    bring = at(table, "space_workshop", number=row.pk)
    photo = SimpleUploadedFile("feuille.jpg", a_photograph(row), "image/jpeg")
    assert signed(table.member).post(bring, {"photos": [photo]}).status_code == 302
    n_cards = len(card_layout(SheetPaper.A4).cells)
    assert SheetCard.objects.count() == n_cards - 1, "the last card is empty"
    one = SheetCard.objects.order_by("code").first()
    assert one is not None
    look = at(table, "space_card", number=one.pk)
    picture = signed(table.member).get(at(table, "space_card_png", number=one.pk))
    assert picture.content[:4] == b"\x89PNG"
    keyed = {"class": "Un lieu", "name": "Le parc", "visibility": "", "map_cell": "", "need": "", "note": ""}  # fmt: skip
    form = signed(table.member).get(look).content.decode()
    assert 'name="map_cell"' in form
    offered = [word for word in form.split('<option value="')[1:] if not word.startswith('"')]
    keyed["class"] = offered[0].split('"')[0]
    assert signed(table.member).post(look, {**keyed, "name": ""}).status_code == 400
    assert signed(table.member).post(look, keyed).status_code == 302
    assert signed(table.member).post(look, keyed).status_code == 400
    assert signed(table.coordinator).post(look, {**keyed, "name": "Le parc d’en face"}).status_code == 302  # fmt: skip
    assert signed(table.member).get(look).status_code == 404
    both = signed(table.coordinator).get(look).content.decode()
    assert "Le parc d’en face" in both
    assert signed(table.coordinator).post(look, keyed).status_code == 302
    assert Contribution.objects.get().source == "workshop"
    for who in (table.former, table.stranger):
        for name, number in (("space_workshop", row.pk), ("space_workshop_file", row.pk), ("space_card", one.pk), ("space_card_png", one.pk)):  # fmt: skip
            assert signed(who).get(at(table, name, number=number)).status_code == 404


def test_a_photograph_of_something_else_is_told(table: Table) -> None:
    row = prepared(table)
    bring = at(table, "space_workshop", number=row.pk)
    photo = SimpleUploadedFile("chat.jpg", b"rien", "image/jpeg")
    assert signed(table.member).post(bring, {"photos": [photo]}).status_code == 400
    assert not SheetCard.objects.exists()
