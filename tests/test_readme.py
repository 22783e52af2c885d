"""What the READMEs tell newcomers to type works, in all three languages."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from service.settings import Settings
from tests.servers import CONTENT, TOKEN, serving

TOP = Path(__file__).parent.parent
READMES = sorted(TOP.glob("README*.md"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    with serving(tmp_path_factory.mktemp("readme"), content=CONTENT) as client:
        yield client


def commands(readme: Path) -> list[list[str]]:
    """Return the `curl` commands of a README, each as its words, up to the first pipe."""
    blocks = re.findall(r"```console\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    typed = [shlex.split(line.removeprefix("$ ")) for line in lines if line.startswith("$ curl")]
    return [words[: words.index("|")] if "|" in words else words for words in typed]


def call(client: httpx2.Client, words: list[str]) -> Any:
    """Do what curl would."""
    url = urlsplit("http://" + next(word for word in words if word.startswith("localhost:8000")))
    values = {flag: word for flag, word in pairwise(words) if flag in ("--data-urlencode", "-d")}
    name, _, value = values.get("--data-urlencode", "").partition("=")
    params = dict(parse_qsl(url.query)) | ({name: value} if name else {})
    if "-d" in values:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        return (
            client.post(url.path, params=params, json=json.loads(values["-d"]), headers=headers)
            .raise_for_status()
            .json()
        )
    return client.get(url.path, params=params).raise_for_status().json()


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_example_answers_something(server: httpx2.Client, readme: Path) -> None:
    assert commands(readme)
    for words in commands(readme):
        answer = call(server, words)
        assert answer.get("items") or answer.get("matches") or answer.get("status") == "done", words


def test_the_readmes_show_the_same_two_commands() -> None:
    assert len(READMES) == 3
    for readme in READMES:
        first = readme.read_text(encoding="utf-8").split("```")[1]
        assert [line.split()[1:3] for line in first.splitlines() if line.startswith("$")] == [
            ["make", "serve"],
            ["make", "test"],
        ]


def test_the_picture_names_rooms_that_exist() -> None:
    text = (TOP / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((service/[^)]*)\)", text)
    assert linked
    assert all((TOP / path).exists() for path in linked)


def test_every_setting_is_documented() -> None:
    text = (TOP / "README.md").read_text(encoding="utf-8")
    assert all(f"`WENMAI_{name.upper()}`" in text for name in Settings.model_fields)
