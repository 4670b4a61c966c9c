"""What was printed for a workshop, kept beside the PDF: by it a square is found on the ground again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.core.sheets import Code, Frame, SheetPaper, layout, read_code
from courtepointe.core.sheets.layouts import COLUMN_LETTERS
from courtepointe.formats.boundaries.crs import known_crs
from courtepointe.press.workshop import Workshop

FORM = "courtepointe-workshop-1"


@dataclass(frozen=True, slots=True)
class PrintedWorkshop:
    """The sheets of a workshop, as they were printed.

    Attributes
    ----------
    area_key : str
        ``TYPE:VINTAGE:CODE``.
    area : str
        Its name, in the language of the sheets.
    map_layout : str
    map_code : Code
    card_codes : tuple of Code
        Of the sheets of cards.
    frame : Frame
    crs : str
        Of the frame's metres.
    """

    area_key: str
    area: str
    lang: str
    paper: SheetPaper
    map_layout: str
    map_code: Code
    card_codes: tuple[Code, ...]
    frame: Frame
    crs: str

    def holds(self, code: Code) -> bool:
        """Say whether a sheet or a card was printed for this workshop."""
        return any(code.sheet == one.sheet for one in (self.map_code, *self.card_codes))


def printed(made: Workshop) -> PrintedWorkshop:
    """Keep what a workshop's sheets were printed from; raise ``workshop_without_map`` without a map."""
    ground = made.ground
    if ground is None:
        raise BadInput("workshop_without_map")
    return PrintedWorkshop(
        ground.key, made.area, made.lang, made.paper, ground.layout.code, made.map_code,
        made.card_codes, ground.frame, ground.crs,
    )  # fmt: skip


def write_record(made: PrintedWorkshop) -> bytes:
    """Write a record as JSON."""
    told = {
        "form": FORM,
        "area_key": made.area_key,
        "area": made.area,
        "lang": made.lang,
        "paper": made.paper.value,
        "map_layout": made.map_layout,
        "map_code": made.map_code.text,
        "card_codes": [one.text for one in made.card_codes],
        "frame": asdict(made.frame),
        "crs": made.crs,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def read_record(content: bytes, *, file: str) -> PrintedWorkshop:
    """Read a record that `write_record` wrote.

    Raises
    ------
    BadInput
        ``workshop_record`` with what is wrong.
    """
    try:
        told = json.loads(content.decode("utf-8-sig"))
        if not isinstance(told, dict) or told.get("form") != FORM:
            raise BadInput("workshop_record", file=file, value="form", expected=FORM)
        return _record(told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            "workshop_record", file=file, value=str(error)[:120], expected=FORM
        ) from error
    except CourtepointeError as error:
        if error.code == "workshop_record":
            raise
        told_by = str(error.facts.get("value", error.code))
        raise BadInput("workshop_record", file=file, value=told_by, expected=FORM) from error


def _record(told: dict[str, Any]) -> PrintedWorkshop:
    frame = told["frame"]
    printed_on = layout(told["map_layout"])
    held = Frame(
        float(frame["west"]), float(frame["north"]), float(frame["side"]),
        int(frame["columns"]), int(frame["rows"]),
    )  # fmt: skip
    if (held.columns, held.rows) != (printed_on.columns, printed_on.rows) or not held.side > 0:
        raise ValueError("frame")
    if held.columns > len(COLUMN_LETTERS):
        raise ValueError("columns")
    known_crs(told["crs"])
    return PrintedWorkshop(
        str(told["area_key"]), str(told["area"]), str(told["lang"]), SheetPaper(told["paper"]),
        printed_on.code, read_code(told["map_code"]), tuple(map(read_code, told["card_codes"])),
        held, str(told["crs"]),
    )  # fmt: skip
