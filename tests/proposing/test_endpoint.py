"""One question, one answer, over real HTTP: and each way in which there is none."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from pydantic import SecretStr

from service.proposing.endpoint import MOST_BYTES, Endpoint
from service.proposing.failures import ProposalError
from tests.proposing.endpoint import KEY, Answer, Model, breaks_off, endpoint, goes_on, replies


def _endpoint(model: Model, timeout: float = 10.0) -> tuple[Endpoint, list[float]]:
    """Return an endpoint, and how long it wanted to wait: it does not."""
    pauses: list[float] = []
    return Endpoint(model.base_url, "small", SecretStr(KEY), timeout, pauses.append), pauses


def _failure(model: Model, timeout: float = 10.0) -> str:
    with pytest.raises(ProposalError) as raised:
        _endpoint(model, timeout)[0].ask("prompt", {"text": "茶"})
    assert KEY not in str(raised.value)
    return raised.value.kind


def _chose(**choice: Any) -> Answer:
    return replies({"choices": [choice]})


def test_a_question_is_put_as_chat_completions_want_it(model: Model) -> None:
    model.says("yes")
    assert _endpoint(model)[0].ask("prompt", {"text": "「茶」"}) == "yes"
    (asked,) = model.asked
    assert (asked["path"], asked["model"], asked["temperature"]) == ("/v1/chat/completions", "small", 0)
    assert asked["messages"] == [
        {"role": "system", "content": "prompt"},
        {"role": "user", "content": '{"text": "「茶」"}'},
    ]
    assert model.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_no_key_is_sent_where_there_is_none(model: Model) -> None:
    model.says("yes")
    assert Endpoint(model.base_url, "small").ask("prompt", {}) == "yes"
    assert "Authorization" not in model.headers[0]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (replies("{"), "malformed"),
        (replies("[" * 100_000), "malformed"),
        (replies({"choices": []}), "malformed"),
        (replies({"choices": [3]}), "malformed"),
        (replies(["choices"]), "malformed"),
        (_chose(message={"content": None}), "malformed"),
        (_chose(message="words"), "malformed"),
        (replies("packed", Content_Encoding="br"), "malformed"),
        (_chose(message={"content": None, "refusal": "I cannot."}), "refused"),
        (_chose(finish_reason="content_filter", message={"content": ""}), "refused"),
        (_chose(finish_reason="length", message={"content": "{"}), "cut_off"),
        (breaks_off, "cut_off"),
        (goes_on, "oversized"),
        (replies({}, 401), "rejected"),
        (replies({}, 404), "rejected"),
        (replies({}, 204), "rejected"),
    ],
)
def test_an_answer_that_is_none_is_a_failure_told_in_a_word(model: Model, answer: Answer, kind: str) -> None:
    model.does(answer)
    assert _failure(model) == kind
    assert len(model.asked) == 1


def test_an_answer_may_be_as_large_as_is_allowed(model: Model) -> None:
    model.says("x" * (MOST_BYTES - 200))
    assert len(_endpoint(model)[0].ask("prompt", {})) == MOST_BYTES - 200


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_asked_elsewhere(model: Model, status: int) -> None:
    with endpoint() as other:
        other.says("yes")
        model.does(replies({}, status, Location=f"{other.base_url}/chat/completions"))
        assert _failure(model) == "redirected"
        assert other.asked == []


@pytest.mark.parametrize(("status", "kind"), [(429, "busy"), (500, "broken"), (503, "broken")])
def test_a_busy_or_broken_endpoint_is_asked_again_and_not_for_ever(model: Model, status: int, kind: str) -> None:
    model.does(replies({}, status))
    asking, pauses = _endpoint(model)
    with pytest.raises(ProposalError) as raised:
        asking.ask("prompt", {})
    assert (raised.value.kind, len(model.asked), pauses) == (kind, 3, [1.0, 2.0])


def test_it_is_asked_again_when_it_says(model: Model) -> None:
    model.does(replies({}, 429, Retry_After="7"), _chose(message={"content": "yes"}))
    asking, pauses = _endpoint(model)
    assert (asking.ask("prompt", {}), pauses) == ("yes", [7.0])


@pytest.mark.parametrize("later", ["3600", "9" * 4000])
def test_nobody_waits_an_hour(model: Model, later: str) -> None:
    model.does(replies({}, 429, Retry_After=later))
    assert (_failure(model), len(model.asked)) == ("busy", 1)


def test_an_answer_that_does_not_come_is_not_waited_for(model: Model) -> None:
    gone = threading.Event()

    def waits(*_: object) -> None:
        gone.wait(20)

    model.does(waits)
    assert _failure(model, timeout=0.3) == "timeout"
    gone.set()


def test_an_answer_that_drips_is_not_waited_for(model: Model) -> None:
    gone = threading.Event()

    def drips(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not gone.wait(0.05):
                handler.wfile.write(b" ")
                handler.wfile.flush()
        except OSError:
            pass

    model.does(drips)
    assert _failure(model, timeout=0.5) == "timeout"
    gone.set()


def test_where_nobody_listens_is_a_failure_too() -> None:
    with endpoint() as model:
        pass
    assert _failure(model) == "unreachable"


def test_the_key_is_never_shown(model: Model) -> None:
    assert KEY not in repr(_endpoint(model)[0])
