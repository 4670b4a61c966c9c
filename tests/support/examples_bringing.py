"""A table that waits to be taken in, with names and telephones in it."""

from __future__ import annotations

from django.utils import timezone
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.people.actions import keep_draft

SAID = "Pépin-Tabléau"
TELEPHONE = "514 555-0188"


def plant(table: Table) -> Planted:
    """Bring a table of organisations as the coordinator."""
    text = f"Nom de l’organisme;Téléphone\nMaison {SAID};{TELEPHONE}\n"
    number = keep_draft(
        table.slug,
        shape="organisations",
        file=f"Liste {SAID}.csv",
        content=text.encode(),
        by=table.coordinator,
        now=timezone.now(),
    )
    ids = {
        "space_brought.number": number,
        "space_corrected.number": number,
        "space_empty_table.code": "organisations",
    }
    return Planted(ids=ids, private=(SAID, TELEPHONE), contacts=(SAID, TELEPHONE))
