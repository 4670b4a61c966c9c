"""The PDF as readers' programs see it: tagged, described, embedded, on its pages; and as eyes do."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops
from tests.press.documents.conftest import QUARTERS

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.press.forms.pdf import write_pdf
from courtepointe.press.publication.compose import compose
from courtepointe.press.publication.material import Material, Subject, set_material, subject_of
from courtepointe.press.publication.values import Publication, TextBlock
from courtepointe.press.templates import template

GOLDEN = Path(__file__).with_name("golden")
TEMPLATES = ("portrait", "fiche", "dossier", "assemblee")
CM = 72 / 2.54
MAY_DIFFER, A_PIXEL_DIFFERS_FROM = 0.002, 24


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def elements(node: Any) -> Iterator[Any]:
    """Walk the structure of a tagged document."""
    children = node.get("/K")
    if children is None:
        return
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def text_of(content: bytes, tmp_path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine: `make test` installs poppler-utils")
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()  # fmt: skip


@pytest.fixture(scope="module", params=TEMPLATES)
def made(request: pytest.FixtureRequest, french: Material) -> Publication:
    return compose(template(request.param), french)


@pytest.fixture(scope="module")
def content(made: Publication, fonts: Path) -> bytes:
    return write_pdf(made, fonts=fonts)


def test_it_says_that_it_is_accessible_and_in_which_language(
    content: bytes, made: Publication
) -> None:
    with opened(content) as pdf, pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr-CA"
        assert told["dc:title"] == made.title
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_every_picture_is_said_in_words_and_headings_do_not_skip(
    content: bytes, made: Publication
) -> None:
    with opened(content) as pdf:
        kinds = [(str(one.S), one) for one in elements(pdf.Root.StructTreeRoot)]
    figures = [one for kind, one in kinds if kind == "/Figure"]
    assert all(len(str(one.get("/Alt", ""))) > 20 for one in figures)
    levels = [int(kind[2:]) for kind, _ in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    if made.template == "portrait":
        assert len(figures) > 10
        names = {kind for kind, _ in kinds}
        assert {"/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= names


def test_every_face_is_inside(content: bytes) -> None:
    with opened(content) as pdf:
        faces = [one for one in pdf.objects if _is(one, "/FontDescriptor")]
        assert faces
        assert all("/FontFile2" in one or "/FontFile3" in one for one in faces)
        assert any("Atkinson" in str(one.FontName) for one in faces)


def _is(held: Any, kind: str) -> bool:
    return isinstance(held, pikepdf.Dictionary) and held.get("/Type") == kind


def test_its_outline_is_its_headings(content: bytes, made: Publication) -> None:
    with opened(content) as pdf, pdf.open_outline() as outline:
        (first,) = outline.root
        told = [item.title for item in first.children]
    assert first.title == made.title
    assert told == [part.heading for part in made.parts if part.heading]


def test_the_same_publication_gives_the_same_bytes(
    content: bytes, made: Publication, fonts: Path
) -> None:
    assert write_pdf(made, fonts=fonts) == content


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_fact_sheet_holds_on_one_page_of_either_paper(
    atlas: Atlas, fonts: Path, lang: str
) -> None:
    for area in atlas.areas(QUARTERS):
        material = set_material(subject_of(atlas, atlas.portrait(area.key)), lang=lang)
        made = compose(template("fiche"), material)
        for paper in ("a4", "letter"):
            with opened(write_pdf(made, fonts=fonts, paper=paper)) as pdf:
                assert len(pdf.pages) == 1, (area.key, paper)


def test_a4_letter_and_slides(portrait: Publication, french: Material, fonts: Path) -> None:
    sizes = {"a4": (21.0, 29.7), "letter": (21.59, 27.94)}
    for paper, (wide, tall) in sizes.items():
        with opened(write_pdf(portrait, fonts=fonts, paper=paper)) as pdf:
            box = [float(n) for n in pdf.pages[0].mediabox]
            assert box[2:] == pytest.approx([wide * CM, tall * CM], abs=0.5)
            assert 8 <= len(pdf.pages) <= 22
    slides = compose(template("assemblee"), french)
    with opened(write_pdf(slides, fonts=fonts)) as pdf:
        box = [float(n) for n in pdf.pages[0].mediabox]
        assert box[2] / box[3] == pytest.approx(16 / 9, rel=0.01)
    with pytest.raises(BadInput, match="unknown_paper"):
        write_pdf(portrait, fonts=fonts, paper="papyrus")


def test_each_slide_of_a_section_holds_on_one(french: Material, fonts: Path) -> None:
    made = compose(template("assemblee"), french)
    with opened(write_pdf(made, fonts=fonts)) as pdf:
        assert len(pdf.pages) == len(made.parts)


def test_its_letters_can_be_read_back(french: Material, fonts: Path, tmp_path: Path) -> None:
    made = compose(template("fiche"), french)
    words = ("Cœur d’Ÿ – « Nunavik » ᓄᓇᕕᒃ : 31\u202f240 $ ≥ 5 % #set page(width: 1pt) \\ $x$ @a",)
    odd = replace(made, parts=(replace(made.parts[0], blocks=(TextBlock(words),)),))
    told = text_of(write_pdf(odd, fonts=fonts), tmp_path)
    for run in ("Cœur d’Ÿ", "ᓄᓇᕕᒃ", "≥ 5", "#set page(width: 1pt)", "$x$"):
        assert run in told, run
    assert "31\u202f240" in told or "31 240" in told


def test_pages_say_which_they_are_and_what_they_are_made_of(
    portrait: Publication, fonts: Path, tmp_path: Path
) -> None:
    told = text_of(write_pdf(portrait, fonts=fonts), tmp_path)
    pages = told.split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} sur {len(pages)}" in page.replace("\xa0", " ")
        assert portrait.pack_hash[:12] in page
        assert "n’existe pas" in page, "the city is fictional"


def test_a_name_of_300_letters_and_an_area_that_is_all_confidential(
    hidden: Material, fonts: Path, tmp_path: Path
) -> None:
    held = hidden.subject.portrait
    name = "Très-Long-Nom-Que-Personne-N’attend " * 8 + "Fin-du-nom"
    named = replace(held, area=replace(held.area, name=Words(name, name), kind="drawn", key=None))
    material = set_material(replace(hidden.subject, portrait=named), lang="fr")
    for code in TEMPLATES:
        told = text_of(write_pdf(compose(template(code), material), fonts=fonts), tmp_path)
        assert "Fin-du-nom" in told.replace("\n", "")
        assert re.search("confidentiel", told, re.IGNORECASE), code


GOLDENS = [("fiche", "fr", 1), ("portrait", "fr", 2), ("portrait", "en", 1), ("assemblee", "fr", 4)]


@pytest.mark.parametrize(("code", "lang", "page"), GOLDENS)
def test_page_looks_as_it_was_looked_at(
    subject: Subject, fonts: Path, tmp_path: Path, code: str, lang: str, page: int
) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("no pdftoppm on this machine: `make test` installs poppler-utils")
    file = tmp_path / "a.pdf"
    made = compose(template(code), set_material(subject, lang=lang))
    file.write_bytes(write_pdf(made, fonts=fonts))
    told = ["pdftoppm", "-r", "60", "-png", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*told, file, tmp_path / "page"], check=True, capture_output=True)
    golden = GOLDEN / f"{code}-{lang}-{page}.png"
    if os.environ.get("COURTEPOINTE_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        golden.write_bytes((tmp_path / "page.png").read_bytes())
    new, old = (Image.open(one).convert("L") for one in (tmp_path / "page.png", golden))
    assert new.size == old.size
    counts = ImageChops.difference(new, old).histogram()
    assert sum(counts[A_PIXEL_DIFFERS_FROM:]) / (new.width * new.height) <= MAY_DIFFER


def test_areas_without_a_name_are_still_documents(atlas: Atlas, fonts: Path) -> None:
    key = AreaKey.of("dissemination_area:2021", atlas.pack.area_tables["dissemination_area:2021"].codes[0])  # fmt: skip
    material = set_material(subject_of(atlas, atlas.portrait(key)), lang="en")
    with opened(write_pdf(compose(template("portrait"), material), fonts=fonts)) as pdf:
        assert len(pdf.pages) > 2


def test_several_readers_ask_at_once(french: Material, fonts: Path) -> None:
    asked = [compose(template(code), french) for code in ("fiche", "dossier", "fiche", "dossier")]
    alone = [write_pdf(made, fonts=fonts) for made in asked]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda made: write_pdf(made, fonts=fonts), asked * 2))
    assert together == alone * 2
