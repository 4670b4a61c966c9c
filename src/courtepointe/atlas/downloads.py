"""Fetch publishers' files, only when the operator asks: the one door to the network.

`fetch_file` is the only function that speaks to the outside, and the only one that tests may fake.
"""

from __future__ import annotations

import fnmatch
import hashlib
import http.client
import os
import re
import socket
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import urlsplit

from courtepointe.atlas.build.sources import KNOWN, NEWER, UNSTATED, matching_files
from courtepointe.atlas.recipe.values import Recipe, Source
from courtepointe.core.errors import BadInput, CourtepointeError, NoAnswer

SILENCE_S = 60.0
"""Longest wait for a connection, and between two pieces of an answer."""
PIECE_BYTES = 1 << 20
WHO = "Mozilla/5.0 (compatible; Courtepointe)"
"""Several open-data portals answer only to a browser's name."""
WEB_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html)", re.IGNORECASE)
DISPOSITION = re.compile(r'filename\*?=(?:UTF-8\'\')?"?([^";]+)"?', re.IGNORECASE)

Progress = Callable[[str, int, int | None], None]
"""Called with a file's name, the bytes that came, and the bytes announced (None: unknown)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A file that came whole.

    Attributes
    ----------
    name : str or None
        The file's name as the server gives it.
    """

    path: Path
    n_bytes: int
    sha256: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one source.

    Attributes
    ----------
    file : str or None
        Under the folder of sources; None where nothing came.
    edition : str or None
        ``known``, ``newer`` or ``unstated``, by the recipe's checksums.
    error : CourtepointeError or None
        Why an optional source did not come.
    """

    source: str
    file: str | None = None
    n_bytes: int = 0
    sha256: str | None = None
    edition: str | None = None
    error: CourtepointeError | None = None


Fetch = Callable[..., Answer]


def fetch_missing(
    recipe: Recipe,
    folder: Path,
    *,
    fetch: Fetch | None = None,
    on_progress: Progress | None = None,
) -> tuple[Fetched, ...]:
    """Fetch the sources that have an address and no file here.

    Parameters
    ----------
    recipe : Recipe
    folder : Path
        Folder of sources; made where it is not there.
    fetch : callable, optional
        Instead of `fetch_file`.
    on_progress : callable, optional

    Returns
    -------
    tuple of Fetched
        In the recipe's order, only of sources that were asked for.

    Raises
    ------
    BadInput, NoAnswer
        For a source that the build cannot do without; files that came before are kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    fetched: list[Fetched] = []
    for source in recipe.sources:
        if source.url is None or matching_files(source, folder):
            continue
        try:
            fetched.append(_fetch_one(source, folder, fetch or fetch_file, on_progress))
        except CourtepointeError as error:
            if not source.optional:
                raise
            fetched.append(Fetched(source.code, error=error))
    return tuple(fetched)


def _fetch_one(source: Source, folder: Path, fetch: Fetch, on_progress: Progress | None) -> Fetched:
    assert source.url is not None
    answer = fetch(source.url, folder, source=source.code, on_progress=on_progress)
    name = file_name(source, answer.name)
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    answer.path.replace(target)
    edition = UNSTATED
    if source.sha256:
        edition = KNOWN if answer.sha256 in source.sha256 else NEWER
    return Fetched(source.code, name, answer.n_bytes, answer.sha256, edition)


def file_name(source: Source, told: str | None) -> str:
    """Choose under which of a source's names a fetched file is kept.

    Notes
    -----
    The first pattern that the server's name, or the address's own, fits; else the first pattern
    with its stars left out.
    """
    address = PurePosixPath(urlsplit(source.url or "").path).name
    for name in (told, address):
        for pattern in source.files:
            folder = PurePosixPath(pattern).parent
            if name and fnmatch.fnmatch(name, PurePosixPath(pattern).name):
                return str(folder / name)
    return re.sub(r"[*?\[\]]", "", source.files[0])


def fetch_file(
    url: str,
    folder: Path,
    *,
    source: str,
    on_progress: Progress | None = None,
    silence_s: float = SILENCE_S,
) -> Answer:
    """Fetch one address into a temporary file of a folder.

    Parameters
    ----------
    url : str
        ``http`` or ``https``, redirections included.
    folder : Path
    source : str
        For messages.
    on_progress : callable, optional
    silence_s : float, seconds

    Returns
    -------
    Answer

    Raises
    ------
    BadInput
        ``download_scheme``.
    NoAnswer
        ``download_refused`` (a status of HTTP), ``download_failed`` (no connection, silence),
        ``download_truncated``, ``download_web_page`` (a page where a file was expected).
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise BadInput("download_scheme", source=source, address=url, expected="http, https")
    handle, name = tempfile.mkstemp(prefix=".fetching-", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as sink, _opened(url, silence_s) as answer:
            got = _copy(answer, sink, source=source, url=url, on_progress=on_progress)
        return Answer(path, got[0], got[1], _told_name(answer))
    except urllib.error.HTTPError as error:
        path.unlink(missing_ok=True)
        error.close()
        raise NoAnswer("download_refused", source=source, address=url, status=error.code) from error
    except (OSError, http.client.HTTPException) as error:
        path.unlink(missing_ok=True)
        raise NoAnswer(
            "download_failed", source=source, address=url, found=_reason(error)
        ) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _opened(url: str, silence_s: float) -> Any:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(url, headers={"User-Agent": WHO})  # noqa: S310 - scheme checked
    return opener.open(request, timeout=silence_s)


def _copy(
    answer: Any, sink: IO[bytes], *, source: str, url: str, on_progress: Progress | None
) -> tuple[int, str]:
    announced = answer.headers.get("Content-Length")
    total = int(announced) if announced and announced.isdigit() else None
    checksum, done = hashlib.sha256(), 0
    while piece := answer.read(PIECE_BYTES):
        if done == 0 and WEB_PAGE.match(piece):
            raise NoAnswer("download_web_page", source=source, address=url)
        sink.write(piece)
        checksum.update(piece)
        done += len(piece)
        if on_progress is not None:
            on_progress(source, done, total)
    if done == 0 or (total is not None and done != total):
        raise NoAnswer(
            "download_truncated", source=source, address=url, found=done, expected=total or "—"
        )
    return done, checksum.hexdigest()


def _told_name(answer: Any) -> str | None:
    """Give the name that the server tells, without any folder."""
    found = DISPOSITION.search(answer.headers.get("Content-Disposition") or "")
    return PurePosixPath(found.group(1).replace("\\", "/")).name if found else None


def _reason(error: BaseException) -> str:
    inner = getattr(error, "reason", error)
    if isinstance(inner, TimeoutError | socket.timeout):
        return "timeout"
    return str(inner) or type(inner).__name__
