"""Keeps which claims of different articles agree or contradict each other, in the transaction that changes articles.

Two claims are set beside each other where several terms list both among their first claims (`claim_listing.HEAD`), and
one of the two gives a figure or denies something, as does the other. That bounds what a claim costs, however common
its words are. How a pair stands depends on its two claims alone; so what is stored is always what setting all claims
beside each other anew would give, and a change touches those claims only that came, went, or moved within a list. To
judge is what costs: of claims that only left lists, as others came, no pair is judged again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from service.extraction import VERSION
from service.extraction.version import digest
from service.pairing.judging import Pair, judged
from service.store.bulk import insert_rows
from service.store.claim_index import stored_terms
from service.store.claim_listing import HEAD, touched
from service.store.claim_postings import decode, place, term_at
from service.store.ids import claim_number
from service.store.prepared import Prepared
from service.store.tables import TABLES
from service.store.values import Row

_CLAIM, _FIGURE, _PAIR = TABLES["claim"], TABLES["figure"], TABLES["claim_pair"]
_POSTING, _CORPUS = TABLES["claim_posting"], TABLES["corpus"]
_AT_ONCE: Final = 200  # claims
_LEAST: Final = 3  # terms that list both
_ALIKE: Final = 0.15  # share of the terms of two claims that are these
_MANY: Final = 20_000  # claims: more are paired anew by nothing but `wenmai reindex`
_HEADS: Final = Prepared(
    lambda among: select(_POSTING.c.place, _POSTING.c.data).where(among(_POSTING.c.place, "places"))
)
_TELLING: Final = Prepared(
    lambda among: (
        select(_CLAIM.c.number, _CLAIM.c.id, _CLAIM.c.article_id)
        .where(among(_CLAIM.c.number, "numbers"))
        .where(or_(exists().where(_FIGURE.c.claim_id == _CLAIM.c.id), _CLAIM.c.negated))
    )
)

_STORED: Final = Prepared(
    lambda among: (
        select(_PAIR.c.one, _PAIR.c.other)
        .join(_CLAIM, or_(_PAIR.c.one == _CLAIM.c.id, _PAIR.c.other == _CLAIM.c.id))
        .where(among(_CLAIM.c.number, "numbers"))
    )
)


class _Telling(NamedTuple):
    """A claim that may contradict another one."""

    id: str
    article: str


def pair_on(session: Session) -> None:
    """Bring the pairs of those claims up to date that this transaction touched."""
    anew, left = touched(session)
    paired = session.execute(select(_CORPUS.c.paired)).scalar_one_or_none()
    if paired != rules():
        if _few(session):
            pair_anew(session)
            return
        anew |= left
    for some in _some(sorted(anew)):
        _forget(session, some)
    _part(session, sorted(left - anew))
    _store(session, _pairs(session, sorted(anew)))


def pair_anew(session: Session) -> int:
    """Set all claims beside each other and store what comes of it; return how many pairs that is."""
    touched(session)
    session.execute(delete(_PAIR))
    number = _store(session, _pairs(session))
    marked = session.connection().execute(update(_CORPUS).values(paired=rules()))
    if not marked.rowcount:
        session.execute(insert(_CORPUS), [{"id": 1, "version": 0, "paired": rules()}])
    return number


def stale_pairs(session: Session) -> int:
    """Return how many pairs are stored otherwise than setting all claims beside each other anew would give."""
    stored = {(row["one"], row["other"]): dict(row) for row in session.execute(select(_PAIR)).mappings()}
    wanted = {(row["one"], row["other"]): row for row in _pairs(session)}
    return sum(stored.get(pair) != wanted.get(pair) for pair in stored.keys() | wanted.keys())


@cache
def rules() -> str:
    """Return a digest of the code and the lexicon that decide how two claims stand to each other."""
    root = files("service")
    named = {"claim_terms.py": root.joinpath("store/claim_terms.py")}
    for room in ("pairing", "query/lookup"):
        found = (file for file in root.joinpath(room).iterdir() if file.name.endswith(".py"))
        named |= {f"{room}/{file.name}": file for file in found}
    return digest([("facts", VERSION.encode()), *((name, file.read_bytes()) for name, file in named.items())])


def _few(session: Session) -> bool:
    return session.execute(select(func.count()).select_from(_CLAIM)).scalar_one() <= _MANY


def _forget(session: Session, numbers: Sequence[int]) -> None:
    claims = select(_CLAIM.c.id).where(_CLAIM.c.number.in_(numbers))
    session.execute(delete(_PAIR).where(or_(_PAIR.c.one.in_(claims), _PAIR.c.other.in_(claims))))


def _part(session: Session, numbers: Sequence[int]) -> None:
    """Forget the pairs of claims that stand beside each other in too few lists by now.

    How the others of these pairs stand has not changed, and there are no new ones: each claim only left lists.
    """
    for some in _some(numbers):
        stored = {(one, other) for one, other in _STORED.tuples(session, numbers=some)}
        gone = sorted(stored - _still_near(session, stored)) if stored else []
        if gone:
            of = (_PAIR.c.one == bindparam("b_one"), _PAIR.c.other == bindparam("b_other"))
            session.connection().execute(
                delete(_PAIR).where(*of), [{"b_one": one, "b_other": other} for one, other in gone]
            )


def _still_near(session: Session, pairs: Collection[Pair]) -> set[Pair]:
    """Return those of some pairs that enough terms list beside each other, as `_near` finds them among all."""
    numbered = {pair: (claim_number(pair[0]), claim_number(pair[1])) for pair in pairs}
    terms = _terms(session, {number for both in numbered.values() for number in both})
    common = {pair: terms[one] & terms[other] for pair, (one, other) in numbered.items()}
    heads = _heads(session, {term for held in common.values() for term in held})
    near = set()
    for pair, (one, other) in numbered.items():
        shared = sum(one in heads[term] and other in heads[term] for term in common[pair])
        if shared >= _LEAST and _alike(shared, len(terms[one]), len(terms[other])):
            near.add(pair)
    return near


def _store(session: Session, rows: Iterator[Row]) -> int:
    number = 0
    while some := list(islice(rows, _AT_ONCE)):
        insert_rows(session, _PAIR, some)
        number += len(some)
    return number


def _pairs(session: Session, numbers: Sequence[int] | None = None) -> Iterator[Row]:
    """Yield the rows of all pairs, or of those in which claims of these numbers stand, each once."""
    return judged(session, _beside_each_other(session, numbers))


def _beside_each_other(session: Session, numbers: Sequence[int] | None) -> Iterator[Pair]:
    wanted = None if numbers is None else frozenset(numbers)
    lengths: dict[int, int] = {}
    for some in _some(numbers) if numbers is not None else _all(session):
        yield from _apart(*_near(session, some, wanted, lengths))


def _apart(near: Mapping[int, Iterable[int]], telling: Mapping[int, Sequence[_Telling]]) -> Iterator[Pair]:
    """Yield the pairs of claims of different articles, each from one of its sides only."""
    for number, others in sorted(near.items()):
        for other in sorted(others):
            for mine in telling[number]:
                for theirs in telling[other]:
                    if mine.article != theirs.article:
                        yield min(mine.id, theirs.id), max(mine.id, theirs.id)


def _near(
    session: Session, numbers: Sequence[int], wanted: frozenset[int] | None, lengths: dict[int, int]
) -> tuple[dict[int, list[int]], dict[int, list[_Telling]]]:
    """Return for each claim that may contradict another those that may as well and that enough terms list beside it.

    And what claims these are. How many terms a claim has is looked up in `lengths`, or put there.
    """
    telling = _telling(session, numbers)
    terms = _terms(session, telling)
    lengths |= {number: len(held) for number, held in terms.items()}
    heads = _heads(session, {term for held in terms.values() for term in held})
    beside = {number: _beside(number, held, heads, wanted) for number, held in terms.items()}
    telling |= _telling(session, {other for found in beside.values() for other in found} - telling.keys())
    beside = {number: _elsewhere(number, found, telling) for number, found in beside.items()}
    unknown = {other for found in beside.values() for other in found} - lengths.keys()
    lengths |= {number: len(held) for number, held in _terms(session, unknown).items()}
    return {
        number: [other for other, shared in found.items() if _alike(shared, lengths[number], lengths[other])]
        for number, found in beside.items()
    }, telling


def _beside(
    number: int, terms: Iterable[int], heads: Mapping[int, Sequence[int]], wanted: frozenset[int] | None
) -> dict[int, int]:
    """Return how many terms list each other claim beside this one, of those that do so often enough.

    Of two that are `wanted`, as all are where none is named, the lower has the other beside it.
    """
    shared = Counter[int]()
    for term in terms:
        if number in heads[term]:
            shared.update(heads[term])
    own = shared.pop(number, 0)
    least = max(_LEAST, _ALIKE * own / 2)
    found = {other: count for other, count in shared.items() if count >= least}
    return {other: found[other] for other in found if other > number or not (wanted is None or other in wanted)}


def _elsewhere(number: int, beside: Mapping[int, int], telling: Mapping[int, Sequence[_Telling]]) -> dict[int, int]:
    """Return those of the claims beside one that may contradict it, in another article."""
    own = {one.article for one in telling[number]}
    return {
        other: count
        for other, count in beside.items()
        if any(len(own) > 1 or one.article not in own for one in telling.get(other, ()))
    }


def _alike(shared: int, one: int, other: int) -> bool:
    return 2 * shared >= _ALIKE * (one + other)


def _terms(session: Session, numbers: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for some in _some(sorted(numbers)):
        found |= stored_terms(session, _CLAIM.c.number.in_(some))
    return found


def _heads(session: Session, terms: Iterable[int]) -> dict[int, Sequence[int]]:
    found: dict[int, Sequence[int]] = dict.fromkeys(terms, ())
    for some in _some([place(term, 0) for term in found]):
        found.update({term_at(row.place)[0]: decode(row.data)[:HEAD] for row in _HEADS.rows(session, places=some)})
    return found


def _telling(session: Session, numbers: Iterable[int]) -> dict[int, list[_Telling]]:
    """Return the claims of these numbers that give a figure or deny something."""
    found: dict[int, list[_Telling]] = {}
    for some in _some(sorted(numbers)):
        for row in _TELLING.rows(session, numbers=some):
            found.setdefault(row.number, []).append(_Telling(row.id, row.article_id))
    return found


def _all(session: Session) -> Iterator[Sequence[int]]:
    last = -1
    query = select(_CLAIM.c.number).distinct().order_by(_CLAIM.c.number).limit(_AT_ONCE)
    while some := session.execute(query.where(_CLAIM.c.number > last)).scalars().all():
        yield some
        last = some[-1]


def _some(many: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (many[at : at + _AT_ONCE] for at in range(0, len(many), _AT_ONCE))
