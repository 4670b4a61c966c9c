"""Trainings: what is taught, when, who takes part, what attests it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.faces import paper_faces
from courtepointe.doors.site.gathering.corrections import cost_deeds
from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.gathering.forms import WhyForm, timed_initial
from courtepointe.doors.site.gathering.forms_of_people import (
    CameForm,
    CodeForm,
    CourseForm,
    IssueForm,
    NameForm,
    OfferForm,
    SessionForm,
)
from courtepointe.doors.site.gathering.words import named
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.engagement.actions import trainings as acts
from courtepointe.engagement.actions.attestations import issue_attestations, withdraw_attestation
from courtepointe.engagement.queries import trainings as reads
from courtepointe.engagement.queries.activities import costs_of
from courtepointe.engagement.values.trainings import NewCourse, NewSession, SessionLine
from courtepointe.press.attestations import Attestation, write_attestation

HERE = "space_trainings"
SESSION_FIELDS = ("course", "starts", "ends", "language", "places", "place", "access")


def _courses(space: Space) -> list[tuple[str, str]]:
    living = [one for one in reads.courses(space.seen) if one.retired is None]
    return [(str(one.number), one.title.in_(space.lang)) for one in living]


def _new(typed: dict[str, Any]) -> NewSession:
    return NewSession(**{name: typed[name] for name in SESSION_FIELDS})


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the trainings and their sessions; offer one, plan a session."""
    slug, k = space.seen.slug, keys(space)

    def offer(typed: dict[str, Any]) -> None:
        acts.offer_course(slug, typed["code"], **k)

    def write(typed: dict[str, Any]) -> None:
        title = Words(typed["title_fr"], typed["title_en"])
        acts.write_course(slug, NewCourse(title, typed["level"], typed["hours"], typed["months"]), **k)  # fmt: skip

    def plan(typed: dict[str, Any]) -> str:
        return space.address("space_session", number=acts.plan_session(slug, _new(typed), **k))

    session = partial(SessionForm, lang=space.lang, courses=_courses(space), initial={"language": "fr", "places": 20})  # fmt: skip
    deeds = [
        Deed("plan", _("Plan this session"), plan, session, _("Plan a session")),
        Deed("offer", _("Offer this training"), offer, partial(OfferForm, lang=space.lang), _("Offer a training of the catalogue")),
        Deed("write", _("Offer this training"), write, partial(CourseForm, lang=space.lang), _("Offer a training of our own")),
    ]  # fmt: skip

    def draw() -> dict[str, Any]:
        return {
            "courses": reads.courses(space.seen),
            "coming": reads.coming_sessions(space.seen, now=space.now),
            "past": reads.past_sessions(space.seen, now=space.now),
        }

    return page_of(request, space, "trainings.html", deeds, draw, here=HERE)


