"""What a service does once before its first request."""

import gc

import httpx2


def test_what_stays_for_good_is_not_searched_for_garbage(sample: httpx2.Client) -> None:
    assert sample.get("/readyz").status_code == 200
    assert gc.get_freeze_count() > 50_000
