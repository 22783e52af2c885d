"""Candidates: where in a text a figure may begin.

Most numerals of a text are part of a word (参考, 数据), or count nothing (一下, 版本 2). One pattern over the whole
text tells by the characters beside a numeral whether a unit, measure word, magnitude or range can follow; all others
are never looked at again. What it lets pass is read in earnest, and need not be a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from service.extraction.figures.digits import MULTIPLIERS, NUMERAL_CHARACTERS
from service.extraction.figures.doubts import COUNTS_OF
from service.extraction.figures.magnitudes import ENGLISH_MAGNITUDES, LETTER_MAGNITUDES
from service.extraction.figures.scanner import CAPITAL, PIECES
from service.extraction.figures.units import LETTERS, Unit, table
from service.script import fold

_LATIN = f"[{LETTERS}]"
_GOES_ON = "".join(sorted(set(NUMERAL_CHARACTERS) - set("几数0123456789")))  # what may follow a digit in a numeral
_OPENS = f"[{NUMERAL_CHARACTERS}半负\\-−a-z]"
_RANGE = f"(?:甚至到?|--?|[到至–—~−与和跟及、]) ?{_OPENS}"
_FILLER = "(?:多个|个多|个|多)"
_COUNTED = ("count", "calendar")
_NAME = r"a-z_#@\\^="  # before a digit, these make it part of a name: GB300, #3
_ENGLISH = (
    r"(?<=[a-z])(?<![a-z][a-z])"
    r"(?:(?<=o)ne|(?<=t)(?:wo|hree|en)|(?<=f)(?:our|ive)|(?<=s)(?:ix|even)|(?<=e)ight|(?<=n)ine)(?= [a-z])"
)
_MINUS = f"(?<=[-−])(?<![^\\s(（:：，。、][-−])(?=[{NUMERAL_CHARACTERS}])"


def candidates(folded: str) -> Iterator[int]:
    """Yield the places of folded text where the number of a figure may begin, left to right.

    >>> list(candidates("参考一下第 2 版，共 3 册，重五克"))
    [12, 18]
    """
    words, heads = _latin_words()
    for found in _pattern().finditer(folded):
        word = found[1]
        if word is None or word in words or word.startswith(heads):
            yield found.start()


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a candidate; its group is the Latin word behind an Arabic number, which may be a unit.

    The first character is a set, which the engine scans for: what else must hold is checked behind it.
    """
    parts = (_ENGLISH, _arabic(), _one(), _several(), _nothing(), *_open(), _half(), _multiplier(), _MINUS)
    return re.compile(f"[{NUMERAL_CHARACTERS}半负\\-−otfsen](?:{'|'.join(parts)})")


def _arabic() -> str:
    """Return what must follow an Arabic digit: a unit or magnitude behind the number, or a currency before it."""
    units = table()
    number = r"[0-9,.]*+"
    counted = f"(?<=[0-9]) {{0,2}}+(?=[{_follows()}来+/]|{_RANGE})"
    latin = f"(?<=[0-9]) ?(?=({_LATIN}{{1,16}}+))"
    signs = re.escape("".join(sorted(c for c in units.last_before if not c.isalpha() or not c.isascii())))
    ends = re.escape("".join(sorted(units.last_before)))
    codes = {fold(name) for name in units.before if name.isascii() and name.isalpha()}
    # A currency stands before it, or a price: 现价, 成本.
    paid = f"(?<=[{signs}价本][0-9])|(?<=[{ends}价本] [0-9])" + "".join(f"|(?<={code}[0-9])" for code in sorted(codes))
    return (
        f"(?<=[0-9])(?:(?:{paid}){number}|(?<![{_NAME}0-9][0-9])(?<![0-9][.,:][0-9]){number}(?:{counted}|{latin})"
        f"|(?<=[{_NAME}][0-9]){number}{counted})"
    )


