"""What a room wants of a table: its fields, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from courtepointe.core.errors import BadInput


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    CODE = "code"
    CHOICE = "choice"
    LANGUAGE = "language"
    DATE = "date"
    TIME = "time"
    HOURS = "hours"
    INTEGER = "integer"
    AMOUNT = "amount"
    NUMBER = "number"
    YES_NO = "yes_no"
    EMAIL = "email"
    PHONE = "phone"
    POSTAL_CODE = "postal_code"
    URL = "url"


TELLING = frozenset(
    {Kind.EMAIL, Kind.PHONE, Kind.POSTAL_CODE, Kind.URL, Kind.CHOICE, Kind.LANGUAGE, Kind.HOURS, Kind.CODE}
)  # fmt: skip
"""Kinds that a column's content tells by itself: few other columns read as these."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of a field: its code, its words, and how else people write it."""

    code: str
    fr: str
    en: str
    synonyms: tuple[str, ...] = ()

    def said(self, lang: str) -> str:
        """Give its words in ``"fr"`` or ``"en"``."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a room wants of each row.

    Attributes
    ----------
    code : str
    kind : Kind
    fr, en : str
        What it is called.
    synonyms : tuple of str
        Other headings that people give it, in both languages.
    required : bool
    many : bool
        Whether a cell may hold several choices or languages.
    open : bool
        Whether what is none of the choices is kept as it is written.
    sealed : bool
        Whether it is personal: shown to nobody but who brought it, encrypted at rest.
    choices : tuple of Choice
    longest : int
        Characters of a text; 0 where any length will do.
    least, most : float or None
        Of a number.
    lines : bool
        Whether a text keeps its lines.
    past : bool
        Whether a date may not be after today.
    pattern : str
        Regular expression of a code, blanks and dashes taken out.
    digits : int
        Length of a code of digits; zeros that a spreadsheet dropped are put back.
    """

    code: str
    kind: Kind
    fr: str
    en: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    open: bool = False
    sealed: bool = False
    choices: tuple[Choice, ...] = ()
    longest: int = 0
    least: float | None = None
    most: float | None = None
    lines: bool = False
    past: bool = False
    pattern: str = ""
    digits: int = 0

    def said(self, lang: str) -> str:
        """Give its name in ``"fr"`` or ``"en"``."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Shape:
    """What a room wants of a table.

    Attributes
    ----------
    code : str
    fr, en : str
    fields : tuple of Field
    keys : tuple of tuple of field codes
        Each tells a row from all others by itself, where all of its fields are filled.
    """

    code: str
    fr: str
    en: str
    fields: tuple[Field, ...]
    keys: tuple[tuple[str, ...], ...] = ()

    def said(self, lang: str) -> str:
        """Give its name in ``"fr"`` or ``"en"``."""
        return self.fr if lang == "fr" else self.en

    @property
    def by_code(self) -> Mapping[str, Field]:
        """The fields by their codes."""
        return MappingProxyType({field.code: field for field in self.fields})

    def field(self, code: str) -> str:
        """Give a field's code back where there is one, or nothing for nothing.

        Raises
        ------
        BadInput
            ``unknown_field``.
        """
        if code and code not in self.by_code:
            raise BadInput("unknown_field", value=code, expected=", ".join(self.by_code))
        return code
