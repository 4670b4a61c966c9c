"""The ASEM index of COINr, read with the standard library alone, for tests that know its answers."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from courtepointe.core.composite import Imputation, Method, Raw, Tree

# COINr screens this index at 0.9 after imputation, where nothing is missing any more: all stay.
METHOD = Method(imputation=Imputation.GROUP_MEAN)


@dataclass(frozen=True)
class Asem:
    """Everything of the index by position, and the names of the positions."""

    raw: Raw
    tree: Tree
    units: list[str]
    nodes: list[str]
    folder: Path

    def expected(self, name: str, columns: list[str]) -> np.ndarray:
        """Give columns of a published table, units in our order."""
        by_unit = {row["uCode"]: row for row in rows_of(self.folder / f"expected_{name}.csv")}
        return np.array([[number(by_unit[u][c]) for c in columns] for u in self.units])

    @property
    def indicators(self) -> list[str]:
        return self.nodes[: self.tree.n_indicators]


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def number(text: str) -> float:
    return float("nan") if text in ("", "NA") else float(text)


def asem_of(folder: Path) -> Asem:
    meta = rows_of(folder / "ASEM_iMeta.csv")
    data = rows_of(folder / "ASEM_iData.csv")
    in_tree = sorted((row for row in meta if row["Level"]), key=lambda row: int(row["Level"]))
    nodes = [row["iCode"] for row in in_tree]
    n_indicators = sum(row["Level"] == "1" for row in in_tree)
    below = [row["iCode"] for row in meta if row["Type"] == "Denominator"]
    tree = Tree(
        n_indicators,
        np.array([nodes.index(row["Parent"]) if row["Parent"] else -1 for row in in_tree]),
        np.array([float(row["Weight"]) for row in in_tree]),
    )
    groups = sorted({row["EurAsia_group"] for row in data})
    raw = Raw(
        np.array([[number(row[code]) for code in nodes[:n_indicators]] for row in data]),
        np.array([int(row["Direction"]) for row in in_tree[:n_indicators]]),
        np.array([[number(row[code]) for code in below] for row in data]),
        np.array(
            [
                below.index(row["Denominator"]) if row["Denominator"] else -1
                for row in in_tree[:n_indicators]
            ]
        ),
        np.array([groups.index(row["EurAsia_group"]) for row in data]),
    )
    return Asem(raw, tree, [row["uCode"] for row in data], nodes, folder)
