"""What a name is in a variant of Chinese: the form its bearer has there, or the same name in other characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from service.lexicon.names import entries, fold_name
from service.model import Script
from service.query.answers import EntityAnswer
from service.script import detect, render

_HANT = ("zh-Hant", "zh-TW", "zh-HK")


@dataclass(frozen=True)
class Names:
    """The names of an entity, as the corpus and the lexicon have them."""

    id: str
    hant: str | None
    hans: str | None
    aliases: tuple[str, ...] = ()

    @cached_property
    def known(self) -> tuple[str, ...]:
        """Return all forms the corpus has, the names to show first."""
        return tuple(dict.fromkeys(form for form in (self.hant, self.hans, *self.aliases) if form))

    def form(self, surface: str, lang: str) -> str:
        """Return what `surface` is for a reader of `lang`.

        A name is what its bearer is called in Taiwan (``zh-TW``) or on the mainland (``zh-CN``); elsewhere, and where
        nothing tells, it keeps its syllables and changes its characters, as the known forms write them. Hong Kong
        calls people from abroad by what a Simplified text calls them, as often as not, and never by Taiwan's name.

        >>> trump = Names("donald-trump", "川普", "特朗普")
        >>> trump.form("特朗普", "zh-TW"), trump.form("特朗普", "zh-HK"), trump.form("川普", "zh-CN")
        ('川普', '特朗普', '特朗普')
        >>> Names("lisa-su", "蘇姿丰", "苏姿丰").form("苏姿丰", "zh-Hant")
        '蘇姿丰'
        """
        regional = self._regional(surface, lang) if lang in ("zh-TW", "zh-CN") else None
        return regional or self._written(surface, lang)

    def _regional(self, surface: str, lang: str) -> str | None:
        """Return the form of the region for a whole name: with as many parts as `surface` has, if there is one."""
        folded = fold_name(surface)
        own = self.hant if lang == "zh-TW" else self.hans
        if own and folded in {fold_name(name) for name in (self.hant, self.hans) if name}:
            return own
        entry = entries().get(self.id)
        if entry is None or folded not in {fold_name(name) for name in (*entry.hant, *entry.hans)}:
            return None
        forms = entry.hant if lang == "zh-TW" else entry.hans
        if folded in map(fold_name, forms):
            return None
        alike = (form for form in forms if fold_name(form).count("·") == folded.count("·") and not form.isascii())
        return next(alike, None)

    def _written(self, surface: str, lang: str) -> str:
        """Return `surface` in the characters of `lang`, as a known form of the same name has them."""
        other = Script.HANS if lang in _HANT else Script.HANT
        folded = fold_name(surface)
        known = (form for form in self.known if fold_name(form) == folded and detect(form) is not other)
        return next(known, None) or characters(surface, lang)


def characters(name: str, lang: str) -> str:
    """Return a name in the script of `lang`: names change characters, never vocabulary.

    >>> characters("于谦", "zh-CN"), characters("约翰", "zh-TW")
    ('于谦', '約翰')
    """
    return render(name, lang, words=False)


def own_form(entity: EntityAnswer, lang: str) -> str:
    """Return the entity's name for a reader of `lang`: its own form there, else the name rendered.

    >>> from service.query.answers import EntityNames
    >>> curie = EntityAnswer(id="marie-curie", kind="person", name="瑪麗·居禮", names=EntityNames(hans="玛丽·居里"))
    >>> own_form(curie, "zh-CN"), own_form(curie, "zh-TW")
    ('玛丽·居里', '瑪麗·居禮')
    """
    names = entity.names
    if lang == "zh-HK" and names.hans:
        return Names(entity.id, names.hant, names.hans, tuple(entity.aliases)).form(names.hans, lang)
    own = names.hant if lang in _HANT else names.hans
    return own or characters(entity.name, lang)
