"""One draw of an index after another, compiled: what `steps` does, without tables in between.

What no draw changes is done once: an indicator without doubt is put on a scale again only where the scale is another.
"""

from __future__ import annotations

import numpy as np

from courtepointe.core.composite.columns import (
    AMPI,
    FILL_DONOR,
    GOALPOSTS,
    redrawn,
    scaled,
    treated,
)
from courtepointe.core.composite.nodes import (
    GEOMETRIC,
    HARMONIC,
    gathered,
    turned,
    turned_mean,
)
from courtepointe.core.composite.noise import compiled


@compiled
def alike(choices, one, other):  # type: ignore[no-untyped-def]
    """Say whether two draws treat and scale indicators alike."""
    scale, ends, _, most_points, _ = choices
    same = scale[one] == scale[other] and most_points[one] == most_points[other]
    return same and ends[one, 0] == ends[other, 0] and ends[one, 1] == ends[other, 1]


@compiled
def moving(errors, known, fill):  # type: ignore[no-untyped-def]
    """Say which indicators differ from draw to draw: some value is in doubt, or has donors."""
    told = np.zeros(len(errors), dtype=np.bool_)
    for column in range(len(errors)):
        for unit in range(errors.shape[1]):
            told[column] |= errors[column, unit] > 0.0
            told[column] |= fill == FILL_DONOR and not known[column, unit]
    return told


@compiled
def draw_column(data, choices, rules, seed, draw, column, told):  # type: ignore[no-untyped-def]
    """Compute one indicator of one draw, of the units that are kept."""
    values, errors, known, groups, their, first, kept, polarity, posts = data
    scale, ends, _, most_points, _ = choices
    fill, limits, treats, logarithm, _ = rules
    drawn = values[column].copy()
    redrawn(
        drawn, column, errors[column], known[column], groups, (their[column], first[column]), fill,
        seed, draw,
    )  # fmt: skip
    for place in range(len(kept)):
        told[place] = drawn[kept[place]]
    logged = treats and treated(told, most_points[draw], limits, logarithm)
    if logged and posts[column, 0] < posts[column, 1] and scale[draw] in (GOALPOSTS, AMPI):
        told[:] = np.nan  # Goalposts are in the unit that the indicator no longer has.
    scaled(told, polarity[column], scale[draw], ends[draw, 0], ends[draw, 1], posts[column])


@compiled
def turn_indicators(nodes, code, held, ready):  # type: ignore[no-untyped-def]
    """Give logarithms or inverses of all indicators, made once for as many draws as they hold."""
    place = 0 if code == GEOMETRIC else 1
    if not ready[place]:
        for column in range(held.shape[1]):
            turned(nodes[column], code, held[place, column])
        ready[place] = True
    return held[place]


@compiled
def gather_draw(nodes, tree, choices, rules, draw, held, ready):  # type: ignore[no-untyped-def]
    """Compute all nodes of one draw that gather."""
    child, begins, levels, n_indicators, facing = tree
    _, _, means, _, weights = choices
    for node in range(n_indicators, len(levels)):
        children = child[begins[node] : begins[node + 1]]
        shares = weights[draw][children]
        shares /= shares.sum()
        code = means[draw, levels[node]]
        if code in (GEOMETRIC, HARMONIC):
            ours = turn_indicators(nodes, code, held, ready)
            nodes[node] = turned_mean(nodes, ours, children, shares, code)
        else:
            nodes[node] = gathered(nodes, children, shares, code, facing[children], rules[-1])


@compiled
def draw_scores(data, tree, choices, rules, seed, draws, out):  # type: ignore[no-untyped-def]
    """Compute some draws of the last node, into their rows of out (n_draws, n_kept)."""
    n_kept, n_indicators, n_nodes = out.shape[1], tree[3], len(tree[2])
    moves = moving(data[1], data[2], rules[0])
    nodes = np.empty((n_nodes, n_kept))
    means = choices[2]
    turns = False
    for draw in draws:
        for code in means[draw, 2:]:
            turns |= code in (GEOMETRIC, HARMONIC)
    held = np.empty((2, n_indicators if turns else 0, n_kept))
    ready = np.zeros(2, dtype=np.bool_)
    before = -1
    for draw in draws:
        again = before >= 0 and alike(choices, draw, before)
        for column in range(n_indicators):
            if not again or moves[column]:
                draw_column(data, choices, rules, seed, draw, column, nodes[column])
                ready[:] = False
        gather_draw(nodes, tree, choices, rules, draw, held, ready)
        out[draw] = nodes[-1]
        before = draw
