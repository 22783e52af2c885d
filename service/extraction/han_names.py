"""Chinese names that no list knows: people beside a role, foreign names with a point, companies by their ending.

Precision first: a name is taken only where both its ends are certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from service.extraction.name_page import Page, Taken, pattern
from service.lexicon.names import cues, fold_name
from service.model import EntityKind, Mention, Span

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(f"[{_HAN}]+")
_CLOSES = re.compile(r"\Z|[\n，。、；：？！,;:?!）)」』】（(]")
_BETWEEN = 2  # characters of a role that also write foreign names (主席)
_COMPANY = (2, 16)  # characters of a company's name before its ending, where the ending is certain
_SHORT_COMPANY = (2, 5)  # where it is not


def unlisted_han(page: Page, taken: Taken) -> tuple[Mention, ...]:
    """Return the mentions of Chinese names that no list knows, where nothing is `taken`."""
    sure = [span for span in _with_evidence(page) if page.open(span) and not taken.touches(span)]
    places = [(span, EntityKind.PERSON) for span in (*sure, *_again(page, sure))]
    places += [(span, EntityKind.COMPANY) for span in companies(page)]
    return tuple(
        page.mention(span, kind, page.document.slice(span), None, how="context", sure=0.7)
        for span, kind in places
        if page.open(span) and not taken.touches(span)
    )


def _again(page: Page, sure: Iterable[Span]) -> Iterator[Span]:
    """Yield every other place of the names that have evidence somewhere; two characters are too few to go by."""
    names = {page.folded[slice(*span)] for span in sure if span.end - span.start > 2}  # noqa: PLR2004
    if names:
        choice = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
        yield from (Span(*match.span()) for match in re.finditer(choice, page.folded))


def _with_evidence(page: Page) -> Iterator[Span]:
    yield from _behind_roles(page)
    yield from _before_titles(page)
    for span in transliterations(page):
        role, said = page.has_role_before(span.start), page.has_speech_behind(span.end)
        begins = role or not _RUN.match(page.folded[max(span.start - 1, 0) : span.start])
        if begins and (said or (role and _CLOSES.match(page.behind(span.end)))):
            yield span


def _behind_roles(page: Page) -> Iterator[Span]:
    """Yield 王小明 of 記者王小明表示: a role before, a family name, and what can only follow a name."""
    for match in pattern("roles", where="anywhere").finditer(page.folded):
        start = match.end() + (page.folded[match.end() : match.end() + 1] == " ")
        for length in (4, 3, 2):
            name = page.folded[start : start + length]
            if is_personal(name, length):
                said = page.has_speech_behind(start + length)
                if said or (length > 2 and _CLOSES.match(page.folded, start + length)):  # noqa: PLR2004
                    yield Span(start, start + length)
                    break


def _before_titles(page: Page) -> Iterator[Span]:
    """Yield 王小明 of 王小明教授 where a clause begins with it."""
    for match in pattern("titles", where="anywhere").finditer(page.folded):
        start = match.start() - 3
        name = page.folded[max(start, 0) : match.start()]
        if is_personal(name, 3) and not page.folded[max(start - 1, 0) : start].isalpha():
            yield Span(start, match.start())


def is_personal(name: str, length: int = 0) -> bool:
    """Tell whether folded `name` is built as a Chinese personal name: a family name and one or two characters."""
    family = 2 if name[:2] in _of("double_surnames") else 1
    given = name[family:]
    return (
        (not length or len(name) == length)
        and 1 <= len(given) <= 2  # noqa: PLR2004
        and (family == 2 or name[:1] in _of("surnames"))  # noqa: PLR2004
        and all("\u4e00" <= character <= "\u9fff" for character in given)
        and _of("not_in_names").isdisjoint(given)
        and not name.startswith(_tuple_of("not_names"))
    )


def transliterations(page: Page) -> Iterator[Span]:
    """Yield the foreign names written by their sound with a point between: 約翰．科里森."""
    for match in _foreign().finditer(page.folded):
        start = match.start()
        for skip in range(1, _BETWEEN + 1):  # a role may end in such characters: 主席, 總理
            head = page.folded[start : start + skip + 1]
            if "·" not in head and page.has_role_before(start + skip):
                start += skip
                break
        yield Span(start, match.end())


def companies(page: Page) -> Iterator[Span]:
    """Yield where Chinese companies are named in full: from a certain beginning to an ending such as 有限公司."""
    for match in _endings().finditer(page.folded):
        start = match.start()
        while start > max(match.start() - _COMPANY[1] - 1, 0) and _RUN.match(page.folded[start - 1]):
            start -= 1
        least, most = _COMPANY if match[0] in _of("certain_endings") else _SHORT_COMPANY
        opened = page.folded[max(start - 1, 0) : start] not in (")", "%")  # behind a bracket a word may go on
        if (
            opened
            and least <= match.start() - start <= most
            and _is_company(page, Span(start, match.end()), match.start())
        ):
            yield Span(start, match.end())


def _is_company(page: Page, span: Span, ending: int) -> bool:
    name, rest = page.folded[slice(*span)], page.behind(span.end)
    cue = pattern("company_after", "company_after_too", "adverbs")
    goes_on = _RUN.match(rest) and not cue.match(rest) and rest[0] not in "的在于是"
    if name.endswith(_tuple_of("certain_endings")):
        goes_on = None
    generic = name.endswith(_tuple_of("generic_companies")) or name.startswith(_tuple_of("not_company_starts"))
    return not goes_on and not generic and _of("not_in_companies").isdisjoint(page.folded[span.start : ending])


@cache
def _foreign() -> re.Pattern[str]:
    sounds = "".join(sorted(set(fold_name("".join(cues("transliteration"))))))
    return re.compile(f"[{sounds}]{{1,5}}·[{sounds}]{{1,7}}(?:·[{sounds}]{{1,7}})?")


@cache
def _endings() -> re.Pattern[str]:
    return re.compile("|".join(map(fold_name, sorted(cues("company_endings"), key=len, reverse=True))))


@cache
def _of(name: str) -> frozenset[str]:
    return frozenset(map(fold_name, cues(name)))


@cache
def _tuple_of(name: str) -> tuple[str, ...]:
    return tuple(map(fold_name, cues(name)))
