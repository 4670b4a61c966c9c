"""What a heading means: a question of one of the versions of a form, a part of it, one of its choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from courtepointe.formats.submissions.folded import folded
from courtepointe.formats.xlsform import Choice, Group, Part, Placed, Question, XlsForm

BETWEEN = ("/", "-", ".", ":", "::")
"""What places that keep submissions put between the names of groups."""
PARTS = {
    "Latitude": "latitude",
    "Longitude": "longitude",
    "Altitude": "altitude",
    "Accuracy": "accuracy",
}
KOBO_PARTS = {"latitude": "latitude", "longitude": "longitude", "altitude": "altitude", "precision": "accuracy"}  # fmt: skip
WHOLE = "whole"
CHOICE = "choice"
ADDRESS = "address"
"""Where a photograph may be fetched: not kept."""
SHEET_NAME = 31
"""Most letters of a sheet's name."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column says of a question.

    Attributes
    ----------
    path : str
        The question's address inside its repeat.
    part : str
        ``whole``; ``latitude``…; ``choice``; ``address``.
    choice : str
        Of a column for one choice of several.
    """

    path: str
    part: str = WHOLE
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in one version of a form, with its choices."""

    version: str
    question: Question
    choices: tuple[Choice, ...]
    labels: Mapping[str, str]
    """Name of each choice by the words of its label; what two choices share is left out."""


def asked_in(form: XlsForm, question: Question) -> Asked:
    """Take a question of a form with its choices."""
    choices = form.choices.get(question.choices, ())
    named: dict[str, set[str]] = {}
    for choice in choices:
        for label in choice.label.values():
            named.setdefault(folded(label), set()).add(choice.name)
    labels = {label: next(iter(names)) for label, names in named.items() if len(names) == 1}
    return Asked(form.version, question, choices, labels)


@dataclass(slots=True)
class Scope:
    """The questions of a form, or of one of its repeats.

    Attributes
    ----------
    tiers : three mappings of heading -> meanings
        By the whole address; by the name alone; by the words of the label.
    asked : mapping of path -> list of Asked
        One for each version that asks it.
    """

    tiers: tuple[dict[str, set[Meaning]], ...] = field(default_factory=lambda: ({}, {}, {}))
    asked: dict[str, list[Asked]] = field(default_factory=dict)
    _met: dict[str, set[Meaning]] = field(default_factory=dict)

    def meanings(self, heading: str) -> set[Meaning]:
        """Give what a heading may mean: nothing, one thing, or several."""
        if heading not in self._met:
            keys = (heading, heading, folded(heading))
            found = (tier[key] for tier, key in zip(self.tiers, keys, strict=True) if key in tier)
            self._met[heading] = next(found, set())
        return self._met[heading]

    def add(self, placed: Placed, form: XlsForm) -> None:
        """Learn a question of a version."""
        question, path = placed.question, placed.within
        asked = asked_in(form, question)
        self.asked.setdefault(path, []).append(asked)
        for tier, heading, meaning in _headings(placed, asked):
            if heading:
                self.tiers[tier].setdefault(heading, set()).add(meaning)

    def add_count(self, path: str) -> None:
        """Know how many turns of a repeat a form asked for, which says nothing more."""
        names = path.split("/")
        for mark in BETWEEN:
            self.tiers[0].setdefault(f"{mark.join(names)}_count", {Meaning(path, ADDRESS)})
        self.tiers[1].setdefault(f"{names[-1]}_count", {Meaning(path, ADDRESS)})


