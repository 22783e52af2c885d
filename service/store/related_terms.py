"""What tells an article from others, for related articles: its weightiest terms, by the article alone.

Names, tags and words share one space, so that a tag meets the word and the name it is. Besides them stand what claims
count of what (an event that two articles tell has the same), and the addresses an article points to. How many articles
of a corpus hold a term is left to the reader: frequencies drift, weights stay. The weight is that of BM25's term
frequency (Robertson and Zaragoza, 2009), with a fixed mean length, evened out by the length of the whole vector.
"""

from __future__ import annotations

import math
import re
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import RowMapping

from service.script import fold
from service.store.claim_terms import BARE, LOCAL, amount_steps, base, term_number
from service.store.related_postings import HEAVIEST
from service.store.related_words import NAMED, Place, as_term, rarity, said_as, subject, tells, words
from service.store.standing import standing

ENTITY, TAG, EVENT, LINK = 1, 2, 4, 8  # what a term is, beside a word: bits
SCALE: Final = 100  # of a weight, which is stored as a whole number

_MOST: Final = 44  # terms of an article
_MOST_EVENTS, _MOST_LINKS = 6, 4  # of them at most
_MOST_TAGS, _MOST_READ = 24, 200_000  # tags, and characters of the text, that are looked at
_NAMES_A_CLAIM, _WORDS_A_CLAIM = 3, 40  # that what it counts may be of
_ENOUGH, _SPREAD, _LENGTH = 1.2, 0.5, 1200  # k1 and b of BM25, and characters of an article of middling length
_TITLE, _TAG, _SAID = 3, 3, 1  # occurrences that one in the title, as a tag or in the description is worth
_NAME_WORTH, _TAG_WORTH = 1.3, 1.2  # times what a word is worth
_EVENT_WORTH, _LINK_WORTH, _OTHER_WORTH = 1.0, 0.7, 6.0  # weights of them, and how rare they are taken to be
_LONGEST_NAME: Final = 20  # characters of a name
_SMALL: Final = 3  # a count up to this is no event
_LOCATION = re.compile(r"https?://(?:www\.)?|[?#].*$|/$")

Given = Mapping[str, Any] | RowMapping
Facts = Mapping[str, Sequence[Given]]  # rows of an article by table: mention, claim, figure, link


class Term(NamedTuple):
    """A term of an article: its number, weight, what it is, how the article writes it; of a name, its first mention."""

    number: int
    weight: int
    kinds: int
    shown: str
    mention: int | None = None


class _Read(NamedTuple):
    """An article as it was read: how often it holds each term, what terms are, how and where they are written."""

    counts: Counter[str]
    kinds: dict[str, int]
    shown: dict[str, str]
    mentions: dict[str, int]  # the first of each name
    claims: dict[str, set[str]]  # claim → the names in it
    words: list[str]


def related_terms(article: Given, facts: Facts) -> tuple[list[Term], list[str]]:
    r"""Return the terms of an article, the weightiest first, given its rows; and the words of its text.

    >>> row = {"title": "渡輪", "text": "渡輪\n停航的渡輪", "folded": "渡轮\n停航的渡轮", "tags": ["航運"]}
    >>> row |= {"categories": [], "description": None, "fixed": [[0, 2]], "original_url": None, "path": "a.md"}
    >>> sorted(term.shown for term in related_terms(row, {})[0])
    ['停航', '渡輪', '航運']
    """
    read = _read(article, facts)
    half = _ENOUGH * (1 - _SPREAD + _SPREAD * len(article["folded"]) / _LENGTH)
    weights = {term: _weight(count, half, read.kinds.get(term, 0), term) for term, count in read.counts.items()}
    worth = {term: weight * rarity(term) for term, weight in weights.items()}
    ranked = sorted(worth, key=lambda term: (-worth[term], term))
    others = dict.fromkeys(_events(ranked, read, facts), EVENT) | dict.fromkeys(_links(article, facts), LINK)
    chosen = ranked[: _MOST - len(others)]
    for term, kind in others.items():
        weights[term] = _EVENT_WORTH if kind == EVENT else _LINK_WORTH
        worth[term] = weights[term] * _OTHER_WORTH
    kept = [*chosen, *others]
    even = math.sqrt(math.sqrt(sum(worth[term] ** 2 for term in kept))) or 1.0
    share = SCALE * standing(article["path"], article["title"], len(article["text"])) / even
    kinds = defaultdict(int, read.kinds | others)
    found = []
    for term in kept:
        weight = min(max(1, round(weights[term] * share)), HEAVIEST)
        shown, mention = _shown(term, read, article), read.mentions.get(term)
        found.append(Term(number(term), weight, kinds[term], shown, mention))
    found.sort(key=lambda term: (term.weight, term.number))
    return list({term.number: term for term in found}.values())[::-1], read.words


