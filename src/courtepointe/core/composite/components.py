"""The direction in which parts differ most, and where each unit lies on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.typing import Bools, Floats

NOISE = 1e-9
"""A sum of loadings of no more is that of the last digits."""


@dataclass(frozen=True, slots=True)
class FirstComponent:
    """The direction in which the parts of a node differ most.

    Attributes
    ----------
    loading : (n_parts,) float
        Of length 1, turned so that its sum is not negative; where it is zero, so that the first
        loading that is not zero is positive.
    explained : float, 0 to 1
        The part of all variance along it.
    """

    loading: Floats
    explained: float

    @property
    def turned(self) -> Bools:
        """Say which parts it would count against the node."""
        against: Bools = self.loading < 0.0
        return against


def first_component(parts: Floats) -> FirstComponent:
    """Find the first principal component of parts, each with the same variance.

    Parameters
    ----------
    parts : (n_units, n_parts) float

    Returns
    -------
    FirstComponent
        A part whose values are all equal has no loading.
    """
    _, lengths, directions = np.linalg.svd(_alike(parts), full_matrices=False)
    loading = directions[0] * _sign(directions[0])
    total = float((lengths**2).sum())
    return FirstComponent(loading, float(lengths[0] ** 2) / total if total > 0.0 else 0.0)


def component_scores(parts: Floats) -> Floats | None:
    """Give each unit's score on the first principal component, of mean 0 and variance 1.

    Parameters
    ----------
    parts : (n_units, n_parts) float

    Returns
    -------
    (n_units,) float or None
        None where nothing varies. Turned as `FirstComponent` says, so that doing more on most parts
        is more; a single part is that part, standardised.

    Notes
    -----
    Source: I. T. Jolliffe, Principal Component Analysis (2002), of the correlation matrix.
    """
    told = _alike(parts) @ first_component(parts).loading
    spread = told.std()
    return told / spread if spread > NOISE else None


def _alike(parts: Floats) -> Floats:
    """Give parts the mean 0 and, where they vary, the variance 1."""
    spread = parts.std(axis=0)
    varies = spread > 1e-12 * np.abs(parts).max(axis=0)
    told: Floats = np.where(varies, parts - parts.mean(axis=0), 0.0) / np.where(varies, spread, 1.0)
    return told


def _sign(direction: Floats) -> float:
    total = direction.sum()
    if abs(total) > NOISE:
        return float(np.sign(total))
    return float(np.sign(direction[np.argmax(np.abs(direction) > NOISE)]) or 1.0)
