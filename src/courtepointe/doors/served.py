"""The pack that the site serves: opened once, opened again when it was rebuilt; the former stays until the new one opens."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from django.conf import settings

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.errors import CourtepointeError, NotFound

DESCRIPTOR = "datapackage.json"
KEPT = 512
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


@dataclass(frozen=True, slots=True)
class Served:
    """An opened atlas, with the answers kept while it is served."""

    pack: Pack
    atlas: Atlas
    stamp: tuple[int, int]
    shelf: Shelf

    @property
    def edition(self) -> str:
        """Name all that answers are made of: the pack."""
        return self.pack.content_hash


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


_door = _Door()


def served() -> Served:
    """Give the atlas served now, or raise `NotFound` where none was built."""
    return _door.open(settings.PACK)


def open_early() -> None:
    """Open the atlas before the first visitor; where there is none, the page will say so."""
    with contextlib.suppress(CourtepointeError):
        served().atlas.warm()
