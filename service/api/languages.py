"""Which variant of Chinese an answer is in: the `lang` parameter, or RFC 9110's ``Accept-Language``."""

from __future__ import annotations

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


LangParameter = Annotated[
    Lang,
    Query(
        description="The variant of the answer's prose. `original`: as written; `auto`: from `Accept-Language`. "
        "Offsets and lines always refer to the original."
    ),
]

_REGIONS = {"tw": "zh-TW", "hk": "zh-HK", "mo": "zh-HK", "cn": "zh-CN", "sg": "zh-CN", "my": "zh-CN"}
_SCRIPTS = {"hant": "zh-Hant", "hans": "zh-Hans"}
# Where script and region disagree (zh-Hans-HK), the script is what the reader can't do without.
_SCRIPT_OF = {"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-CN": "zh-Hans"}


def negotiate(header: str | None) -> str:
    """Return the variant that `header` prefers, or ``original`` where it names none.

    Bare ``zh`` and ``*`` ask for no script, and text as it was written serves them.

    >>> negotiate("en;q=0.9, zh-Hant-HK;q=0.8"), negotiate("zh-SG"), negotiate("zh, en"), negotiate("zh-TW;q=0")
    ('zh-HK', 'zh-CN', 'original', 'original')
    """
    ranges = []
    for place, item in enumerate((header or "").split(",")[:_MOST_RANGES]):
        tag, _, parameter = item.partition(";")
        weight = _weight(parameter)
        variant = _variant(tag.strip().lower())
        if weight > 0 and variant:
            ranges.append((-weight, place, variant))
    return min(ranges)[2] if ranges else ORIGINAL


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0


def _variant(tag: str) -> str | None:
    first, *subtags = tag.split("-")
    if first == "*":
        return ORIGINAL
    if first != "zh":
        return None
    script = next((_SCRIPTS[s] for s in subtags if s in _SCRIPTS), None)
    region = next((_REGIONS[s] for s in subtags if s in _REGIONS), None)
    if script and region and _SCRIPT_OF[region] != script:
        return script
    return region or script or ORIGINAL
