"""Numbers are found in a list in order, or told not to stand there."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis.strategies import integers, lists

from service.query.ordered import places

NUMBERS = lists(integers(0, 40), unique=True).map(sorted)


@given(wanted=NUMBERS, among=NUMBERS)
def test_numbers_are_found_where_they_stand(wanted: list[int], among: list[int]) -> None:
    where, there = places(np.array(wanted, np.int64), np.array(among, np.int64))
    assert there.tolist() == [one in among for one in wanted]
    assert [among[at] for at in where[there]] == [one for one in wanted if one in among]
