"""What joins the vintages of a geography, and what stands between two releases."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.recipe.values.sources import Words


@dataclass(frozen=True, slots=True)
class Correspondence:
    """How data of an older division are brought to a newer one.

    Attributes
    ----------
    from_, to : str
        ``TYPE:VINTAGE`` of the older and of the newer units.
    source : str or None
        The publisher's own list of pairs; None: computed from blocks alone.
    reader : str
        ``statcan`` (92-156-X), read where ``source`` is named.
    block_property : str or None
        Property of the fit plan's blocks that names their unit of ``from``; None: by surface.
    weight : str
        ``people`` or ``dwellings``: what a split unit is divided by, in the newer blocks.
    """

    from_: str
    to: str
    source: str | None = None
    reader: str = "statcan"
    block_property: str | None = None
    weight: str = "people"


@dataclass(frozen=True, slots=True)
class Break:
    """Something besides the people that changed between two releases.

    Attributes
    ----------
    before, after : str
        Codes of the releases.
    indicators : tuple of str
        Those that it touches; ``"*"`` for all.
    kind : str
        ``concept``, ``universe`` or ``method``.
    words : Words
        What changed, in a sentence.
    comparable : bool
        Whether the two values may be subtracted nevertheless.
    """

    before: str
    after: str
    indicators: tuple[str, ...]
    kind: str
    words: Words
    comparable: bool = True
