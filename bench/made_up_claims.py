"""Made-up claims in any number, with the frequencies of words that a language has.

Words of two characters (some of one or three) whose frequencies fall by Zipf's law, as those of the characters they are
made of do, alone and in phrases, with words of grammar between, names that a tenth of the claims share among them, and
figures with units; half of the articles are in either script.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Final

from sqlalchemy import Engine

from service.script import fold, render
from service.store.bulk import insert_rows
from service.store.engine import writing
from service.store.ids import claim_number
from service.store.tables import TABLES
from service.store.values import Row

OF_ARTICLE: Final = 25  # claims
_AT_ONCE: Final = 40  # articles
_WORDS: Final = 60_000
_PHRASES: Final = 40_000
_IN_PHRASE: Final = 0.6  # of the words
_JOINED: Final = 0.7
_JOINING: Final = ("的", "的", "的", "了", "由", "于", "与", "把", "被", "很", "是", "在", "和")
_NAMES: Final = 2_000
_UNITS: Final = (("W", "GW", 1e9), ("USD", "億美元", 1e8), ("count", "台", 1.0), ("%", "%", 1.0), ("m", "公里", 1e3))


class Speech:
    """Makes up words, names and sentences, the same for the same seed."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        characters = [bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
        chance.shuffle(characters)
        worth = list(accumulate(1 / (rank + 60) for rank in range(len(characters))))
        lengths = chance.choices((1, 2, 3), (8, 80, 12), k=_WORDS)
        made = ("".join(chance.choices(characters, cum_weights=worth, k=length)) for length in lengths)
        self.words = list(dict.fromkeys(made))
        self._worth = list(accumulate(1 / (rank + 20) for rank in range(_WORDS)))
        pairs = zip(*(self._drawn(self.words, _PHRASES) for _ in range(2)), strict=True)
        self._phrases = list(dict.fromkeys(map("".join, pairs)))  # words that often stand together
        self.names = ["".join(chance.choices(characters, cum_weights=worth, k=4)) + "公司" for _ in range(_NAMES)]
        self._named = list(accumulate(1 / (rank + 1) for rank in range(_NAMES)))
        both = [*self.words, *self._phrases, *self.names]
        self._traditional = dict(zip(both, render("\n".join(both), "zh-Hant").split("\n"), strict=True))

    def _drawn(self, some: Sequence[str], number: int) -> list[str]:
        return self.chance.choices(some, cum_weights=self._worth[: len(some)], k=number)

    def said(self, number: int) -> list[str]:
        """Return some words, the common ones more often: by themselves, in phrases, and with what joins them."""
        found = []
        for word, phrase in zip(self._drawn(self.words, number), self._drawn(self._phrases, number), strict=True):
            found.append(phrase if self.chance.random() < _IN_PHRASE else word)
            if self.chance.random() < _JOINED:
                found.append(self.chance.choice(_JOINING))
        return found

    def in_script(self, words: Sequence[str], *, traditional: bool) -> str:
        """Return words and names as a text."""
        return "".join(self._traditional.get(word, word) if traditional else word for word in words)

    def name(self) -> str:
        """Return a name, some being named far more often."""
        return self.chance.choices(self.names, cum_weights=self._named)[0]

    def figure(self) -> tuple[str, str, float]:
        """Return a figure as it is written, its unit and its value."""
        unit, written, factor = self.chance.choice(_UNITS)
        value = self.chance.choice((1, 2, 3, 5, 8, 12, 30, 45, 110, 330, 1200))
        return f"{value} {written}", unit, value * factor


def _article(speech: Speech, number: int) -> dict[str, list[Row]]:
    """Return the rows of an article of made-up claims, every other one in Traditional characters."""
    identifier, at, parts = f"{number:016x}", 0, list[str]()
    rows: dict[str, list[Row]] = {"claim": [], "figure": []}
    for ordinal in range(OF_ARTICLE):
        words = speech.said(speech.chance.randint(6, 14))
        if speech.chance.random() < 0.1:
            words.insert(0, speech.name())
        claim, said = f"{number:08x}{ordinal:08x}", speech.in_script(words, traditional=number % 2 == 1)
        if speech.chance.random() < 0.3:
            written, unit, value = speech.figure()
            rows["figure"].append(_figure(identifier, claim, ordinal, written, at + len(said), unit, value))
            said += written
        rows["claim"].append(_claim(identifier, claim, ordinal, said + "。", at))
        parts.append(said + "。")
        at += len(said) + 1
    body = "".join(parts)
    rows["article"] = [_head(identifier, speech.in_script(speech.said(4), traditional=number % 2 == 1), body)]
    return rows


def _head(identifier: str, title: str, body: str) -> Row:
    values: Row = {column.name: None for column in TABLES["article"].columns}
    given = {
        "id": identifier,
        "source": "made-up",
        "path": f"{identifier}.md",
        "content_hash": "",
        "dialect": "markdown",
    }
    lists: Row = {key: [] for key in ("tags", "categories", "authors", "aliases", "problems", "anchors", "fixed")}
    told = {"title": title, "text": body, "folded": fold(body), "script": "Hans", "draft": False, "extra": {}}
    return values | lists | given | told


def _claim(article: str, identifier: str, ordinal: int, said: str, start: int) -> Row:
    values: Row = {column.name: None for column in TABLES["claim"].columns}
    place = {"line": ordinal, "start": start, "end": start + len(said), "ordinal": ordinal, "kind": "statement"}
    told = {"text": said, "folded": fold(said), "quote": False, "negated": False, "number": claim_number(identifier)}
    return values | {"id": identifier, "article_id": article} | place | told


def _figure(article: str, claim: str, ordinal: int, written: str, start: int, unit: str, value: float) -> Row:
    values: Row = {column.name: None for column in TABLES["figure"].columns}
    place = {"line": ordinal, "start": start, "end": start + len(written), "ordinal": ordinal, "text": written}
    told = {"low": value, "high": value, "low_exact": f"{value:g}", "high_exact": f"{value:g}", "unit": unit}
    return values | {"id": f"{claim}f", "article_id": article, "claim_id": claim, "approx": "exact"} | place | told


def fill(engine: Engine, speech: Speech, claims: int) -> None:
    """Store as many made-up claims, without their index."""
    with writing(engine) as session:
        session.execute(TABLES["source"].insert(), {"name": "made-up", "kind": "markdown"})
        for first in range(0, claims // OF_ARTICLE, _AT_ONCE):
            made = [_article(speech, number) for number in range(first, min(first + _AT_ONCE, claims // OF_ARTICLE))]
            for name in ("article", "claim", "figure"):
                insert_rows(session, TABLES[name], [row for rows in made for row in rows[name]])
