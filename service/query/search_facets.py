"""How many of the articles found there are of each source, tag, script and year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.query import corpus
from service.query.answers import Facet, Facets
from service.query.columns import ARTICLE, LABEL
from service.query.search_articles import ArticleSearch
from service.query.search_reader import SearchIndex
from service.query.sliced import present
from service.store.search_terms import field_term

_SHOWN: Final = 10  # of each field
_AT_ONCE: Final = 40


class _Value(NamedTuple):
    """A value of a field as shown, its term, and how many articles have it."""

    shown: str
    term: str
    held: int


Values = dict[str, list[_Value]]

_kept: WeakKeyDictionary[Any, tuple[int, Values]] = WeakKeyDictionary()  # by engine


def facets(session: Session, index: SearchIndex, found: ArticleSearch | None) -> Facets:
    """Return for each field the values that most of the articles found have, with how many have them."""
    here = found.candidates if found else 0
    each = {field: _counted(index, here, values) for field, values in _values(session).items()}
    return Facets(exact=found is None or found.total is not None, **each)


def _counted(index: SearchIndex, here: int, values: Sequence[_Value]) -> list[Facet]:
    """Return the commonest of the values: no more are counted once those left are too rare to be among them."""
    counts: list[tuple[int, str]] = []
    waiting = iter(values)
    while here and (some := list(islice(waiting, _AT_ONCE))):
        if len(counts) >= _SHOWN and -counts[_SHOWN - 1][0] >= some[0].held:
            break
        levels = index.levels([value.term for value in some])
        each = ((value.shown, present(levels.get(value.term, ())) & here) for value in some)
        counts = sorted([*counts, *((-having.bit_count(), shown) for shown, having in each if having)])
    return [Facet(value=shown, count=-number) for number, shown in counts[:_SHOWN]]


def _values(session: Session) -> Values:
    """Return the values of each field, the commonest first, gathered once for each version of the corpus."""
    version, known = corpus.version(session), _kept.get(session.get_bind())
    if known and version and known[0] == version:
        return known[1]
    year = func.substr(ARTICLE.c.published, 1, 4)
    columns = {"source": ARTICLE.c.source, "script": ARTICLE.c.script, "year": year}
    gathered = {field: list(_of_articles(session, field, column)) for field, column in columns.items()}
    gathered["tag"] = list(_tags(session))
    _kept[session.get_bind()] = version, gathered
    return gathered


def _of_articles(session: Session, field: str, column: Any) -> Iterator[_Value]:
    count = func.count().label("number")
    statement = select(column.label("value"), count).where(column.is_not(None)).group_by(column)
    for value, number in session.execute(statement.order_by(count.desc(), column)):
        yield _Value(value, field_term("date" if field == "year" else field, value), number)


def _tags(session: Session) -> Iterator[_Value]:
    count = func.count(func.distinct(LABEL.c.article_id)).label("number")
    statement = select(func.min(LABEL.c.value), count).where(LABEL.c.kind == "tag").group_by(LABEL.c.folded)
    for shown, number in session.execute(statement.order_by(count.desc(), LABEL.c.folded)):
        yield _Value(shown, field_term("tag", shown), number)
