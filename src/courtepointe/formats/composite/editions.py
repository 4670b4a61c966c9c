"""Methods whose scale stays where it is from one edition to the next."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from courtepointe.core.composite import Mean, Scale, Steps, Weighting, index_of
from courtepointe.core.composite.normalise import goalposts_around
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats
from courtepointe.formats.composite.data import IndexData
from courtepointe.formats.composite.meta import IndexMeta
from courtepointe.formats.composite.method import IndexMethod

BY_THE_DATA = (Mean.FIRST_COMPONENT, Mean.COUNT, Mean.COPELAND)
"""Means that move for all units when one moves: no goalposts hold them still."""


def next_edition(told: IndexMethod, steps: Steps) -> IndexMethod | None:
    """Fix the ends of this edition's scale, so that the next one can be compared with it.

    Parameters
    ----------
    told : IndexMethod
        With min-max or AMPI, and without goalposts.
    steps : Steps
        Of this edition.

    Returns
    -------
    IndexMethod or None
        With the goalposts that this edition had, which give its data the same scores; None where
        the method has no such ends, or where its weights or means move with the data anyhow.
    """
    method = told.method
    still = method.weighting is not Weighting.PCA
    still &= not set(method.means) & set(BY_THE_DATA) and not steps.treated.logged.any()
    if method.goalposts is not None or method.scale not in (Scale.MIN_MAX, Scale.AMPI) or not still:
        return None
    values: Floats = steps.treated.values
    posts = np.column_stack([values.min(axis=0), values.max(axis=0)])
    if method.scale is Scale.AMPI:
        return replace(told, method=replace(method, goalposts=posts))
    # Goalposts cut where values were drawn in: treatment would move with the next data.
    fixed = replace(method, scale=Scale.GOALPOSTS, goalposts=posts, treatment=None)
    return replace(told, method=fixed, doubt=replace(told.doubt, scales=(), most_points=()))


def with_reference(told: IndexMethod, meta: IndexMeta, data: IndexData) -> IndexMethod:
    """Put the goalposts in the place of the unit that they lie around; the method itself without one.

    Parameters
    ----------
    told : IndexMethod
    meta : IndexMeta
    data : IndexData

    Returns
    -------
    IndexMethod
        What the next edition compares with, where there is a reference.

    Raises
    ------
    BadInput
        ``composite_reference``: no unit that was kept has that code; those of `index_of`.
    """
    if not told.reference:
        return told
    steps = index_of(data.raw, meta.tree, told.method)
    kept = data.units_of(steps.kept)
    if told.reference not in kept:
        raise BadInput("composite_reference", value=told.reference)
    values = steps.treated.values
    posts = goalposts_around(values, values[kept.index(told.reference)])
    return replace(told, method=replace(told.method, goalposts=posts), reference="")
