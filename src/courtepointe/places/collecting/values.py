"""Our forms, and what people contribute with them, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions import AnswerStatus, GeoPoint
from courtepointe.formats.xlsform import Texts, XlsForm

CONSENT = "consent"
CONSENT_VERSION = "consent_version"
FILLED_ON = "filled_on"
"""Names of the questions that every form of ours has."""


class Visibility(StrEnum):
    """Who may see a contribution once it is reviewed, from the widest to the narrowest."""

    PUBLIC = "public"
    MEMBERS = "members"
    REVIEWERS = "reviewers"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The words that somebody agrees to.

    Attributes
    ----------
    version : str
        Every filled form carries it: another wording is another version.
    on : date
        Since when these are the words.
    """

    version: str
    on: date
    text: Texts


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A form of ours, and what its answers are for.

    Attributes
    ----------
    code : str
        How commands and pages name it.
    form : XlsForm
        Asks for consent first; nothing else is asked of whoever does not agree.
    kind : str
        Of its contributions: ``asset``, ``vulnerability``, ``observation``.
    turns : str
        Address of the repeat of which each turn is a contribution; empty: the form is one.
    persons : frozenset of str
        Categories that are people: they have a zone and no point.
    roles : mapping of path -> role
        What each question is for, by its whole address: ``category``, ``point``, ``zone``,
        ``text``, ``choice``, ``count``, ``day``, ``direction``, ``confidence``, ``visibility``,
        ``photo``.
    """

    code: str
    form: XlsForm
    consent: ConsentText
    kind: str
    turns: str
    persons: frozenset[str]
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Consent:
    """That somebody agreed: to which words, on which day."""

    version: str
    given_on: date


@dataclass(frozen=True, slots=True)
class Clue:
    """Something in a text that may tell who somebody is: for whoever reviews it to look at.

    Attributes
    ----------
    question : str
    kind : str
        ``email``, ``telephone``, ``dwelling``, ``person``.
    found : str
        The words themselves.
    """

    question: str
    kind: str
    found: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody noted of a place, an asset or a spot of a walk, before anybody reviewed it.

    Attributes
    ----------
    kind : str
        ``asset``, ``vulnerability``, ``observation``.
    instance_id : str
        Of the filled form; with `turn` it names the contribution, however often it is imported.
    earlier : frozenset of str
        Other identifiers of the same filled form, where it was corrected: what was imported under
        one of them is this.
    turn : int
        Which turn of the form's repeat, from 1; 0 where the form is one contribution.
    category : tuple of str
        The class of an asset; what makes a place fragile; what an observation is about.
    point : GeoPoint or None
        Never of people.
    zone : str
        A corner of the neighbourhood in words.
    texts, choices, counts : mappings of question -> what was said
    silences : mapping of question -> AnswerStatus
        Where the answer is that there is none: not known, not applicable, no answer. What was not
        asked or left empty is in none of these mappings.
    direction : str
        ``strength``, ``fragility``, or empty.
    confidence : str
        ``own_eyes``, ``hearsay``, ``guess``, or empty.
    day : date
        When it was seen; else when the form was filled.
    visibility : Visibility
        The narrowest, where nothing was said.
    clues : tuple of Clue
    """

    kind: str
    instance_id: str
    turn: int
    form: str
    form_version: str
    category: tuple[str, ...]
    consent: Consent
    day: date
    visibility: Visibility
    earlier: frozenset[str] = frozenset()
    point: GeoPoint | None = None
    zone: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    silences: Mapping[str, AnswerStatus] = field(default_factory=dict)
    direction: str = ""
    confidence: str = ""
    photos: tuple[str, ...] = ()
    clues: tuple[Clue, ...] = ()

    @property
    def key(self) -> tuple[str, int]:
        """What names it, however often it is imported."""
        return self.instance_id, self.turn


@dataclass(frozen=True, slots=True)
class Contributions:
    """What filled forms contribute.

    Attributes
    ----------
    contributions : tuple of Contribution
        In the order of their keys.
    refused : tuple of str
        Identifiers of forms whose consent was not given: nothing of them is kept.
    told : tuple of BadInput
        ``contribution_without_consent_text``, ``contribution_point_of_a_person``,
        ``contribution_empty``, ``contribution_unread``.
    """

    contributions: tuple[Contribution, ...]
    refused: tuple[str, ...] = ()
    told: tuple[BadInput, ...] = ()
