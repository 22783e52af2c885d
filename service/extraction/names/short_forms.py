"""Parts of a full name standing for it: `Maguire` once `Shaun Maguire` was named, 科里森 after 約翰．科里森."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from service.extraction.names.page import Page, Taken
from service.extraction.names.words import is_verb_or_small
from service.lexicon.name_cues import cues, folded_cues, longest_first, word_places
from service.lexicon.name_folding import fold_name
from service.lexicon.names import Hit, Strength
from service.model import EntityKind, Mention, Span
from service.segmentation import part_of_speech

_HAN = re.compile("[\u4e00-\u9fff]")
_SHORTEST_LATIN = 3
_LONGEST_HAN = 4  # characters of a Chinese personal name
_SURE_HAN = 3  # characters from which a part of a foreign name is no other word
_LEFT = "和与跟对给让被把问找叫是请像而但"
_EDGE = re.compile(r"\Z|[^\w]|的|和|与|跟|对")


def short_forms(page: Page, full: Iterable[Mention], taken: Taken) -> tuple[Mention, ...]:
    """Return where a part of a person's full name stands alone for the person, unique within the document.

    `full` are the mentions found so far; nothing is found where a character is `taken`, or inside a longer Latin name.
    """
    full = list(full)
    bearers = _bearers(full)
    parts = {part: next(iter(of.values())) for part, of in bearers.items() if len(of) == 1}
    return tuple(
        page.mention(span, EntityKind.PERSON, parts[part].name, parts[part].key, how="short_form", sure=0.8)
        for part, span in _places(page, parts)
        if page.open(span) and not taken.touches(span) and _stands_alone(page, part, span)
    ) + tuple(_titled(page, full, taken))


def _titled(page: Page, full: Iterable[Mention], taken: Taken) -> Iterator[Mention]:
    """Yield a family name with a title where one person of that family is named in full: 霍主席, 杜 Sir."""
    families: dict[str, dict[str, Mention]] = {}
    for mention in full:
        family = _family(fold_name(mention.surface)) if mention.kind is EntityKind.PERSON else ""
        if family:
            families.setdefault(family, {})[mention.key or fold_name(mention.name)] = mention
    known = {family: next(iter(of.values())) for family, of in families.items() if len(of) == 1}
    for family, of in known.items():
        for start, end in word_places(page.folded, [family]).get(family, ()):
            title = family_title().match(page.folded, end) if page.words.edge(start) else None
            span = Span(start, title.end() if title else end)
            everyday = page.words.at(span.start) == page.folded[slice(*span)]  # 嚮導 is a guide, no director
            if title and not everyday and page.words.edge(span.end) and page.open(span) and not taken.touches(span):
                yield page.mention(span, EntityKind.PERSON, of.name, of.key, how="short_form", sure=0.8)


@cache
def family_title() -> re.Pattern[str]:
    """Return what matches a title behind a family name: 主席, 太太, Sir."""
    return re.compile(f" ?[副正]?(?:{'|'.join(map(re.escape, longest_first('family_titles')))})(?![a-z])")


def _family(folded: str) -> str:
    """Return the family name of a Chinese personal name, or nothing."""
    if folded[:2] in folded_cues("double_surnames"):
        return folded[:2]
    personal = 2 <= len(folded) <= _LONGEST_HAN and _HAN.match(folded) and "·" not in folded  # noqa: PLR2004
    return folded[0] if personal and folded[0] in folded_cues("surnames", "surnames_too") else ""


def _bearers(full: Iterable[Mention]) -> dict[str, dict[str, Mention]]:
    """Return for each part of a full name the people who bear it."""
    bearers: dict[str, dict[str, Mention]] = {}
    for mention in full:
        if mention.kind is EntityKind.PERSON:
            for text in (mention.surface, mention.name):
                for part in parts_of(text):
                    bearers.setdefault(part, {})[mention.key or fold_name(mention.name)] = mention
    return bearers


@lru_cache(maxsize=4096)
def parts_of(name: str) -> list[str]:
    """Return the parts of a full name that may stand for it.

    >>> parts_of("Shaun Maguire"), parts_of("約翰．科里森"), parts_of("林怡君"), parts_of("王國")
    (['Shaun', 'Maguire'], ['約翰', '科里森'], ['怡君'], [])
    """
    if _HAN.search(name):
        parts = re.split("[．·・‧•･∙⋅.]", name)
        if len(parts) == 1:
            return _given(name)
        return [part for part in parts if len(part) > 1 and _HAN.match(part)]
    words = name.split()
    if len(words) < 2:  # noqa: PLR2004
        return []
    return [
        word for word in (words[0], words[-1]) if len(word) >= _SHORTEST_LATIN and word[0].isupper() and word[-1] != "."
    ]


def _given(name: str) -> list[str]:
    """Return the given name of a Chinese name of three or four characters, where it is no other word."""
    folded = fold_name(name)
    family = 2 if folded[:2] in folded_cues("double_surnames") else 1
    given = folded[family:]
    double = [name[:2]] if family == 2 and len(given) in (2, 3) else []  # noqa: PLR2004  # 安藤 of 安藤忠雄
    personal = len(given) == 2 and (family == 2 or folded[0] in folded_cues("surnames"))  # noqa: PLR2004
    sort = part_of_speech(given)
    usual = folded_cues("given_characters", *(() if sort else ("given_characters_too",)))
    return double + ([name[family:]] if personal and usual.issuperset(given) and sort in ("", "nr", "nz") else [])


def _places(page: Page, parts: Iterable[str]) -> Iterator[tuple[str, Span]]:
    by_folded = {fold_name(part): part for part in parts}
    for folded, places in word_places(page.folded, by_folded).items():
        yield from ((by_folded[folded], Span(*place)) for place in places)


def _stands_alone(page: Page, part: str, span: Span) -> bool:
    return _han_alone(page, span) if _HAN.match(part) else _latin_alone(page, part, span)


def _han_alone(page: Page, span: Span) -> bool:
    before, behind = page.folded[span.start - 1 : span.start], page.folded[span.end : span.end + 1]
    if "·" in (before, behind):
        return False
    if span.end - span.start == 2 and page.words.edge(span.start) and page.words.edge(span.end):  # noqa: PLR2004
        begins = not before.isalpha() or before in _LEFT
        if begins and (_EDGE.match(page.folded, span.end) or _may_follow(page.words.at(span.end))):
            return True
    if span.end - span.start >= _SURE_HAN or page.has_speech_behind(span.end):
        return True
    return not before.isalpha() and _EDGE.match(page.folded, span.end) is not None


def _may_follow(word: str) -> bool:
    """Tell whether a word may stand right behind a subject: a verb, a small word, a time (過去, 昨天)."""
    return is_verb_or_small(word) or part_of_speech(word) == "t"


def _latin_alone(page: Page, part: str, span: Span) -> bool:
    """Tell whether a Latin word stands as a name of its own, not within a longer name, address or word."""
    before, behind = page.text[max(span.start - 1, 0) : span.start], page.text[span.end : span.end + 2]
    if page.document.slice(span) != part or re.match(r"[\w.@/-]", before, re.ASCII):
        return False
    if re.match(r"[\w-]|\.\w", behind, re.ASCII):
        return False
    if part in _everyday() and not page.has_speech_behind(span.end):
        return False
    left, right = page.capital_before(span.start), page.capital_behind(span.end)
    return (left is None or left.strip(".") in _roles()) and (right is None or right in _roles())


@cache
def _everyday() -> frozenset[str]:
    return frozenset(cues("everyday"))


@cache
def _roles() -> frozenset[str]:
    return frozenset(cues("latin_roles"))


def is_other(hit: Hit) -> bool:
    """Tell whether a hit surely names somebody else, so that no part of another's name is looked for in it."""
    return hit.bearers[0].strength is Strength.FULL
