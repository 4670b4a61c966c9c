"""Comparisons as JSON: what an area is read against, its peers, what stands out, who may be both."""

from __future__ import annotations

from typing import Any

from courtepointe.atlas.query.joint import Joint
from courtepointe.atlas.query.peer_values import Peers, Reading, StandsOut
from courtepointe.atlas.recipe.values import Recipe
from courtepointe.press.comparisons import Comparison
from courtepointe.press.galley import Galley
from courtepointe.press.sentences import joint_sentence, standing_parts


def difference_json(comparison: Comparison) -> dict[str, Any]:
    """Write what lies between two figures, and whether they can be told apart."""
    gap = comparison.difference
    return {
        "indicator": comparison.figure.indicator,
        "difference": gap.difference,
        "margin": gap.margin,
        "distinguishable": gap.distinguishable,
    }


def peers_json(found: Peers, recipe: Recipe, *, lang: str) -> dict[str, Any]:
    """Write the peers of an area, and why these."""
    labels = {one.code: one.label.in_(lang) for one in recipe.indicators}
    group = found.group
    return {
        "group": group.code,
        "name": group.name.in_(lang),
        "reason": group.reason.in_(lang),
        "type": group.area_type,
        "standardisation": group.standardisation,
        "variables": [
            {
                "indicator": one.indicator,
                "label": labels[one.indicator],
                "value": one.own,
                "centre": one.centre,
                "spread": one.spread,
                "score": one.score,
                "weight": one.weight,
            }
            for one in found.variables
        ],
        "set_aside": [{"indicator": code, "reason": reason} for code, reason in found.set_aside],
        "peers": [
            {
                "area": str(one.key),
                "name": one.name.in_(lang),
                "distance": one.distance,
                "values": list(one.values),
                "contribution": list(one.contribution),
            }
            for one in found.peers
        ],
        "left_out": [{"area": str(key), "lacks": list(codes)} for key, codes in found.left_out],
        "overlapping": [str(key) for key in found.overlapping],
        "inputs_hash": found.inputs_hash,
    }


def standing_json(stands: StandsOut, galley: Galley) -> dict[str, Any]:
    """Write what stands out, and how it was decided."""
    parts, how = standing_parts(galley, stands)
    return {
        "readings": [_reading(one, lang=galley.lang) for one in stands.readings],
        "why_city": stands.why_city or None,
        "sentences": [
            sentence.text
            for part in parts
            for sentence in (part.lead, *(one.sentence for one in part.highlights))
        ],
        "how": [sentence.text for sentence in how],
    }


def _reading(reading: Reading, *, lang: str) -> dict[str, Any]:
    return {
        "among": reading.among.value,
        "name": None if reading.name is None else reading.name.in_(lang),
        "type": reading.area_type or None,
        "n_others": reading.n_others,
        "rate": reading.rate,
        "tested": [
            {
                "indicator": one.figure.indicator,
                "value": one.figure.value,
                "difference": one.difference,
                "least": one.least,
                "most": one.most,
                "n_others": one.n_others,
                "p_value": one.p_value,
                "least_rate": one.adjusted,
                "stands_out": one.stands_out,
            }
            for one in reading.tested
        ],
        "untested": {reason: list(codes) for reason, codes in reading.untested.items()},
    }


def joint_json(joint: Joint, galley: Galley) -> dict[str, Any]:
    """Write how many may be both, at least and at most, or why nothing can be said."""
    return {
        "first": joint.first.indicator,
        "second": joint.second.indicator,
        "universe": joint.universe,
        "reason": joint.reason or None,
        "low": joint.low,
        "high": joint.high,
        "low_share": joint.low_share,
        "high_share": joint.high_share,
        "base": joint.base,
        "n_units": joint.n_units,
        "n_units_missing": joint.n_units_missing,
        "errors_known": joint.errors_known,
        "sentence": joint_sentence(galley, joint).text,
    }
