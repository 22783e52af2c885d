"""Whole posts in both scripts, on many topics, with what each of their sentences claims (``cases/*.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from service.extraction.claims import find_claims
from service.extraction.figures import find_figures
from service.extraction.times import find_times
from service.model import Claim
from tests.extraction.writing import document, named

Case = dict[str, Any]

_FILES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
_POSTS = [(file.stem, post) for file in _FILES for post in tomllib.loads(file.read_text(encoding="utf-8"))["post"]]


def _found(post: Case) -> dict[str, Claim]:
    written = document(*("".join(sentence["says"] for sentence in part) for part in post["paragraphs"]))
    names = named(written, post["people"], post["companies"])
    return {claim.surface: claim for claim in find_claims(written, names, find_figures(written), find_times(written))}


def _told(claim: Claim | None) -> tuple[object, ...]:
    if claim is None:
        return ("none",)
    return claim.kind.value, claim.speaker and claim.speaker.surface, claim.negated, claim.quote


def _expected(sentence: Case) -> tuple[object, ...]:
    if sentence["kind"] == "none":
        return ("none",)
    return sentence["kind"], sentence.get("by"), sentence.get("denied", False), sentence.get("quote", False)


@pytest.mark.parametrize(("file", "post"), _POSTS, ids=[f"{file}: {post['topic']}" for file, post in _POSTS])
def test_a_post_claims_what_its_readers_would_say_it_claims(file: str, post: Case) -> None:
    found = _found(post)
    sentences = [sentence for part in post["paragraphs"] for sentence in part]
    wrong = {
        sentence["says"]: told
        for sentence in sentences
        if (told := _told(found.get(sentence["says"]))) != _expected(sentence)
    }
    missed = {sentence["says"] for sentence in sentences if sentence.get("missed")}
    assert set(wrong) == missed, f"{file}: {wrong}"
