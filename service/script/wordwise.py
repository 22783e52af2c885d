"""Where words begin and end, and what follows from it: a word decides how its own characters are written."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, starmap
from typing import Final

from service.model import Span
from service.script.conversion import convert
from service.script.folding import fold
from service.segmentation import cut

_APART: Final = "\x1e"  # OpenCC sees no phrase across it; no text to be converted holds it
_FARTHEST: Final = 8  # words on either side that a name may go on for
_SYLLABLES: Final = 3  # that are sure to be a foreign name


@dataclass(frozen=True)
class Words:
    """A text and its dictionary words."""

    text: str

    @cached_property
    def bounds(self) -> list[int]:
        """Return where words begin and end, in order.

        >>> Words("基金发行").bounds
        [0, 2, 4]
        """
        return list(accumulate(map(len, cut(fold(self.text), guess=False)), initial=0))

    @cached_property
    def _bounds(self) -> frozenset[int]:
        return frozenset(self.bounds)

    def begins_at(self, place: int) -> bool:
        """Tell whether a word begins there.

        >>> Words("由于小姐").begins_at(1)
        False
        """
        return place in self._bounds

    def cut_by(self, span: Span) -> bool:
        """Tell whether both ends of `span` lie within words.

        >>> Words("由于谦虚").cut_by(Span(1, 3)), Words("昨天于谦来").cut_by(Span(2, 4))
        (True, False)
        """
        return span.start not in self._bounds and span.end not in self._bounds

    def breaks(self, span: Span) -> bool:
        """Tell whether `span` tears words: it joins parts of two, or leaves of a longer one what is no word.

        >>> Words("参数组合").breaks(Span(1, 3)), Words("软件工程").breaks(Span(0, 2))
        (True, False)
        """
        if span.start in self._bounds and span.end in self._bounds:
            return False
        if any(bound in self._bounds for bound in range(span.start + 1, span.end)):
            return True
        before, after = bisect_right(self.bounds, span.start) - 1, bisect_left(self.bounds, span.end)
        rests = (self.text[self.bounds[before] : span.start], self.text[span.end : self.bounds[after]])
        return any(len(rest) > 1 and len(cut(fold(rest), guess=False)) > 1 for rest in rests)

    def run_around(self, place: int, characters: frozenset[str]) -> Span | None:
        """Return the words around `place` that are made of nothing but `characters`.

        Nothing where they are fewer than three characters that stand alone: two may meet by chance.

        >>> Words("科里森说").run_around(1, frozenset("科里森"))
        Span(start=0, end=3)
        """
        first = last = bisect_right(self.bounds, place) - 1
        lowest, highest = max(first - _FARTHEST, 0), min(last + _FARTHEST, len(self.bounds) - 1)
        while first > lowest and self._made_of(first - 1, characters):
            first -= 1
        while last < highest and self._made_of(last, characters):
            last += 1
        span = Span(self.bounds[first], self.bounds[last])
        length = span.end - span.start
        return span if span.start <= place < span.end and (length >= _SYLLABLES or length > last - first) else None

    def _made_of(self, number: int, characters: frozenset[str]) -> bool:
        return characters.issuperset(self.text[self.bounds[number] : self.bounds[number + 1]])

    def converted(self, config: str) -> str:
        """Return the text converted, as many characters as before, with no phrase found across the bounds of words.

        OpenCC takes the longest phrase it knows from the left, be it made of halves of words (金发 in 基金发行 becomes
        golden hair). Here a word of two or more characters is converted on its own; a single character is left to the
        phrases around it (几十|只|羊).

        >>> Words("基金发行").converted("s2tw"), convert("基金发行", "s2tw")
        ('基金發行', '基金髮行')
        """
        whole = convert(self.text, config)
        parts = map(self.text.__getitem__, starmap(slice, pairwise(self.bounds)))
        apart = convert(_APART.join(parts), config).replace(_APART, "")
        if not len(self.text) == len(whole) == len(apart):
            return whole if len(self.text) == len(whole) else self.text
        chosen = list(apart)
        for place, (one, other) in enumerate(zip(apart, whole, strict=True)):
            if one != other and self._stands_alone(place):
                chosen[place] = other
        return "".join(chosen)

    def _stands_alone(self, place: int) -> bool:
        return place in self._bounds and place + 1 in self._bounds
