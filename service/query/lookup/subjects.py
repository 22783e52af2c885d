"""Of whom or what a claim speaks: what is asked about, or somebody or something else by its names or its opening."""

from __future__ import annotations

from typing import Final

from service.extraction.claims.cue_words import finder, words
from service.query.lookup.alignment import Verdict
from service.query.lookup.candidates import Candidate
from service.query.lookup.concepts import rest
from service.query.lookup.coverage import HALF, HEADED, Match
from service.query.lookup.question import Question
from service.query.lookup.vocabulary import stance
from service.segmentation import part_of_speech

_TIME: Final = "t"  # the part of speech of 未来, 去年
_NAMES: Final = frozenset({"ns", "nt", "nz"})  # of the names of places, organisations and others


def of_another_subject(question: Question, candidate: Candidate, found: Match, least: float = HEADED) -> bool:
    """Tell whether both name somebody or something, and not the same, or the claim is of something else by its words.

    What counts `least` around the claim is what it is of, whomever else it names.
    鄰國的失業率也是 3.4% is of another country; 京滬高鐵最高時速 350 公里 is not of 台灣高鐵, though below it.
    """
    if question.amounts and candidate.clauses.has("operator", "also"):
        also = stance("operator", "also").search(candidate.clauses.folded)
        if also and _opens_otherwise(candidate, found):
            return True
    names = [one for one in found.weighed if one.named and one.entity not in question.speakers]
    if any(max(found.own[one].share, found.around[one]) >= least for one in names):
        return False
    asked = question.sought
    said = {entity for _, entity, kind in candidate.mentions if kind in question.kinds} - {candidate.speaker}
    if asked and said and asked.isdisjoint(said) and candidate.speaker not in asked:
        return True
    first = min(found.own, key=lambda one: one.span)
    if found.own[first].share > HALF or found.around[first] >= HEADED:  # 要蓋一座 2 億元的廠, below its title
        return False
    return _opening(candidate, found).endswith("的") and _opens_otherwise(candidate, found)


def opens_with_its_subject(question: Question, found: Match, verdict: Verdict) -> bool:
    """Tell whether the claim names the first thing that is asked about before the amounts that differ."""
    place = found.own[first] if (first := found.subject(question)) is not None else None
    if place is None or place.span is None or place.share <= HALF:
        return False
    return all(place.span.start < said.span.start for _, said in verdict.conflicting)


def opens_with_a_name(candidate: Candidate, found: Match) -> bool:
    """Tell whether a claim opens with the name of a place or an organisation that is not asked about."""
    words = rest(_opening(candidate, found), ())
    return any(part_of_speech(word) in _NAMES for _, word in words)


def _opening(candidate: Candidate, found: Match) -> str:
    places = [one.span.start for one in found.own.values() if one.span is not None]
    return candidate.clauses.folded[: min(places, default=0)]


def _opens_otherwise(candidate: Candidate, found: Match) -> bool:
    """Tell whether a claim opens with something that is not asked about, apart from who says it."""
    opening = _opening(candidate, found)
    said = max((match.end() for match in finder("verbs", "say", "think", "foresee").find(opening)), default=0)
    standing, roles = stance("operator", "standing"), words("verbs", "roles")  # who that is, the sentences before tell
    others = (word for _, word in rest(opening[said:], ()) if not word.isascii() and word not in roles)
    return any(standing.fullmatch(word) is None and part_of_speech(word) != _TIME for word in others)
