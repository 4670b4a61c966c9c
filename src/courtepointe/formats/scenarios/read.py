"""Read a scenario from TOML; what is unknown is refused by name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.core.streets import WALKERS
from courtepointe.core.stress import Disc, Discs, Effect, Rules, Scenario, Seeking
from courtepointe.core.stress.values import ALL, NONE, Area
from courtepointe.core.typing import Floats
from courtepointe.formats import archives
from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.formats.scenarios.place import LANGUAGES, Place
from courtepointe.formats.scenarios.values import Assumed, Published, ScenarioFile

FOLDER = Path(__file__).with_name("shipped")
SHIPPED = ("heat-2018", "ice-2023", "blackout", "flood", "smoke")
LARGEST_BYTES = 1_000_000
BY_CODE = {one.code: one for one in WALKERS}
KEYS = (
    "code", "hazard", "hours", "limit_min", "names", "about", "rules", "hubs", "groups", "effects",
    "assumptions", "published",
)  # fmt: skip


def shipped_scenario(code: str, *, to_crs: str) -> ScenarioFile:
    """Give a scenario that is shipped, by its code.

    Raises
    ------
    NotFound
        ``scenario_unknown``.
    """
    if code not in SHIPPED:
        raise NotFound("scenario_unknown", value=code, expected=", ".join(SHIPPED))
    return read_scenario(FOLDER / f"{code}.toml", to_crs=to_crs)


def read_scenario(path: Path | str, *, to_crs: str) -> ScenarioFile:
    """Read a scenario.

    Parameters
    ----------
    path : path
        TOML; see ``docs/methods/stress.md``.
    to_crs : str
        In metres; areas of the file are in degrees (WGS 84).

    Returns
    -------
    ScenarioFile

    Raises
    ------
    BadInput
        ``scenario_toml``, ``scenario_key``, ``scenario_lacks``, ``scenario_value``, with the file and the
        place in it; those of `Scenario` and of what it is made of.
    """
    file = archives.check_file(Path(path))
    archives.check_file(file, limit_bytes=LARGEST_BYTES)
    try:
        told: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput("scenario_toml", file=file.name, problem=str(error)) from error
    at = Place(file.name, "", told)
    at.only(*KEYS)
    n_hours = at.whole("hours")
    groups = list(at.listed("groups"))
    scenario = Scenario(
        at.text("code"), at.text("hazard"), n_hours,
        tuple(_effect(one, n_hours, to_crs) for one in at.listed("effects")),
        tuple(_seeking(one, n_hours) for one in groups),
        _rules(at.table("rules", needed=False)), at.number("limit_min", 15.0), at.words("names"),
    )  # fmt: skip
    return ScenarioFile(
        scenario, at.words("about"), _shares(groups),
        {one.text("code"): {lang: one.text(lang) for lang in LANGUAGES} for one in groups},
        _assumed(at.table("hubs", needed=False)), _assumptions(at.table("assumptions")),
        tuple(_published(one) for one in at.listed("published")),
    )  # fmt: skip


def _rules(at: Place) -> Rules:
    at.only("staff_at_least", "opening_lag_h")
    return Rules(at.whole("staff_at_least", 0), at.range("opening_lag_h", NONE))


def _assumed(at: Place) -> Assumed:
    at.only("capacity", "autonomy_h", "staff", "traits", "dry")
    plain = Assumed()
    return Assumed(
        at.number("capacity", plain.capacity), at.number("autonomy_h", plain.autonomy_h),
        at.whole("staff", plain.staff), frozenset(at.texts("traits")), at.flag("dry"),
    )  # fmt: skip


def _seeking(at: Place, n_hours: int) -> Seeking:
    at.only("code", *LANGUAGES, "share", "by_hour", "take_up", "walker")
    walker = at.text("walker", "usual")
    if walker not in BY_CODE:
        raise at.wrong("walker", walker, ", ".join(BY_CODE))
    by_hour = at.numbers("by_hour")
    if n_hours % len(by_hour):
        raise at.wrong("by_hour", f"{len(by_hour)} numbers", f"a number that divides {n_hours}")
    # Twenty-four are the hours of a day, each day anew; any others share the scenario out evenly.
    held: Floats = (
        np.tile(by_hour, n_hours // 24)
        if len(by_hour) == 24
        else np.repeat(by_hour, n_hours // len(by_hour))
    )
    return Seeking(at.text("code"), held, at.range("take_up"), BY_CODE[walker])


def _shares(groups: list[Place]) -> dict[str, float]:
    told = {one.text("code"): one.number("share") for one in groups}
    for at, share in zip(groups, told.values(), strict=False):
        if not 0.0 <= share <= 1.0:
            raise at.wrong("share", share, "0 to 1")
    if sum(told.values()) > 1.0 + 1e-9:
        raise groups[0].wrong("share", sum(told.values()), "shares of all groups: 1 at most")
    return told


def _effect(at: Place, n_hours: int, crs: str) -> Effect:
    at.only("kind", "hours", "share", "trait", "discs", "areas")
    hours = at.numbers("hours") if "hours" in at.told else [0.0, float(n_hours)]
    if len(hours) != 2 or any(one != int(one) for one in hours):
        raise at.wrong("hours", hours, "2 whole numbers")
    discs = None
    if "discs" in at.told:
        its = at.table("discs")
        its.only("n", "radius_m")
        discs = Discs(its.whole("n"), its.range("radius_m"))
    return Effect(
        at.text("kind"), (int(hours[0]), int(hours[1])),
        tuple(_area(one, crs) for one in at.listed("areas")), discs, at.range("share", ALL),
        at.text("trait", ""),
    )  # fmt: skip


def _area(at: Place, crs: str) -> Area:
    at.only("longitude", "latitude", "radius_m", "polygon")
    if "polygon" not in at.told:
        spot = np.array([[at.number("longitude"), at.number("latitude")]])
        x, y = move_points(spot, source=DEGREES, target=crs)[0]
        return Disc(float(x), float(y), at.number("radius_m"))
    ring = at.get("polygon")
    try:
        corners = np.array(ring, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise at.wrong("polygon", ring, "[[longitude, latitude], …]") from error
    if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3:
        raise at.wrong("polygon", ring, "[[longitude, latitude], …]")
    return shapely.Polygon(move_points(corners, source=DEGREES, target=crs))


def _assumptions(at: Place) -> dict[str, tuple[str, ...]]:
    at.only(*LANGUAGES)
    told = {lang: at.texts(lang) for lang in LANGUAGES}
    if len({len(one) for one in told.values()}) > 1:
        raise at.wrong("", {lang: len(one) for lang, one in told.items()}, "as many in fr as in en")
    return told


def _published(at: Place) -> Published:
    at.only("key", "value", "unit", "source", *LANGUAGES)
    words = {lang: at.text(lang) for lang in LANGUAGES}
    return Published(at.text("key"), at.number("value"), at.text("unit"), at.text("source"), words)
