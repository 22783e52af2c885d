"""What people see on a terminal: tables in colour, with excerpts of the source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.ingest import Report
from service.query.answers import ArticleEntity, ClaimAnswer, FigureAnswer, LinkAnswer
from service.query.posts import Post

PARTS: Final = ("added", "updated", "unchanged", "deleted", "failed")
_TONES: Final = {"added": "green", "updated": "green", "deleted": "yellow", "failed": "red"}
_REACH = 16  # characters of the line shown on either side of a figure


def line(console: Console, sentence: str) -> None:
    """Print a sentence as it is: paths and posts may hold what looks like markup."""
    console.print(sentence, markup=False, highlight=False, soft_wrap=True)


def rows(console: Console, title: str, columns: Sequence[str], found: Iterable[Sequence[Text]]) -> None:
    """Print rows as a table on a terminal; in a pipe each on a line of its own, its cells parted by tabs."""
    if not console.is_terminal:
        for cells in found:
            console.file.write("\t".join(cell.plain.replace("\n", " ") for cell in cells) + "\n")
        return
    table = _table(title, *columns)
    for cells in found:
        table.add_row(*cells)
    if table.row_count:
        console.print(table)


def report(console: Console, source: str, result: Report) -> None:
    """Print what an ingestion did, in one line; what changed in colour."""
    parts = [Text(f"{getattr(result, part)} {part}", style=_tone(part, getattr(result, part))) for part in PARTS]
    console.print(Text.assemble((source, "bold"), ": ", Text(", ").join(parts)), soft_wrap=True)
    troubles(console, result)


def as_json(source: str, result: Report) -> str:
    """Return what an ingestion did as one line of JSON, in the words of a job of the service."""
    counts = {part: getattr(result, part) for part in PARTS}
    errors = [{"path": one.path, "line": one.line, "detail": one.detail} for one in result.errors]
    return json.dumps({"source": source, "counts": counts, "errors": errors}, ensure_ascii=False) + "\n"


def _tone(part: str, number: int) -> str:
    """Return how a number is shown: nothing that did not happen stands out.

    >>> _tone("failed", 2), _tone("failed", 0)
    ('red', 'dim')
    """
    return _TONES.get(part, "") if number else "dim"


def troubles(console: Console, result: Report) -> None:
    """Print what is amiss with posts, one sentence each, as compilers do."""
    for trouble in result.errors:
        place = f"{trouble.path}:{trouble.line}" if trouble.line else trouble.path
        console.print(f"{place}: {trouble.detail}", style="yellow", markup=False, highlight=False, soft_wrap=True)


def unresolved(console: Console, found: Post) -> None:
    """Print the wiki-links of a post that lead nowhere yet."""
    for link in found.links:
        if link.kind == "wiki" and link.resolved is None:
            line(console, f"{found.path}:{link.line}: [[{link.target}]] leads to no post yet")


def post(console: Console, found: Post, lines: Sequence[str]) -> None:
    """Print everything about one post; `lines` are those of its file."""
    article = found.article
    console.rule(Text(article.title, style="bold"), align="left")
    facts = [found.path, article.dialect.value, article.script.value, article.published or "no date"]
    line(console, "  ".join([*facts, *(f"by {author}" for author in article.authors)]))
    for table in (
        _entities(found.entities),
        _figures(found.figures, lines),
        _links(found.links),
        _claims(found.claims),
    ):
        if table.row_count:
            console.print(table)
    for problem in found.problems:
        line(console, f"{found.path}:{problem.line or 1}: {problem.detail}")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _entities(found: Iterable[ArticleEntity]) -> Table:
    table = _table("Names", "kind", "id", "role", "written as", "lines")
    for item in found:
        places = sorted({mention.line for mention in item.mentions})
        table.add_row(
            item.entity.kind.value,
            Text(item.entity.id, style="cyan"),
            item.role,
            Text("、".join(item.surfaces)),
            _shortened(places),
        )
    return table


def _shortened(places: Sequence[int], most: int = 8) -> str:
    shown = ", ".join(map(str, places[:most]))
    return f"{shown} … ({len(places)})" if len(places) > most else shown


def _figures(found: Iterable[FigureAnswer], lines: Sequence[str]) -> Table:
    table = _table("Figures", "line", "value", "unit", "said", "of", "in the source")
    for figure in found:
        value = f"{figure.low:g}" if figure.low == figure.high else f"{figure.low:g} – {figure.high:g}"
        unit = f"{figure.unit} per {figure.per}" if figure.per else figure.unit
        source = lines[figure.line - 1] if figure.line <= len(lines) else figure.text
        of = " · ".join(filter(None, (figure.row_heading, figure.column_heading)))
        said = _excerpt(source, figure.text)
        table.add_row(str(figure.line), Text(value, style="green"), unit, figure.approx.value, Text(of), said)
    return table


def _excerpt(source: str, text: str) -> Text:
    start = source.find(text)
    if start < 0:
        return Text(text, style="bold")
    end = start + len(text)
    before, behind = source[max(start - _REACH, 0) : start], source[end : end + _REACH]
    return Text.assemble((before, "dim"), (text, "bold"), (behind, "dim"))


def _links(found: Iterable[LinkAnswer]) -> Table:
    table = _table("Links", "line", "kind", "target", "relation", "leads to")
    for link in found:
        resolved = link.resolved
        there = resolved.article.title if resolved and resolved.article else ""
        if resolved and resolved.entity:
            there = resolved.entity.id
        table.add_row(str(link.line), link.kind, Text(link.target), Text(link.relation or ""), Text(there))
    return table


def _claims(found: Iterable[ClaimAnswer]) -> Table:
    table = _table("Claims", "line", "kind", "speaker", "text")
    for claim in found:
        speaker = claim.speaker.id if claim.speaker else "(author)"
        style = "italic" if claim.quote else ""
        table.add_row(str(claim.line), claim.kind.value, Text(speaker, style="cyan"), Text(claim.text, style=style))
    return table
