"""Names for the array types of this room."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.int32]
Bools: TypeAlias = NDArray[np.bool_]


def ratio(above: NDArray[Any], below: NDArray[Any], otherwise: float = 0.0) -> Floats:
    """Elementwise ``above / below``, ``otherwise`` where ``below`` is not positive."""
    out = np.full(np.broadcast_shapes(np.shape(above), np.shape(below)), otherwise)
    np.divide(above, below, out=out, where=np.asarray(below) > 0)
    return out
