"""Which claims may speak of what a sentence speaks of: from the index, with what is needed to judge them.

Those that share most are told by their words which of them can fit; only of these all that is compared is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate, pairwise
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select
from sqlalchemy.orm import Session

from service.lexicon.spelling import respell
from service.model import Approx, Span
from service.query.claim_rows import FIGURES, OWN, TIMES, Told
from service.query.columns import ARTICLE, CLAIM, FIGURE, MENTION, TIME
from service.query.lookup.amounts import Amount, amount, put, span_of_days, telling
from service.query.lookup.clauses import Clauses
from service.query.lookup.concept import Concept
from service.query.lookup.holders import Holders
from service.query.lookup.placing import all_told, with_untold
from service.query.lookup.prospects import Most, Said, prospects, touching
from service.query.lookup.remembered import remembered
from service.query.lookup.retrieval import Near, nearest
from service.query.lookup.vocabulary import stance
from service.script import fold
from service.store.names.changes import LEARNT
from service.store.prepared import AnyRow, Prepared

MOST: Final = 40  # claims whose surroundings are looked at, too
_JUDGED: Final = 24  # claims that are judged at least, if so many may fit
JUDGED: Final = 28  # and at most
_SLACK: Final = 1e-9  # of sums in another order
LOOKED: Final = 80  # claims whose text is looked at
_BEFORE: Final = 120  # characters before a claim whose words count as context: the question it answers, too
_BEHIND: Final = 60  # and behind it

_SAID = Prepared(lambda among: select(CLAIM.c.number, CLAIM.c.folded).where(among(CLAIM.c.number, "numbers")))
_BEGIN = case((CLAIM.c.start > _BEFORE, CLAIM.c.start - _BEFORE), else_=0)


# Whom a post itself says that it names: the lexicon's id, else the name.
_OWNER: ColumnElement[str] = func.coalesce(MENTION.c.key, MENTION.c.kind.concat(":").concat(MENTION.c.name))


def _with_context(columns: Iterable[str], owner: ColumnElement[Any] = MENTION.c.entity_id) -> Select[Any]:
    return (
        select(
            *(CLAIM.c[name] for name in ("number", "ordinal", "folded", *columns)),
            ARTICLE.c.title,
            ARTICLE.c.url,
            # From before it to behind it in one: to cut anything from a long text costs what the whole text does.
            func.substr(ARTICLE.c.folded, _BEGIN + 1, CLAIM.c.end - _BEGIN + _BEHIND).label("around"),
            owner.label("speaker_id"),
        )
        .join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
        .outerjoin(
            MENTION, and_(MENTION.c.article_id == CLAIM.c.article_id, MENTION.c.ordinal == CLAIM.c.speaker_ordinal)
        )
    )


_OWN = Prepared(
    lambda among: _with_context(("id", "article_id", "start", "end", "section"), _OWNER).where(
        among(CLAIM.c.id, "keys")
    )
)
_BY_NUMBER = Prepared(lambda among: _with_context(OWN).where(among(CLAIM.c.number, "keys")))
_MENTIONS = Prepared(
    lambda among: select(
        *(MENTION.c[name] for name in ("claim_id", "entity_id", "start", "end", "kind", "ordinal"))
    ).where(among(MENTION.c.claim_id, "claims"), MENTION.c.entity_id.is_not(None))
)
_OWN_MENTIONS = Prepared(  # those that the claim's own post tells: others can be learnt of it later
    lambda among: select(
        MENTION.c.claim_id, _OWNER.label("entity_id"), MENTION.c.start, MENTION.c.end, MENTION.c.kind
    ).where(among(MENTION.c.claim_id, "claims"), MENTION.c.method != LEARNT)
)
_FIGURES = Prepared(
    lambda among: select(
        *(FIGURE.c[name] for name in ("claim_id", "low", "high", "unit", "per", "approx", "counted", "text")),
        *(FIGURE.c[name] for name in ("start", "end", "ordinal")),
    ).where(among(FIGURE.c.claim_id, "claims"))
)
_TIMES = Prepared(
    lambda among: select(*(TIME.c[name] for name in ("claim_id", "low", "high", "text", "start", "end"))).where(
        among(TIME.c.claim_id, "claims"), TIME.c.kind == "explicit"
    )
)


@dataclass(frozen=True)
class Candidate:
    """A claim with all that is compared."""

    id: str
    article: str
    ordinal: int
    clauses: Clauses
    entities: frozenset[str]
    mentions: tuple[tuple[Span, str, str], ...]  # where it names whom, of which kind
    speaker: str | None
    heading: str  # folded: title and section
    around: tuple[str, str]  # folded and respelled: what stands before and behind it
    start: int
    figures: Sequence[AnyRow]
    times: Sequence[AnyRow]
    told: Told | None = None  # what its answer is made of

    @remembered
    def numbers(self) -> list[Amount]:
        """Return what it counts and when, as it is written, whatever its sentence says of it."""
        return with_untold(_amounts(self.figures, self.times, self.start), self.clauses)

    @remembered
    def amounts(self) -> tuple[Amount, ...]:
        """Return what it counts and when, each with its rate and whether the sentence denies it."""
        return all_told(self.numbers, self.clauses)

    @remembered
    def places(self) -> tuple[tuple[Span, tuple[Span, ...]], ...]:
        """Return of each amount the clause that it stands in, and those of the others that could be its values."""
        around = [(one, self.clauses.around(one.span.start)) for one in self.amounts]
        return tuple(
            (clause, tuple(there for one, there in around if one is not said and one.comparable(said)))
            for said, clause in around
        )

    @remembered
    def before(self) -> str:
        """Return what stands right before it, folded, where it speaks of that as 这些 or 它."""
        if not self.clauses.has("context", "pronouns"):
            return ""
        return self.around[0] if stance("context", "pronouns").search(self.clauses.folded) else ""

    @remembered
    def beside(self) -> str:
        """Return what stands before and behind it, folded."""
        return "\n".join(self.around)


def candidates(
    session: Session,
    holders: Holders,
    weighed: Mapping[Concept, float],
    amounts: Sequence[Amount],
    folded: str,
    most: Most,
    least: float,
    *,
    limit: int,
) -> list[tuple[Candidate, Sequence[int]]]:
    """Return, of the claims that share the most telling concepts, those that may fit, with context.

    They are `limit` within bounds, so that those that are judged for nothing are few.

    With each comes which of its texts may hold anything of each concept, as `prospects.touching` tells.

    To fit is to speak of a share of `least` of all, where what stands beside a claim counts as `most` says. Of too
    many those are left out that can speak of least.
    """
    near = nearest(holders, weighed, amounts, folded, LOOKED)
    connection = session.connection()  # to find it takes longer than to read some rows
    rows = _in_order(_BY_NUMBER.rows(connection, keys=_best(connection, near, weighed))) if near.scores else []
    named = any(one.entity is not None for one in weighed)
    mentions = _by_claim(_MENTIONS.rows(connection, claims=[row.id for row in rows])) if named and rows else None
    said = _said(rows, mentions)
    given = sum(map(telling, amounts))
    needed = least * (sum(weighed.values()) + given) - _SLACK
    fitting = []
    touched = touching(said, list(weighed)) if rows else []
    for at, words in enumerate(prospects(said, weighed, most, given > 0, touched) if rows else ()):
        if words + given >= needed:
            fitting.append((words + near.numbers.get(rows[at].number, 0.0), at))
    chosen = sorted(at for _, at in nlargest(min(max(limit, _JUDGED), JUDGED), fitting))
    found = _complete(connection, [(rows[at], said[at]) for at in chosen], mentions)
    return [(one, touched[at]) for one, at in zip(found, chosen, strict=True)]


def _best(connection: Connection, near: Near, weighed: Mapping[Concept, float]) -> list[int]:
    """Return the numbers of those that share most, after a look at their text for what was not looked for in all."""
    scores = dict(near.scores)
    if near.unread and len(scores) > MOST:
        unread = [(next(iter(one.words)), one.words if len(one.words) > 1 else (), weighed[one]) for one in near.unread]
        for number, folded in _SAID.tuples(connection, numbers=list(scores)):
            holds = folded.__contains__
            said = [weight for word, words, weight in unread if word in folded or (words and any(map(holds, words)))]
            scores[number] = near.sure[number] + sum(said)
    return nlargest(MOST, scores, key=lambda number: (scores[number], number))


def described(session: Session, ids: Collection[str]) -> list[Candidate]:
    """Return the claims of these ids with all that is compared, in the order of their articles.

    Whom they name is told by their own posts alone, by the lexicon's ids and else by the names, folded.
    """
    rows = [_folded(row, "speaker_id") for row in _in_order(_OWN.rows(session, keys=ids))] if ids else []
    mentions = [_folded(row, "entity_id") for row in _OWN_MENTIONS.rows(session, claims=ids)] if ids else []
    return _filled(session, list(zip(rows, _said(rows), strict=True)), mentions)


def _folded(row: AnyRow, name: str) -> AnyRow:
    owner = getattr(row, name)
    return row._replace(**{name: fold(owner)}) if owner is not None else row


def _in_order(rows: Iterable[AnyRow]) -> list[AnyRow]:
    return sorted(rows, key=lambda row: (row.article_id, row.ordinal))


def _said(rows: Sequence[AnyRow], mentions: Mapping[str, Sequence[AnyRow]] | None = None) -> list[Said]:
    """Return the words of claims, all respelled at once; whom they name where that was asked for."""
    headings = [f"{row.title}\n{row.section or ''}" for row in rows]
    texts = [text for row in rows for text in (row.folded, *_beside(row))]
    under, parts = iter(_at_once(lambda text: respell(fold(text)), headings)), iter(_at_once(respell, texts))
    named = {row.id: {one.entity_id for one in mentions[row.id]} for row in rows} if mentions is not None else {}
    return [
        Said(own, heading, before, behind, frozenset({*named.get(row.id, ()), row.speaker_id}))
        for row, heading, own, before, behind in zip(rows, under, parts, parts, parts, strict=True)
    ]


def _beside(row: AnyRow) -> tuple[str, str]:
    """Return what stands before and behind a claim."""
    start = min(row.start, _BEFORE)
    return row.around[:start], row.around[start + row.end - row.start :]


def _at_once(change: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Return texts changed, by a change that keeps their length and looks no further than the end of a line."""
    changed, starts = change("\n".join(texts)), [0, *accumulate(len(text) + 1 for text in texts)]
    return [changed[start : end - 1] for start, end in pairwise(starts)]


