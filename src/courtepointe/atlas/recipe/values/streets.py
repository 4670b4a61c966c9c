"""The streets that people walk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """Streets from one source: a layer of lines, OSMnx GraphML or OpenStreetMap PBF.

    One-way signs do not bind on foot: no column of theirs is asked. The two formats of OpenStreetMap
    say by their own tags what the last four say of lines.

    Attributes
    ----------
    source : str
    layer : str or None
        Of a file that has several of lines.
    where : str or None
        Keep lines whose SQL condition on columns holds.
    stairs : str or None
        An SQL condition that holds for stairs; None where no column tells.
    slope : str or None
        The column of slopes, in percent.
    """

    source: str
    layer: str | None = None
    where: str | None = None
    stairs: str | None = None
    slope: str | None = None
