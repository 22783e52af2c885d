"""Who holds the floor, sentence by sentence: what one sentence leaves open is told by those before it.

In most posts only what a sentence itself attributes is somebody else's. In a digest of an interview, told by how often
people are cued, the person reported keeps the floor until the author or somebody else takes it; in a conversation
whoever's turn it is has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from service.extraction.claims.dialogue import Turn, find_signed, find_turns, is_retold
from service.extraction.claims.floor import Floor
from service.extraction.claims.lines import Line
from service.extraction.claims.salience import identity
from service.extraction.claims.subjects import Act
from service.model import EntityKind, Mention

_DIGEST_SHARE = 0.08  # of the sentences, cued as the words of a person
_DIGEST_LEAST = 3
_DIGEST_SPEAKER = 0.5  # the principal speaker's share of what persons are cued to say


class Voice(NamedTuple):
    """Whose a sentence is: `speaker` is None for the author.

    `quoted` tells that it is part of a block quote whose author is named, `asks` that it is in an interviewer's turn.
    """

    speaker: Mention | None
    quoted: bool = False
    asks: bool = False


_AUTHOR = Voice(None)


def attribute(lines: Sequence[Line]) -> list[Voice]:
    """Return whose words every line is."""
    turns, signed = find_turns(lines), find_signed(lines)
    if not turns and not signed and all(line.cue is None for line in lines):
        return [_AUTHOR] * len(lines)
    retold = is_retold(lines)
    heard = _hear(lines, Floor(None, retold=retold), turns, signed)
    if turns:
        return heard
    principal, digest = _principal(lines, [voice.speaker for voice in heard])
    digest = digest and retold
    return _hear(lines, Floor(principal, digest=True), turns, signed) if digest else heard


def _hear(lines: Sequence[Line], floor: Floor, turns: dict[int, Turn], signed: dict[int, Mention]) -> list[Voice]:
    voices = []
    for number, line in enumerate(lines):
        speaker = floor.hear(line, turns.get(number))
        asks = floor.turn is not None and floor.turn.asks
        quoted = number in signed or floor.in_quotation
        speaker = signed.get(number, speaker)
        voices.append(_AUTHOR if speaker is None and not quoted and not asks else Voice(speaker, quoted, asks))
    return voices


def _principal(lines: Sequence[Line], heard: Sequence[Mention | None]) -> tuple[Mention | None, bool]:
    """Return the person whose words the document mostly reports, and whether it reports words at all."""
    said = [
        who
        for line, who in zip(lines, heard, strict=True)
        if who is not None and who.kind is EntityKind.PERSON and line.cue is not None and line.cue.act is Act.SAYS
    ]
    if len(said) < max(_DIGEST_LEAST, _DIGEST_SHARE * len(lines)):
        return None, False
    best, count = Counter(identity(who) for who in said).most_common(1)[0]
    if count < _DIGEST_LEAST:
        return None, False  # many are heard, each in passing
    if count < _DIGEST_SPEAKER * len(said):
        return None, True
    return next(who for who in said if identity(who) == best), True
