"""What is asked for on a terminal: who somebody is, who says so; and what happens when a name is mistyped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text
from typer.testing import CliRunner

from service.cli import commands, show
from service.cli.near import close, complete_name, complete_source, meant

POSTS = {
    "wharf.md": "---\ntitle: 碼頭的新吊車\n---\n台積電（TSMC）表示，北岸碼頭有 12 座吊車。\n",
    "crane.md": "---\ntitle: 吊车清点\n---\n台积电表示，北岸码头有 15 座吊车。\n",
}
runner = CliRunner()
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give what runs a command on a small corpus; it returns what stands on standard output."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    for name, text in POSTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("WENMAI_DATABASE_URL", f"sqlite:///{tmp_path / 'w.db'}")
    monkeypatch.setenv("WENMAI_STATE_DIR", str(tmp_path))

    def command(*arguments: str, expect: int = 0) -> str:
        done = runner.invoke(commands.app, list(arguments))
        assert done.exit_code == expect, done.output
        return str(done.exception) if expect else done.stdout

    command("ingest", str(folder))
    return command


def test_somebody_is_found_by_any_name_and_told_with_the_evidence(run: Run) -> None:
    for name in ("台積電", "台积电", "TSMC"):
        lines = run("who", name).splitlines()
        assert "company, in 2 articles" in lines[0]
        assert any(line == "TSMC\tlexicon, mention\t碼頭的新吊車:4" for line in lines)


def test_programs_get_one_object(run: Run) -> None:
    known = json.loads(run("who", "台積電", "--json", "--lang", "zh-CN"))
    assert known["entity"]["id"] == "tsmc"
    assert known["claims"]
    assert not any("碼" in claim["text"] for claim in known["claims"])
    found = json.loads(run("ask", "北岸碼頭有 12 座吊車", "--json"))
    assert found["counts"]["conflict"] == 1


def test_a_sentence_is_answered_by_who_says_the_same_and_who_does_not(run: Run) -> None:
    lines = run("ask", "北岸码头有 12 座吊车").splitlines()
    assert lines[0].startswith("1 say the same, 1 say otherwise")
    assert {line.split("\t")[0] for line in lines[1:]} >= {"says the same", "says otherwise"}
    assert "Nothing that is stored" in run("ask", "火星上有一座圖書館")


def test_a_mistyped_name_is_asked_back(run: Run) -> None:
    assert "Did you mean 台積" in run("who", "台積店", expect=1)
    told = run("who", "完全沒有的名字", expect=1)
    assert "nobody and nothing here is named" in told
    assert "Did you mean" not in told


def test_a_mistyped_source_is_asked_back_and_nothing_is_exported(run: Run, tmp_path: Path) -> None:
    assert run("export", "--source", "harbor", expect=1) == "there is no source harbor. Did you mean harbour?"
    run("export", "--static", str(tmp_path / "out"), "--source", "harbor", expect=1)
    assert not (tmp_path / "out").exists()


def test_names_and_sources_are_completed(run: Run) -> None:
    assert complete_name("台积") == ["台积电"]
    assert "TSMC" in complete_name("tsm")
    assert complete_source("har") == ["harbour"]
    assert complete_source("x") == complete_name(" ") == []


def test_completing_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENMAI_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert complete_name("台") == complete_source("") == []
    monkeypatch.setenv("WENMAI_DATABASE_URL", "oracle://nowhere")
    assert complete_name("台") == []
    assert not list(tmp_path.iterdir())


def test_what_was_done_is_told_to_programs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "harbour" / "odd.md").write_bytes(b"# a\n\0\n")
    told = runner.invoke(commands.app, ["ingest", str(tmp_path / "harbour"), "--json"])
    assert told.exit_code == 1
    (line,) = told.stdout.splitlines()
    done = json.loads(line)
    assert (done["source"], done["counts"]["unchanged"], done["counts"]["failed"]) == ("harbour", 2, 1)
    assert done["errors"][0]["path"] == "odd.md"
    written = json.loads(run("export", "--static", str(tmp_path / "out"), "--json"))
    assert written["written"] == len([path for path in (tmp_path / "out").rglob("*") if path.is_file()]) - 1
    (tmp_path / "harbour" / "odd.md").unlink()
    first, second = run("check", str(tmp_path / "harbour"), "--json").splitlines()
    assert all(json.loads(first)["database"].values())
    assert json.loads(second)["counts"]["added"] == 2


def test_rows_are_a_table_on_a_terminal_and_lines_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    cells = [(Text("茶廠"), Text("三 噸"))]
    show.rows(Console(force_terminal=False), "Names", ("name", "said"), cells)
    assert capsys.readouterr().out == "茶廠\t三 噸\n"
    show.rows(Console(force_terminal=True, width=60), "Names", ("name", "said"), cells)
    shown = capsys.readouterr().out
    assert "Names" in shown
    assert "\x1b[" in shown


def test_a_piece_for_a_site_is_printed_with_the_address_of_the_service(run: Run) -> None:
    assert 'api="https://posts.example/"' in run("widget", "hugo", "--api", "https://posts.example")
    assert "no address of a service" in run("widget", "hugo", "--api", "posts.example", expect=1)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete(shell: str) -> None:
    done = runner.invoke(commands.app, [], prog_name="wenmai", env={"_WENMAI_COMPLETE": f"source_{shell}"})
    assert "_WENMAI_COMPLETE" in done.output
    asked = {"_WENMAI_COMPLETE": f"complete_{shell}", "COMP_WORDS": "wenmai in", "COMP_CWORD": "1"}
    asked |= {"_TYPER_COMPLETE_ARGS": "wenmai in", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    offered = runner.invoke(commands.app, [], prog_name="wenmai", env=asked).output
    assert "ingest" in offered
    assert "inspect" in offered


@given(st.text(max_size=12), st.lists(st.text(min_size=1, max_size=12), max_size=8))
def test_what_is_meant_is_among_what_is_there(wanted: str, known: list[str]) -> None:
    assert set(close(wanted, known)) <= set(known)
    assert (meant(close(wanted, known)) == "") == (not close(wanted, known))
