"""What `courtepointe portraits index` says of an index, in French and English."""

from __future__ import annotations

import math
from typing import Any

from courtepointe.core.composite.coherence import NONE, Caution, Coherence
from courtepointe.formats.composite import IndexMeta
from courtepointe.press.numbers import number

SAID = {
    "fr": {
        "head": "{n_units} unités, {n_indicators} indicateurs, méthode {method} (empreinte {short})",
        "imputed": "valeurs imputées : {n_imputed}",
        "left_out": "laissées de côté, trop peu de valeurs connues : {0}",
        "drawn_in": "ramenées vers les autres (étapes) : {0}",
        "logged": "mises en logarithme : {0}",
        "unused_columns": "colonnes que iMeta ne connaît pas : {0}",
        "files": "écrit : {0}",
        "stands_out": "ce qui ressort – forces : {n_strengths}, points d’attention : {n_attention}, unités : {n_units} (stands_out.csv)",
        "warnings": "à surveiller :",
        "none": "aucune",
    },
    "en": {
        "head": "{n_units} units, {n_indicators} indicators, method {method} (hash {short})",
        "imputed": "imputed values: {n_imputed}",
        "left_out": "left out, too little known: {0}",
        "drawn_in": "drawn in (steps): {0}",
        "logged": "on a logarithm: {0}",
        "unused_columns": "columns that iMeta does not know: {0}",
        "files": "written: {0}",
        "stands_out": "what stands out – strengths: {n_strengths}, points of attention: {n_attention}, units: {n_units} (stands_out.csv)",
        "warnings": "to beware of:",
        "none": "none",
    },
}
CAUTIONS = {
    "fr": {
        Caution.ALPHA_NEGATIVE: "{node} : ses parties tirent en sens contraires (alpha {value})",
        Caution.ALPHA_LOW: "{node} : ses parties vont peu ensemble (alpha {value}, sous {limit})",
        Caution.AGAINST_PARENT: "{node} va contre {other} (corrélation {value}) : son sens est-il le bon ?",
        Caution.NO_LINK: "{node} n’est guère lié à {other} (corrélation {value}, sous {limit})",
        Caution.COUNTS_TWICE: "{node} et {other} disent la même chose (corrélation {value}) : elle compte deux fois",
        Caution.UNEQUAL_IN_EFFECT: "{node} compte {value} fois plus que {other} dans l’indice, à poids égaux",
        Caution.PCA_TURNS: "des poids tirés de la première composante compteraient {node} à rebours dans {other} ({value})",
        Caution.BACKWARDS: "{node} est compté à rebours dans {other} (poids {value} dans la première composante) : son sens est-il le bon ?",
        Caution.DIRECTION_UNREAD: "la direction de {node} n’est lue par aucune moyenne : seul « count » lit celle d’un agrégat",
        Caution.LITTLE_KNOWN: "dans une unité au moins, {value} du poids de {node} seulement a été observé (sous {limit}) ; le reste est imputé (coverage.csv)",
        Caution.FEW_UNITS: "{value} unités seulement : de la force des liens entre indicateurs, rien n’est dit (il en faut {limit})",
    },
    "en": {
        Caution.ALPHA_NEGATIVE: "{node}: its parts pull against each other (alpha {value})",
        Caution.ALPHA_LOW: "{node}: its parts hardly go together (alpha {value}, under {limit})",
        Caution.AGAINST_PARENT: "{node} goes against {other} (correlation {value}): is its direction right?",
        Caution.NO_LINK: "{node} is hardly linked to {other} (correlation {value}, under {limit})",
        Caution.COUNTS_TWICE: "{node} and {other} say the same (correlation {value}): it counts twice",
        Caution.UNEQUAL_IN_EFFECT: "{node} counts {value} times as much as {other} in the index, with equal weights",
        Caution.PCA_TURNS: "weights from the first component would count {node} backwards in {other} ({value})",
        Caution.BACKWARDS: "{node} is counted backwards in {other} (loading {value} on the first component): is its direction right?",
        Caution.DIRECTION_UNREAD: "the direction of {node} is read by no mean: only “count” reads that of an aggregate",
        Caution.LITTLE_KNOWN: "in one unit at least, only {value} of the weight of {node} was observed (under {limit}); the rest is imputed (coverage.csv)",
        Caution.FEW_UNITS: "{value} units only: nothing is said of how strongly indicators go together (it takes {limit})",
    },
}  # fmt: skip


def warnings_told(meta: IndexMeta, told: Coherence, lang: str) -> list[str]:
    """Write each warning as a sentence, codes as in iMeta."""
    return [
        CAUTIONS[lang][one.caution].format(
            node=meta.codes[one.node],
            other="" if one.other == NONE else meta.codes[one.other],
            value=_written(one.value, lang),
            limit=_written(one.limit, lang),
        )
        for one in told.warnings
    ]


def _written(told: float, lang: str) -> str:
    """Write a number; a correlation with what does not vary has none."""
    if not math.isfinite(told):
        return "—"
    return number(told, lang=lang, decimals=0 if abs(told) > 1.0 and told.is_integer() else 2)


def lines_of(told: dict[str, Any], warnings: list[str], lang: str) -> list[str]:
    """Tell a summary for people: what was done to the data, what to beware of, what was written."""
    said = SAID[lang]
    drawn = [f"{code} ({points})" for code, points in told["drawn_in"].items()]
    lines = [
        said["head"].format(**told, short=told["method_sha256"][:12]),
        said["imputed"].format(**told),
    ]
    for key, listed in (
        ("left_out", told["left_out"]), ("drawn_in", drawn), ("logged", told["logged"]),
    ):  # fmt: skip
        lines.append(said[key].format(", ".join(listed) or said["none"]))
    if told["unused_columns"]:
        lines.append(said["unused_columns"].format(", ".join(told["unused_columns"])))
    sides = told["stands_out"].values()
    counts = {
        f"n_{side}": sum(len(one[side]) for one in sides) for side in ("strengths", "attention")
    }
    lines.append(said["stands_out"].format(**counts, n_units=len(sides)))
    if warnings:
        lines += [said["warnings"], *(f"  {one}" for one in warnings)]
    return [*lines, said["files"].format(", ".join(told["files"]))]
