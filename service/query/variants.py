"""Finished answers in the reader's variant: every field marked as prose, and entities by their own form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.answers import ArticleRef, EntityAnswer
from service.query.columns import ENTITY, MENTION
from service.query.prose import prose_fields
from service.script import VARIANTS, fold, render

A = TypeVar("A", bound=BaseModel)

_HANT = ("zh-Hant", "zh-TW", "zh-HK")
_MOST_NAMES = 2000  # forms that are protected in one answer; a page of a hundred articles has far fewer


def in_variant(answer: A, lang: str, session: Session) -> A:
    """Return `answer` with all its prose rendered for `lang`; as it is when `lang` is no variant.

    Names of the entities it has to do with come in their own form in that variant; ids, URLs, paths, targets, aliases
    of entities and offsets stay.
    """
    if lang not in VARIANTS:
        return answer
    return _rendered(answer, lang, _own_forms(answer, lang, session))


def _rendered(answer: A, lang: str, names: Mapping[str, str]) -> A:
    prose = prose_fields(type(answer))
    changed = {
        field: _prose(value, lang, names) if field in prose else _nested(value, lang, names)
        for field in type(answer).model_fields
        if (value := getattr(answer, field))
    }
    if isinstance(answer, EntityAnswer):
        changed["name"] = own_form(answer, lang)
    return answer.model_copy(update=changed)


def _prose(value: Any, lang: str, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_prose(item, lang, names) for item in value]
    return render(value, lang, {form: own for form, own in names.items() if form in value})


def _nested(value: Any, lang: str, names: Mapping[str, str]) -> Any:
    if isinstance(value, BaseModel):
        return _rendered(value, lang, names)
    if isinstance(value, list):
        return [_nested(item, lang, names) for item in value]
    return value


def own_form(entity: EntityAnswer, lang: str) -> str:
    """Return the entity's name for a reader of `lang`: its own form there, else the name rendered.

    >>> from service.query.answers import EntityNames
    >>> curie = EntityAnswer(id="marie-curie", kind="person", name="瑪麗·居禮", names=EntityNames(hans="玛丽·居里"))
    >>> own_form(curie, "zh-CN"), own_form(curie, "zh-TW")
    ('玛丽·居里', '瑪麗·居禮')
    """
    own = entity.names.hant if lang in _HANT else entity.names.hans
    return own or _characters(entity.name, lang)


def _characters(name: str, lang: str) -> str:
    """Return a name in the script of `lang`: names change characters, never vocabulary."""
    return render(name, "zh-Hant" if lang in _HANT else "zh-Hans")


def _own_forms(answer: BaseModel, lang: str, session: Session) -> dict[str, str]:
    """Map every form of a name that the answer may hold to what it is in `lang`."""
    entities = {one.id: one for one in _within(answer, EntityAnswer)}
    forms: dict[str, str] = {}
    for one in entities.values():
        known = (one.name, one.names.hant, one.names.hans, *one.aliases)
        forms |= {form: _form(form, one.names.hant, one.names.hans, lang) for form in known if form}
    articles = {one.id for one in _within(answer, ArticleRef)}
    for row in session.execute(_surfaces(articles)) if articles else ():
        forms.setdefault(row.surface, _form(row.surface, row.hant, row.hans, lang))
    return {form: own for form, own in forms.items() if not form.isascii()}


def _surfaces(articles: set[str]) -> Any:
    return (
        select(MENTION.c.surface, ENTITY.c.hant, ENTITY.c.hans)
        .join(ENTITY, ENTITY.c.id == MENTION.c.entity_id)
        .where(MENTION.c.article_id.in_(articles))
        .distinct()
        .order_by(MENTION.c.surface, ENTITY.c.hant, ENTITY.c.hans)
        .limit(_MOST_NAMES)
    )


def _form(surface: str, hant: str | None, hans: str | None, lang: str) -> str:
    """Return what `surface` is in `lang`: the whole name's own form, or the same characters in that script."""
    own = hant if lang in _HANT else hans
    whole = {fold(name) for name in (hant, hans) if name}
    return own if own and fold(surface) in whole else _characters(surface, lang)


def _within(value: object, kind: type[A]) -> Iterator[A]:
    """Yield every answer of `kind` within `value`."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _within(getattr(value, field), kind)
    elif isinstance(value, list):
        for item in value:
            yield from _within(item, kind)
