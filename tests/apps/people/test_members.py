"""Who joins, with which roles, who leaves; a stranger and a former member learn nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.support.table import NOW, Table, joined, person

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import (
    accept_invitation,
    change_profile,
    change_roles,
    end_seat,
    invite,
    join_with_new_account,
    leave,
    offer_recovery,
    open_account,
    recover,
    revoke_invitation,
)
from courtepointe.people.models import Account, Invitation, Membership, RecoveryLink
from courtepointe.people.queries import (
    invitation_for,
    invitations_waiting,
    members_of,
    recovery_for,
    workspaces_of,
)
from courtepointe.people.roles import kinds, rights, roles, shared_sets


def seat(table: Table, name: str) -> int:
    return next(one.number for one in members_of(table.id) if one.person.name == name)


def test_each_role_names_rights_that_exist_in_two_languages() -> None:
    for role in roles().values():
        assert role.rights <= set(rights()) and "read" in role.rights
    for words in (*rights().values(), *kinds().values(), *shared_sets().values()):
        assert words.fr and words.en
    given = frozenset().union(*(role.rights for role in roles().values()))
    assert given == set(rights()), "a right that no role gives is a door without a key"


def test_three_people_and_one_who_left_at_the_gate(table: Table) -> None:
    assert "write" in workspace_to("read", table.slug, by=table.coordinator, now=NOW).rights
    assert workspace_to("contribute", table.slug, by=table.member, now=NOW).slug == table.slug
    for right in set(rights()) - {"read", "contribute"}:
        with pytest.raises(NotAllowed, match="role_needed"):
            workspace_to(right, table.slug, by=table.member, now=NOW)
    for who in (table.former, table.stranger):
        for right in rights():
            with pytest.raises(NotFound, match="unknown_workspace"):
                workspace_to(right, table.slug, by=who, now=NOW)
    with pytest.raises(NotFound, match="unknown_workspace"):
        workspace_to("read", "aucun", by=table.coordinator, now=NOW)


def test_each_sees_their_own_workspaces(table: Table) -> None:
    assert [one.slug for one in workspaces_of(table.coordinator, now=NOW)] == [table.slug]
    assert [one.slug for one in workspaces_of(table.stranger, now=NOW)] == [table.other]
    assert workspaces_of(table.former, now=NOW) == ()


def test_an_invitation_serves_once_and_its_secret_is_not_kept(table: Table) -> None:
    secret = invite(table.slug, label="Eli", told_roles=["agent"], by=table.coordinator, now=NOW)
    assert not Invitation.objects.filter(secret=secret).exists()
    offered = invitation_for(secret, now=NOW)
    assert offered and (offered.by, offered.roles) == ("Ana", ("agent",))
    eli = person("Eli")
    assert accept_invitation(secret, by=eli, now=NOW) == table.slug
    assert "contacts" in workspace_to("read", table.slug, by=eli, now=NOW).rights
    with pytest.raises(NotFound, match="unknown_invitation"):
        accept_invitation(secret, by=table.stranger, now=NOW)
    assert invitation_for(secret, now=NOW) is None


def test_an_invitation_expires_and_is_taken_back(table: Table) -> None:
    late = invite(table.slug, label="Eli", told_roles=["agent"], by=table.coordinator, now=NOW)
    with pytest.raises(NotFound):
        accept_invitation(late, by=table.stranger, now=NOW + timedelta(days=15))
    (waiting,) = invitations_waiting(table.id, now=NOW)
    with pytest.raises(NotFound):
        revoke_invitation(table.other, waiting.number, by=table.stranger, now=NOW)
    with pytest.raises(NotAllowed):
        revoke_invitation(table.slug, waiting.number, by=table.member, now=NOW)
    revoke_invitation(table.slug, waiting.number, by=table.coordinator, now=NOW)
    assert invitation_for(late, now=NOW) is None
    assert invitations_waiting(table.id, now=NOW) == ()


@pytest.mark.parametrize("told", [[], ["chef"], ["member", "chef"]])
def test_roles_that_are_not_roles_are_refused(table: Table, told: list[str]) -> None:
    with pytest.raises(BadInput, match="roles_needed"):
        invite(table.slug, label="Eli", told_roles=told, by=table.coordinator, now=NOW)


def test_who_invites_gives_no_power_over_the_workspace_that_they_lack(table: Table) -> None:
    joined(table.slug, table.coordinator, table.stranger, "coordinator")
    plain = table.stranger
    invite(table.slug, label="x", told_roles=["evaluator"], by=plain, now=NOW)
    change_roles(
        table.slug, seat(table, "Dov"), told_roles=["agent"], until=None, by=table.coordinator, now=NOW
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="role_needed"):
        invite(table.slug, label="x", told_roles=["reader"], by=plain, now=NOW)


def test_a_seat_ends_on_its_day(table: Table) -> None:
    secret = invite(
        table.slug,
        label="Eli",
        told_roles=["evaluator"],
        until=date(2026, 6, 30),
        by=table.coordinator,
        now=NOW,
    )
    eli = person("Eli")
    accept_invitation(secret, by=eli, now=NOW)
    assert workspace_to("trust", table.slug, by=eli, now=NOW + timedelta(days=29))
    with pytest.raises(NotFound):
        workspace_to("read", table.slug, by=eli, now=NOW + timedelta(days=31))
    with pytest.raises(BadInput, match="day_has_passed"):
        invite(
            table.slug, label="x", told_roles=["reader"], until=date(2026, 5, 1),
            by=table.coordinator, now=NOW,
        )  # fmt: skip


def test_somebody_who_may_invite_always_stays(table: Table) -> None:
    ana, by = seat(table, "Ana"), table.coordinator
    with pytest.raises(Refused, match="last_who_may_invite"):
        leave(table.slug, by=by, now=NOW)
    with pytest.raises(Refused, match="last_who_may_invite"):
        end_seat(table.slug, ana, by=by, now=NOW)
    with pytest.raises(Refused, match="last_who_may_invite"):
        change_roles(table.slug, ana, told_roles=["agent"], until=None, by=by, now=NOW)
    joined(table.slug, by, table.stranger, "coordinator")
    leave(table.slug, by=by, now=NOW)
    with pytest.raises(NotFound):
        workspace_to("read", table.slug, by=by, now=NOW)


def test_a_seat_of_another_workspace_is_nobody_here(table: Table) -> None:
    with pytest.raises(NotFound, match="unknown_member"):
        end_seat(table.other, seat(table, "Bao"), by=table.stranger, now=NOW)


def test_the_operator_invites_only_where_nobody_can(table: Table) -> None:
    with pytest.raises(Refused, match="workspace_is_peopled"):
        invite(table.slug, label="x", told_roles=["coordinator"], by=None, now=NOW)
    with pytest.raises(NotFound, match="unknown_workspace"):
        invite("aucun", label="x", told_roles=["coordinator"], by=None, now=NOW)


def test_one_account_an_address_whatever_the_case(table: Table) -> None:
    with pytest.raises(Refused, match="account_exists"):
        open_account(email="ANA@example.org", name="x", password="y" * 12, lang="fr", now=NOW)
    with pytest.raises(BadInput, match="name_needed"):
        open_account(email="z@example.org", name="  ", password="y" * 12, lang="fr", now=NOW)


def test_a_recovery_link_serves_once_and_the_older_die(table: Table) -> None:
    first = offer_recovery("ana@example.org", now=NOW)
    second = offer_recovery("Ana@Example.org", now=NOW)
    assert recovery_for(first, now=NOW) is None
    assert not RecoveryLink.objects.filter(secret=second).exists()
    with pytest.raises(NotFound, match="unknown_recovery_link"):
        recover(second, password="nouvelle phrase longue", now=NOW + timedelta(days=2))
    recover(second, password="nouvelle phrase longue", now=NOW)
    assert Account.objects.get(name="Ana").check_password("nouvelle phrase longue")
    with pytest.raises(NotFound, match="unknown_recovery_link"):
        recover(second, password="encore une autre", now=NOW)
    with pytest.raises(NotFound, match="unknown_account"):
        offer_recovery("personne@example.org", now=NOW)


def test_a_person_changes_their_own_name(table: Table) -> None:
    change_profile(table.member, name=" Bao  Nguyễn ", lang="en")
    assert Account.objects.get(pk=table.member.id).name == "Bao Nguyễn"
    with pytest.raises(BadInput, match="language_not_offered"):
        change_profile(table.member, name="Bao", lang="de")


def again(table: Table, *roles: str, until: date | None = None) -> tuple[tuple[str, ...], date | None]:  # fmt: skip
    """Have the member join once more; give their seat's roles and last day."""
    secret = invite(table.slug, label="Bao", told_roles=roles, until=until, by=table.coordinator, now=NOW)  # fmt: skip
    accept_invitation(secret, by=table.member, now=NOW)
    found = next(one for one in members_of(table.id) if one.person.name == "Bao")
    return found.roles, found.until


