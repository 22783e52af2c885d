"""Search over articles, entities and claims at once: words in, hits with highlights in the original text out.

An article or claim fits when it holds every word of the query, or what stands for it: a word that other regions use, or
another name of the entity it names. Scores run from 0 to 1: an entity of just this name comes first, then articles
that have the words in their title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Final, Literal

from sqlalchemy.orm import Session

from service.lexicon.spelling import respell
from service.query import rows
from service.query.answers import SearchHit, SearchPage
from service.query.claim_rows import claim_answers
from service.query.cursors import Scalar, decode, encode, scope
from service.query.highlights import in_articles, in_claims
from service.query.matching import Words
from service.query.search_articles import ArticleSearch, Ranked
from service.query.search_claims import claims
from service.query.search_facets import facets
from service.query.search_fields import allowed
from service.query.search_matching import look_up
from service.query.search_names import entities, slips, with_names
from service.query.search_reader import SearchIndex
from service.query.search_words import Asked, parse
from service.query.synonyms import alternatives

Kind = Literal["article", "entity", "claim"]
Hit = tuple[float, str, int, str]  # (-score, kind, tie, id): its order is the order of the answer

_KINDS: tuple[Kind, ...] = ("article", "entity", "claim")
_MOST_OF_IT: Final = 0.5  # share of a query's words, by rarity, that a hit needs where nothing has them all
_BEHIND_ALL: Final = 1 << 40  # no tie is so great
_CLAIMED: Final = 40  # articles whose claims are looked through, the best first
_CLAIMED_ALONE: Final = 400  # where only claims are asked for, or there are no more articles
_SLIPPED: Final = 3  # articles in which a word may stand that is meant for a name all the same
_MEANT: Final = 0.4  # how well that name fits: less than any that holds the word


@dataclass
class _Reading:
    """The query read in one way, and what fits then: articles one after the other, the rest at once."""

    words: Words
    articles: ArticleSearch | None
    others: list[Hit]
    whole: bool  # all claims that fit are among them

    def found(self) -> bool:
        """Tell whether anything fits."""
        if self.others or self.articles is None:
            return bool(self.others)
        return bool(self.articles.total or next(self._articles(None), None) or self.articles.stopped)

    def hits(self, behind: Hit | None = None) -> Iterator[Hit]:
        """Yield what fits in order, from `behind` on."""
        others = (hit for hit in self.others if behind is None or hit > behind)
        return merge(self._articles(behind), others)

    def page(self, behind: Hit | None, limit: int) -> tuple[list[Hit], Hit | None]:
        """Return at most `limit` hits from `behind` on, and behind which the next page goes on; None: there is none."""
        hits = list(islice(self.hits(behind), limit + 1))
        stopped = self.articles.stopped if self.articles else None
        if stopped:  # what is behind articles that were not looked at has to wait for them
            last: Hit = (-stopped.score, "article", stopped.tie, stopped.id)
            hits = [hit for hit in hits if hit <= last]
            return hits[:limit], hits[limit - 1] if len(hits) > limit else last
        return hits[:limit], hits[limit - 1] if len(hits) > limit else None

    def _articles(self, behind: Hit | None) -> Iterator[Hit]:
        if self.articles is None:
            return
        after = Ranked(-behind[0], behind[2], behind[3]) if behind else None
        if behind and behind[1] != "article":
            after = Ranked(-behind[0], _BEHIND_ALL, "")  # articles come before all else of the same score
        for one in self.articles.ranked(after):
            yield -one.score, "article", one.tie, one.id

    @property
    def total(self) -> int | None:
        """How many hits there are; None where that is not known."""
        number = self.articles.total if self.articles else 0
        return number + len(self.others) if number is not None and self.whole else None


def search(
    session: Session,
    q: str,
    kind: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
    *,
    counted: bool = False,
) -> SearchPage:
    """Return what fits `q`, best first; `kind` keeps articles, entities or claims only; `counted` adds facets.

    Nothing is found in drafts.

    What holds all words comes alone. Where nothing does, the query is read as a sentence, and then as words of which
    most must be there. A page may be short while there is a next one: what one answer reads is bounded.

    Raises:
        BadCursorError: the cursor is not one of this search.
    """
    here = scope("search", q=q, kind=kind)
    behind = _hit(decode(here, cursor, [float, str, int, str])) if cursor is not None else None
    index, asked = SearchIndex(session, drafts=False), parse(q)
    reading = _read(session, index, asked, [one for one in _KINDS if kind in (None, one)])
    hits, following = reading.page(behind, limit)
    return SearchPage(
        items=_answers(session, hits, reading.words),
        next=encode(here, following) if following else None,
        total=reading.total,
        facets=facets(session, index, reading.articles) if counted else None,
    )


def _hit(key: tuple[Scalar, ...]) -> Hit:
    score, kind, tie, one = key
    return float(score), str(kind), int(tie), str(one)


def _read(session: Session, index: SearchIndex, asked: Asked, kinds: Sequence[Kind]) -> _Reading:
    """Return the first way to read the query in which anything fits, or the first one."""
    fields = allowed(index, asked.fields)
    first: _Reading | None = None
    ways = ((asked.words, 1.0), (asked.telling_words, 1.0), (asked.telling_words, _MOST_OF_IT))
    for words, needed in ways:
        said = with_names(session, words())
        if said or (asked.fields and first is None):
            reading = _reading(session, index, asked, said, needed, fields, kinds)
            if reading.found():
                return reading
            first = first or reading
    return first or _Reading([], None, [], whole=True)


def _reading(
    session: Session,
    index: SearchIndex,
    asked: Asked,
    words: Words,
    needed: float,
    fields: int,
    kinds: Sequence[Kind],
) -> _Reading:
    without = list(asked.without)
    matches = look_up(index, [*words, *without], asked.phrases)
    corrected = [_corrected(session, word) if not matches.of(word).maybe else word for word in words]
    if corrected != words:
        words = with_names(session, corrected)
        matches = look_up(index, [*words, *without], asked.phrases)
    found = ArticleSearch(session, index, matches, words, without, fields, needed)
    others: list[Hit] = []
    whole = True
    if "entity" in kinds and words and not asked.fields:
        whole_name = _as_name(asked, words)
        named = entities(session, whole_name, words) or _meant(session, words, found.candidates.bit_count())
        others += [(-round(s, 4), "entity", 0, one) for one, s in named.items()]
    if "claim" in kinds and words:
        most = _CLAIMED_ALONE if "article" not in kinds or found.candidates.bit_count() <= _CLAIMED_ALONE else _CLAIMED
        whole = found.candidates.bit_count() <= most
        near = index.articles(found.candidates) if whole else list(islice(found.ranked(), most))
        scores = claims(session, [one.id for one in near], words, found.weights, needed)
        others += [(-round(s, 4), "claim", 0, one) for one, s in scores.items()]
    return _Reading(words, found if "article" in kinds else None, sorted(others), whole)


def _corrected(session: Session, word: tuple[str, ...]) -> tuple[str, ...]:
    """Return a word that nothing holds with the names it may be meant for."""
    return tuple(dict.fromkeys([*word, *slips(session, word[0])])) if len(word) == 1 else word


def _meant(session: Session, words: Words, held: int) -> dict[str, float]:
    """Return the entities whose whole name a word may be meant for, alone and held by few: others slipped as well."""
    if len(words) > 1 or len(words[0]) > 1 or held > _SLIPPED:
        return {}
    meant = [other for other in slips(session, words[0][0]) if other != words[0][0]]
    found = {one: s for other in meant for one, s in entities(session, (other,), [(other,)]).items()}
    return {one: s * _MEANT for one, s in found.items() if s >= 1}


def _as_name(asked: Asked, words: Words) -> tuple[str, ...]:
    """Return the query as a name, in all ways to say it."""
    plain = " ".join([asked.text, *asked.phrases]).strip()
    names = alternatives(respell(plain)) if plain else ()
    said = " ".join(word[1] if len(word) > 1 and word[0] in plain.split() else word[0] for word in words)
    return tuple(dict.fromkeys([*names, said])) if said else names


def _answers(session: Session, hits: Sequence[Hit], words: Words) -> list[SearchHit]:
    ids = {kind: [one for _, of, _, one in hits if of == kind] for kind in _KINDS}
    articles = rows.summaries_by_id(session, ids["article"])
    named = rows.entities_by_id(session, ids["entity"])
    said = claim_answers(session, ids["claim"])
    marked = in_articles(session, ids["article"], words) | in_claims(session, said.values(), words)
    return [
        SearchHit(
            kind=kind,
            score=-score,
            article=articles.get(one) if kind == "article" else None,
            entity=named.get(one) if kind == "entity" else None,
            claim=said.get(one) if kind == "claim" else None,
            highlights=marked.get(one, []),
        )
        for score, kind, _, one in hits
    ]
