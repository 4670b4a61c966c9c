"""A field's value as people read it: a day in words, a yes, a code by its name, a row by its number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext

from courtepointe.people.fields import code_words
from courtepointe.press.numbers import date_text, number
from courtepointe.press.words import typeset

ACCOUNT = "people.account"
LONGEST = 600
"""Letters of a value that are shown: minutes of a meeting are read on its own page."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Who puts values in words.

    Attributes
    ----------
    names : mapping
        ``app.model`` -> key -> the name of a row; of an account, its person's.
    """

    lang: str
    names: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def said(self, model: str, name: str, value: Any) -> str:
        """Say what a field of a kind of rows (``app.model``) holds, as JSON keeps it; empty for nothing."""
        if value in (None, "", [], {}):
            return ""
        table = code_words(model, name)
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if table:
            return ", ".join(self._code(table, one) for one in _codes(value, table))
        if isinstance(value, list):
            return ", ".join(_shortly(one) for one in value)
        if isinstance(value, Mapping):
            return json.dumps(value, ensure_ascii=False)
        return self._plain(field_of(model, name), value)

    def person(self, value: int) -> str:
        """Name whose account it is."""
        return self.names.get(ACCOUNT, {}).get(value, gettext("a person"))

    def _code(self, table: Mapping[str, Any], code: object) -> str:
        words = table.get(str(code))
        return str(code) if words is None else typeset(words.in_(self.lang), lang=self.lang)

    def _plain(self, known: models.Field[Any, Any] | None, value: Any) -> str:
        if isinstance(known, models.ForeignKey):
            kind = known.related_model._meta.label_lower
            if kind == ACCOUNT:
                return self.person(value)
            unnamed = gettext("number %(number)s") % {"number": value}
            return self.names.get(kind, {}).get(value, unnamed)
        if isinstance(known, models.DateField):
            return moment_told(str(value), lang=self.lang)
        if isinstance(known, models.DecimalField | models.FloatField):
            return number(float(value), decimals=2, lang=self.lang)
        return str(value)[:LONGEST] + ("…" if len(str(value)) > LONGEST else "")


def _codes(value: Any, table: Mapping[str, Any]) -> list[Any]:
    """Give the codes that a field holds: a list, one, or several with a space between."""
    if isinstance(value, list):
        return value
    return [value] if str(value) in table else str(value).split(" ")


def _shortly(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def moment_told(iso: str, *, lang: str) -> str:
    """Write an ISO day in words, and the time of a moment, where the site stands; else as it stands."""
    try:
        moment = parse_datetime(iso) if "T" in iso or " " in iso else None
    except ValueError:
        return iso
    if moment is None:
        return date_text(iso, lang=lang)
    here = localtime(moment) if is_aware(moment) else moment
    return f"{date_text(here.date().isoformat(), lang=lang)}, {here:%H:%M}"


def field_of(model: str, name: str) -> models.Field[Any, Any] | None:
    """Find a field of a kind of rows; None where neither is there any more."""
    try:
        found = apps.get_model(model)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, models.Field) else None
