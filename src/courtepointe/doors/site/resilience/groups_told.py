"""A group of the lens in words: what is counted of it, who of it was heard, what was observed of it beside everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtepointe.doors.site.resilience import telling
from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.territories import area_of, figures_of
from courtepointe.portraits.evidence.queries import heard
from courtepointe.portraits.resilience import lens
from courtepointe.portraits.resilience.framework import Group
from courtepointe.portraits.resilience.lens import GroupGap, GroupSeen
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.queries import every_observation, indicators_of
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.press.numbers import (
    amount,
    date_text,
    interval,
    number,
    rounded,
    signed,
    status_text,
)


@dataclass(frozen=True, slots=True)
class GroupTold:
    """A group of the lens, as a page or a printed portrait says it.

    Attributes
    ----------
    count : str
        What is counted of it, or why nothing is told.
    voices, answers : str
        Who was heard: in the evidence, in surveys; empty where nobody was.
    gaps : tuple of GroupGap
        What was observed of it, what is there before what lacks.
    unseen : tuple of IndicatorSeen
        Indicators that nobody observed of it.
    """

    seen: GroupSeen
    count: str
    voices: str
    answers: str
    gaps: tuple[GroupGap, ...]
    unseen: tuple[IndicatorSeen, ...]
    lang: str

    @property
    def group(self) -> Group:
        """The group itself."""
        return self.seen.group

    @property
    def is_counted(self) -> bool:
        """Whether somebody counted it, even where the count is not told."""
        return self.seen.known in (lens.COUNTED, lens.FEW)

    @property
    def is_heard(self) -> bool:
        """Whether something is there of what people of it say."""
        return bool(self.voices or self.answers)

    @property
    def known(self) -> list[str]:
        """What is there, in sentences."""
        counted = [self.count] if self.is_counted else []
        return [*counted, *(one for one in (self.voices, self.answers) if one)]

    @property
    def lacking(self) -> list[str]:
        """What nobody knows, in sentences."""
        counted = [] if self.is_counted else [self.count]
        return counted if self.is_heard else [*counted, _("Nobody of this group has been heard yet.")]  # fmt: skip

    @property
    def beside(self) -> list[tuple[str, str]]:
        """What was observed of it beside everybody, in words."""
        return [gap_text(gap, lang=self.lang) for gap in self.gaps]


def told_of_groups(
    space: Space, seen: PortraitSeen, some: Sequence[Group]
) -> tuple[GroupTold, ...]:
    """Say what is counted, heard and observed of groups in a portrait's territory."""
    area, lang = area_of(seen), space.lang
    figures = figures_of(area)
    publishers = {} if area is None else {one.code: one.publisher for one in area[0].pack.recipe.sources}  # fmt: skip
    voices = heard(space.seen, seen.number, now=space.now)
    indicators = sorted(indicators_of(space.seen.id, seen.number), key=lambda one: not one.asset)
    observed = every_observation(space.seen.id, seen.number)
    told = (
        _told(lens.counted(one, figures), voices.get(one.code, 0), indicators, observed, lang)
        for one in some
    )
    return tuple(_with_source(one, publishers) for one in told)


def _with_source(told: GroupTold, publishers: Mapping[str, str]) -> GroupTold:
    """Say beside a count who publishes it, and of when it is."""
    figure = told.seen.figure
    if figure is None or figure.value is None or told.seen.known != lens.COUNTED:
        return told
    by = dict.fromkeys(publishers.get(code, code) for code in figure.sources)
    day = date_text(figure.period, lang=told.lang) if figure.period else ""
    return replace(told, count=" · ".join(part for part in (told.count, *by, day) if part))


def _told(
    seen: GroupSeen,
    n_sources: int,
    indicators: Sequence[IndicatorSeen],
    observed: Mapping[int, Sequence[ObservationSeen]],
    lang: str,
) -> GroupTold:
    gaps = lens.gaps(indicators, seen, observed)
    return GroupTold(
        seen=seen,
        count=counted_text(seen, lang=lang),
        voices=voices_text(n_sources, lang=lang),
        answers=answers_text(indicators, seen.group, lang=lang),
        gaps=tuple(gap for gap in gaps if gap.known != lens.NOBODY),
        unseen=tuple(gap.indicator for gap in gaps if gap.known == lens.NOBODY),
        lang=lang,
    )


