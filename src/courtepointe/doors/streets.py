"""The streets that the site walks: read once beside the pack, kept with the people placed along them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from courtepointe.atlas.query.on_foot import Afoot, afoot
from courtepointe.core.streets import WALKERS
from courtepointe.doors.served import Served
from courtepointe.formats.streets import StreetFile, read_streets

BY_CODE = {one.code: one for one in WALKERS}
Key = tuple[Path, int, int, str]


@dataclass(slots=True)
class ServedStreets:
    """A file of streets in a pack's metres, and each walker's people along them, made when first asked.

    Attributes
    ----------
    file : StreetFile
    served : Served
        The atlas whose people are placed.
    """

    file: StreetFile
    served: Served
    held: dict[str, Afoot] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def walked(self, walker: str) -> Afoot:
        """Give the streets as a kind of walker takes them."""
        with self.lock:
            if walker not in self.held:
                self.held[walker] = afoot(self.served.atlas, self.file.streets, BY_CODE[walker])
            return self.held[walker]


class _Street:
    """Holds the one file of streets of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.key: tuple[Key, str] | None = None
        self.now: ServedStreets | None = None

    def open(self, path: Path, held: Served) -> ServedStreets | None:
        """Give the streets of a file, read again where it or the atlas changed; none where it is not there."""
        try:
            found = path.stat()
        except OSError:
            return None
        crs = held.pack.recipe.metric_crs
        key = ((path, found.st_mtime_ns, found.st_size, crs), held.edition)
        with self.lock:
            if self.now is None or self.key != key:
                same = self.now is not None and self.key is not None and self.key[0] == key[0]
                file = self.now.file if same and self.now else read_streets(path, to_crs=crs)
                self.now, self.key = ServedStreets(file, held), key
            return self.now


_street = _Street()


def streets_of(held: Served) -> ServedStreets | None:
    """Give the streets beside the atlas that is served; None where there are none.

    Raises
    ------
    BadInput
        As `read_streets`, where the file is broken.
    """
    return _street.open(settings.STREETS, held)
