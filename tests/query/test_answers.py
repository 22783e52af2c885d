from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from sqlalchemy.orm import Session

from service.query import answers, matching
from service.query.corpus import counts, version
from service.query.jobs import job_answer
from service.query.prose import prose_fields
from service.query.rows import number
from service.store.tables import CorpusRow, JobRow
from tests.query.conftest import Corpus

MODELS = [model for _, model in inspect.getmembers(answers, inspect.isclass) if issubclass(model, BaseModel)]
# Strings that readers never see as text: ids, addresses, codes, and what is understood as it was asked.
PLAIN = {
    "id",
    "url",
    "path",
    "source",
    "language",
    "published",
    "updated",
    "detail",
    "name",
    "hant",
    "hans",
    "en",
    "aliases",
    "aspect",
    "side",
    "about",  # folded
    "model",
    "method",
    "role",
    "unit",
    "per",
    "counted",
    "claim",
    "low",
    "high",
    "target",
    "heading",
    "block",
    "kind",
    "args",
    "why",
    "text",
    "next",
    "created",
    "finished",
    "status",
    "direction",
    "extra",
    "script",
    "entity_id",
    "value",
    "other",
    "by",
    "at",
    "one",
    "one_text",  # editors judge what was written
    "other_text",
    "made_by",
    "made_at",
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_string_is_prose_or_known_to_be_plain(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        if "str" in str(field.annotation) and name not in prose_fields(model):
            assert name in PLAIN


def test_titles_and_texts_are_prose() -> None:
    assert {"title", "tags", "description"} <= prose_fields(answers.ArticleSummary)
    assert {"text", "section"} <= prose_fields(answers.ClaimAnswer)
    assert {"relation", "note", "alias"} <= prose_fields(answers.LinkAnswer)
    assert "target" not in prose_fields(answers.LinkAnswer)


@pytest.mark.parametrize(
    ("exact", "value"), [("2E+9", 2_000_000_000), ("0.25", 0.25), ("1E+400", 1.7e308), ("NaN", 1.7e308), ("-3.0", -3)]
)
def test_numbers_are_as_exact_as_json_readers_are(exact: str, value: float) -> None:
    found = number(exact, 0.25 if value == 0.25 else 1.7e308)
    assert found == value
    assert isinstance(found, type(value))


def test_the_corpus_counts_what_it_holds(corpus: Corpus) -> None:
    assert counts(corpus.session) == {
        "sources": 2,
        "articles": 4,
        "entities": 3,
        "mentions": 4,
        "claims": 3,
        "figures": 3,
        "links": 4,
    }


def test_the_version_of_the_corpus_is_read(empty: Corpus) -> None:
    session: Session = empty.session
    before = version(session)
    row = session.get(CorpusRow, 1) or CorpusRow(id=1)
    row.version = before + 7
    session.add(row)
    session.flush()
    assert version(session) == before + 7


def test_a_job_tells_what_failed() -> None:
    error = {"path": "a.md", "line": 3, "detail": "the front matter is not closed"}
    row = JobRow(id="j", source="blog", status="done", created="2026-01-01T00:00:00+00:00", failed=1, errors=[error])
    answer = job_answer(row)
    assert (answer.counts.failed, answer.errors[0].model_dump()) == (1, error)


@given(st.text())
def test_no_query_breaks_its_words(query: str) -> None:
    for first, *_ in matching.words(query):
        assert first
        assert "\x00" not in first


def test_a_word_is_found_by_what_other_regions_call_it() -> None:
    ((first, *others),) = matching.words("資料中心")
    assert first == "资料中心"
    assert "数据中心" in others


def test_a_regional_word_within_a_longer_one_is_said_otherwise() -> None:
    ((first, *others),) = matching.words("資料中心耗電")
    assert (first, others) == ("资料中心耗电", ["数据中心耗电"])
