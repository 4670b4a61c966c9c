"""The codebook: the dimensions, and what the neighbourhood added."""

from __future__ import annotations

from collections.abc import Mapping

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.evidence.lists import OWN
from courtepointe.portraits.evidence.models import Code
from courtepointe.portraits.evidence.values import CodeSeen
from courtepointe.portraits.resilience.queries import dimension_names, dimensions_of


def codebook(seen: WorkspaceSeen) -> tuple[CodeSeen, ...]:
    """List what passages may be coded to: the dimensions in their order, then the neighbourhood's own codes."""
    shared = tuple(
        CodeSeen(code, 0, one.name, one.about, "", "", code)
        for code, one in dimensions_of(seen.id).items()
    )
    rows = Code.objects.filter(workspace_id=seen.id, ended=None).order_by("pk")
    return shared + tuple(
        CodeSeen(
            key=f"{OWN}{row.pk}",
            number=row.pk,
            name=_name(row),
            definition=Words(row.definition, row.definition),
            use_when=row.use_when,
            use_not=row.use_not,
            dimension=row.dimension,
        )
        for row in rows
    )


def code_names(workspace: int) -> Mapping[str, Words]:
    """Give the names of all that passages were coded to by key: dimensions, parts, own codes, the ended too."""
    rows = Code.objects.filter(workspace_id=workspace)
    return {**dimension_names(workspace), **{f"{OWN}{row.pk}": _name(row) for row in rows}}


def _name(row: Code) -> Words:
    return Words.either(row.name_fr, row.name_en)
