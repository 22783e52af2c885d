"""Things of one kind are told apart by their letters and numbers."""

from __future__ import annotations

import pytest

from service.query.lookup.clauses import Clauses
from service.query.lookup.labels import labels, of_another_label
from service.script import fold


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("碼頭二期與三期", "期", {"2", "3"}),
        ("第 4 季營運", "季", {"4"}),
        ("B 班的導師", "班", {"b"}),
        ("创七季新高", "季", set()),
        ("工程共三期", "期", set()),
    ],
)
def test_labels_are_told_from_counts(text: str, kind: str, found: set[str]) -> None:
    assert labels(fold(text)).get(kind, frozenset()) == found


def test_one_phase_says_nothing_of_another() -> None:
    mine, theirs = Clauses(fold("纜車二期花了 30 億")), Clauses(fold("纜車一期花了 20 億"))
    assert of_another_label(mine, 6, theirs, 6)
    assert not of_another_label(mine, 6, mine, 6)
    assert not of_another_label(mine, 6, Clauses(fold("纜車花了 20 億")), 4)
