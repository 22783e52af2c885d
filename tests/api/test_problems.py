"""What goes wrong below the routes is told in the same form, and only a mistake of ours is called one."""

from __future__ import annotations

import asyncio
import logging

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.requests import ClientDisconnect

from service.api import problems


def answered(error: Exception) -> httpx2.Response:
    """Return what is answered where a route raises `error`."""
    app = FastAPI()
    problems.install(app)

    @app.get("/")
    def get() -> None:
        raise error

    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://wenmai.example") as client:
            return await client.get("/")

    return asyncio.run(ask())


def test_where_all_connections_are_in_use_one_is_told_to_come_back() -> None:
    answer = answered(PoolTimeoutError("QueuePool limit of size 5 overflow 10 reached"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert "QueuePool" not in answer.text


def test_a_client_that_hangs_up_is_no_mistake_of_the_service(caplog: pytest.LogCaptureFixture) -> None:
    assert answered(ClientDisconnect()).status_code == 400
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
