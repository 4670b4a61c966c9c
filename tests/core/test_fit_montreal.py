"""The real city: 485 tracts, 32 quarters that overlap by a hair, and not a person lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely

from courtepointe.core import fit, shapes

TO_METRES = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32188", always_xy=True)


def read(file: Path, column: str) -> tuple[np.ndarray, np.ndarray]:
    """Read shapes in metres, repaired, and a column."""
    _, _, geometry, columns = pyogrio.raw.read(file, columns=[column])
    found = shapely.transform(shapely.from_wkb(geometry), TO_METRES.transform, interleaved=False)
    return shapes.repair(found).shapes, columns[0]


@pytest.mark.shared
def test_the_quarters_share_the_tracts_of_montreal_out(montreal_files: Path) -> None:
    folder = montreal_files / "boundaries"
    tracts, people = read(folder / "ct2021_montreal_censusmapper_geos.geojson", "pop")
    quarters, _ = read(folder / "quartiers_sociologiques_2014.geojson", "id")
    people = people.astype(np.float64)
    units = fit.index_shapes(tracts)
    pairs = fit.shares_of_division(units, quarters)
    whole = fit.share_by_surface(units, shapely.union_all(quarters))
    union = np.zeros(tracts.size)
    union[whole.positions] = whole.inside
    found = fit.best_fit_division(pairs, n_units=tracts.size, union_share=union)
    assert tracts.size == 485
    assert (found.area >= 0).all()
    assert people.sum() == 1_762_949
    assert np.bincount(found.area, people).sum() == 1_762_949
    assert found.ambiguous.size == 4
    alone = [fit.best_fit(fit.share_by_surface(units, quarter)).positions for quarter in quarters]
    counted_alone = np.bincount(np.concatenate(alone), minlength=485)
    assert np.flatnonzero(counted_alone != 1).tolist() == found.ambiguous.tolist()
    for quarter, positions in enumerate(alone):
        certain = positions[counted_alone[positions] == 1]
        assert (found.area[certain] == quarter).all()
