"""A drawing in words."""

from __future__ import annotations

from collections.abc import Sequence

from courtepointe.core.network.values import Network
from courtepointe.core.typing import Bools
from courtepointe.press.maps.telling import listed as joined
from courtepointe.press.network.values import Listed, Partners, alphabetical
from courtepointe.press.network.words import tell, tell_count
from courtepointe.press.numbers import number

MOST_BROKERS = 12


def wave_title(network: Network, n_links: int, *, lang: str, period: str = "") -> str:
    """Title a drawing by its ties and organisations, and its time."""
    slots = _counts(network, n_links, lang=lang)
    if period:
        return tell("title.waves", lang=lang, period=period, **slots)
    return tell("title.wave", lang=lang, **slots)


def describe(
    network: Network,
    partners: Partners,
    listed: Sequence[Listed],
    alone: Bools,
    n_links: int,
    *,
    lang: str,
) -> str:
    """Say a drawing: how to read it, its sectors, who bridges others, who is alone, who is silent."""
    told = [tell("drawing.desc", lang=lang, **_counts(network, n_links, lang=lang))]
    n_silent = network.n_nodes - network.n_answered
    if n_silent:
        silent = tell_count("count.silent", n_silent, lang=lang)
        told.append(tell("drawing.desc_silent", lang=lang, silent=silent))
    sectors = _sectors(partners, lang)
    if sectors:
        told.append(tell("drawing.desc_sectors", lang=lang, sectors=sectors))
    told += broker_words([one.name for one in listed if one.is_broker], lang=lang)
    if alone.any():
        told.append(tell_count("drawing.desc_alone", int(alone.sum()), lang=lang))
    return " ".join(told)


def broker_words(names: Sequence[str], *, lang: str) -> list[str]:
    """Name those who bridge others, in the order of the alphabet; nothing where nobody does."""
    if not names:
        return []
    key = "one" if len(names) == 1 else "many"
    ordered = sorted(names, key=alphabetical)
    return [tell(f"drawing.brokers_{key}", lang=lang, names=joined(ordered, lang=lang))]


def node_words(one: Listed, n_partners: int, *, lang: str) -> str:
    """Say an organisation: its name, how many partners, whether it did not answer."""
    told = tell_count("drawing.node_partners", n_partners, lang=lang, name=one.name)
    return told if one.answered else tell("drawing.node_silent", lang=lang, told=told)


def _counts(network: Network, n_links: int, *, lang: str) -> dict[str, str]:
    return {
        "n_links": tell_count("count.links", n_links, lang=lang),
        "n_nodes": tell_count("count.nodes", network.n_nodes, lang=lang),
    }


def _sectors(partners: Partners, lang: str) -> str:
    """List the sectors with their number of organisations, in their order."""
    made = []
    for sector, name in enumerate(partners.sector_names, start=1):
        count = int((partners.sectors == sector).sum())
        if count:
            told = tell("drawing.desc_sector", lang=lang, sector=name, n=number(count, lang=lang))
            made.append(told)
    return joined(made, lang=lang)
