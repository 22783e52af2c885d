"""How fast names are found, with as many aliases as a large site may list, and how many of them are right.

Matching is one pass over folded prose with a lexicon of 100,000 made-up names in both scripts; finding is all that
`find_names` does, with the lexicon that is shipped. Both are timed over the same posts, in processor time. What is
right is measured on labelled posts, with the shipped lexicon and without any: so one sees what the rules find alone.

    python -m bench.names [--rounds N] [--write] [FOLDER …]
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any, Final, NamedTuple

from bench.reading import folders, trees
from bench.report import command, conditions, table
from service.content import find, find_sources
from service.extraction.names import find_names
from service.lexicon.names import Lexicon, LexiconName, cues, fold_name, shipped
from service.model import Document, EntityKind, Source
from service.reading import read

TITLE = "Finding names"
_LABELLED = Path(__file__).parent.parent.parent / "shared" / "acceptance"
_ALIASES = 100_000
_POSTS = 400
_MEGABYTE = 1e6
_PACKAGES = ("ahocorasick-rs", "rjieba")
_SYLLABLES: Final = [
    "ka",
    "zor",
    "bel",
    "tin",
    "mar",
    "vex",
    "quo",
    "lun",
    "dra",
    "phi",
    "ser",
    "nol",
    "gar",
    "wyn",
    "tes",
    "ori",
    "bra",
    "cel",
]
_TRADES: Final = ["科技", "電子", "能源", "製藥", "航運", "資本", "銀行", "半導體", "科技股份有限公司", "集團"]
_LATIN_TRADES: Final = ["Labs", "Energy", "Capital", "Robotics", "Bank", "Inc.", "Technologies"]
_KINDS: Final = {EntityKind.PERSON: "people", EntityKind.COMPANY: "companies"}
_NOTE = """\
Matching is `Lexicon.scan` with {aliases:,} aliases, finding is `service.extraction.names.find_names` with the shipped
lexicon, both over the same {posts:,} posts ({megabytes:.2f} MB); times are processor time, the best of {rounds} rounds
for each post."""
_RIGHT = """\
Right on labelled posts: a person or company is found where one of the forms that the post uses for it is; what is
found and bears no labelled form is wrong."""


def made_up(number: int) -> Iterator[LexiconName]:
    """Yield bearers with about `number` names in all, the same at every run: people and companies of both scripts."""
    draw = random.Random(7)
    family, given = "".join(cues("surnames")), "".join(cues("given_characters"))
    for ident in range(number // 4):
        own = "".join(draw.choices(given, k=2))
        latin = "".join(draw.choices(_SYLLABLES, k=3)).title()
        if ident % 2:
            point = "".join(draw.choices(given, k=2)) + "．" + "".join(draw.choices(given, k=3))
            names = (draw.choice(family) + own, point, point.replace("．", "·"))
            yield LexiconName(f"p{ident}", EntityKind.PERSON, (f"{latin} {own.encode().hex()[:6].title()}",), names)
        else:
            trade, other = draw.choice(_TRADES), draw.choice(_LATIN_TRADES)
            firm = (own + draw.choice(given) + trade, own + draw.choice(given) + draw.choice(given))
            yield LexiconName(f"c{ident}", EntityKind.COMPANY, (f"{latin} {other}", f"{latin}{ident}"), firm)


def documents(places: Iterable[Path]) -> list[Document]:
    """Return some posts of all trees in `places`, evenly drawn."""
    found = [(post, tree.site) for place in places for tree in trees(place) for post in tree.posts]
    return [read(post, site) for post, site in found[:: max(len(found) // _POSTS, 1)]]


def best(work: Callable[[Document], object], posts: Iterable[Document], rounds: int) -> float:
    """Return the seconds that `work` takes for all posts, of each the fastest of `rounds`."""
    return sum(min(_seconds(work, post) for _ in range(rounds)) for post in posts)


def _seconds(work: Callable[[Document], object], post: Document) -> float:
    start = process_time()
    work(post)
    return process_time() - start


class Right(NamedTuple):
    """How many of a kind were found, were found wrongly, and were missed."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.found / max(2 * self.found + self.wrong + self.missed, 1)


