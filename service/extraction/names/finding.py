"""The names in a document: people, companies and products, with what the document says of their being one.

From the surest to the least sure: front matter, the lexicon, glosses, Latin and Chinese names with evidence beside
them, and short forms of any of those. What is found first keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from service.extraction.names.addressed import with_addressed
from service.extraction.names.called import called
from service.extraction.names.edges import with_right_edges
from service.extraction.names.familiar import familiar
from service.extraction.names.firms import firm_short_forms, weighed_firms
from service.extraction.names.fuller import with_fuller_names
from service.extraction.names.glosses import glossed
from service.extraction.names.han import unlisted_han
from service.extraction.names.han_companies import likely_firms, unlisted_companies
from service.extraction.names.han_people import people
from service.extraction.names.introduced import introduced
from service.extraction.names.latin import unlisted_latin
from service.extraction.names.listed import fullest, listed
from service.extraction.names.modelled import LIKELY, SURE, of_model, seen_by_model
from service.extraction.names.namesakes import without_namesakes
from service.extraction.names.other_things import without_other_things
from service.extraction.names.page import DECLARED, Page, Taken
from service.extraction.names.short_firms import short_in_brackets, shortened
from service.extraction.names.short_forms import is_other, short_forms
from service.extraction.names.subsidiaries import with_subsidiaries
from service.extraction.names.tables import in_tables
from service.extraction.names.transliterations import tibetan, transliterations
from service.extraction.names.unproven import unproven
from service.lexicon.name_cues import folded_cues, longest_first
from service.lexicon.name_folding import fold_name
from service.lexicon.names import Lexicon, shipped
from service.lexicon.regional import groups
from service.model import BlockKind, Document, EntityKind, Gloss, Mention, Span

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+\Z")
_MARKED = re.compile(r" *(?:<a [^<>]{0,300}>|\[)([^<>\[\]\n]{1,80})(?:</a>|\]\()")  # an author's name within a link
_FULL_LATIN = re.compile(r"[^\W\d_][^\u3000-\u9fff ]*(?: [^\u3000-\u9fff ]+){1,3}")
_FAMILY = re.compile("[\u4e00-\u9fff]{1,2}氏\\Z")
_ROLES = {BlockKind.AUTHOR: "author", BlockKind.PERSON: "declared", BlockKind.COMPANY: "declared"}
_KINDS = {
    BlockKind.AUTHOR: (EntityKind.PERSON, EntityKind.COMPANY),
    BlockKind.PERSON: (EntityKind.PERSON,),
    BlockKind.COMPANY: (EntityKind.COMPANY,),
}


def find_names(document: Document, lexicon: Lexicon | None = None) -> tuple[tuple[Mention, ...], tuple[Gloss, ...]]:
    """Return the names in `document`, in reading order and without overlap, and the pairs it says are one.

    `lexicon` says which names are known; without one it is the one that is shipped.

    Each mention's `name` is the fullest form the document gives of its bearer, its `key` the lexicon's id.
    """
    mentions, glosses, _ = find_with_unproven(document, lexicon)
    return mentions, glosses


def find_with_unproven(
    document: Document, lexicon: Lexicon | None = None, *, modelled: bool = True
) -> tuple[tuple[Mention, ...], tuple[Gloss, ...], tuple[Mention, ...]]:
    """Return what `find_names` does, and what may be names besides, should other posts prove them.

    Without `modelled` the trained model is not asked: it learns from what is found so.
    """
    page = Page(document, shipped() if lexicon is None else lexicon)
    mentions, glosses = _found(page, modelled)
    return mentions, glosses, unproven(page, mentions)


def _found(page: Page, modelled: bool) -> tuple[tuple[Mention, ...], tuple[Gloss, ...]]:
    front = tuple(front_matter(page))
    known = listed(page, frozenset(mention.key for mention in front if mention.key))
    meant = tuple(without_namesakes(page, known))
    shared = {one.span for one in known} - {one.span for one in meant}
    found = front + meant
    taken = Taken(mention.span for mention in found)
    found += _kept(_again(page, front), taken)
    pairs = glossed(page, found)
    found += _kept(pairs.mentions, taken)
    found += _kept(_everywhere(page, _telling(pairs.mentions)), taken)
    found += _kept(_everywhere(page, _said(page), 1), taken)
    found += _kept(_everywhere(page, in_tables(page, taken)), taken)
    found += _kept(_people(page, tibetan(page)), taken)
    seen = seen_by_model(page, found) if modelled else []
    found += _kept(of_model(page, seen, taken, SURE), taken)
    found += _kept(unlisted_latin(page, taken), taken)
    found += _kept(_people(page, transliterations(page)), taken)
    others = Taken(hit.span for hit in page.hits if is_other(hit) and hit.span not in shared)
    found += _kept(short_forms(page, found, others), taken)
    likely = tuple(likely_firms(page))
    found += _kept(unlisted_companies(page, taken, likely), taken)
    found += _kept(tuple(short_in_brackets(page, found)), taken)
    found += _kept(unlisted_han(page, taken), taken)
    found += _kept(_people(page, people(page, taken)), taken)
    found += _kept(_people(page, familiar(page)), taken)
    found += _kept(firm_short_forms(page, found, taken), taken)
    found += _kept(weighed_firms(page, found, taken, likely), taken)
    found += _kept(of_model(page, seen, taken, LIKELY), taken)
    found += _kept(short_forms(page, found, others), taken)
    found += _kept(firm_short_forms(page, found, taken), taken)
    found = tuple(_known(page, mention) for mention in with_fuller_names(found) if not _is_nobodys(mention))
    found = tuple(without_other_things(page, with_right_edges(page, with_subsidiaries(page, found))))
    besides = called(page, with_addressed(page, found, taken), taken)
    short = shortened(page, sorted(besides.mentions, key=lambda mention: mention.span))
    return fullest(short.mentions), (*pairs.glosses, *besides.glosses, *short.glosses)


def _is_nobodys(mention: Mention) -> bool:
    """Tell whether a name is that of a family (許氏), or a word for a thing that only one region has (伺服器, 筆電)."""
    if mention.key is not None or mention.role != "mentioned":
        return False
    folded = fold_name(mention.name)
    return folded in _things() if mention.kind is EntityKind.COMPANY else bool(_FAMILY.match(folded))


@cache
def _things() -> frozenset[str]:
    return frozenset(fold_name(word) for group in groups() for word in group.compared)


def _known(page: Page, mention: Mention) -> Mention:
    """Return the mention of a business as that of the one whom the lexicon knows by its name, however weak a name."""
    if mention.kind is not EntityKind.COMPANY or mention.key is not None or mention.method == "gloss":
        return mention
    firms = [of for of in page.lexicon.lookup(mention.name) if of.entry.kind is EntityKind.COMPANY]
    return replace(mention, name=firms[0].shown, key=firms[0].key) if len(firms) == 1 else mention


def _everywhere(page: Page, mentions: tuple[Mention, ...], shortest: int = 2) -> tuple[Mention, ...]:
    """Return `mentions` with every other place of the same names, where they are longer than `shortest`.

    Two characters are too few to go by, but between the edges of words.
    """
    known = {page.folded[slice(*mention.span)]: mention for mention in mentions if len(mention.surface) > shortest}
    if not known:
        return mentions
    choice = "|".join(map(re.escape, sorted(known, key=lambda name: (-len(name), name))))
    again = [
        page.mention(Span(*match.span()), of.kind, of.name, None, how=of.method, sure=of.confidence)
        for match in re.finditer(rf"(?<![a-z0-9])(?:{choice})(?![a-z0-9])", page.folded)
        for of in (known[match[0]],)
        if page.open(Span(*match.span())) and (len(match[0]) > 2 or _is_word(page, Span(*match.span())))  # noqa: PLR2004
    ]
    return (*mentions, *again)


def _again(page: Page, front: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions, in the text, of those whom no list knows but the front matter does.

    A Latin word stands for its bearer only as it is written there, since the company Reef is no reef; one of a single
    word is no author's: who calls itself Hugo may write of Hugo.
    """
    known = [one for one in front if one.key is None and one.name == one.surface]
    latin = [one for one in _telling(tuple(known)) if one.name.isascii()]
    places = _everywhere(page, (*latin, *(one for one in known if not one.name.isascii())))
    return tuple(
        one for one in places if one.role == "mentioned" and (not one.name.isascii() or one.surface == one.name)
    )


