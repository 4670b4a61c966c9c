"""Roles, rights, kinds of workspaces and sets to share, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.lists import entries, in_both, worded

FOLDER = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Role:
    """What a person does in a workspace, and what that lets them do."""

    code: str
    name: Words
    rights: frozenset[str]


@cache
def rights() -> Mapping[str, Words]:
    """Give each right with what it lets a person do."""
    table: Mapping[str, Mapping[str, object]] = entries(FOLDER / "roles.toml")["rights"]
    return {code: in_both(entry) for code, entry in table.items()}


@cache
def roles() -> Mapping[str, Role]:
    """Give the roles, in the order in which they are offered."""
    table: Mapping[str, Mapping[str, Iterable[str]]] = entries(FOLDER / "roles.toml")["roles"]
    return {
        code: Role(code, in_both(entry), frozenset(entry["rights"]))
        for code, entry in table.items()
    }


@cache
def kinds() -> Mapping[str, Words]:
    """Give the kinds of workspaces."""
    return worded(FOLDER / "kinds.toml")


@cache
def shared_sets() -> Mapping[str, Words]:
    """Give what a workspace may show to another."""
    return worded(FOLDER / "sharing.toml")


def rights_of(held: Iterable[str]) -> frozenset[str]:
    """Join the rights of roles; a role that is known no more gives none."""
    known = roles()
    return frozenset().union(*(known[role].rights for role in held if role in known))
