"""From a document to what it says: names, figures, times and claims. Pure and total: odd prose yields fewer facts."""

from __future__ import annotations

from collections.abc import Sequence

from service.extraction.claims import find_claims
from service.extraction.figures import find_figures
from service.extraction.names import find_with_unproven
from service.extraction.times import find_times
from service.extraction.version import digest, sources
from service.lexicon.names import is_shipped_on
from service.lexicon.site_lexicon import lexicon_of
from service.model import Document, Extraction, SiteName

_SWITCHED = () if is_shipped_on() else (("lexicon", b"off"),)
# Changes whenever a post could yield other facts, so that stored articles are read again.
VERSION = digest([*sources(), *_SWITCHED])


def extract(document: Document, names: Sequence[SiteName] = ()) -> Extraction:
    """Return all that was found in `document`, each list in reading order; `names` are those its site lists itself.

    The same document always gives the same facts, and every fact's surface is the slice of the text at its span.
    """
    mentions, glosses, unproven = find_with_unproven(document, lexicon_of(names))
    figures = find_figures(document)
    times = find_times(document)
    claims = find_claims(document, mentions, figures, times)
    return Extraction(mentions, glosses, figures, times, claims, unproven)
