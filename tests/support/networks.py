"""Made-up networks of partners: sectors that keep together, a few who stand between, some silent."""

from __future__ import annotations

import numpy as np

from courtepointe.core.network import Network
from courtepointe.core.typing import Ints

SECTORS = ("Communautaire", "Santé et services sociaux", "Éducation et petite enfance",
           "Habitation", "Culture et loisirs", "Ville et arrondissement", "Économie sociale")  # fmt: skip
STARTS = ("Maison", "Centre", "Comité", "Association", "Regroupement", "Cuisine collective",
          "Carrefour", "Club", "Coopérative", "Bibliothèque", "Table", "Ateliers", "Jardin",
          "Halte-garderie", "École", "Résidence", "Popote roulante", "Entraide")  # fmt: skip
ENDS = ("du Coteau", "des Tisserandes", "de la Rive", "du Vieux-Moulin", "des Familles",
        "de l'Ormeraie", "des Aînées et Aînés du Ruisseau", "Saint-Anselme", "du Grand Pré",
        "de la Gare", "des Locataires du Nord", "Horizon", "des Jeunes du Canal", "de l'Écluse",
        "Sainte-Odile", "des Nouveaux Arrivants", "du Faubourg", "La Passerelle")  # fmt: skip


def names(n: int) -> list[str]:
    """Give fictional names, all different."""
    made = [f"{start} {end}" for end in ENDS for start in STARTS]
    order = np.random.default_rng(11).permutation(len(made))
    return sorted(made[k] for k in order[:n])


def sectors(n: int, *, seed: int = 5) -> Ints:
    """Give each a sector from 1, the first ones more often."""
    weight = np.array([6, 4, 4, 3, 3, 2, 2], dtype=float)
    chance = np.random.default_rng(seed)
    return 1 + chance.choice(len(weight), size=n, p=weight / weight.sum())


def network(
    n: int, *, seed: int = 5, mean: float = 4.0, silent: float = 0.12, alone: float = 0.03
) -> Network:
    """Draw who names whom: more inside a sector, more towards a few, often returned."""
    chance = np.random.default_rng(seed)
    sector = sectors(n, seed=seed)
    pull = chance.pareto(2.2, n) + 0.35
    liking = pull[None, :] * np.where(sector[:, None] == sector[None, :], 5.0, 1.0)
    np.fill_diagonal(liking, 0.0)
    liking[:, chance.random(n) < alone] = 0.0
    rates = np.minimum(mean * n * liking / max(liking.sum(), 1e-9), 0.9)
    named = chance.random((n, n)) < rates
    named |= named.T & (chance.random((n, n)) < 0.45)
    lonely = ~named.any(axis=0)
    named[lonely & (chance.random(n) < 0.5)] = False
    answered = chance.random(n) >= silent
    named[~answered] = False
    return of(named, answered, seed=seed)


def later(first: Network, *, seed: int = 6, new: float = 0.12, ended: float = 0.1) -> Network:
    """Draw the next wave: some ties end, some begin, others answer."""
    chance = np.random.default_rng(seed)
    n = first.n_nodes
    named = np.zeros((n, n), dtype=bool)
    named[first.from_node, first.to_node] = True
    was = named | named.T
    named &= chance.random((n, n)) >= ended
    two = (was.astype(int) @ was.astype(int) > 0) & ~was
    np.fill_diagonal(two, False)
    named |= two & (chance.random((n, n)) < new * was.sum() / max(two.sum(), 1))
    answered = chance.random(n) >= 0.1
    named[~answered] = False
    return of(named, answered, seed=seed)


def of(named: np.ndarray, answered: np.ndarray, *, seed: int) -> Network:
    """Make a network of one kind with frequencies."""
    start, end = np.nonzero(named)
    chance = np.random.default_rng(seed)
    often = chance.integers(1, 5, len(start))
    none = np.zeros(len(start), dtype=np.int64)
    return Network(len(named), start, end, none, often, answered, none.astype(bool))
