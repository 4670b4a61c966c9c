"""Visit every address of the site as somebody, leaving no trace, and read what came back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from courtepointe.people.models import Account
from courtepointe.people.values import Person

PRIVATE_PARTS = ("courtepointe.doors.site.space.urls",)


@dataclass(frozen=True)
class Page:
    """A pattern of the urlconf: its name, the words that its address asks for, its view."""

    name: str
    asks: tuple[str, ...]
    pattern: URLPattern

    @property
    def right(self) -> str | None:
        """The right that a page of a workspace asks for."""
        return getattr(self.pattern.callback, "right", None)

    def address(self, ids: Mapping[str, object], lang: str) -> str:
        """Write the address with ids."""
        with override(lang):
            return reverse(self.name, kwargs={ask: id_of(self, ask, ids) for ask in self.asks})


def id_of(page: Page, ask: str, ids: Mapping[str, object]) -> object:
    """Give the id for a word of a page's address, or fail by name."""
    for key in (f"{page.name}.{ask}", ask):
        if key in ids:
            return ids[key]
    raise AssertionError(f"no example for {page.name}.{ask}: give one in tests/support/examples_…")


def _under(resolver: URLResolver, asks: tuple[str, ...] = ()) -> Iterator[Page]:
    for held in resolver.url_patterns:
        both = (*asks, *held.pattern.converters)
        if isinstance(held, URLResolver):
            yield from _under(held, both)
        else:
            assert held.name, f"{held} has no name: the crawler cannot visit it"
            yield Page(held.name, both, held)


def _resolvers(resolver: URLResolver) -> Iterator[URLResolver]:
    for held in resolver.url_patterns:
        if isinstance(held, URLResolver):
            yield held
            yield from _resolvers(held)


def pages_of(*modules: str) -> list[Page]:
    """List the pages of urlconf modules."""
    found = [r for r in _resolvers(get_resolver()) if getattr(r.urlconf_name, "__name__", "") in modules]  # fmt: skip
    return [page for resolver in found for page in _under(resolver)]


def space_pages() -> list[Page]:
    """List the pages of workspaces and accounts."""
    return pages_of(*PRIVATE_PARTS)


def every_page() -> list[Page]:
    """List all pages."""
    return list(_under(get_resolver()))


def signed_in(who: Person | None) -> Client:
    """Give a browser in which somebody signed in with their second factor; or nobody did."""
    client = Client(HTTP_HOST="localhost")
    if who is not None:
        account = Account.objects.get(pk=who.id)
        Authenticator.objects.get_or_create(user=account, type="totp", defaults={"data": {"secret": ""}})  # fmt: skip
        client.force_login(account)
    return client


def visit(browser: Client, method: str, address: str, **sent: object) -> HttpResponseBase:
    """Visit an address as the browser's person, and undo whatever that did."""
    again = Client(HTTP_HOST="localhost")
    again.cookies.update(browser.cookies)
    with transaction.atomic():
        found = again.generic(method, address) if not sent else again.post(address, sent)
        read(found)
        transaction.set_rollback(True)
    return found


def read(found: HttpResponseBase) -> str:
    """Give all that an answer says: its body and its headers, as text."""
    if not hasattr(found, "read_whole"):
        body = b"".join(found) if found.streaming else found.content  # type: ignore[attr-defined]
        headers = "\n".join(f"{name}: {value}" for name, value in found.items())
        cookies = found.cookies.output()
        text = f"{headers}\n{cookies}\n{body.decode('utf-8', errors='replace')}"
        found.read_whole = f"{text}\n{unescape(text)}\n{unquote(text)}"  # type: ignore[attr-defined]
    return str(found.read_whole)  # type: ignore[attr-defined]


def links_in(found: HttpResponseBase) -> set[str]:
    """List the addresses of our own that a page names, without their fragments."""
    text = found.content.decode("utf-8", errors="replace")  # type: ignore[attr-defined]
    named = re.findall(r'(?:href|src|action|data-[a-z-]+)="(/[^"#]*)', text)
    named += re.findall(r'"href":\s*"(?:http://localhost)?(/[^"#]*)', text)
    return {unescape(one) for one in named if not one.startswith(("//", "/static/"))}
