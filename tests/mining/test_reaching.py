"""What is no Ray cluster is told in a moment, whatever listens there."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server

import pytest

from service.errors import SettingsError
from service.mining import opened, reaching
from service.mining.reaching import reach
from service.settings import EngineName
from tests.cli.running import run


@contextmanager
def answering(said: bytes) -> Iterator[str]:
    """Give the address of something that says this to whoever greets it, and then no more."""

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(said)
            connection.recv(1024)
            ended.wait(5)

    ended = threading.Event()
    with create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        ended.set()
        thread.join()


def nobody() -> str:
    """Return an address where nothing listens."""
    with create_server(("127.0.0.1", 0)) as listener:
        return f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize("address", ["", "ray://10.0.0.5:10001", "10.0.0.5", "10.0.0.5:", "a b:1", "a:65536", "-:x"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="write host:port"):
        reach(address)


def test_where_nothing_listens_no_cluster_is_awaited() -> None:
    with pytest.raises(SettingsError, match="no Ray cluster answers at 127"):
        reach(nobody())


def test_what_greets_as_a_cluster_does_may_be_one() -> None:
    with answering(bytes((0, 0, 6, 4, 0, 0, 0, 0, 0))) as address:
        reach(address)


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-x\r\n", b"-ERR unknown\r\n"])
def test_another_service_is_told_from_a_cluster(said: bytes) -> None:
    with answering(said) as address, pytest.raises(SettingsError, match="is no Ray cluster"):
        reach(address)


def test_what_takes_a_connection_and_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "_TIMEOUT", 0.1)
    with answering(b"") as address, pytest.raises(SettingsError, match="timed out"):
        reach(address)


def test_without_ray_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SettingsError, match=r"pip install 'wenmai\[ray\]'"), opened(EngineName.RAY, nobody()):
        pass


def test_the_local_engine_needs_nothing() -> None:
    with opened(EngineName.LOCAL) as engine:
        assert engine is None


def test_an_address_is_of_no_use_to_the_local_engine(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("渡輪停駛了。\n", encoding="utf-8")
    ran = run(tmp_path, "ingest", tmp_path / "a.md", "--address", "10.0.0.5:6379")
    assert ran.code == 2
    assert "only --engine ray has one" in ran.err


def test_the_settings_name_an_engine_and_where_it_is(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray has no wheels for this Python or machine", exc_type=ImportError)
    (tmp_path / "a.md").write_text("渡輪停駛了。\n", encoding="utf-8")
    settings = {"WENMAI_ENGINE": "ray", "WENMAI_RAY_ADDRESS": nobody()}
    ran = run(tmp_path, "ingest", tmp_path / "a.md", **settings)
    assert ran.code == 2
    assert f"no Ray cluster answers at {settings['WENMAI_RAY_ADDRESS']}" in ran.err
