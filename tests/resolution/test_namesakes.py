"""People of one name are not one person: what keeps them apart, and what must not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from service.model import EntityKind
from service.resolution import GlossSeen, NameSeen, Resolution, resolve
from service.resolution.groups import normal

PERSON = EntityKind.PERSON


def resolved(glosses: Iterable[tuple[str, str]], *others: tuple[str, str | None]) -> Resolution:
    """Return who is who where each gloss stands in a post of its own, as do the names `others` (name, key)."""
    pairs = list(enumerate(glosses))
    names = [NameSeen(PERSON, name, None, f"post {number}", 1) for number, pair in pairs for name in pair]
    names += [NameSeen(PERSON, name, key, "elsewhere", 1) for name, key in others]
    return resolve(names, [GlossSeen(PERSON, *pair, f"post {number}") for number, pair in pairs], [])


def owner(resolution: Resolution, name: str, key: str | None = None) -> str | None:
    return resolution.entity_of[PERSON, name, key]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("張育維", "Kevin Zhang"), ("張育維", "David Zhang")),  # one Chinese name, two Latin ones
        (("林佳穎", "Grace Lin"), ("林佳颖", "Joyce Lin")),  # in either script
        (("李偉", "Wei Li"), ("李薇", "Wei Li")),  # one Latin name, two Chinese ones
        (("陳志明", "Chih-Ming Chen"), ("陳志銘", "Chih-Ming Chen")),
        (("Alan Ho", "何亞倫"), ("Alan Ho", "賀艾倫")),  # the Latin name first
    ],
)
def test_glosses_that_conflict_merge_nobody(one: tuple[str, str], other: tuple[str, str]) -> None:
    resolution = resolved([one, other])
    shared = {normal(name) for name in one} & {normal(name) for name in other}
    told_apart = [name for name in (*one, *other) if normal(name) not in shared]
    others = [owner(resolution, name) for name in told_apart]
    assert len(set(others)) == len(told_apart) == 2
    assert {owner(resolution, name) for name in (*one, *other)} - set(others)


def test_three_namesakes_stay_three() -> None:
    resolution = resolved([("王俊傑", "Jay Wang"), ("王俊傑", "Eric Wang"), ("王俊傑", "Leo Wang")])
    assert len({owner(resolution, name) for name in ("Jay Wang", "Eric Wang", "Leo Wang", "王俊傑")}) == 4


@pytest.mark.parametrize(
    ("father", "son"),
    [
        (("蔡明義", "Frank Tsai"), ("蔡承翰", "Frank Tsai Jr.")),
        (("John Abernathy", "約翰．阿伯內西"), ("John Abernathy Jr.", "小約翰．阿伯內西")),
        (("高天佑", "T.Y. Kao"), ("高天成", "T.C. Kao")),
    ],
)
def test_father_and_son_are_two(father: tuple[str, str], son: tuple[str, str]) -> None:
    resolution = resolved([father, son])
    owners = [{owner(resolution, name) for name in pair} for pair in (father, son)]
    assert [len(each) for each in owners] == [1, 1]
    assert owners[0].isdisjoint(owners[1])


def test_a_namesake_of_a_listed_person_is_somebody_else() -> None:
    resolution = resolved([("李強", "Johnny Lee")], ("李強", "li-qiang"))
    assert owner(resolution, "李強", "li-qiang") == "li-qiang"
    assert {owner(resolution, "李強"), owner(resolution, "Johnny Lee")} == {"johnny-lee"}


@pytest.mark.parametrize(
    ("listed", "gloss"),
    [
        ("黃仁勳", "Raymond Wong"),  # a Latin name with nothing of his own
        ("Jensen Huang", "黃振生"),  # another Chinese name of that family
    ],
)
def test_a_gloss_with_nothing_of_a_listed_person_names_another(listed: str, gloss: str) -> None:
    resolution = resolved([(listed, gloss)])
    assert owner(resolution, listed) == "jensen-huang"
    assert owner(resolution, gloss) != "jensen-huang"


@pytest.mark.parametrize(
    ("listed", "gloss"),
    [
        ("黃仁勳", "Jensen Hwang"),
        ("黃仁勳", "Jen-Hsun Huang"),
        ("馬斯克", "Elon Reeve Musk"),
        ("Elon Musk", "伊龍．馬斯克"),
    ],
)
def test_another_spelling_of_a_listed_person_is_his(listed: str, gloss: str) -> None:
    resolution = resolved([(listed, gloss)])
    assert owner(resolution, gloss) == owner(resolution, listed)


def test_a_namesake_does_not_join_what_others_call_the_listed_person() -> None:
    resolution = resolved([("黃仁勳", "Raymond Wong"), ("黃仁勳", "Jensen Hwang"), ("黃偉明", "Raymond Wong")])
    assert owner(resolution, "Jensen Hwang") not in {owner(resolution, "Raymond Wong"), owner(resolution, "黃偉明")}


def test_one_family_name_ties_nobody() -> None:
    resolution = resolved([("周天佑", "Leo Chou"), ("周天恩", "Leon Chou")])
    assert owner(resolution, "周天佑") != owner(resolution, "周天恩")
