"""The parts of a printed portrait: its profile, then each dimension with what was read, said, counted and decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from courtepointe.doors.site.evidence.section import what_people_say
from courtepointe.doors.site.hubs.telling import capital
from courtepointe.doors.site.plans.frame import word as plan_word
from courtepointe.doors.site.plans.section import of_dimension
from courtepointe.doors.site.readings.frame import read_of
from courtepointe.doors.site.readings.telling import SideTold
from courtepointe.doors.site.resilience.numbers_told import (
    Counted,
    Told,
    dimension_counted,
    profile_counted,
)
from courtepointe.doors.site.space.frame import Space
from courtepointe.portraits.readings.queries import replies_shown
from courtepointe.portraits.readings.values import ReadingSeen, ReplySeen
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.queries import dimensions_of
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.press.hubs.report import ReportPart, ReportTable, table_block
from courtepointe.press.numbers import date_text
from courtepointe.press.publication.values import Block, ChartBlock, TextBlock

MOST_QUOTED = 4
"""Quotes a direction: a portrait is read in an evening; the site holds the others."""
DASH = "—"
MONTH = len("2026-06")
"""Of a quote the month is told, here as on the site: a day may say who spoke."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a portrait prints, read once.

    Attributes
    ----------
    numbers : mapping of dimension to what its numbers say
    sources : tuple of str
        Whom the figures come from.
    """

    space: Space
    seen: PortraitSeen
    dimensions: Mapping[str, Dimension]
    sides: Sequence[SideTold]
    replies: Mapping[str, Sequence[ReplySeen]]
    numbers: Mapping[str, dict[str, Any]]
    profile: dict[str, Any]
    sources: tuple[str, ...]

    @classmethod
    def of(cls, space: Space, seen: PortraitSeen) -> Printed:
        """Read all that a portrait prints."""
        held = dimensions_of(space.seen.id)
        counted = Counted.of(space, seen)
        numbers = {code: dimension_counted(space, counted, one) for code, one in held.items()}
        lines = [one for told in numbers.values() for one in (*told["assets"], *told["lacks"])]
        return cls(
            space=space,
            seen=seen,
            dimensions=held,
            sides=read_of(space, seen.number).told,
            replies=replies_shown(seen, now=space.now),
            numbers=numbers,
            profile=profile_counted(space, counted),
            sources=tuple(dict.fromkeys(one.source for one in lines if one.one.has_value)),
        )


def profile_part(held: Printed) -> ReportPart:
    """Set the profile: the eight dots where there are any, and what was read of each dimension."""
    chart = held.profile["chart"]
    blocks: list[Block] = [ChartBlock(chart)] if chart is not None else []
    rows = tuple(
        (one.name, capital(one.state or _("not read together yet")), one.agreement or DASH)
        for one in held.sides
    )
    columns = (_("Dimension"), _("Read as"), _("Numbers and voices"))
    blocks.append(table_block(ReportTable(_("The dimensions, side by side and never added up"), columns, rows, (0.4, 0.3, 0.3))))  # fmt: skip
    return ReportPart(_("The profile"), blocks=tuple(blocks))


def dimension_part(held: Printed, one: SideTold) -> ReportPart:
    """Set a dimension: what was read together, what people say, what the numbers say, what is done."""
    blocks = [
        *_read(held, one),
        *_said(held, one),
        *_counted(held, one),
        *_done(held, one),
    ]
    return ReportPart(one.name, (one.about,), blocks=tuple(blocks))


def _read(held: Printed, one: SideTold) -> Iterator[Block]:
    told = [_("What people say: %(told)s") % {"told": one.voices}, *_numbers(one, held.space.lang)]
    if one.agreement:
        told.append(_("Together: %(agreement)s; read as %(state)s.") % {"agreement": one.agreement, "state": one.state})  # fmt: skip
    yield TextBlock(tuple(told))
    if one.text and one.reading is not None:
        yield TextBlock((one.text,), by=_agreed(one.reading, held.space.lang))
    for reply in held.replies.get(one.code, ()):
        by = _("Reply of %(who)s") % {"who": reply.told_by} if reply.told_by else _("Reply of a resident")  # fmt: skip
        yield TextBlock((reply.text,), by=by, quoted=True)


def _numbers(one: SideTold, lang: str) -> Iterator[str]:
    """Say the numbers as a group agreed to them, where it did; what they say today stands further down."""
    written = one.reading.number_view if one.reading else ""
    if written or not one.agreed:
        yield _("What the numbers say: %(told)s") % {"told": one.numbers}
    if one.agreed and one.agreed_on is not None:
        day = date_text(one.agreed_on.isoformat(), lang=lang)
        yield _("What the numbers said on %(day)s, when this was agreed to: %(told)s") % {"day": day, "told": one.agreed}  # fmt: skip


def _agreed(reading: ReadingSeen, lang: str) -> str:
    if reading.validated is None:
        return _("Nobody has agreed to this reading yet")
    day = date_text(reading.validated.isoformat(), lang=lang)
    return _("Agreed to by: %(who)s, %(day)s") % {"who": reading.validated_by, "day": day}


def _said(held: Printed, one: SideTold) -> Iterator[Block]:
    told = what_people_say(held.space, held.seen, held.dimensions[one.code])
    for name, direction in told["told"]:
        quotes = (*direction.first, *direction.others)[:MOST_QUOTED]
        for quote in quotes:
            day = date_text(quote.day.isoformat()[:MONTH], lang=held.space.lang)
            where = ", ".join(part for part in (capital(told["kinds"][quote.kind]), quote.place, day) if part)  # fmt: skip
            yield TextBlock((quote.text,), by=f"{capital(name)} – {where}", quoted=True)


def _counted(held: Printed, one: SideTold) -> Iterator[Block]:
    told = held.numbers[one.code]
    sentences = (told["score"], told["covers"], told["balance"], told["causes"], told["apart"])
    yield TextBlock(
        (" ".join(f"{capital(part).removesuffix('.')}." for part in sentences if part),)
    )
    if told["chart"] is not None:
        title = _("Each indicator with its interval")
        yield ChartBlock(replace(told["chart"], heading=title, title=title))
    lines = [*told["assets"], *told["lacks"]]
    if lines:
        columns = (_("Indicator"), _("Value"), _("Interval"), _("Source, date, what is known"))
        rows = tuple(_line(each, held.space.lang) for each in lines)
        yield table_block(ReportTable(_("Indicators, what is there first"), columns, rows, (0.3, 0.12, 0.2, 0.38)))  # fmt: skip


def _line(each: Told, lang: str) -> tuple[str, ...]:
    newest = each.one.newest
    day = date_text(newest.period, lang=lang) if newest else ""
    known = " · ".join(part for part in (each.source, day, each.status) if part)
    return (each.one.name.in_(lang), each.value, each.interval or DASH, known)


def _done(held: Printed, one: SideTold) -> Iterator[Block]:
    told = of_dimension(held.space, held.seen, held.dimensions[one.code])
    if told["priorities"]:
        named = "; ".join(each.statement for each in told["priorities"])
        yield TextBlock((_("Priorities: %(named)s.") % {"named": named},))
    lang = held.space.lang
    rows = tuple(
        (
            each.statement,
            each.lead or _("nobody yet"),
            date_text(each.due.isoformat(), lang=lang) if each.due else capital(plan_word("horizons", each.horizon, lang=lang)),
            capital(plan_word("states", each.state, lang=lang)),
        )
        for each in told["actions"]
    )  # fmt: skip
    if rows:
        columns = (_("Action"), _("Who"), _("When"), _("Standing"))
        yield table_block(ReportTable(_("Actions of this dimension"), columns, rows, (0.42, 0.24, 0.18, 0.16)))  # fmt: skip
