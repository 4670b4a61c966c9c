"""The streets that the site walks: those of the atlas, kept with the people placed along them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from courtepointe.atlas.pack.values import StreetTable
from courtepointe.atlas.query.on_foot import Afoot, afoot
from courtepointe.core.streets import WALKERS
from courtepointe.doors.served import Served

BY_CODE = {one.code: one for one in WALKERS}


@dataclass(slots=True)
class ServedStreets:
    """The streets of an atlas, and each walker's people along them, made when first asked.

    Attributes
    ----------
    file : StreetTable
        With the code of the source that is to be named.
    served : Served
        The atlas whose people are placed.
    """

    file: StreetTable
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
    """Holds the streets of the one atlas of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.now: ServedStreets | None = None

    def of(self, held: Served) -> ServedStreets | None:
        """Give the streets of an atlas, placed anew where it is another one; none where it has none."""
        with self.lock:
            if self.now is None or self.now.served is not held:
                table = held.pack.streets
                self.now = None if table is None else ServedStreets(table, held)
            return self.now


_street = _Street()


def streets_of(held: Served) -> ServedStreets | None:
    """Give the streets of the atlas that is served; None where there are none.

    Raises
    ------
    BadInput
        ``pack_broken``, where their files are.
    """
    return _street.of(held)
