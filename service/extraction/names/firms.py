"""Businesses that no list knows and no ending tells, weighed: all that a post says of a name speaks together.

海嵐 is one where 海嵐的財務長 is said here and 海嵐去年虧損 there; `Quorvex` where it is funded, or stands in a row
with other businesses. One sign seldom decides; each counts once, so that no phrase decides by being repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from service.extraction.names.firm_signs import WORTH, Staff, cued_places, signs, staff_of, weight
from service.extraction.names.han import is_personal
from service.extraction.names.han_companies import Likely, own_part_of
from service.extraction.names.houses import housed_before
from service.extraction.names.latin import may_be_company
from service.extraction.names.latin_runs import Run, is_company_shaped, words_of
from service.extraction.names.page import Page, Taken
from service.extraction.names.proper import proper_before, proper_behind, traded_before
from service.extraction.names.short_firms import fullest_of
from service.lexicon.name_cues import cue_places, folded_cues, word_places
from service.lexicon.name_folding import fold_name
from service.model import EntityKind, Mention, Span
from service.segmentation import part_of_speech

_ENOUGH = 3.0
_ENOUGH_LATIN = 2.0
_COINED = 0.6  # what it says for a name that no dictionary has it
_BY_CHANCE = 0.3
_SHORTEST_HAN = 2
_TRADED = 0.4  # and that it is long enough for a name with a trade
_WITH_TRADE = 4
_LISTED_WEAKLY = 0.7  # what it says that the lexicon has a form for a business, among other things
_SHAPED = 0.8  # and that its last word is one businesses end in
_MORE = 2.5  # that has to speak for an acronym or an everyday word: most name things
_SHORTEST_ACRONYM = 3
_WORDS = 3  # of a Latin name
_HUMBLE = re.compile(r"[a-z][A-Z](?<![\w.@/$&'’-]..)[A-Za-z]{1,15}(?![\w(./@-])")  # xAI, eBay
_JOINTS = " ?[、/&|｜-] ?| ?(?:和|与|及|跟|以及|或|或是|对|vs\\.?) ?"
_JOINT, _JOINT_BEFORE = re.compile(_JOINTS), re.compile(f"(?:{_JOINTS})$")
_MARK = re.compile(" ?(?:[、/]|和|与|及|跟) ?")
_MARK_BEFORE = re.compile(" ?(?:[、/]|和|与|及|跟) ?$")
_LISTED = frozenset("、/|｜")
_BEHIND_CUES = (
    "firm_after",
    "firm_fate",
    "company_after",
    "firm_offices",
    "firm_has",
    "firm_deals",
    "firm_deals_too",
    "firm_acts",
)
_BEFORE_CUES = ("firm_before", "workplace")
_LONGEST_GLOSS = 40
_MOST = 60  # places of a name that are looked at
_OFTEN = (4, 10)  # places of a name that much is said of


class Rows:
    """Where names stand in a row with a business."""

    def __init__(self, page: Page, firms: Iterable[Span]) -> None:
        self._page = page
        self._starts: set[int] = set()
        self._ends: set[int] = set()
        self.add(firms)

    def add(self, firms: Iterable[Span]) -> None:
        """Let names also stand in a row with these."""
        for span in firms:
            self._starts.add(span.start)
            self._ends.add(span.end)

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Yield (where a name would end, where one would begin) beside each business, across the mark of a list."""
        for start in sorted(self._starts):
            mark = _MARK_BEFORE.search(self._page.folded, max(start - 3, 0), start)
            yield from [(mark.start(), start)] if mark else []
        for end in sorted(self._ends):
            mark = _MARK.match(self._page.folded, end)
            yield from [(end, mark.end())] if mark else []

    def worth(self, span: Span) -> float:
        """Return what it says for the name at `span` that a mark of a list parts it from a business."""
        before = _JOINT_BEFORE.search(self._page.folded, max(span.start - 3, 0), span.start)
        behind = _JOINT.match(self._page.folded, span.end)
        marks = [
            mark[0].strip()
            for mark, near in (
                (before, before and before.start() in self._ends),
                (behind, behind and behind.end() in self._starts),
            )
            if mark and near
        ]
        return max((WORTH["list" if mark in _LISTED else "and"] for mark in marks), default=0.0)


