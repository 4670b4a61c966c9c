"""A row of a form, told apart into what we read, in each language, and what is kept as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from courtepointe.formats.xlsform.headings import TRANSLATED, language_named, parted
from courtepointe.formats.xlsform.sheets import SheetRow
from courtepointe.formats.xlsform.values import Texts

SURVEY = frozenset(
    {
        "type", "name", "required", "relevant", "constraint", "calculation", "appearance",
        "default", "repeat_count", "disabled",
    }
)  # fmt: skip
CHOICES = frozenset({"list_name", "name"})


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row.

    Attributes
    ----------
    row : int
    plain : mapping of column -> text
        Of the columns that we read.
    texts : mapping of column -> Texts
        Labels, hints and messages by language.
    more : mapping of heading -> text
        All others, under the heading that they stood under.
    """

    row: int
    plain: Mapping[str, str]
    texts: Mapping[str, Texts]
    more: Mapping[str, str]

    def get(self, column: str) -> str:
        """Give a cell; empty where it is."""
        return self.plain.get(column, "")

    def text(self, column: str) -> Texts:
        """Give a text by language."""
        return self.texts.get(column, {})


def cells_of(row: SheetRow, *, read: frozenset[str]) -> Cells:
    """Tell a row's cells apart.

    Parameters
    ----------
    row : SheetRow
    read : frozenset of str
        Columns without language that are read.
    """
    plain: dict[str, str] = {}
    more: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    for heading, cell in row.cells.items():
        column, language = parted(heading)
        if column in TRANSLATED:
            texts.setdefault(column, {})[language_named(language).code] = cell
        elif column in read and not language:
            plain[column] = cell
        else:
            more[heading] = cell
    return Cells(row.number, plain, texts, more)
