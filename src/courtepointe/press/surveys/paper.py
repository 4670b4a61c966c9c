"""The form of a survey on paper, as PDF/UA-1: in any language of our letters, and no words but the survey's own."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.press.attestations.setting import print_paper
from courtepointe.press.patches import patch_mark
from courtepointe.press.templates.values import Paper
from courtepointe.press.words import LANGUAGES, typeset

LAYOUT = Path(__file__).with_name("form.typ")
SCRIPTS = (
    "LATIN",
    "CANADIAN SYLLABICS",
    "MODIFIER LETTER",
    "FEMININE ORDINAL",
    "MASCULINE ORDINAL",
)
"""What our faces can print."""


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question as it is printed.

    Attributes
    ----------
    options : tuple of str
        Boxes to tick; empty: a line to write on.
    many : bool
        Whether several may be ticked: square boxes, else round ones.
    lines : int
        Lines to write on.
    when : str
        ``3 → Yes``: of whom it is asked; empty: of everybody.
    about : bool
        Whether it asks about who answers.
    """

    text: str
    options: tuple[str, ...] = ()
    many: bool = False
    lines: int = 0
    when: str = ""
    about: bool = False


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form to print.

    Attributes
    ----------
    lang : str
        Code of its language.
    about : str
        Stands before the questions about who answers.
    """

    title: str
    intro: str
    consent: str
    agree: str
    about: str
    workspace: str
    mark: str
    made: date
    lang: str
    questions: tuple[PaperQuestion, ...]

    def __post_init__(self) -> None:
        if not self.questions:
            raise BadInput("survey_paper_empty")
        for letter in set("".join(self.texts())):
            known = unicodedata.name(letter, "").startswith(SCRIPTS)
            if unicodedata.category(letter)[0] == "L" and not known:
                raise BadInput("survey_paper_script", value=letter)

    def texts(self) -> tuple[str, ...]:
        """Give all that is printed."""
        asked = (one for each in self.questions for one in (each.text, each.when, *each.options))
        return (self.title, self.intro, self.consent, self.agree, self.about, *asked)


def write_form(made: PaperForm, *, fonts: Path, paper: Paper | str = Paper.LETTER) -> bytes:
    """Print a form.

    Raises
    ------
    BadInput
        ``unknown_paper``.
    """

    def say(text: str) -> str:
        return typeset(text, lang=made.lang) if made.lang in LANGUAGES else text

    told = {
        "title": say(made.title),
        "intro": say(made.intro),
        "consent": say(made.consent),
        "agree": say(made.agree),
        "about": say(made.about),
        "workspace": made.workspace,
        "mark": patch_mark(made.mark),
        "questions": [
            {
                "text": say(one.text),
                "options": [say(each) for each in one.options],
                "many": one.many,
                "lines": one.lines,
                "when": say(one.when),
                "about": one.about,
            }
            for one in made.questions
        ],
    }
    return print_paper(str(LAYOUT), told, lang=made.lang, made=made.made, fonts=fonts, paper=paper)
