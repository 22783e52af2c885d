"""Regions: where a post is from, which tells in whose 元 and 斤 it counts.

What the post or its site declares (``zh-HK``) comes first; else its script tells, and among Traditional texts the words
that only people of one region write (港鐵, 捷運).
"""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from service import lexicon
from service.model import Document, Script
from service.script import detect, fold

_DECLARED = re.compile(r"(?:zh|yue|cmn)(?:[-_](?:han[st]))?(?:[-_](tw|cn|hk|mo|sg|my))?(?![a-z])", re.IGNORECASE)
_FEWEST = 3  # words of a region that make a text one of it: one or two may be quoted
_READ = 20_000  # characters of a text that are looked at


class Region(StrEnum):
    """A place where Chinese is written: ISO 3166."""

    CN = "CN"
    TW = "TW"
    HK = "HK"
    MO = "MO"
    SG = "SG"
    MY = "MY"


def of_script(script: Script) -> Region:
    """Return the region that a script alone speaks for.

    >>> of_script(Script.HANT)
    <Region.TW: 'TW'>
    """
    return Region.TW if script is Script.HANT else Region.CN


def of_text(text: str) -> Region:
    """Return the region of a text of which nothing is known."""
    return of_script(Script.HANT if detect(text) is Script.HANT else Script.HANS)


def of_document(document: Document, folded: str) -> Region | None:
    """Return the region of `document`, or None where its blocks are in both scripts and each speaks for itself.

    `folded` is the folded text of the document.
    """
    declared = _DECLARED.match(document.header.language or "")
    if declared is not None and declared[1]:
        return Region(declared[1].upper())
    if declared is not None and declared[0].lower().startswith("yue"):
        return Region.HK
    if document.script is Script.HANS:
        return Region.CN
    return _by_words(folded) if document.script is Script.HANT else None


def _by_words(folded: str) -> Region:
    """Return the region whose words a Traditional text holds most of: Taiwan's, where it holds few of any."""
    automaton, regions = _words()
    seen = {number for number, *_ in automaton.find_matches_as_indexes(folded[:_READ])}
    counts = Counter(regions[number] for number in seen)
    other = Region.MO if counts[Region.MO] > counts[Region.HK] else Region.HK
    return other if counts[other] >= _FEWEST and counts[other] > counts[Region.TW] else Region.TW


@cache
def _words() -> tuple[AhoCorasick, list[Region]]:
    data = lexicon.read("numbers.toml")["region"]
    listed = [(fold(word), Region(name)) for name, words in data.items() for word in words]
    patterns = [word for word, _ in listed]
    return AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest), [region for _, region in listed]
