"""Whole numbers, amounts and measures, as French and English write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from courtepointe.formats.tables.numbers import SPACES, WITH_COMMA, decimal_mark, number_in
from courtepointe.formats.workbooks import Value, text_of
from courtepointe.people.bringing.outcome import Good, Outcome, Reader, Setting, Wrong
from courtepointe.people.bringing.shape import Field

CENT = Decimal("0.01")
NEARLY = 1e-9
BLANKS = "\u00a0\u202f\u2009 "
_DOLLARS = re.compile(r"(?:CA\s*)?\$|\bCAD\b|\$\s*CA\b|dollars?", re.IGNORECASE)
_PERCENT = re.compile(r"\s*%$")
_PEOPLE = re.compile(r"\s*(?:pers(?:onnes?|\.)?|participant(?:e|·e)?s?|people)$", re.IGNORECASE)


def bare(value: Value) -> str:
    """Give a number's text without blanks around it and without its unit."""
    text = _PEOPLE.sub("", _DOLLARS.sub("", text_of(value))).strip(BLANKS)
    inside = re.fullmatch(r"\((.+)\)", text)
    return f"-{inside[1].strip(BLANKS)}" if inside else text


def mark_of(values: Iterable[Value]) -> str | None:
    """Tell what a comma is in a column's numbers, by the cells that can be read in one way only."""
    return decimal_mark({bare(value) for value in values if isinstance(value, str)})


def without_percent(value: Value) -> Value:
    """Take a percent sign off: the unit is what is measured, not the number's."""
    return _PERCENT.sub("", value.strip(BLANKS)) if isinstance(value, str) else value


def integer_reader(field: Field, setting: Setting) -> Reader:
    """Read a whole number."""

    def read(value: Value) -> Outcome:
        number = _number(value, setting)
        if isinstance(number, Wrong):
            return number
        if number is None:
            return Wrong("not_a_number")
        if not float(number).is_integer():
            return Wrong("not_whole", str(round(number)))
        return _bounded(int(number), field) or Good(int(number), _why(value, str(int(number))))

    return read


def amount_reader(field: Field, setting: Setting) -> Reader:
    """Read an amount in dollars, to the cent; what a formula left beyond is rounded, and told."""

    def read(value: Value) -> Outcome:
        number = _number(value, setting)
        if isinstance(number, Wrong):
            return number
        if number is None:
            return Wrong("not_an_amount")
        exact = Decimal(repr(number))
        amount = exact.quantize(CENT, ROUND_HALF_EVEN)
        wrong = _bounded(float(amount), field)
        if wrong:
            return wrong
        rounded = abs(float(exact - amount)) > NEARLY
        return Good(amount, "rounded" if rounded else _why(value, str(amount)))

    return read


def number_reader(field: Field, setting: Setting) -> Reader:
    """Read a measure with all its decimals, with or without a percent sign."""

    def read(value: Value) -> Outcome:
        plain = without_percent(value)
        number = _number(plain, setting)
        if isinstance(number, Wrong):
            return number
        if number is None:
            return Wrong("not_a_number")
        exact = Decimal(repr(number))
        return _bounded(number, field) or Good(exact, _why(plain, f"{exact:f}"))

    return read


def _number(value: Value, setting: Setting) -> float | int | Wrong | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    text = bare(value)
    number = number_in(text, decimal=setting.decimal or decimal_mark([text]))
    if number is None and WITH_COMMA.fullmatch(text.translate(SPACES)):
        return Wrong("ambiguous_number")
    return number


def _bounded(number: float, field: Field) -> Wrong | None:
    if field.least is not None and number < field.least:
        return Wrong("too_small")
    if field.most is not None and number > field.most:
        return Wrong("too_large")
    return None


def _why(value: Value, plain: str) -> str:
    """Say that a text was read as a number, unless its digits are the same."""
    if not isinstance(value, str):
        return ""
    said = bare(value).translate(SPACES).replace(",", ".")
    return (
        ""
        if said in (plain, plain.removesuffix(".00"), plain.rstrip("0"))
        else "number_written_anew"
    )
