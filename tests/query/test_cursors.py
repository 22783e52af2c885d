from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.cursors import BadCursorError, decode, encode, scope

KEYS = st.tuples(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False))


@given(KEYS)
def test_a_cursor_gives_back_its_key(key: tuple[str, int, float]) -> None:
    assert decode("list", encode("list", key), (str, int, float)) == key


@given(KEYS)
def test_a_cursor_needs_no_escaping_in_a_url(key: tuple[str, int, float]) -> None:
    cursor = encode("list", key)
    assert all(c.isascii() and (c.isalnum() or c in "-_") for c in cursor)


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(BadCursorError):
        decode(scope("claims", kind="plan"), encode(scope("claims", kind="opinion"), ["a"]), (str,))


def test_a_changed_cursor_is_refused() -> None:
    cursor = encode("list", ["2026-01-30", "a1"])
    raw = urlsafe_b64encode(b'["000000000000","2026-01-30","b2"]').decode().rstrip("=")
    for broken in (raw, cursor[:-2], cursor[::-1], cursor + "A"):
        with pytest.raises(BadCursorError):
            decode("list", broken, (str, str))


def test_a_key_of_other_types_is_refused() -> None:
    with pytest.raises(BadCursorError):
        decode("list", encode("list", ["a", "b"]), (str, int))


@given(st.text())
def test_any_text_that_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursorError):
        decode("list", text, (str,))


@pytest.mark.parametrize("hostile", ["", "e30", "W10", "é", "A" * 10_000, urlsafe_b64encode(b"[" * 1500).decode()])
def test_hostile_cursors_are_refused(hostile: str) -> None:
    with pytest.raises(BadCursorError):
        decode("list", hostile, (str,))
