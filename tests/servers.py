"""A real server for tests: uvicorn on a free port, with its own database."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI
from starlette.routing import BaseRoute

from service.api.app import create_app
from service.api.wire import SERVED
from service.settings import Settings
from tests.templates import copy_sqlite, made_once

TOKEN = "a-token-for-tests"
CONTENT = Path(__file__).parent.parent / "content"


_routes: list[BaseRoute] = []


class _Server(uvicorn.Server):
    """Ends as soon as it is told to, where uvicorn's own looks ten times a second whether it has been."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Begin to listen."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)

    async def main_loop(self) -> None:
        """Wait to be told; every second is another date in the headers."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), 1)

    def end(self) -> None:
        """Tell it to end, from another thread."""
        self.should_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._told.set)


@contextmanager
def serving(folder: Path, **values: Any) -> Iterator[httpx2.Client]:
    """Serve with a fresh database in `folder` and give a client of it; `values` are settings.

    A server of the sample content begins with a copy of what the first one of this test run made of it at its start.
    """
    if "database_url" not in values and not (folder / "wenmai.db").exists():
        sample = values.get("content") == CONTENT
        _fill(folder, sample=sample)
        values = values | ({"content": None} if sample else {})
    defaults: dict[str, Any] = {
        "database_url": f"sqlite:///{folder / 'wenmai.db'}",
        "admin_token": TOKEN,
        "state_dir": folder,
    }
    settings = Settings(_env_file=None, **{**defaults, **values})
    config = uvicorn.Config(_app(settings), port=0, log_level="warning", lifespan="on", **SERVED)
    server = _Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        # There is no TLS here: reading the authorities takes longer than the server does to start.
        with httpx2.Client(base_url=_address(server, thread), timeout=60, verify=False) as client:
            _ready(client)
            yield client
    finally:
        server.end()
        thread.join(timeout=30)


def _fill(folder: Path, *, sample: bool) -> None:
    """Put databases into `folder`: with the sample content in them, or empty."""
    if sample:
        for file in made_once("sample", _ingested).glob("wenmai.db*"):
            shutil.copy(file, folder)
    else:
        copy_sqlite(folder / "wenmai.db")
        copy_sqlite(folder / "wenmai.db-jobs")


def _ingested(folder: Path) -> None:
    folder.mkdir()
    with serving(folder, content=CONTENT, database_url=f"sqlite:///{folder / 'wenmai.db'}"):
        pass  # it is ready once the content is in


def _app(settings: Settings) -> FastAPI:
    """Return the application, its routes those of the first one: FastAPI takes long to work out what they take."""
    app = create_app(settings)
    _routes[:] = _routes or app.router.routes
    app.router.routes[:] = _routes
    return app


def _address(server: uvicorn.Server, thread: threading.Thread) -> str:
    while not server.started:
        assert thread.is_alive(), "the server ended before it had started"
        time.sleep(0.01)
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


def _ready(client: httpx2.Client) -> None:
    for asked in range(1200):
        if client.get("/readyz").status_code == 200:
            return
        time.sleep(0.005 * min(asked, 10))
    raise AssertionError("the server never got ready")
