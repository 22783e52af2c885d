"""Names that one post proves and another only writes: found there too, and gone with the post that proves them.

A proof is what posts say for certain of a name written just so, of one kind only, glossed in no two ways. What was
learnt proves nothing itself, so neither the order of posts nor what was learnt before makes any difference. A person's
name proves itself only among the posts of one source: the same name elsewhere may well be somebody else's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Column, Result, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from service.model import EntityKind
from service.resolution import NameSeen, Resolution
from service.resolution.groups import Node, is_glossed_apart
from service.resolution.values import Name
from service.store.names.changes import LEARNT
from service.store.names.rows import chunks, rows_with, sync
from service.store.tables import TABLES
from service.store.values import Row

_SEEN, _TIE, _BEARER = TABLES["seen_name"], TABLES["tie"], TABLES["bearer"]
_MENTION, _ARTICLE, _UNPROVEN = TABLES["mention"], TABLES["article"], TABLES["unproven"]
_KINDS: Final = (EntityKind.PERSON, EntityKind.COMPANY)
_ENOUGH: Final = 3  # articles that take something for a name by what stands around it
_CONFIDENCE: Final = 0.6


class Proof(NamedTuple):
    """Whom a form names, as whom posts that prove it name him, and in which sources that is sure; None: in all."""

    named: Name
    ident: str  # of the group, before editors are heard
    sources: frozenset[str] | None

    def holds(self, row: Row) -> bool:
        """Tell whether it does for a candidate of this form; Chinese of one shape is no proof for another's."""
        fits = str(row["surface"]).isascii() or row["kind"] == self.named[0].value
        return fits and (self.sources is None or row["source"] in self.sources)


