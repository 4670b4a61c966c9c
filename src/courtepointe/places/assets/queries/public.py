"""What everyone may see of the map of a neighbourhood: places, never a person, and no text that may name one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Count, QuerySet

from courtepointe.core.errors import NotFound
from courtepointe.places.assets.models import Contribution
from courtepointe.places.assets.queries.listed import ordered
from courtepointe.places.assets.queries.seen import State, Visibility, seen
from courtepointe.places.assets.values import ContributionSeen, Neighbourhood
from courtepointe.places.collecting.clues import clues_in


def shown_rows() -> QuerySet[Contribution, Contribution]:
    """Give what was contributed to be seen by everyone, accepted, and not taken back; of open workspaces."""
    return Contribution.objects.filter(
        state=State.ACCEPTED,
        visibility=Visibility.PUBLIC,
        is_person=False,
        consent_withdrawn=None,
        workspace__closed=None,
    )


def neighbourhoods() -> tuple[Neighbourhood, ...]:
    """List the workspaces that show contributions to everyone, by name."""
    rows = shown_rows().values("workspace_id", "workspace__slug", "workspace__name")
    counted = rows.annotate(n=Count("pk")).order_by("workspace__name", "workspace_id")
    return tuple(
        Neighbourhood(one["workspace_id"], one["workspace__slug"], one["workspace__name"], one["n"])
        for one in counted
    )


def shown_to_all(slug: str) -> tuple[Neighbourhood, tuple[ContributionSeen, ...]]:
    """Give what a workspace shows to everyone, by kind and name; `NotFound` where that is nothing."""
    rows = list(
        shown_rows().filter(workspace__slug=slug).select_related("workspace", "by", "reviewed_by")
    )
    if not rows:
        raise NotFound("unknown_workspace")
    workspace = rows[0].workspace
    found = Neighbourhood(workspace.pk, workspace.slug, workspace.name, len(rows))
    return found, ordered(_bare(seen(row, by=None, reviews=False)) for row in rows)


def _bare(one: ContributionSeen) -> ContributionSeen:
    """Leave out when somebody was there, how sure they are, and every text with a clue to a person in it.

    A reviewer was shown these clues, and may have let one pass: here nobody is asked.
    """
    return replace(
        one,
        title="" if _tells("title", one.title) else one.title,
        zone="" if _tells("zone", one.zone) else one.zone,
        texts=_told(one.texts),
        silences={},
        confidence="",
        day=None,
    )


def _told(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if not _tells(name, text)}


def _tells(name: str, text: str) -> bool:
    return any(True for _ in clues_in(name, text))
