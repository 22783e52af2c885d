"""Following a job from an event loop: who waits holds no thread, so that others are answered however many wait."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from service.errors import NotFoundError
from service.jobs.queue import ENDED
from service.jobs.running import Jobs
from service.store.tables import JobRow

_LOOK: Final = 0.5  # seconds between looks for what other processes do
_SILENCE: Final = 15.0  # seconds: proxies cut a line that nothing comes over for a minute


async def events(
    jobs: Jobs, job_id: str, given_up: Callable[[], bool] = lambda: False
) -> AsyncGenerator[JobRow | None]:
    """Yield the job as it stands now and after every change, ending with the state it ends in, or once it is given up.

    A slow reader skips states. Where there is nothing to tell for a while, or the database is away, None comes now and
    then: who listens is there still, and so is what follows.

    Raises:
        NotFoundError: there is no such job.
    """
    told, spoke = dict[str, object](), _now()
    with _news(jobs) as news:
        while not given_up():
            news.clear()
            row = await asyncio.to_thread(_state, jobs, job_id)
            shown = told if row is None else row.model_dump(exclude={"beat"})
            if shown != told or _now() - spoke >= _SILENCE:
                yield row if shown != told else None
                told, spoke = shown, _now()
            if row is not None and row.status in ENDED:
                return
            await _either(news, _LOOK)


async def ended(jobs: Jobs, job_id: str, timeout: float, given_up: Callable[[], bool] = lambda: False) -> JobRow | None:
    """Return the job once it has ended; None where that takes longer than `timeout` seconds, or is given up.

    Raises:
        NotFoundError: there is no such job.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(timeout), contextlib.aclosing(events(jobs, job_id, given_up)) as states:
            async for row in states:
                if row is not None and row.status in ENDED:
                    return row
    return None


def _state(jobs: Jobs, job_id: str) -> JobRow | None:
    """Return the job as it stands; None where the database cannot tell."""
    try:
        row = jobs.get(job_id)
    except SQLAlchemyError:
        return None
    if row is None:
        raise NotFoundError(f"There is no job with the id {job_id}.")
    return row


@contextlib.contextmanager
def _news(jobs: Jobs) -> Iterator[asyncio.Event]:
    """Give an event that is set whenever a job of this process goes on."""
    event, loop = asyncio.Event(), asyncio.get_running_loop()

    def tell() -> None:
        with contextlib.suppress(RuntimeError):  # the loop was broken off
            loop.call_soon_threadsafe(event.set)

    with jobs.telling(tell):
        yield event


async def _either(news: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(news.wait(), seconds)


def _now() -> float:
    return asyncio.get_running_loop().time()
