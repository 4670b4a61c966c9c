"""How the small counts of an organisation's own data are kept from being told."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Protection:
    """The rule for a release whose counts nobody has rounded or suppressed yet.

    Attributes
    ----------
    least : int
        The least count that may be told, and the least that must stay unknown of a smaller one.
    shown_on : tuple of str
        ``TYPE:VINTAGE`` of the areas whose sums may be told, as far as the audit lets them; the
        rows themselves (dissemination areas, addresses) are told only where they are listed.
    sums : dict
        Variable -> variables that add up to it: what can be subtracted from what.
    """

    least: int
    shown_on: tuple[str, ...]
    sums: dict[str, tuple[str, ...]] = field(default_factory=dict)
