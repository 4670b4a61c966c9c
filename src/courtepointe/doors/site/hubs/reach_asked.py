"""What is asked of who reaches a hub on foot, and the answer: today, and with one place more."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courtepointe.atlas.query.on_foot import Reach, Told, on_streets, reach, told_within
from courtepointe.core.access import LIMITS_MIN
from courtepointe.core.errors import NotFound
from courtepointe.core.streets import WALKERS, Snapped
from courtepointe.core.typing import Floats
from courtepointe.doors.served import Served
from courtepointe.doors.site.hubs.forms import number_of
from courtepointe.doors.site.hubs.telling import capital, named, said
from courtepointe.doors.site.space.assets_forms import PointField
from courtepointe.doors.streets import ServedStreets
from courtepointe.hubs.queries.sites import PointSeen, SiteSeen
from courtepointe.people.values import Territory
from courtepointe.press.maps.walked import Mark

LIMITS = tuple(int(one) for one in LIMITS_MIN)
BEGUN = {"walker": "usual", "limit": 10, "place": None, "point": None}


class ReachForm(forms.Form):
    """Who walks, how long, from which hubs; and a place to try."""

    asked = forms.CharField(initial="1", widget=forms.HiddenInput, required=False)
    walker = forms.ChoiceField(label=_("Who walks"))
    limit = forms.TypedChoiceField(label=pgettext_lazy("walk", "Within"), coerce=int)
    hubs = forms.TypedMultipleChoiceField(label=_("Hubs that count"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple)  # fmt: skip
    place = number_of(_("Add a place of the directory"))
    point = PointField(label=_("Or a point: latitude, longitude"), required=False, max_length=60)

    def __init__(
        self, *args: Any, sites: Sequence[SiteSeen], places: Sequence[PointSeen], lang: str,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, str]]] = {
            "walker": [(one.code, capital(said("walker", one.code, lang=lang))) for one in WALKERS],
            "limit": [(one, gettext("%(n)s minutes") % {"n": one}) for one in LIMITS],
            "hubs": [(one.number, hub_label(one, lang)) for one in sites],
            "place": [("", "—"), *((one.number, one.name) for one in places)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse two places at once: who gains by which would not be told."""
        typed = super().clean() or {}
        if typed.get("place") is not None and typed.get("point") is not None:
            self.add_error("point", _("One or the other: a place of the directory, or a point."))
        return typed


def hub_label(one: SiteSeen, lang: str) -> str:
    """Name a hub as a choice: its status, and whether it can be walked to."""
    status = named("statuses", one.status, lang=lang)
    lacking = gettext("its place has no known point")
    missing = "" if one.points else f" · {lacking}"
    return f"{one.name} ({status}){missing}"


def counted_first(sites: Sequence[SiteSeen]) -> list[int]:
    """Give the hubs that count before anybody chose: those in service; where none is, all."""
    ready = [one.number for one in sites if one.status == "ready"]
    return ready or [one.number for one in sites]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its words checked.

    Attributes
    ----------
    walker : str
    limit : int, minutes
    hubs : tuple of SiteSeen
        Those that count.
    added : PointSeen or None
        A place to try.
    """

    walker: str
    limit: int
    hubs: tuple[SiteSeen, ...]
    added: PointSeen | None


def asked_of(
    typed: dict[str, Any], sites: Sequence[SiteSeen], places: Sequence[PointSeen]
) -> Asked:
    """Make a question of what the form holds."""
    added = next((one for one in places if one.number == typed["place"]), None)
    if typed["point"] is not None:
        spot = typed["point"]
        name = gettext("the added point")
        added = PointSeen(0, name, spot.longitude, spot.latitude)
    hubs = tuple(one for one in sites if one.number in typed["hubs"])
    return Asked(typed["walker"], typed["limit"], hubs, added)


@dataclass(frozen=True, slots=True)
class Far:
    """A site that no street is near to; ``metres`` is infinite where the atlas's plane has no such point."""

    name: str
    metres: float

    @property
    def known(self) -> bool:
        """Whether the distance can be said: what is on another continent has none that means much."""
        return bool(self.metres < 50_000.0)


