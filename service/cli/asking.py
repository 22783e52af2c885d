"""`wenmai who` and `wenmai ask`: what is stored, asked for on a terminal, as a table or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text
from sqlmodel import Session

from service.cli import show
from service.cli.database import opened
from service.cli.near import complete_name, named
from service.query.answers import ClaimAnswer, EntityDetail, Evidence, LookupAnswer, NameEvidence
from service.query.answers.base import Answer
from service.query.entities import claims_of, entity
from service.query.evidence import evidence
from service.query.lookup import lookup
from service.query.variants import in_variant

_out = Console()
_TONES = {"agree": "green", "conflict": "red", "related": "dim"}
_SAID = {"agree": "says the same", "conflict": "says otherwise", "related": "on the same thing"}


class Lang(StrEnum):
    """What answers are written in."""

    ORIGINAL = "original"
    ZH_TW = "zh-TW"
    ZH_CN = "zh-CN"


class Known(Answer):
    """What is known of one person or thing: its names and why they are its, and what is said of it."""

    entity: EntityDetail
    names: list[NameEvidence]
    claims: list[ClaimAnswer]


AsJson = Annotated[bool, typer.Option("--json", help="One JSON object")]
In = Annotated[Lang, typer.Option("--lang", help="What the answer is written in")]
Most = Annotated[int, typer.Option(min=1, max=100, help="Most claims")]


def who(
    name: Annotated[str, typer.Argument(help="A name, in either script", autocompletion=complete_name)],
    lang: In = Lang.ORIGINAL,
    limit: Most = 10,
    as_json: AsJson = False,
) -> None:
    """Tell who somebody is: all names with their evidence, and what is said of them."""
    with Session(opened()) as session:
        one = named(session, name).id
        known = Known(
            entity=entity(session, one),
            names=evidence(session, one, limit=100).items,
            claims=claims_of(session, one, limit=limit).items,
        )
        known = in_variant(known, lang.value, session)
    if as_json:
        sys.stdout.write(known.model_dump_json() + "\n")
        return
    counts = known.entity.counts
    facts = f"{known.entity.kind.value}, in {counts.articles} articles, named {counts.mentions} times"
    _out.print(Text.assemble((known.entity.name, "bold"), "  ", (facts, "dim")), soft_wrap=True)
    show.rows(_out, "Names", ("name", "why", "where"), _named(known.names))
    show.rows(_out, "Claims", ("text", "speaker", "where"), _claims(known.claims))


def ask(
    text: Annotated[str, typer.Argument(help="A sentence or a question, in either script")],
    lang: In = Lang.ORIGINAL,
    limit: Most = 10,
    as_json: AsJson = False,
) -> None:
    """Tell who says the same as a sentence, who says otherwise, and where. Nobody is judged."""
    with Session(opened()) as session:
        found = in_variant(lookup(session, text, limit), lang.value, session)
    if as_json:
        sys.stdout.write(found.model_dump_json() + "\n")
        return
    show.line(_out, _summary(found))
    show.rows(_out, "Claims", ("", "text", "speaker", "where"), _answers(found.matches))


def _summary(found: LookupAnswer) -> str:
    if not found.matches:
        return "Nothing that is stored speaks of this."
    counts = found.counts
    return f"{counts.agree} say the same, {counts.conflict} say otherwise, {counts.related} are on the same thing."


def _place(claim: ClaimAnswer) -> Text:
    return Text.assemble(claim.article.title, (f":{claim.line}", "dim"))


def _named(found: list[NameEvidence]) -> Iterator[tuple[Text, ...]]:
    """Yield each name once, with all that says that it is theirs and the first place where it stands."""
    by_name: dict[str, list[NameEvidence]] = {}
    for one in found:
        by_name.setdefault(one.name, []).append(one)
    for name, said in by_name.items():
        told = dict.fromkeys(f"{one.kind} {one.other}" if one.other else str(one.kind) for one in said)
        place = next((_stands(one) for one in said if one.article), Text())
        yield Text(name, style="cyan"), Text(", ".join(told)), place


def _stands(one: NameEvidence) -> Text:
    title = one.article.title if one.article else ""
    return Text.assemble(title, (f":{one.line}" if one.line else "", "dim"))


def _claims(found: list[ClaimAnswer]) -> Iterator[tuple[Text, ...]]:
    for claim in found:
        yield Text(claim.text), _speaker(claim), _place(claim)


def _answers(found: list[Evidence]) -> Iterator[tuple[Text, ...]]:
    for one in found:
        relation = Text(_SAID[one.relation], style=_TONES[one.relation])
        yield relation, Text(one.claim.text), _speaker(one.claim), _place(one.claim)


def _speaker(claim: ClaimAnswer) -> Text:
    return Text(claim.speaker.name if claim.speaker else "(author)", style="cyan")
