"""What an area is read against, and who holds which difference for a strength."""

from __future__ import annotations

from dataclasses import dataclass, field

from courtepointe.atlas.recipe.values.sources import Words

CITY, PARENT, PEERS, PAST, TARGET = "city", "parent", "peers", "past", "target"
KINDS_OF_COMPARATOR = (CITY, PARENT, PEERS, PAST, TARGET)


@dataclass(frozen=True, slots=True)
class Comparator:
    """What an area may be read against.

    Attributes
    ----------
    area : str or None
        ``TYPE:VINTAGE:CODE``, for a fixed area.
    kind : str
        ``city`` (a fixed area), ``parent`` (the area that contains this one by the boundaries'
        parent), ``peers`` (of a group), ``past`` (its own former period), ``target`` (the fixed
        numbers of ``[[targets]]``).
    group : str or None
        For peers: code of a group.
    shown : bool
        Beside every figure unless the reader asks otherwise; else offered only.
    """

    area: str | None
    name: Words
    kind: str = CITY
    group: str | None = None
    shown: bool = True


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """By what the areas of a type are held to be alike.

    Attributes
    ----------
    name : Words
        With its article, as in a sentence: « les quartiers semblables ».
    area_type : str
        ``TYPE:VINTAGE`` of the areas that may be peers, and of those that have some.
    variables : tuple of str
        Codes of indicators.
    weights : dict
        Indicator -> weight, 1 where not said.
    standardisation : str
        ``robust`` (median and median absolute deviation) or ``plain`` (mean and standard deviation).
    n_peers : int
    reason : Words
        Why these variables: said to the reader.
    """

    code: str
    name: Words
    area_type: str
    variables: tuple[str, ...]
    reason: Words
    n_peers: int = 8
    standardisation: str = "robust"
    weights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """A number that somebody decided to aim for.

    Attributes
    ----------
    indicator : str
    value : float
        In the indicator's unit.
    decided_by, reason, citation : Words
        Who decided it, why, and where it is written.
    page : str or None
        An address where it can be read.
    direction : str
        ``neutral``, ``at_least`` or ``at_most``.
    """

    indicator: str
    value: float
    decided_by: Words
    reason: Words
    citation: Words
    page: str | None = None
    direction: str = "neutral"


@dataclass(frozen=True, slots=True)
class Polarity:
    """Which side of a difference is held for a strength here, by whom and why.

    Attributes
    ----------
    direction : str
        ``higher_is_better`` or ``lower_is_better``.
    """

    indicator: str
    direction: str
    decided_by: Words
    reason: Words


@dataclass(frozen=True, slots=True)
class StandOut:
    """How « what stands out here » is decided.

    Attributes
    ----------
    rate : float
        The false discovery rate: what part of the differences told may be chance, on average.
    group : str or None
        Peer group to stand out from; None: the first one of the area's type.
    """

    rate: float = 0.10
    group: str | None = None
