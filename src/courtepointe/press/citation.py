"""How to cite a view: a sentence in French or English, BibTeX, and CSL-JSON for Zotero and its like.

A citation names what was seen, of which area, from which releases, under which address, with the
hash of the inputs: two readers with the same hash read the same numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.recipe.values import Recipe
from courtepointe.press.words import say, typeset

HASH_SHOWN = 12
YEAR = re.compile(r"\d{4}")
TEX = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
     "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """What is cited.

    Attributes
    ----------
    title : str
        « Portrait du Vieux-Moulin ».
    atlas : str
        The atlas that it is part of.
    releases : tuple of str
        Titles of the editions that its figures rest on.
    address : str
        Whole, with the state of the view.
    pack_hash : str
    built_on : date or None
        The day the pack was built; None where it is not known.
    """

    title: str
    atlas: str
    releases: tuple[str, ...]
    address: str
    pack_hash: str
    built_on: date | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in three forms."""

    text: str
    bibtex: str
    csl: dict[str, Any]


def cite(view: View, *, lang: str) -> Citation:
    """Write the citation of a view.

    Parameters
    ----------
    view : View
    lang : str

    Returns
    -------
    Citation
    """
    return Citation(_text(view, lang), _bibtex(view, lang), _csl(view, lang))


def releases_used(recipe: Recipe, figures: Iterable[Figure], *, lang: str) -> tuple[str, ...]:
    """Name the releases that figures rest on, in the recipe's order.

    Parameters
    ----------
    recipe : Recipe
    figures : iterable of Figure
    lang : str
    """
    used = {figure.release for figure in figures if figure.status.has_value}
    return titles(recipe, [r.code for r in recipe.releases if r.code in used], lang=lang)


def titles(recipe: Recipe, codes: Sequence[str], *, lang: str) -> tuple[str, ...]:
    """Name releases by their codes.

    Parameters
    ----------
    recipe : Recipe
    codes : sequence of str
    lang : str
    """
    held = {release.code: release for release in recipe.releases}
    return tuple(typeset(held[code].title.in_(lang), lang=lang) for code in codes if code in held)


def _text(view: View, lang: str) -> str:
    releases = say("list.separator", lang=lang).join(view.releases)
    parts = [say("cite.view", lang=lang, title=view.title, atlas=view.atlas)]
    parts += [say("cite.releases", lang=lang, releases=releases)] if releases else []
    parts.append(say("cite.hash", lang=lang, hash=view.pack_hash[:HASH_SHOWN]))
    if view.address:
        parts.append(say("cite.address", lang=lang, address=view.address))
    if view.built_on is not None:
        parts.append(say("cite.built_on", lang=lang, date=view.built_on.isoformat()))
    return " ".join(parts)


def _bibtex(view: View, lang: str) -> str:
    note = say("cite.hash", lang=lang, hash=view.pack_hash[:HASH_SHOWN]).rstrip(".")
    fields = {
        "title": view.title.translate(TEX),
        "author": f"{{{view.atlas.translate(TEX)}}}",
        "howpublished": f"Courtepointe, {view.atlas.translate(TEX)}",
        "year": _year(view),
        "note": "; ".join((*(r.translate(TEX) for r in view.releases), note.translate(TEX))),
        "url": view.address,
        "language": "french" if lang == "fr" else "english",
    }
    lines = [f"  {name} = {{{told}}}," for name, told in fields.items() if told]
    return "\n".join((f"@misc{{{_key(view)},", *lines, "}"))


def _key(view: View) -> str:
    plain = unicodedata.normalize("NFKD", view.title.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)[:6]
    return "-".join((*words, view.pack_hash[:8]))


def _year(view: View) -> str:
    """Give the year of the pack, else the latest year that a release names."""
    if view.built_on is not None:
        return str(view.built_on.year)
    years = [year for release in view.releases for year in YEAR.findall(release)]
    return max(years, default="")


def _csl(view: View, lang: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": _key(view),
        "type": "dataset",
        "title": view.title,
        "author": [{"literal": view.atlas}],
        "publisher": "Courtepointe",
        "container-title": view.atlas,
        "version": view.pack_hash[:HASH_SHOWN],
        "note": "; ".join(view.releases),
        "URL": view.address,
        "language": lang,
    }
    if year := _year(view):
        day = view.built_on
        told["issued"] = {"date-parts": [[day.year, day.month, day.day] if day else [int(year)]]}
    return {name: value for name, value in told.items() if value}
