"""Places: what a neighbourhood leans on, where people live and walk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.demo.chance import whole
from courtepointe.atlas.demo.identity import words
from courtepointe.atlas.demo.pieces import Land
from courtepointe.atlas.demo.region import Made
from courtepointe.atlas.demo.streets import Streets
from courtepointe.core.typing import AnyArray, Floats, Ints, Shapes


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of place: how many people share one, and what the city calls it."""

    people_each: float
    family: str
    category: str
    type: str
    name: str
    cooled: float = 0.0
    on: str = "homes"


SORTS = (
    Sort(
        2600,
        "Organisme communautaire",
        "Organisme communautaire",
        "Organisme communautaire et centre de loisirs",
        "",
        0.25,
    ),
    Sort(11000, "Culture", "Bibliothèque", "Bibliothèque", "Bibliothèque {}", 0.95),
    Sort(5200, "Éducation", "École", "École primaire", "École {}"),
    Sort(13000, "Éducation", "École", "École secondaire et professionnelle", "École secondaire {}"),
    Sort(39000, "Éducation", "École", "Cégep et université", "Cégep {}", 0.5),
    Sort(26000, "Santé", "Service de santé", "CLSC", "CLSC {}"),
    Sort(78000, "Santé", "Service de santé", "Hôpital", "Hôpital {}"),
    Sort(16000, "Santé", "Service de santé", "Clinique", "Clinique {}"),
    Sort(20000, "Sécurité", "Service de sécurité", "Caserne de pompiers", "Caserne {}"),
    Sort(39000, "Sécurité", "Service de sécurité", "Police de quartier", "Poste de quartier {}"),
    Sort(13000, "Loisir", "Jardin", "Jardin communautaire", "Jardin {}"),
    Sort(2900, "Loisir", "Parc", "Parc", "Parc {}", 0.0, "park"),
    Sort(20000, "Loisir", "Centre sportif", "Centre sportif intérieur", "Centre sportif {}", 0.6),
    Sort(26000, "Loisir", "Piscine", "Piscine intérieure", "Piscine {}", 0.8),
    Sort(20000, "Loisir", "Piscine", "Piscine extérieure", "Piscine extérieure {}"),
    Sort(39000, "Loisir", "Aréna", "Aréna", "Aréna {}", 0.9),
    Sort(
        26000,
        "Service municipal",
        "Service municipal",
        "Bureau Accès",
        "Bureau d’arrondissement {}",
        0.7,
    ),
    Sort(
        26000,
        "Culture",
        "Établissement culturel",
        "Maison de la culture",
        "Maison de la culture {}",
        0.9,
    ),
)
SHOPS = (
    ("supermarket", 9000.0, "Marché"),
    ("grocery", 5500.0, "Épicerie"),
    ("convenience", 2400.0, "Dépanneur"),
)
OUTDOOR = (
    ("Aire de jeu - enfant", 2300.0, "Aire de jeu du parc"),
    ("Jeux d’eau", 6500.0, "Jeux d’eau du parc"),
    ("Patinoire", 9000.0, "Patinoire du parc"),
    ("Sportif", 4000.0, "Terrain de sport du parc"),
)


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one list.

    Attributes
    ----------
    points : (n,) shapely points, metres
    block : (n,) int
    sort : (n,) int
        Position in the list that made them.
    name : (n,) str
    number : (n,) int
        Civic number.
    street : (n,) str
    """

    points: Shapes
    block: Ints
    sort: Ints
    name: AnyArray
    number: Ints
    street: AnyArray

    def __len__(self) -> int:
        return len(self.block)


def places_of(made: Made, streets: Streets, *, rng: np.random.Generator) -> Places:
    """Draw the city's own list of places of interest."""
    chosen = [_sited(made, sort.people_each, sort.on, rng=rng) for sort in SORTS]
    block = np.concatenate(chosen)
    sort = np.repeat(np.arange(len(SORTS)), [len(some) for some in chosen])
    bare = _names(len(block), rng=rng)
    named = [SORTS[s].name.format(n) for s, n in zip(sort, bare, strict=True)]
    own = organization_names(len(block), rng=rng)
    name = [n or o for n, o in zip(named, own, strict=True)]
    return _located(made, streets, block, sort, np.array(name, dtype=object), rng=rng)


