"""Digits and multipliers: the characters that numerals are written with, and how far a run of them goes."""

from __future__ import annotations

import re

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
FORMAL = {c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)} | {"参": 3}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
TENS = {"廿": 20, "卅": 30, "卌": 40}
BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
ALL_DIGITS = DIGITS | FORMAL
ARABIC_DIGITS = frozenset("0123456789")
FORMAL_MULTIPLIERS = frozenset("拾佰仟")
ZEROS = "零〇○"
TENTHS = DIGITS | {str(n): n for n in range(10)}  # digits of either kind, one for one
SIGNS = "负-−"
MULTIPLIERS = "".join([*SMALL, *TENS, *BIG])
NUMERAL_CHARACTERS = "".join([*DIGITS, *FORMAL, *MULTIPLIERS, "0123456789几数"])
LONGEST = 40  # characters of digits: what is longer is an id or noise

_RUN = re.compile(f"[{''.join(ALL_DIGITS)}0-9]*")


def skip_digits(folded: str, start: int) -> int:
    """Return where the run of digits at `start` ends: nothing within it is worth another look."""
    run = _RUN.match(folded, start)
    return max(run.end() if run else 0, start + 1)
