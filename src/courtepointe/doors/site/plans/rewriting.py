"""Forms that write over what is kept: of two people who write at once, the second sees what the first wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.choices import flatten_choices
from django.utils.functional import Promise

from courtepointe.core.errors import Refused
from courtepointe.doors.site.gathering.deeds import Deed
from courtepointe.doors.site.plans.forms import AFTER
from courtepointe.press.numbers import date_text

DASH = "—"


def rewriting(
    do: str, button: str | Promise, act: Callable[..., None], make: Callable[..., forms.Form],
    title: str | Promise, *, lang: str,
) -> Deed:  # fmt: skip
    """Make a deed that writes over what its form began with; ``act`` takes what was typed, and ``after``.

    Where somebody wrote meanwhile, what was typed stays, what is kept now stands beside it, and the next
    attempt comes after that.
    """

    def on(typed: dict[str, Any]) -> None:
        told = {name: value for name, value in typed.items() if name != AFTER}
        try:
            act(dict(told), after=typed[AFTER])
        except Refused as error:
            if error.code == "plan_moved_on":
                deed.stands = list(_kept(deed.form, told, lang=lang))
                deed.form.data = {**_sent(deed.form), AFTER: deed.form.initial[AFTER]}
            raise

    deed = Deed(do, button, on, make, title)
    return deed


def _sent(form: forms.Form) -> dict[str, Any]:
    """Give what was sent, a word a field: unpacked as it stands, a query gives lists."""
    return {name: form.data[name] for name in form.data}


def _kept(form: forms.Form, typed: dict[str, Any], *, lang: str) -> Iterator[tuple[str, str]]:
    """Give what is kept of each field where it is not what was typed."""
    for name, field in form.fields.items():
        kept = _words(field, form.initial.get(name), lang=lang)
        if name in typed and kept != _words(field, typed[name], lang=lang):
            yield str(field.label), kept


def _words(field: forms.Field, value: Any, *, lang: str) -> str:
    if value is None or value == "":
        return DASH
    if isinstance(field, forms.ChoiceField):
        offered: Any = field.choices
        return str(dict(flatten_choices(offered)).get(str(value), value))
    if isinstance(value, date):
        return date_text(value.isoformat(), lang=lang)
    return str(value).replace("\r\n", "\n").strip() or DASH
