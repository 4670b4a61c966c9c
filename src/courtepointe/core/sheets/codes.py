"""Codes that people copy by hand: of a sheet, and of a card on it, each with a check symbol.

A code is written in 31 symbols: digits and the capital letters that are not mistaken for a digit or for each
other. Thirty-one is a prime, so a weighted sum finds every single wrong symbol and every two that
changed places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput

SYMBOLS = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
"""Without I, L, O, S and U."""
MEANT = str.maketrans("ILOSU", "1105V")
"""What a person who types one of the letters left out has most likely read."""
BODY = 5
"""Symbols of a sheet before its check symbol: some 28 million sheets."""
MOST_CARDS = 9
LOOSE = re.compile(r"[\s\-‐‑–—.·]+")


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read, its check symbol found right.

    Attributes
    ----------
    sheet : str
        The sheet's own code, with its check symbol and without spaces.
    card : int or None
        The card on it, from 1; None for the code of a sheet.
    """

    sheet: str
    card: int | None = None

    @property
    def text(self) -> str:
        """Give the code as it is kept: without spaces."""
        body = self.sheet[:BODY]
        return self.sheet if self.card is None else checked(f"{body}{self.card}")

    @property
    def spaced(self) -> str:
        """Give the code as it is printed: in two groups."""
        cut = 3 if self.card is None else BODY
        return f"{self.text[:cut]}-{self.text[cut:]}"


def check_symbol(body: str) -> str:
    """Give the symbol that follows a body of symbols.

    Raises
    ------
    BadInput
        ``sheet_code_symbols`` where one is none of the 31, ``sheet_code_length`` beyond 29.

    Notes
    -----
    Weights 2, 3, 4… from the right, the check symbol's own being 1; the sum is 0 modulo 31, as that of
    ISBN-10 is modulo 11. All weights differ and none is 0 modulo a prime: one wrong symbol changes the
    sum, and so do two unlike ones that change places.
    """
    if any(symbol not in SYMBOLS for symbol in body):
        raise BadInput("sheet_code_symbols", value=body, expected=SYMBOLS)
    if not 0 < len(body) < len(SYMBOLS) - 1:
        raise BadInput("sheet_code_length", value=body, expected=f"{BODY + 1}, {BODY + 2}")
    total = sum(
        weight * SYMBOLS.index(symbol) for weight, symbol in enumerate(reversed(body), start=2)
    )
    return SYMBOLS[-total % len(SYMBOLS)]


def checked(body: str) -> str:
    """Give a body followed by its check symbol."""
    return body + check_symbol(body)


def read_code(text: str) -> Code:
    """Read the code of a sheet or of a card as a person types it: in any case, spaced in any way.

    Raises
    ------
    BadInput
        ``sheet_code_symbols``, ``sheet_code_length``, ``sheet_code_check``.
    """
    told = LOOSE.sub("", text).upper().translate(MEANT)
    if any(symbol not in SYMBOLS for symbol in told):
        raise BadInput("sheet_code_symbols", value=text, expected=SYMBOLS)
    if len(told) not in (BODY + 1, BODY + 2):
        raise BadInput("sheet_code_length", value=text, expected=f"{BODY + 1}, {BODY + 2}")
    if checked(told[:-1]) != told:
        raise BadInput("sheet_code_check", value=text)
    if len(told) == BODY + 1:
        return Code(told)
    card = told[BODY]
    if card not in "123456789":
        raise BadInput("sheet_code_check", value=text)
    return Code(checked(told[:BODY]), int(card))


def new_sheets(number: int, *, rng: np.random.Generator) -> tuple[Code, ...]:
    """Draw the codes of new sheets, all different.

    Parameters
    ----------
    number : int
    rng : numpy Generator

    Notes
    -----
    Drawn rather than counted: a sheet of one workshop is then hardly ever keyed as one of another.
    Each has a letter other than E, or a spreadsheet would take ``1234E-15`` for a number.
    """
    bodies: dict[str, None] = {}
    while len(bodies) < number:
        drawn = rng.integers(0, len(SYMBOLS), BODY)
        body = "".join(SYMBOLS[place] for place in drawn.tolist())
        if any(symbol not in "0123456789E" for symbol in body):
            bodies[body] = None
    return tuple(Code(checked(body)) for body in bodies)
