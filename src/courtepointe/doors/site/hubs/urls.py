"""Addresses of hubs, below a workspace."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.hubs import adopted, listed, one, papers, reach

hubs = [
    path("", listed.listed, name="space_hubs"),
    path(_("ways/"), listed.guided, name="space_hub_ways"),
    path(_("models/"), listed.models, name="space_hub_models"),
    path(_("candidates/"), listed.candidates, name="space_hub_candidates"),
    path(_("on-foot/"), reach.reach, name="space_hub_reach"),
    path(_("on-foot.csv"), reach.reach_csv, name="space_hub_reach_csv"),
    path(_("on-foot-groups.svg"), reach.reach_chart, name="space_hub_reach_chart"),
    path(_("self-assessment/"), adopted.rounds, name="space_hub_rounds"),
    path(_("self-assessment/<int:number>/"), adopted.one_round, name="space_hub_round"),
    path(_("adopted/<int:number>/"), adopted.adoption, name="space_hub_adopted"),
    path("<int:number>/", one.one, name="space_hub"),
    path(_("<int:number>/people/"), one.people, name="space_hub_people"),
    path(_("<int:number>/equipment/"), one.equipment, name="space_hub_equipment"),
    path(_("<int:number>/sign.pdf"), papers.sign, name="space_hub_sign"),
    path(_("<int:number>/box.pdf"), papers.box, name="space_hub_box"),
    path(_("<int:number>/role-cards.pdf"), papers.cards, name="space_hub_cards"),
]
