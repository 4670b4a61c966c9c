"""One HTML file: everything inside, nothing asked elsewhere, a table behind every drawing."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from courtepointe.press.forms.page import write_html
from courtepointe.press.publication.compose import compose
from courtepointe.press.publication.material import Material
from courtepointe.press.publication.values import ChartBlock, MapBlock, Publication, TextBlock
from courtepointe.press.templates import template

VOID = {"meta", "br", "img", "link"}


class Reader(HTMLParser):
    """Sees that every element is closed, and gathers what is asked from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name in ("src", "srcset", "poster", "data") or (name == "href" and tag != "a"):
                self.asked.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(content: bytes) -> Reader:
    reader = Reader()
    reader.feed(content.decode())
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def page(portrait: Publication, fonts: Path) -> bytes:
    return write_html(portrait, fonts=fonts)


def test_nothing_is_asked_from_elsewhere(page: bytes) -> None:
    reader = read(page)
    assert [one for one in reader.asked if not one.startswith(("data:", "#"))] == []
    assert not re.search(r"url\((?!data:|#)", page.decode())
    assert "script" not in reader.tags
    assert b"default-src 'none'" in page


def test_a_table_stands_behind_every_chart_and_map(page: bytes, portrait: Publication) -> None:
    blocks = [b for part in portrait.parts for b in part.blocks]
    charts = [b for b in blocks if isinstance(b, ChartBlock)]
    maps = [b for b in blocks if isinstance(b, MapBlock) and b.table is not None]
    assert charts and maps
    assert read(page).tags.count("details") == len(charts) + len(maps)
    for chart in charts:
        for row in chart.chart.rows:
            assert row.value_text.replace("&", "&amp;") in page.decode()


def test_headings_links_and_language(page: bytes, portrait: Publication) -> None:
    told = page.decode()
    assert told.startswith('<!doctype html>\n<html lang="fr-CA">')
    assert told.count("<h1>") == 1
    for part in portrait.parts:
        if part.heading:
            assert f'<section id="{part.code}"' in told and f'href="#{part.code}"' in told


def test_what_people_write_is_text_and_never_markup(portrait: Publication, fonts: Path) -> None:
    evil = "<script>alert(1)</script>\"'&<img src=x onerror=y>"
    part = replace(
        portrait.parts[0], blocks=(TextBlock((evil,), by=evil, quoted=True, warning=evil),)
    )
    made = replace(portrait, parts=(part,), title=evil, notice=evil, name=evil)
    reader = read(write_html(made, fonts=fonts))
    assert "script" not in reader.tags and "img" not in reader.tags


def test_an_area_that_is_all_confidential_says_so(hidden: Material, fonts: Path) -> None:
    told = write_html(compose(template("portrait"), hidden), fonts=fonts).decode()
    assert "confidentiel" in told
    assert 'class="value"' not in told