@space_page("read", methods=FORM)
def session(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a session; enrol, note who came, issue attestations."""
    seen = reads.session(space.seen, number)
    deeds = [
        *_of_people(space, seen),
        *cost_deeds(space, session=number),
        *_of_the_plan(space, seen),
    ]

    def draw() -> dict[str, Any]:
        people = reads.enrolments_of(space.seen, number, now=space.now) if space.may("write") else ()  # fmt: skip
        return {"session": seen, "people": people, "costs": costs_of(space.seen, session=number)}

    return page_of(request, space, "session.html", deeds, draw, here=HERE)


def _of_people(space: Space, seen: SessionLine) -> list[Deed]:
    if not space.may("write"):
        return []
    slug, k, number, today = space.seen.slug, keys(space), seen.number, localdate(space.now)
    people = [one for one in reads.enrolments_of(space.seen, number, now=space.now) if one.state != "cancelled"]  # fmt: skip

    def enrol(typed: dict[str, Any]) -> None:
        acts.enrol(slug, number, typed["code"], **k)

    def came(typed: dict[str, Any]) -> None:
        told = {one.number: str(one.number) in typed["came"] for one in people}
        acts.note_attendance(slug, number, told, **k)

    def issue(typed: dict[str, Any]) -> None:
        issue_attestations(slug, number, issued=typed["issued"], **k)

    deeds = [row_deed("leave", _("Take off the list"), lambda n: acts.leave_session(slug, n, **k))]
    if seen.state == "planned":
        deeds.append(Deed("enrol", _("Enrol"), enrol, CodeForm, _("Enrol a volunteer")))
    if seen.starts <= space.now and seen.state != "cancelled":
        choices = [(str(one.number), one.volunteer) for one in people]
        begun = {"came": [str(one.number) for one in people if one.attended]}
        deeds += [
            Deed("came", _("Keep who came"), came, partial(CameForm, people=choices, initial=begun), _("Who came")),
            Deed("issue", _("Issue the attestations"), issue, partial(IssueForm, initial={"issued": today}), _("Issue attestations to those who came")),
        ]  # fmt: skip
    return deeds


def _of_the_plan(space: Space, seen: SessionLine) -> list[Deed]:
    slug, k = space.seen.slug, keys(space)
    begun = timed_initial(seen.starts, seen.ends) | {
        "course": seen.course.number, "place": seen.place, "access": seen.access, "language": seen.language, "places": seen.places,
    }  # fmt: skip

    def change(typed: dict[str, Any]) -> None:
        acts.change_session(slug, seen.number, _new(typed), **k)

    def cancel(typed: dict[str, Any]) -> None:
        acts.cancel_session(slug, seen.number, why=typed["why"], **k)

    if seen.state != "planned":
        return []
    courses = [*_courses(space), (str(seen.course.number), seen.course.title.in_(space.lang))]
    form = partial(SessionForm, lang=space.lang, courses=list(dict(courses).items()), initial=begun)
    return [
        Deed("change", _("Keep the change"), change, form, _("Change the session")),
        Deed("cancel", _("Call it off"), cancel, WhyForm, _("Call the session off")),
    ]


@space_page("write", methods=FORM)
def attestation(request: HttpRequest, space: Space, code: str) -> HttpResponseBase:
    """Show an attestation; print it, with a name where the person asked for it; withdraw it."""
    seen = reads.attestation(space.seen, code, now=space.now)
    form = NameForm(request.POST if request.POST.get("do") == "print" else None)
    if form.is_bound and form.is_valid():
        return _printed(request, space, code, form.cleaned_data["name"])

    def withdraw(typed: dict[str, Any]) -> None:
        withdraw_attestation(space.seen.slug, seen.number, why=typed["why"], **keys(space))

    offered = [] if seen.state == "withdrawn" else [
        Deed("print", _("Print it (PDF)"), lambda typed: None, NameForm, _("Print the attestation")),
        Deed("withdraw", _("Withdraw it"), withdraw, WhyForm, _("Withdraw the attestation")),
    ]  # fmt: skip
    return page_of(request, space, "attestation.html", offered, lambda: {"held": seen}, here=HERE)


def _printed(request: HttpRequest, space: Space, code: str, name: str) -> HttpResponseBase:
    seen, lang = reads.attestation(space.seen, code, now=space.now), space.lang
    made = Attestation(
        code=seen.code,
        link=request.build_absolute_uri(reverse("verified", args=[seen.code])),
        training=seen.course.title.in_(lang),
        level=named("levels", lang=lang).get(seen.course.level, "").capitalize(),
        attended=seen.attended,
        issued=seen.issued,
        until=seen.until,
        issuer=space.seen.name,
        mark=space.seen.slug,
        hours=float(seen.course.hours),
        learnt=seen.course.learnt_en if lang == "en" else seen.course.learnt_fr,
        name=name,
    )
    content = write_attestation(made, lang=lang, fonts=paper_faces())
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="attestation-{seen.code}.pdf"'
    return response