def _complete(
    connection: Connection, found: Sequence[tuple[AnyRow, Said]], mentions: Mapping[str, Sequence[AnyRow]] | None
) -> list[Candidate]:
    """Return claims with all that is compared, and all that their answers are made of."""
    ids = [row.id for row, _ in found]
    if not ids:
        return []
    named = _by_claim(_MENTIONS.rows(connection, claims=ids)) if mentions is None else mentions
    figures, times = (_by_claim(query.rows(connection, claims=ids)) for query in (FIGURES, TIMES))
    return [
        _with_told(said, Told(row, sorted(named.get(row.id, ()), key=_ordinal), figures[row.id], times[row.id]))
        for row, said in found
    ]


def _with_told(said: Said, told: Told) -> Candidate:
    explicit = [one for one in told.times if one.kind == "explicit"]
    return _candidate(told.claim, said, told.named, told.figures, explicit, told)


def _ordinal(row: AnyRow) -> int:
    return int(row.ordinal)


def _filled(session: Session, found: Sequence[tuple[AnyRow, Said]], mentions: Sequence[AnyRow]) -> list[Candidate]:
    ids = [row.id for row, _ in found]
    if not ids:
        return []
    named = _by_claim(mentions)
    figures, times = (_by_claim(query.rows(session, claims=ids)) for query in (_FIGURES, _TIMES))
    return [
        _candidate(row, said, named[row.id], sorted(figures[row.id], key=_ordinal), times[row.id])
        for row, said in found
    ]


