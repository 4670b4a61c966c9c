"""A request of destruction is carried out in every room, for good: what was listed, no more, no less."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.utils.module_loading import import_string
from tests.support.contributed import contributed
from tests.support.directory import taken_in, told
from tests.support.gathered import Gathered, gather
from tests.support.table import NOW, Table, joined

from courtepointe.core.errors import CourtepointeError
from courtepointe.engagement.models import (
    Attestation,
    CalendarFeed,
    CallAnswer,
    Enrolment,
    Pivot,
    Recognition,
    Volunteer,
    VolunteerContact,
)
from courtepointe.people.actions import (
    erase_for,
    gather_for,
    invite,
    look_for,
    offer_agreement,
    receive_request,
    undo_batch,
)
from courtepointe.people.actions.members import forget_seats
from courtepointe.people.models import (
    Account,
    Destruction,
    HistoryRow,
    Invitation,
    Membership,
    SharingAgreement,
    SubjectRequest,
)
from courtepointe.people.personal import declared
from courtepointe.people.queries.erasure import Erasure, unsigned_lacking
from courtepointe.people.values import Person
from courtepointe.places.assets.models import Contribution
from courtepointe.places.models import Part

DAY = date(2026, 5, 30)


def asked(table: Table, contact: str = "", kind: str = "destruction", who: Person | None = None) -> int:  # fmt: skip
    number = receive_request(
        table.slug, kind, name="Fatou", contact=contact, detail="", received=DAY,
        by=table.coordinator, now=NOW,
    )  # fmt: skip
    if who is not None:
        SubjectRequest.objects.filter(pk=number).update(account_id=who.id)
    return number


def listed(table: Table, number: int) -> Erasure:
    return look_for(table.slug, number, by=table.coordinator, now=NOW)


def ended(found: Erasure) -> dict[str, tuple[str, int]]:
    return {one.held.model: (one.then, one.count) for one in found.ends}


def carried_out(table: Table, number: int) -> None:
    mark = listed(table, number).mark
    erase_for(table.slug, number, mark=mark, reason="C’est fait.", by=table.coordinator, now=NOW)


def refused(code: str, table: Table, number: int, *, mark: str = "", by: Person | None = None) -> None:  # fmt: skip
    with pytest.raises(CourtepointeError) as caught:
        mark = mark or listed(table, number).mark
        erase_for(table.slug, number, mark=mark, reason="", by=by or table.coordinator, now=NOW)
    assert caught.value.code == code


def everything() -> str:
    """Read all the text of the database, sealed texts left sealed."""
    with connection.cursor() as cursor:
        rows = []
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            rows += [str(row) for row in cursor.fetchall()]
    return "\n".join(rows)


@pytest.mark.parametrize("by_code", [True, False])
def test_a_volunteer_is_found_by_contact_or_code_and_nothing_is_left_of_them(
    table: Table, by_code: bool
) -> None:
    made: Gathered = gather(table)
    number = asked(table, made.volunteer.lower() if by_code else " Mirabelle@Example.org ")
    found = listed(table, number)
    told_ends = ended(found)
    assert told_ends["engagement.volunteer"] == ("destroyed", 1)
    assert told_ends["engagement.volunteercontact"] == ("destroyed", 1)
    assert told_ends["engagement.enrolment"] == ("destroyed", 2)
    (kept,) = [one for one in found.kept if one.held.model == "engagement.attestation"]
    assert kept.count == 1 and "aucun nom" in kept.why.fr
    assert Volunteer.objects.exists() and not Destruction.objects.exists(), "looking is harmless"
    carried_out(table, number)
    for kind in (Volunteer, VolunteerContact, Enrolment, Pivot, CallAnswer, Recognition):
        assert not kind._default_manager.exists()
    assert Attestation.objects.get().enrolment_id is None
    assert made.volunteer not in everything().replace(made.attestation_code, "")
    lines = HistoryRow.objects.filter(what="engagement.volunteer")
    assert [(one.verb, one.before, one.after) for one in lines.order_by("pk")][-1] == ("destroyed", {}, {})  # fmt: skip
    assert all(one.before == one.after == {} for one in lines)
    log = Destruction.objects.get(what="engagement.volunteer")
    assert (log.because, log.count, log.by_name) == ("request", 1, "Ana")
    row = SubjectRequest.objects.get(pk=number)
    assert (row.state, row.reason) == ("answered", "C’est fait.")


def test_a_volunteer_is_given_all_that_is_held_on_them(table: Table) -> None:
    made = gather(table)
    for contact in ("mirabelle@example.org", made.volunteer):
        number = asked(table, contact, "portability")
        found = gather_for(table.slug, number, by=table.coordinator, now=NOW)
        kinds = {kind.model: len(kind.lines) for kind in found.found}
        assert kinds["engagement.volunteer"] == 1 and kinds["engagement.enrolment"] == 2
        assert kinds["engagement.volunteercontact"] == kinds["engagement.attestation"] == 1
        assert kinds["engagement.pivot"] == kinds["engagement.callanswer"] == 1
        said = json.dumps([line.fields for kind in found.found for line in kind.lines])
        assert "first_aid" in said and "mirabelle@example.org" in said
    nobody = asked(table, "ABCDEF", "portability")
    found = gather_for(table.slug, nobody, by=table.coordinator, now=NOW).found
    assert [kind.model for kind in found] == ["people.subjectrequest"]


def test_a_member_who_contributed_leaves_nothing_but_what_the_law_and_others_need(
    table: Table,
) -> None:
    mine = contributed(table, by=table.member)
    other = contributed(table, by=table.coordinator, key="hand:2")
    joined(table.slug, table.coordinator, table.member, "agent", "administrator")
    other_slug = table.other
    offer_agreement(
        table.slug, receiver=other_slug, what="calendar", purpose="essai", since=NOW.date(),
        until=date(2027, 1, 1), by=table.member, now=NOW,
    )  # fmt: skip
    number = asked(table, who=table.member)
    found = listed(table, number)
    told_ends = ended(found)
    assert told_ends["people.membership"] == ("destroyed", 1)
    assert told_ends["assets.contribution"] == ("emptied", 1)
    assert told_ends["people.historyrow"][0] == "anonymised"
    why = {one.held.model: one.why.fr for one in found.kept}
    assert "deux espaces" in why["people.sharingagreement"]
    assert why["people.subjectrequest"] == "exigé par la loi"
    carried_out(table, number)
    assert Contribution.objects.get(pk=mine).state == "withdrawn"
    assert Contribution.objects.get(pk=other).by_id == table.coordinator.id
    assert not Membership.objects.filter(workspace_id=table.id, account_id=table.member.id).exists()
    lines = HistoryRow.objects.filter(workspace_id=table.id)
    assert not lines.filter(by_id=table.member.id).exists() and lines.filter(by_name="—").exists()
    held = json.dumps([[one.before, one.after, one.by_name] for one in lines])
    assert "Bao" not in held and f'"account_id": {table.member.id},' not in held
    agreement = SharingAgreement.objects.get(owner_id=table.id)
    assert agreement.offered_by_id == table.member.id
    assert Account.objects.get(pk=table.member.id).name == "Bao", (
        "the account is the installation's"
    )
    refused("request_already_answered", table, number, mark=found.mark)


def test_a_member_is_known_by_the_address_they_sign_in_with(table: Table) -> None:
    assert ended(listed(table, asked(table, "BAO@example.org")))["people.membership"] == ("destroyed", 1)  # fmt: skip
    assert "people.membership" not in ended(listed(table, asked(table, "dov@example.org"))), (
        "who never had a seat here is not told to have an account"
    )


def test_other_workspaces_are_not_touched(table: Table) -> None:
    joined(table.other, table.stranger, table.member, "reader")
    before = Membership.objects.exclude(workspace_id=table.id).count()
    carried_out(table, asked(table, who=table.member))
    assert Membership.objects.exclude(workspace_id=table.id).count() == before
    assert HistoryRow.objects.exclude(workspace_id=table.id).filter(by_id=table.member.id).exists()


def test_calendars_and_files_of_a_person_go_with_them(table: Table) -> None:
    gather(table)
    CalendarFeed.objects.update(by_id=table.member.id)
    number = asked(table, who=table.member)
    assert ended(listed(table, number))["engagement.calendarfeed"] == ("destroyed", 1)
    carried_out(table, number)
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("known", ["email", "phone"])
def test_a_contact_person_of_the_directory_is_found_where_they_are_sealed(
    table: Table, known: str
) -> None:
    taken_in(table)
    contact = told()["services"][0]["service_at_locations"][0]["location"]["contacts"][0]
    reached = contact["email"].upper() if known == "email" else contact["phones"][0]["number"]
    number = asked(table, reached)
    assert ended(listed(table, number))["places.part"][0] == "emptied"
    carried_out(table, number)
    kept = [part.private for part in Part.objects.filter(workspace_id=table.id)]
    assert contact["name"] not in "".join(kept) and contact["email"] not in "".join(kept)
    assert contact["phones"][0]["number"] not in "".join(kept), "their telephone goes with them"


def test_a_withdrawal_ends_what_rests_on_a_consent_alone(table: Table) -> None:
    contributed(table, by=table.member)
    found = listed(table, asked(table, kind="withdrawal", who=table.member))
    assert set(ended(found)) == {"assets.contribution"}
    carried_out(table, asked(table, kind="withdrawal", who=table.member))
    assert Contribution.objects.get().state == "withdrawn"
    assert Membership.objects.filter(workspace_id=table.id, account_id=table.member.id).exists()


def test_what_is_refused(table: Table) -> None:
    refused("request_is_no_destruction", table, asked(table, kind="access"))
    refused("own_destruction", table, asked(table, who=table.coordinator), mark="x")
    number = asked(table, who=table.member)
    refused("role_needed", table, number, mark="x", by=table.member)
    refused("unknown_workspace", table, number, mark="x", by=table.former)
    refused("unknown_workspace", table, number, mark="x", by=table.stranger)
    refused("unknown_request", table, 10**9, mark="x")
    found = listed(table, number)
    contributed(table, by=table.member)
    refused("found_has_changed", table, number, mark=found.mark)
    refused("found_has_changed", table, number, mark="x" * 9_000)
    assert not Destruction.objects.exists()


def test_the_last_who_may_invite_keeps_their_seat(table: Table) -> None:
    seats = Membership.objects.filter(workspace_id=table.id, account_id=table.coordinator.id)
    with pytest.raises(CourtepointeError) as caught:
        forget_seats(seats, by=table.coordinator, now=NOW)
    assert caught.value.code == "last_who_may_invite" and seats.exists()
    joined(table.slug, table.coordinator, table.member, "administrator")
    assert forget_seats(seats, by=table.member, now=NOW) == {"people.membership": 1}
    assert not seats.all().exists()


def test_nobody_gives_it_back_not_even_by_undoing_the_import(table: Table) -> None:
    gather(table)
    HistoryRow.objects.filter(what__startswith="engagement.volunteer").update(batch="lot")
    carried_out(table, asked(table, "mirabelle@example.org"))
    with pytest.raises(CourtepointeError) as caught:
        undo_batch(table.slug, "lot", by=table.coordinator, now=NOW)
    assert caught.value.code == "changed_since" and not Volunteer.objects.exists()


def test_the_history_says_neither_the_contact_nor_its_fingerprint(table: Table) -> None:
    gather(table)
    kept = VolunteerContact.objects.get().fingerprint
    assert kept in everything()
    number = asked(table, "mirabelle@example.org")
    carried_out(table, number)
    SubjectRequest.objects.filter(pk=number).update(contact_print="")
    lines = json.dumps([[one.before, one.after] for one in HistoryRow.objects.exclude(what="people.subjectrequest")])  # fmt: skip
    assert kept not in lines


def test_nothing_found_is_said_and_still_answered(table: Table) -> None:
    number = asked(table, "nobody@example.org")
    assert listed(table, number).ends == ()
    carried_out(table, number)
    assert SubjectRequest.objects.get(pk=number).state == "answered"
    assert not Destruction.objects.exists()


def test_whoever_wrote_can_be_taken_off_wherever_they_signed() -> None:
    """Failing here? A field by which somebody signs cannot be emptied: say in `on_request` what becomes of the row."""
    assert unsigned_lacking() == []


def test_every_verb_that_is_declared_is_there() -> None:
    for held in declared().models.values():
        for name in filter(None, (held.found_by, held.on_request.call)):
            assert callable(import_string(name))


def test_what_must_be_looked_for_by_hand_is_what_may_name_somebody(table: Table) -> None:
    def by_hand(number: int) -> set[str]:
        return {words.en for words in listed(table, number).not_searched}

    with_contact, of_member = by_hand(asked(table, "x@example.org")), by_hand(asked(table, who=table.member))  # fmt: skip
    assert {"meetings", "registrations to activities", "candidates"} <= with_contact & of_member
    assert not {"members’ seats", "contributions", "the history of writes"} & with_contact
    assert "volunteers, under a code" in of_member - with_contact, (
        "no contact was given to find them by"
    )
    assert "details of records, contact persons among them" in of_member - with_contact


@pytest.mark.parametrize(
    ("label", "contact", "found"),
    [
        ("Éli, 514 555-0123", "(514) 555 0123", True),
        ("Éli, 514 555-0123", "+1 514-555-0123", True),
        ("Éli <ELI@example.org>", "eli@example.org", True),
        ("Éli, eli@example.org; agent", "eli@example.org", True),
        ("Éli, eli@example.org", "li@example.org", False),
        ("Éli, 514 555-0123", "555-0123", True),
        ("Éli, 514 555-0123", "0123", False),
        ("Éli, 514 555-0123", "514 555-0124", False),
        ("Éli", "Éli", False),
    ],
)
def test_an_invitation_is_found_by_what_its_label_says(
    table: Table, label: str, contact: str, found: bool
) -> None:
    invite(table.slug, label=label, told_roles=["reader"], by=table.coordinator, now=NOW)
    number = asked(table, contact)
    assert ("people.invitation" in ended(listed(table, number))) is found
    if found:
        carried_out(table, number)
        assert label not in [one.label for one in Invitation.objects.all()]
