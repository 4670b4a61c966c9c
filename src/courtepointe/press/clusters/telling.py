"""Say where values gather: places, never people; nothing is ranked, and names stand in their order."""

from __future__ import annotations

from collections.abc import Sequence

from courtepointe.atlas.query.cluster_values import Clusters, WhyNot
from courtepointe.press.clusters.values import KINDS, ClusterArea
from courtepointe.press.maps.telling import in_ninths, missing_told, names_after, where_words
from courtepointe.press.numbers import amount, number, plural
from courtepointe.press.sentences.values import capital
from courtepointe.press.words import say

DECIMALS = 3


def found_told(found: Clusters, areas: Sequence[ClusterArea], *, lang: str) -> list[str]:
    """Say whether neighbours are alike, then each kind of cluster, then what could not be held."""
    drawn = [one.area for one in areas]
    lies = dict(zip([area.code for area in drawn], in_ninths(drawn), strict=True))
    lines = [_whole(found, lang=lang)]
    for kind in KINDS:
        held = [one.area for one in areas if one.unit.kept and one.shown is kind]
        if held:
            told = plural(
                "clusters.found", len(held), lang=lang, kind=say(f"clusters.{kind.value}", lang=lang),
                where=where_words([lies[area.code] for area in held], lang=lang),
                names=names_after(held, lang=lang),
            )  # fmt: skip
            lines.append(capital(told))
    if not found.kept:
        lines.append(say("clusters.found_none", lang=lang))
    for key, why in (("lost", WhyNot.INTERVAL), ("unknown", WhyNot.ERROR_UNKNOWN)):
        lines += _left_out(key, areas, why, lang=lang)
    missing = [one.area for one in areas if one.unit.why_not is WhyNot.NO_VALUE]
    lines += missing_told(missing, lang=lang)
    return lines + _left_out("alone", areas, WhyNot.NO_NEIGHBOUR, lang=lang)


def _left_out(key: str, areas: Sequence[ClusterArea], why: WhyNot, *, lang: str) -> list[str]:
    held = [one.area for one in areas if one.unit.why_not is why]
    if not held:
        return []
    names = names_after(held, lang=lang)
    return [plural(f"clusters.{key}", len(held), lang=lang, names=names)]


def _whole(found: Clusters, *, lang: str) -> str:
    key = "whole_chance"
    if found.p_whole <= found.rate:
        key = "whole_alike" if found.whole.value > found.whole.expected else "whole_unlike"
    return say(
        f"clusters.{key}", lang=lang, index=number(found.whole.value, decimals=DECIMALS, lang=lang),
        expected=number(found.whole.expected, decimals=DECIMALS, lang=lang),
        p=number(found.p_whole, decimals=DECIMALS, lang=lang),
    )  # fmt: skip


def how_told(found: Clusters, *, lang: str) -> list[str]:
    """Say how clusters were found, and what they depend on."""
    rate = amount(100.0 * found.rate, unit="percent", lang=lang)
    stays = amount(100.0 * found.stays_least, unit="percent", lang=lang)
    return [
        say("clusters.how.neighbours", lang=lang),
        say("clusters.how.rates" if found.by_rates else "clusters.how.values", lang=lang),
        say(
            "clusters.how.chance",
            lang=lang,
            n=number(found.n_draws, lang=lang),
            again=number(found.n_again, lang=lang),
        ),
        say("clusters.how.discoveries", lang=lang, rate=rate),
        say("clusters.how.intervals", lang=lang, n=number(found.n_redrawn, lang=lang), stays=stays),
        say("clusters.how.limits", lang=lang),
        say("clusters.how.use", lang=lang),
    ]
