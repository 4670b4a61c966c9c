"""Keep the truth beside the files: what everyone would have answered, block by block."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from courtepointe.atlas.demo.region import Made
from courtepointe.atlas.demo.tally import MEASURES, OF_PERSONS, Tally
from courtepointe.core.typing import AnyArray


class Truth:
    """The truth's files, growing region after region: `blocks_YEAR` and `households_YEAR`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._files: dict[str, pq.ParquetWriter] = {}

    def add(self, made: Made) -> None:
        """Write a region's true counts by block, and each household's money."""
        for year, tally in ((2021, made.tally), (2016, made.tally_before)):
            self._write(f"blocks_{year}", _blocks(made, tally))
            self._write(f"households_{year}", _households(made, year))

    def _write(self, name: str, table: pa.Table) -> None:
        if name not in self._files:
            path = self._folder / f"{name}.parquet"
            self._files[name] = pq.ParquetWriter(path, table.schema, compression="zstd")
        self._files[name].write_table(table)

    def close(self) -> None:
        """End the files."""
        for file in self._files.values():
            file.close()


def _blocks(made: Made, tally: Tally) -> pa.Table:
    """Make a row per block: its codes, then `c<id>`, `c<id>_men`, `c<id>_women`."""
    d, codes = made.divisions, made.codes
    columns: dict[str, AnyArray] = {
        "block": np.array(codes.block),
        "da_2021": np.array(codes.da)[d.da],
        "da_2016": np.array(codes.da_2016)[d.da_2016],
        "tract": np.array(codes.tract)[d.tract],
        "borough": d.borough,
        "population": tally.population,
        "dwellings": tally.dwellings,
        "households": tally.occupied,
    }
    for place, measure in enumerate(MEASURES):
        columns[f"c{measure}"] = tally.counts[:, place, 0]
        if OF_PERSONS[place]:
            columns[f"c{measure}_men"] = tally.counts[:, place, 1]
            columns[f"c{measure}_women"] = tally.counts[:, place, 2]
    return pa.table(columns)


def _households(made: Made, year: int) -> pa.Table:
    people = made.people if year == 2021 else made.before
    homes, housing = people.households, people.housing
    return pa.table(
        {
            "block": np.array(made.codes.block)[homes.block],
            "size": homes.size,
            "income": housing.income,
            "after_tax": housing.after_tax,
            "owner": housing.owner,
            "cost": housing.cost,
            "value": housing.value,
            "rooms": housing.rooms,
        }
    )
