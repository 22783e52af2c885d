"""A text for a reader in the variant asked for: converted where it is in the other script, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from service.model import Script, Span
from service.script.conversion import convert
from service.script.detection import detect, holds, is_foreign
from service.script.folding import fold
from service.script.protection import HIDDEN, hide, quotations
from service.script.wording import Replacement, Wording, spelling, surnames, transliterating, vocabulary
from service.script.wordwise import Words

_CLAUSES: Final = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*|[。！？!?；;\n]+")
# What a clause in both scripts is made of.
_PARTS: Final = re.compile(r"[^，,、：:（）()「」『』“”‘’\s]+|[，,、：:（）()「」『』“”‘’\s]+")
_HIDDEN: Final = re.compile(f"{HIDDEN}+")
_FIXED: Final = re.compile(rb"\x00+")
_LI: Final = re.compile("里")
_SHORT: Final = 2  # characters of a name that other words may hold by chance: 于谦 in 由于谦虚


class _Target(NamedTuple):
    script: Script
    config: str
    region: str | None  # whose vocabulary; None: characters only


_TARGETS: Final[Mapping[str, _Target]] = {
    "zh-Hant": _Target(Script.HANT, "s2tw", None),
    "zh-Hans": _Target(Script.HANS, "tw2s", None),
    "zh-TW": _Target(Script.HANT, "s2tw", "tw"),
    "zh-HK": _Target(Script.HANT, "s2hk", "hk"),
    "zh-CN": _Target(Script.HANS, "tw2s", "cn"),
}
_OTHER: Final = {Script.HANT: Script.HANS, Script.HANS: Script.HANT}
VARIANTS: Final = tuple(_TARGETS)


def render(
    text: str,
    lang: str,
    names: Mapping[str, str] | None = None,
    keep: Iterable[str] = (),
    *,
    written: Script | None = None,
    words: bool = True,
) -> str:
    """Return `text` for a reader of `lang`, one of ``VARIANTS``; any other `lang` returns it unchanged.

    What is already in the wanted script comes back byte for byte, clause by clause. Code, addresses and titles in 《》
    are left alone, and no word is exchanged within quotations. The script variants (``zh-Hant``, ``zh-Hans``) change
    characters only, the regional ones vocabulary too.

    Args:
        text: what to render.
        lang: for whom.
        names: names of known people and companies, each with its own form in that variant.
        keep: words that stay as they are.
        written: the script of what the text is part of, for clauses whose characters are at home in both.
        words: whether vocabulary may change.

    >>> render("数据中心的软件", "zh-Hant"), render("数据中心的软件", "zh-TW"), render("軟體", "zh-Hant")
    ('數據中心的軟件', '資料中心的軟體', '軟體')
    """
    return Renderer.of(lang, names or {}, keep).render(text, written=written, words=words)


@dataclass(frozen=True)
class Renderer:
    """Renders many texts for one reader."""

    target: _Target | None
    names: Wording

    @classmethod
    def of(cls, lang: str, names: Mapping[str, str], keep: Iterable[str] = ()) -> Renderer:
        """Return the renderer for `lang`; `names` and `keep` are those of `render`.

        >>> Renderer.of("zh-TW", {"特朗普": "川普"}).render("特朗普说")
        '川普說'
        """
        return cls(_TARGETS.get(lang), Wording.of({**names, **{word: word for word in keep}}))

    def render(self, text: str, *, written: Script | None = None, words: bool = True) -> str:
        """Return `text` for the reader, as the function `render` does."""
        if self.target is None or not text or text.isascii():
            return text
        if not holds(text, _OTHER[self.target.script]) and written is not _OTHER[self.target.script]:
            return text
        stretch = _Stretch.of(text, self.target.script, written)
        if stretch.free.find(b"\1") < 0:
            return text
        found = Words(stretch.hidden)
        quoted = _marks(len(text), quotations(stretch.hidden))
        stretch.take(one for one in self.names.find(found.text) if _is_named(one, found, quoted))
        if self.target.script is Script.HANT:
            stretch.take(one for one in surnames().find(found.text) if found.begins_at(one.span.start))
            stretch.take(_foreign_names(found))
        stretch.take(spelling(self.target.script).find(found.text))
        if words and self.target.region:
            exchanged = vocabulary(self.target.region).find(found.text)
            stretch.take(one for one in exchanged if not quoted[one.span.start] and not found.breaks(one.span))
        # Simplified writes a character one way, but for a few phrases: their words need no bounds.
        wordwise = self.target.script is Script.HANT
        converted = found.converted(self.target.config) if wordwise else convert(found.text, self.target.config)
        return stretch.written(converted if len(converted) == len(text) else text)


class _Stretch:
    """A text on its way to a reader: what of it is free to be converted, and what is settled."""

    def __init__(self, text: str, hidden: str, clauses: Iterable[Span]) -> None:
        self.text, self.hidden = text, hidden
        self.free = _marks(len(text), clauses)
        for match in _HIDDEN.finditer(hidden):
            self.free[match.start() : match.end()] = bytes(match.end() - match.start())
        fixed = (match.span() for match in _FIXED.finditer(self.free))
        self.settled = [Replacement(Span(start, end), text[start:end]) for start, end in fixed]

    @classmethod
    def of(cls, text: str, script: Script, written: Script | None) -> _Stretch:
        """Return `text` with those of its clauses free that are not in `script`."""
        hidden = hide(text)
        return cls(text, hidden, (span for span, of in _clauses(hidden, written) if of not in (None, script)))

    def take(self, replacements: Iterable[Replacement]) -> None:
        """Settle what is free of the stretches to replace."""
        for one in replacements:
            start, end = one.span
            if self.free.find(b"\0", start, end) < 0:
                self.free[start:end] = bytes(end - start)
                self.settled.append(one)

    def written(self, converted: str) -> str:
        """Return the text: what is settled as it is, the rest from `converted`, which is as long as the text."""
        parts, end = [], 0
        for span, text in sorted(self.settled):
            parts += [converted[end : span.start], text]
            end = span.end
        return "".join([*parts, converted[end:]])


def _marks(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    """Return a mark for each of `length` characters: 1 where one of `spans` is."""
    marks = bytearray(length)
    for start, end in spans:
        marks[start:end] = b"\1" * (end - start)
    return marks


def _clauses(hidden: str, written: Script | None) -> Iterator[tuple[Span, Script | None]]:
    """Yield the clauses of a text with their scripts: None for what is foreign, or can't be told.

    A clause whose characters are at home in both scripts is in that of the text, or of what the text is part of.
    """
    around = next((script for script in (detect(hidden), written) if script in (Script.HANT, Script.HANS)), None)
    for match in _CLAUSES.finditer(hidden):
        script = _script(match[0], around)
        if script is Script.MIXED:
            parts = (part.span() for part in _PARTS.finditer(hidden, match.start(), match.end()))
            yield from ((Span(start, end), _script(hidden[start:end], around)) for start, end in parts)
        else:
            yield Span(*match.span()), script


def _script(clause: str, around: Script | None) -> Script | None:
    script = detect(clause)
    return script if script is not Script.OTHER else None if is_foreign(clause) else around


def _is_named(one: Replacement, words: Words, quoted: bytearray) -> bool:
    """Tell whether a form of a name is one there, and may be replaced: within quotations by other characters only."""
    surface = words.text[one.span.start : one.span.end]
    if len(surface) <= _SHORT and words.cut_by(one.span):
        return False
    return not quoted[one.span.start] or fold(surface) == fold(one.text)


def _foreign_names(words: Words) -> Iterator[Replacement]:
    """Yield the 里 of foreign names that nobody listed: three syllables in a row, or a known word all of syllables.

    Syllables are words of characters that names are written with, so 里 in 科|里|森 is one and in 家|里|什么 is not.
    """
    for match in _LI.finditer(words.text):
        if words.run_around(match.start(), transliterating()):
            yield Replacement(Span(*match.span()), match[0])
