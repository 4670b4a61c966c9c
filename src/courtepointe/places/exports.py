"""A directory leaves: what the reader may see of it, in the standard's two forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from courtepointe.core.errors import NotAllowed
from courtepointe.formats.hsds import Directory
from courtepointe.people.access import workspace_to
from courtepointe.people.values import Person
from courtepointe.places.access import audience_of, received_directory
from courtepointe.places.queries.directories import directory_of


def exported(slug: str, *, contacts: bool = False, by: Person, now: datetime) -> Directory:
    """Give a workspace's directory to one of its members; contact persons only when they are asked for.

    Raises
    ------
    NotAllowed
        ``role_needed``: contacts asked for without the right to see them.
    """
    workspace = workspace_to("read", slug, by=by, now=now)
    if contacts and "contacts" not in workspace.rights:
        raise NotAllowed("role_needed")
    return directory_of(workspace.id, replace(audience_of(workspace), contacts=contacts))


def received_export(slug: str, number: int, *, by: Person, now: datetime) -> Directory:
    """Give the directory that an agreement shows: never a contact person."""
    owner, audience = received_directory(slug, number, by=by, now=now)
    return directory_of(owner, audience)
