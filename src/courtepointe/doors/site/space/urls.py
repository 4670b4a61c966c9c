"""Addresses of a workspace's pages. One group a room."""

from __future__ import annotations

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.accounts import views as accounts
from courtepointe.doors.site.gathering import urls as gathering
from courtepointe.doors.site.hubs import urls as hubs_urls
from courtepointe.doors.site.plans import urls as plans_urls
from courtepointe.doors.site.readings import urls as readings_urls
from courtepointe.doors.site.resilience import urls as resilience_urls
from courtepointe.doors.site.space import (
    assets_urls,
    bringing,
    directory_urls,
    partners_urls,
    privacy,
    privacy_consents,
    privacy_erase,
    privacy_exports,
    privacy_incidents,
    privacy_requests,
    privacy_searches,
    settings,
    sharing,
    views,
)
from courtepointe.doors.site.space.programme import board, records, steering, time
from courtepointe.doors.site.studies import urls as studies_urls
from courtepointe.doors.site.surveys import urls as surveys_urls

people = [
    path("", views.overview, name="space"),
    path(_("members/"), views.members, name="space_members"),
    path(_("members/leave/"), views.quit, name="space_leave"),
    path(_("members/<int:number>/"), views.member, name="space_member"),
    path(_("members/invitations/<int:number>/take-back/"), views.take_back, name="space_take_back"),
    path(_("sharing/"), sharing.sharing, name="space_sharing"),
    path(_("sharing/<int:number>/"), sharing.received, name="space_received"),
    path(_("sharing/<int:number>/answer/"), sharing.answer, name="space_answer"),
    path(_("sharing/<int:number>/revoke/"), sharing.revoke, name="space_revoke"),
    path(_("history/"), views.history, name="space_history"),
    path(_("history/<slug:batch>/undo/"), views.undo, name="space_undo"),
    path(_("settings/"), settings.settings, name="space_settings"),
    path(
        _("settings/territories/<int:number>/end/"),
        settings.end_territory,
        name="space_end_territory",
    ),
    path(
        _("settings/fiduciaries/<int:number>/end/"), settings.end_mandate, name="space_end_mandate"
    ),
]

tables = [
    path("", bringing.bring, name="space_bring"),
    path(_("empty/<slug:code>.xlsx"), bringing.empty_table, name="space_empty_table"),
    path("<int:number>/", bringing.look, name="space_brought"),
    path(_("<int:number>/to-correct.xlsx"), bringing.corrected, name="space_corrected"),
]

personal = [
    path(_("privacy/"), privacy.dashboard, name="space_privacy"),
    path(_("privacy/due/<slug:rule>/"), privacy.destroy, name="space_destroy"),
    path(_("privacy/log/"), privacy.destructions, name="space_destructions"),
    path(_("privacy/consents/"), privacy_consents.consents, name="space_consents"),
    path(_("privacy/consents/note/"), privacy_consents.note, name="space_note_consent"),
    path(
        _("privacy/consents/<int:number>/withdraw/"),
        privacy_consents.withdraw,
        name="space_withdraw",
    ),
    path(_("privacy/impact/"), privacy.sheet, name="space_sheet"),
    path(_("privacy/impact.pdf"), privacy.sheet_file, name="space_sheet_file"),
    path(_("privacy/requests/"), privacy_requests.requests, name="space_requests"),
    path(_("privacy/requests/<int:number>/"), privacy_requests.one_request, name="space_request"),
    path(_("privacy/requests/<int:number>/destroy/"), privacy_erase.erase, name="space_erase"),
    path(_("privacy/requests/<int:number>/search/"), privacy_searches.search, name="space_search"),
    path(
        _("privacy/requests/<int:number>/file.<slug:ending>"),
        privacy_requests.gather,
        name="space_gather",
    ),
    path(_("privacy/incidents/"), privacy_incidents.incidents, name="space_incidents"),
    path(_("privacy/incidents.csv"), privacy_incidents.register, name="space_register"),
    path(_("privacy/incidents/<int:number>/"), privacy_incidents.incident, name="space_incident"),
    path(_("exports/"), privacy_exports.exports, name="space_exports"),
    path(_("exports/<int:number>/answer/"), privacy_exports.answer, name="space_answer_export"),
    path(_("exports/<int:number>/take/"), privacy_exports.take, name="space_take_export"),
]

programme = [
    path("", board.board, name="programme"),
    path(_("new-stages/"), board.add_missing, name="programme_missing"),
    path(_("stages/<int:number>/"), board.stage, name="programme_stage"),
    path(_("stages/<int:number>/move/"), board.move, name="programme_move"),
    path(_("due/"), time.due, name="programme_due"),
    path(_("chronology/"), time.chronology, name="programme_chronology"),
    path(_("chronology.csv"), time.chronology_file, name="programme_chronology_file"),
    path(_("communications/"), records.communications, name="programme_communications"),
    path(
        _("communications.xlsx"), records.communications_file, name="programme_communications_file"
    ),
    path(_("transfers/"), records.transfers, name="programme_transfers"),
    path(_("evaluation/"), records.evaluation, name="programme_evaluation"),
    path(_("risks/"), records.risks, name="programme_risks"),
    path(_("achievements/"), records.achievements, name="programme_achievements"),
    path(_("achievements/<int:number>/sheet/"), records.celebrate, name="programme_celebrate"),
    path(_("sectors/"), steering.steering, name="programme_steering"),
    path(_("sectors/<int:number>/"), steering.sector, name="programme_sector"),
    *(
        path(address, records.record, {"kind": kind}, name=f"programme_{kind}")
        for kind, address in (
            ("phase", _("phases/<int:number>/")),
            ("communication", _("communications/<int:number>/")),
            ("transfer", _("transfers/<int:number>/")),
            ("question", _("evaluation/<int:number>/")),
            ("finding", _("findings/<int:number>/")),
            ("risk", _("risks/<int:number>/")),
            ("achievement", _("achievements/<int:number>/")),
        )
    ),
]

urlpatterns = [
    path(_("spaces/"), views.spaces, name="spaces"),
    path(_("invitation/<str:secret>/"), accounts.join, name="join"),
    *assets_urls.own,
    path(_("account/"), include("courtepointe.doors.site.accounts.urls")),
    path(_("space/<slug:slug>/path/"), include(programme)),
    path(_("space/<slug:slug>/"), include([*people, *personal])),
    path(_("space/<slug:slug>/import/"), include(tables)),
    path(_("space/<slug:slug>/"), include(gathering.space)),
    *gathering.open_to_all,
    path(_("space/<slug:slug>/network/"), include(partners_urls.partners)),
    *partners_urls.open_to_all,
    path(_("space/<slug:slug>/assets/"), include(assets_urls.assets)),
    path(_("space/<slug:slug>/hubs/studies/"), include(studies_urls.studies)),
    path(_("space/<slug:slug>/hubs/"), include(hubs_urls.hubs)),
    path(_("space/<slug:slug>/plan/"), include(plans_urls.plans)),
    path(_("space/<slug:slug>/resilience/"), include(resilience_urls.resilience)),
    path(_("space/<slug:slug>/resilience/"), include(readings_urls.readings)),
    path(_("space/<slug:slug>/resilience/"), include(surveys_urls.surveys)),
    *surveys_urls.open_to_all,
    path(_("space/<slug:slug>/directory/"), include(directory_urls.directory)),
    path(_("space/<slug:slug>/sharing/<int:number>/directory/"), include(directory_urls.received)),
]
