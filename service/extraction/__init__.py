"""From a document to what it says: names, figures, times and claims. Pure and total: odd prose yields fewer facts."""

from __future__ import annotations

from service.extraction.claims import find_claims
from service.extraction.figures import find_figures
from service.extraction.names import find_names
from service.extraction.times import find_times
from service.extraction.version import digest, sources
from service.model import Document, Extraction

VERSION = digest(sources())  # changes whenever a post could yield other facts, so that stored articles are read again


def extract(document: Document) -> Extraction:
    """Return all that was found in `document`, each list in reading order.

    The same document always gives the same facts, and every fact's surface is the slice of the text at its span.
    """
    mentions, glosses = find_names(document)
    figures = find_figures(document)
    times = find_times(document)
    claims = find_claims(document, mentions, figures, times)
    return Extraction(mentions, glosses, figures, times, claims)