def shops_of(made: Made, streets: Streets, *, rng: np.random.Generator) -> Places:
    """Draw the food shops that volunteers have mapped."""
    chosen = [_sited(made, each, "homes", rng=rng) for _, each, _ in SHOPS]
    block = np.concatenate(chosen)
    sort = np.repeat(np.arange(len(SHOPS)), [len(some) for some in chosen])
    bare = _names(len(block), rng=rng)
    name = [f"{SHOPS[s][2]} {n}" for s, n in zip(sort, bare, strict=True)]
    return _located(made, streets, block, sort, np.array(name, dtype=object), rng=rng)


def outdoors_of(made: Made, streets: Streets, *, rng: np.random.Generator) -> Places:
    """Draw playgrounds, water play, rinks and fields."""
    chosen = [_sited(made, each, "park", rng=rng) for _, each, _ in OUTDOOR]
    block = np.concatenate(chosen)
    sort = np.repeat(np.arange(len(OUTDOOR)), [len(some) for some in chosen])
    bare = _names(len(block), rng=rng)
    name = [f"{OUTDOOR[s][2]} {n}" for s, n in zip(sort, bare, strict=True)]
    return _located(made, streets, block, sort, np.array(name, dtype=object), rng=rng)


def organization_names(n: int, *, rng: np.random.Generator) -> list[str]:
    """Give organisations a kind and a name: « Popote roulante La Bobine »."""
    known = words()["organizations"]
    forms, names = known["forms"], known["names"]
    pairs = rng.permutation(len(forms) * len(names))
    return [
        f"{forms[k // len(names)]} {names[k % len(names)]}"
        for k in (int(pairs[i % len(pairs)]) for i in range(n))
    ]


def _sited(made: Made, people_each: float, on: str, *, rng: np.random.Generator) -> Ints:
    """Choose blocks: by people, or parks and the mountain's foot."""
    count = max(1, round(made.tally.population.sum() / people_each))
    weight: Floats = made.tally.population.astype(np.float64)
    if on == "park":
        green = np.isin(made.blocks.land, [Land.PARK, Land.MOUNTAIN])
        weight = np.where(green, made.blocks.surface_m2**0.5, 0.05 * weight)
    weight = np.maximum(weight, 0.0)
    return whole(rng.choice(len(weight), count, p=weight / weight.sum(), replace=True))


def _names(n: int, *, rng: np.random.Generator) -> list[str]:
    known = words()["streets"]
    names = [*known["avenues"], *(name.split(" ", 1)[-1] for name in known["rues"])]
    return [names[int(k)] for k in rng.integers(0, len(names), n)]


def _located(
    made: Made,
    streets: Streets,
    block: Ints,
    sort: Ints,
    name: AnyArray,
    *,
    rng: np.random.Generator,
) -> Places:
    """Put each place inside its block, near a side of it, and give it an address there."""
    inside = np.column_stack([made.blocks.x[block], made.blocks.y[block]])
    rings = shapely.get_exterior_ring(made.blocks.shapes[block])
    along = shapely.line_interpolate_point(rings, rng.random(len(block)), normalized=True)
    side = np.column_stack([shapely.get_x(along), shapely.get_y(along)])
    at = side + rng.uniform(0.08, 0.4, len(block))[:, None] * (inside - side)
    points = shapely.points(np.round(at, 1))
    held = shapely.contains(made.blocks.shapes[block], points)
    points = np.where(held, points, shapely.points(inside))
    named = shapely.STRtree(streets.lines).nearest(along)
    number = 100 + 2 * rng.integers(0, 4400, len(block)) + rng.integers(0, 2, len(block))
    return Places(points, block, sort, name, number, streets.name[named])


def postal_codes(n: int, *, rng: np.random.Generator) -> list[str]:
    """Give postal codes that begin with a letter no Canadian code begins with."""
    letters = np.array(list("ABCEGHJKLMNPRSTVWXYZ"))
    drawn = rng.integers(0, len(letters), (n, 2))
    digits = rng.integers(0, 10, (n, 3))
    return [
        f"Z{d[0]}{letters[a[0]]} {d[1]}{letters[a[1]]}{d[2]}"
        for a, d in zip(drawn, digits, strict=True)
    ]
