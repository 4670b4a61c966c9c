"""Committees, who sits in them, how they are elected."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.gathering.forms import (
    CandidateForm,
    CommitteeForm,
    CountForm,
    ElectionForm,
    LastDayForm,
    SeatForm,
    TermForm,
    TieForm,
    WhyForm,
)
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.engagement.actions import committees as acts
from courtepointe.engagement.kinds import about_committees
from courtepointe.engagement.queries import committees as reads
from courtepointe.engagement.queries.meetings import coming_meetings, past_meetings
from courtepointe.engagement.values.meetings import (
    Counted,
    ElectionSeen,
    NewCommittee,
    NewElection,
    NewSeat,
)

HERE = "space_meetings"


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the committees; begin one."""
    slug, today = space.seen.slug, localdate(space.now)

    def begin(typed: dict[str, Any]) -> str:
        number = acts.begin_committee(slug, NewCommittee(**typed), **keys(space))
        return space.address("space_committee", number=number)

    form = partial(CommitteeForm, lang=space.lang, initial={"begins": today})
    deeds = [Deed("begin", _("Begin this committee"), begin, form, _("Begin a committee"))]

    def draw() -> dict[str, Any]:
        about = {code: words.in_(space.lang) for code, words in about_committees().items()}
        return {"committees": reads.committees(space.seen, now=space.now), "about": about}

    return page_of(request, space, "committees.html", deeds, draw, here=HERE)


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a committee; fill its seats, call an election, end it."""
    slug, today, k = space.seen.slug, localdate(space.now), keys(space)
    seen = reads.committee(space.seen, number, now=space.now)
    begun = {"kind": seen.kind, "name": seen.name, "purpose": seen.purpose, "begins": seen.begins, "quorum_percent": seen.quorum_percent}  # fmt: skip

    def fill(typed: dict[str, Any]) -> None:
        acts.fill_seat(slug, number, NewSeat(**typed), **k)

    def call(typed: dict[str, Any]) -> str:
        made = acts.call_election(slug, number, NewElection(**typed), **k)
        return space.address("space_election", number=made)

    def change(typed: dict[str, Any]) -> None:
        acts.change_committee(slug, number, NewCommittee(**typed), **k)

    def end(typed: dict[str, Any]) -> None:
        acts.end_committee(slug, number, typed["on"], why=typed["why"], **k)

    seat_form = partial(SeatForm, lang=space.lang, initial={"since": today, "role": "member", "votes": True})  # fmt: skip
    deeds = [
        Deed("fill", _("Fill this seat"), fill, seat_form, _("Fill a seat")),
        Deed("call", _("Call this election"), call, partial(ElectionForm, initial={"on": today}), _("Call an election")),
        Deed("change", _("Keep the change"), change, partial(CommitteeForm, lang=space.lang, initial=begun), _("Change what the committee says of itself")),
        Deed("end", _("End this committee"), end, partial(LastDayForm, initial={"on": today}), _("End the committee")),
        row_deed("leave", _("End this term today"), lambda n: acts.leave_seat(slug, n, today, **k)),
    ]  # fmt: skip

    def draw() -> dict[str, Any]:
        return {
            "committee": seen,
            "elections": reads.elections_of(space.seen, number),
            "coming": coming_meetings(space.seen, now=space.now, committee=number),
            "past": past_meetings(space.seen, now=space.now, committee=number),
        }

    return page_of(request, space, "committee.html", deeds, draw, here=HERE)


@space_page("read", methods=FORM)
def election(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show an election; write down who stands, the count, the tie, the seats."""
    seen = reads.election(space.seen, number)
    deeds = _election_deeds(space, seen)

    def draw() -> dict[str, Any]:
        committee = reads.committee(space.seen, seen.committee, now=space.now)
        return {"election": seen, "committee": committee}

    return page_of(request, space, "election.html", deeds, draw, here=HERE)


def _election_deeds(space: Space, seen: ElectionSeen) -> list[Deed]:
    if seen.state == "open":
        return _before_the_count(space, seen)
    if seen.state != "held":
        return []
    return _tie(space, seen) if seen.is_tied else _seats(space, seen)


def _before_the_count(space: Space, seen: ElectionSeen) -> list[Deed]:
    slug, k = space.seen.slug, keys(space)

    def stand(typed: dict[str, Any]) -> None:
        acts.stand(slug, seen.number, typed["name"], organisation=typed["organisation"], **k)

    def count(typed: dict[str, Any]) -> None:
        totals = {name: typed[name] for name in ("eligible", "present", "cast", "spoiled")}
        votes = {int(n.removeprefix("votes_")): v for n, v in typed.items() if n.startswith("votes_")}  # fmt: skip
        acts.count_election(slug, seen.number, Counted(**totals, votes=votes), **k)

    def cancel(typed: dict[str, Any]) -> None:
        acts.cancel_election(slug, seen.number, why=typed["why"], **k)

    return [
        Deed("stand", _("Add this person"), stand, CandidateForm, _("Somebody stands")),
        Deed("count", _("Write down the count"), count, partial(CountForm, election=seen), _("The count")),
        Deed("cancel", _("Call it off"), cancel, WhyForm, _("Call the election off")),
        row_deed("withdraw", _("Withdraw"), lambda n: acts.withdraw_candidate(slug, n, **k)),
    ]  # fmt: skip


def _tie(space: Space, seen: ElectionSeen) -> list[Deed]:
    def settle(typed: dict[str, Any]) -> None:
        elected = [int(one) for one in typed["elected"]]
        acts.settle_tie(space.seen.slug, seen.number, elected, why=typed["why"], **keys(space))

    tied = [one for one in seen.candidates if one.elected is None]
    return [Deed("settle", _("Write down who is elected"), settle, partial(TieForm, tied=tied), _("Settle the tie"))]  # fmt: skip


def _seats(space: Space, seen: ElectionSeen) -> list[Deed]:
    def seat(typed: dict[str, Any]) -> str:
        acts.seat_elected(space.seen.slug, seen.number, **typed, **keys(space))
        return space.address("space_committee", number=seen.committee)

    form = partial(TermForm, lang=space.lang, initial={"since": seen.on, "role": "member"})
    return [Deed("seat", _("Give them their seats"), seat, form, _("Seat those elected"))]
