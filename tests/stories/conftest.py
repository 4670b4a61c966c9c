"""A real server, a real browser: whole journeys on the demo city's pack."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)
from tests.support.joining import join
from tests.support.once import once
from tests.support.server import CHROMIUM_ARGUMENTS, WITHOUT_A_CARD, copied, serving

WITH_WINDOWS = ("chromium", "chromium-browser")

# A shared machine may be slow; what is waited for is waited for, not slept for.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def demo_site(
    demo_pack: Path, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve the demo city and give the site's address."""
    with serving(demo_pack, copied(prepared, tmp_path_factory.mktemp("demo-data"))) as address:
        yield address


@pytest.fixture(scope="session")
def montreal_site(
    montreal_pack: Path, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve the real Montréal and give the site's address."""
    with serving(montreal_pack, copied(prepared, tmp_path_factory.mktemp("montreal-data"))) as site:
        yield site


@pytest.fixture
def own_site(demo_pack: Path, prepared: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the demo city on a database of its own, in ``tmp_path``."""
    with serving(demo_pack, copied(prepared, tmp_path)) as address:
        yield address


@pytest.fixture(scope="session")
def with_a_table(
    browser: Browser, demo_pack: Path, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Prepare a site whose workspace has its coordinator, who joined in a browser; who writes in one takes a copy."""

    def make(data: Path) -> None:
        with serving(demo_pack, copied(prepared, data)) as address, visiting(browser) as someone:
            join(someone.window(language="en"), address, data)

    return once(tmp_path_factory, "with-a-table", make)


@pytest.fixture
def table_site(demo_pack: Path, with_a_table: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the demo city as `own_site`, with a workspace that has its coordinator."""
    with serving(demo_pack, copied(with_a_table, tmp_path)) as address:
        yield address


@pytest.fixture
def working_site(demo_pack: Path, with_a_table: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the demo city as `table_site`, with the process that answers what takes long."""
    with serving(demo_pack, copied(with_a_table, tmp_path), work=True) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start Playwright once.

    Its loop runs in this thread until the end: without the word to Django, tests that ask the
    database after a story in the same process are refused.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as started:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start Debian's Chromium once: the one that has no windows of its own, where it is installed."""
    yield from started(playwright, ("chromium-headless-shell", *WITH_WINDOWS), WITHOUT_A_CARD)


@pytest.fixture(scope="session")
def windowed(playwright: Playwright) -> Iterator[Browser]:
    """Start the Chromium that people have once, for those who look at pixels."""
    yield from started(playwright, WITH_WINDOWS, CHROMIUM_ARGUMENTS)


def started(
    playwright: Playwright, names: Sequence[str], arguments: Sequence[str]
) -> Iterator[Browser]:
    """Start the first Chromium that this machine has."""
    where = next(filter(None, map(shutil.which, names)), None)
    if where is None:
        pytest.skip("no chromium on this machine: `make test` installs it")
    with playwright.chromium.launch(executable_path=where, args=arguments) as browser:
        yield browser


@dataclass
class Visitor:
    """A person at a browser; what her pages asked of others, and what they complained of."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def window(
        self,
        width: int = 1280,
        height: int = 900,
        *,
        language: str = "fr",
        dark: bool = False,
        scripts: bool = True,
        may_complain: bool = False,
    ) -> Page:
        """Open a window; `may_complain` lets the console speak of a request that fails on purpose."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale=f"{language}-CA",
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", self._asked)
        if not may_complain:
            page.on("console", self._said)
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:")):
            self.strangers.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)


@contextmanager
def visiting(browser: Browser) -> Iterator[Visitor]:
    """Open pages as a person; refuse requests that leave the machine and errors in the console."""
    someone = Visitor(browser)
    yield someone
    for context in someone.contexts:
        context.close()
    assert someone.strangers == [], "the page asked other machines"
    assert someone.complaints == [], "the page complained in the console"


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    with visiting(browser) as someone:
        yield someone
