"""The kinds of studies: how the answer of each is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.studies import (  # fmt: skip
    siting_printed,
    siting_told,
    stress_page,
    stress_printed,
    stress_told,
)
from courtepointe.hubs.queries.studies import StudySeen
from courtepointe.press.hubs.report import ReportPart


@dataclass(frozen=True, slots=True)
class StudyKind:
    """How a kind of study is told.

    Attributes
    ----------
    name : str
        What it is called.
    told : function
        What the template of an answer needs, of a workspace and a study.
    question : function
        The question as lines of (what, how): of what is asked, in a language.
    lead : function
        The answer in a sentence, for lists, comparisons and the head of the report; of a result and what
        was asked, in a language.
    notes : function
        How it was counted, in sentences.
    printed : function
        Parts of its report, of a workspace and a study.
    compared : function
        Rows of (what, answer of each study), for studies side by side.
    """

    name: str | Promise
    told: Callable[[Space, StudySeen], dict[str, Any]]
    question: Callable[..., list[tuple[str, str]]]
    lead: Callable[..., str]
    notes: Callable[..., list[str]]
    printed: Callable[[Space, StudySeen], list[ReportPart]]
    compared: Callable[..., Sequence[tuple[str, Sequence[str]]]]

    def template(self, code: str) -> str:
        """Name the template of the answer."""
        return f"site/studies/parts/{code}.html"


KINDS: Mapping[str, StudyKind] = {
    "siting": StudyKind(
        _("Where the next hub could stand"), siting_told.told, siting_told.question,
        siting_told.lead, siting_told.notes, siting_printed.printed, siting_told.compared,
    ),
    "stress": StudyKind(
        _("What holds when things fail"), stress_page.told, stress_told.question,
        stress_told.lead, stress_told.notes, stress_printed.printed, stress_told.compared,
    ),
}  # fmt: skip
