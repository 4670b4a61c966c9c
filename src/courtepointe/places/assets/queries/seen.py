"""Rows to values: what one reader may see of a contribution, and of which ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Q, QuerySet

from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.places.assets.lists import NEEDS, OPEN_TO, TITLES, dimensions_of
from courtepointe.places.assets.models import Contribution, ContributionPhoto
from courtepointe.places.assets.values import ContributionSeen, Handled, PhotoSeen, Spot
from courtepointe.places.collecting import Clue
from courtepointe.places.collecting.clues import clues_in

SHORT = 90
State, Visibility = Contribution.State, Contribution.Visibility
Rows = QuerySet[Contribution, Contribution]
RECOGNISED = (ContributionPhoto.Seen.NOBODY, ContributionPhoto.Seen.AGREED)


def living(workspace_id: int) -> Rows:
    """Give the contributions of a workspace that were not withdrawn."""
    rows = Contribution.objects.filter(workspace_id=workspace_id)
    return rows.exclude(state=State.WITHDRAWN).select_related("by", "reviewed_by")


def readable(workspace: WorkspaceSeen, by: Person) -> Rows:
    """Give those that a person may see: reviewers all, members what is accepted and shown to them, and their own."""
    rows = living(workspace.id)
    if "review" in workspace.rights:
        return rows
    shown = Q(state=State.ACCEPTED) & ~Q(visibility=Visibility.REVIEWERS)
    return rows.filter(shown | Q(by_id=by.id))


def clues_of(row: Contribution) -> tuple[Clue, ...]:
    """Find what may tell who somebody is."""
    return tuple(clue for name, text in row.texts.items() for clue in clues_in(name, text))


def spot_of(row: Contribution) -> Spot | None:
    """Give a contribution's point; never that of a person."""
    if row.is_person or row.point is None:
        return None
    return Spot(row.point["lon"], row.point["lat"], row.point.get("accuracy_m"))


def titled(texts: Mapping[str, str]) -> str:
    """Give a contribution's name; else the beginning of what was seen."""
    found = next((texts[name] for name in TITLES if texts.get(name)), "")
    first = " ".join(found.split())
    return first if len(first) <= SHORT else f"{first[: SHORT - 1].rstrip()}…"


def seen(row: Contribution, *, by: Person | None, reviews: bool, whole: bool = False) -> ContributionSeen:  # fmt: skip
    """Give a contribution as one reader sees it; ``whole`` adds its photographs."""
    is_own = by is not None and row.by_id == by.id
    title = titled(row.texts)
    told = {name: text for name, text in row.texts.items() if name != "zone" and text != title}
    needs = tuple(row.choices.get(NEEDS, ()))
    named = (NEEDS, OPEN_TO)
    return ContributionSeen(
        number=row.pk,
        kind=row.kind,
        form=row.form,
        state=row.state,
        visibility=row.visibility,
        title=title,
        category=tuple(row.category),
        is_person=row.is_person,
        needs=needs,
        open_to=tuple(row.choices.get(OPEN_TO, ())),
        dimensions=dimensions_of(row.kind, row.category, needs),
        texts=told,
        zone=row.texts.get("zone", ""),
        spot=spot_of(row),
        direction=row.direction,
        confidence=row.confidence,
        day=row.day,
        made=row.made,
        choices={name: tuple(codes) for name, codes in row.choices.items() if name not in named},
        silences=dict(row.silences),
        photos=tuple(_photos(row, reviews=reviews, is_own=is_own)) if whole else (),
        clues=clues_of(row) if reviews else (),
        handled=_handled(row, is_own=is_own) if reviews or is_own else None,
        n_merged=row.merged.filter(state=State.MERGED).count() if whole else 0,
    )


def _handled(row: Contribution, *, is_own: bool) -> Handled:
    return Handled(
        by=row.by.name if row.by else "",
        is_own=is_own,
        source=row.source,
        source_key=row.source_key,
        consent_version=row.consent_version,
        consent_on=row.consent_on,
        consent_how=row.consent_how,
        reviewed_by=row.reviewed_by.name if row.reviewed_by else "",
        reviewed=row.reviewed,
        refusal=row.refusal,
        merged_into=row.merged_into_id,
        said=dict(row.texts),
    )


def _photos(row: Contribution, *, reviews: bool, is_own: bool) -> Iterator[PhotoSeen]:
    """Give photographs: those on which somebody may be recognised who was not asked, to reviewers only."""
    rows = ContributionPhoto.objects.filter(contribution_id=row.pk).defer("picture").order_by("pk")
    if not (reviews or is_own):
        rows = rows.filter(people_seen__in=RECOGNISED)
    for one in rows:
        yield PhotoSeen(one.pk, one.wide, one.tall, one.people_seen)
