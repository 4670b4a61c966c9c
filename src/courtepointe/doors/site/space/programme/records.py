"""Communications, transfers, evaluation, risks, achievements: lists, and each record's own page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.forms import ReasonForm
from courtepointe.doors.site.space.frame import FORM, Space, sent, space_page, status_of
from courtepointe.doors.site.space.programme import forms
from courtepointe.doors.site.space.programme.frame import (
    acted,
    asked_run,
    may_write,
    needed_run,
    nothing_yet,
    programme_answer,
)
from courtepointe.doors.site.views.exports import attached
from courtepointe.engagement.programme.actions import keep_record, remove_record
from courtepointe.engagement.programme.exports import chosen, communications_xlsx, phase_title
from courtepointe.engagement.programme.path import choices
from courtepointe.engagement.programme.queries import record_of, records_of, run_of
from courtepointe.engagement.programme.values import (
    Achievement,
    Communication,
    Finding,
    Phase,
    Question,
    Record,
    Risk,
    Transfer,
)
from courtepointe.press.words import typeset

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of records: its list's page, its form, what a new one begins with, how its page is named."""

    record: type[Any]
    part: str
    form: type[forms.Told]
    begins: Mapping[str, object]
    named: Any


KINDS: Mapping[str, Listed] = {
    "phase": Listed(Phase, "programme_chronology", forms.PhaseForm, {}, _("Phase")),
    "communication": Listed(
        Communication,
        "programme_communications",
        forms.CommunicationForm,
        {"state": "planned", "languages": ["fr"]},
        _("Communication"),
    ),
    "transfer": Listed(
        Transfer, "programme_transfers", forms.TransferForm, {"state": "idea"}, _("Transfer")
    ),
    "question": Listed(
        Question,
        "programme_evaluation",
        forms.QuestionForm,
        {"state": "asked"},
        _("Evaluation question"),
    ),
    "finding": Listed(
        Finding, "programme_evaluation", forms.FindingForm, {"state": "noted"}, _("Finding")
    ),
    "risk": Listed(Risk, "programme_risks", forms.RiskForm, {"state": "watched"}, _("Risk")),
    "achievement": Listed(
        Achievement,
        "programme_achievements",
        forms.AchievementForm,
        {"visibility": "workspace"},
        _("Achievement"),
    ),
}


def words_of(*names: str, lang: str) -> dict[str, dict[str, str]]:
    """Give lists of choices in a language, for templates."""
    return {
        name: {code: typeset(told.in_(lang), lang=lang) for code, told in choices(name).items()}
        for name in names
    }


def _listing(
    request: HttpRequest, space: Space, kind: str, template: str, *lists: str
) -> HttpResponseBase:
    """List a run's records of a kind, and add one."""
    known = KINDS[kind]
    run = asked_run(request, space)
    if run is None:
        return nothing_yet(request, space, part=known.part)
    today = localdate(space.now)
    begins = {"on": today, **known.begins} if kind == "achievement" else dict(known.begins)
    form = known.form(sent(request, "add"), lang=space.lang, initial=begins)

    def add(typed: dict[str, Any]) -> str:
        keep_record(space.seen.slug, known.record(number=0, **typed), by=space.by, now=space.now)
        return space.address(known.part)

    if done := acted(form, add, lang=space.lang):
        return done
    values = {
        "rows": records_of(known.record, run.number),
        "form": form,
        "words": words_of(*lists, lang=space.lang),
    }
    if kind == "question":
        values["findings"] = records_of(Finding, run.number)
    status = status_of(form)
    return programme_answer(
        request, space, template, values, part=known.part, run=run, status=status
    )


