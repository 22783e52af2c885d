"""Topics: what a sentence or clause speaks of, where that decides what a number in it is: money, warmth, area."""

from __future__ import annotations

import re
from functools import cache

from service import lexicon
from service.script import fold

_PAYMENT_GAP = 6
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")


@cache
def _words(section: str, key: str) -> re.Pattern[str]:
    """Return the pattern of a list of words of the lexicon, which may hold sets of characters."""
    words = sorted(map(fold, lexicon.read("numbers.toml")[section][key]), key=len, reverse=True)
    return re.compile("|".join(words))


def is_about_money(sentence: str) -> bool:
    """Tell whether a folded sentence speaks of money."""
    return _words("money", "cues").search(sentence) is not None


def is_payment(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare number, can only go on with money: 年薪, 房贷."""
    return any(len(clause) - found.end() <= _PAYMENT_GAP for found in _words("money", "payments").finditer(clause))


def is_paid(clause: str) -> bool:
    """Tell whether a folded clause ends like `is_payment` asks, and counts nothing behind that word: 营收带动用户."""
    ends = [found.end() for found in _words("money", "payments").finditer(clause)]
    return bool(ends) and len(clause) - ends[-1] <= _PAYMENT_GAP and not counts_something(clause[ends[-1] :])


def is_price(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare number, ends in the name of a price.

    >>> is_price("昨天的收盘价 "), is_price("现价的说明共"), is_price("人力成本比")
    (True, False, False)
    """
    clause = clause.removesuffix(" ")
    return any(found.end() == len(clause) for found in _words("money", "prices").finditer(clause))


def goes_on(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare number, is about part of what was said just before: 其中, 剩下."""
    return _words("money", "goes_on").search(clause) is not None


def currencies_of_places(clause: str) -> frozenset[str]:
    """Return the currencies of the places that a folded clause names: CNY for 内地.

    >>> currencies_of_places("北美票房只有")
    frozenset({'USD'})
    """
    return frozenset(code for word, code in _places() if word in clause)


@cache
def _places() -> tuple[tuple[str, str], ...]:
    listed = lexicon.read("numbers.toml")["money"]["places"]
    return tuple((fold(word), code) for code, words in listed.items() for word in words)


def counts_something(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare number, speaks of what is counted in heads or pieces."""
    return _words("money", "counts").search(clause) is not None


def is_each(clause: str, rest: str) -> bool:
    """Tell whether a folded clause, which a bare number parts from its `rest`, is of each day and not of money."""
    return _words("money", "each").search(clause) is not None and not is_about_money(clause + rest)


def is_spending(clause: str) -> bool:
    """Tell whether a folded clause, up to a number of 块, makes it money."""
    return _words("money", "spending").search(clause) is not None


def topic_of_degrees(before: str) -> str | None:
    """Return what a number of 度 is of, by the last word for it in the text before: warmth, electricity, angles."""
    last = (-1, "")
    for topic in ("warmth", "electricity", "angles"):
        for found in _words("degrees", topic).finditer(before):
            last = max(last, (found.end(), topic))
    return last[1] or None


def is_of(topic: str, before: str) -> bool:
    """Tell whether a folded sentence, up to a number of 码, 厘 or 方, speaks of `topic`: interest, yield, volume."""
    return _words("degrees", topic).search(before) is not None


def ends_in(topic: str, before: str) -> bool:
    """Tell whether a folded clause, up to a number of 日, ends in a word of `topic`."""
    return any(len(before) - found.end() <= 1 for found in _words("degrees", topic).finditer(before))


def is_money_noun(folded: str, at: int) -> bool:
    """Tell whether a word for some kind of money stands at `at`, which makes it one: 一千万现金, 两亿的预算."""
    at += folded[at : at + 1] in (" ", "的")
    return _words("money", "nouns").match(folded, at) is not None


def is_bought(folded: str, at: int) -> bool:
    """Tell whether a word for what is done with money alone stands at `at`: 五百万买下, 三亿收购."""
    return _words("money", "bought").match(folded, at + (folded[at : at + 1] == " ")) is not None


def is_table_unit(clause: str) -> bool:
    """Tell whether a folded clause, up to a bare magnitude, makes it the unit of a table: 单位：百万元."""
    return clause.rstrip(" :：(（为").endswith(_table_words())


@cache
def _table_words() -> tuple[str, ...]:
    return tuple(map(fold, lexicon.read("numbers.toml")["table"]["words"]))


def may_follow_money(folded: str, at: int) -> bool:
    """Tell whether what stands at `at` lets a bare number before it be an amount whose currency was just named."""
    follows = folded[at : at + 1]
    if follows == " ":  # a noun may stand behind a space: 1 万 star
        at += 1
        follows = folded[at : at + 1]
        if not follows.isalnum():
            return True
    if not follows or follows.isspace() or follows in _follows():
        return True
    return _words("money", "follows_words").match(folded, at) is not None


@cache
def _follows() -> frozenset[str]:
    written = lexicon.read("numbers.toml")["money"]["follows"]
    return frozenset(written + fold(written))  # full-width commas stay as they are


def is_of_pieces(before: str) -> bool:
    """Tell whether a folded sentence, up to a number of 块, speaks of what comes in pieces and not of money."""
    spoken = _SENTENCE_END.split(before)[-1]
    return _words("money", "pieces").search(spoken) is not None and not is_spending(spoken)


def is_dealt(folded: str, at: int) -> bool:
    """Tell whether a word for what is done with money, or a price each, stands at `at`: 九块一斤, 一千块买的."""
    return _words("money", "dealt").match(folded, at) is not None
