"""Names for the arrays that the core counts with."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Codes: TypeAlias = NDArray[np.uint8]
Shapes: TypeAlias = NDArray[np.object_]
"""An array of shapely geometries."""
AnyArray: TypeAlias = NDArray[Any]