def right(folder: Path, lexicon: Lexicon) -> Mapping[EntityKind, Right]:
    """Return what is right in the posts below `folder`/posts by the labels in `folder`/gold."""
    sums = dict.fromkeys(_KINDS, Right())
    for label, document in _labelled(folder):
        mentions, _ = find_names(document, lexicon)
        unsure = {one["text"] for one in label["unsure"]}
        for kind, field in _KINDS.items():
            bearers: dict[str, set[str]] = defaultdict(set)
            for mention in mentions:
                if mention.kind is kind:
                    bearers[mention.key or fold_name(mention.name)].add(mention.surface)
            wanted = [set(record["surfaces"]) for record in label[field]]
            counts = _compared(list(bearers.values()), wanted, unsure)
            sums[kind] = Right(*(a + b for a, b in zip(sums[kind], counts, strict=True)))
    return sums


def _compared(bearers: list[set[str]], wanted: list[set[str]], unsure: set[str]) -> Right:
    hit = sum(any(forms & one for one in bearers) for forms in wanted)
    known = unsure.union(*wanted)
    return Right(hit, sum(one.isdisjoint(known) for one in bearers), len(wanted) - hit)


def _labelled(folder: Path) -> Iterator[tuple[dict[str, Any], Document]]:
    texts = {
        f"{site.name}/{post.path}": (post, site)
        for site, top in find_sources(folder / "posts")
        for post in find(top, max_files=1_000, max_bytes=10_000_000)
        if isinstance(post, Source)
    }
    for file in sorted((folder / "gold").glob("[0-9]*.json")):
        label = json.loads(file.read_text(encoding="utf-8"))
        if label["post"] in texts:
            yield label, read(*texts[label["post"]])


def run(places: Iterable[Path], rounds: int) -> str:
    """Return the report over the posts in `places` as Markdown."""
    posts, lexicon = documents(places), Lexicon(made_up(_ALIASES))
    megabytes = sum(len(post.text.encode()) for post in posts) / _MEGABYTE
    aliases = sum(len(entry.en) + len(entry.hant) for entry in lexicon.entries.values())
    folded = {id(post): fold_name(post.text) for post in posts}
    find_names(posts[0])  # what is set up at first use is no part of it
    speeds = [
        ("matching", best(lambda post: lexicon.scan(post.text, folded=folded[id(post)]), posts, rounds)),
        ("folding and matching", best(lambda post: lexicon.scan(post.text), posts, rounds)),
        ("finding", best(find_names, posts, rounds)),
    ]
    rows = [(name, f"{megabytes / spent:.2f}", f"{len(posts) / spent:,.0f}") for name, spent in speeds]
    note = _NOTE.format(aliases=aliases, posts=len(posts), megabytes=megabytes, rounds=rounds)
    return f"{note}\n\n{table(['', 'MB/s', 'posts/s'], rows)}\n\n{_as_table()}{conditions(_PACKAGES)}"


def _as_table() -> str:
    """Return what is right with the lexicon and without, or nothing where no labelled posts are at hand."""
    if not (_LABELLED / "gold").is_dir():
        return ""
    rows = [
        (name, kind, counts.found, counts.wrong, counts.missed, f"{counts.f1:.3f}")
        for name, lexicon in (("shipped", shipped()), ("none", Lexicon(())))
        for kind, counts in right(_LABELLED, lexicon).items()
    ]
    head = ["lexicon", "kind", "found", "wrong", "missed", "F1"]
    return f"{_RIGHT}\n\n{table(head, rows)}\n\n"


def main() -> None:
    """Run it from the command line."""
    command("bench.names", __doc__ or "", TITLE, lambda given, rounds: run(given or folders(), rounds))


if __name__ == "__main__":
    main()
