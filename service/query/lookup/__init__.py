"""Claim lookup: given a sentence, who says the same, who says otherwise, and where.

In three steps, each a module: ``concepts`` (what the sentence speaks of), ``candidates`` (which claims speak of it,
from the index), ``stance`` (whether they agree). It never says what is true.
"""

from service.query.lookup.answer import lookup, neighbours

__all__ = ["lookup", "neighbours"]
