"""Which variant of Chinese an answer is in: the `lang` parameter, or RFC 9110's ``Accept-Language``."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from fastapi import Query

ORIGINAL = "original"
_MOST_RANGES = 32  # of an Accept-Language header; browsers send fewer than ten


class Lang(StrEnum):
    """The variants an answer can be had in."""

    ORIGINAL = "original"
    ZH_HANT = "zh-Hant"
    ZH_HANS = "zh-Hans"
    ZH_TW = "zh-TW"
    ZH_HK = "zh-HK"
    ZH_CN = "zh-CN"
    AUTO = "auto"

    @classmethod
    def _missing_(cls, value: object) -> Lang | None:
        """Take a language tag in any case, as RFC 5646 has it."""
        folded = value.lower() if isinstance(value, str) else None
        return next((lang for lang in cls if lang.value.lower() == folded), None)


LangParameter = Annotated[
    Lang,
    Query(
        description="The variant of the answer's prose. `original`: as written; `auto`: from `Accept-Language`. "
        "Offsets and lines always refer to the original."
    ),
]

_QUALITY = re.compile(r"[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_RANGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,8}")
_CHINESE = ("zh", "cmn", "yue")  # the macrolanguage, Mandarin, Cantonese: what is written is Chinese
_REGIONS = {"tw": "zh-TW", "hk": "zh-HK", "mo": "zh-HK", "cn": "zh-CN", "sg": "zh-CN", "my": "zh-CN"}
_SCRIPTS = {"hant": "zh-Hant", "hans": "zh-Hans"}
# Where script and region disagree (zh-Hans-HK), the script is what the reader can't do without.
_SCRIPT_OF = {"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-CN": "zh-Hans"}


def negotiate(header: str | None) -> str:
    """Return the variant that `header` prefers, or ``original`` where it names none.

    The heaviest range of Chinese counts, of equals the first. Bare ``zh`` and ``*`` ask for no script, and text as it
    was written serves them. A range that is no language range, or whose weight is no weight, is passed over; a variant
    with the weight 0 is not what the reader gets (RFC 9110 12.4.2, 12.5.4; RFC 4647).

    >>> negotiate("en;q=0.9, zh-Hant-HK;q=0.8"), negotiate("zh-SG"), negotiate("zh, en"), negotiate("zh-TW;q=0")
    ('zh-HK', 'zh-CN', 'original', 'original')
    """
    wanted: dict[str, float] = {}
    for item in (header or "").split(",")[:_MOST_RANGES]:
        tag, _, parameter = item.partition(";")
        variant, weight = _variant(tag.strip().lower()), _weight(parameter.strip())
        if variant and weight is not None:
            wanted[variant] = max(wanted.get(variant, 0.0), weight)
    best = max(wanted, key=lambda variant: wanted[variant], default=ORIGINAL)
    return best if wanted.get(best) else ORIGINAL


def _weight(parameter: str) -> float | None:
    """Return the weight that a range is given: 1 without one, None where it is malformed."""
    if not parameter:
        return 1.0
    match = _QUALITY.fullmatch(parameter)
    return float(match[1]) if match else None


def _variant(tag: str) -> str | None:
    if tag == "*":
        return ORIGINAL
    if not _RANGE.fullmatch(tag):
        return None
    first, *subtags = tag.split("-")
    if first not in _CHINESE:
        return None
    script = next((_SCRIPTS[s] for s in subtags if s in _SCRIPTS), None)
    region = next((_REGIONS[s] for s in subtags if s in _REGIONS), None)
    if script and region and _SCRIPT_OF[region] != script:
        return script
    return region or script or ORIGINAL
