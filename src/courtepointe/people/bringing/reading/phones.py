"""Telephone numbers as people type them, and as spreadsheets turn them into numbers."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

from courtepointe.formats.workbooks import Value, text_of
from courtepointe.people.bringing.outcome import Good, Outcome, Reader, Setting, Wrong
from courtepointe.people.bringing.reading.texts import TOO_FEW_DIGITS
from courtepointe.people.bringing.shape import Field

NORTH_AMERICA = frozenset({"CA", "US"})
_EXTENSION = re.compile(r"[\s,;(]*(?:postes?|poste n[o°]|p\.|ext(?:ension)?\.?|local|x|#)\s*[:.#]?\s*(\d{1,7})\)?\s*$", re.IGNORECASE)  # fmt: skip
_TEN = re.compile(r"(?:\+?1[\s.\-–]*)?\(?(\d{3})\)?[\s.\-–/]*(\d{3})[\s.\-–]*(\d{4})")
_SEVERAL = re.compile(r"\s*(?:[;/|\n]|,| ou | or | et | and )\s*")
_SEVEN = re.compile(r"\d{3}[\s.\-–]?\d{4}")
_NOISE = re.compile(r"^(?:t[ée]l(?:[ée]phone)?|cell(?:ulaire)?|bur(?:eau)?|maison|res|phone|mobile|[tcbm])\s*[.:]+\s*|\s*\((?:cell(?:ulaire)?|bureau|maison|domicile|home|work|mobile|rés\.?|cell\.)\)\s*$", re.IGNORECASE)  # fmt: skip


def phone_reader(field: Field, setting: Setting) -> Reader:
    """Read one telephone number."""

    def read(value: Value) -> Outcome:
        raw = text_of(value).strip()
        if TOO_FEW_DIGITS.fullmatch(raw):
            return _from_exponent(raw, setting.country)
        told = read_phone(raw, country=setting.country)
        if told is not None:
            return Good(told, "" if phone_text(told) == raw else "phone_written_anew")
        return _wrong(raw, setting.country)

    return read


def read_phone(text: str, *, country: str = "CA") -> str | None:
    """Read a telephone number, or give None where there is none, or more than one.

    Returns
    -------
    str or None
        ``+15145551234``, with ``;ext=23`` where there is an extension.

    Notes
    -----
    Whether a number may exist is told by libphonenumber's plan of each country. Those of Canada and the
    United States ask, outside of personal numbers (52x), for the area code and the digit after it
    only: these four digits are asked once. ``tests/oracle`` holds that this is what asking of every
    number gives.
    """
    text = _NOISE.sub("", text)
    extension = _EXTENSION.search(text)
    bare = text[: extension.start()] if extension else text
    ending = f";ext={extension[1]}" if extension else ""
    found = _TEN.fullmatch(bare.strip()) if country in NORTH_AMERICA else None
    if found:
        digits = "".join(found.groups())
        return f"+1{digits}{ending}" if _may_exist(digits) else None
    number = _parsed(bare, country)
    if number is None or not phonenumbers.is_valid_number(number):
        return None
    told = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{told}{ending}"


def phone_text(told: str) -> str:
    """Write a number for people: ``514 555-1234, poste 23``; others than ours with their country."""
    number, _, extension = told.partition(";ext=")
    if number.startswith("+1") and len(number) == 12:
        text = f"{number[2:5]} {number[5:8]}-{number[8:]}"
    else:
        parsed = phonenumbers.parse(number)
        kind = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        text = phonenumbers.format_number(parsed, kind)
    return f"{text}, poste {extension}" if extension else text


def _may_exist(digits: str) -> bool:
    if not digits.startswith("52") and _begins_well(digits[:4]):
        return True
    return phonenumbers.is_valid_number(_number(digits))


@lru_cache(maxsize=16_384)
def _begins_well(four: str) -> bool:
    number = _number(f"{four}345678")
    return any(phonenumbers.is_valid_number_for_region(number, one) for one in NORTH_AMERICA)


def _number(digits: str) -> phonenumbers.PhoneNumber:
    return phonenumbers.PhoneNumber(country_code=1, national_number=int(digits))


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    if len(re.sub(r"\D", "", text)) < 7 or len(_SEVERAL.split(text.strip())) > 1:
        return None
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None


def _from_exponent(raw: str, country: str) -> Outcome:
    """Read ``5.145551234E+09``, which still has all its digits; ``5.14555E+09`` has lost some."""
    mantissa, exponent = re.split(r"e\+", raw.lower().replace(",", "."))
    digits = mantissa.replace(".", "")
    if len(digits) != int(exponent) + 1:
        return Wrong("digits_lost")
    told = read_phone(digits, country=country)
    return Wrong("not_a_phone") if told is None else Good(told, "phone_written_anew")


def _wrong(raw: str, country: str) -> Wrong:
    pieces = [read_phone(piece, country=country) for piece in _SEVERAL.split(raw)]
    found = [piece for piece in pieces if piece]
    if len(pieces) > 1 and found:
        return Wrong("several_values", phone_text(found[0]))
    if _SEVEN.fullmatch(raw):
        return Wrong("area_code_missing")
    return Wrong("not_a_phone")
