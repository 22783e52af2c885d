"""What people see on a terminal: tables in colour, with excerpts of the source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.changes import Changes
from service.errors import ContentError
from service.ingest import Report
from service.query.answers import ArticleEntity, ClaimAnswer, FigureAnswer, LinkAnswer
from service.query.posts import Post

# The option of every command that tells what it did.
AsJson = Annotated[bool, typer.Option("--json", help="Tell what was done as one JSON object")]
# The option of every command that stores posts.
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would change, and change nothing")]
PARTS: Final = ("added", "updated", "unchanged", "deleted", "failed")
_TONES: Final = {"added": "green", "updated": "green", "deleted": "yellow", "failed": "red"}
_REACH = 16  # characters of the line shown on either side of a figure


def line(console: Console, sentence: str) -> None:
    """Print a sentence as it is: paths and posts may hold what looks like markup."""
    console.print(sentence, markup=False, highlight=False, soft_wrap=True)


def as_line(console: Console, told: Mapping[str, object]) -> None:
    """Write one JSON object on a line of its own, at once: who reads a pipe wants to know now."""
    console.file.write(json.dumps(told, ensure_ascii=False) + "\n")
    console.file.flush()


def outcome(console: Console, done: Mapping[str, object], *sentences: str, as_json: bool) -> None:
    """Tell what a command did: people in sentences, a line each, programs the facts as one JSON object."""
    if as_json:
        as_line(console, done)
        return
    for sentence in sentences:
        line(console, sentence)


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


def facts(source: str, result: Report) -> dict[str, Any]:
    """Return what an ingestion did, in the words of a job of the service."""
    counts = {part: getattr(result, part) for part in PARTS}
    errors = [{"path": one.path, "line": one.line, "detail": one.detail} for one in result.errors]
    return {"source": source, "counts": counts, "errors": errors}


def report(console: Console, done: Mapping[str, Any], *, as_json: bool = False) -> None:
    """Tell what an ingestion did, in one line; people see in colour what changed, and a sentence for each error."""
    if as_json:
        as_line(console, done)
        return
    parts = [Text(f"{number} {part}", style=_tone(part, number)) for part, number in done["counts"].items()]
    console.print(Text.assemble((done["source"], "bold"), ": ", Text(", ").join(parts)), soft_wrap=True)
    troubles(console, done)


def troubles(console: Console, done: Mapping[str, Any]) -> None:
    """Print what is amiss with posts, one sentence each, as compilers do."""
    for error in done["errors"]:
        place = f"{error['path']}:{error['line']}" if error["line"] else error["path"]
        console.print(f"{place}: {error['detail']}", style="yellow", markup=False, highlight=False, soft_wrap=True)


def plan(source: str, found: Changes, errors: Iterable[ContentError]) -> dict[str, Any]:
    """Return what an ingestion would change, in the words of the service."""
    told = [{"path": one.path, "line": one.line, "detail": one.detail} for one in errors]
    return {"source": source, **found._asdict(), "errors": told}


def planned(console: Console, told: Mapping[str, Any], *, as_json: bool = False) -> None:
    """Tell what an ingestion would change, a post a line; `told` is what `plan` returns."""
    if as_json:
        as_line(console, told)
        return
    for outcome in ("added", "updated", "deleted"):
        for path in told[outcome]:
            line(console, f"{outcome}: {path}")
    line(console, f"{told['source']}: {told['unchanged']} unchanged; nothing was stored")
    troubles(console, told)


def _tone(part: str, number: int) -> str:
    """Return how a number is shown: nothing that did not happen stands out.

    >>> _tone("failed", 2), _tone("failed", 0)
    ('red', 'dim')
    """
    return _TONES.get(part, "") if number else "dim"


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
    table = _table("Figures", "line", "value", "unit", "said", "of", "under", "in the source")
    for figure in found:
        value = f"{figure.low:g}" if figure.low == figure.high else f"{figure.low:g} – {figure.high:g}"
        unit = f"{figure.unit} per {figure.per}" if figure.per else figure.unit
        source = lines[figure.line - 1] if figure.line <= len(lines) else figure.text
        of = " · ".join(filter(None, (figure.row_heading, figure.column_heading, figure.of)))
        held = "、".join(condition.text for condition in figure.conditions)
        said = _excerpt(source, figure.text)
        table.add_row(
            str(figure.line), Text(value, style="green"), unit, figure.approx.value, Text(of), Text(held), said
        )
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