class Candidate(NamedTuple):
    """A name that may be a business's: as it is shown, where it stands, and what its own words say for it."""

    name: str
    spans: tuple[Span, ...]
    own: float = 0.0


def weighed_firms(page: Page, found: Iterable[Mention], taken: Taken, likely: Iterable[Likely]) -> tuple[Mention, ...]:
    """Return the mentions of businesses that only the post itself tells, where nothing is `taken`.

    `found` are the names found so far: people who speak for where they work, businesses a name stands in a row with.
    """
    named = list(found)
    staff = staff_of(page, (mention.span for mention in named if mention.kind is EntityKind.PERSON))
    firms = [mention.span for mention in named if mention.kind is EntityKind.COMPANY]
    candidates = [*_candidates(page, staff, taken, likely)]
    cued = cued_places(page)
    scores = {one.name: _score(page, one, staff, cued) for one in candidates}
    sure = [one for one in candidates if scores[one.name] >= _needed(one)]
    rows = Rows(page, [*firms, *(span for one in sure for span in one.spans)])
    others = [one for one in candidates if scores[one.name] < _needed(one)]
    if gaps := sorted(rows.gaps()):
        sure += _in_rows([*others, *_beside(page, gaps, others, taken)], scores, rows)
    return tuple(
        page.mention(span, EntityKind.COMPANY, one.name, None, how="context", sure=0.65)
        for one in sure
        if not _is_other(page, one)
        for span in one.spans
    )


def _is_other(page: Page, one: Candidate) -> bool:
    """Tell whether the lexicon knows only things or people by the name, or it is a word for a sort of business."""
    if fold_name(one.name) in folded_cues("businesses", "firm_before", "quoted_businesses"):
        return True
    kinds = {of.entry.kind for of in page.lexicon.lookup(one.name)}
    return bool(kinds) and EntityKind.COMPANY not in kinds


def firm_short_forms(page: Page, found: Iterable[Mention], taken: Taken) -> tuple[Mention, ...]:
    """Return where the own part of an unlisted company's name stands for it: 海嵐 once 海嵐能源 was named."""
    full: dict[str, set[str]] = {}
    keys: dict[str, str | None] = {}
    for mention in found:
        if mention.kind is EntityKind.COMPANY and not mention.name[0].isascii():
            named = mention.name if mention.key is None else mention.surface
            for stem in filter(None, [own_part_of(named)]):
                full.setdefault(stem, set()).add(named)
                keys[named] = mention.key
    one = {stem: name for stem, names in full.items() if (name := fullest_of(names)) and _may_shorten(stem, keys[name])}
    return tuple(
        page.mention(span, EntityKind.COMPANY, one[stem], keys[one[stem]], how="short_form", sure=0.7)
        for stem, spans in _free(page, one, taken).items()
        for span in spans
    )


def _may_shorten(stem: str, key: str | None) -> bool:
    """Tell whether a stem may stand for a business, one of the lexicon above all: there many are words (平安, 統一)."""
    return key is None or stem not in folded_cues("verbs_and_adjectives", "everyday_forms", "not_names", "given_words")


