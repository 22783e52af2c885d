"""What a model may answer: lists of quotes, bounded, and nothing else. What does not fit is left out item by item."""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.proposing.failures import ProposalError

M = TypeVar("M", bound=BaseModel)
_MOST: Final = 400  # items of one list
_LONGEST: Final = 600  # characters of a quote
_FENCE: Final = "```"

Quote = Annotated[str, Field(min_length=1, max_length=_LONGEST)]
Occurrence = Annotated[int, Field(ge=1, le=10_000, strict=True)]


class _Item(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SaidMention(_Item):
    """A name, as proposed."""

    quote: Quote
    occurrence: Occurrence | None = None
    kind: Literal["person", "company", "organization"]


class SaidFigure(_Item):
    """A figure, as proposed: what it amounts to is read by the rules."""

    quote: Quote
    occurrence: Occurrence | None = None


class SaidSpeaker(_Item):
    """Who says a sentence, as proposed."""

    claim: Quote
    claim_occurrence: Occurrence | None = None
    speaker: Quote
    speaker_occurrence: Occurrence | None = None


class Reply(_Item):
    """All that a model proposes of one post, and how many items of it could not be read."""

    mentions: tuple[SaidMention, ...] = ()
    figures: tuple[SaidFigure, ...] = ()
    speakers: tuple[SaidSpeaker, ...] = ()
    unreadable: int = 0


class PairReply(_Item):
    """How two claims stand to each other, as proposed."""

    relation: Literal["same", "different", "conflict"]
    one_quote: Quote
    other_quote: Quote


def reply_of(content: str) -> Reply:
    """Return what a model says of a post.

    >>> reply_of('{"figures": [{"quote": "三成"}, {"quote": 3}]}').unreadable
    1

    Raises:
        ProposalError: it is no JSON object.
    """
    said = _json_object(content)
    lists = {name: said.get(name) for name in ("mentions", "figures", "speakers")}
    items = {name: value[:_MOST] if isinstance(value, list) else [] for name, value in lists.items()}
    found = {
        "mentions": _valid(SaidMention, items["mentions"]),
        "figures": _valid(SaidFigure, items["figures"]),
        "speakers": _valid(SaidSpeaker, items["speakers"]),
    }
    unreadable = sum(map(len, items.values())) - sum(map(len, found.values()))
    return Reply.model_validate({**found, "unreadable": unreadable})


def pair_reply_of(content: str) -> PairReply:
    """Return what a model says of two claims.

    Raises:
        ProposalError: it is not what was asked for.
    """
    try:
        return PairReply.model_validate(_json_object(content))
    except ValidationError as error:
        raise ProposalError("malformed", "the model's answer is not of the form asked for") from error


def _json_object(content: str) -> dict[str, Any]:
    """Return the object of an answer, which may stand in a fence."""
    text = content.strip()
    if text.startswith(_FENCE) and text.endswith(_FENCE) and "\n" in text:
        text = text[text.index("\n") : -len(_FENCE)]
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProposalError("malformed", "the model's answer is no JSON") from error
    if not isinstance(said, dict):
        raise ProposalError("malformed", "the model's answer is no JSON object")
    return said


def _valid(model: type[M], items: list[Any]) -> tuple[M, ...]:
    found = []
    for item in items:
        try:
            found.append(model.model_validate(item))
        except ValidationError:
            continue
    return tuple(found)


@cache
def prompt(name: str) -> str:
    """Return the words a model is asked with: ``post`` or ``pair``."""
    return files(__package__).joinpath("prompts", f"{name}.md").read_text(encoding="utf-8")


@cache
def prompt_version(name: str) -> str:
    """Return a short digest of a prompt: another one makes other answers."""
    return blake2b(prompt(name).encode(), digest_size=6).hexdigest()
