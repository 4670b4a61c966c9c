"""What the crawler plants of contributions: one that waits, for reviewers only, with a photograph; files of a telephone."""

from __future__ import annotations

from django.utils import timezone
from tests.support.contributed import PLACE, a_photo, a_place, contributed, telephone
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.core.sheets import Code, Frame, SheetPaper, checked
from courtepointe.places.assets.actions import keep_files
from courtepointe.places.assets.models import ContributionPhoto, PrintedSheets, SheetCard
from courtepointe.places.workshop import PrintedWorkshop, write_record
from courtepointe.press.photos import read_photo

MADE = PrintedWorkshop(
    "quartier:2014:1", "Le Moulin", "fr", SheetPaper.A4, "map-a4-upright", Code(checked("MAP12")),
    (Code(checked("K7QM2")),), Frame(298_000.0, 5_042_000.0, 200.0, 8, 10), "EPSG:32188",
)  # fmt: skip
RECORD = write_record(MADE).decode()
NAME, CONDITIONS = "Atout-sentinelle-3371", "Conditions-sentinelle-9916"


def plant(table: Table) -> Planted:
    """Plant one of each, by the coordinator."""
    now, by = timezone.now(), table.coordinator
    said = {**PLACE, "name": NAME, "conditions": CONDITIONS, "visibility": "reviewers"}
    photos = {"a.jpg": read_photo(a_photo(), file="a.jpg")}
    number = contributed(table, said, by=by, key="hand:sentinelle", photos=photos)
    file = telephone("assets", a_place(name=NAME))
    draft = keep_files(table.slug, form="assets", files=[file], by=by, now=now)
    photo = ContributionPhoto.objects.get(contribution_id=number).pk
    row = PrintedSheets.objects.create(workspace_id=table.id, area="Le Moulin", record=RECORD, made=now)  # fmt: skip
    card = SheetCard.objects.create(
        workspace_id=table.id, sheets=row, code="K7QM2-1", picture=b"x", made=now
    )
    ids = {
        "space_workshop.number": row.pk,
        "space_keying.number": row.pk,
        "space_workshop_file.number": row.pk,
        "space_card.number": card.pk,
        "space_card_png.number": card.pk,
        "space_assets_propose.form": "walk",
        "space_assets_form.form": "walk",
        "space_assets_review.number": number,
        "space_asset.number": number,
        "space_asset_withdraw.number": number,
        "own_withdraw.number": number,
        "space_assets_photo.number": photo,
        "space_assets_seen.number": photo,
        "space_assets_brought.number": draft,
    }
    return Planted(ids, (), (NAME, CONDITIONS))
