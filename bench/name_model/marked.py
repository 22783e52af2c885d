"""Sentences with their names marked: our own (`{P:…}`), and the labelled news of UNER."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from service.lexicon.name_cues import longest_first
from service.lexicon.name_folding import fold_name
from service.lexicon.names import shipped
from service.model import EntityKind

SENTENCES = Path(__file__).parent / "sentences"
UNER = Path(__file__).parents[3] / "shared" / "data" / "uner-zh-gsd"

_MARK = re.compile(r"\{([A-Z]):([^{}]*)\}")


class Part(NamedTuple):
    """A piece of a sentence: its text, and what it names (`P` a person, `O` a business, `G` another), or nothing."""

    text: str
    kind: str = ""


Sentence = tuple[Part, ...]


def parse(line: str) -> Sentence:
    """Return the parts of a line with marks.

    >>> parse("{P:王明}笑了。")
    (Part(text='王明', kind='P'), Part(text='笑了。', kind=''))
    """
    parts, last = [], 0
    for match in _MARK.finditer(line):
        if match.start() > last:
            parts.append(Part(line[last : match.start()]))
        if match[2]:
            parts.append(Part(match[2], match[1]))
        last = match.end()
    if last < len(line):
        parts.append(Part(line[last:]))
    return tuple(parts)


def written(files: Iterable[Path]) -> Iterator[Sentence]:
    """Yield the sentences of our own files."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield parse(line.strip())


def uner(file: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file of UNER: its organisations that are no businesses are other names."""
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if rows:
            yield _joined(rows)


def _joined(rows: list[list[str]]) -> Sentence:
    parts: list[Part] = []
    for row in rows:
        tag = row[2]
        kind = {"PER": "P", "ORG": "O", "LOC": "G"}.get(tag[2:], "")
        latin = bool(parts) and parts[-1].text[-1:].isascii() and row[1][:1].isascii()
        gap = " " if latin and parts[-1].text[-1:].isalnum() and row[1][:1].isalnum() else ""
        if parts and parts[-1].kind == kind and not tag.startswith("B-"):
            parts[-1] = Part(parts[-1].text + gap + row[1], kind)
        else:
            if gap:
                parts[-1] = Part(parts[-1].text + gap, "") if not parts[-1].kind else parts[-1]
                if parts[-1].kind:
                    parts.append(Part(gap))
            parts.append(Part(row[1], kind))
    return tuple(Part(part.text, "I") if part.kind == "O" and not is_business(part.text) else part for part in parts)


def is_business(name: str) -> bool:
    """Tell whether an organisation is a business by its last part or because the lexicon knows it."""
    if any(of.entry.kind is EntityKind.COMPANY for of in shipped().lookup(name)):
        return True
    return fold_name(name).endswith(longest_first("company_endings", "sure_trades", "trades"))
