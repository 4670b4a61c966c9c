"""What the crawler plants of evidence: an open source that was coded, with words that nobody outside may read."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.timezone import localdate
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.people.models import WorkspaceTerritory
from courtepointe.portraits.evidence.actions import add_code, add_source, code
from courtepointe.portraits.evidence.values import Consent, NewCode, NewCoding, NewSource, Picture
from courtepointe.portraits.resilience.actions import begin_portrait
from courtepointe.portraits.resilience.values import NewPortrait

TITLE = "Entrevue de la passerelle"
WORDS = "Le chat du quai nous réveille quand l’eau monte."
OWN = "Guet des crues"


def plant(table: Table) -> Planted:
    """Bring a source to a portrait of its own, and code its one sentence."""
    territory = WorkspaceTerritory.objects.filter(workspace__slug=table.slug).first()
    now = timezone.now()
    when = {"by": table.coordinator, "now": now}
    new = NewPortrait("Portrait de la passerelle", territory and territory.pk)
    portrait = begin_portrait(table.slug, new, **when)
    today = localdate(now)
    source = add_source(
        table.slug,
        portrait,
        NewSource(
            "photo", TITLE, today, WORDS, today + timedelta(days=300),
            consent=Consent("spoken", today, may_quote=True), picture=Picture(b"\xff\xd8\xff", 1, 1),
        ),
        **when,
    )  # fmt: skip
    add_code(table.slug, NewCode(OWN, "Qui prévient, et comment."), **when)
    coding = code(table.slug, source, NewCoding(0, len(WORDS), "COM", "strength"), **when)
    pages = ("", "_add", "_codebook", "_agreement", "_saturation", "_codes")
    of_source = ("_source", "_photo", "_coding", "_coding_detail")
    ids: dict[str, object] = {
        f"space_evidence{page}.number": portrait for page in (*pages, *of_source)
    }
    ids |= {f"space_evidence{page}.source": source for page in of_source}
    ids["space_evidence_coding_detail.coding"] = coding.number
    return Planted(ids, private=(TITLE, WORDS, OWN))
