"""From a cell to a clean value: one reader for each kind of field.

=========== ==================================================================
kind        clean value
=========== ==================================================================
text, code  str
choice      str, the choice's code; tuple of str where the field holds many
language    str, an ISO 639 code; tuple of str where the field holds many
date        date
time        time
hours       tuple of (day, opens, closes): 1 is Monday
integer     int
amount      Decimal, in dollars, to the cent
number      Decimal, with all its decimals; « 12 % » is 12
yes_no      bool
email, url  str
phone       str: ``+15145551234``, with ``;ext=23`` where there is an extension (RFC 3966)
postal_code str: ``H2X 1Y4``, or five digits
=========== ==================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from courtepointe.formats.workbooks import CellStatus, Value, status_of
from courtepointe.people.bringing.outcome import Lacking, Outcome, Reader, Setting, Wrong
from courtepointe.people.bringing.reading.choices import (
    choice_reader,
    language_reader,
    yes_no_reader,
)
from courtepointe.people.bringing.reading.hours import hours_reader
from courtepointe.people.bringing.reading.moments import date_reader, time_reader
from courtepointe.people.bringing.reading.numbers import (
    amount_reader,
    integer_reader,
    number_reader,
)
from courtepointe.people.bringing.reading.phones import phone_reader
from courtepointe.people.bringing.reading.texts import code_reader, text_reader
from courtepointe.people.bringing.reading.web import email_reader, postal_code_reader, url_reader
from courtepointe.people.bringing.shape import Field, Kind

READERS: Mapping[Kind, Callable[[Field, Setting], Reader]] = {
    Kind.TEXT: text_reader,
    Kind.CODE: code_reader,
    Kind.CHOICE: choice_reader,
    Kind.LANGUAGE: language_reader,
    Kind.DATE: date_reader,
    Kind.TIME: time_reader,
    Kind.HOURS: hours_reader,
    Kind.INTEGER: integer_reader,
    Kind.AMOUNT: amount_reader,
    Kind.NUMBER: number_reader,
    Kind.YES_NO: yes_no_reader,
    Kind.EMAIL: email_reader,
    Kind.PHONE: phone_reader,
    Kind.POSTAL_CODE: postal_code_reader,
    Kind.URL: url_reader,
}


def reader_of(field: Field, setting: Setting) -> Reader:
    """Make the reader of a column: of any cell, what became of it.

    A cell that holds no value lacks one, or is a fault where the field is required; a formula that
    failed is always a fault.
    """
    inner = READERS[field.kind](field, setting)
    free_text = field.kind == Kind.TEXT

    def read(value: Value) -> Outcome:
        status = status_of(value, free_text=free_text)
        if status == CellStatus.VALUE:
            return inner(value)
        found = inner(value) if status == CellStatus.NOT_APPLICABLE and _is_a_word(field) else None
        if found is not None and not isinstance(found, Wrong):
            return found
        if status == CellStatus.ERROR:
            return Wrong("formula_failed")
        return Wrong("required_missing") if field.required else Lacking(status)

    return read


def _is_a_word(field: Field) -> bool:
    """Tell whether the field's own words come before the marks: *aucune* may be a choice."""
    return field.kind in (Kind.CHOICE, Kind.YES_NO)
