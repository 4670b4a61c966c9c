"""Territories: their types, their limits, and what they are fitted on."""

from __future__ import annotations

from dataclasses import dataclass, field

from courtepointe.atlas.recipe.values.sources import Words


@dataclass(frozen=True, slots=True)
class KeyRule:
    """How a code is taken from a column: as it is, or the first group of a pattern.

    ``prefix`` is put before it; text is always read as text, so ``4620001.00`` keeps its zeros.
    ``column`` may name alternatives, ``"CODEMAMROT | CODEMAMH"``: the first that the file has.
    """

    column: str
    pattern: str | None = None
    prefix: str = ""
    pad: int = 0


@dataclass(frozen=True, slots=True)
class AreaType:
    """A kind of territory, whoever draws it: quarter, borough, tract..."""

    code: str
    name: Words
    plural: Words
    steward: str
    order: int
    """Small is coarse: city 10, borough 20, quarter 30, tract 60, dissemination area 70, block 80."""
    kind: str = "statistical"
    """``community``, ``administrative`` or ``statistical``."""
    listed: bool = True
    """Shown in lists and search; dissemination areas and blocks are not."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """The limits of an area type at a vintage, and the columns that name its areas.

    Attributes
    ----------
    area_type, vintage : str
    source : str
    layer : str or None
        For files of several layers.
    code : KeyRule
    name : KeyRule or None
        None: the code is the name.
    name_en : KeyRule or None
        Where the publisher has an English name; else the French one is shown.
    dguid : KeyRule or None
    where : str or None
        Keep rows whose SQL condition on columns holds.
    parent : str or None
        ``TYPE:VINTAGE`` that contains these areas; found by surface where not by a column.
    parent_code : KeyRule or None
        Where a row's parent is named by its code.
    parent_share : float
        By surface, the least part of an area that its parent must hold.
    valid_from, valid_to : str or None
        ISO dates.
    dissolve_by : KeyRule or None
        Areas are unions of the source's shapes with one code.
    fixed_names : dict
        Code -> name, for areas whose name no column holds.
    replaces : bool
        Shapes of the same codes declared before are replaced by these (an unsimplified edition).
    properties : dict
        Other columns kept with the area: ``{table_de_quartier = "Table"}``.
    """

    area_type: str
    vintage: str
    source: str
    code: KeyRule
    name: KeyRule | None = None
    name_en: KeyRule | None = None
    dguid: KeyRule | None = None
    layer: str | None = None
    where: str | None = None
    parent: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    dissolve_by: KeyRule | None = None
    replaces: bool = False
    parent_code: KeyRule | None = None
    parent_share: float = 0.5
    fixed_names: dict[str, str] = field(default_factory=dict)
    status: str = "official"
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def type_and_vintage(self) -> str:
        """``TYPE:VINTAGE``."""
        return f"{self.area_type}:{self.vintage}"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Ask for the shares between two divisions that do not nest."""

    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class FitPlan:
    """On what units an area is fitted, finest first, and by which weight.

    Attributes
    ----------
    units : tuple of str
        ``TYPE:VINTAGE``, preferred first.
    blocks : str or None
        ``TYPE:VINTAGE`` of blocks that tell where people live inside a unit.
    block_people, block_dwellings : str or None
        Properties of the block boundaries that hold the counts.
    block_unit : dict
        ``TYPE:VINTAGE`` of units -> property of the block that names its unit.
    people : str or None
        The variable that tells the people of a unit.
    weight : str
        ``people``, ``dwellings`` or ``surface``; surface where no blocks exist.
    """

    units: tuple[str, ...]
    people: str | None = None
    weight: str = "surface"
    blocks: str | None = None
    block_people: str | None = None
    block_dwellings: str | None = None
    block_unit: dict[str, str] = field(default_factory=dict)
