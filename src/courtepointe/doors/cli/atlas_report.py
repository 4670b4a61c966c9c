"""The build's report as lines that people read, in French or in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

NARROW = "\u202f"

WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "sources": "Sources",
        "known": "édition connue",
        "newer": "édition plus récente que celles de la recette",
        "unstated": "édition non vérifiée : la recette n’a pas de somme de contrôle",
        "missing": "absente ; attendue sous {expected} ({address})",
        "boundaries": "Territoires",
        "areas": "{area} : {areas} territoires",
        "replaced": "{area} : limites de {replaced} territoires remplacées par celles de {source}",
        "repair": "réparé : {code} (ligne {row}), {reason}, {m2_before} → {m2_after} m²",
        "overlaps": "recoupements : {pairs} paires, {m2} m²",
        "gaps": "vides : {count}, {m2} m²",
        "releases": "Valeurs",
        "release": "{release} sur {area} : {matched} lignes rapprochées, {out} hors territoire",
        "without": "sans ligne : {n} ({codes})",
        "without_areas": "{release} : fichier présent, valeurs non lues ; il manque les limites de {areas} (source : {needs})",
        "places": "Lieux",
        "layer": "{layer} : {places} lieux, {without} sans coordonnées",
        "streets": "Rues",
        "decimal": ",",
        "network": "{file} : {km} km, tronçons : {edges}, morceaux : {pieces} (le plus grand : {largest} km)",
        "stairs": "escaliers : {n}",
        "stairs_unknown": "escaliers : aucune colonne ne les dit",
        "odd": "laissés de côté : {repeated} répétés, {points} points ; gardés : {nothing} sans longueur entre deux nœuds, {loops} boucles",
        "labels": "étiquette contredite par la position : {contradicted} sur {labelled}",
        "not_loaded": "Indicateurs non chargés : {n} (fichiers attendus : {sources})",
        "resolved": "{area} : recoupements tranchés, {m2} m²",
    },
    "en": {
        "sources": "Sources",
        "known": "known edition",
        "newer": "newer edition than the recipe’s",
        "unstated": "edition not checked: the recipe has no checksum",
        "missing": "absent; expected as {expected} ({address})",
        "boundaries": "Areas",
        "areas": "{area}: {areas} areas",
        "replaced": "{area}: limits of {replaced} areas replaced by those of {source}",
        "repair": "repaired: {code} (row {row}), {reason}, {m2_before} → {m2_after} m²",
        "overlaps": "overlaps: {pairs} pairs, {m2} m²",
        "gaps": "gaps: {count}, {m2} m²",
        "releases": "Values",
        "release": "{release} on {area}: {matched} rows matched, {out} out of area",
        "without": "without a row: {n} ({codes})",
        "without_areas": "{release}: file here, values not read; the limits of {areas} are missing (source: {needs})",
        "places": "Places",
        "layer": "{layer}: {places} places, {without} without coordinates",
        "streets": "Streets",
        "decimal": ".",
        "network": "{file}: {km} km, edges: {edges}, pieces: {pieces} (the largest: {largest} km)",
        "stairs": "stairs: {n}",
        "stairs_unknown": "stairs: no column tells them",
        "odd": "left out: {repeated} repeated, {points} points; kept: {nothing} without length between two nodes, {loops} loops",
        "labels": "label contradicted by the position: {contradicted} of {labelled}",
        "not_loaded": "Indicators not loaded: {n} (files expected: {sources})",
        "resolved": "{area}: overlaps settled, {m2} m²",
    },
}
SHOWN_CODES = 20


def report_lines(report: Mapping[str, Any], *, lang: str) -> Iterator[str]:
    """Write a build's report line by line."""
    words = WORDS[lang]
    yield words["sources"]
    for source in report["sources"]:
        yield f"  {source['source']} · {_source(source, words)}"
    yield words["boundaries"]
    for boundary in report["boundaries"]:
        yield from _boundary(boundary, words)
    for one in report["resolved_divisions"]:
        yield "  " + words["resolved"].format(area=one["area"], m2=_number(one["m2"]))
    yield words["releases"]
    for release in report["releases"]:
        yield from _release(release, words)
    for one in report.get("without_areas", ()):
        lists = {key: ", ".join(one[key]) for key in ("areas", "needs")}
        yield "  " + words["without_areas"].format(release=one["release"], **lists)
    yield words["places"]
    for layer in report["places"]:
        yield from _layer(layer, words)
    if "streets" in report:
        yield words["streets"]
        yield from _streets(report["streets"], words)
    lacking = report["not_loaded"]
    if lacking:
        sources = sorted({source for one in lacking for source in one["filled_by"]})
        yield words["not_loaded"].format(n=len(lacking), sources=", ".join(sources))


def _source(source: Mapping[str, Any], words: Mapping[str, str]) -> str:
    if source["status"] == "missing":
        expected = ", ".join(source["expected"])
        return words["missing"].format(expected=expected, address=source["address"])
    files = ", ".join(one["file"] for one in source["files"])
    return f"{files} · {words[source['edition']]}"


def _boundary(told: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    if "replaced" in told:
        yield "  " + words["replaced"].format(**told)
    else:
        yield "  " + words["areas"].format(**told)
    for repair in told["repairs"]:
        numbers = {key: _number(repair[key]) for key in ("m2_before", "m2_after")}
        yield "    " + words["repair"].format(**{**repair, **numbers})
    if "overlaps" not in told:
        return
    if told["overlaps"]["pairs"]:
        yield "    " + words["overlaps"].format(
            pairs=told["overlaps"]["pairs"], m2=_number(told["overlaps"]["m2"])
        )
    if told["gaps"]["count"]:
        yield "    " + words["gaps"].format(
            count=told["gaps"]["count"], m2=_number(told["gaps"]["m2"])
        )


def _release(told: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    out = _number(told["out_of_area"])
    yield "  " + words["release"].format(**{**told, "matched": _number(told["matched"])}, out=out)
    codes = told["units_without_row"]
    if codes:
        shown = ", ".join(codes[:SHOWN_CODES]) + (" …" if len(codes) > SHOWN_CODES else "")
        yield "    " + words["without"].format(n=_number(len(codes)), codes=shown)


def _layer(told: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    yield "  " + words["layer"].format(
        layer=told["layer"],
        places=_number(told["places"]),
        without=_number(told["without_coordinates"]),
    )
    if "labels" in told:
        yield "    " + words["labels"].format(**told["labels"])


def _streets(told: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    km, largest = (
        f"{told[key]:,.1f}".translate({44: NARROW, 46: words["decimal"]})
        for key in ("km", "largest_piece_km")
    )
    numbers = {key: _number(told[key]) for key in ("edges", "pieces")}
    yield "  " + words["network"].format(file=told["file"], km=km, largest=largest, **numbers)
    if told["stairs"] is None:
        yield "    " + words["stairs_unknown"]
    else:
        yield "    " + words["stairs"].format(n=_number(told["stairs"]))
    odd = {"repeated": "n_repeated", "points": "n_points", "nothing": "n_without_length", "loops": "n_loops"}  # fmt: skip
    if any(told[key] for key in odd.values()):
        yield "    " + words["odd"].format(
            **{name: _number(told[key]) for name, key in odd.items()}
        )


def _number(number: float) -> str:
    """Write a number with thin spaces between thousands, without decimals."""
    return f"{number:,.0f}".replace(",", NARROW)
