"""An answered study of stress on the comb, made once a process: what pages of an answer are tried with."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.utils import timezone
from tests.support.comb import comb, degrees
from tests.support.table import Table
from tests.support.town import CRS, town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.on_foot import afoot
from courtepointe.core.streets import WALKERS
from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.formats.scenarios import shipped_scenario
from courtepointe.hubs.models import Study
from courtepointe.hubs.studies.ground import ALL_STREETS, Ground
from courtepointe.hubs.studies.stress import Stress
from courtepointe.hubs.studies.stress_values import (
    ADD,
    StressAsked,
    StressAssumed,
    StressOption,
    StressSpot,
)
from courtepointe.people.digests import digest_of

HUB = "Pôle secret du Moulin"
ASKED = StressAsked(
    ("flood",), (StressSpot(HUB, *degrees(50, 200), number=1),),
    (StressOption(ADD, "Église", place=StressSpot("Église", *degrees(500, 400), number=9)),),
    {"flood": StressAssumed(2.0, 8.0, 3, True, False)}, (), 50,
)  # fmt: skip


def ground_on(folder: Path) -> Ground:
    """Give the town with the comb's streets, without a server."""
    atlas, streets = Atlas(town()), comb(folder)
    walkers = {one.code: one for one in WALKERS}
    shape = shapely.box(*shapely.total_bounds(streets.lines()))
    return Ground(
        "town", lambda code: afoot(atlas, streets, walkers[code]),
        lambda points: move_points(np.array(points), source=DEGREES, target=CRS), [(ALL_STREETS, shape)], atlas,
    )  # fmt: skip


@cache
def result() -> str:
    """Answer the question once."""
    with tempfile.TemporaryDirectory() as folder:
        study = Stress(ASKED, ground_on(Path(folder)), {"flood": shipped_scenario("flood", to_crs=CRS)})  # fmt: skip
        return json.dumps(study.solve(1, lambda part: None))


def answered(table: Table, title: str) -> int:
    """Keep an answered study in a workspace; give its number."""
    told: dict[str, Any] = json.loads(result())
    now = timezone.now()
    row = Study.objects.create(
        workspace_id=table.id, kind="stress", title=title, asked=ASKED.told(), state="done", made=now,
        started=now, ended=now, pack="town", method="0 test", result=told, digest=digest_of(told),
    )  # fmt: skip
    return row.pk
