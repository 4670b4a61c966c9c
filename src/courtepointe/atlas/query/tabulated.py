"""What a publisher tabulated on order for exactly an area, beside what we add up for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from courtepointe.atlas.figures import Figure, Method
from courtepointe.atlas.query.answers import Asking, answers
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.values import TABULATED, Gap


def tabulated_gaps(kept: Kept, asking: Asking, figures: Sequence[Figure]) -> tuple[Gap, ...]:
    """Put each custom tabulation of one area beside our own aggregate, in the recipe's order.

    Parameters
    ----------
    kept : Kept
    asking : Asking
        Of one area.
    figures : sequence of Figure
        The area's.

    Returns
    -------
    tuple of Gap
        ``figure`` is the publisher's, ``against`` ours by the fit in force; none where we have no
        value, and none where the publisher keeps its own back: ours is not told either.
    """
    ordered = {f.indicator: f for f in figures if f.method is Method.CUSTOM_TABULATION}
    wanted = [one for one in kept.pack.recipe.indicators if one.code in ordered]
    if not wanted:
        return ()
    ours = answers(kept, replace(asking, own_type=None, own_rows=()), wanted)[0]
    return tuple(
        Gap(
            code=f"{TABULATED}:{one.code}",
            name=one.label,
            figure=ordered[one.code],
            against=added_up,
            gap=_apart(ordered[one.code], added_up),
        )
        for one, added_up in zip(wanted, ours, strict=True)
        if added_up.status.has_value
    )


def _apart(ordered: Figure, added_up: Figure) -> float | None:
    if ordered.value is None or added_up.value is None:
        return None
    return ordered.value - added_up.value
