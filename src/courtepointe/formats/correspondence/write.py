"""Write a correspondence file of dissemination areas as Statistics Canada lays it out in 2021."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from courtepointe.core.typing import Floats
from courtepointe.formats.correspondence.values import relation_flags


def write_correspondence(
    path: Path,
    *,
    newer: str,
    older: str,
    newer_codes: Sequence[str],
    older_codes: Sequence[str],
    surface_percent: Floats,
) -> None:
    """Write pairs of dissemination areas, ordered by newer then older code.

    Parameters
    ----------
    path : Path
    newer, older : str
        Years of the two censuses.
    newer_codes, older_codes : (n_pairs,) sequence of str
    surface_percent : (n_pairs,) float, percent
        Part of the newer area's surface that lies in the older one.
    """
    _, newer_at = np.unique(np.array(newer_codes), return_inverse=True)
    _, older_at = np.unique(np.array(older_codes), return_inverse=True)
    flags = relation_flags(newer_at.astype(np.int64), older_at.astype(np.int64))
    rows = sorted(
        zip(newer_codes, older_codes, surface_percent.tolist(), flags.tolist(), strict=True)
    )
    header = (
        f"DAUID{newer}_ADIDU{newer}",
        f"DADGUID{newer}_ADIDUGD{newer}",
        f"DAUID{older}_ADIDU{older}",
        f"DADGUID{older}_ADIDUGD{older}",
        "DAAREAPRCNT_ADPRCNTSUP",
        "DARELFLAG_ADINDREL",
    )
    with path.open("w", encoding="ascii", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        for new, old, percent, flag in rows:
            writer.writerow(
                (new, f"{newer}S0512{new}", old, f"{older}S0512{old}", f"{percent:.4f}", flag)
            )
