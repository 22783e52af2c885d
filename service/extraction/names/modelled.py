"""Names that the trained model sees, decided for the whole post: what speaks for a name at all its places adds up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from service.extraction.names.backed import backed
from service.extraction.names.han import is_personal
from service.extraction.names.latin_runs import is_person_shaped, words_of
from service.extraction.names.model.gate import Window, signs, windows
from service.extraction.names.model.tagging import proposals
from service.extraction.names.model.units import Cued, read_units
from service.extraction.names.model.weights import SCALE, Weights, shipped
from service.extraction.names.page import Page, Taken
from service.extraction.names.transliterations import sounds
from service.extraction.names.words import is_verb_or_small
from service.lexicon.name_cues import cue_places, folded_cues, longest_first, pattern, word_places
from service.model import EntityKind, Mention, Span
from service.segmentation import part_of_speech

METHOD: Final = "model"

_KINDS: Final = {"P": EntityKind.PERSON, "O": EntityKind.COMPANY}
SURE: Final = {"P": 6.0, "O": 6.0}  # what has to speak for a name before the rules are asked
LIKELY: Final = {"P": 3.0, "O": 3.6}  # and after
_BEST, _WORST = 6.0, -1.0  # what one place may say for a name
_LINKED: Final = 1.0  # what it says that a link or a line of its own is a name and nothing else
_FULL: Final = 3  # characters from which a name is no other word by chance
_SHORTEST: Final = 2
_EVERYDAY: Final = 2.0  # what it says against a business that it is called by everyday words
_TRADES: Final = ("company_endings", "sure_trades", "trades", "businesses")
_OF_NAMES: Final = ("nr", "nrt", "nrfg", "nz", "")
_SMALL: Final = ("p", "c", "d", "uj", "r", "v", "a")
_JOINTS: Final = frozenset("与及或")
_WITH_TRADE: Final = 4  # characters of a business's name with its trade
_POINTING: Final = ("这个", "那个", "一个", "这种", "那种", "一种")  # what is pointed at is a thing
_DONE: Final = frozenset("了过着")
_CALLED: Final = ("下称", "简称", "又称", "以下称", "称为")  # before the short name that a bracket gives
_ILLS: Final = ("热", "病", "症", "炎")
_BUILT: Final = {2: 1.5, 3: 4.0}  # what says against one that it is built as a personal name of so many characters
_MARGIN: Final = 3  # characters behind a name that tell whether it is one
_REACH: Final = 4  # characters before a hyphen within a name
_LARGER: Final = ("larger_than_person", "larger_than_name", "company_goes_on")
_LISTED = re.compile(r"(?:^|[^0-9.])[0-9]{4,6}(?: ?[-_] ?)$")  # the code of a listed company
_HAN = re.compile("[\u3400-\u9fff]")


class Seen(NamedTuple):
    """A place that the model proposes, its kind and what speaks for it."""

    span: Span
    kind: str
    worth: float


def seen_by_model(page: Page, found: Iterable[Mention] = (), weights: Weights | None = None) -> list[Seen]:
    """Return the places that the model proposes in `page`, none longer than its name is elsewhere.

    It is not asked where all that may be a name is `found` already.
    """
    seen = [part for one in _seen(page, found, weights or shipped()) for part in _parted(page, one)]
    seen = [_unless_everyday(page, one) for one in seen if page.open(one.span)]
    return list(_as_elsewhere(page, _backed(page, [one for one in seen if _in_full(page, one)], found)))


def _backed(page: Page, seen: Sequence[Seen], found: Iterable[Mention]) -> list[Seen]:
    """Return what is seen without the Latin names of businesses that nothing but the model takes for such."""
    latin = {one.span for one in seen if one.kind == "O" and not _HAN.search(page.folded, *one.span)}
    forms = backed(page, latin, (one.span for one in found if one.kind is EntityKind.COMPANY)) if latin else ()
    return [one for one in seen if one.span not in latin or one.kind != "O" or page.folded[slice(*one.span)] in forms]


def of_model(page: Page, seen: Sequence[Seen], taken: Taken, enough: Mapping[str, float]) -> tuple[Mention, ...]:
    """Return the mentions of the names for which `enough` speaks, wherever they stand, where nothing is `taken`."""
    called = {page.folded[slice(*one.span)] for one in seen if _is_called(page, one.span)} if enough is SURE else set()
    seen = [one for one in seen if not taken.touches(one.span) and page.folded[slice(*one.span)] not in called]
    kinds = decided(((page.folded[slice(*one.span)], one.kind, one.worth) for one in seen), enough)
    places = {(one.span, page.folded[slice(*one.span)]) for one in seen}
    for form, found in word_places(page.folded, kinds).items():
        places |= {(Span(*place), form) for place in found if len(form) >= _FULL and _is_whole(page, Span(*place))}
    return tuple(
        page.mention(span, _KINDS[kinds[form]], page.document.slice(span), None, how=METHOD, sure=0.65)
        for span, form in sorted(places)
        if form in kinds and page.open(span) and not taken.touches(span)
    )


def _is_called(page: Page, span: Span) -> bool:
    """Tell whether a bracket gives the name at `span` to the one named before it: （下稱「雲嶺」）."""
    return page.before(span.start).rstrip(" 「『“‘\"'").endswith(_CALLED)


def _seen(page: Page, found: Iterable[Mention], weights: Weights) -> list[Seen]:
    """Return the places that the model proposes; Latin words in passing are read where they may be names elsewhere."""
    reading = _Reading(page, weights)
    marks, passing = signs(page.text, page.words, weights, page.shut(mention.span for mention in found))
    seen = [*reading.proposed(marks)]
    names = {page.text[slice(*one.span)] for one in seen if one.kind in _KINDS}
    again = [place for place in passing if page.text[slice(*place)] in names]
    return [*reading.proposed(sorted([*marks, *again]))] if again else seen


class _Reading:
    """What the model proposes in the stretches of a page, each read once."""

    def __init__(self, page: Page, weights: Weights) -> None:
        self._page, self._weights = page, weights
        self._blocks = [block.span for block in page.mined()]
        self._lines = frozenset(self._blocks)
        self._cued = Cued(page.folded)
        self._read: dict[Window, list[Seen]] = {}

    def proposed(self, marks: Sequence[tuple[int, int]]) -> Iterator[Seen]:
        """Yield the places that are proposed around `marks`."""
        for window in windows(self._page.text, marks, self._blocks):
            if window not in self._read:
                self._read[window] = [*self._within(window)]
            yield from self._read[window]

    def _within(self, window: Window) -> Iterator[Seen]:
        row = read_units(self._page.text, self._page.words, self._cued, window.start, window.end)
        edges = self._page.link_edges
        for first, last, kind, worth in proposals(row, self._weights):
            span = Span(row.span(first)[0], row.span(last)[1])
            if window.goes_on and window.end - span.end < _MARGIN:
                continue  # what stands behind it was not read
            linked = _LINKED if {span.start, span.end} <= edges or span in self._lines else 0.0
            yield Seen(span, kind, max(min(worth / SCALE, _BEST), _WORST) + linked)


def _parted(page: Page, one: Seen) -> Iterator[Seen]:
    """Yield a name, or the two of a business and of who works there that an office parts: 海嵐財務長王明."""
    start, end = one.span
    offices = cue_places(page.folded[start:end], "roles") if one.kind in _KINDS else []
    inner = [(start + left, start + right) for left, right in offices if start + right <= end - _SHORTEST]
    if inner and inner[0][0] >= start + _SHORTEST and _may_be_person(page, inner[-1][1], end):
        yield Seen(_stripped(page, Span(start, inner[0][0])), "O", one.worth / 2)
        yield Seen(_stripped(page, Span(inner[-1][1], end)), "P", one.worth / 2)
    else:
        led = bool(inner) and inner[0][0] == start and _may_be_person(page, inner[0][1], end)
        span = _trimmed(page, Span(inner[0][1], end) if led else one.span, one.kind)
        if _may_be(page, span, one.kind):
            yield one._replace(span=span)


def _may_be_person(page: Page, start: int, end: int) -> bool:
    """Tell whether what stands behind an office is built as a person's name: 事務所 is not."""
    name = page.folded[start:end].strip()
    return is_personal(name) or "·" in name or name.isascii()


