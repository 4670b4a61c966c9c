"""Options side by side, and groups apart: people and minutes first, a sentence for each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courtepointe.atlas.query.groups_on_foot import (
    Group,
    GroupTold,
    group_told,
    groups_named,
    groups_on,
    median_within,
)
from courtepointe.doors.served import Served
from courtepointe.doors.site.hubs.reach_asked import LIMITS, Asked, Found, query_of
from courtepointe.doors.site.hubs.reach_form import slider_text
from courtepointe.doors.site.hubs.reach_kept import ground_of
from courtepointe.doors.site.hubs.reach_options import MOST_KEPT, Option
from courtepointe.doors.site.hubs.reach_told import Line, lines_of, range_text, some_people
from courtepointe.doors.site.hubs.telling import capital
from courtepointe.hubs.queries.sites import PointSeen
from courtepointe.press.numbers import number, signed
from courtepointe.press.words import typeset

LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class Named:
    """Names for the options of a question: points have no name of their own, and take letters.

    Attributes
    ----------
    points : tuple of (latitude, longitude)
        In the order in which the address keeps them, the one in front last.
    """

    points: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, asked: Asked) -> Named:
        """Name the options of a question."""
        added = [one.added for one in (*asked.kept, asked.option)]
        points = [(at.latitude, at.longitude) for at in added if at is not None and not at.number]
        return cls(tuple(dict.fromkeys(points)))

    def place(self, place: PointSeen) -> str:
        """Name a place: by its name, or by its letter."""
        if place.number:
            return place.name
        letter = LETTERS[self.points.index((place.latitude, place.longitude))]
        return _("point %(letter)s") % {"letter": letter}

    def where(self, option: Option) -> str:
        """Say where an option's point is; nothing for a place that has a name."""
        at = option.added
        return "" if at is None or at.number else f"{at.latitude:.5f}, {at.longitude:.5f}"

    def title(self, option: Option) -> str:
        """Name an option by what it changes."""
        parts = []
        if option.added is not None:
            parts.append(_("with %(place)s") % {"place": self.place(option.added)})
        if option.outage_h:
            hours = slider_text("outage", option.outage_h)
            parts.append(_("%(hours)s without power") % {"hours": hours})
        if option.day is not None:
            parts.append(moment_text(option))
        return capital(", ".join(parts)) if parts else pgettext("option", "Today")


def moment_text(option: Option) -> str:
    """Say a day of the week and an hour."""
    day = str(WEEKDAYS[option.day or 0])
    return _("%(day)s at %(hour)s") % {"day": day, "hour": slider_text("hour", option.hour)}


@dataclass(frozen=True, slots=True)
class Beside:
    """An option in the table: its line, its words, and where its links lead.

    Attributes
    ----------
    option : Option
    line : Line
        All territories together, within the limit.
    title, where : str
        Its name; where its point is, as the form takes it.
    sentence : str
    minutes : str
        Within which half of the people are.
    difference : str
        People more or fewer than today; empty for today.
    see, drop : str
        Queries of the page with this option alone in front, and without it; empty where they lead nowhere.
    """

    option: Option
    line: Line
    title: str
    where: str
    people: str
    people_range: str
    left: str
    sentence: str
    minutes: str
    difference: str
    see: str
    drop: str
    is_here: bool


def options_asked(asked: Asked) -> tuple[Option, ...]:
    """Give what stands side by side: today, what is kept, and what is asked now if there is room."""
    told = [Option(), *asked.kept]
    if asked.option.code not in {one.code for one in told} and len(asked.kept) < MOST_KEPT:
        told.append(asked.option)
    return tuple(told)


def beside(asked: Asked, answers: Sequence[tuple[Option, Found]], *, lang: str) -> list[Beside]:
    """Tell options side by side; ``answers`` begins with today."""
    names = Named.of(asked)
    lines = [_line(found, asked.limit) for _option, found in answers]
    return [
        _beside(asked, names, option, found, (line, lines[0]), lang=lang)
        for (option, found), line in zip(answers, lines, strict=True)
    ]


def _line(found: Found, limit: int) -> Line:
    """Give the line of an option: what is reached with all that it changes."""
    told = lines_of(found.rows[:1])[LIMITS.index(limit)]
    return told if told.more is None else told.with_more()