def _candidates(page: Page, staff: Staff, taken: Taken, likely: Iterable[Likely]) -> Iterator[Candidate]:
    """Yield the names that may be a business's: Latin ones, Chinese ones with their trade, others beside a cue."""
    weak = {one.name: one for one in _weak(page, taken)}
    yield from weak.values()
    yield from (one for one in _latin(page, taken) if one.name not in weak)
    stems: dict[str, Likely] = {}
    for one in likely:
        office = one.span.end in staff.starts and page.folded[one.trade : one.span.end] in folded_cues("firm_offices")
        if page.open(one.span) and not taken.touches(one.span) and not office:
            stems.setdefault(page.folded[one.span.start : one.trade], one)
    words = {page.folded[slice(*span)] for span in _han(page, staff) if page.open(span)} - set(stems) - set(weak)
    free = _free(page, {*stems, *words, *(page.folded[slice(*one.span)] for one in stems.values())}, taken)
    for stem, one in stems.items():
        whole = page.folded[slice(*one.span)]
        spans = {*(free.get(stem, ()) if own_part_of(whole) == stem else ()), *free.get(whole, ())}
        yield Candidate(page.document.slice(one.span), tuple(sorted(spans)), one.own)
    yield from _named(page, {word: free[word] for word in sorted(words) if word in free})


def _named(page: Page, places: Mapping[str, list[Span]]) -> Iterator[Candidate]:
    for name, spans in places.items():
        coined = not part_of_speech(name) and not is_personal(name)
        yield Candidate(page.document.slice(spans[0]), tuple(spans), _coined(name, spans) if coined else 0.0)


def _coined(name: str, spans: list[Span]) -> float:
    """Return what it says for a name that no dictionary has it; two characters come together by chance."""
    if len(name) == _SHORTEST_HAN and len(spans) == 1:
        return _BY_CHANCE
    return _COINED + (_TRADED if len(name) >= _WITH_TRADE else 0.0)


