"""Finished answers in the reader's variant: every field marked as prose, and entities by their own form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.model import Script
from service.query.answers import ArticleRef, ClaimAnswer, EntityAnswer
from service.query.columns import ARTICLE, ENTITY, MENTION, SOURCE
from service.query.name_forms import Names, own_form
from service.query.prose import prose_fields
from service.script import VARIANTS, Preferences, Renderer

A = TypeVar("A", bound=BaseModel)

_MOST_NAMES = 2000  # forms that are protected in one answer; a page of a hundred articles has far fewer


class _Home(NamedTuple):
    """What of an article decides how its words are rendered."""

    script: Script
    source: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """How an answer is rendered: for whom, with which names, and what script the text around is written in."""

    lang: str
    renderers: Mapping[str, Renderer]  # by source; the one of no source knows no site's own words
    homes: Mapping[str, _Home]  # of the articles the answer has to do with
    home: _Home | None = None
    words: bool = True
    done: dict[tuple[str, _Home | None, bool], str] = field(default_factory=dict)  # titles come again and again

    def of(self, answer: BaseModel) -> _Reading:
        """Return how the fields of `answer` are rendered: as its article's are, a quotation word for word."""
        article = answer if isinstance(answer, ArticleRef) else getattr(answer, "article", None)
        home = self.homes.get(article.id) if isinstance(article, ArticleRef) else None
        quote = isinstance(answer, ClaimAnswer) and answer.quote
        if not quote and self.words and home in (None, self.home):
            return self
        return replace(self, home=home or self.home, words=not quote)

    def prose(self, value: Any) -> Any:
        """Return a string, or each of a list of them, for the reader."""
        if isinstance(value, list):
            return [self.prose(item) for item in value]
        key = (value, self.home, self.words)
        if key not in self.done:
            written = self.home.script if self.home else None
            self.done[key] = self._renderer().render(value, written=written, words=self.words)
        return self.done[key]

    def _renderer(self) -> Renderer:
        source = self.home.source if self.home else ""
        return self.renderers.get(source, self.renderers[""])


def in_variant(answer: A, lang: str, session: Session) -> A:
    """Return `answer` with all its prose rendered for `lang`; as it is when `lang` is no variant.

    Names of the entities it has to do with come in their own form in that variant; ids, URLs, paths, targets, aliases
    of entities and offsets stay. Direct quotations change their script and keep their words. What a site wants of its
    own words (``settings["render"]`` of its source, as `Preferences` stores them) outranks all else in its articles.
    """
    if lang not in VARIANTS:
        return answer
    articles = sorted({one.id for one in _within(answer, ArticleRef)})
    homes = _homes(articles, session)
    forms = _forms(answer, articles, lang, session)
    own = {source: wanted.forms(lang) for source, wanted in _preferences(homes, session).items()}
    renderers = {source: Renderer.of(lang, {**forms, **words}) for source, words in {"": {}, **own}.items()}
    return _rendered(answer, _Reading(lang, renderers, homes))


def _rendered(answer: A, around: _Reading) -> A:
    prose, reading = prose_fields(type(answer)), around.of(answer)
    changed = {
        name: reading.prose(value) if name in prose else _nested(value, reading)
        for name in type(answer).model_fields
        if (value := getattr(answer, name))
    }
    if isinstance(answer, EntityAnswer):
        changed["name"] = own_form(answer, around.lang)
    return answer.model_copy(update=changed)


def _nested(value: Any, reading: _Reading) -> Any:
    if isinstance(value, BaseModel):
        return _rendered(value, reading)
    if isinstance(value, list):
        return [_nested(item, reading) for item in value]
    return value


def _homes(articles: list[str], session: Session) -> dict[str, _Home]:
    if not articles:
        return {}
    statement = select(ARTICLE.c.id, ARTICLE.c.script, ARTICLE.c.source).where(ARTICLE.c.id.in_(articles))
    return {row.id: _Home(Script(row.script), row.source) for row in session.execute(statement)}


def _preferences(homes: Mapping[str, _Home], session: Session) -> dict[str, Preferences]:
    """Return what the sources of the articles want of their own words, of those that want anything."""
    sources = sorted({home.source for home in homes.values()})
    if not sources:
        return {}
    statement = select(SOURCE.c.name, SOURCE.c.settings).where(SOURCE.c.name.in_(sources))
    rows = session.execute(statement).all()
    return {row.name: Preferences.of(row.settings["render"]) for row in rows if (row.settings or {}).get("render")}


def _forms(answer: BaseModel, articles: list[str], lang: str, session: Session) -> dict[str, str]:
    """Map every form of a name that the answer may hold to what it is in `lang`."""
    forms: dict[str, str] = {}
    for one in {one.id: one for one in _within(answer, EntityAnswer)}.values():
        names = Names(one.id, one.names.hant, one.names.hans, tuple(one.aliases))
        forms |= {form: names.form(form, lang) for form in (one.name, *names.known)}
    for row in session.execute(_surfaces(articles)) if articles else ():
        if row.surface not in forms:
            forms[row.surface] = Names(row.id, row.hant, row.hans, tuple(row.aliases)).form(row.surface, lang)
    return {form: own for form, own in forms.items() if not form.isascii()}


def _surfaces(articles: list[str]) -> Any:
    return (
        select(MENTION.c.surface, ENTITY.c.id, ENTITY.c.hant, ENTITY.c.hans, ENTITY.c.aliases)
        .join(ENTITY, ENTITY.c.id == MENTION.c.entity_id)
        .where(MENTION.c.article_id.in_(articles))
        .group_by(MENTION.c.surface, ENTITY.c.id)
        .order_by(MENTION.c.surface, ENTITY.c.id)
        .limit(_MOST_NAMES)
    )


def _within(value: object, kind: type[A]) -> Iterator[A]:
    """Yield every answer of `kind` within `value`."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _within(getattr(value, name), kind)
    elif isinstance(value, list):
        for item in value:
            yield from _within(item, kind)