def _beside(
    asked: Asked, names: Named, option: Option, found: Found, lines: tuple[Line, Line], *, lang: str
) -> Beside:
    line, today = lines
    kept = [one for one in asked.kept if one.code != option.code]
    is_kept = len(kept) < len(asked.kept)
    people, gain = line.people, None
    if people is not None and today.people is not None and not option.is_today:
        gain = people.even - today.people.even
    unknown = _("not known")
    return Beside(
        option=option,
        line=line,
        title=names.title(option),
        where=names.where(option),
        people=unknown if people is None else number(people.even, lang=lang),
        people_range="" if people is None else range_text(people.low, people.high, lang),
        left=unknown if people is None else number(people.left, lang=lang),
        sentence=_sentence(names.title(option), line, gain, lang),
        minutes=_minutes(found, lang),
        difference="" if gain is None else signed(gain, unit="persons", lang=lang),
        see=query_of(asked, option=option),
        drop=query_of(asked, kept=kept) if is_kept else "",
        is_here=option.code == asked.option.code,
    )


def _sentence(title: str, line: Line, gain: float | None, lang: str) -> str:
    people = line.people
    if people is None:
        return ""
    words = {
        "option": title, "n": line.limit, "left": some_people(people.left, lang),
        "people": some_people(people.even, lang),
    }  # fmt: skip
    if gain is None:
        return _("%(option)s: %(people)s within %(n)s minutes; still left out: %(left)s.") % words
    if gain == 0.0:
        return _("%(option)s: as many as today, %(people)s within %(n)s minutes.") % words
    words["gain"] = some_people(abs(gain), lang)
    if gain > 0.0:
        return _("%(option)s: %(gain)s more than today within %(n)s minutes; still left out: %(left)s.") % words  # fmt: skip
    return _("%(option)s: %(gain)s fewer than today within %(n)s minutes; then left out: %(left)s.") % words  # fmt: skip


def _minutes(found: Found, lang: str) -> str:
    """Say within how many minutes half of the people are."""
    living = ground_of(found.walked, found.shape).living
    if living is None:
        return _("not known")
    told = median_within(living, found.spots_min)
    if math.isnan(told):
        return _("not known")
    if math.isinf(told):
        return _("half or more reach none")
    return _("%(n)s minutes") % {"n": number(math.ceil(told - 1e-9), lang=lang)}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the table: how many it counts, and who of it reaches a hub, option by option.

    Attributes
    ----------
    cells : tuple of (str, str, str, str)
        Of each option its title, people, their range, and the share of the group.
    """

    label: str
    everyone: str
    cells: tuple[tuple[str, str, str, str], ...]
    note: str


def groups_of(held: Served, found: Found) -> tuple[Group, ...]:
    """Give the groups that the served atlas counts on its areas; read once."""
    ground = found.walked.ground
    if ground is None:
        return ()
    codes = groups_named()
    return held.shelf.take(
        ("groups on foot", ground.unit_type, codes), lambda: groups_on(held.atlas, ground, codes)
    )


def by_group(
    held: Served, asked: Asked, answers: Sequence[tuple[Option, Found]], *, lang: str
) -> list[GroupLine]:
    """Tell each group of the territories, option by option."""
    first, names = answers[0][1], Named.of(asked)
    told = []
    for group in groups_of(held, first):
        counts = [_told(group, found) for _option, found in answers]
        seen = [one for one in counts if one is not None and round(one.everyone) > 0]
        if len(seen) == len(answers):
            titles = [names.title(option) for option, _found in answers]
            told.append(_group_line(group, titles, seen, LIMITS.index(asked.limit), lang))
    return told


def _told(group: Group, found: Found) -> GroupTold | None:
    living, shares = ground_of(found.walked, found.shape).living, found.chief.shares
    return None if living is None or shares is None else group_told(group, living, shares)


def _group_line(
    group: Group, titles: Sequence[str], counts: Sequence[GroupTold], place: int, lang: str
) -> GroupLine:
    cells = tuple(
        (title, *_cell(one, place, lang)) for title, one in zip(titles, counts, strict=True)
    )
    notes = []
    if n := counts[0].n_unknown:
        notes.append(ngettext("not published in %(n)s area", "not published in %(n)s areas", n) % {"n": n})  # fmt: skip
    if not group.error_known:
        notes.append(_("a sample whose error is not published"))
    label = typeset(group.label.in_(lang), lang=lang)
    everyone = number(float(np.rint(counts[0].everyone)), lang=lang)
    return GroupLine(label, everyone, cells, capital(" · ".join(notes)))


def _cell(one: GroupTold, place: int, lang: str) -> tuple[str, str, str]:
    even, everyone = float(np.rint(one.even[place])), float(np.rint(one.everyone))
    low, high = (float(np.rint(way[place])) for way in (one.low, one.high))
    share = number(100.0 * even / everyone, lang=lang)
    percent = f"{share}\u00a0%" if lang == "fr" else f"{share}%"
    return number(even, lang=lang), range_text(low, high, lang), percent
