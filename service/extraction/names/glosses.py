"""Two names of one bearer, the second in brackets: 約翰．科里森（John Collison）, 台積電 (TSMC)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from service.extraction.names.han import is_personal
from service.extraction.names.han_companies import firm_before
from service.extraction.names.latin_runs import (
    Run,
    corporate,
    given_names,
    is_company_shaped,
    is_person_shaped,
    trimmed,
    words_of,
)
from service.extraction.names.page import Page
from service.extraction.names.spelt import is_spelt
from service.extraction.names.transliterations import transliterations
from service.lexicon.name_folding import fold_name
from service.model import EntityKind, Gloss, Mention, Span

_BRACKETS = re.compile(r"[（(] ?([^（）()\n]{1,80}?) ?[）)]")
_FIRST = re.compile(r"[^，,；;、/]+")
_LATIN = re.compile(r"[A-ZÀ-Þ][^\u3000-\u9fff]*\Z")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,8}(?:·[\u4e00-\u9fff]{1,8}){0,2}")


class Party(NamedTuple):
    """One of the two names: where it stands, and what is known of it."""

    span: Span
    name: str
    key: str | None
    kind: EntityKind | None  # None: a name by its shape only


class Glossed(NamedTuple):
    """What the brackets of a page say: the names they add, and which two are one."""

    mentions: tuple[Mention, ...]
    glosses: tuple[Gloss, ...]


def glossed(page: Page, listed: tuple[Mention, ...]) -> Glossed:
    """Return the names that brackets gloss in `page`, given the mentions the lexicon knows."""
    mentions: list[Mention] = []
    glosses: list[Gloss] = []
    for first, second in _pairs(page, listed):
        kind = _kind(page, first, second)
        if kind is None or not page.open(Span(first.span.start, second.span.end)):
            continue
        key = first.key or second.key
        mentions += [
            page.mention(party.span, kind, _shown(first, second), key, how="gloss", sure=0.9)
            for party in (first, second)
            if party.kind is None
        ]
        span = Span(first.span.start, second.span.end)
        glosses.append(Gloss(first.name, second.name, kind, span, page.document.line(span.start)))
    return Glossed(tuple(mentions), tuple(glosses))


def _shown(first: Party, second: Party) -> str:
    """The Latin name is the fuller one to show: transliterations differ from post to post."""
    return first.name if first.name.isascii() or not second.name.isascii() else second.name


def _pairs(page: Page, listed: tuple[Mention, ...]) -> Iterator[tuple[Party, Party]]:
    """Yield the names before and within brackets, at least one of them known to no list."""
    brackets = list(_BRACKETS.finditer(page.text))
    if not brackets:
        return
    by_end = {mention.span.end: mention for mention in listed}
    by_start = {mention.span.start: mention for mention in listed}
    latin = {run.span.end: run for run in page.runs}
    foreign = {span.end: span for span in transliterations(page)}
    for match in brackets:
        second = _within(match, by_start)
        end = match.start() - page.text.endswith(" ", 0, match.start())
        first = (_before(page, end, by_end, latin, foreign) or _spelt_before(page, end, second)) if second else None
        if first and second and (first.kind is None or second.kind is None):
            yield first, second


def _before(
    page: Page, end: int, listed: Mapping[int, Mention], latin: Mapping[int, Run], foreign: Mapping[int, Span]
) -> Party | None:
    if (mention := listed.get(end)) is not None:
        return Party(mention.span, mention.surface, mention.key, mention.kind)
    span = latin[end].span if end in latin else foreign.get(end) or _han_before(page, end) or firm_before(page, end)
    return Party(span, page.document.slice(span), None, None) if span is not None else None


def _han_before(page: Page, end: int) -> Span | None:
    """Return a Chinese personal name that ends at `end` and begins behind a role or where a clause begins."""
    for length in (4, 3, 2):
        start = end - length
        if start >= 0 and is_personal(page.folded[start:end], length):
            edge = not page.folded[max(start - 1, 0) : start].isalpha() or page.has_role_before(start)
            if edge:
                return Span(start, end)
    return None


def _spelt_before(page: Page, end: int, second: Party) -> Party | None:
    """Return the Chinese personal name that the Latin one in brackets spells, wherever it stands: 今天林美玲."""
    words = second.name.split()
    for length in (4, 3, 2):
        span = Span(max(end - length, 0), end)
        name = page.folded[slice(*span)]
        if page.words.edge(span.start) and is_personal(name, length) and is_spelt(words, name):
            return Party(span, page.document.slice(span), None, None)
    return None


def _within(match: re.Match[str], listed: Mapping[int, Mention]) -> Party | None:
    part = _FIRST.match(match[1])
    if part is None:
        return None
    text, start = part[0].rstrip(), match.start(1)
    mention = listed.get(start)
    if mention is not None and mention.span.end == start + len(text):
        return Party(mention.span, mention.surface, mention.key, mention.kind)
    if any(place in listed for place in range(start, start + len(text))):
        return None
    run = trimmed(text, start) if _LATIN.match(text) else None
    if run is not None and run.span == (start, start + len(text)):
        return Party(run.span, text, None, None)
    han = _HAN_NAME.fullmatch(fold_name(text))
    return Party(Span(start, start + len(text)), text, None, None) if han else None


def _kind(page: Page, first: Party, second: Party) -> EntityKind | None:
    """Return what two glossed names are, or None where the bracket says something else (失敗模式（Failure Mode）)."""
    known, other = (first, second) if first.kind else (second, first)
    words = tuple(other.name.split())
    if known.kind is EntityKind.PERSON:
        return EntityKind.PERSON if is_person_shaped(words) or _is_han_person(other.name) else None
    if known.kind is EntityKind.COMPANY:
        return EntityKind.COMPANY if is_company_shaped(words) and not known.name.isascii() else None
    if known.kind is not None:
        return None
    latin, han = (first, second) if first.name[:1].isascii() else (second, first)
    if _are_person(page, latin, han):
        return EntityKind.PERSON
    return EntityKind.COMPANY if _are_company(page, latin, han) else None


def _are_company(page: Page, latin: Party, han: Party) -> bool:
    """Tell whether both names are a business's: 澄光能源 ends in its trade, and `Clearlight Energy` in its own."""
    words = tuple(latin.name.split())
    named = is_company_shaped(words) and words[-1] in words_of("corporate_words", "corporate_words_in_brackets")
    trade = "&" in words or words[0] in corporate()  # Semiconductor Equipment & Materials
    return named and not trade and han.span.start < latin.span.start and firm_before(page, han.span.end) == han.span


def _are_person(page: Page, latin: Party, han: Party) -> bool:
    words = tuple(latin.name.split())
    if not is_person_shaped(words):
        return False
    folded = fold_name(han.name)
    if "·" in folded:
        return True
    start = min(latin.span.start, han.span.start)
    told = words[0] in given_names() or page.has_role_before(start)
    return is_personal(folded) and (told or is_spelt(words, folded))


def _is_han_person(name: str) -> bool:
    folded = fold_name(name)
    return "·" in folded or is_personal(folded)