def _stripped(page: Page, span: Span) -> Span:
    """Return `span` without spaces at its ends."""
    text = page.folded[slice(*span)]
    return Span(span.start + len(text) - len(text.lstrip()), span.end - len(text) + len(text.rstrip()))


def _trimmed(page: Page, span: Span, kind: str) -> Span:
    """Return `span` from the edge of a word on, and up to a small word: 同行|翠韻, 林敏|也, 子公司|雲嶺實業."""
    start, end = span
    if kind == "P" and page.folded[start] == "-":  # 讓|-保羅·杜瓦爾
        start = _sounding(page, max(start - _REACH, 0), start)
    if kind == "P" and page.folded[end - 1] == "·":  # 巴奈·|斗里
        first = len(page.words.at(end))
        end += first if first > 1 else first + len(page.words.at(end + 1))
    point = page.folded.rfind("·", start, end) + 1
    if kind == "P" and point:
        whole = (word for word in longest_first("uyghur_names") if page.folded.startswith(word, point))
        end = max(end, point + len(next(whole, "")))  # 艾合|買提
    while kind == "P" and end - 1 > start and page.folded[end - 1] in folded_cues("never_in_names"):
        end -= 1
    if kind == "P" and page.folded[end : end + 1] in _DONE and page.words.at(end - 1) == page.folded[end - 1]:
        end -= 1  # 柯林頓修|了
    if kind == "P" and page.folded[start:end][:-1] in _double() and is_verb_or_small(page.words.at(end - 1)):
        end -= 1  # 谷川|寄
    family = page.folded[start] in folded_cues("surnames") and page.folded[start : start + 2] not in _double()
    if kind == "P" and family and end - start > _FULL and page.words.at(end - 1) == "人":
        end -= 1  # 高金柱|人在東京
    first, last = page.words.around(start)
    if kind == "P" and "·" in page.folded[last:end] and is_ordinary(page.words.slice(first, last)):
        return Span(_sounding(page, start, page.folded.find("·", last)), end)  # 商務官|讓-保羅·杜瓦爾
    inside = first < start and is_ordinary(page.words.slice(first, last))
    if last <= end - _SHORTEST and (inside or (kind == "O" and _leads(page.words.slice(first, last), end - last))):
        start = last
    return _stripped(page, Span(start, end))


