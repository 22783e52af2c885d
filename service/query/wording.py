"""What two texts both say, in words a reader can take in: index terms joined again to the words they came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

_PLACES = 2  # of each shared term: a word that both texts share soon stands where one of its terms does
_LONGEST = 12  # characters of a word; what is longer is a quotation


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as written and as folded: both of one length."""

    text: str
    folded: str

    def shared_with(self, other: str, weights: Mapping[str, float], names: Collection[str], most: int) -> list[str]:
        """Return words of this text that the folded text `other` holds too, the weightiest first, as written here.

        `weights` are those of the shared terms. What is part of one of the folded `names` is left out.

        >>> start = Wording("港口的資料中心", "港口的资料中心")
        >>> start.shared_with("资料中心", {"资料": 1.0, "料中": 1.0, "中心": 1.0}, (), 3)
        ['資料中心']
        """
        found: dict[str, tuple[float, int]] = {}
        for begin, end in self._runs(weights):
            for start, stop in _held(self.folded, begin, end, other):
                word = self.folded[start:stop]
                if word not in found and not any(word in name for name in names):
                    found[word] = (-sum(weight for term, weight in weights.items() if term in word), start)
        best = sorted(found, key=lambda word: (found[word], word))
        whole = [word for n, word in enumerate(best) if not any(word in earlier for earlier in best[:n])][:most]
        return [self.text[found[word][1] : found[word][1] + len(word)] for word in whole]

    def _runs(self, terms: Collection[str]) -> Iterator[tuple[int, int]]:
        """Yield the stretches of text that overlapping terms cover around the first places of each."""
        for term in terms:
            for start, end in islice(self._places(term), _PLACES):
                yield (start, end) if term.isascii() else self._grown(start, end, terms)

    def _grown(self, start: int, end: int, terms: Collection[str]) -> tuple[int, int]:
        """Return a stretch as far as terms of two characters go on overlapping it."""
        folded = self.folded
        while start and end - start < _LONGEST and folded[start - 1 : start + 1] in terms:
            start -= 1
        while end < len(folded) and end - start < _LONGEST and folded[end - 1 : end + 1] in terms:
            end += 1
        return start, end

    def _places(self, term: str) -> Iterator[tuple[int, int]]:
        start = self.folded.find(term)
        while start >= 0:
            if _stands_alone(self.folded, start, start + len(term)):
                yield start, start + len(term)
            start = self.folded.find(term, start + 1)


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Tell whether a Latin term is a whole word there; two characters of Chinese always are."""
    if not folded[start:end].isascii():
        return True
    around = folded[max(start - 1, 0) : start] + folded[end : end + 1]
    return not any(character.isascii() and character.isalnum() for character in around)


def _held(folded: str, begin: int, end: int, other: str) -> Iterator[tuple[int, int]]:
    """Yield the longest parts of a stretch, from left to right, that `other` holds too: two characters or more.

    A Latin word is not cut.
    """
    if folded[begin:end].isascii():
        if folded[begin:end] in other:
            yield begin, end
        return
    start = begin
    while start < end - 1:
        stop = next((stop for stop in range(end, start + 1, -1) if folded[start:stop] in other), start + 1)
        if stop > start + 1:
            yield start, stop
        start = stop
