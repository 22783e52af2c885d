from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query.pages import resolve_url
from tests.query.conftest import Corpus


@pytest.mark.parametrize(
    "url",
    [
        "https://blog.example/cranes/",
        "http://www.blog.example/cranes/index.html?from=feed#top",
        "http://localhost:1313/cranes/",
        "http://[::1]:4000/cranes",
        "/cranes/",
        "https://blog.example/old/",
    ],
)
def test_all_forms_of_an_address_lead_to_the_article(session: Session, url: str) -> None:
    assert resolve_url(session, url).id == "a1"


@pytest.mark.parametrize("url", ["https://other.example/cranes/", "https://blog.example/none/", "", "http://[", "\x00"])
def test_other_addresses_lead_nowhere(session: Session, url: str) -> None:
    with pytest.raises(NotFoundError):
        resolve_url(session, url)


def test_who_has_an_address_now_outranks_who_had_it(corpus: Corpus) -> None:
    corpus.address("b2", "url", "/old")
    assert resolve_url(corpus.session, "https://blog.example/old/").id == "b2"


def test_of_two_sites_the_one_asked_for_answers(corpus: Corpus) -> None:
    corpus.article("aa", "他站", source="vault", url="https://two.example/cranes/")
    corpus.address("aa", "url", "/cranes")
    assert resolve_url(corpus.session, "https://two.example/cranes").id == "aa"
    assert resolve_url(corpus.session, "https://blog.example/cranes").id == "a1"


def test_a_page_on_the_host_asked_for_comes_before_one_that_names_none(corpus: Corpus) -> None:
    corpus.article("a0", "無站", source="vault", url="/cranes/")
    corpus.address("a0", "url", "/cranes")
    assert resolve_url(corpus.session, "https://blog.example/cranes/").id == "a1"
    assert resolve_url(corpus.session, "https://elsewhere.example/cranes/").id == "a0"