def _by_claim(rows: Iterable[AnyRow]) -> defaultdict[str, list[AnyRow]]:
    found: defaultdict[str, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[row.claim_id].append(row)
    return found


def _amounts(figures: Iterable[AnyRow], times: Iterable[AnyRow], offset: int) -> Iterator[Amount]:
    for row in figures:
        one = amount(row.low, row.high, row.unit, row.per, Approx(row.approx), row.counted, row.text)
        yield put(one, Span(row.start - offset, row.end - offset))
    for row in times:
        if (period := span_of_days(row.low, row.high, row.text)) is not None:
            yield put(period, Span(row.start - offset, row.end - offset))


def _candidate(
    row: AnyRow,
    said: Said,
    named: Iterable[AnyRow],
    figures: Sequence[AnyRow],
    times: Sequence[AnyRow],
    told: Told | None = None,
) -> Candidate:
    mentions = sorted({(Span(one.start - row.start, one.end - row.start), one.entity_id, one.kind) for one in named})
    return Candidate(
        row.id,
        row.article_id,
        row.ordinal,
        Clauses(said.own),
        frozenset(entity for _, entity, _ in mentions),
        tuple(mentions),
        row.speaker_id,
        said.heading,
        (said.before, said.behind),
        row.start,
        figures,
        times,
        told,
    )
