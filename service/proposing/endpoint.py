"""An endpoint that speaks OpenAI's chat completions: one question, one answer, nothing it says is trusted.

Only the configured address is ever called: redirects are not followed, proxies of the environment not used. Time, bytes
and tries are bounded, and whatever goes wrong is a `ProposalError` that tells how, never what was sent with it.
https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import httpx2
from pydantic import SecretStr

from service.proposing.failures import ProposalError

MOST_BYTES: Final = 1_000_000  # of an answer
_TRIES: Final = 3
_PAUSE: Final = 1.0  # seconds before the second try; twice that before the third
_LONGEST_PAUSE: Final = 30.0
_BUSY: Final = HTTPStatus.TOO_MANY_REQUESTS


@dataclass(frozen=True)
class Endpoint:
    """Where a model answers, and how long it may take.

    >>> Endpoint("https://models.example/v1", "small").url
    'https://models.example/v1/chat/completions'
    """

    base_url: str
    model: str
    key: SecretStr | None = field(default=None, repr=False)
    timeout: float = 60.0  # seconds that one try may take, the whole answer with it
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)

    @property
    def url(self) -> str:
        """Where questions go."""
        return f"{self.base_url.rstrip('/')}/chat/completions"

    def ask(self, prompt: str, question: Mapping[str, str]) -> str:
        """Return the model's answer to a question that is put as data; a busy or broken endpoint is asked again.

        Raises:
            ProposalError: there is no answer, or none that can be used.
        """
        messages = [
            {"role": "system", "content": prompt},
            {"role": "user", "content": json.dumps(question, ensure_ascii=False)},
        ]
        body = {"model": self.model, "messages": messages, "temperature": 0, "response_format": {"type": "json_object"}}
        for attempt in range(_TRIES):
            try:
                return _content(self._answer(body))
            except ProposalError as failure:
                if failure.kind not in ("busy", "broken") or attempt == _TRIES - 1:
                    raise
                pause = _PAUSE * 2**attempt if failure.wait is None else failure.wait
                if pause > _LONGEST_PAUSE:
                    raise
                self.sleep(pause)
        raise AssertionError("unreachable")

    def _answer(self, body: Mapping[str, Any]) -> bytes:
        """Return the bytes of an answer."""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key.get_secret_value()}"
        ends = time.monotonic() + self.timeout
        try:
            with (
                httpx2.Client(timeout=self.timeout, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", self.url, json=body, headers=headers) as response,
            ):
                _check(response)
                return _bounded(response, ends)
        except httpx2.TimeoutException as error:
            raise ProposalError("timeout", f"no answer within {self.timeout:g} seconds") from error
        except httpx2.RemoteProtocolError as error:
            raise ProposalError("cut_off", "the answer broke off") from error
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            raise ProposalError("unreachable", f"the endpoint cannot be reached ({type(error).__name__})") from error


def _check(response: httpx2.Response) -> None:
    status = response.status_code
    if response.is_redirect or HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise ProposalError("redirected", "the endpoint sends elsewhere, where nobody is asked")
    if status == _BUSY:
        raise ProposalError(
            "busy", "the endpoint wants fewer questions", wait=_wait(response.headers.get("retry-after"))
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ProposalError("broken", f"the endpoint answered {status}")
    if status != HTTPStatus.OK:
        raise ProposalError("rejected", f"the endpoint answered {status}")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ProposalError("malformed", "the answer is packed, which was not asked for")


def _wait(written: str | None) -> float | None:
    """Return the seconds of a ``Retry-After``; a date is taken for no answer."""
    return float(written) if written is not None and written.isascii() and written.isdigit() else None


def _bounded(response: httpx2.Response, ends: float) -> bytes:
    content = bytearray()
    for part in response.iter_raw():
        content += part
        if len(content) > MOST_BYTES:
            raise ProposalError("oversized", f"the answer is larger than {MOST_BYTES} bytes")
        if time.monotonic() > ends:
            raise ProposalError("timeout", "the answer came too slowly")
    return bytes(content)


def _content(answer: bytes) -> str:
    """Return what the model says."""
    choice = _first_choice(answer)
    message = choice.get("message")
    if not isinstance(message, dict):
        raise ProposalError("malformed", "the answer holds no message")
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        raise ProposalError("refused", "the model would not answer")
    if choice.get("finish_reason") == "length":
        raise ProposalError("cut_off", "the model ran out of words")
    content = message.get("content")
    if not isinstance(content, str):
        raise ProposalError("malformed", "the message holds no text")
    return content


def _first_choice(answer: bytes) -> dict[str, Any]:
    try:
        choices: Sequence[Any] = json.loads(answer)["choices"]
        choice = choices[0]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise ProposalError("malformed", "the answer is no chat completion") from error
    if not isinstance(choice, dict):
        raise ProposalError("malformed", "the answer is no chat completion")
    return choice
