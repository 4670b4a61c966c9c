"""A hub's public page is opened and closed, by a person who decides it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.texts import line
from courtepointe.hubs.access import hub_to_fill, to_change
from courtepointe.hubs.actions.told import close_page
from courtepointe.hubs.models import Hub, HubPage
from courtepointe.hubs.shown import NewPage
from courtepointe.people.actions import change, create
from courtepointe.people.values import Person
from courtepointe.places.collecting.clues import clues_in

LONGEST = 400
LONGEST_NAME = 80
SPELT = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "-", "'": "-", "–": "-"})


@transaction.atomic
def show_hub(slug: str, hub: int, what: NewPage, *, by: Person, now: datetime) -> str:
    """Show a hub to everyone, or change the words of its page; give the end of its address.

    Raises
    ------
    BadInput
        ``hub_tells_somebody``: a text holds a telephone, an address of mail, a person's title.
    """
    row = hub_to_fill(slug, hub, by=by, now=now)
    told = {
        "opening": line(what.opening, longest=LONGEST),
        "arriving": line(what.arriving, longest=LONGEST),
    }
    for text in (row.name, row.about, row.serves, *told.values()):
        for clue in clues_in("", text):
            raise BadInput("hub_tells_somebody", value=clue.found)
    page = HubPage.objects.select_for_update().filter(hub=row).first()
    shown: dict[str, object] = {"shown_since": now, "shown_by_id": by.id}
    if page is None:
        page = HubPage(workspace_id=row.workspace_id, hub=row, name=_free(row.name), **told, **shown)  # fmt: skip
        return create(page, by=by, now=now).name
    change(page, told | ({} if page.shown_since else shown), by=by, now=now)
    return page.name


@transaction.atomic
def hide_hub(slug: str, hub: int, *, by: Person, now: datetime) -> None:
    """Close a hub's public page at once; the words and the address stay for another time.

    Raises
    ------
    Refused
        ``hub_not_shown``.
    """
    row = to_change(Hub, slug, hub, by=by, now=now)
    if not close_page(row, by=by, now=now):
        raise Refused("hub_not_shown")


def _free(name: str) -> str:
    """Give an end of an address that no hub has had, from a hub's name."""
    stem = slugify(name.translate(SPELT))[: LONGEST_NAME - 5].strip("-") or "pole"
    taken = set(HubPage.objects.filter(name__startswith=stem).values_list("name", flat=True))
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in range(1, 10_000))
    return next(one for one in numbered if one not in taken)