def _weak(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Yield the forms that the lexicon has for one business, and that are other words as often: 野村, `Block`."""
    named: dict[str, list[Span]] = {}
    for hit in page.hits:
        entries = {(of.entry.id, of.entry.kind) for of in hit.bearers}
        form = page.folded[slice(*hit.span)]
        word = form in folded_cues("verbs_and_adjectives") or not (page.words.edge(hit.span.start) or form.isascii())
        if not word and {kind for _, kind in entries} == {EntityKind.COMPANY} and len(entries) == 1:
            named.setdefault(form, []).append(hit.span)
    for form, spans in named.items():
        free = tuple(span for span in spans if not taken.touches(span))
        if free and (form.isascii() or _free(page, [form], taken)):
            yield Candidate(page.document.slice(free[0]), free, _LISTED_WEAKLY)


def _latin(page: Page, taken: Taken) -> Iterator[Candidate]:
    named: dict[str, list[Run]] = {}
    for run in page.runs:
        named.setdefault(run.name, []).append(run)
    for match in _HUMBLE.finditer(page.text):
        if page.open(Span(*match.span())):
            named.setdefault(match[0], []).append(Run(Span(*match.span()), (match[0],), match[0]))
    for name, runs in named.items():
        if "-" in name and any(part in named for part in name.split("-")):  # Velorka-Quorvex are two
            continue
        acronym = name.isupper() and name.isalpha() and len(name) >= _SHORTEST_ACRONYM
        if len(runs[0].words) <= _WORDS and (
            acronym or may_be_company(page, runs[0]) or is_company_shaped(runs[0].words)
        ):
            spans = tuple(run.span for run in runs if not taken.touches(run.span))
            yield from [Candidate(name, spans, _SHAPED if is_company_shaped(runs[0].words) else 0.0)] if spans else []


def _han(page: Page, staff: Staff) -> Iterator[Span]:
    """Yield the Chinese words beside a cue that may be a business's name; only there they are looked for."""
    ends = {_before_of(page, start) for start, _ in cue_places(page.folded, *_BEHIND_CUES)}
    ends |= {start - 1 for start in staff.starts if page.folded[start - 1 : start] == "的"}
    for end in sorted(ends):
        span = proper_before(page, end)
        if span and page.folded[span.start - 1 : span.start] == "的":  # 萬達的排片經理
            yield from filter(None, [proper_before(page, span.start - 1)])
        elif span:
            yield span
        else:
            yield from filter(None, [traded_before(page, end) or housed_before(page, end)])
    for _, end in cue_places(page.folded, *_BEFORE_CUES):
        start = _past_place(page, end + (page.folded[end : end + 1] == " "))
        yield from filter(None, [proper_behind(page, start)])


def _past_place(page: Page, start: int) -> int:
    """Return where a name begins behind the place that its bearer is from: 設備商|蘇州|恒垣."""
    word = page.words.at(start)
    return start + len(word) if len(word) > 1 and part_of_speech(word) == "ns" else start


def _before_of(page: Page, place: int) -> int:
    """Return where a name would end before a cue at `place`: before 的, a space, a bracket with its gloss."""
    place -= page.folded[place - 1 : place] in (" ", "的")
    while len(word := page.words.before(place)) > 1 and _may_stand_between(word):  # 海嵐上週併購
        place -= len(word)
    if page.folded[place - 1 : place] == ")":
        place = max(page.folded.rfind("(", max(place - _LONGEST_GLOSS, 0), place), 0) or place
    return place - (page.folded[place - 1 : place] == " ")


def _may_stand_between(word: str) -> bool:
    """Tell whether a word may stand between a subject and its verb: a time, an adverb."""
    return part_of_speech(word) == "t" or word in folded_cues("adverbs", "firm_adverbs")


def _free(page: Page, names: Iterable[str], taken: Taken) -> dict[str, list[Span]]:
    """Return every place of Chinese names where words begin and end as they do, and nothing is taken."""
    found: dict[str, list[Span]] = {}
    for name, places in word_places(page.folded, names).items():
        whole = [Span(*place) for place in places if page.words.edge(place[0]) and page.words.edge(place[1])]
        spans = [span for span in whole if page.open(span) and not taken.touches(span)]
        if spans:
            found[name] = spans
    return found


def _score(page: Page, one: Candidate, staff: Staff, cued: bytearray) -> float:
    """Return what all signs around all places of a name say, each kind once in full."""
    often = sum(len(one.spans) >= times for times in _OFTEN)
    near = [span for span in one.spans[:_MOST] if cued[span.start] or cued[span.end] or span.end in staff.firm_ends]
    near += [span for span in one.spans[:_MOST] if page.folded[span.end : span.end + 2].lstrip()[:1] in ("的", "(")]
    return one.own + often * WORTH["often"] + weight(sign for span in near for sign in signs(page, span, staff))


def _needed(one: Candidate) -> float:
    """Return how much has to speak for a name: Latin ones that are no acronyms are a business's more often."""
    if not one.name[0].isascii():
        return _ENOUGH
    return _ENOUGH_LATIN + (_MORE if one.name.isupper() or one.name in words_of("everyday", "everyday_forms") else 0.0)


def _in_rows(others: Iterable[Candidate], scores: Mapping[str, float], rows: Rows) -> Iterator[Candidate]:
    """Yield the names that a mark of a list parts from a business, and that enough speaks for then."""
    ordered = sorted(others, key=lambda one: (-scores.get(one.name, one.own), one.name))
    for one in ordered:
        worth = max((rows.worth(span) for span in one.spans), default=0.0)
        if worth and scores.get(one.name, one.own) + worth >= _needed(one):
            yield one
            if scores.get(one.name, one.own):  # what only stands beside a business speaks for nobody else
                rows.add(one.spans)


def _beside(page: Page, gaps: list[tuple[int, int]], others: Iterable[Candidate], taken: Taken) -> Iterator[Candidate]:
    """Yield the Chinese words that may name a business and stand in a row with one."""
    known = {page.folded[slice(*span)] for one in others for span in one.spans}
    near = {*(proper_before(page, end) for end, _ in gaps), *(proper_behind(page, start) for _, start in gaps)}
    names = {page.folded[slice(*span)] for span in near if span} - known
    for one in _named(page, _free(page, names, taken)):
        yield one._replace(own=1.0 + 0.3 * min(len(one.spans), 3))
