"""Prose: a text with its folded form, and what numeral, unit or measure word stands at a place of it."""

from __future__ import annotations

from service.extraction.figures import numerals
from service.extraction.figures.magnitudes import ENGLISH_MAGNITUDES, ENGLISH_NUMBERS, word_at
from service.extraction.figures.numerals import Numeral, of_token
from service.extraction.figures.regions import Region
from service.extraction.figures.tokens import Kind
from service.extraction.figures.units import Match, match_classifier, match_unit, table
from service.model import Script

_FILLERS = ("多个", "个多", "个", "多")


class Prose:
    """A text as it is read for amounts.

    `limit` is where the block at hand ends: nothing that is found crosses it. `region` is where the text is from: it
    tells what a 斤 is. `text` has its letters and digits in their usual width.
    """

    __slots__ = ("folded", "limit", "region", "script", "text")

    def __init__(self, text: str, folded: str, script: Script, region: Region, limit: int | None = None) -> None:
        self.text, self.folded, self.script, self.region = text, folded, script, region
        self.limit = len(folded) if limit is None else limit

    def past_space(self, at: int) -> int:
        """Return the place behind the one space that may stand at `at`."""
        return at + 1 if self.folded[at : at + 1] == " " else at

    def numeral(self, start: int) -> Numeral | None:
        """Return the numeral that begins at `start`, or None."""
        numeral = numerals.scan(self.folded, start, self.script) or self._english(start)
        return numeral if numeral is not None and numeral.end <= self.limit else None

    def _english(self, start: int) -> Numeral | None:
        """Read an English number word, which counts only before a magnitude or a unit: one million, three years."""
        word = word_at(self.folded, start)
        value = ENGLISH_NUMBERS.get(word)
        if value is None or not self._english_goes_on(start + len(word) + 1):
            return None
        return of_token(start, start + len(word), value, Kind.ARABIC)

    def _english_goes_on(self, at: int) -> bool:
        """Tell whether a magnitude or unit stands at `at`, in small letters: Three Mile Island is a place."""
        if word_at(self.folded, at) in ENGLISH_MAGNITUDES:
            return True
        found = match_unit(self.text, self.folded, at) or match_classifier(self.folded, at)
        return found is not None and self.text[at : found.end].islower()

    def unit(self, at: int) -> Match | None:
        """Return the unit at `at`; 个 and 多 may stand before it: 三個多小時, 一個太瓦."""
        found = match_unit(self.text, self.folded, at)
        if found is None and self.folded[at : at + 1] in ("个", "多"):
            found = self._filled(at)
        return found if found is not None and found.end <= self.limit else None

    def _filled(self, at: int) -> Match | None:
        for filler in _FILLERS:
            if self.folded.startswith(filler, at):
                found = match_unit(self.text, self.folded, at + len(filler)) or self.month(filler, at)
                if found is not None and not found.unit.asks and not self._is_letter(at + len(filler), found.end):
                    return found
        return None

    def _is_letter(self, start: int, end: int) -> bool:
        """Tell whether all that stands there is one Latin letter: 一个 N names a thing."""
        return end - start == 1 and self.folded[start].isascii()

    def month(self, filler: str, at: int) -> Match | None:
        """Return the month that 月 behind a `filler` with 个 means."""
        after = at + len(filler)
        if "个" in filler and self.folded[after : after + 1] == "月":
            return Match(table().names["个月"], after + 1)
        return None

    def measure(self, at: int) -> Match | None:
        """Return the measure word at `at`; 多, 余 and, behind a round number, 来 may stand before it: 400 來人."""
        found = match_classifier(self.folded, at)
        filler = self.folded[at : at + 1]
        round_number = self.folded[max(at - 2, 0) : at].rstrip(" ").endswith("0")
        if found is None and (filler in ("多", "余") or (filler == "来" and round_number)):
            found = match_classifier(self.folded, at + 1)
        return found if found is not None and found.end <= self.limit else None

    def measured(self, at: int) -> bool:
        """Tell whether anything that measures or counts stands at `at`."""
        return match_unit(self.text, self.folded, at) is not None or match_classifier(self.folded, at) is not None
