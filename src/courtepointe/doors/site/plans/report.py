"""The community resilience plan, by the press: PDF to adopt and hand round, Word to go on with, a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courtepointe.doors.site.hubs.telling import capital
from courtepointe.doors.site.hubs.telling import named as hub_named
from courtepointe.doors.site.plans.frame import word
from courtepointe.doors.site.space.frame import Space
from courtepointe.plans.contents import PlanAction, PlanContent
from courtepointe.plans.kinds import words_of
from courtepointe.plans.queries.plans import PlanSeen
from courtepointe.portraits.readings.kinds import words_of as words_of_readings
from courtepointe.press.document.values import Term
from courtepointe.press.hubs.report import (
    ReportPart,
    ReportTable,
    StudyReport,
)
from courtepointe.press.numbers import date_text

SHORT = 12
"""Letters of a mark that are enough to cite it."""
DASH = "—"


def plan_report(space: Space, seen: PlanSeen) -> StudyReport:
    """Set a plan as it is printed."""
    content, line, lang = seen.content, seen.line, space.lang
    standing = _standing(seen, lang)
    return StudyReport(
        kind=_("Community resilience plan"),
        title=line.title,
        workspace_word=_("Workspace"),
        workspace=content.workspace,
        mark=space.seen.slug,
        lang=lang,
        parts=list(_parts(seen, lang)),
        notes_heading=_("Sources"),
        notes=tuple(_notes(content, lang)),
        citation=_("%(workspace)s, “%(title)s”, version %(version)s, Courtepointe.") % {
            "workspace": content.workspace, "title": line.title, "version": line.version,
        },
        foot=f"{standing}{_mark(seen)}",
        pack="",
        dated=content.read_on.isoformat(),
        terms=tuple(Term(name, told) for name, told in _terms(seen, standing, lang) if told),
        template="plan", has_figures=False,
    )  # fmt: skip


def _terms(seen: PlanSeen, standing: str, lang: str) -> Iterator[tuple[str, str]]:
    yield _("Territory"), seen.content.territory
    yield pgettext("plan", "Cycle"), _between(seen.line.starts, seen.line.ends, lang)
    yield pgettext("plan", "Version"), str(seen.line.version)
    yield pgettext("plan", "Standing"), standing


def _between(starts: date | None, ends: date | None, lang: str) -> str:
    return " – ".join(_day(one, lang) for one in (starts, ends) if one is not None)


def _day(day: date | None, lang: str) -> str:
    return date_text(day.isoformat(), lang=lang) if day else DASH


def _standing(seen: PlanSeen, lang: str) -> str:
    """Say by which decision it was adopted, or that it is a draft."""
    line = seen.line
    if line.adopted is None:
        return _("Draft of %(day)s") % {"day": _day(seen.content.read_on, lang)}
    told = {"label": line.decision, "day": _day(line.adopted, lang)}
    return _("Adopted by decision %(label)s on %(day)s") % told


def _mark(seen: PlanSeen) -> str:
    return f" · {seen.digest[:SHORT]}" if seen.digest else ""


def _parts(seen: PlanSeen, lang: str) -> Iterator[ReportPart]:
    content = seen.content
    tables: Mapping[str, tuple[ReportTable, ...]] = {
        "readings": tuple(_readings(content, lang)),
        "priorities": tuple(_priorities(content, lang)),
        "actions": tuple(_actions(content, lang)),
        "hubs": tuple(_hubs(content, lang)),
        "practice": tuple(_practice(content, lang)),
    }
    if seen.decision_text:
        yield ReportPart(_("The decision"), tuple(_paragraphs(seen.decision_text)))
    for code, words in words_of("sections").items():
        said = tuple(_paragraphs(content.texts.get(code, "")))
        found = tables.get(code, ())
        if said or found:
            yield ReportPart(words.in_(lang), said, tables=found, new_page=code == "actions")
    gaps = tuple(_gaps(content, lang))
    if gaps:
        yield ReportPart(_("What is still to be settled"), tables=gaps)


def _paragraphs(text: str) -> Iterator[str]:
    yield from (line for line in text.split("\n") if line.strip())


def _name(content: PlanContent, code: str, lang: str) -> str:
    fr, en = content.names.get(code, (code, code))
    return fr if lang == "fr" else en


def _readings(content: PlanContent, lang: str) -> Iterator[ReportTable]:
    states = words_of_readings("states")
    rows = tuple(
        (
            _name(content, one.dimension, lang),
            capital(states[one.found].in_(lang)) if one.found in states else DASH,
            (one.fr if lang == "fr" else one.en) or DASH,
            _validated(one.validated, one.validated_by, lang),
        )
        for one in content.readings
    )
    if rows:
        yield ReportTable(
            _("Shared readings"), (_("Dimension"), _("Read as"), _("What is read"), _("Agreed to by")),
            rows, (0.2, 0.13, 0.44, 0.23),
        )  # fmt: skip


def _validated(day: date | None, by: str, lang: str) -> str:
    return f"{by} ({_day(day, lang)})" if day else DASH


def _priorities(content: PlanContent, lang: str) -> Iterator[ReportTable]:
    rows = tuple(
        (one.statement, _name(content, one.dimension, lang), one.why or DASH)
        for one in content.priorities
    )
    if rows:
        yield ReportTable(_("Priorities"), (_("Priority"), _("Dimension"), _("Why")), rows, (0.4, 0.22, 0.38))  # fmt: skip


def _actions(content: PlanContent, lang: str) -> Iterator[ReportTable]:
    """Give a table of actions a priority, then of those without one; then what they are expected to move."""
    groups = [(one.number, one.statement) for one in content.priorities]
    held = {one.number for one in content.priorities}
    for number, caption in [*groups, (None, _("Other actions"))]:
        those = [one for one in content.actions if (one.priority if one.priority in held else None) == number]  # fmt: skip
        if those:
            columns = (_("What is done"), _("Who"), _("When"), _("With what"), _("What the institution does"))  # fmt: skip
            rows = tuple(_row(one, lang) for one in those)
            yield ReportTable(caption, columns, rows, (0.265, 0.175, 0.18, 0.15, 0.23))
    yield from _effects(content, lang)


def _row(one: PlanAction, lang: str) -> tuple[str, ...]:
    who = ", ".join(part for part in (one.lead, *one.partners) if part)
    when = _day(one.due, lang) if one.due else capital(word("horizons", one.horizon, lang=lang))
    cost = word("costs", one.cost, lang=lang) if one.cost else ""
    beside = " – ".join(part for part in (one.beside_by, one.beside) if part)
    state = word("states", one.state, lang=lang)
    done = f"{one.statement} ({state})"
    return (done, who or DASH, when, " · ".join(part for part in (one.means, cost) if part) or DASH, beside or DASH)  # fmt: skip


def _effects(content: PlanContent, lang: str) -> Iterator[ReportTable]:
    rows = tuple(
        (one.statement, effect.fr if lang == "fr" else effect.en, word("directions", effect.direction, lang=lang), _day(effect.by_day, lang))
        for one in content.actions for effect in one.effects
    )  # fmt: skip
    if rows:
        columns = (_("Action"), _("What would move"), _("Which way"), pgettext("day", "By"))
        yield ReportTable(_("Expected effects"), columns, rows, (0.36, 0.34, 0.14, 0.16))


def _hubs(content: PlanContent, lang: str) -> Iterator[ReportTable]:
    rows = tuple(
        (
            one.name,
            capital(hub_named("forms", one.form, lang=lang)),
            capital(hub_named("statuses", one.status, lang=lang)),
            capital(hub_named("levels", one.aim, lang=lang)),
            capital(hub_named("levels", one.reached, lang=lang)) if one.reached else pgettext("level", "none yet"),
        )
        for one in content.hubs
    )  # fmt: skip
    if rows:
        columns = (_("Hub"), pgettext("hub", "Form"), _("Status"), _("Level aimed at"), _("Level reached"))  # fmt: skip
        yield ReportTable(_("Hubs of the territory"), columns, rows)


def _practice(content: PlanContent, lang: str) -> Iterator[ReportTable]:
    rows = tuple(
        (capital(word("links", one.kind, lang=lang)), one.name) for one in content.practice
    )
    if rows:
        columns = (pgettext("plan", "Kind"), _("What, and when"))
        yield ReportTable(_("Trainings, activities and exercises"), columns, rows, (0.3, 0.7))


def _gaps(content: PlanContent, lang: str) -> Iterator[ReportTable]:
    rows = tuple(
        (one.statement, " ".join(word("gaps", code, lang=lang) for code in codes))
        for one, codes in content.gaps
    )
    if rows:
        columns = (_("Action or priority"), _("What is not settled yet"))
        yield ReportTable(_("Action by action"), columns, rows, (0.5, 0.5))


def _notes(content: PlanContent, lang: str) -> Iterator[str]:
    yield _("Read from the resilience portrait “%(portrait)s” as it stood on %(day)s.") % {
        "portrait": content.portrait, "day": _day(content.read_on, lang),
    }  # fmt: skip
    yield _("Dimensions: Patel, Rogers, Amlôt and Rubin (2017), PLOS Currents Disasters, in our words.")  # fmt: skip
    if content.n_ideas:
        yield _("Actions that are still ideas are not in the plan: %(n)s.") % {"n": content.n_ideas}
