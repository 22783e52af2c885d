"""A sentence with other names in the places of its own: one passage teaches as many as are wanted.

A person named again by part of the name (`冼靜儀`, `冼師傅`) is given the same part of the new one.
"""

from __future__ import annotations

import random
import re

from bench.name_model import invented
from bench.name_model.marked import Part, Sentence
from service.lexicon.name_cues import folded_cues
from service.lexicon.name_folding import fold_name

_HAN = re.compile("[\u3400-\u9fff]")
_POINT = re.compile("[·．‧・•]")
_PLACES = 0.6  # of places are changed too
_WORKS = 0.5  # and of products with a Latin name


def changed(sentence: Sentence, draw: random.Random) -> Sentence:
    """Return `sentence` with made-up names for those of its people and businesses, and of most of its places."""
    new: dict[str, str] = {}
    for part in sorted(sentence, key=lambda part: -len(part.text)):  # the full names first
        if part.kind and part.text not in new:
            new[part.text] = _other(part, new, draw)
    return tuple(Part(new[part.text], part.kind) if part.kind else part for part in sentence)


def _other(part: Part, known: dict[str, str], draw: random.Random) -> str:
    if part.kind == "P":
        return _person(part.text, known, draw)
    if part.kind == "O":
        return _firm(part.text, known, draw)
    if part.kind == "G" and draw.random() < _PLACES:
        return _place(part.text, draw)
    if part.kind == "W" and part.text.isascii() and part.text.isalpha() and draw.random() < _WORKS:
        return invented.made_up_word(draw)
    return part.text


def _place(name: str, draw: random.Random) -> str:
    """Return another place: one that ends as this one does, or a foreign one where this is."""
    if set(fold_name(name)) <= folded_cues("transliteration"):
        return invented.sounds(draw, 2, 5)
    if len(name) > 4 or draw.random() < 0.5:
        return invented.place(draw)
    return "".join(draw.choices(invented.pool("firm_characters"), k=2)) + name[-1]


def _person(name: str, known: dict[str, str], draw: random.Random) -> str:
    if "\0" + name in known:
        return known["\0" + name]
    folded = fold_name(name)
    if _POINT.search(folded) and _HAN.search(name):
        return _remember(name, invented.foreign(draw), known, _POINT.search(name)[0])  # type: ignore[index]
    if not _HAN.search(name):
        return _latin(name, known, draw)
    return _han(name, folded, known, draw)


def _remember(name: str, new: tuple[str, ...], known: dict[str, str], joint: str) -> str:
    parts = re.split("[·．‧・• ]", name)
    for left, right in ((parts[0], new[0]), (parts[-1], new[-1])):
        known.setdefault("\0" + left, right)
    return joint.join(new)


def _latin(name: str, known: dict[str, str], draw: random.Random) -> str:
    first, last = invented.latin_person(draw)
    words = name.split(" ")
    if len(words) == 1:
        return first if draw.random() < 0.7 else last
    known.setdefault("\0" + words[0], first)
    known.setdefault("\0" + words[-1], last)
    middle = f" {draw.choice('ABCDEFGHJKLMRSTW')}." if len(words) > 2 and "." in words[1] else ""
    return f"{first}{middle} {last}"


def _han(name: str, folded: str, known: dict[str, str], draw: random.Random) -> str:
    if len(name) == 1:
        return invented.surname(draw)
    title = next(
        (end for end in sorted(invented.pool("nickname_endings"), key=len, reverse=True) if folded.endswith(end)), ""
    )
    if title and 1 <= len(name) - len(title) <= 2 and len(name) <= 5:
        return _titled(name, len(title), known, draw)
    if len(name) == 2 and folded[0] in invented.pool("nicknames"):
        return name[0] + (invented.surname(draw)[0] if draw.random() < 0.4 else invented.given(draw, 1))
    family = _family(folded)
    if family:
        return _full(name, family, known, draw)
    if len(name) == 2 and draw.random() < 0.6:
        return draw.choice(invented.pool("pen_names")) if draw.random() < 0.3 else invented.given(draw, 2)
    return invented.sounds(draw, 2, 5) if draw.random() < 0.7 else "".join(invented.japanese(draw))


def _titled(name: str, length: int, known: dict[str, str], draw: random.Random) -> str:
    own = name[:-length]
    new = known.get("\0" + own) or (invented.surname(draw) if draw.random() < 0.7 else invented.given(draw, len(own)))
    return new + name[-length:]


def _family(folded: str) -> str:
    doubles = (*invented.pool("compound_surnames"), *invented.pool("japanese_surnames"))
    double = [
        family for family in doubles if len(family) > 1 and folded.startswith(family) and len(folded) > len(family)
    ]
    if double:
        return max(double, key=len)
    known = folded_cues("surnames", "surnames_too")
    return folded[0] if 2 <= len(folded) <= 4 and (folded[0] in invented.pool("surnames") or folded[0] in known) else ""


def _full(name: str, family: str, known: dict[str, str], draw: random.Random) -> str:
    chance = draw.random()
    if chance < 0.09:
        return _remember(name, invented.foreign(draw), known, draw.choice("·．‧·"))
    if chance < 0.14:
        first, last = invented.latin_person(draw)
        known.setdefault("\0" + name[: len(family)], last)
        return f"{first} {last}"
    maker = invented.japanese if chance < 0.22 else invented.korean if chance < 0.25 else invented.chinese
    new = maker(draw)
    if maker is invented.chinese and len(new[1]) != len(name) - len(family) and draw.random() < 0.5:
        new = new[0], invented.given(draw, min(max(len(name) - len(family), 1), 2))
    known.setdefault("\0" + name[: len(family)], new[0])
    known.setdefault("\0" + name[len(family) :], new[1])
    return "".join(new)


def _firm(name: str, known: dict[str, str], draw: random.Random) -> str:
    if "\0" + name in known:
        return known["\0" + name]
    if not _HAN.search(name):
        return invented.latin_firm(draw) if draw.random() < 0.85 else invented.stem(draw) + invented.ending(draw)
    folded = fold_name(name)
    last = next((end for end in invented.endings() if folded.endswith(end) and len(name) - len(end) >= 2), "")
    if not last and len(name) > 3:  # a trade that no list has: 金沙理髮室
        last = name[2:]
    own = name[: len(name) - len(last)]
    new = known.get("\0" + own) or invented.stem(draw)
    if draw.random() < 0.06 and "\0" + own not in known:
        return invented.latin_firm(draw)
    known.setdefault("\0" + own, new)
    for length in range(2, len(own)):
        known.setdefault("\0" + name[:length], new)
    if not last:
        return new if draw.random() < 0.85 else new + invented.ending(draw)
    return new + (name[len(name) - len(last) :] if draw.random() < 0.5 else invented.ending(draw))
