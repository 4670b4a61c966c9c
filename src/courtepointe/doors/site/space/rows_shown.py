"""On which page a row of a workspace is shown, for each kind of rows in which people write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from courtepointe.doors.site.space.frame import Space


@dataclass(frozen=True, slots=True)
class Shown:
    """The page of a kind of rows: its name, what its address asks for, and the field that gives it.

    ``asks`` is empty for a page that shows all rows of the kind.
    """

    page: str
    asks: str = ""
    field: str = "pk"


def _numbered(page: str, field: str = "pk") -> Shown:
    return Shown(page, "number", field)


PAGES: Mapping[str, Shown] = {
    "assets.carddraft": _numbered("space_workshop", "card__sheets_id"),
    "assets.contribution": _numbered("space_asset"),
    "assets.contributionphoto": _numbered("space_asset", "contribution_id"),
    "assets.fielddraft": Shown("space_assets_bring"),
    "assets.printedsheets": _numbered("space_workshop"),
    "assets.sheetcard": _numbered("space_card"),
    "engagement.activity": _numbered("space_activity"),
    "engagement.agendaitem": _numbered("space_meeting", "meeting_id"),
    "engagement.attestation": Shown("space_attestation", "code", "code"),
    "engagement.calendarfeed": Shown("space_calendar"),
    "engagement.candidate": _numbered("space_election", "election_id"),
    "engagement.committee": _numbered("space_committee"),
    "engagement.cost": _numbered("space_cost"),
    "engagement.course": _numbered("space_course"),
    "engagement.decision": _numbered("space_decision"),
    "engagement.election": _numbered("space_election"),
    "engagement.meeting": _numbered("space_meeting"),
    "engagement.mission": _numbered("space_mission"),
    "engagement.recognition": Shown("space_volunteer", "code", "volunteer__code"),
    "engagement.registration": _numbered("space_activity", "activity_id"),
    "engagement.seat": _numbered("space_seat"),
    "engagement.trainingsession": _numbered("space_session"),
    "engagement.volunteer": Shown("space_volunteer", "code", "code"),
    "engagement.volunteercontact": Shown("space_volunteer", "code", "volunteer__code"),
    "engagement.zone": _numbered("space_zone"),
    "evidence.code": Shown("space_resilience"),
    "evidence.coding": _numbered("space_evidence", "passage__source__portrait_id"),
    "evidence.round": _numbered("space_evidence", "source__portrait_id"),
    "evidence.source": _numbered("space_evidence", "portrait_id"),
    "hubs.adopteditem": _numbered("space_hub", "adoption__hub_id"),
    "hubs.agreement": _numbered("space_hub_people", "hub_id"),
    "hubs.answersheet": _numbered("space_hub_round", "assessment_id"),
    "hubs.assessment": _numbered("space_hub_round"),
    "hubs.commitment": _numbered("space_hub_people", "member__hub_id"),
    "hubs.exercise": _numbered("space_hub", "hub_id"),
    "hubs.fact": _numbered("space_hub", "hub_id"),
    "hubs.hub": _numbered("space_hub"),
    "hubs.hubpage": _numbered("space_hub", "hub_id"),
    "hubs.kititem": _numbered("space_hub_equipment", "hub_id"),
    "hubs.member": _numbered("space_hub_people", "hub_id"),
    "hubs.mode": _numbered("space_hub", "hub_id"),
    "hubs.power": _numbered("space_hub_equipment", "hub_id"),
    "hubs.study": _numbered("space_study"),
    "partners.partner": _numbered("space_partner"),
    "partners.tie": _numbered("space_wave", "wave_id"),
    "partners.wave": _numbered("space_wave"),
    "people.consentrecord": Shown("space_consents"),
    "people.destruction": Shown("space_destructions"),
    "people.exportrequest": Shown("space_exports"),
    "people.fiduciaryperiod": Shown("space_settings"),
    "people.historyrow": Shown("space_history"),
    "people.incident": _numbered("space_incident"),
    "people.invitation": Shown("space_members"),
    "people.rememberedheadings": Shown("space_bring"),
    "people.sharingagreement": Shown("space_sharing"),
    "people.subjectrequest": _numbered("space_request"),
    "people.tabledraft": Shown("space_bring"),
    "people.workspace": Shown("space"),
    "people.workspaceterritory": Shown("space_settings"),
    "places.capacity": _numbered("space_record", "holder_id"),
    "places.entry": _numbered("space_record"),
    "places.part": _numbered("space_record", "holder_id"),
    "places.proposal": _numbered("space_record", "holder_id"),
    "places.source": Shown("space_take_in"),
    "places.waiting": Shown("space_take_in"),
    "plans.action": _numbered("space_action"),
    "plans.actionlink": _numbered("space_action", "action_id"),
    "plans.actionpartner": _numbered("space_action", "action_id"),
    "plans.effect": _numbered("space_action", "action_id"),
    "plans.plantext": _numbered("space_resilience_plan", "plan_id"),
    "plans.priority": _numbered("space_priority"),
    "plans.resilienceplan": _numbered("space_resilience_plan"),
    "plans.result": _numbered("space_action", "action_id"),
    "programme.achievement": _numbered("programme_achievement"),
    "programme.communication": _numbered("programme_communication"),
    "programme.finding": _numbered("programme_finding"),
    "programme.news": _numbered("programme_stage", "card_id"),
    "programme.phase": _numbered("programme_phase"),
    "programme.question": _numbered("programme_question"),
    "programme.risk": _numbered("programme_risk"),
    "programme.run": Shown("programme"),
    "programme.stagecard": _numbered("programme_stage"),
    "programme.transfer": _numbered("programme_transfer"),
    "readings.handscounted": _numbered("space_reading_workshop", "workshop_id"),
    "readings.keptscore": _numbered("space_readings", "reading__portrait_id"),
    "readings.reading": _numbered("space_readings", "portrait_id"),
    "readings.reply": _numbered("space_readings", "portrait_id"),
    "readings.votecast": _numbered("space_reading_workshop", "workshop_id"),
    "readings.votecount": _numbered("space_reading_workshop", "workshop_id"),
    "readings.workshop": _numbered("space_reading_workshop"),
    "readings.workshopnote": _numbered("space_reading_workshop", "workshop_id"),
    "resilience.goalposts": _numbered("space_resilience_indicator", "indicator_id"),
    "resilience.indicator": _numbered("space_resilience_indicator"),
    "resilience.observation": _numbered("space_resilience_indicator", "indicator_id"),
    "resilience.ownpart": Shown("space_resilience_framework"),
    "resilience.resilienceportrait": _numbered("space_resilience_portrait"),
    "resilience.scorerow": _numbered("space_resilience_portrait", "portrait_id"),
    "surveys.sheet": _numbered("space_survey", "survey_id"),
    "surveys.survey": _numbered("space_survey"),
    "surveys.surveyquestion": _numbered("space_survey", "survey_id"),
    "surveys.surveyresult": _numbered("space_survey_results", "survey_id"),
}
"""A row without what its page asks for (a note of the whole programme) is shown by its room's first page."""

ROOMS: Mapping[str, str] = {
    "programme.news": "programme_chronology",
    "places.part": "space_directory",
    "places.proposal": "space_directory",
}
LEADS: Mapping[str, str] = {model: one.field for model, one in PAGES.items()}


def address_of(space: Space, model: str, leads: str) -> str:
    """Give the address of the page that shows a row; that of its room where it has none of its own."""
    shown = PAGES[model]
    if not shown.asks:
        return space.address(shown.page)
    if not leads:
        return space.address(ROOMS[model])
    return space.address(shown.page, **{shown.asks: leads})
