"""A stranger, a member of another workspace, a former member try every address and every id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

import pytest
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import override
from tests.support.contributed import PLACE, SKILL, accepted
from tests.support.examples import Planted, plant_all
from tests.support.hub_made import HUB, PAGE
from tests.support.table import NOW, QUICK, Table, joined, person, table_and_around
from tests.support.visits import (
    Page,
    every_page,
    links_in,
    read,
    signed_in,
    space_pages,
    visit,
)

from courtepointe.hubs.actions.shown import show_hub
from courtepointe.people.values import Person

WAYS = (("GET", "fr"), ("POST", "en"))
CLOSED = {403, 404, 405}
ODD = {"number": (0, 2**62, 2**80), "pk": (0, 2**62, 2**80)}


@pytest.fixture
def table(settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def planted(table: Table) -> Planted:
    return plant_all(table)


def of_a_workspace() -> list[Page]:
    return [page for page in space_pages() if "slug" in page.asks]


def tried(pages: list[Page], ids: Any, who: Client) -> Iterator[tuple[str, Page, int, str, str]]:
    for page in pages:
        for method, lang in WAYS:
            found = visit(who, method, page.address(ids, lang))
            yield f"{method} {page.name}", page, found.status_code, read(found), found.headers.get("Location", "")  # fmt: skip


def sign_in_pages() -> tuple[str, ...]:
    found = []
    for lang in ("fr", "en"):
        with override(lang):
            found.append(f"{reverse('account_login')}?next=")
    return tuple(found)


def told_in(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word in text]


def test_every_address_has_an_example(planted: Planted) -> None:
    """A page whose ids nobody planted is a page that nobody tried."""
    assert len(of_a_workspace()) > 10
    for page in space_pages():
        page.address(planted.ids, "fr")
    for page in of_a_workspace():
        assert page.right, f"{page.name} is not made by `space_page`: nothing says who may read it"


def test_a_stranger_is_sent_to_sign_in_and_learns_nothing(planted: Planted) -> None:
    words, sign_in = (*planted.private, *planted.contacts), sign_in_pages()
    for way, page, status, text, location in tried(space_pages(), planted.ids, signed_in(None)):
        assert told_in(text, words) == [], way
        if "slug" in page.asks:
            assert status in CLOSED or (status == 302 and location.startswith(sign_in)), way
            assert "Vieux-Moulin" not in text, way


def test_a_member_of_another_workspace_and_a_former_member_are_strangers(
    table: Table, planted: Planted
) -> None:
    words = (*planted.private, *planted.contacts, "Table de quartier de Vieux-Moulin")
    for who in (table.stranger, table.former):
        own = f"{who.name.lower()}@example.org"
        outside = tuple(word for word in words if word != own)
        for way, _, status, text, _ in tried(of_a_workspace(), planted.ids, signed_in(who)):
            assert status in CLOSED - {403}, (who, way)
            assert told_in(text, outside) == [], (who, way)


def test_an_id_of_another_workspace_is_nothing_in_ones_own(table: Table, planted: Planted) -> None:
    """The way in that is most often forgotten: my workspace's address, your thing's number."""
    ids = planted.ids | {"slug": table.other}
    agreed = {"space_received", "space_answer", "space_revoke"}
    # What these addresses ask for is a word of the house, the same in every workspace.
    agreed |= {"space_assets_propose", "space_assets_form", "space_new_record"}
    agreed |= {"space_empty_table", "space_directory_file"}
    pages = [p for p in of_a_workspace() if len(p.asks) > 1 and p.name not in agreed]
    words = (*planted.private, *planted.contacts, "Table de quartier de Vieux-Moulin")
    assert pages
    for way, _, status, text, location in tried(pages, ids, signed_in(table.stranger)):
        assert status in CLOSED | {400, 409} or (status == 302 and table.slug not in location), way
        assert told_in(text, words) == [], way


def test_numbers_that_are_nobodys_are_not_found(table: Table, planted: Planted) -> None:
    browser = signed_in(table.coordinator)
    for page in of_a_workspace():
        for ask in page.asks:
            for odd in ODD.get(ask, ()):
                address = page.address(planted.ids | {f"{page.name}.{ask}": odd}, "fr")
                for method in ("GET", "POST"):
                    status = visit(browser, method, address).status_code
                    assert status in CLOSED | {400, 409}, f"{method} {address}"


def test_a_member_without_the_right_reads_nothing_of_a_page_and_no_contact_anywhere(
    table: Table, planted: Planted
) -> None:
    reader = _reader(table)
    for who, rights in ((reader, {"read"}), (table.member, {"read", "contribute"})):
        for way, page, status, text, _ in tried(of_a_workspace(), planted.ids, signed_in(who)):
            if page.right not in rights:
                assert status in {403, 405}, (who, way)
                assert told_in(text, planted.private) == [], (who, way)
            assert told_in(text, planted.contacts) == [], (who, way)


def _reader(table: Table) -> Person:
    lea = person("Léa")
    joined(table.slug, table.coordinator, lea, "reader")
    return lea


def test_who_may_only_read_follows_every_link_and_meets_no_contact(
    table: Table, planted: Planted
) -> None:
    browser = signed_in(_reader(table))
    start = [next(p for p in of_a_workspace() if p.name == "space").address(planted.ids, lang) for lang in ("fr", "en")]  # fmt: skip
    met = crawled(browser, start, within=f"/{table.slug}/")
    assert len(met) > 6 and any(told_in(text, planted.private) for text in met.values())
    for address, text in met.items():
        assert told_in(text, planted.contacts) == [], address


def crawled(browser: Client, start: list[str], *, within: str) -> dict[str, str]:
    """Follow the links of pages from some addresses on; give what each address said."""
    waiting, met = list(start), {}
    while waiting:
        address = waiting.pop()
        if address in met:
            continue
        found = visit(browser, "GET", address)
        met[address] = read(found)
        if found.status_code == 200 and "html" in found.headers["Content-Type"]:
            waiting += sorted(one for one in links_in(found) if within in one and one not in met)
    return met


def test_what_was_planted_is_there_for_who_may_read_it(table: Table, planted: Planted) -> None:
    """The control: had the pages lost the words, the tests above would prove nothing."""
    browser = signed_in(table.coordinator)
    said = "".join(text for *_, text, _ in tried(of_a_workspace(), planted.ids, browser))
    never = {"secret"}
    unseen = [w for w in (*planted.private, *planted.contacts) if w not in said and w not in never]
    assert len(unseen) < len((*planted.private, *planted.contacts)) / 2, unseen


def test_the_crawler_fails_where_an_example_is_missing(planted: Planted) -> None:
    page = next(p for p in of_a_workspace() if p.name == "space_member")
    with pytest.raises(AssertionError, match=r"space_member\.number"):
        page.address({"slug": "x"}, "fr")
    with pytest.raises(NoReverseMatch):
        page.address({"slug": "x y", "number": 1}, "fr")


MOST_OF_A_PAGE = 2


def public_crawl(start: list[str], most: int = MOST_OF_A_PAGE) -> dict[str, str]:
    """Follow the links of public pages, a few of each kind of page in each language."""
    browser, waiting, met = signed_in(None), list(start), dict[str, str]()
    seen: Counter[tuple[str, str]] = Counter()
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if address in met or kind is None or seen[kind] >= most:
            continue
        seen[kind] += 1
        found = visit(browser, "GET", address)
        assert found.status_code < 500, address
        met[address] = read(found)
        if any(word in found.headers.get("Content-Type", "") for word in ("html", "json")):
            waiting += sorted(links_in(found) - met.keys())
        if "Location" in found.headers:
            waiting.append(found.headers["Location"])
    return met


def _kind(address: str) -> tuple[str, str] | None:
    try:
        found = resolve(address.split("?")[0])
    except Resolver404:
        return None
    asked = "?" if "?" in address else ""
    return address[:4], f"{found.view_name}{asked}"


def test_the_public_map_of_assets_tells_what_was_meant_for_all_and_nothing_else(
    table: Table, planted: Planted
) -> None:
    shown, hidden = "Atout-public-5512", "Talent-sentinelle-7741"
    accepted(table, {**PLACE, "name": shown, "visibility": "public"}, key="hand:public")
    accepted(table, {**SKILL, "skill": hidden, "visibility": "public"}, key="hand:skill")
    met = crawled(signed_in(None), ["/fr/atouts/", "/en/assets/"], within=f"/{table.slug}")
    assert len(met) == 6 and sum(one.endswith(".geojson") for one in met) == 2
    assert sum(shown in text for text in met.values()) == 2, "in both languages"
    for address, text in met.items():
        assert told_in(text, (*planted.private, *planted.contacts, hidden)) == [], address


def test_a_hub_that_is_shown_to_all_tells_nothing_else_of_its_workspace(
    table: Table, planted: Planted
) -> None:
    show_hub(table.slug, cast(int, planted.ids["space_hub.number"]), PAGE, by=table.coordinator, now=NOW)  # fmt: skip
    name = planted.ids["hub_shown.name"]
    starts = ["/fr/poles/", "/en/hubs/", "/api/v1/hubs", f"/api/v1/hubs/{name}"]
    met = crawled(signed_in(None), starts, within=f"/{name}/")
    assert len(met) == 6 and all("Pôle Saint-Pierre" in text for text in met.values())
    meant = {HUB.name, PAGE.opening}
    words = tuple(w for w in (*planted.private, *planted.contacts) if w not in meant)
    for address, text in met.items():
        assert told_in(text, words) == [], address


@pytest.mark.slow
def test_no_public_page_and_no_door_of_the_api_tells_what_a_workspace_holds(
    planted: Planted,
) -> None:
    met = public_crawl(["/", "/fr/", "/en/", "/api/"])
    words = (*planted.private, *planted.contacts, "Table de quartier de Vieux-Moulin")
    for address, text in met.items():
        assert told_in(text, words) == [], address
    reached = {resolve(address.split("?")[0]).url_name for address in met}
    public = {p.name for p in every_page() if getattr(p.pattern.callback, "public", False)}
    assert len(reached & public) > 40, "the crawler lost its way"
