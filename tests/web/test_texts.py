"""What the interface says: every text in all three languages, and every text that is asked for there."""

from __future__ import annotations

import json
import re
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from service.api.sources import SourceIn
from service.model import Script
from service.query.answers import ClaimAnswer, EntityAnswer
from service.query.answers.claims import Evidence, JudgementAnswer
from service.query.answers.decisions import DecisionAnswer
from service.query.answers.entities import NameEvidence
from service.query.answers.jobs import JobAnswer
from service.script import detect
from service.web.assets import FOLDER

TEXTS: dict[str, dict[str, Any]] = json.loads((FOLDER / "texts.json").read_text(encoding="utf-8"))
LANGUAGES = ("zh-TW", "zh-CN", "en")
SCRIPTS = [path for path in FOLDER.rglob("*.js") if "vendor" not in path.parts]


def forms(text: str | dict[str, str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


def blanks(text: str | dict[str, str]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", " ".join(forms(text))))


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_a_text_is_there_in_all_languages_with_the_same_blanks(key: str) -> None:
    text = TEXTS[key]
    assert tuple(text) == LANGUAGES
    assert blanks(text["zh-TW"]) == blanks(text["zh-CN"]) == blanks(text["en"])


def test_every_text_a_script_asks_for_is_there() -> None:
    for script in SCRIPTS:
        source = script.read_text(encoding="utf-8")
        asked = set(re.findall(r"\bt\(\"([^\"]+)\"", source))
        assert asked <= TEXTS.keys(), script.name


def test_every_text_with_a_computed_end_is_there_for_some_end() -> None:
    for script in SCRIPTS:
        for beginning in re.findall(r"\bt\(`([a-z.]+)\$\{", script.read_text(encoding="utf-8")):
            assert any(key.startswith(beginning) for key in TEXTS), (script.name, beginning)


KINDS: list[tuple[str, type[BaseModel], str]] = [
    ("kind.", EntityAnswer, "kind"),
    ("claim.", ClaimAnswer, "kind"),
    ("relation.", Evidence, "relation"),
    ("reason.claim.", Evidence, "relation"),
    ("judge.", JudgementAnswer, "relation"),
    ("evidence.", NameEvidence, "kind"),
    ("decision.", DecisionAnswer, "kind"),
    ("job.", JobAnswer, "status"),
    ("sources.", SourceIn, "kind"),
]


def values(annotation: Any) -> list[str]:
    """Return the values that a field of an answer may have."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(one) for one in annotation]
    return [str(one) for one in get_args(annotation)]


@pytest.mark.parametrize(("beginning", "answer", "field"), KINDS, ids=[beginning for beginning, _, _ in KINDS])
def test_every_kind_that_an_answer_can_be_of_has_a_text(beginning: str, answer: type[BaseModel], field: str) -> None:
    found = values(answer.model_fields[field].annotation)
    assert len(found) >= 3
    assert {beginning + one for one in found} <= TEXTS.keys()


def test_no_text_is_left_that_nobody_asks_for() -> None:
    sources = "\n".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    computed = tuple(re.findall(r"`([a-z]+\.(?:[a-z]+\.)?)\$\{", sources))
    ends = tuple(re.findall(r"`\$\{\w+\}(\.[a-z]+)`", sources))
    unused = {key for key in TEXTS if f'"{key}"' not in sources} - {"name"}
    assert not {key for key in unused if not key.startswith(computed) and not key.endswith(ends)}


@pytest.mark.parametrize(("language", "other"), [("zh-TW", Script.HANS), ("zh-CN", Script.HANT)])
def test_no_language_is_written_in_the_script_of_the_other(language: str, other: Script) -> None:
    whole = [form for text in TEXTS.values() for form in forms(text[language])]
    assert not [form for form in whole if detect(form) is other]


def test_every_module_is_small() -> None:
    assert max(len(path.read_text(encoding="utf-8").splitlines()) for path in SCRIPTS) <= 350


def test_what_is_not_ours_says_whose_it_is() -> None:
    vendored = {path.stem for path in Path(FOLDER / "vendor").glob("*.js")}
    for name in vendored:
        licence = (FOLDER / "vendor" / f"{name}.LICENSE.txt").read_text(encoding="utf-8")
        assert re.search(r"\d+\.\d+\.\d+", licence)
        assert "Licence: MIT" in licence


@pytest.mark.parametrize("name", ["widget.js", "search.js"])
def test_a_script_for_other_sites_says_everything_in_all_languages(name: str) -> None:
    source = (FOLDER / name).read_text(encoding="utf-8")
    table = re.search(r"^const TEXTS = \{\n(.*?)^\};", source, re.DOTALL | re.MULTILINE)
    assert table
    _, *parts = re.split(r"^  \"?(zh-TW|zh-CN|en)\"?: \{", table[1], flags=re.MULTILINE)
    said = {lang: re.findall(r"\b(\w+): ", text) for lang, text in zip(parts[::2], parts[1::2], strict=True)}
    assert tuple(said) == LANGUAGES
    assert said["zh-TW"] == said["zh-CN"] == said["en"] != []
