"""Corpora of any size with a vocabulary like that of real posts: few words are frequent, most are rare, topics cluster.

Words are drawn by Zipf's law; each topic has words, names and tags of its own; most posts have one of a few general
tags besides, of which the commonest is on every sixth, as on real blogs; half of the posts are Traditional. With
a folder, words are those of the real posts in it, as often as they stand there, and every topic is that of a real post.
The same number and seed give the same posts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, cached_property
from itertools import accumulate
from math import log
from pathlib import Path
from random import Random

from service.content import find, find_sources
from service.lexicon.regional import groups
from service.model import (
    Anchor,
    Approx,
    Block,
    BlockKind,
    Claim,
    ClaimKind,
    Dialect,
    Document,
    EntityKind,
    Extraction,
    Figure,
    Header,
    Mention,
    Moment,
    Quantity,
    Script,
    Source,
    Span,
)
from service.query.matching import idle_words
from service.script import fold, render
from service.segmentation import cut

_WORDS, _TOPIC_WORDS, _TOPIC_NAMES, _TOPIC_TAGS = 40_000, 60, 6, 4
_POSTS_A_TOPIC = 60
_GENERAL_TAGS, _SHARE_GENERAL = 60, 0.75  # tags of any topic, and posts that have one
_SHARE_IDLE, _SHARE_TOPIC, _SHARE_NAMED, _SHARE_COUNTED = 0.2, 0.2, 0.4, 0.2  # of words, and of sentences
LENGTH = 630  # characters: half of the posts have more; the mean is a fifth above
_SPREAD = 0.6  # of the logarithm of the number of characters
_BY_RANK = [1 / rank for rank in range(1, _GENERAL_TAGS + 1)]  # how often they come (Zipf, 1949)
_HAN = re.compile("[\u4e00-\u9fff]+")
_FIRST_DAY = datetime(2015, 1, 1)
_MOST_FILES, _MOST_BYTES = 100_000, 5_000_000


@dataclass(frozen=True)
class Topic:
    """What posts are about: its words, names and tags."""

    words: Sequence[str]
    names: Sequence[str]
    tags: Sequence[str]


@dataclass
class Vocabulary:
    """Words with how often they come, cumulated; and the topics."""

    words: list[str]
    weights: list[float]
    idle: list[str]
    topics: list[Topic] = field(default_factory=list)

    @cached_property
    def tags(self) -> list[str]:
        """Tags of any topic, the commonest first: words that are frequent, but not the most frequent ones."""
        return self.words[_GENERAL_TAGS : 2 * _GENERAL_TAGS]

    def some(self, random: Random, number: int) -> list[str]:
        """Return words as often as they come."""
        return random.choices(self.words, cum_weights=self.weights, k=number)


@dataclass(frozen=True)
class Grown:
    """A post with what would be found in it, and its file."""

    document: Document
    extraction: Extraction

    @property
    def markdown(self) -> str:
        """The post as a file that any generator reads."""
        header = self.document.header
        tags = ", ".join(header.tags)
        day = header.published.text if header.published else ""
        body = self.document.text[len(self.document.title) :].strip()
        return f"---\ntitle: {self.document.title}\ndate: {day}\ntags: [{tags}]\n---\n\n{body}\n"


def grown(number: int, seed: int = 1, folder: Path | None = None, length: int = LENGTH) -> Iterator[Grown]:
    """Yield `number` posts, with the words of those in `folder` where one is given."""
    random = Random(seed)
    vocabulary = _real(random, number, folder) if folder else _made(random, number)
    for n in range(number):
        yield _post(random, vocabulary, n, length)


def more(number: int, site: int, length: int = LENGTH) -> Iterator[Grown]:
    """Yield `number` posts of one of many sites: topics are its own, the vocabulary is that of all."""
    vocabulary, random = _shared(), Random(site + 2)
    topics = [
        _topic(random, random.choices(vocabulary.words[200:], k=_TOPIC_WORDS))
        for _ in range(max(number // _POSTS_A_TOPIC, 1))
    ]
    own = replace(vocabulary, topics=topics)
    for n in range(number):
        yield _post(random, own, n, length)


@cache
def _shared() -> Vocabulary:
    return _made(Random(1), 0)


def _made(random: Random, number: int) -> Vocabulary:
    letters, letter_weights = _characters()
    lengths = random.choices((1, 2, 3, 4), (8, 70, 12, 10), k=_WORDS)
    words = list(
        dict.fromkeys("".join(random.choices(letters, cum_weights=letter_weights, k=length)) for length in lengths)
    )
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    vocabulary = Vocabulary(words, weights, sorted(word for word in idle_words()[0] if _HAN.fullmatch(word)))
    for _ in range(max(number // _POSTS_A_TOPIC, 1)):
        own = random.choices(words[200:], k=_TOPIC_WORDS)
        vocabulary.topics.append(_topic(random, own))
    return vocabulary


@cache
def _characters() -> tuple[list[str], list[float]]:
    """Return the characters that words of the lexicon are made of, with how often they are, cumulated."""
    counts = Counter("".join(_HAN.findall(fold("".join(word for group in groups() for word in group.words)))))
    listed = counts.most_common()
    return [letter for letter, _ in listed], list(accumulate(float(count) for _, count in listed))


def _real(random: Random, number: int, folder: Path) -> Vocabulary:
    counts: Counter[str] = Counter()
    posts = []
    for site, top in find_sources(folder):
        for source in find(top, max_files=_MOST_FILES, max_bytes=_MOST_BYTES, site=site):
            if isinstance(source, Source):
                words = Counter(word for word in cut(fold(source.text)) if _HAN.fullmatch(word))
                counts.update(words)
                posts.append([word for word, _ in words.most_common(5 * _TOPIC_WORDS)])
    listed = counts.most_common()
    weights = list(accumulate(float(count) for _, count in listed))
    vocabulary = Vocabulary([word for word, _ in listed], weights, [word for word, _ in listed[:100]])
    frequent = {word for word, _ in listed[:500]}
    telling = [[word for word in words if word not in frequent][:_TOPIC_WORDS] for words in posts]
    rich = [words for words in telling if len(words) >= _TOPIC_TAGS]
    for _ in range(max(number // _POSTS_A_TOPIC, 1)):
        vocabulary.topics.append(_topic(random, random.choice(rich)))
    return vocabulary


def _topic(random: Random, words: Sequence[str]) -> Topic:
    names = [
        "".join(random.choices(words, k=2))[:6] + random.choice(("公司", "科技", "集团")) for _ in range(_TOPIC_NAMES)
    ]
    return Topic(words, names, words[:_TOPIC_TAGS])


@cache
def _traditional(word: str) -> str:
    return render(word, "zh-Hant")


def _post(random: Random, vocabulary: Vocabulary, number: int, median: int) -> Grown:
    topic = random.choice(vocabulary.topics)
    script = random.choice((Script.HANT, Script.HANS))
    title = _said(script, [*random.choices(topic.words, k=3), *vocabulary.some(random, 1)])
    draft = _Draft(script, title)
    length = random.lognormvariate(log(median), _SPREAD)
    while len(draft.text) < length:
        _sentence(random, vocabulary, topic, draft)
    chosen = random.choices(topic.tags, k=2)
    if random.random() < _SHARE_GENERAL:
        chosen += random.choices(vocabulary.tags, _BY_RANK[: len(vocabulary.tags)])
    tags = tuple(dict.fromkeys(_said(script, [tag]) for tag in chosen))
    day = _FIRST_DAY + timedelta(days=random.randrange(4000))
    return draft.finished(f"posts/{number:06}.md", tags, day)


def _said(script: Script, words: Sequence[str]) -> str:
    return "".join(map(_traditional, words) if script is Script.HANT else words)


def _sentence(random: Random, vocabulary: Vocabulary, topic: Topic, draft: _Draft) -> None:
    words = vocabulary.some(random, random.randrange(5, 16))
    for n in range(len(words)):
        if (chance := random.random()) < _SHARE_IDLE:
            words[n] = random.choice(vocabulary.idle)
        elif chance < _SHARE_IDLE + _SHARE_TOPIC:
            words[n] = random.choice(topic.words)
    name = random.choice(topic.names) if random.random() < _SHARE_NAMED else None
    amount = random.randrange(2, 9000) if random.random() < _SHARE_COUNTED else None
    draft.add(name, words, amount, new_line=random.random() < 0.25)


class _Draft:
    """A post while it is written."""

    def __init__(self, script: Script, title: str) -> None:
        self.script, self.title, self.text = script, title, f"{title}\n\n"
        self.mentions: list[Mention] = []
        self.figures: list[Figure] = []
        self.claims: list[Claim] = []

    def add(self, name: str | None, words: Sequence[str], amount: int | None, *, new_line: bool) -> None:
        start, parts = len(self.text), list[str]()
        mentions, figures = list[Mention](), list[Figure]()
        if name:
            said = _said(self.script, [name])
            span = Span(start, start + len(said))
            mentions.append(Mention(said, span, 1, EntityKind.COMPANY, said, None, "mentioned", "context", 0.9))
            parts.append(said)
        parts.append(_said(self.script, words))
        if amount:
            at = start + sum(map(len, parts))
            said = f"{amount} 台"
            exact = Quantity(Decimal(amount), Decimal(amount), "count", counted="台")
            figures.append(Figure(said, Span(at, at + len(said)), 1, exact, Approx.EXACT))
            parts.append(said)
        sentence = "".join(parts) + "。"
        self.text += sentence + ("\n" if new_line else "")
        self.mentions += mentions
        self.figures += figures
        if name and amount:
            span = Span(start, start + len(sentence))
            self.claims.append(
                Claim(
                    sentence, span, 1, None, None, ClaimKind.STATEMENT, False, False,
                    tuple(mentions), tuple(figures), (),
                )
            )  # fmt: skip

    def finished(self, path: str, tags: tuple[str, ...], day: datetime) -> Grown:
        text = self.text.rstrip()
        body = Block(BlockKind.PARAGRAPH, Span(len(self.title) + 2, len(text)), 1)
        title = Block(BlockKind.TITLE, Span(0, len(self.title)), 1)
        published = Moment(day, day.date().isoformat(), zone_known=False, date_only=True)
        header = Header(title=self.title, published=published, tags=tags)
        document = Document(
            path, Dialect.HUGO, self.script, header, self.title, text, (title, body), (), (), (), (),
            (Anchor(0, 1, 1),),
        )  # fmt: skip
        return Grown(document, Extraction(tuple(self.mentions), (), tuple(self.figures), (), tuple(self.claims)))
