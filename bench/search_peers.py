"""Other ways to search the same texts: FTS5 with trigrams and with pairs of characters, and tantivy."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

_RUN = re.compile("[\u4e00-\u9fff]+|[^\u4e00-\u9fff\\W]+")
_BEST = 10

Texts = Iterable[tuple[str, str]]


class Finder(NamedTuple):
    """A way to search: what finds the best hits of a word and returns how many there are, and the index's bytes."""

    best: Callable[[str], int]
    bytes: int


def pairs(text: str) -> list[str]:
    """Return the pairs of characters of a text, and its Latin words."""
    found = []
    for run in _RUN.findall(text):
        found += [run] if run.isascii() or len(run) == 1 else [a + b for a, b in pairwise(run)]
    return found


def trigrams(texts: Texts) -> Finder:
    """FTS5 with its tokenizer `trigram`: words of two characters it cannot find."""
    return _fts5("trigram", texts, lambda text: text, lambda word: f'"{word}"')


def two_characters(texts: Texts) -> Finder:
    """FTS5 with pairs of characters as words; longer words are phrases of them."""
    return _fts5("unicode61", texts, lambda text: " ".join(pairs(text)), lambda word: f'"{" ".join(pairs(word))}"')


def _fts5(tokenizer: str, texts: Texts, written: Callable[[str], str], asked: Callable[[str], str]) -> Finder:
    database = sqlite3.connect(str(Path(tempfile.mkdtemp()) / "fts.db"))
    database.execute("PRAGMA journal_mode=OFF")
    database.execute(f"CREATE VIRTUAL TABLE found USING fts5(text, content='', tokenize='{tokenizer}')")
    rows = ((number, written(text)) for number, (_, text) in enumerate(texts, 1))
    database.executemany("INSERT INTO found (rowid, text) VALUES (?, ?)", rows)
    database.commit()
    size = database.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'found%'").fetchone()[0]

    def best(word: str) -> int:
        query = asked(word)
        database.execute("SELECT rowid FROM found(?) ORDER BY rank LIMIT ?", (query, _BEST)).fetchall()
        return int(database.execute("SELECT count(*) FROM found(?)", (query,)).fetchone()[0])

    return Finder(best, size)


def tantivy(texts: Texts) -> Finder | None:
    """Tantivy with pairs of characters as words; longer words need all of them."""
    try:
        library: Any = import_module("tantivy")
    except ImportError:
        return None
    folder = Path(tempfile.mkdtemp())
    builder = library.SchemaBuilder()
    builder.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = library.Index(schema, path=str(folder))
    analyzer = library.TextAnalyzerBuilder(library.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", analyzer)
    writer = index.writer(num_threads=1)
    for _, text in texts:
        writer.add_document(library.Document(text=" ".join(pairs(text))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def best(word: str) -> int:
        terms = [library.Query.term_query(schema, "text", pair, index_option="freq") for pair in pairs(word)]
        query = library.Query.boolean_query([(library.Occur.Must, term) for term in terms])
        return int(searcher.search(query, _BEST).count)

    return Finder(best, sum(path.stat().st_size for path in folder.iterdir()))


PEERS: dict[str, Callable[[Texts], Finder | None]] = {
    "FTS5, trigrams": trigrams,
    "FTS5, pairs of characters": two_characters,
    "tantivy, pairs of characters": tantivy,
}
