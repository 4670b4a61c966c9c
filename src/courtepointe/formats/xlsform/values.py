"""A form as plain frozen values: what is asked, in which order, in which languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from courtepointe.formats.xlsform.kinds import Kind, is_listed, kinds
from courtepointe.formats.xlsform.names import is_name

Texts: TypeAlias = Mapping[str, str]
"""A text in each language, by the language's code."""
NO_LANGUAGE = "default"
"""Code of the language of a form that names none."""
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of a form.

    Attributes
    ----------
    code : str
        ``fr``; the name where the form gives no code; ``default`` where it names no language.
    name : str
        ``Français``, as whoever fills the form reads it.
    """

    code: str
    name: str = ""

    @property
    def heading(self) -> str:
        """What stands behind ``label::``: ``Français (fr)``; empty where no language is named."""
        if self.code == NO_LANGUAGE:
            return ""
        return self.name if self.name == self.code else f"{self.name} ({self.code})"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers of a list; `more` holds the other columns of its row."""

    name: str
    label: Texts = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question, note or calculation.

    Attributes
    ----------
    kind : str
        One of `courtepointe.formats.xlsform.kinds.kinds`.
    choices : str
        Name of the list of choices, or of the file that has them.
    or_other : bool
        Something else may be typed in, in a question named ``…_other``.
    relevant, constraint, calculation : str
        XPath over ``${names}``; empty: none.
    more : mapping of column -> cell
        Columns that are kept and written as they are.
    """

    kind: str
    name: str
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    choices: str = ""
    or_other: bool = False
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    constraint_message: Texts = field(default_factory=dict)
    calculation: str = ""
    appearance: str = ""
    default: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def spec(self) -> Kind:
        """Its kind."""
        return kinds()[self.kind]

    @property
    def asks(self) -> bool:
        """Whether somebody is asked to answer."""
        return not self.spec.silent and self.spec.answer != "nothing"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions together; of a repeat there may be none, one or many.

    Attributes
    ----------
    count : str
        How many times a repeat is asked, where the form fixes it.
    """

    name: str
    parts: tuple[Part, ...]
    label: Texts = field(default_factory=dict)
    repeat: bool = False
    relevant: str = ""
    count: str = ""
    appearance: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


Part: TypeAlias = Question | Group


@dataclass(frozen=True, slots=True)
class Placed:
    """A question and the groups around it, the outermost first."""

    question: Question
    groups: tuple[Group, ...] = ()

    @property
    def path(self) -> str:
        """Its address in the form: ``walk/observation/what``."""
        return "/".join((*(group.name for group in self.groups), self.question.name))

    @property
    def repeat(self) -> str:
        """Address of the innermost repeat around it; empty where there is none."""
        names = [group.name for group in self.groups]
        inner = max((n for n, group in enumerate(self.groups, 1) if group.repeat), default=0)
        return "/".join(names[:inner])

    @property
    def within(self) -> str:
        """Its address inside that repeat."""
        return self.path.removeprefix(f"{self.repeat}/")


@dataclass(frozen=True, slots=True)
class XlsForm:
    """A form.

    Attributes
    ----------
    id, version : str
        Every submission carries both.
    title : Texts
    languages : tuple of Language
        The first one is shown first.
    parts : tuple of Question or Group
    choices : mapping of list -> tuple of Choice
    settings : mapping of column -> cell
        Other settings, kept and written as they are.
    consent : str
        Name of the question that asks for consent: the first one that is asked; empty where the
        form asks for none.
    """

    id: str
    version: str
    title: Texts
    languages: tuple[Language, ...]
    parts: tuple[Part, ...]
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    consent: str = ""

    def __post_init__(self) -> None:
        if not self.languages or not self.parts:
            raise ValueError("a form has a language and a question")
        _check_siblings(self.parts)
        for placed in self.questions():
            question = placed.question
            if question.kind not in kinds():
                raise ValueError(f"no kind of question is named {question.kind}")
            if is_listed(question.spec, question.choices) and question.choices not in self.choices:
                raise ValueError(f"{question.name}: no list is named {question.choices}")
        if self.consent and self.consent != self.first_asked:
            raise ValueError("consent is asked before anything else")

    @property
    def first_asked(self) -> str:
        """Name of the first question that expects an answer; empty where none does."""
        asked = (one.question for one in self.questions() if one.question.asks)
        return next((question.name for question in asked), "")

    def questions(self) -> Iterator[Placed]:
        """Give every question in its order, with the ones that « something else » adds."""
        yield from _placed(self.parts, ())

    def repeats(self) -> tuple[str, ...]:
        """Give the addresses of the repeats, outer ones before inner ones."""
        return tuple(_repeats(self.parts, ""))

    def names_of(self, listed: str) -> tuple[str, ...]:
        """Give the names of the choices of a list."""
        return tuple(choice.name for choice in self.choices.get(listed, ()))


def _check_siblings(parts: Sequence[Part]) -> None:
    seen: set[str] = set()
    for part in parts:
        if not is_name(part.name) or part.name.casefold() in seen:
            raise ValueError(f"a name that is none, or that stands twice: {part.name}")
        seen.add(part.name.casefold())
        if isinstance(part, Group):
            _check_siblings(part.parts)


def _placed(parts: Sequence[Part], groups: tuple[Group, ...]) -> Iterator[Placed]:
    for part in parts:
        if isinstance(part, Group):
            yield from _placed(part.parts, (*groups, part))
            continue
        yield Placed(part, groups)
        if part.or_other:
            yield Placed(Question("text", f"{part.name}_{OTHER}"), groups)


def _repeats(parts: Sequence[Part], above: str) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Group):
            path = f"{above}{part.name}"
            if part.repeat:
                yield path
            yield from _repeats(part.parts, f"{path}/")
