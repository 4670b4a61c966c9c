"""The history in words: what was written, as people call it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey
from django.utils.translation import gettext

from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.space.values_told import ACCOUNT, Teller, field_of
from courtepointe.people.fields import field_words, inside_words
from courtepointe.people.queries.accounts import names_of
from courtepointe.people.queries.history import EMPTY, row_names
from courtepointe.people.values import Change
from courtepointe.press.words import typeset

FROM_OUTSIDE = frozenset({
    "readings.reply", "readings.votecast", "readings.votecount", "engagement.registration", "engagement.registrationneed",
    "partners.tie", "partners.asked",
})  # fmt: skip
"""What people write who have no account here: with a code, or by a link."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a change, as people call it; empty where it said nothing."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Told:
    """A change, and what it was made on in words."""

    change: Change
    what: str
    verb: str
    fields: tuple[Field, ...]

    @property
    def by(self) -> str:
        """Who wrote it; nobody is named where a telephone or a public page sent it, or a rule did it."""
        if self.change.by:
            return self.change.by
        if self.change.what in FROM_OUTSIDE and self.change.verb in ("created", "changed"):
            return gettext("somebody, from a telephone or a public page")
        return gettext("the operator")


def changes_told(changes: Sequence[Change], space: Space) -> list[Told]:
    """Put changes of a workspace in words."""
    verbs = {
        "created": gettext("added"),
        "changed": gettext("changed"),
        "removed": gettext("removed"),
        "undone": gettext("undone"),
        "destroyed": gettext("destroyed"),
    }
    teller = Teller(space.lang, _names(changes, space.seen.id))
    return [
        Told(one, _named(one.what), verbs.get(one.verb, one.verb), tuple(_fields(one, teller)))
        for one in changes
    ]


def _names(changes: Iterable[Change], workspace_id: int) -> Mapping[str, Mapping[int, str]]:
    """Give the names of the rows and people that changes point to: a question for each kind."""
    asked: dict[str, set[int]] = defaultdict(set)
    for one in changes:
        for name, was, now in one.fields:
            known = field_of(one.what, name)
            if isinstance(known, ForeignKey):
                keys = {value for value in (was, now) if isinstance(value, int)}
                asked[known.related_model._meta.label_lower] |= keys
    people = names_of(asked.pop(ACCOUNT, set()))
    rows = {kind: row_names(workspace_id, kind, keys) for kind, keys in asked.items() if keys}
    return {**rows, ACCOUNT: people}


def _fields(one: Change, teller: Teller) -> Iterator[Field]:
    """Give the fields that say something before or after; the workspace is the page's own."""
    for name, was, now in one.fields:
        inside = inside_words(one.what, name)
        if name == "workspace" or (was in EMPTY and now in EMPTY):
            continue
        if inside is not None and all(isinstance(one, dict) or one in EMPTY for one in (was, now)):
            yield from _parts(was or {}, now or {}, inside, teller)
            continue
        words = field_words(one.what, name)
        yield Field(_word(words, teller.lang), *(_value(one.what, name, v, teller) for v in (was, now)))  # fmt: skip


def _value(what: str, name: str, value: Any, teller: Teller) -> str:
    """Say a value; what holds others, and is not told in parts, is not repeated in the history."""
    return "…" if isinstance(value, Mapping) and value else teller.said(what, name, value)


def _parts(
    was: Mapping[str, Any], now: Mapping[str, Any], inside: Mapping[str, Words], teller: Teller
) -> Iterator[Field]:
    for name in dict.fromkeys([*was, *now]):
        before, after = was.get(name), now.get(name)
        if before != after:
            words = inside.get(name, Words(name, name))
            yield Field(_word(words, teller.lang), *(teller.said("", name, v) for v in (before, after)))  # fmt: skip


def _word(words: Words, lang: str) -> str:
    told = typeset(words.in_(lang), lang=lang)
    return f"{told[:1].upper()}{told[1:]}"


def _named(what: str) -> str:
    """Name a kind of row as people call it: its model says how."""
    try:
        return str(apps.get_model(what)._meta.verbose_name).capitalize()
    except (LookupError, ValueError):
        return what
