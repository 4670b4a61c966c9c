"""The printed sheets: words in both languages, PDF/UA, what stands on them."""

from __future__ import annotations

import re
import string
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from tests.support.sheet_photos import PER_MM, page_of

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.errors import BadInput
from courtepointe.core.sheets import CLASSES, VISIBILITIES, Layout, SheetPaper, new_sheets
from courtepointe.core.sheets.layouts import MARGIN_MM
from courtepointe.formats.lines import NamedLines
from courtepointe.press.workshop import (
    Ground,
    Workshop,
    ground_of,
    sheet_pictures,
    write_sheets,
)
from courtepointe.press.workshop.drawn import draw_ground, plate_of
from courtepointe.press.workshop.labels import Room, along, beside
from courtepointe.press.workshop.words import GuidePart, guide_parts, say_sheet, sheet_words

GROUPS = ("sheet", "cards", "field", "class", "visibility", "map", "guide", "column")


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


# ---------------------------------------------------------------- words


def test_both_languages_have_the_same_words_and_slots() -> None:
    for group in GROUPS:
        french, english = sheet_words(group, lang="fr"), sheet_words(group, lang="en")
        assert list(french) == list(english)
        assert all(slots(french[key]) == slots(english[key]) for key in french), group
    shape = [[len(part.items) for part in guide_parts(lang=lang)] for lang in ("fr", "en")]
    assert shape[0] == shape[1]


def test_every_option_of_a_card_has_words() -> None:
    for lang in ("fr", "en"):
        assert tuple(sheet_words("class", lang=lang)) == CLASSES
        assert tuple(sheet_words("visibility", lang=lang)) == VISIBILITIES


def test_the_words_are_typeset() -> None:
    def told(part: GuidePart) -> list[str]:
        return [part.title, *part.items]

    for lang in ("fr", "en"):
        texts = [text for group in GROUPS for text in sheet_words(group, lang=lang).values()]
        texts += [text for part in guide_parts(lang=lang) for text in told(part)]
        assert not any("'" in text for text in texts)
        if lang == "fr":
            assert not any(re.search(r" [:;!?%$»]|« ", text) for text in texts)


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(BadInput) as told:
        say_sheet("cards.title", lang="de")
    assert told.value.code == "unknown_language"


# ---------------------------------------------------------------- pages


def text_of(pdf: bytes, tmp_path: Path) -> list[str]:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return told.stdout.split("\f")[:-1]


@pytest.mark.parametrize(("lang", "paper"), [("fr", "a4"), ("en", "letter"), ("fr", "letter"), ("en", "a4")])  # fmt: skip
def test_the_sheets_are_an_accessible_pdf_of_so_many_pages(
    atlas: Atlas, fonts: Path, tmp_path: Path, lang: str, paper: str
) -> None:
    ground = ground_of(atlas, atlas.find("quartier:1"), paper=paper, lang=lang)
    codes = new_sheets(3, rng=np.random.default_rng(1))
    made = Workshop(ground.name, SheetPaper(paper), lang, codes[0], codes[1:], ground)
    pdf = write_sheets(made, fonts=fonts)
    assert pdf == write_sheets(made, fonts=fonts), "the same sheets are the same bytes"
    assert b"pdfuaid:part" in pdf or b"pdfuaid" in pdf
    pages = text_of(pdf, tmp_path)
    assert len(pages) == 4, "the guide, the map, two sheets of cards"
    assert all(code.spaced in page for code, page in zip(codes, pages[1:], strict=True))
    assert all(code.spaced in pages[0] for code in codes)
    assert len({card for page in pages[2:] for card in re.findall(r"\b\w{5}-\d\w\b", page)}) == 8
    for page in pages[2:]:
        assert page.count(sheet_words("class", lang=lang)["initiative"]) == 4
    for part in guide_parts(lang=lang):
        assert part.title in pages[0]


def test_the_guide_fits_its_page(
    pages: dict[str, tuple[Any, Layout]], atlas: Atlas, fonts: Path
) -> None:
    # The last line of the last part stands above the foot on the shortest paper, in the longer language.

    name = "Nouvelle-Brême–Petit-Piémont-des-Trois-Clochers-du-Vieux-Chemin"
    ground = ground_of(atlas, atlas.find("quartier:1"), paper="letter", lang="fr")
    codes = new_sheets(30, rng=np.random.default_rng(1))
    made = Workshop(name, SheetPaper.LETTER, "fr", codes[0], codes[1:], replace(ground, name=name))
    guide = page_of(sheet_pictures(made, fonts=fonts)[0])
    inked = np.flatnonzero((guide < 128).any(axis=(1, 2)))
    assert inked[-1] < guide.shape[0] - MARGIN_MM * PER_MM


