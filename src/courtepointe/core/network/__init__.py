"""The network of partners: who names whom in a wave, and what missing answers do to each figure.

An organisation that did not answer is not one without partners: what it would have said is
unknown. Each figure comes with the lowest and the highest that any answers could give.
See ``docs/methods/network-of-partners.md``.
"""

from courtepointe.core.network.broker_bounds import betweenness_bounds
from courtepointe.core.network.brokers import (
    Brokers,
    betweenness,
    brokers,
    effective_size_bounds,
    foremost,
)
from courtepointe.core.network.change import (
    ChangeVerdict,
    FigureChange,
    NetworkChange,
    PairChange,
    change_between,
    pair_change,
)
from courtepointe.core.network.density import density, reciprocity
from courtepointe.core.network.ego import EgoView, OwnTie, ToldCount, ego_view
from courtepointe.core.network.possible import arcs, between, named
from courtepointe.core.network.reach import ALL, Reach, ReachBounds, mean_reach, reach, reach_of
from courtepointe.core.network.roles import Role, RoleBounds, Roles, roles, roles_of
from courtepointe.core.network.sectors import (
    Diversity,
    across_by_chance,
    across_sectors,
    blau_bounds,
    diversity,
)
from courtepointe.core.network.shape import (
    Pieces,
    centralisation,
    core_bounds,
    cores,
    in_largest,
    n_alone,
    n_pieces,
    pieces,
)
from courtepointe.core.network.statement import (
    COUNTS,
    SHARES,
    NetworkStatement,
    most_brokers_of,
    state,
)
from courtepointe.core.network.steps import FAR, steps
from courtepointe.core.network.trust import Trusted, trust_counts, trusting, trusting_both_ways
from courtepointe.core.network.values import (
    UNSAID,
    Between,
    Bounded,
    Bounds,
    Network,
    Reading,
    Rule,
    among,
    as_often_as,
    network_of,
    of_kinds,
)

__all__ = [
    "ALL",
    "COUNTS",
    "FAR",
    "SHARES",
    "UNSAID",
    "Between",
    "Bounded",
    "Bounds",
    "Brokers",
    "ChangeVerdict",
    "Diversity",
    "EgoView",
    "FigureChange",
    "Network",
    "NetworkChange",
    "NetworkStatement",
    "OwnTie",
    "PairChange",
    "Pieces",
    "Reach",
    "ReachBounds",
    "Reading",
    "Role",
    "RoleBounds",
    "Roles",
    "Rule",
    "ToldCount",
    "Trusted",
    "across_by_chance",
    "across_sectors",
    "among",
    "arcs",
    "as_often_as",
    "between",
    "betweenness",
    "betweenness_bounds",
    "blau_bounds",
    "brokers",
    "centralisation",
    "change_between",
    "core_bounds",
    "cores",
    "density",
    "diversity",
    "effective_size_bounds",
    "ego_view",
    "foremost",
    "in_largest",
    "mean_reach",
    "most_brokers_of",
    "n_alone",
    "n_pieces",
    "named",
    "network_of",
    "of_kinds",
    "pair_change",
    "pieces",
    "reach",
    "reach_of",
    "reciprocity",
    "roles",
    "roles_of",
    "state",
    "steps",
    "trust_counts",
    "trusting",
    "trusting_both_ways",
]