def packed(terms: Sequence[Term]) -> bytes:
    r"""Return terms as they are stored: their numbers, of four bytes, then their weights and kinds, of one.

    >>> unpacked(packed([Term(-7, 20, TAG, "茶")]))
    (array('i', [-7]), b'\x14', b'\x02')
    """
    numbers = _swapped(array("i", [term.number for term in terms])).tobytes()
    return numbers + bytes(term.weight for term in terms) + bytes(term.kinds for term in terms)


def unpacked(stored: bytes) -> tuple[array[int], bytes, bytes]:
    """Return the numbers, weights and kinds of terms as they are stored."""
    size = len(stored) // 6
    numbers = array("i")
    numbers.frombytes(stored[: 4 * size])
    return _swapped(numbers), stored[4 * size : 5 * size], stored[5 * size :]


def laid_out(stored: Sequence[bytes]) -> tuple[NDArray[np.int32], NDArray[np.uint8], list[int]]:
    r"""Return the numbers and weights of the terms of articles, one after the other, and how many terms each has.

    >>> some = packed([Term(-7, 20, TAG, "茶"), Term(5, 30, 0, "杯")])
    >>> [list(map(int, column)) for column in laid_out([some, some[:0], some])]
    [[-7, 5, -7, 5], [20, 30, 20, 30], [2, 0, 2]]
    """
    sizes = [len(terms) // 6 for terms in stored]
    each = [*zip(stored, sizes, strict=True)]
    numbers = np.frombuffer(b"".join([terms[: 4 * size] for terms, size in each]), "<i4")
    weights = np.frombuffer(b"".join([terms[4 * size : 5 * size] for terms, size in each]), np.uint8)
    return numbers, weights, sizes


def _swapped(numbers: array[int]) -> array[int]:
    if sys.byteorder != "little":
        numbers.byteswap()
    return numbers


def number(term: str) -> int:
    """Return the number a term stands by: a hash of 32 bits with a sign."""
    return term_number(term)


def mention_term(name: str, key: str | None) -> str:
    """Return the term of a name, and of its bearer in the lexicon where that is known."""
    return NAMED + key if key else as_term(fold(name).strip())


def _weight(count: float, half: float, kind: int, term: str) -> float:
    worth = _NAME_WORTH if kind & ENTITY else _TAG_WORTH if kind & TAG else subject(term)
    return worth * count * (_ENOUGH + 1) / (count + half)


def _read(article: Given, facts: Facts) -> _Read:
    folded = article["folded"][:_MOST_READ]
    mentions = facts.get("mention", ())
    places: list[Place] = [(row["start"], row["end"]) for row in mentions]
    found = words(folded, [*map(_place, article["fixed"] or ()), *places])
    counts = Counter(found)
    for word in [word for word in counts if not tells(word)]:  # each is asked about once
        del counts[word]
    read = _Read(counts, defaultdict(int), {}, {}, defaultdict(set), found)
    for text, worth in ((article["title"], _TITLE), (article["description"] or "", _SAID)):
        for word in filter(tells, words(fold(text))):
            read.counts[word] += worth
    _add_names(read, article, mentions)
    for label in [*article["tags"], *article["categories"]][:_MOST_TAGS]:
        name = fold(label).strip()
        term = as_term(name)
        if name and term not in read.counts:
            read.counts[term] = folded.count(name)
        if name:
            read.counts[term] += _TAG
            read.kinds[term] |= TAG
            read.shown.setdefault(term, label)
    return read


def _place(fixed: Sequence[int]) -> Place:
    return fixed[0], fixed[1]


def _add_names(read: _Read, article: Given, mentions: Sequence[Given]) -> None:
    title = len(article["title"]) if article["text"].startswith(article["title"]) else 0
    forms = _forms(mentions)
    titled: set[str] = set()
    for row in mentions:
        term = mention_term(forms[row["name"]], row["key"])
        read.counts[term] += 1
        read.kinds[term] |= ENTITY
        read.shown.setdefault(term, row["surface"])
        read.mentions.setdefault(term, row["ordinal"])
        if row["end"] <= title:
            titled.add(term)
        if row["claim_id"]:
            read.claims[row["claim_id"]].add(term)
    for term in titled:
        read.counts[term] += _TITLE


def _forms(mentions: Sequence[Given]) -> dict[str, str]:
    """Return for each name the longest form in Chinese that the article uses of it, or else the name."""
    forms: dict[str, str] = {}
    for row in mentions:
        surface, known = row["surface"], forms.get(row["name"], "")
        if not surface.isascii() and (len(known) < len(surface) <= _LONGEST_NAME):
            forms[row["name"]] = surface
        else:
            forms.setdefault(row["name"], known)
    return {name: form or name for name, form in forms.items()}


def _events(ranked: Sequence[str], read: _Read, facts: Facts) -> list[str]:
    """Return what the claims count of what, the commonest first: of whom or what, in which unit, and how much."""
    claims = {row["id"]: row for row in facts.get("claim", ())}
    telling = [term for term in ranked[:_WORDS_A_CLAIM] if not read.kinds[term] & ENTITY and subject(term) == 1.0]
    found: Counter[str] = Counter()
    for figure in facts.get("figure", ()):
        claim = claims.get(figure["claim_id"])
        if claim is not None:
            held = (term for term in telling if term in claim["folded"])
            names = [*sorted(read.claims.get(claim["id"], ())), *held]
            for name in names[:_NAMES_A_CLAIM]:
                found.update(_counted(name, figure))
    return [event for event, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))][:_MOST_EVENTS]


