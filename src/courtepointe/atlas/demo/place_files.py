"""Write places as those who list them do: a city's GeoJSON and CSV, an Overpass answer, a directory."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from courtepointe.atlas.demo.limits import DEGREES, GeoJson, moved
from courtepointe.atlas.demo.places import (
    OUTDOOR,
    SHOPS,
    SORTS,
    Places,
    organization_names,
    postal_codes,
)
from courtepointe.core.typing import Floats, Ints

COOLED_HEAD = (
    "nom",
    "adresse_principale",
    "telephone",
    "arrdondissement",
    "longitude",
    "latitude",
)
"""One column bears the slip of the pen that the real file bears."""
ORGANIZATIONS_HEAD = ("id", "nom", "adresse", "code_postal", "arrondissement")
MISLABELLED = 0.25
WITHOUT_NAME = 0.05
OPENING_HOURS = ("Mo-Su 08:00-22:00", "Mo-Sa 08:00-21:00; Su 09:00-18:00", "24/7")
OVERPASS_HEAD: dict[str, Any] = {
    "version": 0.6,
    "generator": "Overpass API (ville fictive)",
    "osm3s": {"timestamp_osm_base": "2021-11-17T00:00:00Z", "copyright": "Ville fictive"},
}


@dataclass
class PlaceFiles:
    """All lists of places, growing region after region; `close` writes those that are one text."""

    folder: Path

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        self._interest = GeoJson(self.folder / "lieux-interet.geojson", name="lieux_interet")
        self._outdoor = GeoJson(
            self.folder / "installations-exterieures.geojson", name="installations"
        )
        self._cooled: list[tuple[object, ...]] = []
        self._shops: list[dict[str, Any]] = []
        self._organizations: list[tuple[object, ...]] = []

    def add(
        self,
        interest: Places,
        outdoor: Places,
        shops: Places,
        boroughs: tuple[str, ...],
        borough_of_block: Ints,
        *,
        rng: np.random.Generator,
    ) -> None:
        """Add the places of one region.

        Parameters
        ----------
        boroughs : tuple of str
        borough_of_block : (n_blocks,) int
        """
        label = [boroughs[b] for b in borough_of_block[interest.block]]
        codes = postal_codes(len(interest), rng=rng)
        self._interest.add(interest.points, _interest_columns(interest, label, codes))
        kinds = [OUTDOOR[s][0] for s in outdoor.sort]
        parks = [f"{1000 + int(b):04d}-000" for b in outdoor.block]
        columns: dict[str, list[Any]] = {
            "ID": _ids(outdoor),
            "INDEX_PARC": parks,
            "NOM": list(outdoor.name),
            "TYPE": kinds,
        }
        self._outdoor.add(outdoor.points, columns)
        self._cool(interest, label, boroughs, rng=rng)
        self._shop(shops, rng=rng)
        self._organize(interest, label, codes, rng=rng)

    def _cool(
        self,
        interest: Places,
        label: list[str],
        boroughs: tuple[str, ...],
        *,
        rng: np.random.Generator,
    ) -> None:
        """List places with cooled air; some labels name another borough, some write it otherwise."""
        odds = np.array([SORTS[s].cooled for s in interest.sort])
        at = _degrees(interest)
        for k in np.flatnonzero(rng.random(len(interest)) < odds):
            told = label[k].replace("–", "-") if rng.random() < 0.3 else label[k]
            if rng.random() < MISLABELLED:
                told = boroughs[int(rng.integers(len(boroughs)))]
            phone = f"819 555-01{int(rng.integers(100)):02d}"
            where = f"{at[k, 0]:.6f}", f"{at[k, 1]:.6f}"
            self._cooled.append((interest.name[k], _address(interest, int(k)), phone, told, *where))

    def _shop(self, shops: Places, *, rng: np.random.Generator) -> None:
        at = _degrees(shops)
        nameless = rng.random(len(shops)) < WITHOUT_NAME
        for k in range(len(shops)):
            first = not self._shops
            tags = {"shop": SHOPS[shops.sort[k]][0], "addr:housenumber": str(shops.number[k])}
            tags |= {"addr:street": shops.street[k]}
            if not nameless[k] or first:
                tags["name"] = shops.name[k]
            if rng.random() < 0.6 or first:
                tags["opening_hours"] = OPENING_HOURS[int(rng.integers(len(OPENING_HOURS)))]
            if rng.random() < 0.5 or first:
                tags["wheelchair"] = ("yes", "no", "limited")[int(rng.integers(3))]
            number = 9_000_000_001 + len(self._shops)
            lon, lat = (round(float(x), 7) for x in at[k])
            self._shops.append({"type": "node", "id": number, "lat": lat, "lon": lon, "tags": tags})

    def _organize(
        self, interest: Places, label: list[str], codes: list[str], *, rng: np.random.Generator
    ) -> None:
        """List organisations: those who hold a place, and as many who share one."""
        holders = np.flatnonzero(interest.sort == 0)
        for k in holders:
            self._organization(interest, int(k), interest.name[k], label, codes)
        for name in organization_names(len(holders), rng=rng):
            host = int(rng.choice(holders))
            self._organization(interest, host, name, label, codes)

    def _organization(
        self, interest: Places, k: int, name: str, label: list[str], codes: list[str]
    ) -> None:
        number = len(self._organizations) + 1
        address = _address(interest, k)
        self._organizations.append((f"ORG{number:04d}", name, address, codes[k], label[k]))

    def close(self) -> None:
        """Write what is left and end the files."""
        with closing(self._interest), closing(self._outdoor):
            pass
        _write_csv(self.folder / "lieux_publics_climatises.csv", COOLED_HEAD, self._cooled)
        _write_csv(self.folder / "organismes.csv", ORGANIZATIONS_HEAD, self._organizations)
        answer = json.dumps(OVERPASS_HEAD | {"elements": self._shops}, ensure_ascii=False, indent=1)
        (self.folder / "overpass_alimentation.json").write_text(answer + "\n", encoding="utf-8")


def _interest_columns(interest: Places, label: list[str], codes: list[str]) -> dict[str, list[Any]]:
    sorts = [SORTS[s] for s in interest.sort]
    return {
        "ID": _ids(interest),
        "Famille": [sort.family for sort in sorts],
        "Catégorie": [sort.category for sort in sorts],
        "Nom français": list(interest.name),
        "Type": [sort.type for sort in sorts],
        "Numéro": [int(n) for n in interest.number],
        "rue": list(interest.street),
        "Code postal": codes,
        "Arrondissement": label,
    }


def _ids(places: Places) -> list[int]:
    """Number places by where they stand, so that the numbers of two regions do not meet."""
    at = np.column_stack([shapely.get_x(places.points), shapely.get_y(places.points)])
    return [int(10 * x) * 100_000 + int(10 * y) % 100_000 for x, y in at]


def _degrees(places: Places) -> Floats:
    points: Floats = shapely.get_coordinates(moved(places.points, DEGREES, decimals=7))
    return points


def _address(places: Places, k: int) -> str:
    return f"{places.number[k]}, {places.street[k].replace('Rue', 'rue', 1)}"


def _write_csv(path: Path, head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Write a CSV as many Québec publishers do: cp1252, a comma, CRLF."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("cp1252"))
