"""What a query asks for: words, phrases in quotation marks, words that must not stand there, and fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from service.query import matching
from service.query.matching import Words, clean
from service.script import fold

_LONGEST: Final = 200  # characters of a query that count
_MOST: Final = 8  # phrases, words to leave out, and fields
FIELDS: Final = ("tag", "category", "entity", "source", "script", "date")
_PART = re.compile(
    rf"""(?:^|(?<=\s))(?P<minus>-)?(?:(?P<field>{"|".join(FIELDS)}):)?"""
    r"""(?:"(?P<straight>[^"]{1,200})"|“(?P<curly>[^”]{1,200})”|「(?P<corner>[^」]{1,200})」"""
    r"""|『(?P<hollow>[^』]{1,200})』|(?P<plain>\S{1,200}))"""
)
_QUOTED: Final = ("straight", "curly", "corner", "hollow")  # each script has its own marks, and they mean the same


@dataclass(frozen=True)
class Asked:
    """A query taken apart. `text` is what of it are words without marks, as folded text."""

    text: str
    phrases: tuple[str, ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    fields: tuple[tuple[str, str, bool], ...] = field(default=())  # name, folded value, whether it must be so

    def words(self) -> Words:
        """Return the words and phrases, each with what stands for the same; a phrase stands for itself alone."""
        return [*matching.words(self.text), *self._quoted()]

    def telling_words(self) -> Words:
        """Return of a sentence the words that it is about, and the phrases."""
        return [*matching.telling_words(self.text), *self._quoted()]

    def _quoted(self) -> Words:
        return [(phrase,) for phrase in self.phrases]


def parse(query: str) -> Asked:
    """Return what a query asks for.

    A field is a word of `FIELDS` before a colon; ``-`` right before a word, phrase or field leaves out what has it.
    Full-width marks do as well, and so do the quotation marks of either script.

    >>> asked = parse('碼頭 "deep sea" -起重機 tag:航運')
    >>> asked.text, asked.phrases, asked.without, asked.fields
    ('码头', ('deep sea',), (('起重机',),), (('tag', '航运', True),))
    """
    plain, phrases = list[str](), list[str]()
    without, fields = list[tuple[str, ...]](), list[tuple[str, str, bool]]()
    for part in _PART.finditer(fold(clean(query))[:_LONGEST]):
        quoted = next(filter(None, map(part.group, _QUOTED)), None)
        value = " ".join((quoted or part["plain"]).split())
        if not any(map(str.isalnum, value)):
            continue
        if part["field"]:
            fields.append((part["field"], value, not part["minus"]))
        elif part["minus"]:
            without += [(value,)] if quoted else matching.words(value)
        elif quoted:
            phrases.append(value)
        else:
            plain.append(value)
    return Asked(" ".join(plain), tuple(phrases[:_MOST]), tuple(without[:_MOST]), tuple(fields[:_MOST]))
