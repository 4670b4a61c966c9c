"""The pack that the site serves: opened once, opened again when it was rebuilt; the former stays until the new one opens."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar, cast

from django.conf import settings
from django.db import DatabaseError

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.recalls import Notice, with_notices
from courtepointe.core.errors import CourtepointeError, NotFound
from courtepointe.portraits.queries import notices_in_force

DESCRIPTOR = "datapackage.json"
KEPT = 512
SHELF_BYTES = 64 * 1024 * 1024
A_NAME = 256
"""About what keeping one costs beside its content."""
LOOKED_EVERY_S = 2.0
"""A notice given by an operator is on every page after this."""
Kept = TypeVar("Kept")
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Shelf:
    """The last few hundred answers that pages were made of, the oldest forgotten first."""

    limit: int = KEPT
    held: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, name: Hashable, make: Callable[[], Kept]) -> Kept:
        """Give what is kept under a name, or make and keep it."""
        with self.lock:
            if name in self.held:
                self.held.move_to_end(name)
                return cast(Kept, self.held[name])
        made = make()
        with self.lock:
            self.held[name] = made
            while len(self.held) > self.limit:
                self.held.popitem(last=False)
        return made


@dataclass(slots=True)
class BytesShelf:
    """The tiles or documents served lately, as many as there is room for, the oldest forgotten first."""

    limit_bytes: int = SHELF_BYTES
    size: int = 0
    held: OrderedDict[Hashable, bytes] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, name: Hashable, make: Callable[[], bytes]) -> bytes:
        """Give what is kept under a name, or make and keep it."""
        with self.lock:
            if name in self.held:
                self.held.move_to_end(name)
                return self.held[name]
        made = make()
        with self.lock:
            self.size += len(made) + A_NAME - self._weight(name)
            self.held[name] = made
            while self.size > self.limit_bytes:
                _, gone = self.held.popitem(last=False)
                self.size -= len(gone) + A_NAME
        return made

    def _weight(self, name: Hashable) -> int:
        return len(self.held[name]) + A_NAME if name in self.held else 0


@dataclass(frozen=True, slots=True)
class Served:
    """An opened atlas, with the answers kept while it is served."""

    pack: Pack
    atlas: Atlas
    stamp: tuple[int, int]
    shelf: Shelf
    notices: tuple[Notice, ...] = ()
    tiles: BytesShelf = field(default_factory=BytesShelf)
    documents: BytesShelf = field(default_factory=BytesShelf)

    @property
    def edition(self) -> str:
        """Name all that answers are made of: the pack, and the notices about its releases."""
        return (
            f"{self.pack.content_hash} {self.notices}" if self.notices else self.pack.content_hash
        )

    @property
    def built_on(self) -> date | None:
        """Give the day that the pack was written here."""
        seconds = self.stamp[0] // 1_000_000_000
        return datetime.fromtimestamp(seconds, tz=UTC).date() if seconds > 0 else None


class _Door:
    """Holds the one atlas of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.now: Served | None = None
        self.refused: tuple[int, int] | None = None

    def open(self, folder: Path) -> Served:
        """Give the atlas of a folder, opened again where its descriptor changed."""
        stamp = stamp_of(folder)
        if self.now is not None and stamp in (None, self.now.stamp, self.refused):
            return self.now
        with self.lock:
            if self.now is not None and stamp == self.now.stamp:
                return self.now
            if stamp is None:
                raise NotFound("no_pack", value=folder)
            self._open(folder, stamp)
        return cast(Served, self.now)

    def _open(self, folder: Path, stamp: tuple[int, int]) -> None:
        try:
            pack = open_pack(folder)
            atlas = Atlas(pack)
            self.now = Served(pack, atlas, stamp, Shelf())
            threading.Thread(target=atlas.warm, name="warm the atlas", daemon=True).start()
        except CourtepointeError as error:
            if self.now is None:
                raise
            self.refused = stamp
            log.error("The new pack does not open and the former is still served: %s", error)


def stamp_of(folder: Path) -> tuple[int, int] | None:
    """Tell one state of a pack from another; nothing where there is no pack."""
    try:
        found = (folder / DESCRIPTOR).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


class _Register:
    """Holds the notices about releases, and the atlas as they have it told."""

    def __init__(self, every_s: float = LOOKED_EVERY_S) -> None:
        self.lock = threading.Lock()
        self.every_s = every_s
        self.looked: float | None = None
        self.notices: tuple[Notice, ...] = ()
        self.shown: tuple[Served, Served] | None = None

    def told(self, opened: Served) -> Served:
        """Give an opened atlas whose releases say what notices say of them."""
        notices = self._current(opened.pack.recipe.code)
        if not notices:
            return opened
        with self.lock:
            if (
                self.shown is None
                or self.shown[0] is not opened
                or self.shown[1].notices != notices
            ):
                recipe = with_notices(opened.pack.recipe, notices)
                pack = replace(opened.pack, recipe=recipe)
                told = Served(pack, Atlas(pack), opened.stamp, Shelf(), notices)
                self.shown = (opened, told)
            return self.shown[1]

    def _current(self, atlas_code: str) -> tuple[Notice, ...]:
        now = time.monotonic()
        if self.looked is None or now - self.looked >= self.every_s:
            self.looked = now
            try:
                self.notices = notices_in_force(atlas_code)
            except DatabaseError as error:
                log.error("The notices about releases cannot be read: %s", error)
        return self.notices


_door = _Door()
_register = _Register()


def served() -> Served:
    """Give the atlas served now, or raise `NotFound` where none was built."""
    return _register.told(_door.open(settings.PACK))


def open_early() -> None:
    """Open the atlas before the first visitor; where there is none, the page will say so."""
    with contextlib.suppress(CourtepointeError):
        served().atlas.warm()
