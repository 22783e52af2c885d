"""Claim lookup: given a sentence, who says the same, who says otherwise, and where.

In four steps: ``question`` understands the sentence (its ``concepts``, by the ``vocabulary`` of the lexicon, and its
``amounts``); ``candidates`` finds the claims that may speak of the same, from the index; ``coverage`` tells how much of
it each speaks of; ``judgement`` tells how it stands, by ``alignment`` (whose amount measures the same) and ``polarity``
(what is denied, contrary, or compared the other way round), both over ``clauses``. It never says what is true.
"""

from service.query.lookup.answer import lookup, neighbours
from service.query.lookup.pairs import DENIED, Drawn, Side, Verdict, drawn, side, verdict

__all__ = [
    "DENIED",
    "Drawn",
    "Side",
    "Verdict",
    "drawn",
    "lookup",
    "neighbours",
    "side",
    "verdict",
]