def limited(table: Table, roles: list[str], until: date | None) -> None:
    Membership.objects.filter(pk=seat(table, "Bao")).update(roles=roles, until=until)


SOON, LATE, PAST = date(2026, 7, 1), date(2026, 12, 31), date(2026, 5, 1)


def test_old_roles_do_not_come_back_with_a_new_invitation(table: Table) -> None:
    limited(table, ["administrator"], PAST)
    assert again(table, "reader") == (("reader",), None)
    limited(table, ["administrator"], NOW.date())
    assert again(table, "reader") == (("reader", "administrator"), NOW.date()), "alive today still"


def test_neither_old_nor_new_roles_last_longer_than_they_were_given_for(table: Table) -> None:
    limited(table, ["agent"], SOON)
    assert again(table, "reader", until=LATE) == (("reader", "agent"), SOON)
    limited(table, ["reader"], None)
    assert again(table, "agent", until=SOON) == (("reader", "agent"), SOON)
    limited(table, ["agent"], SOON)
    assert again(table, "agent", until=LATE) == (("agent",), LATE), (
        "what they had is given for longer"
    )
    limited(table, ["member", "agent"], SOON)
    assert again(table, "agent") == (("member", "agent"), SOON), "nothing new is given"


def test_an_invitation_puts_no_end_to_the_last_who_may_invite(table: Table) -> None:
    secret = invite(table.slug, label="Ana", told_roles=["evaluator"], until=SOON, by=table.coordinator, now=NOW)  # fmt: skip
    with pytest.raises(Refused, match="last_who_may_invite"):
        accept_invitation(secret, by=table.coordinator, now=NOW)
    assert invitation_for(secret, now=NOW) is not None, "nothing was taken"
    joined(table.slug, table.coordinator, table.member, "coordinator")
    accept_invitation(secret, by=table.coordinator, now=NOW)


