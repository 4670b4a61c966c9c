"""Every read of people and workspaces."""

from __future__ import annotations

from courtepointe.people.queries.accounts import account_of, person_of, recovery_for
from courtepointe.people.queries.brought import (
    brought,
    headings_remembered,
    imports_of,
    waiting_of,
)
from courtepointe.people.queries.history import changes_of, changes_of_thing
from courtepointe.people.queries.members import (
    invitation_for,
    invitations_waiting,
    living_seat,
    members_of,
)
from courtepointe.people.queries.sharing import (
    agreements_of,
    fiduciaries_of,
    fiduciary_on,
    living_agreement,
    sets_received,
)
from courtepointe.people.queries.workspaces import (
    territories_of,
    workspace_named,
    workspaces_of,
    workspaces_to_share_with,
)

__all__ = [
    "account_of",
    "agreements_of",
    "brought",
    "changes_of",
    "changes_of_thing",
    "fiduciaries_of",
    "fiduciary_on",
    "headings_remembered",
    "imports_of",
    "invitation_for",
    "invitations_waiting",
    "living_agreement",
    "living_seat",
    "members_of",
    "person_of",
    "recovery_for",
    "sets_received",
    "territories_of",
    "waiting_of",
    "workspace_named",
    "workspaces_of",
    "workspaces_to_share_with",
]