class Scopes:
    """What headings mean in the versions of a form.

    Parameters
    ----------
    forms : sequence of XlsForm
        Versions of one form.
    """

    def __init__(self, forms: Sequence[XlsForm]) -> None:
        self.forms = tuple(forms)
        self._scopes: dict[str, Scope] = {"": Scope()}
        self._repeats: dict[str, set[str]] = {}
        for form in forms:
            for placed in form.questions():
                self._scopes.setdefault(placed.repeat, Scope()).add(placed, form)
            for path, group in _repeats(form.parts, ()):
                self._scopes.setdefault(path, Scope())
                labels = {folded(label) for label in group.label.values()} - {""}
                names = {group.name, group.name[:SHEET_NAME], *labels}
                self._repeats.setdefault(path, set()).update(names)
        for path in self._repeats:
            self._scopes[self.around(path)].add_count(path.removeprefix(f"{self.around(path)}/"))

    def scope(self, repeat: str) -> Scope:
        """Give the questions of a repeat; of the form itself under the empty address."""
        return self._scopes[repeat]

    def repeats(self) -> tuple[str, ...]:
        """Give the addresses of all repeats."""
        return tuple(self._repeats)

    def everywhere(self) -> tuple[str, ...]:
        """Give the addresses of the repeats that every version has."""
        return tuple(p for p in self._repeats if all(p in form.repeats() for form in self.forms))

    def repeat_named(self, inside: str, name: str) -> str | None:
        """Find the repeat that a file names, inside another one; None where there is none."""
        for path, names in self._repeats.items():
            if self.around(path) != inside:
                continue
            within = path.removeprefix(f"{inside}/") if inside else path
            joined = {mark.join(within.split("/")) for mark in BETWEEN}
            if name in (joined | names | {path}) or folded(name) in names:
                return path
        return None

    def around(self, repeat: str) -> str:
        """Give the address of the repeat around another one; empty where there is none."""
        outer = (one for one in self._repeats if repeat.startswith(f"{one}/"))
        return max(outer, key=len, default="")


def _repeats(parts: Iterable[Part], above: tuple[str, ...]) -> Iterator[tuple[str, Group]]:
    """Give the repeats with their addresses, outer ones before inner ones."""
    for part in parts:
        if isinstance(part, Group):
            path = (*above, part.name)
            if part.repeat:
                yield "/".join(path), part
            yield from _repeats(part.parts, path)


def _headings(placed: Placed, asked: Asked) -> Iterator[tuple[int, str, Meaning]]:
    """Give the headings that a question may stand under, with the tier of each."""
    names = placed.within.split("/")
    for mark in BETWEEN:
        yield from _around(0, mark.join(names), names[-1], mark, asked, placed.within)
    yield from _around(0, placed.path, names[-1], "/", asked, placed.within)
    yield from _around(1, names[-1], names[-1], "/", asked, placed.within)
    for code, label in asked.question.label.items():
        groups = [group.label.get(code) or group.name for group in placed.groups]
        for whole in (label, "/".join((*groups, label))):
            yield from _labelled(whole, code, asked, placed.within)


def _around(
    tier: int, way: str, name: str, mark: str, asked: Asked, path: str
) -> Iterator[tuple[int, str, Meaning]]:
    """Give a heading and those that are made from it."""
    yield tier, way, Meaning(path)
    answer = asked.question.spec.answer
    if answer == "point":
        before = way[: len(way) - len(name)]
        for suffix, part in PARTS.items():
            yield tier, f"{way}-{suffix}", Meaning(path, part)
        for suffix, part in KOBO_PARTS.items():
            yield tier, f"{before}_{name}_{suffix}", Meaning(path, part)
    elif answer == "file":
        yield tier, f"{way}_URL", Meaning(path, ADDRESS)
    elif answer == "many":
        for choice in asked.choices:
            for between in {"/", mark}:
                yield tier, f"{way}{between}{choice.name}", Meaning(path, CHOICE, choice.name)


def _labelled(label: str, code: str, asked: Asked, path: str) -> Iterator[tuple[int, str, Meaning]]:
    yield 2, folded(label), Meaning(path)
    answer = asked.question.spec.answer
    if answer == "point":
        for suffix, part in KOBO_PARTS.items():
            yield 2, folded(f"_{label}_{suffix}"), Meaning(path, part)
    elif answer == "file":
        yield 2, folded(f"{label}_URL"), Meaning(path, ADDRESS)
    elif answer == "many":
        for choice in asked.choices:
            told = choice.label.get(code) or choice.name
            yield 2, folded(f"{label}/{told}"), Meaning(path, CHOICE, choice.name)
