"""Settings: what is read from the environment, and what is refused at the start."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from service.settings import Repository, Settings


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


def test_repositories_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENMAI_GITHUB_REPOSITORIES", '{"Owner/Blog": "blog", "o/n": {"source": "n", "branch": "b"}}')
    read = settings().github_repositories
    assert read == {"owner/blog": Repository(source="blog"), "o/n": Repository(source="n", branch="b")}


@pytest.mark.parametrize(
    "name", ["blog", "owner/", "/blog", "owner/blog/x", "owner/..", "owner/.", "o w/b", "owner/b\n", "../x", "擁有/者"]
)
def test_a_name_that_is_none_is_refused_at_the_start(name: str) -> None:
    with pytest.raises(ValidationError, match="owner/name"):
        settings(github_repositories={name: "blog"})


def test_two_repositories_for_one_source_are_refused_at_the_start() -> None:
    with pytest.raises(ValidationError, match="more than one repository"):
        settings(github_repositories={"owner/a": "blog", "owner/b": "blog"})


@pytest.mark.parametrize(
    "address",
    [
        "http://git.example/{repository}/{commit}",
        "ftp://git.example/{repository}/{commit}",
        "https://git.example/{repository}",
        "https://{repository}/{commit}",
        "https:///{repository}/{commit}",
        "",
    ],
)
def test_an_address_that_would_show_the_token_or_has_no_place_for_the_commit_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="must"):
        settings(github_archive_url=address)


def test_secrets_are_not_shown_with_the_settings() -> None:
    shown = repr(settings(github_secret="hidden-one", github_token="hidden-two"))
    assert "hidden" not in shown


def test_replicas_are_named_between_commas_and_given_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENMAI_READ_URLS", "postgresql://u@one/wenmai, postgresql+psycopg://u@two/wenmai?pooled=true,")
    read = settings(
        database_url="postgresql://u@main/wenmai", listen_url="postgresql://u@main/x", database_password="p/w"
    )
    assert read.read_urls == ["postgresql://u:p%2Fw@one/wenmai", "postgresql+psycopg://u:p%2Fw@two/wenmai?pooled=true"]
    assert read.listen_url == "postgresql://u:p%2Fw@main/x"
    assert "p%2Fw" not in repr(read)


def test_there_are_no_replicas_unless_they_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENMAI_READ_URLS", " , ")
    assert settings().read_urls == []


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"read_urls": ["sqlite:///a.db"], "database_url": "postgresql://main/w"}, "read_urls"),
        ({"read_urls": ["postgresql://one/w"], "database_url": "sqlite:///a.db"}, "database_url"),
        ({"listen_url": "sqlite:///a.db", "database_url": "postgresql://main/w"}, "listen_url"),
    ],
)
def test_only_postgresql_can_be_followed(values: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError, match=f"{name} must be of PostgreSQL"):
        settings(**values)


@pytest.mark.parametrize("name", ["max_body_bytes", "max_file_bytes", "max_files", "max_archive_bytes"])
@pytest.mark.parametrize("value", [0, -3])
def test_a_limit_that_lets_nothing_through_is_refused(name: str, value: int) -> None:
    with pytest.raises(ValidationError, match=name):
        settings(**{name: value})


@pytest.mark.parametrize(
    "origin", ["blog.example", "https://blog.example/", "https://a/b", "file:///x", "https://", ""]
)
def test_what_no_browser_calls_an_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValidationError, match="origins"):
        settings(cors_origins=[origin])


def test_origins_may_name_a_port_or_be_all() -> None:
    given = ["*", "https://blog.example", "http://localhost:1313", "http://[::1]:8080"]
    assert settings(cors_origins=given).cors_origins == given
