"""Names that a form, its exports and XML accept, made from what people see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
LONGEST = 40
LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Collision:
    """A label whose name was already that of another.

    Attributes
    ----------
    wanted : str
    given : str
        With a number after it.
    first : str
        The label that had the name before.
    """

    label: str
    wanted: str
    given: str
    first: str


def is_name(text: str) -> bool:
    """Tell whether a text may name a question or a choice.

    Notes
    -----
    Names are XML names without colon, kept to ASCII: exports of ODK and Kobo use them as headings.
    """
    return NAME.fullmatch(text) is not None


def name_from(label: str, *, longest: int = LONGEST) -> str:
    """Make a name from a label: « Où est-ce ? » becomes ``ou_est_ce``.

    Parameters
    ----------
    label : str
    longest : int
        Most characters; the cut falls between words where it can.
    """
    plain = unicodedata.normalize("NFKD", label.translate(LIGATURES)).replace("’", "'")
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().casefold())
    if not words:
        return "question"
    name = words[0][:longest]
    for word in words[1:]:
        if len(name) + 1 + len(word) > longest:
            break
        name = f"{name}_{word}"
    return name if name[0].isalpha() else f"q_{name}"


def names_for(labels: Sequence[str]) -> tuple[tuple[str, ...], tuple[Collision, ...]]:
    """Give every label a name of its own, and tell which ones collided.

    Returns
    -------
    names : (n_labels,) tuple of str
        All different, whatever the labels; the first label of a name has it without a number.
    collisions : tuple of Collision
    """
    wanted = [name_from(label) for label in labels]
    first: dict[str, str] = {}
    taken = set(wanted)
    names, collisions = [], []
    for label, name in zip(labels, wanted, strict=True):
        given = name
        if name in first:
            given = _free(name, taken)
            collisions.append(Collision(label, name, given, first[name]))
        first.setdefault(name, label)
        taken.add(given)
        names.append(given)
    return tuple(names), tuple(collisions)


def _free(name: str, taken: set[str]) -> str:
    place = 2
    while f"{name}_{place}" in taken:
        place += 1
    return f"{name}_{place}"
