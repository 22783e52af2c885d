"""Single sentences in both scripts, by the mood a reader would hear in each (``kinds.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from service.extraction.claims import find_claims
from service.extraction.figures import find_figures
from service.extraction.names import find_names
from service.extraction.times import find_times
from service.model import Header, Moment
from tests.extraction.writing import document

_KINDS = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
_WRITTEN = Moment(datetime(2026, 3, 1), "2026-03-01", zone_known=False, date_only=True)


def _kind(sentence: str) -> str:
    written = replace(document(sentence), header=Header(published=_WRITTEN))
    names, _ = find_names(written)
    (claim,) = find_claims(written, names, find_figures(written), find_times(written))
    return claim.kind.value


@pytest.mark.parametrize("kind", _KINDS)
def test_a_sentence_is_told_in_the_mood_its_readers_hear(kind: str) -> None:
    wrong = {sentence: told for sentence in _KINDS[kind]["says"] if (told := _kind(sentence)) != kind}
    assert wrong == {}


@pytest.mark.parametrize("kind", _KINDS)
def test_what_is_known_to_be_misheard_still_is(kind: str) -> None:
    assert [sentence for sentence in _KINDS[kind]["missed"] if _kind(sentence) == kind] == []
