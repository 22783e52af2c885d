"""Made-up people, businesses and places, of the shapes that names have: contexts are to be learnt, and no name."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from service.lexicon.name_cues import cues, folded_cues
from service.lexicon.names import shipped
from service.model import EntityKind

_SYLLABLES: Final = (
    *("ka", "zor", "bel", "tin", "mar", "vex", "quo", "lun", "dra", "phi", "ser", "nol", "gar"),
    *("wyn", "tes", "ori", "bra", "cel", "mon", "tal", "ren", "dis", "far", "hal", "kos", "lin"),
)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))


@cache
def pool(name: str) -> tuple[str, ...]:
    """Return the list `name` of ``names.toml``: its entries, or its characters."""
    entry = _table()[name]
    return tuple("".join(entry.split())) if isinstance(entry, str) else tuple(entry)


@cache
def _sounds() -> tuple[str, ...]:
    return tuple(sorted(folded_cues("transliteration")))


@cache
def _given() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(sorted(folded_cues("given_characters"))), tuple(sorted(folded_cues("given_characters_too")))


@cache
def _common() -> tuple[str, ...]:
    return tuple(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
    )


@cache
def known_firms() -> tuple[str, ...]:
    """Return the Chinese names of the businesses that the lexicon knows."""
    names = {
        name
        for entry in shipped().entries.values()
        if entry.kind is EntityKind.COMPANY
        for name in entry.hant
        if all("\u4e00" <= character <= "\u9fff" for character in name)
    }
    return tuple(sorted(names))


def surname(draw: random.Random) -> str:
    """Return a family name, the rare ones as often as the common."""
    chance = draw.random()
    if chance < 0.3:
        return draw.choice(_common())
    return draw.choice(pool("surnames")) if chance < 0.88 else draw.choice(pool("compound_surnames"))


def given(draw: random.Random, length: int) -> str:
    """Return a given name of `length` characters."""
    usual, unusual = _given()
    return "".join(draw.choice(usual if draw.random() < 0.8 else unusual) for _ in range(length))


def chinese(draw: random.Random) -> tuple[str, str]:
    """Return a Chinese name: family name and given name."""
    family = surname(draw)
    if draw.random() < 0.04:
        family = draw.choice(_common()) + draw.choice(_common()) if draw.random() < 0.6 else family + "氏"
    return family, given(draw, 1 if draw.random() < 0.25 else 2)


def japanese(draw: random.Random) -> tuple[str, str]:
    return draw.choice(pool("japanese_surnames")), draw.choice(pool("japanese_given"))


def korean(draw: random.Random) -> tuple[str, str]:
    return draw.choice(pool("korean_surnames")), "".join(draw.choices(pool("korean_given"), k=2))


def sounds(draw: random.Random, least: int = 2, most: int = 4) -> str:
    """Return a foreign name as Chinese sounds."""
    return "".join(draw.choices(_sounds(), k=draw.randint(least, most)))


def foreign(draw: random.Random) -> tuple[str, ...]:
    """Return the parts of a foreign name that a point parts."""
    if draw.random() < 0.25:
        return tuple(draw.choices(pool("minority_parts" if draw.random() < 0.75 else "formosan_parts"), k=2))
    parts = [sounds(draw, 1 if draw.random() < 0.1 else 2) for _ in range(3 if draw.random() < 0.12 else 2)]
    if draw.random() < 0.15:
        parts[-1] += "-" + sounds(draw, 1, 3)
    elif draw.random() < 0.1:
        parts[0] += "-" + sounds(draw, 1, 2)
    return tuple(parts)


def latin_person(draw: random.Random) -> tuple[str, str]:
    """Return a Latin name: given name and family name."""
    first = draw.choice(cues("given_names")) if draw.random() < 0.5 else draw.choice(pool("latin_given"))
    if draw.random() < 0.15:
        first = "".join(draw.choices(_SYLLABLES, k=2)).title()
    last = draw.choice(pool("latin_surnames")) if draw.random() < 0.6 else made_up_word(draw)
    return first, last


def made_up_word(draw: random.Random) -> str:
    return "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 3))).title()


def stem(draw: random.Random) -> str:
    """Return what a business may call itself, without its trade."""
    chance = draw.random()
    if chance < 0.5:
        return "".join(draw.choices(pool("firm_characters"), k=draw.choices((2, 3, 4), (80, 17, 3))[0]))
    if chance < 0.7:
        return draw.choice(pool("firm_words"))
    if chance < 0.8:
        return sounds(draw, 2, 4)
    if chance < 0.87:
        return given(draw, 2)
    known = draw.choice(known_firms())
    return known if len(known) <= 4 else known[:2]


def latin_firm(draw: random.Random) -> str:
    """Return a Latin name of a business."""
    chance = draw.random()
    word = _firm_word(draw)
    if chance < 0.25:
        return word
    if chance < 0.5:
        return f"{word} {_firm_word(draw)}"
    if chance < 0.6:
        return f"{draw.choice(pool('latin_surnames')).split()[-1]} & {draw.choice(pool('latin_surnames')).split()[-1]}"
    if chance < 0.65:
        return word + _firm_word(draw)
    if chance < 0.7:
        return word.lower() + _firm_word(draw).lower()
    middle = f" {_firm_word(draw)}" if draw.random() < 0.2 else ""
    return f"{word}{middle} {draw.choice(pool('latin_firm_endings'))}"


def _firm_word(draw: random.Random) -> str:
    chance = draw.random()
    if chance < 0.5:
        return draw.choice(pool("latin_firm_words"))
    return made_up_word(draw) if chance < 0.8 else draw.choice(pool("latin_surnames")).split()[-1]


def ending(draw: random.Random) -> str:
    """Return what a business's name ends in: its trade, a legal form, what kind of shop it is."""
    chance = draw.random()
    if chance < 0.62:
        return draw.choice(pool("firm_endings"))
    if chance < 0.72:
        return draw.choice(pool("firm_endings")) + draw.choice(pool("legal_endings"))
    return draw.choice(pool("legal_endings")) if chance < 0.82 else draw.choice(pool("shop_endings"))


def place(draw: random.Random) -> str:
    """Return a place."""
    return "".join(draw.choices(pool("firm_characters"), k=2)) + draw.choice(pool("place_endings"))


@cache
def endings() -> tuple[str, ...]:
    """Return all endings of businesses' names, the longer first."""
    every = {*pool("firm_endings"), *pool("legal_endings"), *pool("shop_endings")}
    every |= {name + legal for name in pool("firm_endings") for legal in pool("legal_endings")}
    return tuple(sorted(every, key=lambda word: (-len(word), word)))