@dataclass(frozen=True, slots=True)
class Row:
    """A territory, today and with the added place."""

    name: str
    today: Told
    more: Told | None


@dataclass(frozen=True, slots=True)
class Found:
    """An answer.

    Attributes
    ----------
    rows : tuple of Row
        All territories together first, where there are several.
    reach : Reach
        What the map draws: with the added place where there is one.
    shape : shapely geometry, metres
    marks : tuple of Mark
    far : tuple of Far
        Hubs left out: no street is near.
    pointless : tuple of str
        Hubs left out: none of their places has a point.
    added_far : Far or None
    n_sites : int
        Points of hubs that count.
    """

    rows: tuple[Row, ...]
    reach: Reach
    shape: shapely.Geometry
    marks: tuple[Mark, ...]
    far: tuple[Far, ...]
    pointless: tuple[str, ...]
    added_far: Far | None
    n_sites: int


Shaped = tuple[str, shapely.Geometry]


def shapes_of(held: Served, territories: Sequence[Territory]) -> tuple[list[Shaped], list[str]]:
    """Give territories with their shapes, and the names of those that the atlas does not show."""
    found: list[Shaped] = []
    lost: list[str] = []
    for one in territories:
        shape = None
        if one.atlas_code == held.pack.recipe.code:
            with suppress(NotFound):
                shape = held.atlas.shape(held.atlas.find(one.area_key))
        if shape is None:
            lost.append(one.name)
        else:
            found.append((one.name, shape))
    return found, lost


def grounds_of(shaped: Sequence[Shaped], streets: ServedStreets) -> list[Shaped]:
    """Give what is told apart: all together first where there are several; without any, all streets."""
    if not shaped:
        lines = streets.file.streets.lines()
        return [(gettext("All the streets"), shapely.box(*shapely.total_bounds(lines)))]
    if len(shaped) == 1:
        return list(shaped)
    return [(gettext("Together"), shapely.union_all([shape for _, shape in shaped])), *shaped]


def answer(held: Served, streets: ServedStreets, asked: Asked, grounds: Sequence[Shaped]) -> Found:
    """Tell who reaches a hub on foot, today and with the added place."""
    walked = streets.walked(asked.walker)
    spots = [(one.name, spot) for one in asked.hubs for spot in one.points]
    added = asked.added
    n_hubs = len(spots)
    if added is not None:
        spots.append((added.name, (added.longitude, added.latitude)))
    points = held.atlas.in_metres([spot for _, spot in spots]) if spots else np.empty((0, 2))
    put = on_streets(walked, points)
    marks = _marks([name for name, _ in spots], points, put, n_hubs)
    far = [Far(spots[n][0], float(put.away_m[n])) for n in np.flatnonzero(put.too_far)]
    n_far = int(put.too_far[:n_hubs].sum())
    today = reach(walked, on_streets(walked, points[:n_hubs]))
    is_added = added is not None and n_far == len(far)
    more = reach(walked, put) if is_added else None
    rows = [
        Row(name, told_within(today, shape), told_within(more, shape) if more else None)
        for name, shape in grounds
    ]
    pointless = tuple(one.name for one in asked.hubs if not one.points)
    return Found(
        tuple(rows), more or today, grounds[0][1], marks, tuple(far[:n_far]), pointless,
        far[-1] if len(far) > n_far else None, n_hubs - n_far,
    )  # fmt: skip


def _marks(names: Sequence[str], points: Floats, put: Snapped, n_hubs: int) -> tuple[Mark, ...]:
    """Mark what stands on a street; those after the hubs are added."""
    return tuple(
        Mark(name, float(points[n, 0]), float(points[n, 1]), added=n >= n_hubs)
        for n, name in enumerate(names)
        if not put.too_far[n]
    )
