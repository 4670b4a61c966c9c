"""The history in words: what was written, as people call it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext

from courtepointe.people.values import Change


@dataclass(frozen=True, slots=True)
class Told:
    """A change, and what it was made on in words."""

    change: Change
    what: str
    verb: str


def changes_told(changes: Iterable[Change]) -> list[Told]:
    """Put changes in words."""
    verbs = {
        "created": gettext("added"),
        "changed": gettext("changed"),
        "removed": gettext("removed"),
        "undone": gettext("undone"),
        "destroyed": gettext("destroyed"),
    }
    return [Told(one, _named(one.what), verbs.get(one.verb, one.verb)) for one in changes]


def _named(what: str) -> str:
    """Name a kind of row as people call it: its model says how."""
    try:
        return str(apps.get_model(what)._meta.verbose_name).capitalize()
    except LookupError:
        return what
