"""What the articles of a source are called in running text, and where a text says so.

A name counts where it tells its article: not a title such as 首頁, not an everyday word (成本, 思考) unless it is the
name of an entity, not less than two characters or three letters. Films and books are called 人生 or 我們: such other
names are as common as titles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from ahocorasick_rs import AhoCorasick, MatchKind
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import lexicon
from service.model import Dialect
from service.query import corpus
from service.query.columns import ADDRESS, ARTICLE, ENTITY_NAME
from service.query.matching import idle_words
from service.reading.links.destinations import Candidate, Origin, destination
from service.reading.links.linking import LinkKey
from service.reading.links.paths import spelled
from service.reading.links.whereabouts import Address
from service.script import fold
from service.segmentation import cut, part_of_speech

_FEWEST_HAN, _FEWEST_LETTERS, _LONGEST = 2, 3, 80  # characters of a name
_AROUND = 30  # characters on either side that decide where words end
_ASKED = 500  # names in one statement
_KEPT = 8  # sources whose names are kept
_NAMED = frozenset({"alias", "name", "file"})  # kinds of addresses that are names in a vault
_VAULTS = frozenset({Dialect.OBSIDIAN.value, Dialect.MARKDOWN.value})
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_BEFORE = re.compile(r"(?P<word>[A-Za-z0-9]{1,30})(?P<mark>[ \-_/.@:=+])$")
_BEHIND = re.compile(r"(?P<mark>[ \-_/.@:=+])(?P<word>[A-Za-z0-9]{1,30})")
_WORD = re.compile(r"[^\W_]")
_PROPER = ("nr", "ns", "nt", "nz")  # the dictionary's names: of people, places, bodies, other things
_SUBJECTS = ("n", "l", "i", "j")  # and its nouns and set phrases


class Occurrence(NamedTuple):
    """A name in a folded text."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Titles:
    """The telling names of a source, each with the articles that bear it."""

    bearers: Mapping[str, tuple[Candidate, ...]]
    names: Mapping[str, tuple[str, ...]]  # by the article's id
    _written: Mapping[str, str]  # what the bearers of a Latin name are called, in their own case
    _listed: tuple[str, ...]
    _automaton: AhoCorasick | None

    def found(self, text: str, folded: str) -> Iterator[Occurrence]:
        """Yield where a text, given as written and folded, holds a name as words of its own, the longest first."""
        if self._automaton is None:
            return
        places = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        for number, start, end in sorted(places, key=lambda place: (place[1] - place[2], place[1])):
            whole = _stands_alone(folded, start, end) and not _is_part_of_a_title(text, start, end)
            if whole and self._is_as_written(text, start, end, self._listed[number]):
                yield Occurrence(start, end, self._listed[number])

    def _is_as_written(self, text: str, start: int, end: int, name: str) -> bool:
        """Tell whether a name in Latin letters is one here: no part of a path or longer name, nor a common word.

        Among other Latin words it must have the case of its note, as `library` in an English sentence is no Library.
        """
        if not name.isascii():
            return True
        beside = (_BEFORE.search(text, max(start - _AROUND, 0), start), _BEHIND.match(text, end))
        words = [match for match in beside if match]
        if any(match["mark"] != " " or match["word"][0].isupper() for match in words):
            return False
        return not words or text[start:end] in self._written[name]

    def meant(self, place: Occurrence, surface: str, source: str, path: str) -> str | None:
        """Return the article that a link of this name would lead to from the article at `path`."""
        origin = Origin(source, path, "wiki", surface, [LinkKey(place.name, spelled(surface))])
        return destination(origin, self.bearers[place.name])


_kept: WeakKeyDictionary[Any, dict[str, tuple[int, Titles]]] = WeakKeyDictionary()  # by engine and source


def titles(session: Session, source: str) -> Titles:
    """Return the names of the articles of `source`, gathered once for each version of the corpus."""
    version, kept = corpus.version(session), _kept.setdefault(session.get_bind(), {})
    known = kept.get(source)
    if known and version and known[0] == version:
        return known[1]
    gathered = _gathered(session, source)
    while len(kept) >= _KEPT:
        kept.pop(next(iter(kept)), None)
    kept[source] = version, gathered
    return gathered


def _gathered(session: Session, source: str) -> Titles:
    bearers: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in _candidates(session, source):
        bearers[candidate.address.key].append(candidate)
    telling = _telling(session, bearers.keys())
    written = _written(session, source)
    ids = {name: sorted({candidate.id for candidate in bearers[name]}) for name in telling}
    names: dict[str, list[str]] = defaultdict(list)
    for name in telling:
        for one in ids[name]:
            names[one].append(name)
    return Titles(
        {name: tuple(bearers[name]) for name in telling},
        {one: tuple(called) for one, called in names.items()},
        {name: "\n".join(written[one] for one in ids[name]) for name in telling if name.isascii()},
        tuple(telling),
        AhoCorasick(telling, matchkind=MatchKind.Standard) if telling else None,
    )


