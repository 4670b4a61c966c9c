"""Draw a wave: every organisation in its place, its ties, the names of those who bridge others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np

from courtepointe.core.network.brokers import betweenness
from courtepointe.core.network.possible import between
from courtepointe.core.network.spread import closest
from courtepointe.core.network.values import Network
from courtepointe.core.typing import Bools, Floats, Ints
from courtepointe.press.maps.draw import stem_of
from courtepointe.press.network.lines import Kind, Lines, kinds, lines
from courtepointe.press.network.marks import disc_svg, foot_svg, legend_svg, list_svg, ties_svg
from courtepointe.press.network.names import Name, name_svg, place_names
from courtepointe.press.network.patches import Patch, patch_svg, patches
from courtepointe.press.network.places import ALL_NAMED, Places, bridging
from courtepointe.press.network.telling import describe, node_words, wave_title
from courtepointe.press.network.values import DrawnNetwork, Legible, Listed, Partners
from courtepointe.press.palette import PALETTES, Palette, Scheme


def draw_network(
    network: Network,
    partners: Partners,
    places: Places,
    *,
    lang: str,
    period: str = "",
    scheme: Scheme | str = Scheme.LIGHT,
    code: str = "network",
    with_list: bool = False,
) -> DrawnNetwork:
    """Draw a wave as an SVG that says in words what it shows.

    Parameters
    ----------
    network : Network
        Trust is no part of it, and is never drawn.
    partners : Partners
        The organisations of the network, in its order.
    places : Places
        Theirs: `Places.of` those of all waves.
    lang, period : str
    scheme : Scheme
    code : str
        Stands before all ids of the drawing.
    with_list : bool
        Write the names by number under the drawing; a page that has ``listed`` needs it not.

    Raises
    ------
    BadInput
        ``core_shape``.
    """
    wave = _wave(network, partners, places)
    palette = PALETTES[Scheme(scheme)]
    title = wave_title(network, wave.n_links, lang=lang, period=period)
    desc = describe(network, partners, wave.listed, wave.alone, wave.n_links, lang=lang)
    body = [patch_svg(one, palette) for one in wave.patches]
    body.append(ties_svg(wave.lines, wave.kinds, palette))
    body += _discs(wave, partners, places, palette, lang)
    body += [name_svg(name, places, palette) for name in wave.names]
    body.append(foot_svg(places, lang=lang, palette=palette))
    legend, tall = legend_svg(
        wave.kinds, silent=not network.answered.all(), brokers=any(o.is_broker for o in wave.listed),
        width=places.width, top=places.height, lang=lang, palette=palette,
    )  # fmt: skip
    body.append(legend)
    height = places.height + tall
    if with_list and wave.numbered:
        told, tall = list_svg(
            wave.listed, partners, width=places.width, top=height, lang=lang, palette=palette
        )
        body.append(told)
        height += tall
    height = round(height, 1)
    head = opening(places.width, height, title, desc, palette=palette, stem=stem_of(code))
    return DrawnNetwork(
        head + "".join(body) + "</svg>", title, desc, wave.listed, wave.numbered, places.width,
        height, _legible(wave, places),
    )  # fmt: skip


def opening(
    width: float, height: float, title: str, desc: str, *, palette: Palette, stem: str
) -> str:
    """Open a drawing: its size, its title, its description, its ground."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="network" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" '
        f'aria-labelledby="{stem}-t" aria-describedby="{stem}-d">'
        f'<title id="{stem}-t">{escape(title)}</title><desc id="{stem}-d">{escape(desc)}</desc>'
        f'<rect class="ground" width="{width:g}" height="{height:g}" fill="{palette.paper}"/>'
    )


@dataclass(frozen=True, slots=True)
class _Wave:
    """All that a drawing shows, before any colour."""

    n_links: int
    lines: Lines
    kinds: tuple[Kind, ...]
    listed: tuple[Listed, ...]
    alone: Bools
    patches: tuple[Patch, ...]
    names: tuple[Name, ...]
    wanted: int
    numbered: bool
    n_partners: Ints


def _wave(network: Network, partners: Partners, places: Places) -> _Wave:
    tied = between(network).certain
    through, brokers = betweenness(tied), bridging(network)
    ends = np.argwhere(np.triu(tied))
    drawn = lines(ends, places.layout.positions, partners.sectors)
    ground = patches(places, partners, drawn=np.ones(network.n_nodes, dtype=np.bool_))
    n_partners = tied.sum(axis=1).astype(np.int64)
    wanted = _wanted(through, brokers, n_partners)
    every = np.arange(network.n_nodes)
    names = place_names(places, partners, shown=every, wanted=wanted, patches=ground, lines=drawn)
    n_named = sum(1 for name in names if name.node >= 0)
    return _Wave(
        n_links=len(ends),
        lines=drawn,
        kinds=tuple(kinds(network, ends)),
        listed=_listed(network, partners, brokers),
        alone=n_partners == 0,
        patches=ground,
        names=names,
        wanted=len(wanted),
        numbered=n_named < network.n_nodes,
        n_partners=n_partners,
    )


def _wanted(through: Floats, brokers: Ints, n_partners: Ints) -> list[tuple[int, bool]]:
    """Give whose names seek a place: brokers first, then in a small network the others."""
    order = np.lexsort([np.arange(len(through)), -n_partners, -through])
    bold = set(brokers.tolist())
    first = [(int(node), True) for node in order if int(node) in bold]
    if len(through) > ALL_NAMED:
        return first
    return first + [(int(node), False) for node in order if int(node) not in bold]


def _listed(network: Network, partners: Partners, brokers: Ints) -> tuple[Listed, ...]:
    bold, numbers = set(brokers.tolist()), partners.numbers().tolist()
    made = [
        Listed(numbers[node], partners.names[node], partners.sector_of(node), node in bold,
               bool(network.answered[node]), node)
        for node in range(network.n_nodes)
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.number))


def _discs(
    wave: _Wave, partners: Partners, places: Places, palette: Palette, lang: str
) -> Sequence[str]:
    return [
        disc_svg(
            one, places.layout.positions[one.node].tolist(), sector=int(partners.sectors[one.node]),
            radius=places.radius, told=node_words(one, int(wave.n_partners[one.node]), lang=lang),
            numbered=wave.numbered, palette=palette,
        )
        for one in wave.listed
    ]  # fmt: skip


def _legible(wave: _Wave, places: Places) -> Legible:
    named = sum(1 for name in wave.names if name.node >= 0)
    return Legible(
        closest=closest(places.layout.positions) / (2 * places.radius),
        n_named=named,
        n_wanted=wave.wanted,
        n_sectors_named=len(wave.names) - named,
    )
