"""Queries as people type them, made from what the posts say, and the same in other scripts and marks."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.lexicon import regional
from service.lexicon.names import entries
from service.query.columns import ARTICLE, CLAIM, ENTITY_NAME
from service.script import fold
from tests.samples import CONFIGS, converted

_PUNCTUATION = str.maketrans("「」『』“”，？", "“”‘’「」,?")
_WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def queries(session: Session, seed: int = 7) -> list[str]:
    """Return at least 500 queries of many kinds about a corpus, the same for the same corpus."""
    chance = Random(seed)
    texts = [text for text in session.scalars(select(ARTICLE.c.text).order_by(ARTICLE.c.id)) if len(text) > 20]
    claims = list(session.scalars(select(CLAIM.c.text).order_by(CLAIM.c.id)))
    words = [word for group in regional.groups() for word in group.words]
    made = [
        *_names(session),
        *(_run(chance, chance.choice(texts)) for _ in range(140)),
        *chance.sample(claims, min(60, len(claims))),
        *chance.sample(words, 90),
        *(f"{chance.choice(claims)[:12]}，{chance.choice(words)}？" for _ in range(30)),
        *(f"「{chance.choice(words)}」 {chance.choice(('GW', 'AI', '5 nm', '100 MW', '30%'))}" for _ in range(30)),
    ]
    return list(dict.fromkeys(made))


def _names(session: Session) -> list[str]:
    """Return all names the lexicon has of those the corpus names, and the corpus's own."""
    known = set(session.scalars(select(ENTITY_NAME.c.folded)))
    listed = (form for entry in entries().values() for form, _ in entry.forms())
    return [*sorted(form for form in listed if fold(form) in known), *sorted(known)]


def _run(chance: Random, text: str) -> str:
    start = chance.randrange(len(text) - 9)
    return text[start : start + chance.randint(2, 8)]


def in_other_scripts(query: str) -> Iterator[str]:
    """Yield what OpenCC makes of a query, where that is another string; of two alike in all but variants, one."""
    turned = {converted(query, config) for config in CONFIGS} - {query}
    yield from sorted({converted(other, "t2s"): other for other in sorted(turned)}.values()) if turned else ()


def in_other_marks(query: str) -> Iterator[str]:
    """Yield a query with other quotation marks, and with its Latin letters, digits and marks in full width."""
    yield from sorted({query.translate(_PUNCTUATION), query.translate(_WIDE)} - {query})
