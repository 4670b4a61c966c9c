"""Contributions in words, as a page of either language says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from courtepointe.atlas.recipe.values import Words
from courtepointe.places.assets.lists import (
    ASSETS,
    NEEDS,
    OPEN_TO,
    categories,
    dimensions,
    label,
    words,
)
from courtepointe.places.assets.values import ContributionSeen


@dataclass(frozen=True, slots=True)
class Told:
    """A contribution, and what it says in words.

    Attributes
    ----------
    answers : tuple of (question, answer)
        What is not said by the other fields.
    """

    one: ContributionSeen
    kind: str
    category: str
    needs: str
    open_to: str
    dimensions: str
    answers: tuple[tuple[str, str], ...]
    confidence: str
    direction: str
    visibility: str
    state: str
    source: str
    how: str


def kinds_told() -> dict[str, str]:
    """Name the kinds of contributions."""
    return {
        "asset": gettext("asset"),
        "vulnerability": gettext("note on a place"),
        "observation": gettext("observation of a walk"),
    }


def visibilities_told() -> dict[str, str]:
    """Say who may see a contribution once it is accepted, the narrowest first."""
    return {
        "reviewers": gettext("Only the people who review"),
        "workspace": gettext("The members of this workspace"),
        "partners": gettext("The members, and partners with a sharing agreement"),
        "public": gettext("Everyone"),
    }


def states_told() -> dict[str, str]:
    """Name where a contribution stands."""
    return {
        "proposed": gettext("waits for review"),
        "accepted": gettext("accepted by a reviewer"),
        "refused": gettext("refused by a reviewer"),
        "merged": gettext("joined to another"),
        "withdrawn": gettext("withdrawn for good"),
    }


def sources_told() -> dict[str, str]:
    """Name how a contribution came."""
    return {
        "hand": gettext("typed on this site"),
        "phone": gettext("filled on a telephone"),
        "workshop": gettext("keyed in from a sheet of a workshop"),
    }


def ways_told() -> dict[str, str]:
    """Say how consent was given."""
    return {
        "online": gettext("agreed on this site"),
        "phone": gettext("agreed on the telephone’s form"),
        "paper": gettext("agreed in writing"),
        "spoken": gettext("agreed by word of mouth"),
    }


def seen_told() -> dict[str, str]:
    """Say who can be recognised on a photograph."""
    return {
        "unknown": gettext("Not looked at yet"),
        "nobody": gettext("Nobody can be recognised"),
        "agreed": gettext("Whoever can be recognised agreed"),
    }


def joined(codes: Iterable[str], table: Mapping[str, Words], lang: str) -> str:
    """Write codes of a list as its words."""
    return ", ".join(table[code].in_(lang) if code in table else code for code in codes)


def told(one: ContributionSeen, *, lang: str) -> Told:
    """Put a contribution in words."""
    handled = one.handled
    return Told(
        one=one,
        kind=kinds_told().get(one.kind, one.kind),
        category=joined(one.category, categories(one.form), lang),
        needs=joined(one.needs, words(ASSETS, NEEDS), lang),
        open_to=joined(one.open_to, words(ASSETS, OPEN_TO), lang),
        dimensions=joined(one.dimensions, {code: held.name for code, held in dimensions().items()}, lang),
        answers=tuple(_answers(one, lang)),
        confidence=joined(filter(None, (one.confidence,)), words(one.form, "confidence"), lang),
        direction=joined(filter(None, (one.direction,)), words(one.form, "direction"), lang),
        visibility=visibilities_told().get(one.visibility, one.visibility),
        state=states_told().get(one.state, one.state),
        source=sources_told().get(handled.source, "") if handled else "",
        how=ways_told().get(handled.consent_how, "") if handled else "",
    )  # fmt: skip


def _answers(one: ContributionSeen, lang: str) -> Iterable[tuple[str, str]]:
    for name, text in one.texts.items():
        yield label(one.form, name).in_(lang), text
    for name, codes in one.choices.items():
        yield label(one.form, name).in_(lang), joined(codes, words(one.form, name), lang)
    for name, status in one.silences.items():
        yield label(one.form, name).in_(lang), joined([status], words(one.form, name), lang)
