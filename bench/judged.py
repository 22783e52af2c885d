"""How good related articles are: posts of `content/` judged pair by pair, ranked in several ways in the same run."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log, log2
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bench.search_peers import pairs
from service.content import find, find_sources
from service.ingest import ingest
from service.model import Source
from service.query.columns import ARTICLE
from service.query.related import related
from service.script import fold

CONTENT = Path(__file__).parent.parent / "content"
JUDGED = Path(__file__).parent / "judged_related.toml"
_SHOWN, _LOOKED_AT = 5, 10
_ENOUGH, _SPREAD = 1.2, 0.75  # k1 and b of BM25

Rank = Callable[[str], Sequence[str]]
Grades = Mapping[str, Mapping[str, int]]  # post → others that a reader of it wants, each with a grade from 1 to 3


def store(engine: Engine) -> None:
    """Ingest the posts of `content/`."""
    for site, top in find_sources(CONTENT):
        found = find(top, max_files=1000, max_bytes=1_000_000, site=site)
        ingest(engine, site, [one for one in found if isinstance(one, Source)])


def judged() -> tuple[Mapping[str, str], Grades]:
    """Return the posts by their short names, each with its path below `content/`, and how others were judged."""
    read = tomllib.loads(JUDGED.read_text("utf-8"))
    return read["posts"], read["judged"]


def qualities(engine: Engine) -> dict[str, float]:
    """Return nDCG@5 of each way to relate the judged posts, by its name: what is not judged is left out of all."""
    paths, grades = judged()
    with Session(engine) as session:
        rows = session.execute(select(ARTICLE)).all()
        posts = {name: _row(rows, path) for name, path in paths.items()}
        names = {row.id: name for name, row in posts.items()}

        def own(name: str) -> list[str]:
            found = related(session, posts[name].id, limit=_LOOKED_AT)
            return [names[one.article.id] for one in found if one.article.id in names]

        ways: dict[str, Rank] = {"wenmai": own, "BM25": bm25(posts), "tags, as Hugo does": _by_tags(posts)}
        return {way: _mean(gain(rank(name), grades[name]) for name in posts) for way, rank in ways.items()}


def _row(rows: Sequence[Any], path: str) -> Any:
    return next(row for row in rows if path.startswith(f"{row.source}/") and path.endswith(f"/{row.path}"))


def gain(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return nDCG@5: the discounted gain of the first five beside the best there is (Järvelin and Kekäläinen, 2002).

    >>> gain(["b", "a"], {"a": 3}) < gain(["a", "b"], {"a": 3}) == 1.0
    True
    """
    best = _discounted(sorted(grades.values(), reverse=True))
    return _discounted([grades.get(one, 0) for one in ranked]) / best if best else 0.0


def _discounted(grades: Sequence[int]) -> float:
    return sum(float(2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:_SHOWN]))


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def bm25(posts: Mapping[str, Any]) -> Rank:
    """Return BM25 over pairs of characters of the folded texts; a whole post is the query."""
    counts = {name: Counter(pairs(row.folded)) for name, row in posts.items()}
    held = Counter(term for count in counts.values() for term in count)
    lengths = {name: count.total() for name, count in counts.items()}
    mean = _mean(lengths.values())

    def score(one: str, other: str) -> float:
        half = _ENOUGH * (1 - _SPREAD + _SPREAD * lengths[other] / mean)
        return sum(
            log(1 + (len(posts) - held[term] + 0.5) / (held[term] + 0.5)) * number * (_ENOUGH + 1) / (number + half)
            for term in counts[one]
            if (number := counts[other][term])
        )

    return _ranked(posts, score)


def _by_tags(posts: Mapping[str, Any]) -> Rank:
    tags = {name: {fold(tag) for tag in row.tags} for name, row in posts.items()}
    return _ranked(posts, lambda one, other: len(tags[one] & tags[other]))


def _ranked(posts: Iterable[str], score: Callable[[str, str], float]) -> Rank:
    names = sorted(posts)

    def rank(one: str) -> list[str]:
        scores = {other: score(one, other) for other in names if other != one}
        return sorted((other for other in names if scores.get(other)), key=lambda other: -scores[other])

    return rank
