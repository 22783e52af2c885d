"""Claims: sentences that assert something, with whom they are put in the mouth of."""

from service.extraction.claims.finding import find_claims

__all__ = ["find_claims"]
