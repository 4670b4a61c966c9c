"""Codes that people read aloud and type: eight symbols by chance, and two that catch slips."""

from __future__ import annotations

import re

from courtepointe.core.errors import BadInput

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are taken for others or spell words."""
LENGTH = 8
MODULUS = 1021
"""The greatest prime under 32 x 32."""
ENTROPY = 5
"""Bytes of chance that make a code: 40 bits."""
TAKEN_FOR = str.maketrans("ILO", "110")
LOOSE = re.compile(r"[\s\u00a0\u202f.·–—-]+")


def code_of(chance: bytes) -> str:
    """Make a code of five bytes of chance.

    Parameters
    ----------
    chance : bytes
        Of length 5, from a source that nobody can foresee.

    Returns
    -------
    str
        Eight symbols and two that check them: ``7K3M9QXD5C``.

    Raises
    ------
    BadInput
        ``code_chance``.

    Notes
    -----
    A pure system in the manner of ISO/IEC 7064: read as a number in base 32, a code is a multiple
    of the prime 1021. One wrong symbol changes it by d x 32^k with 0 < d < 32, an exchange of two
    neighbours by 31 x d x 32^k: neither is a multiple of 1021, so that each is caught. The check
    proves nothing more: a code holds only if it is in the register.
    """
    if len(chance) != ENTROPY:
        raise BadInput("code_chance", value=len(chance), expected=ENTROPY)
    number = int.from_bytes(chance, "big") << 10
    number += -number % MODULUS
    return "".join(SYMBOLS[number >> 5 * place & 31] for place in reversed(range(LENGTH + 2)))


def read_code(text: str) -> str:
    """Read a code as somebody typed it: in small letters, with spaces or hyphens, O for 0, I for 1.

    Raises
    ------
    BadInput
        ``code_form`` (not ten symbols), ``code_slip`` (a symbol is wrong, or two were exchanged).
    """
    bare = LOOSE.sub("", text).upper().translate(TAKEN_FOR)
    if len(bare) != LENGTH + 2 or not set(bare) <= set(SYMBOLS):
        raise BadInput("code_form", value=text.strip()[:40])
    if _value(bare) % MODULUS:
        raise BadInput("code_slip", value=shown(bare))
    return bare


def shown(code: str) -> str:
    """Write a code in groups that are easy to read aloud: ``7K3M-9QXD-5C``."""
    return "-".join((code[:4], code[4:LENGTH], code[LENGTH:]))


def _value(code: str) -> int:
    value = 0
    for symbol in code:
        value = 32 * value + SYMBOLS.index(symbol)
    return value
