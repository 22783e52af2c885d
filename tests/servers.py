"""A real server for tests: uvicorn on a free port, with its own database."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        with httpx2.Client(base_url=_address(server, thread), timeout=60) as client:
            _ready(client)
            yield client
    finally:
        server.should_exit = True
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
    for _ in range(1200):
        if client.get("/readyz").status_code == 200:
            return
        time.sleep(0.05)
    raise AssertionError("the server never got ready")
