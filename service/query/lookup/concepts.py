"""What a text speaks of, apart from its numbers: names, words of the lexicon, and the other words.

Each concept is one thing with all the forms that name it, so that a sentence in the other script, with the words of
another region or in English, can hold the same concepts without sharing a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from service.lexicon import read
from service.lexicon.spelling import respell
from service.model import Span
from service.query.lookup.clauses import Clauses
from service.query.lookup.concept import Concept
from service.query.lookup.periods import names_of_period
from service.query.lookup.vocabulary import senses
from service.script import fold
from service.segmentation import cut, part_of_speech

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(rf"[{_HAN}]+|(?<![a-z0-9])[a-z][a-z0-9+#-]*")
_TITLE = re.compile(r"《([^《》\n]{2,20})》")
_LATIN = re.compile(r"[a-z0-9]")
_SHORTEST: Final = 2  # characters of a word that says something
_MOST: Final = 40  # things a text is taken to speak of
# Parts of speech of the segmenter's dictionary that only hold a sentence together: conjunctions, adverbs, numerals,
# prepositions, classifiers, pronouns, particles, interjections.
_FUNCTION: Final = frozenset("cdmpqrueyo")

_NONE: frozenset[str] = frozenset()


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
            word = folded[span.start : span.end]
            found.append(Concept(frozenset({word}) | names_of_period(word), named=named, span=span))
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
    for start in [at for at in range(len(folded)) if folded[at : at + 2] in lengths or folded[at] in lengths]:
        if start < at:  # within a word
            continue
        for length in lengths.get(folded[start : start + 2]) or lengths[folded[start]]:
            end = start + length
            if end <= len(folded) and folded[start:end] in known and _bounded(folded, start, end):
                yield Span(start, end)
                at = end
                break


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """Return how long the listed words are that begin with each two characters, the longest first.

    And for each word of one character that it is that long, whatever stands behind it.
    """
    found: dict[str, set[int]] = {}
    for word in senses():
        found.setdefault(word[:2], set()).add(len(word))
    alone = {word for word in found if len(word) == 1}
    for pair, lengths in found.items():
        lengths.update({1} if pair[0] in alone else ())
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
            yield _trimmed(at, word)
        at += len(word)
    yield from _joined(alone)


def _trimmed(at: int, word: str) -> tuple[int, str]:
    """Return a word without what joins it, where it was only guessed and they were taken for one: 晋商为.

    >>> _trimmed(3, "晋商为")
    (3, '晋商')
    """
    if len(word) < len("晋商为") or part_of_speech(word):
        return at, word
    before, behind = read("stance.toml")["idle"]["edges"]
    kept = word.lstrip(before)
    return at + len(word) - len(kept), kept.rstrip(behind)


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
