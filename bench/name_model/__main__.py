"""Train the model of names and write its weights where the service reads them.

The sentences are our own (`sentences/`), UNER's, and those of real posts that the lexicon labels, all of them with
made-up names in the places of theirs. With `--check` a sixth of our own is kept back and what the model finds in it
is printed; nothing is written then. The same input gives the same weights.

    python -m bench.name_model [--check] [--rounds N] [--copies N] [--out FILE] [FOLDER …]

A folder holds sites or vaults; without one, those of `../shared/corpora` are read.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.name_model.changing import changed
from bench.name_model.checking import checked
from bench.name_model.exporting import exported, save
from bench.name_model.marked import SENTENCES, UNER, Sentence, uner, written
from bench.name_model.rows import rows
from bench.name_model.silver import silver
from bench.name_model.training import Examples, Perceptron
from bench.report import table
from service.extraction import names
from service.extraction.names.model.weights import FILE, Weights, parse

_CORPORA: Final = Path(__file__).parents[3] / "shared" / "corpora"
_SHIPPED: Final = Path(names.__file__).parent / "model" / FILE
_POSTS: Final = 60  # of each tree
_PLAIN: Final = 2_500  # sentences of posts without a name
_RARE: Final = 2  # units that have a feature, at least
_KEPT_BACK: Final = 6  # of so many files one
_SEED: Final = 11


def sentences(own: Iterable[Path], folders: Iterable[Path], copies: int) -> Iterator[Sentence]:
    """Yield all sentences to learn from, those with names as often as `copies` says, each time with other names."""
    draw = random.Random(_SEED)
    for sentence in written(own):
        for _ in range(copies if is_named(sentence) else max(copies // 3, 1)):
            yield changed(sentence, draw)
    for sentence in uner(UNER / "zh_gsd-ud-train.iob2"):
        yield sentence
        if is_named(sentence):
            yield changed(sentence, draw)
    real = list(silver(folders, _POSTS, _SEED))
    plain = [sentence for sentence in real if not any(part.kind for part in sentence)]
    for sentence in real:
        if any(part.kind for part in sentence):
            yield from (changed(sentence, draw) for _ in range(2))
    yield from draw.sample(plain, min(_PLAIN, len(plain)))


def is_named(sentence: Sentence) -> bool:
    """Tell whether a sentence names a person or a business."""
    return any(part.kind in ("P", "O") for part in sentence)


def trained(data: Iterable[Sentence], rounds: int) -> bytes:
    """Return the weights file of a model that has gone through `data` so many times."""
    examples = Examples()
    for sentence in data:
        examples.add(rows(sentence))
    examples = examples.without_rare(_RARE)
    model, draw = Perceptron(len(examples.numbers)), random.Random(_SEED)
    for number in range(rounds):
        if number == rounds * 2 // 3:
            model.begin_mean()
        wrong = model.learn(examples.lines, draw)
        print(f"round {number + 1}: {wrong} of {len(examples.lines)} lines read wrongly", flush=True)
    return exported(model.averaged(examples.numbers), model.averaged_steps())


def report(kept_back: Sequence[Sentence], weights: Weights) -> str:
    """Return what the model finds in sentences that it has not learnt from, as a table."""
    kinds = {"P": "people", "O": "businesses", "X": "other names"}
    lines = [(kinds[kind], *one, f"{one.f1:.3f}") for kind, one in checked(kept_back, weights).items()]
    return table(["kind", "found", "wrong", "missed", "F1"], lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.name_model", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--check", action="store_true", help="keep a sixth of our sentences back and measure on them")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--copies", type=int, default=5)
    parser.add_argument("--out", type=Path, default=_SHIPPED)
    given = parser.parse_args(arguments)
    files = sorted(SENTENCES.glob("*.txt"))
    back = files[1::_KEPT_BACK] if given.check else []
    folders = given.folders or sorted(place for place in _CORPORA.glob("*") if place.is_dir())
    data = trained(sentences([file for file in files if file not in back], folders, given.copies), given.rounds)
    if given.check:
        print(report(list(written(back)), Weights(*parse(data))))
    else:
        save(data, given.out)
        print(f"{given.out}: {given.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
