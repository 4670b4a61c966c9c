"""Records that may be one place: who is found, who is not, and that order does not matter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.places.alike import CERTAIN, LIKELY, Pair, likely_same
from courtepointe.places.compare import (
    Sight,
    compared,
    digits,
    host,
    likeness,
    told,
    weights,
    words,
)

HERE = (-73.5542, 45.5088)


def near(metres: float) -> tuple[float, float]:
    return HERE[0], HERE[1] + metres / 111_320.0


OTHERS = tuple(
    Sight(f"Centre {name}", -73.60 + n / 300, 45.52, f"{n} rue {name}")
    for n, name in enumerate(("Gadbois", "Elgar", "Roussin", "Étienne-Desmarteau", "Hébert", "Jarry"))
)  # fmt: skip


def pair_of(first: Sight, second: Sight) -> Pair | None:
    found = likely_same((first, second, *OTHERS), least=0.0)
    return next((one for one in found if (one.first, one.second) == (0, 1)), None)


def chance(first: Sight, second: Sight) -> float:
    pair = pair_of(first, second)
    return pair.probability if pair else 0.0


def test_one_library_written_in_two_ways_is_found() -> None:
    first = Sight("Bibl. St-Henri", *HERE, "4707, rue Notre-Dame O.", "514 872-2879")
    second = Sight("Bibliothèque Saint‑Henri", *near(40), "4707 Notre-Dame Ouest", "(514) 872-2879 poste 12")  # fmt: skip
    pair = pair_of(first, second)
    assert pair is not None and pair.probability > CERTAIN
    assert dict(pair.reasons) == {"name": "same", "kind": "same", "distance": "close", "phone": "same", "address": "same"}  # fmt: skip
    assert pair.distance_m == pytest.approx(40.0, abs=0.5)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Sight("Parc Jarry", *HERE), Sight("Piscine Jarry", *near(30))),
        (Sight("Consulat général du Chili", *HERE, "1010 Sherbrooke"), Sight("Consulat général de Roumanie", *HERE, "1010 Sherbrooke")),
        (Sight("Aréna Roussin", *HERE, "12125 Notre-Dame", "514 555-0101"), Sight("Comptoir alimentaire", *HERE, "12125 Notre-Dame", "514 555-0101")),
        (Sight("Parc Lafontaine", *HERE), Sight("Parc Lafontaine", *near(390))),
    ],
)  # fmt: skip
def test_neighbours_that_share_something_are_not_taken_for_one(first: Sight, second: Sight) -> None:
    assert chance(first, second) < LIKELY


def test_records_far_apart_are_compared_only_where_they_share_a_telephone() -> None:
    here, there = Sight("Maison Tremblay", *HERE), Sight("Maison Tremblay", *near(2000))
    assert pair_of(here, there) is None
    called = [Sight(one.name, one.longitude, one.latitude, phone="514-555-0123") for one in (here, there)]  # fmt: skip
    assert pair_of(*called) is not None
    nowhere = [Sight("Maison Tremblay", phone="514-555-0123") for _ in range(2)]
    pair = pair_of(*nowhere)
    assert pair is not None and pair.distance_m is None


def test_a_name_that_every_record_has_tells_little() -> None:
    twice = (Sight("Popote roulante", *HERE), Sight("Popote roulante", *near(100)))
    many = tuple(Sight("Popote roulante", -73.6 + n / 100, 45.55) for n in range(40))
    rare = likely_same((*twice, *OTHERS * 6), least=0.0)
    often = likely_same((*twice, *many), least=0.0)
    first = [next(p.probability for p in some if (p.first, p.second) == (0, 1)) for some in (rare, often)]  # fmt: skip
    assert first[1] < first[0]


def test_nothing_and_one_record_have_no_pairs() -> None:
    assert likely_same(()) == () and likely_same((Sight("A", *HERE),)) == ()
    assert likely_same((Sight("", None, None), Sight("", 1.0, None))) == ()


def test_what_people_type_is_read() -> None:
    assert words("Œuvre de l’Étoile & Cie, Mtl") == ("oeuvre", "etoile", "cie", "montreal")
    assert words("ᐃᓄᐃᑦ") == ("ᐃᓄᐃᑦ",)
    assert digits("1 (514) 555‑0123, poste 4") == "5145550123" and digits("311") == ""
    assert host("https://www.exemple.qc.ca/a") == host("exemple.qc.ca") == "exemple.qc.ca"
    assert host("http://[oups") == ""


def test_the_levels_are_probabilities() -> None:
    for what, levels in likeness().items():
        for side in ("m", "u"):
            total = sum(one[side] for one in levels.values())
            assert total == pytest.approx(1.0), (what, side)


SIGHTS = st.lists(
    st.builds(
        Sight,
        st.sampled_from(["Parc Jarry", "Centre Jarry", "Centre communautaire Jarry", "ᐃ", ""]),
        st.none() | st.floats(-73.56, -73.55),
        st.none() | st.floats(45.50, 45.51),
        st.sampled_from(["", "12 rue Jarry", "12, Jarry E.", "14 rue Faillon"]),
        st.sampled_from(["", "514 555-0101", "514 555-0102"]),
    ),
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(SIGHTS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_each_pair_comes_once(
    sights: list[Sight], random: object
) -> None:
    order = list(range(len(sights)))
    random.shuffle(order)  # type: ignore[attr-defined]
    first = {(p.first, p.second): p.probability for p in likely_same(sights, least=0.0)}
    again = likely_same([sights[n] for n in order], least=0.0)
    second = {tuple(sorted((order[p.first], order[p.second]))): p.probability for p in again}
    assert len(second) == len(again) and set(first) == set(second)
    assert all(second[pair] == pytest.approx(told, abs=1e-9) for pair, told in first.items())


@settings(max_examples=60, deadline=None)
@given(SIGHTS)
def test_two_records_are_compared_the_same_either_way(sights: list[Sight]) -> None:
    records = [told(one) for one in sights]
    weighed = weights(records)
    for a in records:
        for b in records:
            assert compared(a, b, 10.0, weighed) == compared(b, a, 10.0, weighed)


def test_the_cooled_places_of_montreal_are_found_among_its_places_of_interest(
    montreal_files: Path,
) -> None:
    cooled, others = _montreal(montreal_files / "places")
    pairs = likely_same((*cooled, *others), least=LIKELY)
    both = [p for p in pairs if p.first < len(cooled) <= p.second]
    names = {cooled[p.first].name: others[p.second - len(cooled)].name for p in both}
    assert names["Bibliothèque Hochelaga"] == "Bibliothèque d'Hochelaga"
    assert len(names) > 90
    sure = [p for p in both if p.probability >= CERTAIN]
    assert len(sure) > 50 and all(dict(p.reasons)["name"] in ("same", "near") for p in sure)


def _montreal(folder: Path) -> tuple[list[Sight], list[Sight]]:
    cooled = json.loads((folder / "lieux_publics_climatises.json").read_text(encoding="utf-8"))
    others = json.loads((folder / "lieux-interet.geojson").read_text(encoding="utf-8"))
    return (
        [
            Sight(p["nom"], *f["geometry"]["coordinates"][:2], p["adresse_principale"] or "", p["telephone"] or "")
            for f in cooled["features"] for p in [f["properties"]]
        ],
        [
            Sight(p["Nom français"] or "", p["Longitude"], p["Latitude"], f"{p['Numéro'] or ''} {p['rue'] or ''}")
            for f in others["features"] for p in [f["properties"]]
        ],
    )  # fmt: skip


def test_a_record_without_a_position_is_found_by_its_address_or_its_name() -> None:
    parks = [Sight(f"Parc {n}", -73.6 + n / 50, 45.5, f"{n}, rue Fabre") for n in range(1, 30)]
    lost = [Sight("Chalet du parc", address="7, rue Fabre"), Sight("Parc 12")]
    pairs = likely_same([*parks, *lost], least=0.0)
    found = {(one.first, one.second) for one in pairs}
    assert {(6, 29), (11, 30)} <= found and (6, 30) not in found
    assert all(one.distance_m is None for one in pairs if one.second >= 29)
    many = [Sight("Popote roulante") for _ in range(60)]
    assert likely_same([*parks, *many], least=0.0) == (), "a name that everyone has is no reason"
