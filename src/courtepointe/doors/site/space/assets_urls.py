"""Addresses of the pages of contributions."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.space import assets as listing
from courtepointe.doors.site.space import (
    assets_import,
    assets_keying,
    assets_own,
    assets_propose,
    assets_review,
    assets_workshop,
)

assets = [
    path("", listing.listing, name="space_assets"),
    path(_("list/"), listing.printable, name="space_assets_list"),
    path(_("map.geojson"), listing.points, name="space_assets_points"),
    path(_("contribute/"), assets_propose.choose, name="space_assets_choose"),
    path(_("contribute/<slug:form>/"), assets_propose.propose_one, name="space_assets_propose"),
    path(_("review/"), assets_review.queue, name="space_assets_queue"),
    path(_("review/<int:number>/"), assets_review.review, name="space_assets_review"),
    path(_("photos/<int:number>.jpg"), listing.picture, name="space_assets_photo"),
    path(_("photos/<int:number>/seen/"), assets_review.people_seen, name="space_assets_seen"),
    path(_("telephones/"), assets_import.bring, name="space_assets_bring"),
    path(_("telephones/<int:number>/"), assets_import.look, name="space_assets_brought"),
    path(_("telephones/<slug:form>.xlsx"), assets_import.form_file, name="space_assets_form"),
    path(_("workshops/"), assets_workshop.workshops, name="space_workshops"),
    path(_("workshops/<int:number>/"), assets_workshop.workshop, name="space_workshop"),
    path(_("workshops/<int:number>.pdf"), assets_workshop.sheets_file, name="space_workshop_file"),
    path(_("workshops/<int:number>/key/"), assets_keying.keying, name="space_keying"),
    path(_("workshops/cards/<int:number>/"), assets_keying.key_one, name="space_card"),
    path(_("workshops/cards/<int:number>.png"), assets_keying.card_png, name="space_card_png"),
    path("<int:number>/", listing.record, name="space_asset"),
    path(_("<int:number>/withdraw/"), assets_review.withdraw_one, name="space_asset_withdraw"),
]

own = [
    path(_("account/contributions/"), assets_own.own, name="own_contributions"),
    path(
        _("account/contributions/<int:number>/withdraw/"),
        assets_own.withdraw_own,
        name="own_withdraw",
    ),
]
