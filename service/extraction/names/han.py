"""Chinese names that no list knows: people beside a role, foreign names with a point, companies by their ending.

Precision first: a name is taken only where both its ends are certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from service.extraction.names.page import Page, Taken
from service.extraction.names.transliterations import single_transliterations
from service.lexicon.name_cues import cue_places, folded_cues, longest_first, word_places
from service.lexicon.name_folding import fold_name
from service.model import EntityKind, Mention, Span

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(f"[{_HAN}]+")
_LEFT = frozenset("的和与跟由向对请让被是")
_RARE = 3  # characters of such a name
_BYLINE = re.compile(f"^(?:作者|撰文|[译譯]者)[:：] ?([{_HAN}]{{2,4}})$", re.MULTILINE)
_CLOSES = re.compile(r"\Z|[\n，。、；：？！,;:?!）)」』】（(]")


def unlisted_han(page: Page, taken: Taken) -> tuple[Mention, ...]:
    """Return the mentions of Chinese names that no list knows, where nothing is `taken`."""
    sure = [span for span in _with_evidence(page) if page.open(span) and not taken.touches(span)]
    places = [(span, EntityKind.PERSON) for span in (*sure, *_again(page, sure))]
    return tuple(
        page.mention(span, kind, page.document.slice(span), None, how="context", sure=0.7)
        for span, kind in places
        if page.open(span) and not taken.touches(span)
    )


def _again(page: Page, sure: Iterable[Span]) -> Iterator[Span]:
    """Yield every other place of the names that have evidence somewhere; two characters are too few to go by."""
    names = {page.folded[slice(*span)] for span in sure if span.end - span.start > 2}  # noqa: PLR2004
    for places in word_places(page.folded, names).values():
        yield from (Span(*place) for place in places)


def _with_evidence(page: Page) -> Iterator[Span]:
    yield from _behind_roles(page)
    yield from _before_titles(page)
    yield from _bylines(page)
    yield from single_transliterations(page)


def _behind_roles(page: Page) -> Iterator[Span]:
    """Yield 王小明 of 記者王小明表示: a role before, a family name, and what can only follow a name."""
    for end in page.role_ends:
        start = end + (page.folded[end : end + 1] == " ")
        for length in (4, 3, 2):
            name = page.folded[start : start + length]
            if is_personal(name, length) or (_is_rare(name) and page.has_speech_behind(start + length)):
                said = page.has_speech_behind(start + length)
                if said or (length > 2 and _CLOSES.match(page.folded, start + length)):  # noqa: PLR2004
                    yield Span(start, start + length)
                    break


def _before_titles(page: Page) -> Iterator[Span]:
    """Yield 王小明 of 王小明教授 where a clause begins with it, or a small word stands before it: 港大的王小明教授."""
    for title, _ in cue_places(page.folded, "titles"):
        start = title - 3
        name = page.folded[max(start, 0) : title]
        before = page.folded[max(start - 1, 0) : start]
        if is_personal(name, 3) and (not before.isalpha() or (before in _LEFT and page.words.edge(start))):
            yield Span(start, title)


def _bylines(page: Page) -> Iterator[Span]:
    """Yield whom a line of its own names as the writer, by whatever pen name: 作者：甬江客."""
    for match in _BYLINE.finditer(page.text):
        if fold_name(match[1]) not in folded_cues("not_authors"):
            yield Span(*match.span(1))


def is_personal(name: str, length: int = 0) -> bool:
    """Tell whether folded `name` is built as a Chinese personal name: a family name and one or two characters."""
    family = 2 if name[:2] in folded_cues("double_surnames") else 1
    given = name[family:]
    return (
        (not length or len(name) == length)
        and 1 <= len(given) <= 2  # noqa: PLR2004
        and (family == 2 or name[:1] in folded_cues("surnames"))  # noqa: PLR2004
        and all("\u4e00" <= character <= "\u9fff" for character in given)
        and folded_cues("not_in_names").isdisjoint(given)
        and not name.startswith(longest_first("not_names"))
    )


def _is_rare(name: str) -> bool:
    """Tell whether folded `name` is a personal one with a small word in its middle: 白又寧, 方以安."""
    return (
        len(name) == _RARE
        and name[0] in folded_cues("surnames")
        and name[1] in folded_cues("small_in_names")
        and name[2] in folded_cues("given_characters")
    )