@space_page("read", methods=FORM)
def communications(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show the communications plan."""
    lists = ("audiences", "channels", "languages", "carriers", "communication_states")
    return _listing(request, space, "communication", "communications.html", *lists)


@space_page("read")
def communications_file(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Give the communications plan as a workbook."""
    run = needed_run(request, space)
    rows = records_of(Communication, run.number)
    made = communications_xlsx(rows, title=f"{run.name} · {space.seen.name}", lang=space.lang)
    return attached(made, f"{space.seen.slug}-communications.xlsx", XLSX)


@space_page("read", methods=FORM)
def transfers(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show what is handed on to other neighbourhoods."""
    return _listing(request, space, "transfer", "transfers.html", "ways", "transfer_states")


@space_page("read", methods=FORM)
def evaluation(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show the evaluation's questions with their findings."""
    lists = ("methods", "carriers", "question_states", "strengths", "finding_states")
    return _listing(request, space, "question", "evaluation.html", *lists)


@space_page("read", methods=FORM)
def risks(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show what could keep the programme from its aim."""
    lists = ("chances", "weights", "carriers", "risk_states")
    return _listing(request, space, "risk", "risks.html", *lists)


@space_page("read", methods=FORM)
def achievements(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show what was achieved."""
    return _listing(request, space, "achievement", "achievements.html", "visibilities")


def _record(space: Space, kind: str, number: int) -> tuple[int, Record]:
    found = record_of(kind, space.seen.id, number)
    if found is None:
        raise NotFound("unknown_programme_record")
    return found


@space_page("read")
def celebrate(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show an achievement as a sheet to print and to put on a wall."""
    held, one = _record(space, "achievement", number)
    run = run_of(space.seen.id, held)
    assert isinstance(one, Achievement)
    values = {"one": one, "seen_by": chosen("visibilities", one.visibility, lang=space.lang)}
    return programme_answer(
        request, space, "celebrate.html", values, part="programme_achievements", run=run
    )


@space_page("write", methods=FORM)
def record(request: HttpRequest, space: Space, number: int, kind: str) -> HttpResponseBase:
    """Correct a record, or remove it; a question's page takes its findings."""
    known = KINDS[kind]
    held, one = _record(space, kind, number)
    run = run_of(space.seen.id, held)
    begun = asdict(one)
    if isinstance(one, Phase):
        begun["title"] = phase_title(one, lang=space.lang)
    form = known.form(sent(request, "change"), lang=space.lang, initial=begun)
    ending = ReasonForm(sent(request, "remove"), auto_id="remove_%s")
    finding = forms.FindingForm(
        sent(request, "finding"),
        lang=space.lang,
        initial={"on": localdate(space.now), "state": "noted"},
        auto_id="finding_%s",
    )
    back = space.address(known.part)

    def change(typed: dict[str, Any]) -> str:
        keep_record(space.seen.slug, _changed(one, typed, begun), by=space.by, now=space.now)
        return back

    def remove(typed: dict[str, Any]) -> str:
        remove_record(space.seen.slug, kind, number, by=space.by, now=space.now, why=typed["why"])
        return back

    def found(typed: dict[str, Any]) -> str:
        told = Finding(number=0, question=number, **typed)
        keep_record(space.seen.slug, told, by=space.by, now=space.now)
        return back

    acts: list[tuple[Any, Any]] = [(form, change), (ending, remove)]
    if kind == "question":
        acts.append((finding, found))
    for drawn, act in acts:
        if done := acted(drawn, act, lang=space.lang):
            return done
    values = {"form": form, "ending": ending, "named": known.named, "back": back, "writes": may_write(space, run)}  # fmt: skip
    if kind == "question":
        values |= {"finding": finding, "question": one}
    status = status_of(*(drawn for drawn, _act in acts))
    return programme_answer(
        request, space, "record.html", values, part=known.part, run=run, status=status
    )


def _changed(one: Record, typed: dict[str, Any], begun: dict[str, Any]) -> Record:
    """Give a record with what was typed; a usual phase whose name was left keeps its two languages."""
    if isinstance(one, Phase) and typed["title"] == begun["title"]:
        typed = {**typed, "title": one.title}
    return replace(one, **typed)