def _written(session: Session, source: str) -> dict[str, str]:
    """Return what each article of `source` is called as it is written, one name a line."""
    columns = (ARTICLE.c.id, ARTICLE.c.title, ARTICLE.c.path, ARTICLE.c.aliases)
    statement = select(*columns).where(ARTICLE.c.source == source)
    return {row.id: "\n".join((row.title, row.path, *row.aliases)) for row in session.execute(statement)}


def _candidates(session: Session, source: str) -> Iterator[Candidate]:
    """Yield what each article of `source` is called: its title, and in a vault its file's name and other names."""
    columns = (ARTICLE.c.id, ARTICLE.c.path, ARTICLE.c.title)
    for row in session.execute(select(*columns).where(ARTICLE.c.source == source)):
        title = spelled(row.title)
        yield Candidate(row.id, source, row.path, Address("title", fold(title), title))
    named = (*columns[:2], ADDRESS.c.kind, ADDRESS.c.key, ADDRESS.c.spelled)
    statement = select(*named).join(ADDRESS, ADDRESS.c.article_id == ARTICLE.c.id)
    vault = (ARTICLE.c.source == source, ARTICLE.c.dialect.in_(_VAULTS), ADDRESS.c.kind.in_(_NAMED))
    for one, path, kind, key, own in session.execute(statement.where(*vault)):
        if "/" not in key:
            yield Candidate(one, source, path, Address(kind, key, own or key))


def _telling(session: Session, names: Iterable[str]) -> list[str]:
    shaped = [name for name in names if _is_shaped(name)]
    common = [name for name in shaped if is_everyday(name)]
    left_out = set(common) - _entities(session, common)
    return sorted(name for name in shaped if name not in left_out)


def _entities(session: Session, names: list[str]) -> set[str]:
    found: set[str] = set()
    for at in range(0, len(names), _ASKED):
        some = names[at : at + _ASKED]
        found.update(session.execute(select(ENTITY_NAME.c.folded).where(ENTITY_NAME.c.folded.in_(some))).scalars())
    return found


def _is_shaped(name: str) -> bool:
    """Tell whether a folded name is long enough to tell anything, and no number or function word."""
    han = len(_HAN.findall(name))
    letters = sum(map(str.isalpha, name))
    words, _ = idle_words()
    long_enough = (han >= _FEWEST_HAN or letters >= _FEWEST_LETTERS) and len(name) <= _LONGEST
    return long_enough and name not in words and name not in _idle_titles()


@cache
def _idle_titles() -> frozenset[str]:
    return frozenset(map(fold, lexicon.read("note_titles.toml")["titles"]))


def is_everyday(name: str) -> bool:
    """Tell whether a folded name is one word of the dictionary that people use without meaning a note of that name.

    >>> [is_everyday(name) for name in ("成本", "思考", "为什么", "台湾", "资本主义", "焙火")]
    [True, True, True, False, False, False]
    """
    if len(cut(name, guess=False)) != 1 or name.isascii():
        return False
    tag = part_of_speech(name)
    return not tag.startswith(_PROPER) and (len(name) <= _FEWEST_HAN or not tag.startswith(_SUBJECTS))


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Tell whether no word runs across the ends of a name: 海安 is no part of 上海安全, nor `art` of `start`."""
    left, right = folded[max(start - 1, 0) : start], folded[end : end + 1]
    if _joins(left, folded[start]) or _joins(folded[end - 1], right):
        return False
    if not (_HAN.match(left) and _HAN.match(folded[start])) and not (_HAN.match(right) and _HAN.match(folded[end - 1])):
        return True
    begin = max(folded.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = folded.find("\n", end, end + _AROUND)
    words = cut(folded[begin : stop if stop >= 0 else end + _AROUND], guess=False)
    edges = {begin, *(begin + length for length in accumulate(map(len, words)))}
    return start in edges and end in edges


def _is_part_of_a_title(text: str, start: int, end: int) -> bool:
    """Tell whether a name is but a part of what stands in title marks: 焙火 in 《岩茶焙火》."""
    opened = text.rfind("《", max(start - _LONGEST, 0), start)
    closed = text.find("》", end, end + _LONGEST) if opened >= 0 and "》" not in text[opened:start] else -1
    return closed >= 0 and "《" not in text[end:closed] and text[opened + 1 : closed].strip() != text[start:end]


def _joins(one: str, other: str) -> bool:
    """Tell whether two characters are of one word written with letters."""
    return bool(_WORD.match(one) and _WORD.match(other)) and not (_HAN.match(one) or _HAN.match(other))
