"""A portrait as the two tables of an index, for whoever wants one: the portrait itself makes none.

What the portrait scores stands in the tree with the weight that it has there; what it does not score is a
column without a place in it. The scale itself stands beside the neighbourhood as units of their own, so that
one neighbourhood is enough for an index, and no other moves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from courtepointe.core.composite import Imputation, Method, Scale
from courtepointe.core.composite.uncertainty import Doubt
from courtepointe.doors.resilience_data.tables import Told, names_of
from courtepointe.formats.composite import IndexMethod, method_text
from courtepointe.formats.composite.made import Node, data_file, meta_file
from courtepointe.portraits.resilience.numbers import IndicatorSeen
from courtepointe.portraits.resilience.scoring import effective_weights

TOP = "portrait"
SCALE = {
    0: {"fr": "Ce que vaut 0", "en": "What 0 means"},
    50: {"fr": "À mi-chemin", "en": "Half way"},
    100: {"fr": "Ce que vaut 100", "en": "What 100 means"},
}
"""Units that stand beside the neighbourhood: an index asks for four, and the portrait’s scale is made of no other place."""
ABOUT = {
    "fr": "Chaque indicateur entre les bornes fixes du portrait ; chaque dimension, moyenne de ses indicateurs avec leurs poids du portrait. Le nœud « portrait » additionne les dimensions : le portrait lui-même ne le fait pas.",
    "en": "Each indicator between the portrait’s fixed goalposts; each dimension, the mean of its indicators with their weights in the portrait. The node “portrait” adds dimensions up: the portrait itself does not.",
}
ASSUMES = {
    "fr": (
        "Une dimension peut en racheter une autre : c’est à qui calcule l’indice d’en répondre.",
    ),
    "en": ("A dimension may make up for another: whoever computes the index answers for that.",),
}
SOURCES = ("Courtepointe, docs/methods/resilience.md",)


def index_files(told: Told, some: Mapping[str, IndicatorSeen], lang: str) -> dict[str, bytes]:
    """Write ``iData.csv``, ``iMeta.csv`` and the ``method.toml`` that goes with them."""
    chosen = [one for one in told["indicators"] if one["left_out"] is None]
    weights = effective_weights([some[one["code"]] for one in chosen])
    scored = {one["dimension"] for one in told["scores"] if one["score"] is not None}
    held = [(one, _in_tree(one, weights, scored)) for one in chosen]
    meta = meta_file([*_indicators(held, weights, lang), *_aggregates(told, scored, lang)])
    tree = [one for one, inside in held if inside]
    return {
        "iData.csv": data_file([one["code"] for one in chosen], _units(told, chosen, lang)),
        "iMeta.csv": meta,
        "method.toml": method_text(_method(tree), [one["code"] for one in tree]).encode(),
    }


def value_of(one: Mapping[str, Any]) -> float | None:
    """Give the newest value of everybody."""
    some = (each["value"] for each in one["observations"] if each["newest"] and not each["group"])
    value: float | None = next(some, None)
    return value


def _in_tree(one: Mapping[str, Any], weights: Mapping[str, float], scored: set[str]) -> bool:
    return one["dimension"] in scored and weights[one["code"]] > 0.0 and value_of(one) is not None


def _indicators(held: list[tuple[Mapping[str, Any], bool]], weights: Mapping[str, float], lang: str) -> Iterator[Node]:  # fmt: skip
    for one, inside in held:
        direction = 1 if one["goalposts"][0]["more_is_better"] else -1
        yield Node(
            1, one["code"], one["name"][lang], direction, weights[one["code"]], one["dimension"],
            "Indicator" if inside else "Other", one["unit"],
        )  # fmt: skip


def _aggregates(told: Told, scored: set[str], lang: str) -> Iterator[Node]:
    names = names_of(told, lang)
    for one in told["scores"]:
        if (code := one["dimension"]) in scored:
            yield Node(2, code, names[code], 1, 1.0, TOP, "Aggregate")
    yield Node(3, TOP, told["portrait"]["name"], 1, 1.0, "", "Aggregate")


def _units(told: Told, chosen: list[Mapping[str, Any]], lang: str) -> Iterator[tuple[str, str, Mapping[str, float | None]]]:  # fmt: skip
    portrait = told["portrait"]
    yield portrait["uid"], portrait["name"], {one["code"]: value_of(one) for one in chosen}
    for share, words in SCALE.items():
        values = {one["code"]: _at(one["goalposts"][0], share / 100.0) for one in chosen}
        yield f"goalposts-{share}", words[lang], values


def _at(posts: Mapping[str, Any], share: float) -> float:
    """Give the value that stands so far between the goalposts, from the worse to the better."""
    ends = (posts["low"], posts["high"])
    worse, better = ends if posts["more_is_better"] else reversed(ends)
    return float(worse + share * (better - worse))


def _method(tree: list[Mapping[str, Any]]) -> IndexMethod:
    ends = [[float(one["goalposts"][0][end]) for end in ("low", "high")] for one in tree]
    method = Method(
        imputation=Imputation.NONE,
        treatment=None,
        scale=Scale.GOALPOSTS,
        goalposts=np.array(ends).reshape(-1, 2),
    )
    return IndexMethod("resilience-goalposts", ABOUT, method, None, Doubt(), ASSUMES, SOURCES)