def _counted(name: str, figure: Given) -> Iterator[str]:
    factor, kind = base(figure["unit"])
    kind = BARE if kind in LOCAL else kind  # whose a bare 元 is, only the script may tell
    yield f"#{name} {kind}"
    if kind != "count" or figure["high"] > _SMALL:
        for step in amount_steps(figure["low"] * factor, figure["high"] * factor):
            yield f"#{name} {kind} {step}"


def _links(article: Given, facts: Facts) -> list[str]:
    """Return the addresses elsewhere that an article points to, that of its original first."""
    outside = (row["target"] for row in facts.get("link", ()) if row["target"].startswith("http"))
    found = Counter(_location(url) for url in [article["original_url"] or "", *outside])
    own = _location(article["original_url"] or "")
    ordered = sorted(found, key=lambda location: (location != own, -found[location], location))
    return [f"@{location}" for location in ordered if "/" in location][:_MOST_LINKS]


def _location(url: str) -> str:
    """Return what two links to one page share: neither scheme nor fragment.

    >>> _location("https://www.example.org/a/#b")
    'example.org/a'
    """
    return _LOCATION.sub("", _LOCATION.sub("", url))[:200]


def _shown(term: str, read: _Read, article: Given) -> str:
    """Return a term as the article writes it; one that is no word as it is."""
    if term in read.shown or term[0] in "#@":
        return read.shown.get(term, term.lstrip("@"))
    places = ((article["folded"].find(word), len(word)) for word in said_as(term))
    start, length = next((place for place in places if place[0] >= 0), (-1, 0))
    return article["text"][start : start + length] if start >= 0 else term
