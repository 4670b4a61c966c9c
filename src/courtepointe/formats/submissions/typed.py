"""Headings and cells to answers, as the versions of a form say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions.answers import Pieces, UnreadableError, answer_to, statuses
from courtepointe.formats.submissions.raw import RawNode
from courtepointe.formats.submissions.roles import role_of
from courtepointe.formats.submissions.scope import ADDRESS, Asked, Meaning, Scopes
from courtepointe.formats.submissions.values import MISSING, Answer, AnswerStatus, Filled
from courtepointe.formats.tables.values import as_text
from courtepointe.formats.xlsform import XlsForm

Cells = dict[tuple[str, str], tuple[str, Any]]


class Typer:
    """Reads nodes by the questions of a form; what is wrong, and what is worth knowing, gathers.

    Parameters
    ----------
    forms : sequence of XlsForm
        Versions of one form; none: every cell is a text, under its heading.

    Attributes
    ----------
    faults : list of BadInput
        ``submission_value``, ``submission_heading_ambiguous``, ``submission_repeats_elsewhere``.
    told : list of BadInput
        ``submission_contradicts_itself``, ``submission_nowhere``.
    unknown : mapping of (file, heading)
        In the order found.
    known : set of str
        Files in which at least one heading is a question, other than that of consent.
    """

    def __init__(self, forms: Sequence[XlsForm]) -> None:
        self.scopes = Scopes(forms)
        self.faults: list[BadInput] = []
        self.told: list[BadInput] = []
        self.unknown: dict[tuple[str, str], None] = {}
        self.known: set[str] = set()
        self._consents = {form.consent for form in forms}
        self._ambiguous: set[tuple[str, str]] = set()

    def filled(self, node: RawNode, version: str, repeat: str = "") -> Filled:
        """Read a node, and its turns."""
        if not self.scopes.forms:
            return _as_text(node)
        answers = {
            path: answer
            for path, pieces in self._pieces(node, repeat).items()
            if (answer := self._answer(node, path, pieces, version, repeat)) is not MISSING
        }
        for name in node.elsewhere:
            self.faults.append(BadInput("submission_repeats_elsewhere", file=node.file, row=node.row, column=name))  # fmt: skip
        repeats: dict[str, tuple[Filled, ...]] = {}
        for name, turns in node.repeats.items():
            path = self.scopes.repeat_named(repeat, name)
            if path is None:
                self.unknown[node.file, name] = None
            else:
                told = tuple(self.filled(turn, version, path) for turn in turns)
                repeats[path] = repeats.get(path, ()) + told
        return Filled(answers, repeats)

    def _pieces(self, node: RawNode, repeat: str) -> dict[str, Cells]:
        """Gather the cells that tell of each question."""
        found: dict[str, Cells] = {}
        for heading, cell in node.cells.items():
            meaning = self._meaning(node, heading, repeat)
            if meaning is None:
                continue
            asked = self.scopes.scope(repeat).asked.get(meaning.path, [])
            if any(one.question.asks and one.question.name not in self._consents for one in asked):
                self.known.add(node.file)
            if meaning.part != ADDRESS:
                pieces = found.setdefault(meaning.path, {})
                pieces.setdefault((meaning.part, meaning.choice), (heading, cell))
        return found

    def _meaning(self, node: RawNode, heading: str, repeat: str) -> Meaning | None:
        meanings = self.scopes.scope(repeat).meanings(heading)
        if len(meanings) == 1:
            return next(iter(meanings))
        if role_of(heading):
            return None
        if not meanings:
            self.unknown[node.file, heading] = None
        elif (node.file, heading) not in self._ambiguous:
            self._ambiguous.add((node.file, heading))
            expected = ", ".join(sorted({one.path for one in meanings}))
            self.faults.append(BadInput("submission_heading_ambiguous", file=node.file, row=node.row, column=heading, expected=expected))  # fmt: skip
        return None

    def _answer(self, node: RawNode, path: str, cells: Cells, version: str, repeat: str) -> Answer:
        """Read an answer as the version that was filled asks for it, else as any other one does."""
        asked = self.scopes.scope(repeat).asked[path]
        first: UnreadableError | None = None
        for one in sorted(asked, key=lambda one: one.version != version):
            try:
                answer = answer_to(one, Pieces(cells))
            except UnreadableError as error:
                first = first or error
                continue
            self._tell(node, one, answer)
            return answer
        assert first is not None
        self.faults.append(
            BadInput(
                "submission_value", file=node.file, row=node.row, column=first.heading,
                value=first.value[:80], expected=first.expected,
            )
        )  # fmt: skip
        return MISSING

    def _tell(self, node: RawNode, asked: Asked, answer: Answer) -> None:
        """Say what is odd without being wrong."""
        at = {"file": node.file, "row": node.row, "column": asked.question.name}
        value = answer.value
        if isinstance(value, tuple) and asked.question.spec.answer == "many":
            odd = [name for name in value if name in statuses()]
            if odd:
                self.told.append(BadInput("submission_contradicts_itself", **at, value=" ".join(map(str, value))))  # fmt: skip
        elif getattr(value, "is_nowhere", False):
            self.told.append(BadInput("submission_nowhere", **at))


def _as_text(node: RawNode) -> Filled:
    """Keep everything as text, under its heading: nobody said what was asked."""
    answers = {}
    for heading, cell in node.cells.items():
        text = (as_text(cell) or "").strip()
        if text and not role_of(heading):
            answers[heading] = Answer(AnswerStatus.GIVEN, text)
    repeats: Mapping[str, list[RawNode]] = node.repeats
    return Filled(answers, {name: tuple(map(_as_text, turns)) for name, turns in repeats.items()})
