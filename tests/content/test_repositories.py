"""Archives of commits: what is asked for, whom the token is shown to, and what is refused."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.content import unpack_site
from service.content.repositories import archive_url, fetch_archive
from service.errors import ContentError, LimitError
from service.model import Site, Source
from tests.content.hosting import Answer, Host, hosting
from tests.content.packing import tar_of

PATH = "/owner/blog/tar.gz/0a1b"
TOKEN = "a-token-for-tests"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as served:
        yield served


def fetch(host: Host, path: str = PATH, *, token: str | None = None, most: int = 1000, seconds: float = 20) -> bytes:
    return fetch_archive(host.address + path, token=token, max_bytes=most, max_seconds=seconds)


def test_an_open_repository_is_asked_for_where_calls_are_not_counted() -> None:
    assert archive_url("owner/blog", "0a1b") == "https://codeload.github.com/owner/blog/tar.gz/0a1b"


def test_with_a_token_the_documented_call_is_made() -> None:
    assert archive_url("owner/blog", "0a1b", token=TOKEN) == "https://api.github.com/repos/owner/blog/tarball/0a1b"


def test_another_server_has_its_own_address() -> None:
    template = "https://git.example/api/v3/repos/{repository}/tarball/{commit}"
    assert archive_url("o/b", "0a", template=template, token=TOKEN) == "https://git.example/api/v3/repos/o/b/tarball/0a"


@given(st.text(), st.text())
def test_no_name_leaves_its_place_in_the_address(repository: str, commit: str) -> None:
    names = [name.encode("utf-8", "replace").decode() for name in (repository, commit)]
    url = archive_url(names[0], names[1], template="https://git.example/{repository}/tar.gz/{commit}")
    assert url.startswith("https://git.example/")
    assert url.isascii()
    assert not set(url) & set(" ?#\\\r\n@")


def test_what_lies_there_is_returned_as_it_is(host: Host) -> None:
    host.answers[PATH] = Answer(bytes(range(256)))
    assert fetch(host) == bytes(range(256))
    assert "authorization" not in host.asked[0][1]


def test_an_archive_of_unknown_length_is_read_to_its_end(host: Host) -> None:
    host.answers[PATH] = Answer(b"x" * 1000, length=None)
    assert fetch(host) == b"x" * 1000


@pytest.mark.parametrize("length", [-1, None])
def test_an_archive_larger_than_allowed_is_refused(host: Host, length: int | None) -> None:
    host.answers[PATH] = Answer(b"x" * 1001, length=length)
    with pytest.raises(LimitError, match="WENMAI_GITHUB_MAX_BYTES"):
        fetch(host)


def test_an_archive_that_says_it_is_too_large_is_not_read(host: Host) -> None:
    host.answers[PATH] = Answer(length=10**15)
    with pytest.raises(LimitError):
        fetch(host)


def test_an_archive_cut_short_is_no_archive(host: Host) -> None:
    host.answers[PATH] = Answer(b"x" * 500, length=900)
    with pytest.raises(ContentError, match="broke the transfer off"):
        fetch(host)


@pytest.mark.parametrize(
    ("status", "headers", "token", "sentence"),
    [
        (404, {}, None, "if the repository is private, set WENMAI_GITHUB_TOKEN"),
        (404, {}, TOKEN, "let WENMAI_GITHUB_TOKEN read its contents"),
        (401, {}, TOKEN, "does not accept WENMAI_GITHUB_TOKEN"),
        (403, {}, TOKEN, "see what WENMAI_GITHUB_TOKEN may read"),
        (403, {"X-RateLimit-Remaining": "0"}, None, "asked too often"),
        (429, {}, None, "asked too often"),
        (503, {}, None, "answered 503"),
        (204, {}, None, ""),
    ],
)
def test_a_refusal_says_what_to_do(
    host: Host, status: int, headers: dict[str, str], token: str | None, sentence: str
) -> None:
    host.answers[PATH] = Answer(status=status, headers=headers)
    if not sentence:
        assert fetch(host) == b""  # whoever unpacks it will say that it is none
        return
    with pytest.raises(ContentError, match=sentence) as caught:
        fetch(host, token=token)
    assert TOKEN not in str(caught.value)


def test_a_host_that_is_not_there_is_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}{PATH}"
        with pytest.raises(ContentError, match=r"127\.0\.0\.1 cannot be reached: Connection refused"):
            fetch_archive(url, max_bytes=10, max_seconds=20)


def test_a_host_that_never_answers_is_left_in_time(host: Host) -> None:
    released = threading.Event()
    host.answers[PATH] = Answer(b"late", before=lambda: released.wait(20))
    try:
        with pytest.raises(ContentError, match=r"took longer than 0\.2 seconds"):
            fetch(host, seconds=0.2)
    finally:
        released.set()


def test_a_host_that_sends_letter_by_letter_is_left_in_time() -> None:
    """Each silence is short enough; their sum is not."""
    ended = threading.Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            while not ended.wait(0.02):
                try:
                    connection.sendall(b"H")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=drip, args=(listener,), daemon=True).start()
        try:
            with pytest.raises(ContentError, match="took longer"):
                fetch_archive(f"http://127.0.0.1:{listener.getsockname()[1]}/", max_bytes=10, max_seconds=0.3)
        finally:
            ended.set()


def test_a_host_that_speaks_no_http_is_left() -> None:
    def speak(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"SSH-2.0-OpenSSH\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=speak, args=(listener,), daemon=True).start()
        with pytest.raises(ContentError, match="BadStatusLine"):
            fetch_archive(f"http://127.0.0.1:{listener.getsockname()[1]}/", max_bytes=10, max_seconds=20)


def test_a_renamed_repository_is_followed_and_shown_the_token(host: Host) -> None:
    host.answers[PATH] = Answer(status=301, headers={"Location": "/moved/blog/tar.gz/0a1b"})
    host.answers["/moved/blog/tar.gz/0a1b"] = Answer(b"found")
    assert fetch(host, token=TOKEN) == b"found"
    assert [headers["authorization"] for _, headers in host.asked] == [f"Bearer {TOKEN}"] * 2


def test_the_host_of_archives_is_followed_and_not_shown_the_token(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """As GitHub's API does: it sends whoever may read on to its `codeload` host, with a right of its own."""
    lookup = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _name, *rest, **more: lookup("127.0.0.1", *rest, **more))
    monkeypatch.setenv("no_proxy", "git.example")
    port = host.address.rpartition(":")[2]
    host.answers["/call"] = Answer(
        status=302, headers={"Location": f"http://codeload.git.example:{port}/archive?token=right"}
    )
    host.answers["/archive?token=right"] = Answer(b"found")
    url = f"http://api.git.example:{port}/call"
    assert fetch_archive(url, token=TOKEN, max_bytes=100, max_seconds=20) == b"found"
    assert [headers.get("authorization") for _, headers in host.asked] == [f"Bearer {TOKEN}", None]