def _telling(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the names of no list that stand for their bearer wherever they stand: firms', full Latin ones."""
    return tuple(
        mention
        for mention in mentions
        if mention.key is None and (mention.kind is EntityKind.COMPANY or _FULL_LATIN.fullmatch(mention.surface))
    )


def _is_word(page: Page, span: Span) -> bool:
    return page.words.edge(span.start) and page.words.edge(span.end)


def _said(page: Page) -> tuple[Mention, ...]:
    """Return the mentions of what a sentence calls a business."""
    return tuple(
        page.mention(span, EntityKind.COMPANY, page.document.slice(span), None, how="context", sure=0.75)
        for span in introduced(page)
        if page.open(span)
    )


def _people(page: Page, spans: Iterable[Span]) -> tuple[Mention, ...]:
    """Return mentions of people whom no list knows, at `spans`."""
    return tuple(
        page.mention(span, EntityKind.PERSON, page.document.slice(span), None, how="context", sure=0.7)
        for span in spans
        if page.open(span)
    )


def _kept(mentions: tuple[Mention, ...], taken: Taken) -> tuple[Mention, ...]:
    """Return those of `mentions` whose place is free, and take it; of two that overlap the first and longest stays."""
    kept = []
    for mention in sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end)):
        if not taken.touches(mention.span):
            taken.add(mention.span)
            kept.append(mention)
    return tuple(kept)


def front_matter(page: Page) -> Iterator[Mention]:
    """Yield the author and the people and companies that the front matter declares."""
    for block in page.document.blocks:
        if block.kind in DECLARED:
            surface = page.document.slice(block.span)
            if surface.strip() and not (block.kind is BlockKind.AUTHOR and _is_nobody(surface)):
                yield _declared(page, block.kind, surface, block.span.start)


def _declared(page: Page, kind: BlockKind, surface: str, start: int) -> Mention:
    inner = _MARKED.match(surface)
    lead = inner.start(1) if inner else len(surface) - len(surface.lstrip())
    text = inner[1] if inner else surface.strip()
    span = Span(start + lead, start + lead + len(text))
    bearer = next((of for of in page.lexicon.lookup(text) if of.entry.kind in _KINDS[kind]), None)
    name = text.replace("-", " ").title() if _SLUG.match(text) else text
    if bearer is None:
        mention = page.mention(span, _KINDS[kind][0], name, None, how="front_matter", sure=1.0)
    else:
        name = name if bearer.key else bearer.shown
        mention = page.mention(span, bearer.entry.kind, name, bearer.key, how="front_matter", sure=1.0)
    return replace(mention, role=_ROLES[kind])


def _is_nobody(author: str) -> bool:
    """Tell whether an author is a role, an account or a team in the place of a name: 小編, admin, 內容團隊."""
    folded = fold_name(author).strip()
    return folded in folded_cues("not_authors") or folded.endswith(longest_first("teams"))
