"""Names: people, companies and products, from the lexicon, from glosses, and from how a post speaks of them."""

from service.extraction.names.finding import find_names, find_with_unproven

__all__ = ["find_names", "find_with_unproven"]
