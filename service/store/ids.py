"""Ids that identify: the same content gets the same ids, however often and in whatever order it is ingested."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from service.lexicon.site_lexicon import used
from service.model import Site, Source
from service.script import fold

_LAYOUT = "2"  # of the rows: raise it when the same extraction is to be stored in another way
_SKIPPED = re.compile(r"[\W_]+")


def article_id(source: str, path: str) -> str:
    """Return the id of the article that the file `path` of `source` holds.

    >>> article_id("blog", "posts/a.md")
    'f55b44c41731ebe1'
    """
    return _hash("article", source, path)


def claim_id(article_id: str, text: str, occurrence: int) -> str:
    """Return the id of the claim `text`, the `occurrence`-th (from 0) of this wording in its article.

    Script, width, case, spaces and punctuation make no difference.

    >>> claim_id("a", "產量會加倍。", 0) == claim_id("a", "产量 会加倍", 0)
    True
    """
    return _hash("claim", article_id, normalised(text), str(occurrence))


def claim_number(claim_id: str) -> int:
    """Return the number that a claim is listed by: 32 bits of a hash of its id.

    Of a million claims some hundred share one with another; they are told apart by their text.

    >>> 0 <= claim_number("b0d41f6e93a7c825") < 2**32
    True
    """
    return int(_hash("number", claim_id)[:8], 16)


def article_number(article_id: str) -> int:
    """Return the number that an article is listed by: 48 bits of a hash of its id.

    >>> 0 <= article_number("f55b44c41731ebe1") < 2**48
    True
    """
    return int(_hash("article number", article_id)[:12], 16)


def figure_id(article_id: str, text: str, occurrence: int) -> str:
    """Return the id of the figure `text`, the `occurrence`-th (from 0) written so in its article."""
    return _hash("figure", article_id, normalised(text), str(occurrence))


def claim_ids(article_id: str, folded: Sequence[str]) -> list[str]:
    """Return the ids of the claims of an article, given their texts, folded, in the order of the article.

    >>> claim_ids("a", ["产量会加倍。"]) == [claim_id("a", "產量會加倍。", 0)]
    True
    """
    return _ids("claim", article_id, folded)


def figure_ids(article_id: str, folded: Sequence[str]) -> list[str]:
    """Return the ids of the figures of an article, given their texts, folded, in the order of the article."""
    return _ids("figure", article_id, folded)


def _ids(kind: str, article_id: str, folded: Sequence[str]) -> list[str]:
    texts = [*map(bare, folded)]
    return [_hash(kind, article_id, text, str(nth)) for text, nth in zip(texts, _counted(texts), strict=True)]


def normalised(text: str) -> str:
    """Return what of `text` ids depend on: its letters and digits, folded.

    >>> normalised("「產量」 會加倍！")
    '产量会加倍'
    """
    return bare(fold(text))


def bare(folded: str) -> str:
    """Return what of a folded text ids depend on."""
    return _SKIPPED.sub("", folded) or folded.strip()


def occurrences(texts: Iterable[str]) -> list[int]:
    """Return for each text how many of the same wording came before it.

    >>> occurrences(["三家", "兩家", "三 家"])
    [0, 0, 1]
    """
    return _counted(map(normalised, texts))


def _counted(texts: Iterable[str]) -> list[int]:
    seen: dict[str, int] = {}
    counted = []
    for text in texts:
        number = seen.get(text, 0)
        counted.append(number)
        seen[text] = number + 1
    return counted


def digest(source: Source, site: Site) -> str:
    """Return a hash of a file as it was read: its text, what its bytes got wrong, and the site's names that it uses.

    To list another name leaves other posts alone.

    >>> digest(Source("a.md", "茶"), Site("s")) == digest(Source("b.md", "茶"), Site("s"))
    True
    """
    told = [f"{problem.line}: {problem.detail}" for problem in source.problems]
    names = [_json(asdict(one)) for one in used(site.names, source.text)]
    return _hash(source.text, *told, *names)


def content_hash(source: Source, site: Site, version: str) -> str:
    """Return a hash of all that an article's rows depend on: the file, its site's settings, the extractor's version."""
    return hash_of(source.path, digest(source, site), site, version)


def hash_of(path: str, digest: str, site: Site, version: str) -> str:
    """Return the `content_hash` of a file of which only its `digest` is known."""
    return _hash(_LAYOUT, version, path, digest, _settings(site))


class _Last:
    """The site that was written last, and how: a batch is of one."""

    site: Site | None = None
    written: str = ""


def _settings(site: Site) -> str:
    if site is not _Last.site:
        _Last.written = _json(asdict(replace(site, name="", render={}, names=())))
        _Last.site = site
    return _Last.written


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, default=str)


def _hash(*parts: str) -> str:
    told = [part.encode("utf-8", "surrogatepass") for part in parts]
    # Each with its length, or ("a", "bc") would be ("ab", "c").
    return hashlib.sha256(b"".join([b"%d:%b" % (len(data), data) for data in told])).hexdigest()[:16]