Proofs = Mapping[str, Proof]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Places that may be names: all of the forms whose proof changed, and those of changed articles."""

    rows: list[Row]  # of unproven names, each with the source of its article
    proofs: Proofs
    learnt: list[Row] = field(default_factory=list)  # mentions that stand at these places by now

    def places(self, articles: Collection[str]) -> list[NameSeen]:
        """Return where proven names stand, `articles` being apart."""
        return [_seen(row, self.proofs[str(row["form"])], articles) for row in self.proven()]

    def proven(self) -> Iterator[Row]:
        """Yield the rows that are proven names."""
        for row in self.rows:
            proof = self.proofs.get(str(row["form"]))
            if proof is not None and proof.holds(row):
                yield row


def waiting(session: Session, forms: Iterable[str], articles: Iterable[str]) -> set[str]:
    """Return which of `forms` await proof, and the forms that do in `articles`."""
    found = set[str]()
    for column, values in ((_UNPROVEN.c.form, forms), (_UNPROVEN.c.article_id, articles)):
        for chunk in chunks(sorted(set(values))):
            found.update(session.connection().execute(_forms(column), {"chunk": chunk}).scalars())
    return found


def forms_said(session: Session, nodes: Iterable[str]) -> set[str]:
    """Return what is written for `nodes`, as names are compared."""
    return {str(row["said"]) for row in rows_with(session, _SEEN, nodes, _SEEN.c.node)}


def nodes_said(session: Session, forms: Iterable[str]) -> set[str]:
    """Return the nodes that one of `forms` is written for."""
    return {str(row["node"]) for row in rows_with(session, _SEEN, forms, _SEEN.c.said)}


@lru_cache
def _forms(column: Column[Any]) -> Select[Any]:
    return select(_UNPROVEN.c.form).where(column.in_(bindparam("chunk", expanding=True))).distinct()


def proofs(session: Session, forms: Collection[str]) -> dict[str, Proof]:
    """Return what posts prove of `forms`, by the groups that stand."""
    said, partners = defaultdict[str, list[Row]](list), defaultdict[Node, set[Node]](set)
    for row in rows_with(session, _SEEN, forms, _SEEN.c.said):
        said[str(row["said"])].append(row)
    nodes = {Node(None, kind, form).code for form in said for kind in _KINDS}
    for row in rows_with(session, _TIE, nodes, _TIE.c.one, _TIE.c.other):
        one, other = Node.of(str(row["one"])), Node.of(str(row["other"]))
        partners[one].add(other)
        partners[other].add(one)
    bearers = {str(row["node"]) for rows in said.values() for row in rows}
    ident = {str(row["node"]): str(row["ident"]) for row in rows_with(session, _BEARER, bearers, _BEARER.c.node)}
    found = ((form, _proof(form, rows, ident, partners)) for form, rows in said.items())
    return {form: proof for form, proof in found if proof is not None}


def all_proofs(session: Session) -> dict[str, Proof]:
    """Return what posts prove of all forms that await it."""
    forms = session.execute(select(_UNPROVEN.c.form).distinct()).scalars()
    return {form: proof for chunk in chunks(forms) for form, proof in proofs(session, chunk).items()}


def _proof(
    form: str, rows: Collection[Row], ident: Mapping[str, str], partners: Mapping[Node, Collection[Node]]
) -> Proof | None:
    kinds, idents = {str(row["kind"]) for row in rows}, {ident.get(str(row["node"]), "") for row in rows}
    if len(kinds) > 1 or len(idents) > 1 or "" in idents or EntityKind(next(iter(kinds))) not in _KINDS:
        return None
    kind = EntityKind(next(iter(kinds)))
    tied = partners.get(Node(None, kind, form), ())
    if is_glossed_apart(Node(None, kind, form), tied):
        return None
    if kind is EntityKind.PERSON and form.isascii() and " " not in form:
        return None  # a first name, or an account's
    sure = _sources(form, rows, glossed=bool(tied))
    best = max(rows, key=lambda row: (_number(row, "times"), str(row["name"]), str(row["key"])))
    key = None if best["key"] is None else str(best["key"])
    sources = sure if kind is EntityKind.PERSON else None
    return Proof((kind, str(best["name"]), key), idents.pop(), sources) if sure else None


def _sources(form: str, rows: Iterable[Row], *, glossed: bool) -> frozenset[str]:
    """Return the sources in which a form is proven: by a gloss, by front matter, or (Chinese) by what stands around it.

    What is short for another name proves nothing, and capitals in Chinese prose are as often a thing's.
    """
    if glossed:
        return frozenset(str(row["source"]) for row in rows)
    own = [row for row in rows if row["full"] == form]
    articles = Counter[str]()
    for row in () if form.isascii() else own:
        articles[str(row["source"])] = max(articles[str(row["source"])], _number(row, "articles"))
    sure = {str(row["source"]) for row in own if _number(row, "sure")}
    return frozenset(sure.union(one for one, number in articles.items() if number >= _ENOUGH))


def _number(row: Row, name: str) -> int:
    return int(str(row[name]))


def candidates(session: Session, proven: Proofs, forms: Collection[str], articles: Collection[str]) -> Candidates:
    """Return the places of `forms` and those in `articles`, with the mentions that stand there."""
    rows, learnt = dict[tuple[object, object], Row](), dict[tuple[object, object], Row]()
    for column, values in ((_UNPROVEN.c.form, forms), (_UNPROVEN.c.article_id, articles)):
        for chunk in chunks(sorted(values)):
            _keep(rows, session.execute(_places().where(column.in_(chunk))))
            _keep(learnt, session.execute(_mentions().where(column.in_(chunk))))
    return Candidates(list(rows.values()), proven, list(learnt.values()))


def proven_anew(
    session: Session, before: Proofs, after: Proofs, moved: Iterable[str], articles: Collection[str]
) -> Candidates:
    """Return the places whose form is proven otherwise or (a node `moved`) of another now, and those in `articles`."""
    others = waiting(session, forms_said(session, moved), ())
    proven = {**proofs(session, others - after.keys()), **after}
    changed = {form for form in before.keys() | proven.keys() if before.get(form) != proven.get(form)}
    return candidates(session, proven, changed | others, articles)


def all_candidates(session: Session, proven: Proofs) -> Candidates:
    """Return the places of all proven forms, with all mentions that were learnt."""
    rows, learnt = dict[tuple[object, object], Row](), dict[tuple[object, object], Row]()
    for chunk in chunks(sorted(proven)):
        _keep(rows, session.execute(_places().where(_UNPROVEN.c.form.in_(chunk))))
    _keep(learnt, session.execute(select(*_MENTION.c).where(_MENTION.c.method == LEARNT)))
    return Candidates(list(rows.values()), proven, list(learnt.values()))


def write_learnt(session: Session, found: Candidates, resolution: Resolution, articles: Collection[str]) -> int:
    """Make mentions of the proven names among the candidates, and of no others; return how many rows that changes."""
    wanted = (_mention(row, found.proofs[str(row["form"])], resolution, articles) for row in found.proven())
    return sync(session, _MENTION, [row for row in wanted if row["entity_id"] is not None], found.learnt)


def _keep(rows: dict[tuple[object, object], Row], found: Result[Any]) -> None:
    for row in found.mappings():
        rows[row["article_id"], row["ordinal"]] = dict(row)


def _places() -> Select[Any]:
    return select(*_UNPROVEN.c, _ARTICLE.c.source).join(_ARTICLE, _ARTICLE.c.id == _UNPROVEN.c.article_id)


def _mentions() -> Select[Any]:
    same = and_(_MENTION.c.article_id == _UNPROVEN.c.article_id, _MENTION.c.ordinal == _UNPROVEN.c.ordinal)
    return select(*_MENTION.c).join(_UNPROVEN, same).where(_MENTION.c.method == LEARNT)


def _seen(row: Row, proof: Proof, articles: Collection[str]) -> NameSeen:
    surface, article = str(row["surface"]), str(row["article_id"])
    where = article if article in articles else ""
    return NameSeen(*proof.named, where, 0, surface, str(row["source"]))


def _mention(row: Row, proof: Proof, resolution: Resolution, articles: Collection[str]) -> Row:
    """Return the mention that a proven name is."""
    kept = {name: row[name] for name in ("article_id", "ordinal", "surface", "line", "start", "end", "claim_id")}
    kind, name, key = proof.named
    own: Row = {"kind": kind.value, "name": name, "key": key, "role": "mentioned"}
    told: Row = {"method": LEARNT, "confidence": _CONFIDENCE}
    return kept | own | told | {"entity_id": resolution.owner(_seen(row, proof, articles).place)}
