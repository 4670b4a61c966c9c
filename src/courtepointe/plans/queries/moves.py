"""What an effect moves: an indicator of the framework, one of the neighbourhood's own, or words."""

from __future__ import annotations

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.plans.models import Effect
from courtepointe.portraits.resilience.models import Indicator
from courtepointe.portraits.resilience.suggested import suggested


def what_moves(row: Effect) -> Words:
    """Name what an effect moves: the words that were written, else the indicator's name."""
    if row.words:
        return Words(row.words, row.words)
    asked = suggested().get(row.indicator)
    return asked.name if asked else _own(row.workspace_id, row.indicator)


def _own(workspace: int, code: str) -> Words:
    rows = Indicator.objects.filter(workspace_id=workspace, code=code)
    row = rows.order_by("-pk").first()
    return Words(code, code) if row is None else Words.either(row.name_fr, row.name_en)


def known_indicator(workspace: int, code: str) -> str:
    """Give the code of an indicator that a workspace may count, or raise `BadInput` ``plan_unknown_kind``."""
    own = Indicator.objects.filter(workspace_id=workspace, code=code)
    if code and code not in suggested() and not own.exists():
        raise BadInput("plan_unknown_kind", value=code, expected=", ".join(suggested()))
    return code
