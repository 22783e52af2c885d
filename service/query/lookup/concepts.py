"""What a text speaks of, apart from its numbers: names, words of the lexicon, and the other words.

Each concept is one thing with all the forms that name it, so that a sentence in the other script, with the words of
another region or in English, can hold the same concepts without sharing a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from service.lexicon import read
from service.lexicon.spelling import respell
from service.model import Span
from service.query.lookup.clauses import Clauses
from service.query.lookup.vocabulary import senses
from service.script import fold
from service.segmentation import cut, part_of_speech

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(rf"[{_HAN}]+|(?<![a-z0-9])[a-z][a-z0-9+#-]*")
_TITLE = re.compile(r"《([^《》\n]{2,20})》")
_LATIN = re.compile(r"[a-z0-9]")
_WORD = re.compile(r"[a-z][a-z0-9]*")
_SPELLED: Final = 7  # letters of a word that may be misspelt
_LONG: Final = 3  # characters of a word that can be near to another
_HALF: Final = 0.5  # share of its pairs it must have in common
_SHORTEST: Final = 2  # characters of a word that says something
_MOST: Final = 40  # things a text is taken to speak of
# Parts of speech of the segmenter's dictionary that only hold a sentence together: conjunctions, adverbs, numerals,
# prepositions, classifiers, pronouns, particles, interjections.
_FUNCTION: Final = frozenset("cdmpqrueyo")
_TIME: Final = "t"
_KINDRED: Final = 0.85  # what a word that comes close counts

_NONE: frozenset[str] = frozenset()


class Found(NamedTuple):
    """A concept in a text: how much of it, where (None where it can't be told), and whether as its contrary."""

    share: float
    span: Span | None = None
    contrary: bool = False
    last: Span | None = None  # where it stands for the last time: what is put right is said again


_ABSENT: Final = Found(0.0)


@dataclass(frozen=True)
class Concept:
    """One thing a text speaks of.

    `forms`, `near` and `contrary` are folded words; `entity` is its id where the corpus knows it; `named` tells that
    it is a proper name, and `span` where the text speaks of it.
    """

    forms: frozenset[str]
    entity: str | None = None
    near: frozenset[str] = _NONE
    contrary: frozenset[str] = _NONE
    named: bool = False
    span: Span = field(default=Span(0, 2), compare=False)
    _hash: int = field(init=False, repr=False, compare=False, default=0)
    usual: int = field(default=0, compare=False)  # characters of its Chinese words, on average; 0: as the text says it

    def __post_init__(self) -> None:
        """Remember the hash: concepts are looked up many times for each claim."""
        object.__setattr__(self, "_hash", hash((self.forms, self.entity, self.near, self.contrary, self.named)))

    def __hash__(self) -> int:
        """Return the hash of what is compared."""
        return self._hash

    @property
    def length(self) -> int:
        """Return how many characters long the text says it, or would in the words of no region in particular."""
        return self.usual or self.span.end - self.span.start

    @cached_property
    def latin(self) -> bool:
        """Tell whether it is said in Latin letters."""
        return all(_LATIN.match(form) for form in self.forms)

    @cached_property
    def when(self) -> bool:
        """Tell whether it only says when: 去年."""
        return any(part_of_speech(form) == _TIME for form in self.forms if len(form) > 1)

    @cached_property
    def words(self) -> frozenset[str]:
        """Return all words by which it can be found."""
        return self.forms | self.near

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """Return strings of which a text holds one if it holds any of the concept: most texts hold none."""
        pieces = {piece for form in self.forms for piece in _pieces(form)} | self.near | self.contrary
        return tuple(piece for piece in pieces if not any(other in piece for other in pieces - {piece}))

    def touches(self, folded: str) -> bool:
        """Tell whether a text may hold anything of it."""
        return any(map(folded.__contains__, self.pieces))

    def find(self, folded: str) -> Found:
        """Return how much of the concept stands in `folded`, and where it first does.

        1 for one of its forms, Latin ones as whole words; less for a word that comes close. Of a longer Han word, the
        share of its character pairs counts in part: 太阳能板 is near to 太阳能电池.
        """
        return self._found(folded) if self.touches(folded) else _ABSENT

    def _found(self, folded: str) -> Found:
        for words, share, contrary in (
            (self.forms, 1.0, False),
            (self.near, _KINDRED, False),
            (self.contrary, 1.0, True),
        ):
            there = [word for word in words if word in folded]
            places = [span for word in there if (span := _place(word, folded)) is not None]
            if places:
                han = any(not _LATIN.match(word) for word in there)
                return Found(share, min(places), contrary, max(_last(w, folded) for w in (there if han else words)))
        return max((_alike(form, pairs, folded) for form, pairs in self._long), default=_ABSENT)

    @cached_property
    def _long(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the forms a text may hold in part, with the pairs of characters of those that are not Latin."""
        forms = [form for form in sorted(self.forms) if len(form) >= _LONG]
        return tuple((form, () if _LATIN.match(form) else tuple(a + b for a, b in pairwise(form))) for form in forms)


def _pieces(form: str) -> set[str]:
    """Return strings of which a text holds one where it holds a form in part: pairs, or one half of a Latin word."""
    if not _LATIN.match(form):
        return {form} if len(form) < _LONG else {a + b for a, b in pairwise(form)}
    return {form} if len(form) < _SPELLED else {form[: len(form) // 2], form[len(form) // 2 :]}


def _alike(form: str, pairs: Sequence[str], folded: str) -> Found:
    if not pairs:
        return _misspelt(form, folded)
    places = [folded.find(pair) for pair in pairs]
    share = sum(place >= 0 for place in places) / len(pairs)
    at = max(places)
    return Found(share * _HALF, Span(at, at + 2)) if share >= _HALF else _ABSENT


def _misspelt(form: str, folded: str) -> Found:
    """Find a longer Latin word that differs by one letter: TerraFab, TeraFab."""
    if len(form) < _SPELLED:
        return _ABSENT
    for match in _WORD.finditer(folded):
        if abs(len(match[0]) - len(form)) <= 1 and _one_letter_apart(form, match[0]):
            return Found(_KINDRED, Span(*match.span()))
    return _ABSENT


def _one_letter_apart(one: str, other: str) -> bool:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    shift = len(one) - len(other)
    return one[at + (shift >= 0) :] == other[at + (shift <= 0) :]


def _place(form: str, folded: str) -> Span | None:
    start = folded.find(form)
    if not _LATIN.match(form):
        return Span(start, start + len(form)) if start >= 0 else None
    while start >= 0:
        end = start + len(form)
        plural = folded[end : end + 1] == "s" and not _LATIN.match(folded[end + 1 : end + 2])
        before = folded[start - 1 : start] if start else ""
        if not _LATIN.match(before) and (not _LATIN.match(folded[end : end + 1]) or plural):
            return Span(start, end)
        start = folded.find(form, start + 1)
    return None


def _last(form: str, folded: str) -> Span:
    start = folded.rfind(form) if not _LATIN.match(form) else -1
    return Span(start, start + len(form))


@dataclass(frozen=True)
class Named:
    """A name found in the text: where, and by which folded forms the corpus knows its bearer."""

    span: Span
    entity: str
    forms: frozenset[str]


def concepts(
    text: str, names: Iterable[Named], numbers: Iterable[Span], whens: Iterable[Span] = ()
) -> tuple[Concept, ...]:
    """Return what `text` speaks of, each thing once, in reading order.

    `names` come first, then titles, words of the lexicon, and the other words that are no function words. What lies in
    `numbers` is left to be compared as quantities; each of `whens`, times that no calendar tells, is one thing.
    """
    folded = respell(fold(text))
    found: list[Concept] = []
    taken = sorted(numbers)
    for name in sorted(names, key=lambda n: (n.span.start, -n.span.end)):
        if not any(name.span.overlaps(span) for span in taken):
            taken.append(name.span)
            found.append(Concept(name.forms, name.entity, named=True, span=name.span))
    titles = [(Span(*match.span(1)), True) for match in _TITLE.finditer(folded)]
    for span, named in (*titles, *((span, False) for span in whens)):
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            found.append(Concept(frozenset({folded[span.start : span.end]}), named=named, span=span))
    for span in _listed(folded):
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            found.append(_of_lexicon(folded, span))
    found += [_other(text, word, start) for start, word in rest(folded, taken)]
    found.sort(key=lambda concept: concept.span)
    return tuple(dict.fromkeys(_with_glosses(folded, found)))[:_MOST]


def _with_glosses(folded: str, found: Sequence[Concept]) -> Iterator[Concept]:
    """Yield the concepts with what a bracket calls them as another of their forms: 晶圓廠（TerraFab）."""
    held: Concept | None = None
    for concept in found:
        between = folded[held.span.end : concept.span.start].strip() if held else ""
        if held and between in ("(", "（") and folded[concept.span.end :].lstrip()[:1] in (")", "）"):
            held = _called(held, concept)
            continue
        if held:
            yield held
        held = concept
    if held:
        yield held


def _of_lexicon(folded: str, span: Span) -> Concept:
    word = folded[span.start : span.end]
    sense = senses()[word]
    lengths = [len(form) for form in sense.same if not _LATIN.match(form) and not _LATIN.match(word)]
    usual = round(sum(lengths) / len(lengths)) if lengths else 0
    near = sense.near | {word[0]} if _completed(word) else sense.near
    return Concept(sense.same, near=near, contrary=sense.contrary, span=span, usual=usual)


def _other(text: str, word: str, start: int) -> Concept:
    """Return a word that no lexicon knows: in Latin letters it is a name if it is written like one."""
    written = text[start : start + len(word)]
    opens = start == 0 and written[1:].islower()
    named = bool(_LATIN.match(word)) and not opens and (written != word or any(c.isdigit() for c in word))
    near = frozenset({word[0]}) if _completed(word) else _NONE
    return Concept(frozenset({word}), near=near, named=named, span=Span(start, start + len(word)))


def _completed(word: str) -> bool:
    """Tell whether a word is a verb of one character and how it ends: 烧掉, 卖光."""
    completed = len(word) == len("烧掉") and word[1] in read("stance.toml")["idle"]["complements"]
    return completed and part_of_speech(word[0])[:1] == "v"


def _listed(folded: str) -> Iterator[Span]:
    """Yield the words of `folded` that the lexicon knows, the longest at each place, from left to right."""
    known, lengths = senses(), _lengths()
    at = 0
    while at < len(folded):
        for length in lengths.get(folded[at], ()):
            if at + length <= len(folded) and folded[at : at + length] in known and _bounded(folded, at, at + length):
                yield Span(at, at + length)
                at += length
                break
        else:
            at += 1


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """Return how long the listed words are that begin with each character, the longest first."""
    found: dict[str, set[int]] = {}
    for word in senses():
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _bounded(folded: str, start: int, end: int) -> bool:
    """Tell whether a Latin word begins and ends here; Han words may stand anywhere."""
    left = start > 0 and _LATIN.match(folded[start]) and _LATIN.match(folded[start - 1])
    right = _LATIN.match(folded[end - 1]) and _LATIN.match(folded[end : end + 1])
    return not (left or right)


def rest(folded: str, taken: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """Yield the words of `folded` outside `taken` that say something, with where they start."""
    left = list(folded)
    for span in (*taken, *Clauses(folded).comparisons):
        left[span.start : span.end] = " " * (span.end - span.start)  # or words would be cut across their edges
    for match in _TOKEN.finditer("".join(left)):
        for start, word in _segments(match[0], match.start()):
            if not _says_nothing(word):
                yield start, word


def _says_nothing(word: str) -> bool:
    words, characters = _idle()
    if word in words or not characters.isdisjoint(word) or len(word) < _SHORTEST:
        return True
    if word.isascii():
        return False
    kind = part_of_speech(word)
    guessed = not kind and len(word) == len("前跌") and not joining().isdisjoint(word)  # cut across two words
    if guessed and word[0] == "每":
        return False
    return guessed or kind[:1] in _FUNCTION


def _segments(token: str, start: int) -> Iterator[tuple[int, str]]:
    if _LATIN.match(token):
        yield start, token
        return
    alone: list[tuple[int, str]] = []  # characters on their own, of which two make a word no dictionary has: 并网
    at = start
    for word in cut(token):
        if len(word) == 1 and word not in joining():
            alone.append((at, word))
        else:
            yield from _joined(alone)
            alone = []
            yield at, word
        at += len(word)
    yield from _joined(alone)


def _joined(alone: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    if len(alone) == len("并网"):
        yield alone[0][0], alone[0][1] + alone[1][1]


@cache
def joining() -> frozenset[str]:
    """Return the characters that stand between words and are no part of one."""
    return frozenset(fold(read("stance.toml")["idle"]["characters"])) | _idle()[1]


@cache
def _idle() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words and the characters that say nothing of what a text is about."""
    data, own = read("function_words.toml"), read("stance.toml")
    listed = [*data["words"], *data["latin"], *own["idle"]["words"], *own["deny"]["words"]]
    listed += [*own["asks"]["words"], *own["asks"]["whether"]]
    return frozenset(map(fold, listed)), frozenset(fold(data["characters"]))


def _called(one: Concept, other: Concept) -> Concept:
    """Return a thing with what it is called besides."""
    forms, near = one.forms | other.forms, one.near | other.near
    return replace(one, forms=forms, near=near, named=one.named or other.named, entity=one.entity or other.entity)
