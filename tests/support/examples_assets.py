"""What the crawler plants of contributions: one that waits, for reviewers only, with a photograph; files of a telephone."""

from __future__ import annotations

from django.utils import timezone
from tests.support.contributed import PLACE, a_photo, a_place, contributed, telephone
from tests.support.examples import Planted
from tests.support.table import Table

from courtepointe.places.assets.actions import keep_files
from courtepointe.places.assets.models import ContributionPhoto
from courtepointe.press.photos import read_photo

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
    ids = {
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
