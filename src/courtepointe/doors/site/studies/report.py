"""The report of a study, by the press: PDF to read and sign, Word to go on with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.doors.faces import paper_faces
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.documents import turn
from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.studies.kinds import KINDS
from courtepointe.hubs.queries.studies import StudySeen
from courtepointe.press.forms.pdf import write_pdf
from courtepointe.press.forms.registry import MEDIA, Form
from courtepointe.press.forms.word import write_docx
from courtepointe.press.hubs.report import (
    ReportPart,
    ReportTable,
    StudyReport,
    study_publication,
)
from courtepointe.press.maps.credit import foot_of
from courtepointe.press.publication.values import Publication

ENDINGS: Mapping[str, str] = {one.value: MEDIA[one] for one in (Form.PDF, Form.DOCX)}
SHORT = 12
"""Letters of a mark that are enough to cite it."""


def written_report(space: Space, seen: StudySeen, ending: str) -> bytes:
    """Write the report of an answered study."""
    made = study_publication(_report(space, seen))
    writers: Mapping[str, Callable[[Publication], bytes]] = {
        Form.PDF.value: lambda made: write_pdf(made, fonts=paper_faces(), paper="letter"),
        Form.DOCX.value: write_docx,
    }
    with turn():
        return writers[ending](made)


def _report(space: Space, seen: StudySeen) -> StudyReport:
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