def voices_text(n: int, *, lang: str) -> str:
    """Say in how many sources of the evidence a group speaks; empty where in none."""
    if not n:
        return ""
    words = ngettext(
        "This group speaks in %(n)s source of the evidence.",
        "This group speaks in %(n)s sources of the evidence.",
        n,
    )
    return words % {"n": number(n, lang=lang)}


def answers_text(indicators: Sequence[IndicatorSeen], group: Group, *, lang: str) -> str:
    """Say whether surveys tell what a group answered; empty where none asked."""
    kept = [one.by_group[group.code] for one in indicators if group.code in one.by_group]
    n = sum(one.status == "answered" for one in kept)
    if n:
        words = ngettext(
            "A survey tells what they answer, for %(n)s indicator.",
            "Surveys tell what they answer, for %(n)s indicators.",
            n,
        )
        return words % {"n": number(n, lang=lang)}
    if any(one.status == "suppressed" and one.digest for one in kept):
        return _("A survey asked who is of this group; what they answered is not told: it would speak of a few people, or of nobody.")  # fmt: skip
    return ""


def counted_text(one: GroupSeen, *, lang: str) -> str:
    """Say what is counted of a group, or that nobody counts it."""
    words = {"group": one.group.name.in_(lang), "least": number(one.group.least, lang=lang)}
    if one.known == lens.NOBODY:
        return _("Nobody counts this group here: how many they are is not known.")
    if one.known == lens.FEW:
        return _("The count is not told: it would tell of fewer than %(least)s people.") % words
    assert one.figure is not None
    if one.figure.value is None:
        return _("The atlas gives no count here: %(why)s.") % {"why": status_text(one.figure.status, lang=lang)}  # fmt: skip
    told = amount(one.figure.value, unit=one.figure.unit, lang=lang, in_words=True)
    if one.figure.low is None or one.figure.high is None or one.figure.low == one.figure.high:
        return told
    return f"{told} ({interval(one.figure.low, one.figure.high, unit=one.figure.unit, lang=lang)})"


def gap_text(gap: GroupGap, *, lang: str) -> tuple[str, str]:
    """Say an indicator of a group beside everybody: people first, where their number can be told."""
    name = gap.indicator.name.in_(lang)
    if gap.known == lens.FEW or gap.own is None:
        return name, _("Observed, and not told: it would tell of a few people.")
    unit = gap.indicator.unit
    own = telling.value_text(gap.own, unit, lang=lang)
    every = telling.value_text(gap.every, unit, lang=lang)
    beside = _("They: %(own)s; everybody: %(every)s.") % {"own": own, "every": every}
    if gap.points is None:
        return name, beside
    return name, f"{_people(gap, lang)} {beside}"


def _people(gap: GroupGap, lang: str) -> str:
    if gap.distinguishable is None:
        return _("The error of one of the two is not known: nobody can tell whether they differ.")
    if not gap.distinguishable:
        return _("They and everybody cannot be told apart.")
    if gap.people is None or gap.points is None:
        points = signed(gap.points or 0.0, unit=gap.indicator.unit, decimals=1, lang=lang)
        return _("They differ from everybody by %(points)s.") % {"points": points}
    n = _about(abs(gap.people))
    told = {"people": amount(n, unit="persons", lang=lang, in_words=True)}
    if gap.people > 0.0:
        return _("If they were like everybody, about %(people)s more of them would be counted here.") % told  # fmt: skip
    return _("If they were like everybody, about %(people)s fewer of them would be counted here.") % told  # fmt: skip


def _about(people: float) -> float:
    """Round a number of people as little as is known of it: to 10 from 100 on, else to 5."""
    step = 10.0 if people >= 100.0 else 5.0
    return max(step, step * float(rounded(people / step, decimals=0)))