@pytest.mark.parametrize("location", ["{other}/secrets", "//{host}:1@{bare}/secrets", "https://127.0.0.1/secrets"])
def test_another_host_is_never_asked(host: Host, location: str) -> None:
    with hosting() as other:
        bare = other.address.removeprefix("http://")
        to = location.format(other=other.address, host="127.0.0.1", bare=bare)
        host.answers[PATH] = Answer(status=302, headers={"Location": to})
        with pytest.raises(ContentError, match="sends to another host"):
            fetch(host, token=TOKEN)
        assert other.asked == []


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x", "http://[::1"])
def test_an_address_of_another_kind_is_never_opened(host: Host, location: str) -> None:
    host.answers[PATH] = Answer(status=302, headers={"Location": location})
    with pytest.raises(ContentError):
        fetch(host)


def test_whoever_is_sent_around_in_circles_stops(host: Host) -> None:
    host.answers[PATH] = Answer(status=302, headers={"Location": PATH})
    with pytest.raises(ContentError, match="answered 302"):
        fetch(host)
    assert len(host.asked) <= 6


@pytest.mark.parametrize("token", ["two\r\nX-Other: lines", "機密"])
def test_a_token_of_odd_characters_is_neither_sent_nor_told(host: Host, token: str) -> None:
    with pytest.raises(ContentError, match="odd characters") as caught:
        fetch(host, token=token)
    assert host.asked == []
    assert caught.value.__suppress_context__
    assert token not in str(caught.value)


def test_a_proxy_of_the_environment_is_used(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", host.address)
    monkeypatch.setenv("no_proxy", "")
    host.answers["http://git.example/a"] = Answer(b"by proxy")
    assert fetch_archive("http://git.example/a", max_bytes=100, max_seconds=20) == b"by proxy"


SITE = {
    "owner-blog-0a1b/README.md": "儲存庫".encode(),
    "owner-blog-0a1b/site/hugo.toml": b'baseURL = "https://tea.example/"\n',
    "owner-blog-0a1b/site/content/posts/spring.md": "---\ntitle: 春茶\n---\n文".encode(),
}


def unpacked(folder: str) -> tuple[Site, list[str]]:
    limits = {"max_files": 50, "max_total_bytes": 100_000, "max_file_bytes": 5_000}
    site, found = unpack_site(tar_of(SITE), "owner/blog@0a1b", Site("tea"), folder=folder, **limits)
    return site, [item.path for item in found if isinstance(item, Source)]


@pytest.mark.parametrize("folder", ["site", "/site/", "./site"])
def test_a_site_may_lie_in_a_folder_of_its_repository(folder: str) -> None:
    site, paths = unpacked(folder)
    assert site.base_url == "https://tea.example/"
    assert paths == ["content/posts/spring.md"]


@pytest.mark.parametrize("folder", ["docs", "sit", "../site"])
def test_a_folder_that_is_not_there_is_an_error(folder: str) -> None:
    with pytest.raises(ContentError):
        unpacked(folder)
