"""Addresses: e-mail, the web, postal codes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from courtepointe.formats.workbooks import Value, text_of
from courtepointe.people.bringing.outcome import Good, Outcome, Reader, Setting, Wrong
from courtepointe.people.bringing.reading.lists import words
from courtepointe.people.bringing.shape import Field

LONGEST_EMAIL = 254
"""RFC 5321, 4.5.3.1.3, without its brackets."""
_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@((?:[\w](?:[\w-]*[\w])?\.)+[^\W\d_]{2,})")  # fmt: skip
_INSIDE = re.compile(r"[^\s<>()\[\],;:\"«»]+@[^\s<>()\[\],;:\"«»]+")
_CANADA = re.compile(r"([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(\d[ABCEGHJ-NPRSTV-Z]\d)")
"""Canada Post uses neither D, F, I, O, Q nor U, nor W and Z in the first place."""
_SHAPED = re.compile(r"[A-Z][0-9OI][A-Z0][0-9OI][A-Z0][0-9OI]")
_FIVE = re.compile(r"(\d{5})(?:-\d{4})?")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")


def email_reader(field: Field, setting: Setting) -> Reader:
    """Read one e-mail address, alone or beside a name; a host that nobody has is a fault."""

    def read(value: Value) -> Outcome:
        raw = text_of(value).strip()
        inside = [one.strip(".'") for one in _INSIDE.findall(raw.removeprefix("mailto:"))]
        if len(inside) > 1:
            return Wrong("several_values", inside[0])
        address = inside[0] if inside else raw
        found = _EMAIL.fullmatch(address)
        if not found or len(address) > LONGEST_EMAIL:
            return Wrong("not_an_email")
        local, host = address.rsplit("@", 1)
        meant = words()["hosts"].get(host.lower())
        if meant or host.lower().endswith(".con"):
            return Wrong("email_host", f"{local}@{meant or host[:-1] + 'm'}")
        told = f"{local}@{host.lower()}"
        return Good(told, "address_taken_out" if raw.lower() != told.lower() else "")

    return read


def url_reader(field: Field, setting: Setting) -> Reader:
    """Read a web address; ``https`` is put before where nothing is."""

    def read(value: Value) -> Outcome:
        raw = text_of(value).strip().rstrip(".,;")
        if len(raw.split()) > 1:
            return Wrong("several_values", raw.split()[0])
        whole = raw if "://" in raw else f"https://{raw}"
        try:
            parts = urlsplit(whole)
            host = parts.hostname or ""
        except ValueError:
            return Wrong("not_a_link")
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or parts.username:
            return Wrong("not_a_link")
        return Good(whole, "scheme_added" if whole != raw else "")

    return read


def postal_code_reader(field: Field, setting: Setting) -> Reader:
    """Read a postal code of Canada, or one of five digits; lost zeros and O for 0 are mended, and told."""

    def read(value: Value) -> Outcome:
        raw = text_of(value).strip()
        code = re.sub(r"[\s\-–.]", "", raw).upper()
        if found := _CANADA.fullmatch(code):
            return Good(f"{found[1]} {found[2]}")
        if _SHAPED.fullmatch(code) and (found := _CANADA.fullmatch(_swapped(code))):
            return Good(f"{found[1]} {found[2]}", "letter_for_digit")
        if found := _FIVE.fullmatch(raw):
            return Good(found[1])
        if code.isdigit() and len(code) == 4:
            return Good(f"0{code}", "zeros_restored")
        return Wrong("not_a_postal_code")

    return read


def _swapped(code: str) -> str:
    """Put digits where digits stand: O is 0 and I is 1."""
    return "".join(
        c.translate({ord("O"): "0", ord("I"): "1"}) if place % 2 else c
        for place, c in enumerate(code)
    )
