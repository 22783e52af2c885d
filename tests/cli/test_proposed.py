"""What a model proposes, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import Ran, run
from tests.proposing.endpoint import KEY, Model, endpoint

POST = "# 帳本\n\n渡口的帳目很亂。豆腐西施從不記帳，去年虧了三百萬元。\n"
SAID = {"mentions": [{"quote": "豆腐西施", "kind": "person"}, {"quote": "沒有的人", "kind": "person"}]}


def _wenmai(folder: Path, model: Model | None, *arguments: str | Path) -> Ran:
    if model is None:
        return run(folder, *arguments)
    asked = {"WENMAI_LLM_BASE_URL": model.base_url, "WENMAI_LLM_MODEL": "small", "WENMAI_LLM_KEY": KEY}
    return run(folder, *arguments, **asked)


def test_inspect_shows_what_was_proposed_and_what_was_dropped_and_why(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(POST, encoding="utf-8")
    with endpoint() as model:
        model.says(SAID)
        done = _wenmai(tmp_path, model, "inspect", tmp_path / "a.md", "--llm", "--json")
        plain = _wenmai(tmp_path, model, "inspect", tmp_path / "a.md", "--json")
    assert done.code == plain.code == 0, done.err
    proposals = json.loads(done.out)["proposals"]
    assert [(one["quote"], one["dropped"]) for one in proposals] == [
        ("豆腐西施", None),
        ("沒有的人", "not in the text"),
    ]
    assert KEY not in done.out + done.err
    assert "proposals" not in json.loads(plain.out)
    assert len(model.asked) == 1


def test_without_a_model_there_is_nobody_to_ask(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(POST, encoding="utf-8")
    done = _wenmai(tmp_path, None, "inspect", tmp_path / "a.md", "--llm")
    assert done.code == 2
    assert "WENMAI_LLM_BASE_URL" in done.err


def test_open_pairs_are_put_to_the_model(tmp_path: Path) -> None:
    sayings = ("青石渡輪公司的新船今年載了 300 人。", "青石渡輪公司的新船今年還在船塢，要修 3 個月。")
    (tmp_path / "posts").mkdir()
    for number, text in enumerate(sayings):
        (tmp_path / "posts" / f"{number}.md").write_text(f"# 筆記\n\n{text}\n", encoding="utf-8")
    assert _wenmai(tmp_path, None, "ingest", tmp_path / "posts").code == 0
    with endpoint() as model:
        model.says({"relation": "different", "one_quote": "新船", "other_quote": "新船"})
        done = _wenmai(tmp_path, model, "propose", "--json")
    assert done.code == 0, done.err
    counts = json.loads(done.out)
    assert counts["asked"] == counts["taken"] == len(model.asked)
    assert counts["asked"] >= 1
