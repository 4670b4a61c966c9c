"""The report of a study, as it is printed."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.doors.served import Served, served
from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.studies.kinds import KINDS
from courtepointe.hubs.queries.studies import StudySeen
from courtepointe.press.hubs.report import (
    ReportPart,
    ReportTable,
    StudyReport,
)
from courtepointe.press.maps.credit import foot_of

SHORT = 12
"""Letters of a mark that are enough to cite it."""


def study_report(space: Space, seen: StudySeen) -> StudyReport:
    """Set an answered study as it is printed."""
    kind, lang = KINDS[seen.kind], space.lang
    parts = [
        ReportPart(_("In short"), (kind.lead(seen.asked, seen.result, lang=lang),)),
        *kind.printed(space, seen),
        ReportPart(_("What was asked"), tables=(ReportTable(_("The question, line by line"), (_("What"), _("How")), tuple(kind.question(seen.asked, lang=lang))),)),
    ]  # fmt: skip
    return StudyReport(
        kind=str(kind.name), title=seen.title, workspace_word=_("Workspace"),
        workspace=space.seen.name, mark=space.seen.slug, lang=lang, parts=parts,
        notes_heading=_("Data and method"), notes=_notes(seen, lang), citation=_citation(space, seen),
        foot=_foot(seen), pack=seen.pack, dated=localdate(seen.ended).isoformat() if seen.ended else "",
    )  # fmt: skip


def _notes(seen: StudySeen, lang: str) -> tuple[str, ...]:
    held = served()
    told: list[Any] = list(KINDS[seen.kind].notes(seen.asked, seen.result, lang=lang))
    told.append(
        _("The same question, the same atlas (%(pack)s), the same programme (%(method)s) and the same seed (%(seed)s) give the same answer, to the last digit; its mark: %(digest)s.")
        % {"pack": seen.pack, "method": seen.method, "seed": seen.seed, "digest": seen.digest}
    )  # fmt: skip
    if held.pack.content_hash == seen.pack.split()[0]:
        told += foot_of(held.atlas, (), lang=lang, sources=_sources(held))
    return tuple(one for one in told if one)


def _sources(held: Served) -> tuple[str, ...]:
    """Name the sources of the streets, and of the people along them."""
    ground = held.atlas.dot_ground(held.pack.recipe.fit.people) if held.pack.recipe.fit.people else None  # fmt: skip
    return (*held.pack.street_tables, *(ground.sources if ground else ()))


def _citation(space: Space, seen: StudySeen) -> str:
    return _("%(workspace)s, “%(title)s”, study %(digest)s, Courtepointe.") % {
        "workspace": space.seen.name, "title": seen.title, "digest": seen.digest[:SHORT],
    }  # fmt: skip


def _foot(seen: StudySeen) -> str:
    return _("Study %(digest)s · atlas %(pack)s") % {"digest": seen.digest[:SHORT], "pack": seen.pack[:SHORT]}  # fmt: skip