def _double() -> frozenset[str]:
    return folded_cues("double_surnames")


def _sounding(page: Page, start: int, point: int) -> int:
    """Return where the characters begin, up to `point`, that foreign names are written with."""
    first = point
    while first > start and (page.folded[first - 1] in sounds() or page.folded[first - 1] == "-"):
        first -= 1
    return first


def _leads(word: str, rest: int) -> bool:
    """Tell whether a word is no part of the name behind it: a preposition, what sort of business it is, a country."""
    if len(word) == 1:
        return _is_small(word) and part_of_speech(word) not in "va"
    return word in folded_cues("businesses") or (word in folded_cues("places") and rest >= _WITH_TRADE)


def _may_be(page: Page, span: Span, kind: str) -> bool:
    """Tell whether what is seen may be a name of its kind by its words: Latin ones name things more often."""
    words = tuple(page.text[slice(*span)].split())
    if _is_told_otherwise(page, span, kind) or not _may_be_called(page.folded[slice(*span)], kind):
        return False
    if kind == "P" and span.end - span.start < _FULL and page.cued_before(span.start, "firm_before"):
        return False  # 船東|沁嵐
    if kind == "O" and page.before(span.start).rstrip(" ").endswith(_POINTING):
        return False
    if not words or kind not in _KINDS or _HAN.search(page.folded, *span):
        return bool(words)
    if not words_of("generic_words", "things", "latin_roles").isdisjoint((words[0], words[-1])):
        return False
    return kind == "O" or is_person_shaped(words, least=1)


def _is_told_otherwise(page: Page, span: Span, kind: str) -> bool:
    """Tell whether what stands beside a name makes it no person (約翰·甘迺迪|機場, 2330 - 台積電) or no business."""
    if kind != "P":
        return _says_so(page, span)
    larger = pattern(*_LARGER).match(page.behind(span.end))
    return larger is not None or _LISTED.search(page.before(span.start)) is not None


def _may_be_called(name: str, kind: str) -> bool:
    """Tell whether a name is no place's (雲林|二崙), no illness's (基孔肯雅熱), and no common word for a business."""
    if kind != "P":
        return name not in folded_cues("not_companies")
    if name in folded_cues("made"):
        return False
    ill = name[-1:] in _ILLS and len(name) >= _WITH_TRADE and "·" not in name
    return not ill and (sounds().issuperset(name.replace("·", "")) or not name.startswith(longest_first("places")))


