"""Latin names that no list knows: people with evidence beside them, companies by their last word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from service.extraction.name_page import Page, Taken, pattern
from service.lexicon.names import cues
from service.model import EntityKind, Mention, Span

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_CAPITAL = f"[A-ZÀ-ÖØ-Þ][{_LETTER}0-9'’.&-]*"
_PARTICLE = "(?:van|von|de|der|den|da|di|du|la|le|bin|al|el|ter)"
_RUN = re.compile(rf"(?<![{_LETTER}0-9_.@'’&-]){_CAPITAL}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{0,7}}")
_NAME_WORD = re.compile(rf"(?:[{_LETTER}][{_LETTER}'’-]*|(?:[A-Z]\.-?){{1,3}}|{_PARTICLE})\Z")
_OF_A_WORK = re.compile(r" ?的?(?:《|「)")
_LONGEST = 4  # words of a personal name, particles included


class Run(NamedTuple):
    """Capitalised Latin words in a row, without the roles at its ends."""

    span: Span
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """The words as one name."""
        return " ".join(self.words)


def runs(page: Page) -> Iterator[Run]:
    """Yield the Latin runs of the prose, from left to right."""
    for match in _RUN.finditer(page.text):
        run = trimmed(match[0], match.start())
        if run is not None and page.open(run.span):
            yield run


def trimmed(text: str, start: int) -> Run | None:
    """Return the run that `text` is, without roles at its ends (`CEO Tim Cook`) and without closing points."""
    words = text.split(" ")
    while words and words[0].strip(".") in _of("latin_roles"):
        start += len(words.pop(0)) + 1
    while words and words[-1].strip(".") in _of("latin_roles") - _corporate():
        words.pop()
    if not words:
        return None
    words[-1] = words[-1].rstrip("'’.&-") if not re.search(r"\b[A-Z]\.$|Inc\.$|Corp\.$", words[-1]) else words[-1]
    words[-1] = re.sub(r"['’]s$", "", words[-1])
    return Run(Span(start, start + len(" ".join(words))), tuple(words)) if words[-1] else None


def unlisted_latin(page: Page, taken: Taken) -> tuple[Mention, ...]:
    """Return the mentions of Latin names that no list knows, where nothing is `taken`.

    A name found once with evidence counts wherever the document writes it in full.
    """
    found = [run for run in runs(page) if not taken.touches(run.span)]
    people = {run.name for run in found if is_person_shaped(run.words) and _person_evidence(page, run)}
    return tuple(
        page.mention(run.span, kind, run.name, None, how="context", sure=0.75)
        for run in found
        for kind in (EntityKind.PERSON if run.name in people else EntityKind.COMPANY,)
        if run.name in people or (is_company_shaped(run.words) and _is_company(page, run))
    )


def is_person_shaped(words: tuple[str, ...], *, least: int = 2) -> bool:
    """Tell whether `words` may be a personal name by their shape alone: `Molly O'Shea`, not `Model S` or `AI Lab`."""
    return (
        least <= len(words) <= _LONGEST
        and all(_NAME_WORD.match(word) for word in words)
        and not any(len(word) > 1 and word.isalpha() and word.isupper() for word in words)
        and len(words[-1]) > 1
        and words[-1] not in _corporate()
        and (words[0] in given_names() or words[0] not in _of("generic_words"))
    )


def is_company_shaped(words: tuple[str, ...]) -> bool:
    """Tell whether `words` are a company's name by their last one: `Duke Energy`, not `Venture Capital`."""
    return (
        1 < len(words) <= _LONGEST + 1
        and words[-1].strip(".,") in _corporate()
        and words[0] not in _of("generic_words")
        and words[-2] not in _of("generic_words") | _corporate()
        and not any(character.isdigit() for word in words for character in word)
    )


def _is_company(page: Page, run: Run) -> bool:
    """Tell whether the last word suffices, or what stands by says so: `Raft Group` is no business."""
    return (
        run.words[-1].strip(".,") in _of("corporate_words")
        or pattern("company_after").match(page.behind(run.span.end)) is not None
        or pattern("company_before", where="before").search(page.before(run.span.start)) is not None
    )


def _person_evidence(page: Page, run: Run) -> bool:
    if page.has_role_before(run.span.start):
        return True
    known = run.words[0] in given_names()
    return known and (page.has_speech_behind(run.span.end) or _OF_A_WORK.match(page.behind(run.span.end)) is not None)


@cache
def _of(*lists: str) -> frozenset[str]:
    return frozenset(word for name in lists for word in cues(name))


def given_names() -> frozenset[str]:
    """Return the Latin given names that are common enough to tell a person by."""
    return _of("given_names")


def _corporate() -> frozenset[str]:
    return _of("corporate_words", "corporate_words_too")
