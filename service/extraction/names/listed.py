"""Names the lexicon knows: which of its forms in a text are meant.

A full form is meant unless it is part of a larger name (Google in `Google TPU`, 川普 in 川普政府). A short form needs a
fuller one of the same bearer in the post; an ambiguous one that, or a neighbour only a business or a person has.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from functools import cache, lru_cache

from service.extraction.names.han import is_personal
from service.extraction.names.latin_runs import given_names
from service.extraction.names.page import NAMED, Page
from service.extraction.names.transliterations import sounds
from service.extraction.names.words import is_verb_or_small
from service.lexicon.name_cues import cues, folded_cues, pattern
from service.lexicon.name_folding import fold_name
from service.lexicon.names import Bearer, Hit, Strength
from service.model import EntityKind, Mention, Span
from service.segmentation import part_of_speech

_JOINT = re.compile(r" ?[、/／,，&·|｜] ?| ?(?:和|与|及|跟|以及|或|或是|对|vs\.?) ?")
_LEGAL = re.compile(r"(?:控股)?(?:股份)?有限(?:[責责]任)?公司| (?:Inc\.|Corp\.|Ltd\.|Co\., Ltd\.|LLC|PLC)(?![A-Za-z])")
_SURE = {Strength.FULL: 0.95, Strength.SHORT: 0.85, Strength.AMBIGUOUS: 0.8}
_LIST = 3  # ambiguous names in a row that make each other sure: 蘋果、亞馬遜、Meta
_SHORT = 3  # characters of a form that is no phrase
_NO_WORD = ("", "nz", "nt", "nrt")  # parts of speech of forms that everyday talk does not use
_RIGHT = "的与和及跟在是也将则已就等或对把被"
_LEFT = "的与和及跟在由向是对从被让把给将用以像如问比到为但而则"


def listed(page: Page, declared: frozenset[str]) -> tuple[Mention, ...]:
    """Return the mentions of `page` whose form the lexicon knows; `declared` are ids the front matter names."""
    meant = _Meant(page, declared)
    return tuple(
        page.mention(_whole(page, hit, of), of.entry.kind, of.shown, of.key, how="lexicon", sure=_SURE[of.strength])
        for hit, of in meant.all()
        if not is_larger(page, hit, of.entry.kind)
    )


def _whole(page: Page, hit: Hit, of: Bearer) -> Span:
    """Return the span of a form with the legal form of business right behind it: 台積電股份有限公司."""
    legal = _LEGAL.match(page.text, hit.span.end) if of.entry.kind is EntityKind.COMPANY else None
    whole = Span(hit.span.start, legal.end()) if legal else hit.span
    return whole if page.open(whole) else hit.span


def is_larger(page: Page, hit: Hit, kind: EntityKind) -> bool:
    """Tell whether the form at `hit` is only part of another name: `Google TPU`, `Dwarkesh Podcast`, 川普政府."""
    start, end = hit.span
    if kind is EntityKind.PERSON and pattern("larger_than_person").match(page.behind(end)):
        return True
    if kind is EntityKind.PERSON and (
        "·" in (page.folded[start - 1 : start], page.folded[end : end + 1]) or _sounds_on(page, hit)
    ):
        return True
    if kind not in NAMED:
        return False
    if page.text[start].isascii():
        word = page.capital_before(start)
        other = start - 1 not in page.name_ends or (kind is EntityKind.COMPANY and word in given_names())
        if word and word.strip(".") not in _harmless() and other:
            return True
        if re.search(r"[A-Za-z0-9]-$", page.text[max(start - 2, 0) : start]) and start - 1 not in page.name_ends:
            return True
    return page.text[end - 1].isascii() and _goes_on(page, end, page.name_starts)


def _sounds_on(page: Page, hit: Hit) -> bool:
    """Tell whether a foreign name runs on in the same word: 鮑爾 in 鮑爾溫, 蘇萊曼 in 蘇萊曼尼亞."""
    end = hit.span.end
    follows = page.folded[end : end + 1]
    if not follows or follows not in sounds() or page.folded[end - 1] not in sounds():
        return False
    word = page.words.at(end)
    if word == "":
        return not page.words.edge(end)
    named = part_of_speech(word)[:2] in ("nr", "ns", "nz", "zg", "")
    return named and set(word) <= sounds() and not is_verb_or_small(word)


def _goes_on(page: Page, end: int, starts: frozenset[int]) -> bool:
    if re.match(r"-[A-Za-z0-9]", page.text[end : end + 2]):
        return end + 1 not in starts
    word = page.capital_behind(end)
    return bool(word) and word not in _harmless() and not re.match(r"Q[1-4]$", word or "") and end + 1 not in starts


@cache
def _harmless() -> frozenset[str]:
    return frozenset(cues("latin_roles"))


class _Meant:
    """Decides for every hit of a page who is meant, if anybody."""

    def __init__(self, page: Page, declared: frozenset[str]) -> None:
        self.page, self.hits = page, page.hits
        full = {of.entry.id for hit in self.hits if len(sure := _full(hit)) == 1 for of in sure}
        self.present = frozenset(full | declared)
        self.firm = [hit.span.start for hit in self.hits if self._is_firm(hit)]
        self.listed = self._in_lists()
        self.evident = self._evident_forms()

    def all(self) -> list[tuple[Hit, Bearer]]:
        """Return every hit that is meant, with its bearer."""
        return [
            (hit, of)
            for number, hit in enumerate(self.hits)
            if (of := self._bearer(hit)) is not None and self._in_place(number, hit, of)
        ]

    def _in_place(self, number: int, hit: Hit, of: Bearer) -> bool:
        """Tell whether a form that is also a verb or adjective (聯想, 統一) has evidence of its own at this place."""
        word = of.strength is Strength.AMBIGUOUS and _folded(of.form) in folded_cues("verbs_and_adjectives")
        return not word or self._has_evidence(number, hit, of)

    def _bearer(self, hit: Hit) -> Bearer | None:
        candidates = _full(hit)
        if len(candidates) == 1:
            return candidates[0]
        present = [of for of in candidates or hit.bearers if of.entry.id in self.present]
        if len(present) == 1:
            return present[0]
        evident = [] if present else [of for of in hit.bearers if (of.entry.id, _folded(of.form)) in self.evident]
        return evident[0] if len(evident) == 1 else None

    def _is_firm(self, hit: Hit) -> bool:
        of = self._bearer_by_presence(hit)
        return of is not None and of.entry.kind is EntityKind.COMPANY

    def _bearer_by_presence(self, hit: Hit) -> Bearer | None:
        sure = [of for of in hit.bearers if of.strength is Strength.FULL or of.entry.id in self.present]
        return sure[0] if len(sure) == 1 else None

    def _evident_forms(self) -> frozenset[tuple[str, str]]:
        """Return (id, form) of the ambiguous forms that have evidence anywhere: a post uses a word in one sense."""
        return frozenset(
            (of.entry.id, _folded(of.form))
            for number, hit in enumerate(self.hits)
            for of in hit.bearers
            if of.strength is Strength.AMBIGUOUS and self._has_evidence(number, hit, of)
        )

    def _has_evidence(self, number: int, hit: Hit, of: Bearer) -> bool:
        if is_larger(self.page, hit, of.entry.kind) or not self._in_context(of):
            return False
        if of.entry.kind is EntityKind.PERSON:
            return self._person_evidence(hit) or (bool(of.entry.context) and self._is_word(hit))
        return of.entry.kind is EntityKind.COMPANY and (number in self.listed or self._company_evidence(hit, of))

    def _in_context(self, of: Bearer) -> bool:
        """Tell whether the post has what a bearer is known for: that 李強 says something tells not which one he is."""
        return not of.entry.context or any(_folded(word) in self.page.folded for word in of.entry.context)

    def _is_word(self, hit: Hit) -> bool:
        start, end = hit.span
        return self._apart(hit) and self.page.words.edge(start) and self.page.words.edge(end)

    def _company_evidence(self, hit: Hit, of: Bearer) -> bool:
        if self.page.cued_before(hit.span.start, "company_before"):
            return True
        if self._is_workplace(hit):
            return True
        if not self._apart(hit):
            return False
        behind = self.page.behind(hit.span.end)
        if pattern("company_after").match(behind):
            return True
        if _folded(of.form) in folded_cues("everyday_forms"):
            return of.form.isascii() and len(of.form) > 1 and pattern("company_after_too").match(behind) is not None
        return pattern("company_after_too").match(behind) is not None or self._beside_a_firm(hit) or self._is_alone(hit)

    def _is_alone(self, hit: Hit) -> bool:
        """Tell whether a form that is no other word stands by itself: what two words only meet in never does."""
        start, end = hit.span
        form, behind = self.page.folded[start:end], self.page.folded[end : end + 1]
        if form.isascii() or part_of_speech(form) not in _NO_WORD or not self._is_word(hit):
            return False
        if end - start > _SHORT or len(self.page.words.at(start)) not in (1, end - start):  # 國家|電網
            return False
        word = self.page.words.at(end)
        return not behind.isalpha() or behind in _RIGHT or part_of_speech(word) in ("ns", "t") or is_verb_or_small(word)

    def _is_workplace(self, hit: Hit) -> bool:
        """Tell whether somebody works there (在國巨當工程師, 曾任諾華研發副總裁) or it is a client (廣達的認證)."""
        start, end = hit.span
        if not self.page.text[start].isascii() and not (self.page.words.edge(start) and self.page.words.edge(end)):
            return False
        behind = self.page.behind(end)
        if self.page.cued_before(start, "works_at"):
            return pattern("works_as", "works_as_too").match(behind) is not None
        staff = pattern("firm_staff", "firm_staff_too").match(behind.removeprefix("的"))
        return staff is not None and behind[:1] == "的"

    def _person_evidence(self, hit: Hit) -> bool:
        start, end = hit.span
        if is_personal(self.page.folded[start:end]) and self.page.has_role_before(start):
            return not self.page.cued_before(start, "common_roles")  # 工程師李強 is some other Li Qiang
        said = self.page.has_speech_behind(end) and self._apart(hit)
        return said or self.page.has_role_before(start) or bool(pattern("titles").match(self.page.behind(end)))

    def _apart(self, hit: Hit) -> bool:
        """Tell whether the form begins a word: Chinese runs on without spaces, and two words meet by chance."""
        before = self.page.folded[hit.span.start - 1 : hit.span.start]
        return self.page.text[hit.span.start].isascii() or not before.isalpha() or before in _LEFT or before.isascii()

    def _beside_a_firm(self, hit: Hit) -> bool:
        sentence = self.page.sentence(hit.span.start)
        place = bisect_left(self.firm, sentence.start)
        return place < len(self.firm) and self.firm[place] < sentence.end

    def _in_lists(self) -> frozenset[int]:
        """Return the hits that stand in a list with a company, or in one of three that may be companies."""
        found: set[int] = set()
        firm_starts = frozenset(self.firm)
        for row in self._rows():
            firm = any(self.hits[number].span.start in firm_starts for number in row)
            if firm or len(row) >= _LIST:
                found.update(row)
        return frozenset(found)

    def _rows(self) -> list[list[int]]:
        rows: list[list[int]] = []
        for number, hit in enumerate(self.hits):
            if not any(of.entry.kind is EntityKind.COMPANY for of in hit.bearers):
                continue
            last = self.hits[rows[-1][-1]].span.end if rows else -1
            if rows and _JOINT.fullmatch(self.page.folded[last : hit.span.start]):
                rows[-1].append(number)
            else:
                rows.append([number])
        return [row for row in rows if len(row) > 1]


@lru_cache(maxsize=16_384)
def _folded(form: str) -> str:
    return fold_name(form)


def _full(hit: Hit) -> list[Bearer]:
    return [of for of in hit.bearers if of.strength is Strength.FULL]


def fullest(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return `mentions` with the fullest form the document gives of each listed bearer as their name."""
    best: dict[str, str] = {}
    counts = Counter(mention.surface for mention in mentions)
    for mention in mentions:
        if mention.key is not None:
            rank = (len(mention.surface), counts[mention.surface], mention.surface)
            held = best.get(mention.key, "")
            if rank > (len(held), counts[held], held):
                best[mention.key] = mention.surface
    return tuple(_named(mention, best.get(mention.key or "", mention.name)) for mention in mentions)


def _named(mention: Mention, name: str) -> Mention:
    return mention if mention.name == name else replace(mention, name=name)
