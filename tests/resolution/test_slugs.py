"""Ids that people can read."""

from __future__ import annotations

import pytest

from service.model import EntityKind
from service.resolution.groups import Node
from service.resolution.slugs import ids, slug

PERSON, COMPANY = EntityKind.PERSON, EntityKind.COMPANY


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Molly O'Shea", PERSON, "molly-oshea"),
        ("Zoë Müller-Groß", PERSON, "zoe-muller-gro"),
        ("林小葵", PERSON, "lin-xiaokui"),
        ("欧阳小葵", PERSON, "ouyang-xiaokui"),
        ("寶玉", PERSON, "baoyu"),
        ("薩曼莎．羅文", PERSON, "samansha-luowen"),
    ],
)
def test_a_name_makes_its_id(name: str, kind: EntityKind, expected: str) -> None:
    assert slug(name, kind) == expected


def test_both_scripts_make_one_id() -> None:
    assert slug("陳國慶", PERSON) == slug("陈国庆", PERSON)


def test_a_name_without_letters_still_gets_an_id() -> None:
    assert slug("☆", PERSON).startswith("entity-")
    assert slug("☆", PERSON) != slug("★", PERSON)


def test_ids_of_the_lexicon_are_kept_for_the_lexicon() -> None:
    nodes = {
        Node(None, COMPANY, "elon musk"): frozenset({"Elon Musk"}),
        Node(None, PERSON, "elon-musk"): frozenset({"Elon-Musk"}),
    }
    assert sorted(ids(nodes).values()) == ["elon-musk-2", "elon-musk-company"]
