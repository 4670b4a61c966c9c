"""Three people, and one who left: a coordinator, a member of the same table, a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from courtepointe.people.actions import (
    accept_invitation,
    end_seat,
    invite,
    open_account,
    open_workspace,
)
from courtepointe.people.actions.workspaces import Described
from courtepointe.people.queries import members_of, person_of, workspace_named
from courtepointe.people.values import Person

NOW = datetime(2026, 6, 1, 15, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Passwords are hashed slowly on purpose; tests have hundreds of accounts."""


@dataclass(frozen=True)
class Table:
    """A round-table and the people around it."""

    slug: str
    id: int
    coordinator: Person
    member: Person
    former: Person
    stranger: Person
    other: str


def person(name: str) -> Person:
    """Open an account."""
    account = open_account(
        email=f"{name.lower()}@example.org",
        name=name,
        password=PASSWORD,
        lang="fr",
        now=NOW,
    )
    return person_of(account)


def workspace(name: str, kind: str, first: Person) -> str:
    """Open a workspace with its first coordinator."""
    slug = open_workspace(Described(name, kind), by=None, now=NOW)
    secret = invite(slug, label=first.name, told_roles=["coordinator", "administrator"], by=None, now=NOW)  # fmt: skip
    accept_invitation(secret, by=first, now=NOW)
    return slug


def joined(slug: str, by: Person, who: Person, *roles: str) -> None:
    """Have somebody join with roles."""
    secret = invite(slug, label=who.name, told_roles=roles, by=by, now=NOW)
    accept_invitation(secret, by=who, now=NOW)


def table_and_around() -> Table:
    """Open a table with its coordinator, a member, a former member; and a stranger's own workspace."""
    ana, bao, cleo, dov = (person(name) for name in ("Ana", "Bao", "Cléo", "Dov"))
    slug = workspace("Table de quartier de Vieux-Moulin", "table", ana)
    joined(slug, ana, bao, "member")
    joined(slug, ana, cleo, "agent")
    seats = {one.person.name: one.number for one in members_of(_id(slug))}
    end_seat(slug, seats["Cléo"], by=ana, now=NOW, why="son contrat est fini")
    other = workspace("Fondation de l’Île", "funder", dov)
    return Table(slug, _id(slug), ana, bao, cleo, dov, other)


def _id(slug: str) -> int:
    found = workspace_named(slug)
    assert found is not None
    return found.id