@pytest.mark.parametrize("kind", ["map", "a4", "letter"])
def test_nothing_is_printed_in_the_margin_of_printers(
    pages: dict[str, tuple[Any, Layout]], kind: str
) -> None:
    page, _ = pages[kind]
    inked = (page < 200).any(axis=2)
    edge = round(9.5 * PER_MM)
    assert not inked[:edge].any() and not inked[-edge:].any()
    assert not inked[:, :edge].any() and not inked[:, -edge:].any()


def test_sheets_are_printed_in_black_and_white(pages: dict[str, tuple[Any, Layout]]) -> None:
    for page, _ in pages.values():
        assert int(np.ptp(page.astype(np.int16), axis=2).max()) <= 8


def test_too_many_sheets_and_other_papers_are_refused(
    workshop: Workshop, fonts: Path, atlas: Atlas
) -> None:
    many = new_sheets(201, rng=np.random.default_rng(1))
    with pytest.raises(BadInput) as told:
        write_sheets(replace(workshop, card_codes=many), fonts=fonts)
    assert told.value.code == "sheets_too_many_asked"
    with pytest.raises(BadInput) as told:
        write_sheets(replace(workshop, paper=SheetPaper.A3), fonts=fonts)
    assert told.value.code == "unknown_paper"
    with pytest.raises(BadInput) as told:
        ground_of(atlas, atlas.find("quartier:1"), paper="a5", lang="fr")
    assert told.value.code == "unknown_paper"


# ---------------------------------------------------------------- the map


def test_a_map_holds_its_area_whole_and_twice_as_large_on_twice_the_paper(
    atlas: Atlas, ground: Ground
) -> None:
    assert ground.layout.code.startswith("map-a4")
    frame = ground.frame
    box = shapely.box(
        frame.west, frame.north - frame.rows * frame.side,
        frame.west + frame.columns * frame.side, frame.north,
    )  # fmt: skip
    assert box.contains(ground.area)
    large = ground_of(atlas, atlas.find("quartier:1"), paper="a4", lang="fr", large=True)
    assert large.layout.code.startswith("map-a3") and large.frame == frame


def test_what_is_drawn_where_it_lies(ground: Ground) -> None:
    drawn = draw_ground(ground)
    root = ET.fromstring(drawn.svg)
    assert drawn.streets is False and drawn.water is False
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"A1", ground.layout.cells[-1].name} <= set(texts)
    assert drawn.landmarks == len(list(root.iter("{http://www.w3.org/2000/svg}circle")))
    on = plate_of(ground)
    side = ground.layout.cells[0].box.wide * 10
    x, y = on.point(ground.frame.west + ground.frame.side, ground.frame.north - ground.frame.side)
    assert (x, y) == pytest.approx((side, side), abs=0.1)


def test_streets_are_named_along_and_only_where_they_are_straight() -> None:
    paper = shapely.box(0, 0, 2000, 2000)
    straight = shapely.LineString([(100, 1000), (1900, 1000)])
    bent = shapely.LineString([(100 + 40 * n, 300 + (60 if n % 2 else 0)) for n in range(40)])
    short = shapely.LineString([(100, 1500), (140, 1500)])
    room = Room()
    shapes = np.array([straight, bent, short], dtype=object)
    told = along(
        ["Rue Droite", "Rue Croche", "Rue Courte"], shapes, size=20, room=room, within=paper
    )
    assert {one.text for one in told} == {"Rue Droite"} and len(told) == 2
    assert all(one.turn == 0 and one.y == 1000 for one in told)


def test_no_name_is_written_over_another() -> None:
    paper, room = shapely.box(0, 0, 1000, 1000), Room()
    first = beside("Bibliothèque", (500.0, 500.0), size=20, gap=8, room=room, within=paper)
    second = beside("École", (505.0, 502.0), size=20, gap=8, room=room, within=paper)
    assert first is not None and first.anchor == "start"
    assert second is None or second.anchor != "start"
    assert beside("Loin", (995.0, 500.0), size=20, gap=8, room=Room(), within=paper).anchor == "end"  # type: ignore[union-attr]
    taken = room.taken
    assert not any(one.intersects(other) for n, one in enumerate(taken) for other in taken[:n])


def test_streets_and_water_of_files_are_drawn_and_credited(atlas: Atlas) -> None:
    area = atlas.shape(atlas.find("quartier:1"))
    west, south, east, north = area.bounds
    middle = (south + north) / 2
    lines = NamedLines(
        np.array([shapely.LineString([(west, middle), (east, middle)])], dtype=object),
        ("Rue du Moulin",),
        np.array([True]),
    )
    pond = np.array([shapely.Point((west + east) / 2, middle).buffer(50)], dtype=object)
    ground = ground_of(
        atlas, atlas.find("quartier:1"), paper="letter", lang="fr", streets=lines, water=pond,
        credit="© les contributeurs d'OpenStreetMap",
    )  # fmt: skip
    drawn = draw_ground(ground)
    assert drawn.streets and drawn.water
    assert "Rue du Moulin" in drawn.svg
    assert ground.credit[0] == "© les contributeurs d’OpenStreetMap"
