"""A node mines only if it runs what whoever asks runs, and is sent a site once."""

from __future__ import annotations

import pytest

from service.mining.on_node import code, mine_packed, packed, unlike, unpacked
from service.mining.task import Task, mine_each
from service.model import Site, SiteName, Source
from tests.mining.written import posts

SITE = Site("ferries", names=(SiteName("company", ("翠峰航運", "翠峰")),))


def tasks() -> list[Task]:
    return [Task(post, "hash") for post in posts(20)]


def test_the_same_code_is_alike() -> None:
    assert unlike(tuple(code())) == ""


@pytest.mark.parametrize("field", code()._fields)
def test_what_differs_is_named(field: str) -> None:
    said = unlike(tuple(code()._replace(**{field: "another"})))
    assert said == f"{field} {getattr(code(), field)} instead of {field} another"


def test_what_is_mined_comes_back_as_it_is_made_here() -> None:
    assert unpacked(mine_packed("one", lambda: SITE, packed(tasks()))) == mine_each(SITE, tasks())


def test_a_site_is_fetched_once_and_another_one_again() -> None:
    fetched: list[str] = []

    def site(name: str) -> Site:
        fetched.append(name)
        return Site(name)

    few = packed([Task(Source("a.md", "渡輪停駛了。"), "hash")])
    for name in ("north", "north", "south", "north"):
        (mined,) = unpacked(mine_packed(name, lambda name=name: site(name), few))  # type: ignore[misc]
        assert mined is not None
        assert mined.entry.source == name
    assert fetched == ["north", "south", "north"]
