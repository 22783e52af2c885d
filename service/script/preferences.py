"""What a site wants of its own words: which never change, and what readers of a variant get instead of others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from service.errors import ContentError
from service.script.rendering import VARIANTS

FILE: Final = "wenmai.toml"  # in the site's folder
_MOST_WORDS: Final = 1000
_LONGEST: Final = 100  # characters of a word


@dataclass(frozen=True, slots=True)
class Preferences:
    """A site's own words: MediaWiki's ``-{…}-``, for a whole site and outside its posts."""

    protect: tuple[str, ...] = ()
    prefer: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # variant → word → what to write for it

    @classmethod
    def parse(cls, text: str) -> Preferences:
        r"""Return what the table ``[render]`` of a site's ``wenmai.toml`` says.

        >>> Preferences.parse('[render]\nprotect = ["软实力"]\nprefer.zh-TW = {"视频" = "影音"}').forms("zh-TW")
        {'视频': '影音', '软实力': '软实力'}

        Raises:
            ContentError: it is no TOML, names a variant there is none of, or lists something else than words.
        """
        try:
            table = tomllib.loads(text).get("render", {})
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise ContentError(f"{FILE} cannot be read: {error}", path=FILE) from error
        if problem := next(_problems(table), None):
            raise ContentError(f"{FILE}: {problem}", path=FILE)
        return cls.of(table)

    @classmethod
    def of(cls, stored: object) -> Preferences:
        """Return preferences from what was stored of them: JSON values; what is none of theirs is left out.

        >>> Preferences.of({"protect": ["里仁", 5], "prefer": None})
        Preferences(protect=('里仁',), prefer={})
        """
        table = stored if isinstance(stored, dict) else {}
        protect, prefer = table.get("protect"), table.get("prefer")
        words = protect if isinstance(protect, list | tuple) else ()
        variants = prefer if isinstance(prefer, dict) else {}
        return cls(
            tuple(islice(filter(_is_word, words), _MOST_WORDS)),
            {lang: _pairs(variants[lang]) for lang in VARIANTS if isinstance(variants.get(lang), dict)},
        )

    def stored(self) -> dict[str, Any]:
        """Return the preferences as JSON values.

        >>> Preferences.of(Preferences(("里仁",)).stored())
        Preferences(protect=('里仁',), prefer={})
        """
        return {"protect": list(self.protect), "prefer": {lang: dict(words) for lang, words in self.prefer.items()}}

    def forms(self, lang: str) -> dict[str, str]:
        """Return the site's words with what a reader of `lang` gets for them; what is protected is what it is."""
        return {**self.prefer.get(lang, {}), **{word: word for word in self.protect}}


def _is_word(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST


def _pairs(words: Mapping[str, object]) -> dict[str, str]:
    pairs = ((word, str(form)) for word, form in words.items() if _is_word(word) and _is_word(form))
    return dict(islice(pairs, _MOST_WORDS))


def _problems(table: object) -> Iterator[str]:
    """Yield what is wrong with a table that its writer should know of."""
    if not isinstance(table, dict):
        yield "[render] must be a table"
        return
    protect, prefer = table.get("protect", []), table.get("prefer", {})
    if not isinstance(protect, list) or not all(map(_is_word, protect)):
        yield f"protect must be a list of words of at most {_LONGEST} characters"
    if not isinstance(prefer, dict):
        yield "prefer must be a table with a table for each variant"
        return
    for lang, words in prefer.items():
        if lang not in VARIANTS:
            yield f"there is no variant {lang}; there are {', '.join(VARIANTS)}"
        elif not isinstance(words, dict) or not all(_is_word(word) and _is_word(form) for word, form in words.items()):
            yield f"prefer.{lang} must be a table of words, each with what to write for it"