def _follows() -> str:
    """Return the characters, Latin ones aside, that may follow the number of a figure: of units and measure words."""
    units = table()
    heads = {*units.name_lengths, *units.classifier_lengths, *units.noun_lengths, *_GOES_ON, *"多余个点分京"}
    return re.escape("".join(sorted(heads - set(LETTERS))))


def _several() -> str:
    """Return what must follow a digit from two on, alone or as the first of many."""
    return f"(?<=[二三四五六七八九两]) ?(?=[{_follows()}{LETTERS}]|{_RANGE})"


def _multiplier() -> str:
    ends = re.escape("".join(sorted(table().last_before)))
    paid = f"(?<=[{ends}][十拾廿卅卌])|(?<=[{ends}] [十拾廿卅卌])"
    return f"(?<=[{MULTIPLIERS}])(?: ?(?=[{_follows()}来+几数{LETTERS}]|{_RANGE})|{paid})"


def _one() -> str:
    """Return what must follow 一: more than a measure word, which it only points with, unless a range or 半 follows.

    A year is more than pointed at where months are added to it: 一年零三个月.
    """
    counted = [name for name, unit in table().names.items() if unit.kind in _COUNTED]
    heads = {*(name[0] for name in counted), *table().classifier_lengths, *table().noun_lengths, *"多余个"}
    ranged = f"[{re.escape(''.join(sorted(heads)))}].{{0,8}}?(?:半|{_RANGE})"
    return f"(?<=一) ?(?={_measured()}|{ranged}|年[零又]?[{NUMERAL_CHARACTERS}]{{1,2}}个月)"


def _nothing() -> str:
    """Return what must follow 零 and the formal digits: what counts in pieces never does (零件, 参加)."""
    return f"(?<=[零〇○壹贰叁参肆伍陆柒捌玖]) ?(?={_measured()})|(?<=零)(?=[家例位名人次个])"


def _measured() -> str:
    """Return the beginnings of a longer numeral, of a fraction, of a range, and of what measures rather than counts."""
    names = _beginnings(unit_names(table().names.items(), without=_COUNTED))
    return f"[{_GOES_ON}点{LETTERS}]|分之|{_RANGE}|{_FILLER}?(?:{names})|{_FILLER}{_LATIN}{{2}}|{PIECES}|{CAPITAL}"


def _open() -> tuple[str, ...]:
    some = "十百千万亿兆拾佰仟"
    return (
        f"(?<=几)(?=[{some}])",
        f"(?<=数)(?<![{''.join(sorted(COUNTS_OF))}]数)(?=[{some}])",
        (f"(?<=负)(?= ?[{NUMERAL_CHARACTERS}])"),
    )


def _half() -> str:
    names = _beginnings(unit_names(table().names.items(), without=("count", "money")))
    return f"(?<=半)(?={_LATIN}|{_FILLER}?(?:{names})|{_FILLER}月)"


def unit_names(units: Iterable[tuple[str, Unit]], without: tuple[str, ...]) -> list[str]:
    """Return the names of units but those of some kinds."""
    return [name for name, unit in units if unit.kind not in without]


def _beginnings(names: Iterable[str]) -> str:
    """Return a pattern that matches wherever one of `names` begins, and hardly anywhere else.

    A set for each of the first three characters is matched many times faster than hundreds of words.
    """
    patterns = []
    for length, longer in ((1, False), (2, False), (3, True)):
        alike = [name for name in names if len(name) == length or (longer and len(name) > length)]
        sets = ("".join(sorted({name[place] for name in alike})) for place in range(length))
        patterns += ["".join(f"[{re.escape(one)}]" for one in sets)] if alike else []
    return "|".join(patterns)


@cache
def _latin_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the first words of all that may follow an Arabic number in Latin letters, folded, and what is no word."""
    units = table()
    written = [*units.symbols, *units.words, *units.nouns, *ENGLISH_MAGNITUDES, *LETTER_MAGNITUDES]
    words = (re.match(f"{_LATIN}*", fold(one)) for one in written)
    heads = tuple(sorted(name for name in units.names if name[0] in LETTERS))
    return frozenset(word[0] for word in words if word is not None), heads
