"""What an effect moves: an indicator of the framework, one of the neighbourhood's own, or words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.plans.models import Effect
from courtepointe.portraits.resilience.models import Indicator
from courtepointe.portraits.resilience.suggested import suggested

Own = Mapping[tuple[int, str], Words]
"""Names of the indicators that neighbourhoods count themselves, by workspace and code."""


def own_indicators(rows: Iterable[Effect]) -> Own:
    """Name, in one query, the neighbourhoods' own indicators that effects move; of a code, the newest."""
    asked = {
        (row.workspace_id, row.indicator)
        for row in rows
        if not row.words and row.indicator not in suggested()
    }
    if not asked:
        return {}
    workspaces, codes = zip(*asked, strict=True)
    held = Indicator.objects.filter(workspace_id__in=workspaces, code__in=codes).order_by("pk")
    return {(row.workspace_id, row.code): Words.either(row.name_fr, row.name_en) for row in held}


def what_moves(row: Effect, own: Own) -> Words:
    """Name what an effect moves: the words that were written, else the indicator's name, else its code."""
    if row.words:
        return Words(row.words, row.words)
    asked = suggested().get(row.indicator)
    plain = Words(row.indicator, row.indicator)
    return asked.name if asked else own.get((row.workspace_id, row.indicator), plain)


def known_indicator(workspace: int, code: str) -> str:
    """Give the code of an indicator that a workspace may count, or raise `BadInput` ``plan_unknown_kind``."""
    own = Indicator.objects.filter(workspace_id=workspace, code=code)
    if code and code not in suggested() and not own.exists():
        raise BadInput("plan_unknown_kind", value=code, expected=", ".join(suggested()))
    return code
