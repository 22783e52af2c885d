"""The keys of front matter as posts write them, in English and Chinese, and the fields of the header they fill."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from service import lexicon
from service.script import fold

_LEFT_OUT = re.compile("[\\s_\u200b-\u200d\ufeff-]+")  # what is not seen or not meant: 0-wide blanks count
_LONGEST_KEPT = 60


@cache
def known_keys() -> Mapping[str, tuple[str, int]]:
    """Return, for every key as compared, the field it fills and its rank among the keys of that field."""
    fields: Mapping[str, list[str]] = lexicon.read("headers.toml")["keys"]
    return {
        compared(key): (name, rank) for name, keys in reversed(list(fields.items())) for rank, key in enumerate(keys)
    }


def compared(key: str) -> str:
    """Return `key` as it is compared: script, width, case, spaces, hyphens and underscores left out.

    >>> compared("Publish_Date"), compared("发布日期") == compared("發布日期")
    ('publishdate', True)
    """
    return _often(key) if len(key) <= _LONGEST_KEPT else _bare(key)


def _bare(key: str) -> str:
    return _LEFT_OUT.sub("", fold(key.strip()))


_often = lru_cache(4_096)(_bare)  # a site's posts all have the same keys


def is_known(key: str) -> bool:
    """Tell whether `key` fills a field of the header."""
    return compared(key) in known_keys()
