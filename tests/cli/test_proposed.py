"""What a model proposes, on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.proposing.endpoint import KEY, Model, endpoint

POST = "# 帳本\n\n渡口的帳目很亂。豆腐西施從不記帳，去年虧了三百萬元。\n"
SAID = {"mentions": [{"quote": "豆腐西施", "kind": "person"}, {"quote": "沒有的人", "kind": "person"}]}


def _wenmai(folder: Path, model: Model | None, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    settings = {"WENMAI_DATABASE_URL": f"sqlite:///{folder / 'test.db'}", "WENMAI_CONTENT": ""}
    if model is not None:
        settings |= {"WENMAI_LLM_BASE_URL": model.base_url, "WENMAI_LLM_MODEL": "small", "WENMAI_LLM_KEY": KEY}
    command = [sys.executable, "-m", "service.cli", *map(str, arguments)]
    environment = {**os.environ, **settings}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_inspect_shows_what_was_proposed_and_what_was_dropped_and_why(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(POST, encoding="utf-8")
    with endpoint() as model:
        model.says(SAID)
        done = _wenmai(tmp_path, model, "inspect", tmp_path / "a.md", "--llm", "--json")
        plain = _wenmai(tmp_path, model, "inspect", tmp_path / "a.md", "--json")
    assert done.returncode == plain.returncode == 0, done.stderr
    proposals = json.loads(done.stdout)["proposals"]
    assert [(one["quote"], one["dropped"]) for one in proposals] == [
        ("豆腐西施", None),
        ("沒有的人", "not in the text"),
    ]
    assert KEY not in done.stdout + done.stderr
    assert "proposals" not in json.loads(plain.stdout)
    assert len(model.asked) == 1


def test_without_a_model_there_is_nobody_to_ask(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(POST, encoding="utf-8")
    done = _wenmai(tmp_path, None, "inspect", tmp_path / "a.md", "--llm")
    assert done.returncode == 2
    assert "WENMAI_LLM_BASE_URL" in done.stderr


def test_open_pairs_are_put_to_the_model(tmp_path: Path) -> None:
    sayings = ("青石渡輪公司的新船今年載了 300 人。", "青石渡輪公司的新船今年還在船塢，要修 3 個月。")
    (tmp_path / "posts").mkdir()
    for number, text in enumerate(sayings):
        (tmp_path / "posts" / f"{number}.md").write_text(f"# 筆記\n\n{text}\n", encoding="utf-8")
    assert _wenmai(tmp_path, None, "ingest", tmp_path / "posts").returncode == 0
    with endpoint() as model:
        model.says({"relation": "different", "one_quote": "新船", "other_quote": "新船"})
        done = _wenmai(tmp_path, model, "propose", "--json")
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert counts["asked"] == counts["taken"] == len(model.asked)
    assert counts["asked"] >= 1
