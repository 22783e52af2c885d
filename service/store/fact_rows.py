"""From an extraction to the rows of its article: plain values, nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping

from service.model import Claim, Condition, Extraction, Figure, Gloss, Hedge, Mention, Time
from service.resolution.groups import normal
from service.script import fold
from service.store.ids import claim_ids, claim_number, figure_ids
from service.store.values import Row, at, cleaned, real

_LONGEST_NAME = 200  # characters: names are indexed

Homes = Mapping[Mention | Figure | Time, str]  # the claim a fact stands in


def fact_rows(identifier: str, extraction: Extraction) -> dict[str, list[Row]]:
    """Return the rows that `extraction` becomes, by table, claims first; the values fit any database.

    A claim's speaker is told by the ordinal of a mention: one the extraction lists nowhere else is added behind.
    """
    speakers = (claim.speaker for claim in extraction.claims if claim.speaker)
    ordinals = {mention: n for n, mention in enumerate(dict.fromkeys((*extraction.mentions, *speakers)))}
    folded = [fold(claim.surface) for claim in extraction.claims]
    ids = claim_ids(identifier, folded)
    homes = _homes(extraction.claims, ids)
    claims = [_claim(number, claim, ordinals) for number, claim in enumerate(extraction.claims)]
    for row, text, ident in zip(claims, folded, ids, strict=True):
        row.update(id=ident, number=claim_number(ident), folded=text)
    made = {
        "claim": claims,
        "mention": [_mention(number, mention, homes) for mention, number in ordinals.items()],
        "unproven": _unproven(extraction, len(ordinals), ids),
        "gloss": [_gloss(number, gloss) for number, gloss in enumerate(extraction.glosses)],
        "figure": _figures(identifier, extraction.figures, homes),
        "time": [_time(number, time, homes) for number, time in enumerate(extraction.times)],
    }
    for rows in made.values():
        for row in rows:
            row["article_id"] = identifier
    return cleaned(made)


def _homes(claims: tuple[Claim, ...], claim_ids: list[str]) -> Homes:
    """Return for every fact the shortest claim that holds it."""
    homes: dict[Mention | Figure | Time, str] = {}
    for claim, identifier in sorted(zip(claims, claim_ids, strict=True), key=lambda pair: len(pair[0].surface)):
        facts: tuple[Mention | Figure | Time, ...] = (*claim.mentions, *claim.figures, *claim.times)
        for fact in facts:
            homes.setdefault(fact, identifier)
    return homes


def _claim(number: int, claim: Claim, ordinals: Mapping[Mention, int]) -> Row:
    return {
        "ordinal": number,
        "text": claim.surface,
        **at(claim.line, claim.span),
        "section": claim.section,
        "speaker_ordinal": ordinals[claim.speaker] if claim.speaker else None,
        "speaker_origin": claim.speaker_origin if claim.speaker_origin != "rules" else None,
        "kind": claim.kind.value,
        "quote": claim.quote,
        "negated": claim.negated,
        "hedges": [_hedge(hedge) for hedge in claim.hedges],
    }


def _hedge(hedge: Hedge) -> Row:
    kind, (start, end), (scope_start, scope_end) = hedge.kind.value, hedge.span, hedge.scope
    return {
        "text": hedge.surface,
        "kind": kind,
        "start": start,
        "end": end,
        "scope_start": scope_start,
        "scope_end": scope_end,
    }


def _mention(number: int, mention: Mention, homes: Homes) -> Row:
    return {
        "ordinal": number,
        "surface": mention.surface,
        "kind": mention.kind.value,
        "name": mention.name[:_LONGEST_NAME],
        "key": mention.key,
        "role": mention.role,
        "method": mention.method,
        "confidence": mention.confidence,
        **at(mention.line, mention.span),
        "claim_id": homes.get(mention),
        "entity_id": None,
    }


def _unproven(extraction: Extraction, first: int, claim_ids: list[str]) -> list[Row]:
    """Return what may be names, numbered on from `first`, with the shortest claim that each stands in."""
    claims = sorted(zip(extraction.claims, claim_ids, strict=True), key=lambda pair: len(pair[0].surface))
    return [
        {
            "ordinal": number,
            "surface": one.surface,
            "kind": one.kind.value,
            "form": normal(one.surface),
            **at(one.line, one.span),
            "claim_id": next((ident for claim, ident in claims if claim.span.holds(one.span)), None),
        }
        for number, one in enumerate(extraction.unproven, first)
    ]


def _gloss(number: int, gloss: Gloss) -> Row:
    return {
        "ordinal": number,
        "kind": gloss.kind.value,
        "name": gloss.name[:_LONGEST_NAME],
        "gloss": gloss.gloss[:_LONGEST_NAME],
        **at(gloss.line, gloss.span),
    }


def _figures(identifier: str, figures: tuple[Figure, ...], homes: Homes) -> list[Row]:
    ids = figure_ids(identifier, [fold(figure.surface) for figure in figures])
    return [
        {
            "id": ident,
            "ordinal": number,
            "text": figure.surface,
            **at(figure.line, figure.span),
            "low": real(figure.quantity.low),
            "high": real(figure.quantity.high),
            "low_exact": str(figure.quantity.low),
            "high_exact": str(figure.quantity.high),
            "unit": figure.quantity.unit,
            "per": figure.quantity.per,
            "counted": figure.quantity.counted,
            "row_heading": figure.row_heading,
            "column_heading": figure.column_heading,
            "folded_headings": fold("\n".join(filter(None, (figure.row_heading, figure.column_heading)))) or None,
            "measured": figure.of,
            "conditions": [_condition(one) for one in figure.conditions] or None,
            "approx": figure.approx.value,
            "origin": figure.origin if figure.origin != "rules" else None,
            "claim_id": homes.get(figure),
        }
        for number, (figure, ident) in enumerate(zip(figures, ids, strict=True))
    ]


def _condition(one: Condition) -> Row:
    start, end = one.span
    told = {"kind": one.kind.value, "aspect": one.aspect, "side": one.side, "about": one.about}
    return {"text": one.surface, "start": start, "end": end, **told}


def _time(number: int, time: Time, homes: Homes) -> Row:
    return {
        "ordinal": number,
        "text": time.surface,
        **at(time.line, time.span),
        "low": time.low,
        "high": time.high,
        "kind": time.kind,
        "claim_id": homes.get(time),
    }
