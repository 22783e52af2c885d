"""Numbers in order, as the indexes list them: where those of one list stand in another."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer[Any]]


def places(wanted: Numbers, among: Numbers) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return where each of the numbers stands `among` others, which are in order, and whether it does.

    >>> where, there = places(np.array([4, 7, 9]), np.array([1, 4, 9]))
    >>> where[there].tolist(), there.tolist()
    ([1, 2], [True, False, True])
    """
    if not len(among):
        return np.zeros(len(wanted), np.intp), np.zeros(len(wanted), np.bool_)
    found = among.searchsorted(wanted)
    found[found == len(among)] = 0
    return found, among[found] == wanted
