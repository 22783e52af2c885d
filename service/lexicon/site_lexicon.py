"""The names that a site lists itself, as a lexicon in front of the one that is shipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.lexicon.name_entries import KEYLESS, LexiconName, Strength
from service.lexicon.name_folding import fold_name
from service.lexicon.names import Lexicon, shipped
from service.model import EntityKind, SiteName


class _Last:
    """The lexicon that was made last: a batch is of one site, and its names are made a lexicon once."""

    names: Sequence[SiteName] = ()
    lexicon: Lexicon | None = None
    own: Lexicon | None = None


def lexicon_of(names: Sequence[SiteName]) -> Lexicon:
    """Return the shipped lexicon with the `names` of a site before it: what the site says of a form counts.

    >>> tea = SiteName("company", ("翠峰茶行", "翠峰"))
    >>> [hit.bearers[0].form for hit in lexicon_of([tea]).scan("翠峰的新茶")]
    ['翠峰']
    """
    return _made(names)[0] if names else shipped()


def used(names: Sequence[SiteName], text: str) -> list[SiteName]:
    """Return those of a site's `names` that a text uses in one of their forms: no other has a say in what it yields."""
    if not names:
        return []
    own = _made(names)[1]
    numbers = {of.entry.id for hit in own.scan(text, any_case=True) for of in hit.bearers}
    return [one for number, one in enumerate(names) if f"{KEYLESS}{number}" in numbers]


def _made(names: Sequence[SiteName]) -> tuple[Lexicon, Lexicon]:
    """Return the lexicon of a site, and one of the site's own names by their numbers."""
    if _Last.lexicon is None or _Last.own is None or not (names is _Last.names or names == _Last.names):
        _Last.lexicon = Lexicon(_entries(names), shipped())
        _Last.own = Lexicon(
            LexiconName(f"{KEYLESS}{number}", EntityKind(one.kind), (*one.names, *one.weak))
            for number, one in enumerate(names)
        )
    _Last.names = names
    return _Last.lexicon, _Last.own


def _entries(names: Sequence[SiteName]) -> Iterator[LexiconName]:
    seen: set[str] = set()
    for number, one in enumerate(names):
        ident = one.id or _known(one) or f"{KEYLESS}{number}"
        if ident not in seen:
            seen.add(ident)
            yield LexiconName(ident, EntityKind(one.kind), hant=one.names, ambiguous=one.weak)


def _known(one: SiteName) -> str:
    """Return the id of the one whom the shipped lexicon surely knows by a name of the list."""
    bearers = (of for name in one.names for of in shipped().lookup(fold_name(name)))
    sure = {of.entry.id for of in bearers if of.strength is Strength.FULL and of.entry.kind == one.kind}
    return sure.pop() if len(sure) == 1 else ""
