"""Every figure that a page shows is a link to what stands behind it: walked, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest
from django.test import Client

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.values import AreaKey
from courtepointe.doors.served import served
from courtepointe.doors.site.subjects import official

MOULIN, VILLE = "/fr/territoires/quartier/2014/1-vieux-moulin/", "quartier:2014:1"
VOID = frozenset({"br", "img", "input", "link", "meta", "source", "hr", "path", "line"})
APART = ("script", "style", "header", "nav", "dl", "form", "dialog", "summary", "figcaption")
"""Parts of a page without figures: identity, navigation, words of buttons."""


class Walk(HTMLParser):
    """What stands in links that open the drawer, and what stands outside of them."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[tuple[str, str]] = []
        self.outside: list[str] = []
        self._open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            given = dict(attrs)
            drawer = given.get("href") if "data-drawer" in given else None
            fit = given.get("class") == "fit" or given.get("id") == "sources"
            self._open.append(("form" if fit else tag, drawer))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        drawer = next((href for _, href in self._open if href), None)
        if drawer:
            self.inside.append((drawer, data))
        elif not any(tag in APART for tag, _ in self._open):
            self.outside.append(data)


def walked(visitor: Client, address: str) -> Walk:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    text = answer.content.decode()
    walk = Walk()
    walk.feed(text[text.index("<main") : text.index("</main>")])
    return walk


def values(keys: Iterable[str], lang: str) -> set[str]:
    """Write every figure of some areas and of those they are read against."""
    galleys = [official(served(), AreaKey.parse(key), lang=lang).galley(lang) for key in keys]
    figures: list[tuple[Figure, str]] = []
    for galley in galleys:
        every = [*galley.figures.values(), *galley.their_figures.values()]
        figures += [(figure, galley.value(figure)) for figure in every]
    return {text for figure, text in figures if figure.value is not None and len(text) > 1}


def naked(walk: Walk, texts: set[str]) -> list[str]:
    """List the figures that stand outside of a link."""
    said = "\n".join(walk.outside)
    return [text for text in texts if re.search(rf"(?<![\w,.]){re.escape(text)}(?![\w,.])", said)]


@pytest.mark.parametrize(
    ("lang", "address"),
    [
        ("fr", MOULIN),
        ("fr", MOULIN + "?fit=as_drawn"),
        ("en", "/en/areas/quartier/2014/1-vieux-moulin/"),
        ("fr", "/fr/territoires/ville/2021/1-ville/"),
    ],
)
def test_no_figure_of_a_portrait_stands_outside_a_link(
    visitor: Client, lang: str, address: str
) -> None:
    answer = visitor.get(address)
    address = answer.headers.get("Location", address)
    walk = walked(visitor, address)
    assert len(walk.inside) > 10
    assert naked(walk, values((VILLE, "ville:2021:1"), lang)) == []


def test_the_numbers_of_the_comparison_open_that_of_each_area(visitor: Client) -> None:
    walk = walked(visitor, f"/fr/comparer/?a={VILLE}&a=ville:2021:1")
    assert len({href for href, _ in walk.inside}) > 10
    assert naked(walk, values((VILLE, "ville:2021:1"), "fr")) == []


def test_every_link_shows_the_number_that_it_bears(visitor: Client) -> None:
    """The drawer of a comparator's number tells the comparator's number, and names its area."""
    walk = walked(visitor, MOULIN)
    elsewhere = 0
    for href, text in walk.inside:
        drawer = visitor.get(href + ("&" if "?" in href else "?") + "fragment=1").content.decode()
        big = re.search(r'<p class="big">([^<]+)</p>', drawer)
        assert big is not None
        number = text.rsplit(" : ", 1)[-1].rsplit("\u00a0: ", 1)[-1]
        if re.search(r"\d", number):
            digits = re.sub(r"[^\d,]", "", big.group(1))
            assert re.sub(r"[^\d,]", "", number) in (digits, digits.rstrip(",")), (href, text)
        elsewhere += MOULIN not in href
    assert elsewhere > 3, "figures of the areas of comparison open their own pages"
