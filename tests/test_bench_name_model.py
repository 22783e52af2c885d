"""The model of names is trained from marked sentences: parsed, given other names, learnt, and written as a file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.name_model import __main__ as program
from bench.name_model import invented
from bench.name_model.changing import changed
from bench.name_model.checking import checked
from bench.name_model.exporting import exported
from bench.name_model.marked import SENTENCES, Part, parse, written
from bench.name_model.rows import rows
from bench.name_model.training import Examples, Perceptron
from service.extraction.names.model.weights import Weights
from service.extraction.names.model.weights import parse as read_weights

LINES = (
    "{O:雲嶺實業}財務長{P:顧遠帆}說，今年不會裁員。",
    "據{O:青禾農業}公告，{P:顧小姐}與{P:顧遠帆}都不在{G:台北}。",
    "今天天氣很好，我們去公園散步。",
    "律師{P:宗政若嵐}替{O:Norvik Foods}出庭。",
)


def test_marks_become_parts() -> None:
    assert parse("在{O:雲嶺}的{P:顧遠}笑了") == (
        Part("在"),
        Part("雲嶺", "O"),
        Part("的"),
        Part("顧遠", "P"),
        Part("笑了"),
    )


def test_every_sentence_of_ours_has_marks_that_are_closed_and_known() -> None:
    sentences = list(written(sorted(SENTENCES.glob("*.txt"))))
    assert len(sentences) > 1_000
    assert {part.kind for sentence in sentences for part in sentence} <= {"", "P", "O", "G", "I", "W"}
    assert not [part.text for sentence in sentences for part in sentence if "{" in part.text or "}" in part.text]


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_sentence_says_the_same_of_others(seed: int) -> None:
    for line in LINES:
        before, after = parse(line), changed(parse(line), random.Random(seed))
        assert [part.kind for part in before] == [part.kind for part in after]
        assert [part.text for part in before if not part.kind] == [part.text for part in after if not part.kind]
        assert all(part.text for part in after)


def test_who_is_named_twice_is_named_alike_in_a_changed_sentence() -> None:
    sentence = parse("{O:雲嶺實業}的{P:顧遠帆}說，{P:顧遠帆}離開{O:雲嶺實業}了")
    names = [part.text for part in changed(sentence, random.Random(4)) if part.kind]
    assert names[0] == names[3]
    assert names[1] == names[2]


def test_the_same_seed_makes_up_the_same_names() -> None:
    for make in (invented.chinese, invented.foreign, invented.latin_firm, invented.stem, invented.place):
        assert make(random.Random(9)) == make(random.Random(9))


def test_what_is_learnt_is_found_again_and_written_as_a_file_that_is_read_again() -> None:
    examples, sentences = Examples(), [parse(line) for line in LINES]
    for sentence in sentences:
        examples.add(rows(sentence))
    model = Perceptron(len(examples.numbers))
    rounds = [model.learn(examples.lines, random.Random(number)) for number in range(6)]
    assert rounds[-1] < rounds[0]
    data = exported(model.averaged(examples.numbers), model.averaged_steps(), unit=1)
    weights = Weights(*read_weights(data))
    found = checked(sentences, weights)
    assert (found["P"].missed, found["O"].missed) == (0, 0)


def test_rare_features_are_left_out() -> None:
    examples = Examples()
    for line in LINES:
        examples.add(rows(parse(line)))
    kept = examples.without_rare(3)
    assert 0 < len(kept.numbers) < len(examples.numbers)
    assert [line.tags for line in kept.lines] == [line.tags for line in examples.lines]


def test_training_writes_the_same_weights_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, posts = tmp_path / "ours", tmp_path / "posts"
    ours.mkdir()
    posts.mkdir()
    (ours / "one.txt").write_text("\n".join(LINES), encoding="utf-8")
    (posts / "note.md").write_text("# 筆記\n\n台積電今年擴產，輝達下單。\n\n今天下雨，路上很塞。\n", encoding="utf-8")
    monkeypatch.setattr(program, "SENTENCES", ours)
    monkeypatch.setattr(program, "UNER", tmp_path)
    (tmp_path / "zh_gsd-ud-train.iob2").write_text("1\t看\tO\t-\t-\n2\t王莽\tB-PER\t-\t-\n", encoding="utf-8")
    files = []
    for name in ("first.gz", "second.gz"):
        program.main(["--rounds", "2", "--copies", "2", "--out", str(tmp_path / name), str(posts)])
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]
    assert files[0]