def _says_so(page: Page, span: Span) -> bool:
    """Tell whether what is taken for a business is built as a person's name and says something: 林小燕|昨天哭著說."""
    return is_personal(page.folded[slice(*span)], _FULL) and page.has_speech_later(span.end)


def _is_small(word: str) -> bool:
    return len(word) == 1 and part_of_speech(word) in _SMALL


def is_ordinary(word: str) -> bool:
    """Tell whether a word of the dictionary is one of the everyday ones, no name's."""
    return len(word) > 1 and part_of_speech(word) not in _OF_NAMES


def _unless_everyday(page: Page, one: Seen) -> Seen:
    """Return what is seen, with less for a business that is called by everyday words: 中國電力, 望潮風場."""
    if one.kind != "O" or not _HAN.match(page.folded, one.span.start):
        return one
    words, place = [], one.span.start
    while place < one.span.end and (word := page.words.at(place)):
        words.append(word)
        place += len(word)
    small = [word in folded_cues("places") or _is_small(word) for word in words]
    everyday = [is_ordinary(word) or within for word, within in zip(words, small, strict=True)]
    form = page.folded[slice(*one.span)]
    built = is_personal(form) and not _stands_as_firm(page, one.span)
    less = _BUILT.get(len(form), 0.0) if built else 0.0
    if words and place == one.span.end and all(everyday):
        less = _BEST if any(small) else _EVERYDAY * len(words)
    elif not _JOINTS.isdisjoint(words) or (words and words[-1] in folded_cues("made")):
        less = _BEST
    elif len(words) > 1 and everyday[-1] and not words[-1].endswith(longest_first(*_TRADES)):
        less = _EVERYDAY
    return one._replace(worth=one.worth - less)


def _stands_as_firm(page: Page, span: Span) -> bool:
    """Tell whether a name stands as only a business's does: behind its code, before what a business has."""
    behind = pattern("company_after", "firm_after").match(page.behind(span.end))
    return behind is not None or _LISTED.search(page.before(span.start)) is not None


def _in_full(page: Page, one: Seen) -> bool:
    """Tell whether what is seen is more than a family name: 王 of 王教授 is nobody by itself."""
    name = page.folded[slice(*one.span)]
    return one.kind != "P" or not (len(name) == 1 or name in folded_cues("double_surnames"))


def _as_elsewhere(page: Page, seen: Sequence[Seen]) -> Iterator[Seen]:
    """Yield what is seen, of names that run on (鄺維楨持) what is surer elsewhere in the post (鄺維楨)."""
    sums: dict[tuple[str, str], float] = {}
    for one in seen:
        key = page.folded[slice(*one.span)], one.kind
        sums[key] = sums.get(key, 0.0) + one.worth
    for one in seen:
        name = page.folded[slice(*one.span)]
        own = sums[name, one.kind]
        shorter = [length for length in range(_FULL, len(name)) if sums.get((name[:length], one.kind), 0.0) > own]
        yield one._replace(span=Span(one.span.start, one.span.start + max(shorter))) if shorter else one


def decided(seen: Iterable[tuple[str, str, float]], enough: Mapping[str, float]) -> Mapping[str, str]:
    """Return the names for which `enough` speaks, each with its kind, given names, kinds and what speaks for them.

    >>> decided([("明月", "O", 1.5), ("明月", "O", 1.5), ("明月", "P", 0.5), ("山", "X", 3.0)], LIKELY)
    {'明月': 'O'}
    """
    sums: dict[str, dict[str, float]] = {}
    for form, kind, worth in seen:
        of = sums.setdefault(form, {})
        of[kind] = of.get(kind, 0.0) + worth
    kinds = {}
    for form, of in sums.items():
        kind = max(sorted(of), key=lambda one: of[one])
        foreign = len(form) >= _FULL and folded_cues("transliteration").issuperset(form)  # 孟菲斯 is no person
        if kind in _KINDS and of[kind] >= enough[kind] * (2 if foreign else 1):
            kinds[form] = kind
    return kinds


def _is_whole(page: Page, span: Span) -> bool:
    """Tell whether no Latin word goes on beyond the name."""
    return not any(
        _is_latin(page.folded[place - 1 : place]) and _is_latin(page.folded[place : place + 1]) for place in span
    )


def _is_latin(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"
