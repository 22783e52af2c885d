"""Look up what is asked of the stories beside this file, and compare the answers with what was judged by hand.

All stories are stored in one database, so that posts on other things stand beside those that a sentence is about. Of
the pairs that nobody judged, those that are answered count as wrong: a story marks all that its sentences are about.

    python -m bench.relations [--misses] [--write]
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlmodel import Session

from bench.relations.stories import Story, stories
from bench.report import conditions, table, write_section
from service.ingest import ingest
from service.model import Site, Source
from service.query.columns import ARTICLE, CLAIM
from service.query.lookup import lookup
from service.store import engine as engines

TITLE: Final = "Agreement and conflict"
_LOOKED_AT: Final = 20  # answers of a sentence
_SPACE: Final = re.compile(r"\s+|[*_`]")
_SIDES: Final = ("agree", "conflict")
_NOTE: Final = """\
{stories} stories of several posts each, written and judged by hand, in one database: {sentences} sentences are looked
up, with {pairs} pairs that agree or conflict and {traps} that only look alike. "found" is the share of the pairs that
are answered as they were judged; "right" the share of what is answered so."""


def main() -> None:
    """Measure and print; write the section where asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench.relations", description=__doc__.partition("\n")[0])
    parser.add_argument("--misses", action="store_true", help="print each pair that is answered otherwise")
    parser.add_argument("--write", action="store_true", help="write the section of bench/RESULTS.md")
    given = parser.parse_args()
    report = run(list(stories()), misses=given.misses)
    print(report)
    if given.write:
        write_section(TITLE, report)


def run(held: list[Story], *, misses: bool = False) -> str:
    """Return how the stories are answered, as Markdown."""
    counts: Counter[str] = Counter()
    for asked, claim, judged, answered in _answered(held):
        counts[f"judged {judged}"] += 1
        counts[f"given {answered}"] += 1
        counts[f"right {judged}"] += judged == answered
        counts["trapped"] += judged == "trap" and answered in _SIDES
        if misses and judged != answered and {judged, answered} & set(_SIDES):
            print(f"{judged} answered {answered}: {asked} | {claim}")
    rows = [
        [
            side,
            counts[f"judged {side}"],
            f"{counts[f'right {side}'] / max(counts[f'judged {side}'], 1):.0%}",
            counts[f"given {side}"],
            f"{counts[f'right {side}'] / max(counts[f'given {side}'], 1):.0%}",
        ]
        for side in _SIDES
    ]
    note = _NOTE.format(
        stories=len(held),
        sentences=sum(len(story.asked) for story in held),
        pairs=sum(counts[f"judged {side}"] for side in _SIDES),
        traps=counts["judged trap"],
    )
    avoided = f"Traps avoided: {1 - counts['trapped'] / max(counts['judged trap'], 1):.0%}."
    head = ["", "judged", "found", "answered", "right"]
    return f"{note}\n\n{table(head, rows)}\n\n{avoided}\n\n{conditions(())}"


def _answered(held: list[Story]) -> Iterator[tuple[str, str, str, str]]:
    """Yield sentence, claim, and how the claim stands to it: as judged (``-``: it is not), and as answered."""
    with tempfile.TemporaryDirectory() as folder:
        engine = engines.create(f"sqlite:///{Path(folder) / 'stories.db'}")
        engines.migrate(engine)
        for story in held:
            ingest(engine, Site(story.name), [Source(f"{post.id}.md", post.content) for post in story.posts])
        with Session(engine) as session:
            for story in held:
                yield from _of_story(session, story)
        engine.dispose()


def _of_story(session: Session, story: Story) -> Iterator[tuple[str, str, str, str]]:
    of = _claims(session, story)
    for one in story.asked:
        expected = sorted(one.expected.items(), key=lambda pair: pair[1] in _SIDES)  # a claim may hold a trap, too
        judged = {of[ident]: stands for ident, stands in expected if ident in of}
        matches = {match.claim.id: match for match in lookup(session, one.text, _LOOKED_AT).matches}
        for claim in sorted(judged.keys() | matches.keys()):
            match = matches.get(claim)
            answered = match.relation if match else "related"
            yield one.text, match.claim.text if match else claim, judged.get(claim, "-"), answered


def _claims(session: Session, story: Story) -> dict[str, str]:
    """Return the id of the claim that holds each marked assertion, the shortest; one that is no claim is left out."""
    query = select(CLAIM.c.id, CLAIM.c.text).join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
    claims = [(_bare(row.text), row.id) for row in session.execute(query.where(ARTICLE.c.source == story.name))]
    marks = {ident: _bare(words) for post in story.posts for ident, words in post.marks.items()}
    holding = {ident: [(len(text), claim) for text, claim in claims if words in text] for ident, words in marks.items()}
    return {ident: min(found)[1] for ident, found in holding.items() if found}


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


if __name__ == "__main__":
    main()
