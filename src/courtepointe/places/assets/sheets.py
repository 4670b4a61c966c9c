"""Cards of a mapping workshop: from photographs of sheets to cells, from keyed cells to contributions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.core.sheets import Answered, CutCell, answers_of, read_sheet
from courtepointe.formats.sheet_photos import png_of, read_sheet_photo
from courtepointe.formats.submissions import GeoPoint
from courtepointe.places.collecting import Consent, Contribution, Visibility
from courtepointe.places.workshop import Contribution as Card
from courtepointe.places.workshop import PrintedWorkshop
from courtepointe.places.workshop.record import FORM

DPI = 150.0
SEEN_BY = {
    "nobody": Visibility.REVIEWERS,
    "table": Visibility.MEMBERS,
    "everyone": Visibility.PUBLIC,
}
CLASSES = {"knowledge": "people"}
"""Classes of cards that our field forms name otherwise."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card cut from a photograph.

    Attributes
    ----------
    code : str
    picture : bytes
        PNG, straightened; nothing of where the photograph was taken.
    answers : mapping of field -> code
        Where exactly one box is ticked.
    """

    code: str
    picture: bytes
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A photographed sheet of cards.

    Attributes
    ----------
    code : str
        Of the sheet, as it is printed.
    cards : tuple of CardRead
        Those on which something was written.
    n_empty : int
    notices : tuple of BadInput
        What to look at again, each with the ``file``: it stops nothing.
    """

    code: str
    cards: tuple[CardRead, ...]
    n_empty: int
    notices: tuple[BadInput, ...]


def sheet_in(content: bytes, made: PrintedWorkshop, *, file: str) -> SheetRead:
    """Straighten a photograph of a sheet and cut the cards on which something was written.

    Nothing of the photograph itself is given back: neither where and when it was taken, nor what lay around.

    Raises
    ------
    BadInput
        As `courtepointe.formats.sheet_photos.read_sheet_photo` and
        `courtepointe.core.sheets.read_sheet`; ``sheet_without_cards`` for a map;
        ``sheet_code_unread``; ``sheet_elsewhere`` for a sheet of another workshop. All with ``file``.
    """
    try:
        found = read_sheet(read_sheet_photo(content, file=file).pixels, dpi=DPI)
    except CourtepointeError as error:
        error.facts.setdefault("file", file)
        raise
    if not any(one.filled is not None for one in found.cells):
        raise BadInput("sheet_without_cards", file=file)
    if found.code is None:
        raise BadInput("sheet_code_unread", file=file)
    if not made.holds(found.code):
        raise BadInput("sheet_elsewhere", file=file, value=found.code.spaced, expected=made.area)
    cards = tuple(_read(found.cells))
    notices = tuple(BadInput(one.code, **{"file": file, **one.facts}) for one in found.notices)
    return SheetRead(found.code.spaced, cards, len(found.cells) - len(cards), notices)


def _read(cells: tuple[CutCell, ...]) -> Iterator[CardRead]:
    for one in cells:
        if one.code is None or one.filled is None or one.filled.value == "empty":
            continue
        answers = {
            told.field: told.option
            for told in answers_of(one.ticks)
            if told.answered is Answered.ONE and told.option is not None
        }
        yield CardRead(one.code.spaced, png_of(one.pixels, dpi=DPI), answers)


def contribution_of(card: Card, *, day: date) -> Contribution:
    """Make a contribution of a card: in the middle of its square, as uncertain as the square is wide.

    What need it serves stays in the words of the card; a reviewer puts it in those of the list.
    """
    fragile = card.kind == "vulnerable_place"
    person = card.kind == "knowledge"
    texts = {"seen" if fragile else "skill" if person else "name": card.name}
    texts |= {"needs": card.need} if card.need else {}
    texts |= {"helps" if fragile else "conditions": card.note} if card.note else {}
    square = card.square
    point = (
        None
        if square is None or person
        else GeoPoint(square.longitude, square.latitude, square.uncertainty_m)
    )
    return Contribution(
        kind="vulnerability" if fragile else "asset",
        instance_id=card.card.text,
        turn=0,
        form="place-notes" if fragile else "assets",
        form_version=FORM,
        category=("other",) if fragile else (CLASSES.get(card.kind, card.kind),),
        consent=Consent(FORM, day),
        day=day,
        visibility=SEEN_BY[card.visibility],
        point=point,
        texts=texts,
    )
