"""Editions of data: their variables, and where a row says its area."""

from __future__ import annotations

from dataclasses import dataclass, field

from courtepointe.atlas.recipe.values.areas import KeyRule
from courtepointe.atlas.recipe.values.protection import Protection
from courtepointe.atlas.recipe.values.sources import Words


@dataclass(frozen=True, slots=True)
class Variable:
    """One column of one release: what indicators are computed from.

    Attributes
    ----------
    code : str
        The same word in every release that has it.
    characteristic : int or None
        Census Profile: the member id.
    column : str or None
        Census Profile: ``count`` or ``rate``; table: the column's name.
    sex : str
        Census Profile: ``total``, ``men`` or ``women``.
    derive : str or None
        Table: an SQL expression over the columns, instead of a column.
    rounded_to : int
        5 where each cell is randomly rounded to base 5; 0 where it is not rounded.
    step : float
        For means and rates: the multiple that the publisher rounds them to the usual way, 0.1 for
        years with one decimal; 0 where it is not known, or too fine to matter.
    sampled : bool
        Whether the answers come from a sample (the long form) rather than from everyone.
    """

    code: str
    characteristic: int | None = None
    column: str | None = None
    sex: str = "total"
    derive: str | None = None
    rounded_to: int = 0
    sampled: bool = False
    step: float = 0.0


@dataclass(frozen=True, slots=True)
class Recall:
    """Why the publisher, or whoever keeps the atlas, no longer stands by a release.

    Attributes
    ----------
    date : str
        The day of the notice, ISO.
    reason : Words
        What is wrong, in a sentence.
    replaced_by : str or None
        The release to use instead; it need not be in this recipe yet.
    """

    date: str
    reason: Words
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """One edition of a source, read for one or several area types.

    Attributes
    ----------
    reader : str
        ``census_profile`` or ``table``.
    period : str
        What year the answers speak of, ``"2021"``.
    levels : dict
        Census Profile: DGUID prefix (``"2021S0512"``) -> ``TYPE:VINTAGE``.
    area : str or None
        Table: the ``TYPE:VINTAGE`` of its rows.
    key : KeyRule or None
        Table: where a row's area code is.
    out_of_area : str or None
        A regular expression: a code that matches is counted as outside this atlas; a code that
        neither joins nor matches stops the build.
    symbols : dict
        Table: text found in cells -> status (``{"x" = "suppressed", "" = "not_available"}``).
    variables : tuple of Variable
    custom_tabulation : bool
        The publisher's answer to an order for exactly the areas of ``area``: it comes before
        what we add up from units, which stays beside it as a check.
    protection : Protection or None
        For an organisation's own counts, which nobody has rounded or suppressed before us.
    recalled : Recall or None
        Its figures stay, each with a caution.
    superseded_by : str or None
        A newer release of the same data: nothing is wrong with this one, it is older.
    """

    code: str
    source: str
    reader: str
    title: Words
    period: str
    variables: tuple[Variable, ...]
    levels: dict[str, str] = field(default_factory=dict)
    area: str | None = None
    key: KeyRule | None = None
    out_of_area: str | None = None
    symbols: dict[str, str] = field(default_factory=dict)
    custom_tabulation: bool = False
    protection: Protection | None = None
    recalled: Recall | None = None
    superseded_by: str | None = None
