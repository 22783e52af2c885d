"""Entity notes: notes of a vault that are about one person or company, and so say what its names are.

A note says so in its front matter (``类型: 人物``); its title and other names are names of one bearer. Names that
could be anybody's (a nickname, a title) are shown and found, but tie nothing together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.lexicon import read
from service.lexicon.names import LexiconName, Strength, lookup
from service.model import Dialect, EntityKind
from service.resolution import GlossSeen, NameSeen
from service.resolution.groups import normal
from service.script import fold
from service.store.tables import TABLES

_ARTICLE = TABLES["article"]
_DIALECTS = (Dialect.OBSIDIAN.value, Dialect.MARKDOWN.value)  # elsewhere such a key names a layout
_NAME = re.compile(r"\w[\w .,'’&·・．-]{1,39}")
_HAN = re.compile("[\u3400-\u9fff]")
_FULL_NAME = 3  # Han characters from which a person's name is a whole one


@dataclass(frozen=True, slots=True)
class EntityNote:
    """What a note says of its subject: the kind, the name it is titled by, and the other names."""

    article: str
    kind: EntityKind
    title: str
    names: tuple[str, ...]
    source: str = ""

    def seen(self) -> NameSeen:
        """Return the title as a name that was seen; where the lexicon has one such bearer, it is that one's."""
        bearer = self._bearer()
        return NameSeen(self.kind, self.title, bearer.id if bearer else None, self.article, 1, source=self.source)

    def called(self) -> frozenset[str]:
        """Return all its names as names are compared."""
        return frozenset(map(normal, (self.title, *self.names)))

    def glosses(self, shared: frozenset[str]) -> Iterator[GlossSeen]:
        """Yield the pairs of names that tie together, without the `shared` ones, which tie nothing.

        Names of one script hang on one another, and one pair joins the scripts: a name that is glossed in two ways
        would join nobody.
        """
        head = self._head()
        heads = {_is_latin(head): head}
        for name in self.names:
            if self._ties(name) and normal(name) not in shared:
                yield GlossSeen(self.kind, heads.get(_is_latin(name), head), name, self.article)
                heads.setdefault(_is_latin(name), name)

    def _bearer(self) -> LexiconName | None:
        """Return who the lexicon says the title is, where it names one of this kind."""
        bearers = {one.entry.id: one.entry for one in lookup(self.title) if one.entry.kind is self.kind}
        return next(iter(bearers.values())) if len(bearers) == 1 else None

    def _head(self) -> str:
        """Return the name the others hang on: the title, or of a listed bearer a form that is surely its own."""
        bearer = self._bearer()
        full = (form for form, strength in bearer.forms() if strength is Strength.FULL) if bearer else iter(())
        return next(full, self.title)

    def _ties(self, name: str) -> bool:
        if self.kind is not EntityKind.PERSON:
            return len(name) > 1
        if _is_latin(name):
            return " " in name
        return len(name) >= _FULL_NAME and not _nickname().search(fold(name))


def entity_notes(
    session: Session, titles: Collection[str] | None = None, articles: Collection[str] | None = None
) -> list[EntityNote]:
    """Return the entity notes among all articles (those with one of `titles`, one of `articles`), by article."""
    columns = (_ARTICLE.c.id, _ARTICLE.c.title, _ARTICLE.c.aliases, _ARTICLE.c.extra, _ARTICLE.c.source)
    query = select(*columns).where(_ARTICLE.c.dialect.in_(_DIALECTS)).order_by(_ARTICLE.c.id)
    query = query if titles is None else query.where(_ARTICLE.c.title.in_(titles))
    query = query if articles is None else query.where(_ARTICLE.c.id.in_(articles))
    return [
        EntityNote(article, kind, title.strip(), tuple(name.strip() for name in aliases if _is_name(name)), source)
        for article, title, aliases, extra, source in session.execute(query)
        if (kind := _kind(extra)) is not None and _is_name(title)
    ]


def shared_names(notes: Iterable[EntityNote]) -> frozenset[str]:
    """Return the names, as compared, by which notes call more than one subject."""
    called = {(normal(name), note.kind, normal(note.title)) for note in notes for name in (note.title, *note.names)}
    counts = Counter(name for name, *_ in called)
    return frozenset(name for name, count in counts.items() if count > 1)


def _kind(extra: Mapping[str, object]) -> EntityKind | None:
    keys, kinds = _told_by()
    for key, value in extra.items():
        words = value if isinstance(value, list) else [value]
        if fold(key).strip() in keys and len(words) == 1 and isinstance(words[0], str):
            return kinds.get(fold(words[0]).strip())
    return None


@cache
def _told_by() -> tuple[frozenset[str], Mapping[str, EntityKind]]:
    """Return the keys that tell what a note is about, and the values that tell a kind, folded."""
    listed = read("entity_notes.toml")
    kinds = {fold(word): EntityKind(kind) for kind, words in listed["kinds"].items() for word in words}
    return frozenset(map(fold, listed["keys"])), kinds


@cache
def _nickname() -> re.Pattern[str]:
    """Return what tells a nickname or an address among folded names."""
    listed = read("entity_notes.toml")["nicknames"]
    beginnings, endings = ("|".join(map(re.escape, map(fold, listed[part]))) for part in ("beginnings", "endings"))
    return re.compile(f"^(?:{beginnings})..?$|(?:{endings})$")


def _is_latin(name: str) -> bool:
    return _HAN.search(name) is None


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text.strip()) is not None
