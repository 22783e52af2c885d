"""While posts are ingested garbage is looked for seldom, and afterwards as before."""

from __future__ import annotations

import gc

import pytest

from service.workers.collecting import seldom_collected


def test_what_was_set_before_is_set_again() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


def test_the_last_of_several_batches_sets_it_back() -> None:
    before = gc.get_threshold()
    first, second = seldom_collected(), seldom_collected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() > before
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before


def test_a_fault_sets_it_back() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="odd"), seldom_collected():
        raise ValueError("odd")
    assert gc.get_threshold() == before
