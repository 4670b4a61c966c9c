"""What a study of siting asks, as it is kept: all that its answer follows from, but the atlas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.core.siting import Goal

FREE, FORCED, REFUSED = "free", "forced", "refused"
HELD = (FREE, FORCED, REFUSED)
BUDGET = "budget"
"""The most people within reach that a budget pays for: maximal covering, priced."""
GOALS = (
    Goal.MAX_COVER, Goal.P_MEDIAN, Goal.P_CENTER, Goal.SET_COVER, Goal.BACKUP_COVER,
    Goal.CAPACITATED_COVER, BUDGET, Goal.KOLM_POLLAK, Goal.MIN_REGRET,
)  # fmt: skip
"""In the order in which they are offered."""
COUNTED = tuple(goal for goal in GOALS if goal not in (Goal.SET_COVER, BUDGET))
"""Those that ask how many sites open."""
WITHIN = (Goal.MAX_COVER, Goal.SET_COVER, Goal.BACKUP_COVER, Goal.CAPACITATED_COVER, BUDGET)
"""Those for which the limit of minutes decides; for the others it only counts the people told of."""
MOST_SITES, MOST_OPEN = 5_000, 200
MOST_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the globe with a name: a place that could hold a hub, or a hub that stands.

    Attributes
    ----------
    name : str
    longitude, latitude : float, degrees
    number : int or None
        Of the record, or of the hub.
    held : str
        `FREE`, `FORCED` or `REFUSED`, of a place that could hold a hub.
    price : float or None, dollars
    seats : float or None
    """

    name: str
    longitude: float
    latitude: float
    number: int | None = None
    held: str = FREE
    price: float | None = None
    seats: float | None = None


@dataclass(frozen=True, slots=True)
class SitingAsked:
    """Where the next hubs could stand.

    Attributes
    ----------
    goal : str
        One of `GOALS`: a person chose it.
    walker : str
    limit_min : int, minutes
    n_open : int or None
        How many open beside those that stand; None where the goal does not ask.
    budget : float or None, dollars
    sites : tuple of Spot
        Places that could hold a hub.
    standing : tuple of Spot
        Hubs that count already: a spot for each of their places.
    territories : tuple of (name, area key)
        Whose people count; none: all whom the streets reach.
    most_minutes : int, minutes
        The search ends by then with the best that it has.
    who, who_name : str
        Code and name of the group of people who count, as the atlas counts it; empty: everybody.
    among, search : str
        How the places were looked for in the directory: for whoever asks again, otherwise.
    """

    goal: str
    walker: str
    limit_min: int
    n_open: int | None
    budget: float | None
    sites: tuple[Spot, ...]
    standing: tuple[Spot, ...]
    territories: tuple[tuple[str, str], ...]
    most_minutes: int = 5
    who: str = ""
    who_name: str = ""
    among: str = ""
    search: str = ""

    def __post_init__(self) -> None:
        if self.goal not in GOALS:
            raise BadInput("study_goal", value=self.goal, expected=", ".join(GOALS))
        if not 0 < len(self.sites) <= MOST_SITES:
            raise BadInput("study_sites", value=len(self.sites), expected=MOST_SITES)
        if self.goal in COUNTED and not 1 <= (self.n_open or 0) <= MOST_OPEN:
            raise BadInput("study_n_open", value=self.n_open or 0, expected=MOST_OPEN)
        if self.goal == BUDGET and not (self.budget or 0.0) > 0.0:
            raise BadInput("study_budget", value=self.budget or 0)
        if not 1 <= self.most_minutes <= MOST_MINUTES:
            raise BadInput("study_minutes", value=self.most_minutes, expected=MOST_MINUTES)
        self._check_known()

    def _check_known(self) -> None:
        """Refuse a goal that needs to know of each place what is not known of some."""
        no_price = [one.name for one in self.sites if one.price is None]
        no_seats = [one.name for one in (*self.sites, *self.standing) if one.seats is None]
        if self.goal == BUDGET and no_price:
            raise BadInput("study_no_price", value=len(no_price), place=no_price[0])
        if self.goal == Goal.CAPACITATED_COVER and no_seats:
            raise BadInput("study_no_seats", value=len(no_seats), place=no_seats[0])

    def told(self) -> dict[str, Any]:
        """Give what JSON keeps."""
        return asdict(self)


def siting_asked(kept: Mapping[str, Any]) -> SitingAsked:
    """Read a question again, as it was kept."""
    spots = {name: tuple(Spot(**one) for one in kept[name]) for name in ("sites", "standing")}
    territories = tuple((name, key) for name, key in kept["territories"])
    return SitingAsked(**{**kept, **spots, "territories": territories})