def test_the_operator_invites_again_where_those_who_could_are_over_or_gone(table: Table) -> None:
    seats = Membership.objects.filter(workspace_id=table.id)
    told = {"label": "x", "told_roles": ["coordinator"], "by": None}
    with pytest.raises(Refused, match="workspace_is_peopled"):
        invite(table.slug, **told, now=NOW)  # type: ignore[arg-type]
    seats.update(until=NOW.date())
    with pytest.raises(Refused, match="workspace_is_peopled"):
        invite(table.slug, **told, now=NOW)  # type: ignore[arg-type]
    assert invite(table.slug, **told, now=NOW + timedelta(days=1))  # type: ignore[arg-type]
    seats.update(until=None)
    Account.objects.filter(pk=table.coordinator.id).update(is_active=False)
    assert invite(table.slug, **told, now=NOW)  # type: ignore[arg-type]


def test_an_account_is_opened_with_its_invitation_or_not_at_all(table: Table) -> None:
    secret = invite(table.slug, label="Éli", told_roles=["reader"], by=table.coordinator, now=NOW)
    told = {"email": "eli@example.org", "name": "Éli", "password": "x" * 14, "lang": "fr"}
    revoke_invitation(table.slug, Invitation.objects.latest("pk").pk, by=table.coordinator, now=NOW)
    with pytest.raises(NotFound, match="unknown_invitation"):
        join_with_new_account(secret, **told, now=NOW)
    assert not Account.objects.filter(email="eli@example.org").exists()
    secret = invite(table.slug, label="Éli", told_roles=["reader"], by=table.coordinator, now=NOW)
    made = join_with_new_account(secret, **told, now=NOW)
    assert [one.person.name for one in members_of(table.id) if one.person.id == made.pk] == ["Éli"]
