"""What the crawler plants of people: a seat, an invitation, an agreement, a batch, links."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.table import Table, person

from courtepointe.people.actions import (
    change_workspace,
    create_many,
    invite,
    name_fiduciary,
    new_batch,
    offer_agreement,
    offer_recovery,
    stand_on,
)
from courtepointe.people.actions.workspaces import Described
from courtepointe.people.models import FiduciaryPeriod, WorkspaceTerritory
from courtepointe.people.queries import agreements_of, invitations_waiting, members_of

LABEL = "Fatou-sentinelle 514 555-0199"
PURPOSE = "Raison d’être sentinelle-mauve"
TERRITORY, FIDUCIARY, NOTE = "Sentinelle-Îlot-des-Vinaigriers", "Sentinelle Fiducie", "note-sentinelle-7734"  # fmt: skip
AGREED = "finalité-sentinelle-3381"
WHY = "motif-sentinelle-9042"


def plant(table: Table) -> Planted:
    """Plant in the table what the foundation holds."""
    now, by = timezone.now(), table.coordinator
    today = now.date()
    described = Described("Table de quartier de Vieux-Moulin", "table", PURPOSE, False)
    change_workspace(table.slug, described, by=by, now=now)
    secret = invite(table.slug, label=LABEL, told_roles=["agent"], by=by, now=now)
    third = person("Sentinelle-Tierce")
    agreed = {"receiver": table.other, "what": "directory", "purpose": AGREED}
    since, until = today - timedelta(1), today + timedelta(100)
    stand_on(table.slug, atlas_code="x", area_key="x", name=TERRITORY, since=since, by=by, now=now)
    name_fiduciary(
        table.slug, name=FIDUCIARY, registration="", since=since, until=None, note=NOTE, by=by, now=now,
    )  # fmt: skip
    batch = new_batch()
    rows = [FiduciaryPeriod(workspace_id=table.id, name="Sentinelle-lot", since=date(2019, 1, 1), until=date(2019, 2, 1))]  # fmt: skip
    create_many(rows, by=by, now=now, why=WHY, batch=batch)
    offer_agreement(table.slug, **agreed, since=since, until=until, by=by, now=now)
    seats = {one.person.name: one.number for one in members_of(table.id)}
    agreement = agreements_of(table.id, now=now)[0].number
    ids = {
        "slug": table.slug,
        "space_member.number": seats["Bao"],
        "space_take_back.number": invitations_waiting(table.id, now=now)[0].number,
        "space_received.number": agreement,
        "space_answer.number": agreement,
        "space_revoke.number": agreement,
        "space_undo.batch": batch,
        "space_end_territory.number": WorkspaceTerritory.objects.get(name=TERRITORY).pk,
        "space_end_mandate.number": FiduciaryPeriod.objects.get(name=FIDUCIARY).pk,
        "join.secret": "un-secret-que-personne-n-a",
        "recover.secret": offer_recovery("sentinelle-tierce@example.org", now=now)[:-1] + "x",
        "account_reset_password_from_key.uidb36": "1",
        "account_reset_password_from_key.key": "set-password",
        "mfa_remove_webauthn.pk": third.id,
        "mfa_edit_webauthn.pk": third.id,
    }
    private = (
        PURPOSE,
        TERRITORY,
        FIDUCIARY,
        NOTE,
        "Sentinelle-lot",
        WHY,
        secret,
        "Sentinelle-Tierce",
    )
    contacts = (LABEL, "555-0199", *(f"{name}@example.org" for name in ("ana", "bao", "cléo")))
    return Planted(ids, private, contacts)
