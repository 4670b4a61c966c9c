"""The pages of a workshop: sheets printed, a photograph brought back, cards keyed twice."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image
from tests.doors.site.test_space import signed
from tests.support.sheet_photos import Shot, fill_in, page_of, photograph
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.town import town

from courtepointe.core.sheets import Code, SheetPaper, card_layout, checked, layout
from courtepointe.doors.faces import paper_faces
from courtepointe.doors.served import served
from courtepointe.people.actions import stand_on
from courtepointe.places.assets.models import Contribution, PrintedSheets, SheetCard
from courtepointe.places.workshop import read_record
from courtepointe.press.workshop import Workshop, ground_of, sheet_pictures


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def at(table: Table, name: str, *, lang: str = "fr", **where: object) -> str:
    with override(lang):
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


def a_photograph(
    row: PrintedSheets, *, codes: tuple[Code, ...] = (), of_map: bool = False, blur: float = 0.7
) -> bytes:
    """Fill the sheet of cards of a workshop by hand, and photograph it askew; another sheet where asked."""
    made = read_record(row.record.encode(), file="x")
    codes = codes or made.card_codes
    ground = ground_of(served().atlas, served().atlas.find(made.area_key), paper=made.paper, lang=made.lang) if of_map else None  # fmt: skip
    told = Workshop(made.area, made.paper, made.lang, made.map_code, codes, ground)
    kind = layout(made.map_layout) if of_map else card_layout(SheetPaper.A4)
    page = page_of(sheet_pictures(told, fonts=paper_faces())[1 if of_map else -1])
    if not of_map:
        fill_in(page, kind, np.random.default_rng(4))
    return photograph(page, kind, Shot(seed=4, turn=4.0, blur=blur))[0]


def with_position(content: bytes) -> bytes:
    """Write in a photograph where it was taken, as a telephone does."""
    told = Image.Exif()
    told[0x010F] = "GPS-SENTINELLE"
    told.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.open(io.BytesIO(content)).save(out, "JPEG", exif=told, quality=90)
    return out.getvalue()


def of_nothing() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((900, 1200), 40).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def sent(*files: tuple[str, bytes]) -> dict[str, Any]:
    return {"photos": [SimpleUploadedFile(name, content, "image/jpeg") for name, content in files]}


def test_from_the_printed_sheet_to_a_contribution(table: Table) -> None:
    row = prepared(table)
    pdf = signed(table.member).get(at(table, "space_workshop_file", number=row.pk))
    assert pdf.content[:5] == b"%PDF-"
    bring = at(table, "space_workshop", number=row.pk)
    done = signed(table.member).post(bring, sent(("feuille.jpg", a_photograph(row))))
    keying = at(table, "space_keying", number=row.pk)
    assert (done.status_code, done.headers["Location"]) == (302, keying)
    n_cards = len(card_layout(SheetPaper.A4).cells)
    assert SheetCard.objects.count() == n_cards - 1, "the last card is empty"
    one, *others = SheetCard.objects.order_by("code")
    picture = signed(table.member).get(at(table, "space_card_png", number=one.pk))
    assert picture.content[:4] == b"\x89PNG"
    form = signed(table.member).get(keying).content.decode()
    assert f'name="c{one.pk}-map_cell"' in form and 'value="place"' in form
    keyed = {"class": "place", "name": "Le parc", "visibility": "everyone"}
    told = {"card": [str(card.pk) for card in (one, *others)]}
    typed = told | {f"c{one.pk}-{name}": value for name, value in keyed.items()}
    quiet = signed(table.member).post(keying, {**typed, "do": "keep", "quiet": "1"})
    assert quiet.status_code == 204
    assert 'value="Le parc"' in signed(table.member).get(keying).content.decode(), "found again"
    assert "Le parc" not in signed(table.coordinator).get(keying).content.decode(), "a draft is one’s own"  # fmt: skip
    lacks = signed(table.member).post(keying, {**typed, f"c{one.pk}-name": "", f"c{one.pk}-note": "banc", "do": "hand"})  # fmt: skip
    assert lacks.status_code == 400 and "banc" in lacks.content.decode()
    assert f'id="id_c{one.pk}-name_error"' in lacks.content.decode(), "beside its field"
    assert signed(table.member).post(keying, {**typed, "do": "hand"}).status_code == 302
    assert f'id="card-{one.pk}"' not in signed(table.member).get(keying).content.decode()
    other = {**typed, f"c{one.pk}-name": "Le parc d’en face", "do": "hand"}
    assert signed(table.coordinator).post(keying, other).status_code == 302
    look = at(table, "space_card", number=one.pk)
    assert signed(table.member).get(look).status_code == 404
    both = signed(table.coordinator).get(look).content.decode()
    assert "Le parc d’en face" in both
    assert signed(table.coordinator).post(look, keyed).status_code == 302
    made = Contribution.objects.get()
    assert (made.source, made.state, made.visibility, made.consent_how) == ("workshop", "proposed", "public", "paper")  # fmt: skip
    queue = (
        signed(table.coordinator).get(at(table, "space_assets_queue"), follow=True).content.decode()
    )
    assert "Le parc" in queue
    assert signed(table.member).post(at(table, "space_card", number=others[0].pk), {"do": "drop"}).status_code == 403  # fmt: skip
    assert signed(table.coordinator).post(at(table, "space_card", number=others[0].pk), {"do": "drop"}).status_code == 302  # fmt: skip
    log = signed(table.coordinator).get(at(table, "space_destructions")).content.decode()
    assert "fiches d’atelier" in log
    for who in (table.former, table.stranger):
        for name, number in (("space_workshop", row.pk), ("space_workshop_file", row.pk), ("space_keying", row.pk), ("space_card", one.pk), ("space_card_png", one.pk)):  # fmt: skip
            assert signed(who).get(at(table, name, number=number)).status_code == 404
            assert signed(who).post(at(table, name, number=number), {"do": "keep"}).status_code in (404, 405)  # fmt: skip


def test_each_photograph_is_told_by_itself_and_what_is_good_is_kept(table: Table) -> None:
    row = prepared(table)
    bring = at(table, "space_workshop", lang="en", number=row.pk)
    good = with_position(a_photograph(row))
    assert b"GPS-SENTINELLE" in good
    other = a_photograph(row, codes=(Code(checked("K7QM2")),))
    plan = a_photograph(row, of_map=True)
    told = signed(table.member).post(
        bring,
        sent(("chat.jpg", b"rien"), ("ailleurs.jpg", other), ("plan.jpg", plan), ("bonne.jpg", good), ("table.jpg", of_nothing()), ("iphone.heic", b"\0\0\0\x18ftypheic" + b"\0" * 99)),
    )  # fmt: skip
    page = told.content.decode()
    assert told.status_code == 200
    for said in ("does not open", "was not printed for this workshop", "shows the map of the workshop", "none of the black marks", "HEIC", "3 cards to key.", "1 card is empty."):  # fmt: skip
        assert said in page, said
    assert SheetCard.objects.count() == 3
    for one in SheetCard.objects.all():
        assert b"SENTINELLE" not in bytes(one.picture or b"") and b"eXIf" not in bytes(one.picture or b"")  # fmt: skip
    again = signed(table.member).post(bring, sent(("bonne.jpg", good), ("chat.jpg", b"rien")))
    assert "3 cards have this newer picture." in again.content.decode()
    assert SheetCard.objects.count() == 3


def test_a_blurred_photograph_is_told_and_too_many_are_refused(table: Table) -> None:
    row = prepared(table)
    bring = at(table, "space_workshop", lang="en", number=row.pk)
    page = signed(table.member).post(bring, sent(("floue.jpg", a_photograph(row, blur=3.2)))).content.decode()  # fmt: skip
    assert "floue.jpg" in page and ("is blurred" in page or "cannot be read" in page)  # fmt: skip
    many = signed(table.member).post(bring, sent(*((f"{n}.jpg", b"x") for n in range(13))))
    assert many.status_code == 400 and "Twelve photographs" in many.content.decode()
    empty = signed(table.member).post(bring, {})
    assert empty.status_code == 400


def test_cards_are_keyed_some_at_a_time(table: Table) -> None:
    row = prepared(table)
    codes = [f"K7QM2-{n:02}" for n in range(19)]
    for code in codes:
        SheetCard.objects.create(workspace_id=table.id, sheets=row, code=code, picture=b"x", made=NOW)  # fmt: skip
    address: str | None = at(table, "space_keying", number=row.pk)
    met: list[str] = []
    while address:
        page = signed(table.member).get(address).content.decode()
        met += re.findall(r"<legend>([^<]+)</legend>", page)
        found = re.search(r'href="(\?after=[^"]+)" rel="next"', page)
        address = found and at(table, "space_keying", number=row.pk) + found[1]
    assert met == codes


def test_a_photograph_of_something_else_is_told(table: Table) -> None:
    row = prepared(table)
    bring = at(table, "space_workshop", lang="en", number=row.pk)
    assert signed(table.member).post(bring, sent(("chat.jpg", b"rien"))).status_code == 400
    assert not SheetCard.objects.exists()
