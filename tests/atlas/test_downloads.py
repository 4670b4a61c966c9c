"""Downloads against a server on this machine: whole, slow, cut, refused, not what was asked."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from tests.support.village import COUNTS, RECIPE

from courtepointe.atlas.downloads import fetch_file, fetch_missing, file_name
from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.atlas.recipe.values import Recipe, Source, Words
from courtepointe.core.errors import BadInput, CourtepointeError, NoAnswer
from courtepointe.doors.words import sentence

CONTENT = COUNTS.encode()


class Publisher(BaseHTTPRequestHandler):
    """A publisher with good and bad days."""

    asked: ClassVar[list[str]] = []
    patience = threading.Event()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        getattr(self, "give_" + self.path.strip("/").split(".")[0].split("/")[-1])()

    def give_counts(self) -> None:
        self.answer(CONTENT)

    def give_named(self) -> None:
        self.answer(CONTENT, **{"Content-Disposition": 'attachment; filename="../profile_9.csv"'})

    def give_moved(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/counts.csv")
        self.end_headers()

    def give_elsewhere(self) -> None:
        self.send_response(302)
        self.send_header("Location", "file:///etc/hostname")
        self.end_headers()

    def give_gone(self) -> None:
        self.send_error(404)

    def give_page(self) -> None:
        self.answer(b"\n<!DOCTYPE html><html>Please sign in</html>")

    def give_empty(self) -> None:
        self.answer(b"")

    def give_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT) + 1000))
        self.end_headers()
        self.wfile.write(CONTENT)

    def give_slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "10")
        self.end_headers()
        self.wfile.flush()
        self.patience.wait(20)

    def answer(self, content: bytes, **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Publisher.asked.clear()
    Publisher.patience.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Publisher.patience.set()
    server.shutdown()
    thread.join()
    server.server_close()


def recipe_with(folder: Path, url: str, *, optional: bool = False, sha256: str = "") -> Recipe:
    lines = [f'files = ["counts.csv"]\nurl = "{url}"']
    lines += ["optional = true"] if optional else []
    lines += [f'sha256 = ["{sha256}"]'] if sha256 else []
    path = folder / "village.toml"
    text = RECIPE.replace('files = ["counts.csv"]', "\n".join(lines))
    path.write_text(text, encoding="utf-8")
    return read_recipe(path)


def test_an_absent_source_is_fetched_whole(tmp_path: Path, publisher: str) -> None:
    steps: list[tuple[str, int, int | None]] = []
    fetched = fetch_missing(
        recipe_with(tmp_path, f"{publisher}/counts.csv"),
        tmp_path / "sources",
        on_progress=lambda *step: steps.append(step),
    )
    assert [(one.source, one.file, one.n_bytes) for one in fetched] == [
        ("counts", "counts.csv", len(CONTENT))
    ]
    assert fetched[0].sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert fetched[0].edition == "unstated"
    assert (tmp_path / "sources" / "counts.csv").read_bytes() == CONTENT
    assert steps == [("counts", len(CONTENT), len(CONTENT))]


def test_a_source_that_is_here_is_not_asked_for(tmp_path: Path, publisher: str) -> None:
    recipe = recipe_with(tmp_path, f"{publisher}/counts.csv")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "counts.csv").write_text("mine")
    assert fetch_missing(recipe, tmp_path / "sources") == ()
    assert Publisher.asked == []
    assert (tmp_path / "sources" / "counts.csv").read_text() == "mine"


@pytest.mark.parametrize("known", [True, False])
def test_a_checksum_tells_the_edition(tmp_path: Path, publisher: str, known: bool) -> None:
    checksum = hashlib.sha256(CONTENT).hexdigest() if known else "00"
    recipe = recipe_with(tmp_path, f"{publisher}/counts.csv", sha256=checksum)
    fetched = fetch_missing(recipe, tmp_path / "sources")
    assert fetched[0].edition == ("known" if known else "newer")


def test_a_redirection_is_followed(tmp_path: Path, publisher: str) -> None:
    fetched = fetch_missing(recipe_with(tmp_path, f"{publisher}/moved"), tmp_path / "sources")
    assert fetched[0].n_bytes == len(CONTENT)
    assert Publisher.asked == ["/moved", "/counts.csv"]


@pytest.mark.parametrize(
    ["day", "code", "facts"],
    [
        ["gone.csv", "download_refused", {"status": 404}],
        ["cut.csv", "download_truncated", {"found": len(CONTENT), "expected": len(CONTENT) + 1000}],
        ["empty.csv", "download_truncated", {"found": 0}],
        ["page.csv", "download_web_page", {}],
        ["elsewhere", "download_refused", {"status": 302}],
    ],
)
def test_a_bad_answer_is_named_and_leaves_nothing(
    tmp_path: Path, publisher: str, day: str, code: str, facts: dict[str, object]
) -> None:
    url = f"{publisher}/{day}"
    with pytest.raises(CourtepointeError) as caught:
        fetch_missing(recipe_with(tmp_path, url), tmp_path / "sources")
    assert caught.value.code == code
    assert {"source": "counts", "address": url, **facts}.items() <= caught.value.facts.items()
    assert list((tmp_path / "sources").iterdir()) == []
    assert url in sentence(caught.value, lang="fr")


def test_silence_ends_a_download(tmp_path: Path, publisher: str) -> None:
    with pytest.raises(NoAnswer) as caught:
        fetch_file(f"{publisher}/slow.csv", tmp_path, source="counts", silence_s=0.2)
    assert (caught.value.code, caught.value.facts["found"]) == ("download_failed", "timeout")
    assert list(tmp_path.iterdir()) == []


def test_nobody_at_the_address(tmp_path: Path, publisher: str) -> None:
    closed = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    port = closed.server_port
    closed.server_close()
    with pytest.raises(NoAnswer, match="download_failed"):
        fetch_file(f"http://127.0.0.1:{port}/counts.csv", tmp_path, source="counts")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.org/a.csv", "counts.csv"])
def test_only_the_web_is_fetched(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadInput, match="download_scheme"):
        fetch_file(url, tmp_path, source="counts")
    assert list(tmp_path.iterdir()) == []


def test_an_optional_source_that_does_not_come_stops_nothing(
    tmp_path: Path, publisher: str
) -> None:
    recipe = recipe_with(tmp_path, f"{publisher}/gone.csv", optional=True)
    fetched = fetch_missing(recipe, tmp_path / "sources")
    assert [one.file for one in fetched] == [None]
    assert fetched[0].error is not None
    assert fetched[0].error.code == "download_refused"


def source(url: str, *files: str) -> Source:
    both = Words("", "")
    return Source("one", "Bureau", both, "open", both, files, url=url)


@pytest.mark.parametrize(
    ["url", "files", "told", "name"],
    [
        ["http://a/b/limits.zip", ("here/limits.json", "here/limits.zip"), None, "here/limits.zip"],
        ["http://a/GetFile?x=1", ("c/98-401*CSV*.zip",), "98-401-X_CSV.zip", "c/98-401-X_CSV.zip"],
        ["http://a/GetFile?x=1", ("c/98-401*CSV*.zip",), None, "c/98-401CSV.zip"],
        ["http://a/other.csv", ("counts.csv",), "strange.csv", "counts.csv"],
    ],
)
def test_a_fetched_file_bears_a_name_that_the_build_finds(
    url: str, files: tuple[str, ...], told: str | None, name: str
) -> None:
    assert file_name(source(url, *files), told) == name


def test_a_server_cannot_choose_the_folder(tmp_path: Path, publisher: str) -> None:
    answer = fetch_file(f"{publisher}/named.csv", tmp_path, source="counts")
    assert answer.name == "profile_9.csv"
