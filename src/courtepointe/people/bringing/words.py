"""What is said of cells and columns, in French and in English."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import CellStatus, text_of
from courtepointe.people.bringing.reading.hours import ALL_WEEK, Span, by_days
from courtepointe.people.bringing.reading.lists import languages
from courtepointe.people.bringing.reading.phones import phone_text
from courtepointe.people.bringing.result import ROOM, Caution, CellFault
from courtepointe.people.bringing.shape import Field, Kind, Shape
from courtepointe.press.numbers import date_text, number
from courtepointe.press.words import typeset

LANGUAGES = ("fr", "en")
LONGEST_QUOTE = 60
MOST_CHOICES = 14
HIDDEN = "•••"
DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


@cache
def words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Read ``words.toml``: group -> key -> language -> text."""
    text = Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(group: str, key: str, *, lang: str, **slots: object) -> str:
    """Say the words of a key."""
    if lang not in LANGUAGES:
        raise BadInput("unknown_language", value=lang, expected=", ".join(LANGUAGES))
    return typeset(words()[group][key][lang], lang=lang).format(**slots)


def fault_text(fault: CellFault, shape: Shape, *, lang: str, sealed: bool = False) -> str:
    """Say what is wrong with a cell.

    Parameters
    ----------
    sealed : bool
        Whether what cells of personal fields hold is hidden.
    """
    field = shape.by_code[fault.field]
    value = HIDDEN if sealed and field.sealed else quoted(fault.value)
    return say("fault", fault.code, lang=lang, value=value, field=field.said(lang), row=fault.first_row)  # fmt: skip


def expected_text(fault: CellFault, shape: Shape, *, lang: str) -> str:
    """Say what was expected in a cell."""
    if fault.expected == ROOM:
        return ""
    if fault.expected == "unique":
        return say("expected", "unique", lang=lang)
    return field_text(shape.by_code[fault.field], lang=lang)


def field_text(field: Field, *, lang: str) -> str:
    """Say what a field takes."""
    said = [one.said(lang) for one in field.choices]
    choices = ", ".join(said[:MOST_CHOICES]) + (", …" if len(said) > MOST_CHOICES else "")
    return say(
        "expected", field.kind.value + _more(field), lang=lang, choices=choices, longest=field.longest,
        least=_bound(field.least), most=_bound(field.most), digits=field.digits,
    )  # fmt: skip


def _more(field: Field) -> str:
    """Choose the fuller words of a kind."""
    if field.kind == Kind.TEXT:
        return "_longest" if field.longest else ""
    if field.kind == Kind.CHOICE:
        return "_many" if field.many else ""
    if field.kind == Kind.DATE:
        return "_past" if field.past else ""
    if field.kind == Kind.INTEGER and field.least is not None and field.most is not None:
        return "_between"
    if field.kind in (Kind.INTEGER, Kind.AMOUNT, Kind.NUMBER) and field.least is not None:
        return "_least"
    return ""


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if abs(value) < 1e5 else f"{value:.0f}"


def whole_text(fault: CellFault, shape: Shape, *, lang: str, sealed: bool = False) -> str:
    """Say all of a fault: what is wrong, what was expected, what may be meant."""
    told = [
        fault_text(fault, shape, lang=lang, sealed=sealed),
        expected_text(fault, shape, lang=lang),
    ]
    hidden = sealed and shape.by_code[fault.field].sealed
    if fault.suggestion and not hidden:
        told.append(say("said", "perhaps", lang=lang, suggestion=fault.suggestion))
    return " ".join(filter(None, told))


def caution_text(caution: Caution, *, lang: str) -> str:
    """Say a caution."""
    told = {"column": caution.column, "heading": caution.heading, "n": number(caution.n, lang=lang)}
    return say("caution", caution.code, lang=lang, **told)


def quoted(value: object) -> str:
    """Give what a cell holds on one line, cut where it is long."""
    text = " ".join(text_of(value).split())  # type: ignore[arg-type]
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def shown(value: object, field: Field, *, lang: str) -> str:
    """Write a clean value as people of a language do; a column written so reads as the same values again."""
    if value is None or isinstance(value, CellStatus):
        return "" if value is None else say("status", value.value, lang=lang)
    if isinstance(value, bool):
        return say("said", "yes" if value else "no", lang=lang)
    if isinstance(value, int | Decimal):
        return number(float(value), decimals=_decimals(value, field), lang=lang)
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.date):
        return date_text(value.isoformat(), lang=lang).replace("\u00a0", " ")
    if field.kind == Kind.HOURS:
        return hours_words(value, lang=lang)  # type: ignore[arg-type]
    if isinstance(value, tuple):
        return "; ".join(_named(str(one), field, lang) for one in value)
    return phone_text(str(value)) if field.kind == Kind.PHONE else _named(str(value), field, lang)


def _decimals(value: int | Decimal, field: Field) -> int:
    """Say how many decimals are shown: the cents of an amount, all that a measure has."""
    if isinstance(value, int):
        return 0
    ending = value.normalize().as_tuple().exponent
    return max(0, -int(ending)) if field.kind == Kind.NUMBER else 2


def _named(code: str, field: Field, lang: str) -> str:
    choices = languages() if field.kind == Kind.LANGUAGE else field.choices
    return next((one.said(lang) for one in choices if one.code == code), code)


def hours_words(spans: tuple[Span, ...], *, lang: str) -> str:
    """Write opening hours in words: *lundi au vendredi 9 h à 12 h et 13 h à 17 h; samedi 10 h à 16 h*."""
    if spans == ALL_WEEK:
        return say("said", "all_week", lang=lang)
    told = []
    for first, last, each in by_days(spans):
        times = say("said", "then", lang=lang).join(
            say(
                "said", "from_to", lang=lang, opens=_clock(opens, lang), closes=_clock(closes, lang)
            )
            for opens, closes in each
        )
        form = {0: "one_day", 1: "two_days"}.get(last - first, "many_days")
        days = {"first": DAYS[lang][first - 1], "last": DAYS[lang][last - 1]}
        told.append(say("said", form, lang=lang, times=times, **days))
    return "; ".join(told)


def _clock(at: dt.time, lang: str) -> str:
    if lang == "en":
        return at.strftime("%H:%M")
    return f"{at.hour} h" + (f" {at.minute:02d}" if at.minute else "")
