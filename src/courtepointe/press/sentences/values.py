"""A sentence as values: pieces of text, and the figures that they state."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.figures import Figure


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; with a figure, the run states that figure (the site makes it a button)."""

    text: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document.

    Attributes
    ----------
    kind : str
        ``finding``, ``missing`` (why values are absent) or ``note``.
    """

    pieces: tuple[Piece, ...]
    kind: str = "finding"

    @property
    def text(self) -> str:
        """The sentence whole."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures it cites, each once, in order."""
        return tuple(dict.fromkeys(p.figure for p in self.pieces if p.figure is not None))


def sentence(*pieces: Piece, kind: str = "finding") -> Sentence:
    """Join pieces into a sentence that begins with a capital."""
    kept = [piece for piece in pieces if piece.text]
    if kept:
        first = kept[0]
        kept[0] = Piece(capital(first.text), first.figure)
    return Sentence(tuple(kept), kind)


def plain_sentence(text: str, *, kind: str = "note") -> Sentence:
    """Make a sentence that states no figure."""
    return sentence(Piece(text), kind=kind)


def capital(text: str) -> str:
    """Write the first letter as a capital."""
    return text[:1].upper() + text[1:]


def in_sentence(label: str) -> str:
    """Write a label as it stands inside a sentence: a small first letter, unless it is an acronym."""
    if len(label) > 1 and label[0].isupper() and (label[1].islower() or label[1] in "’ "):
        return label[0].lower() + label[1:]
    return label
