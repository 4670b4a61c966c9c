"""How fast, and in how much memory, is a bulk Census Profile read?

The peer is DuckDB's own scan of the same bytes (all columns as text, one sum), and pandas by
chunks. Ours does more: it checks every row, types every value, and turns symbols into statuses.
`COURTEPOINTE_BENCH_MB` sets the size of the files (200).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow.compute as pc

import measure
from courtepointe.formats.census_profile import (
    Characteristic,
    Geography,
    ProfileQuery,
    ProfileRows,
    dense_rows,
    read_profile,
    write_profile,
)

N_CHARACTERISTICS = 2631
SIZE_MB = int(os.environ.get("COURTEPOINTE_BENCH_MB", "200"))
SCANS = (("DuckDB scan", "duckdb_scan"), ("DuckDB scan, every column", "duckdb_all"))


def ours(argument: Mapping[str, Any]) -> list[float]:
    """Read typed rows; give how many, and the sum of the counts that stand."""
    wanted = argument["wanted"]
    query = ProfileQuery(None if wanted is None else frozenset(wanted))
    n_rows, total = 0, 0.0
    for batch in read_profile([Path(argument["path"])], query):
        n_rows += batch.num_rows
        total += pc.sum(batch["total_count"]).as_py() or 0.0
    return [n_rows, total]


def duckdb_scan(argument: Mapping[str, Any]) -> list[float]:
    """Let DuckDB scan the same bytes as text and sum one column."""
    names = argument["names"]
    where = (
        ""
        if argument["wanted"] is None
        else f"WHERE {names[0]}::INT IN {tuple(argument['wanted'])}"
    )
    query = f"""
        SELECT count(*), sum(TRY_CAST({names[1]} AS DOUBLE))
        FROM read_csv(?, all_varchar = true, header = true) {where}
    """
    found = duckdb.execute(query, [argument["peer_path"]]).fetchone()
    return list(found or ())


def duckdb_all(argument: Mapping[str, Any]) -> list[float]:
    """Let DuckDB scan the same bytes as text and touch every column."""
    path, source = argument["peer_path"], "read_csv(?, all_varchar = true, header = true)"
    described = duckdb.execute(f"DESCRIBE SELECT * FROM {source}", [path]).fetchall()
    touched = ", ".join(f'count("{column[0]}")' for column in described)
    total = f"sum(TRY_CAST({argument['names'][1]} AS DOUBLE))"
    query = f"SELECT count(*), {total}, {touched} FROM {source}"
    found = duckdb.execute(query, [path]).fetchone() or ()
    return list(found[:2])


def pandas_chunks(argument: Mapping[str, Any]) -> list[float]:
    """Read by chunks with pandas, as most scripts do."""
    n_rows, total = 0, 0.0
    for chunk in pd.read_csv(
        argument["peer_path"],
        chunksize=200_000,
        encoding="cp1252",
        dtype=str,
        keep_default_na=False,
    ):
        n_rows += len(chunk)
        total += float(pd.to_numeric(chunk[argument["names"][1]], errors="coerce").sum())
    return [n_rows, total]


SIDES = {
    "ours": ours,
    "duckdb_scan": duckdb_scan,
    "duckdb_all": duckdb_all,
    "pandas": pandas_chunks,
}


def area_rows(place: int, ids: np.ndarray, *, with_intervals: bool) -> ProfileRows:
    """Make the rows of one area: counts rounded to 5, rates to a decimal, some suppressed."""
    rng = np.random.default_rng(place)
    n_values = 18 if with_intervals else 6
    values = rng.integers(0, 2000, (n_values, 1, ids.size)) * 5.0
    values[n_values // 2 :] = np.round(rng.random((n_values - n_values // 2, 1, ids.size)) * 100, 1)
    symbols = np.zeros(values.shape, dtype=np.uint8)
    hidden = np.broadcast_to(rng.random((1, 1, ids.size)) < 0.05, values.shape)
    values[hidden], symbols[hidden] = np.nan, 1
    code = f"{24660000 + place}"
    geography = Geography(
        2021, f"2021S0512{code}", code, "Dissemination area", code, 3.1, 4.6, "00000"
    )
    return dense_rows([geography], ids, values, symbols)


def written(path: Path, *, with_intervals: bool, language: str, encoding: str = "cp1252") -> str:
    """Write a file of about the size asked for; tell its size in words."""
    ids = np.arange(1, N_CHARACTERISTICS + 1)
    stem = "Personnes âgées – caractéristique" if language == "fr" else "Persons - characteristic"
    named = [Characteristic(int(n), f"{stem} {n}, total", int(n) % 5, None, None) for n in ids]
    row_bytes = 300 if with_intervals else 180
    n_areas = max(1, SIZE_MB * 1_000_000 // (row_bytes * N_CHARACTERISTICS))
    write_profile(
        path,
        (area_rows(place, ids, with_intervals=with_intervals) for place in range(n_areas)),
        named,
        with_intervals=with_intervals,
        language=language,
        encoding=encoding,
    )
    return f"{path.stat().st_size / 1e6:.0f} MB, {n_areas * N_CHARACTERISTICS:,} rows"


def plain_questions(folder: Path) -> Iterator[measure.Question]:
    """Ask for everything, then for what an atlas wants, in the plain layout."""
    path = folder / "plain.csv"
    size = written(path, with_intervals=False, language="en")
    names = ["CHARACTERISTIC_ID", "C1_COUNT_TOTAL"]
    everything = {"path": str(path), "peer_path": str(path), "wanted": None, "names": names}
    some = everything | {"wanted": list(range(1, N_CHARACTERISTICS, 13))}
    peers = (*SCANS, ("pandas by chunks", "pandas"))
    yield measure.Question("23 columns, all characteristics", size, everything, peers)
    yield measure.Question("23 columns, 203 characteristics", size, some, SCANS[:1])
    path.unlink()


def interval_questions(folder: Path) -> Iterator[measure.Question]:
    """Ask for a French cp1252 file with intervals; the peer needs a copy in UTF-8.

    DuckDB 2.0's latin-1 refuses the bytes that make ’ – œ in cp1252.
    """
    path, copy = folder / "intervals.csv", folder / "copy.csv"
    size = written(path, with_intervals=True, language="fr")
    written(copy, with_intervals=True, language="fr", encoding="utf-8")
    names = ['"ID_CARACTÉRISTIQUE"', "C1_CHIFFRE_TOTAL"]
    everything = {"path": str(path), "peer_path": str(copy), "wanted": None, "names": names}
    some = everything | {"wanted": list(range(1, N_CHARACTERISTICS, 13))}
    peers = tuple((f"{peer} of a UTF-8 copy", side) for peer, side in SCANS)
    yield measure.Question("47 columns, cp1252, all characteristics", size, everything, peers)
    yield measure.Question("47 columns, cp1252, 203 characteristics", size, some, peers[:1])


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask both."""
    yield from plain_questions(folder)
    yield from interval_questions(folder)


if __name__ == "__main__":
    measure.answer(SIDES, questions)
