"""What the crawler plants of personal information: a request, an incident, a consent, an export."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.people.actions import look_in_texts, note_consent, note_incident, receive_request
from courtepointe.people.models import ExportRequest
from courtepointe.people.queries.consents import ConsentTold
from courtepointe.people.queries.incidents import IncidentTold

WHO, REACHED, ASKED = "Demandeuse-sentinelle", "514 555-0177", "précision-sentinelle-2218"
HAPPENED, WHERE = "incident-sentinelle-4471", "mesure-sentinelle-5512"
REASON = "sortie-sentinelle-8820"
AGREES, COVERS = "Consentante-sentinelle-61", "couvre-sentinelle-7702"
SOUGHT = "cherchée-sentinelle-404"
WITNESS, PAPER = "témoin-sentinelle-90", "classeur-sentinelle-33"


def plant(table: Table) -> Planted:
    """Plant in the table one of each."""
    now, by = timezone.now(), table.coordinator
    today = now.date() - timedelta(days=1)
    request = receive_request(
        table.slug, "access", name=WHO, contact=REACHED, detail=ASKED, received=today, by=by, now=now
    )  # fmt: skip
    gone = receive_request(
        table.slug, "destruction", name=WHO, contact=REACHED, detail=ASKED, received=today, by=by, now=now
    )  # fmt: skip
    told = IncidentTold(discovered=today, what=HAPPENED, measures=WHERE, people_count=7)
    export = ExportRequest.objects.create(
        workspace_id=table.id, what="volunteers", why=REASON, count=9, asked_by_id=table.former.id,
        asked=now, expires=now + timedelta(hours=48),
    )  # fmt: skip
    agreed = ConsentTold(
        "contact", "spoken", "fr", today, who=AGREES, covers=COVERS, witness=WITNESS, kept_at=PAPER
    )
    consent = note_consent(table.slug, agreed, by=by, now=now)
    look_in_texts(table.slug, request, SOUGHT, leads={}, by=by, now=now)
    ids = {
        "space_destroy.rule": "invitation_over",
        "space_withdraw.number": consent,
        "space_request.number": request,
        "space_search.number": request,
        "space_erase.number": gone,
        "space_gather.number": request,
        "space_gather.ending": "json",
        "space_incident.number": note_incident(table.slug, told, by=by, now=now),
        "space_answer_export.number": export.pk,
        "space_take_export.number": export.pk,
        "held.workspace": table.id,
        "held_file.workspace": table.id,
    }
    contacts = (WHO, "555-0177", ASKED, HAPPENED, WHERE, AGREES, COVERS, WITNESS, PAPER, SOUGHT)
    return Planted(ids, (REASON,), contacts)
