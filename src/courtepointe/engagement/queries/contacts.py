"""The contacts of volunteers, as they leave once two people agreed: see `people.actions.ask_export`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from courtepointe.engagement.models import VolunteerContact


def rows(workspace_id: int) -> Sequence[Mapping[str, str]]:
    """Give each volunteer of a workspace with a contact: code, zone, languages, contact; by code."""
    held = (
        VolunteerContact.objects.filter(workspace_id=workspace_id)
        .select_related("volunteer", "volunteer__zone")
        .order_by("volunteer__code")
    )
    return tuple(
        {
            "code": row.volunteer.code,
            "zone": row.volunteer.zone.name if row.volunteer.zone else "",
            "languages": row.volunteer.languages.strip(";").replace(";", ", "),
            "contact": row.contact,
        }
        for row in held
    )
