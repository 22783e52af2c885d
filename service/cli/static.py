"""`wenmai export --static`: what pages of a static site ask for, as small JSON files, and an index to search them by.

One file for each address, named by a hash of the address's key (see `reading.addresses.urls.url_key`), which a page
computes from its own address: ``pages/0123456789abcdef.json`` as posts were written, ``zh-CN/pages/…`` in a variant.
``search.json`` is for a search without a server; ``widget.js`` and ``search.js`` show them where the service is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.orm import Session

from service.cli.static_pages import pages, pages_by_key
from service.cli.static_search import search_index
from service.web.assets import published

_OFFSET, _PRIME, _MASK = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1


class Written(StrEnum):
    """What pages are written in: what readers of the widget may want to have."""

    ORIGINAL = "original"
    ZH_TW = "zh-TW"
    ZH_CN = "zh-CN"


VARIANTS: Final = (Written.ZH_TW.value, Written.ZH_CN.value)


def page_name(key: str, lang: str = Written.ORIGINAL) -> str:
    """Return the file of the pages whose address has this key: FNV-1a, 64 bits (Fowler, Noll, Vo), over UTF-8.

    >>> page_name("/posts/tea"), page_name("/posts/tea", "zh-CN")
    ('pages/f65df9462c8b2bcc.json', 'zh-CN/pages/f65df9462c8b2bcc.json')
    """
    value = _OFFSET
    for byte in key.encode():
        value = ((value ^ byte) * _PRIME) & _MASK
    name = f"pages/{value:016x}.json"
    return name if lang == Written.ORIGINAL else f"{lang}/{name}"


def static_files(
    session: Session, source: str | None = None, variants: Sequence[str] = VARIANTS
) -> Iterator[tuple[str, bytes]]:
    """Yield every file, its name and its bytes: the same for the same corpus.

    Drafts and posts without a page are left out. `source` is the only one whose pages are written; `variants` are
    those that the pages are written in besides the posts' own.
    """
    rows = pages(session, source)
    for lang, key, shown in pages_by_key(session, rows, (Written.ORIGINAL.value, *variants)):
        yield page_name(key, lang), _json({"key": key, "pages": shown})
    yield "search.json", _json(search_index(session, rows, variants))
    yield from published().items()


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()
