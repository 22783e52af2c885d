"""Latin names that no list knows: people with evidence anywhere in the post, companies by their last word or a cue.

A name found once with evidence counts wherever the document writes it in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from service.extraction.names.latin_runs import (
    Run,
    corporate,
    given_names,
    is_company_shaped,
    is_person_shaped,
    words_of,
)
from service.extraction.names.page import Page, Taken
from service.lexicon.name_cues import cue_places, ends_with_cue, longest_first, pattern
from service.model import EntityKind, Mention

_OF_A_WORK = re.compile(r" ?的?(?:《|「)")
_BRACKET = re.compile(r" ?\(([^()\n]{2,40})\)")
_PAIR = re.compile(r" ?(?:×|x|&|、|與|与|和|跟|vs\.?|,) ?")
_STOCK = re.compile(
    r" ?\((?:(?:nasdaq|nyse|tse|twse|tpex|hkex|股票代[号码]|股号|代号|上市代[号码])[^()\n]{0,20}"
    r"|[0-9]{4,6}(?:[.-][a-z]{2,3})?)\)"
)
_WORKS_AT = re.compile(r"(?:在|替|为|帮)(?:[^，。、；\n]{0,5}的)? ?\Z")
_WORKS_AS = re.compile(r" ?(?:工作(?![流目空区量原机模台负])|上班|任职|实习)")
_SAYS = re.compile('(?: ?[「“"]| ?[也又还则曾]?(?:说(?!明)|指出|认为|透露|坦言|强调|告诉|回忆|问(?!题)|答))')
_LATIN_CUE = re.compile(" ?[(ci]")  # how a cue may begin that is not Chinese: a bracket, CEO, IPO
_HUMPS = re.compile("[A-Z][a-z]*|[a-z]+")  # DataServer is a server
_YEAR = re.compile(r" ?\((?:1[0-9]|20)[0-9]{2}\)")
_IN_A_PLACE = re.compile(r"(?:[州市县省区镇国]|位于) ?$")  # 密西西比州 Southaven
_SHORT_LAST = 3  # letters of a last name that is another word as often: Isaac Sim
_SHORTEST = 3  # letters of a company's name of one word
_LONGEST = 4  # words of a company's name that only a cue tells


def unlisted_latin(page: Page, taken: Taken) -> tuple[Mention, ...]:
    """Return the mentions of Latin names that no list knows, where nothing is `taken`."""
    found = [run for run in page.runs if not taken.touches(run.span)]
    people = _people(page, found)
    parts = {word for name in people for word in name.split()}
    cued = [run for run in found if len(run.words) > 1 or _may_be_cued(page, run)]
    companies = {run.name for run in cued if not parts.issuperset(run.words) and _is_company(page, run)}
    return tuple(
        page.mention(run.span, kind, run.name, None, how="context", sure=0.75)
        for run in found
        for kind in (EntityKind.PERSON if run.name in people else EntityKind.COMPANY,)
        if run.name in people or run.name in companies
    )


def _people(page: Page, found: list[Run]) -> set[str]:
    shaped = [run for run in found if len(run.words) > 1 and is_person_shaped(run.words)]
    people = {run.name for run in shaped if _is_person(page, run)}
    likely = {run.words[-1]: run.name for run in shaped if run.words[-1] not in words_of("everyday", "generic_words")}
    for run in page.runs:  # Raman 說 speaks for Priya Raman
        if len(run.words) == 1 and run.words[0] in likely and _speaks(page, run, likely[run.words[0]]):
            people.add(likely[run.words[0]])
    return people | set(_paired(page, people))


def _speaks(page: Page, run: Run, full: str) -> bool:
    """Tell whether the bearer of a last name says something, as people do alone where no given name tells so."""
    if full.split(maxsplit=1)[0] in given_names():
        return page.has_speech_behind(run.span.end)
    return _SAYS.match(page.folded, run.span.end) is not None


def _is_person(page: Page, run: Run) -> bool:
    start, end = run.span
    behind = page.behind(end)
    titled = pattern("titles_of_people").match(behind) and not firm_after().match(behind)  # 律師, no 律師行
    if page.has_role_before(start) or titled or _is_explained(page, end):
        return True
    if run.words[0] not in given_names():
        return False
    short = len(run.words[-1]) <= _SHORT_LAST and run.words[-1] not in words_of("short_last_names")
    if short or run.words[0] in words_of("everyday", "everyday_given"):
        return page.has_speech_behind(end) or _OF_A_WORK.match(behind) is not None
    return run.words[-1] not in words_of("generic_words") and not _company_cue(page, run)


def _is_explained(page: Page, end: int) -> bool:
    """Tell whether a bracket says what somebody is: X（某公司執行長）."""
    match = _BRACKET.match(page.folded, end)
    return match is not None and ends_with_cue(match[1], None, "roles")


def _paired(page: Page, people: set[str]) -> Iterator[str]:
    """Yield the names that a title or sentence on talking pairs with a person: A × B 訪談."""
    for left, right in pairwise(page.runs):
        if (left.name in people) == (right.name in people):
            continue
        other = right if left.name in people else left
        if (
            is_person_shaped(other.words)
            and words_of("generic_words", "things").isdisjoint(other.words[:1])
            and _PAIR.fullmatch(page.folded, left.span.end, right.span.start)
            and cue_places(page.folded[slice(*page.sentence(right.span.start))], "talks")
        ):
            yield other.name


def _is_company(page: Page, run: Run) -> bool:
    """Tell whether the last word suffices, or what stands by says so: `Raft Group` is no business."""
    if len(run.words) > 1 and is_company_shaped(run.words):
        if run.words[-1].strip(".,") in words_of("corporate_words"):
            return True
        cued = page.cued_behind(run.span.end, "company_after") or page.cued_before(run.span.start, "company_before")
        return cued or _company_cue(page, run)
    return _company_cue(page, run) and (may_be_company(page, run) or _is_said_one(page, run))


def _is_said_one(page: Page, run: Run) -> bool:
    """Tell whether the word before says what sort of business it is, though its own last word names things."""
    own = words_of("generic_words", "things", "everyday", "latin_roles").isdisjoint(run.words[:1])
    return own and len(run.words) == 2 and page.cued_before(run.span.start, "businesses")  # noqa: PLR2004


def may_be_company(page: Page, run: Run) -> bool:
    """Tell whether a run without a corporate word may be a business: no acronym, no product, no common noun."""
    return _may_name_company(run.words, run.name) and run.span.start not in page.product_starts


@lru_cache(maxsize=16_384)
def _may_name_company(words: tuple[str, ...], name: str) -> bool:
    return (
        len(words) <= _LONGEST
        and len(name) >= _SHORTEST
        and not name.isupper()
        and words[0] not in words_of("generic_words", "things", "everyday", "latin_roles")
        and words_of("things").isdisjoint((words[-1], *_HUMPS.findall(words[-1])[-1:]))
        and not any(character.isdigit() for character in name)
        and (len(words) > 1 or words[0] not in corporate())
    )


def _may_be_cued(page: Page, run: Run) -> bool:
    """Tell whether Chinese stands right before or behind, where cues are: most words of code and English fail here."""
    start, end = run.span
    before, behind = page.folded[max(start - 2, 0) : start], page.folded[end : end + 2]
    return not (before.isascii() and behind.isascii()) or _LATIN_CUE.match(behind) is not None


def _company_cue(page: Page, run: Run) -> bool:
    start, end = run.span
    if page.cued_before(start, "firm_before"):
        return True
    behind = page.behind(end)
    if _WORKS_AS.match(behind) and _WORKS_AT.search(page.before(start)):
        return True
    if _STOCK.match(page.folded, end) and not _YEAR.match(page.folded, end):
        return True
    return firm_after().match(behind) is not None and not _IN_A_PLACE.search(page.before(start))


@cache
def firm_after() -> re.Pattern[str]:
    """Return what matches, right behind a name, what only a business has or does: 的執行長, 完成 A 輪融資."""
    words = longest_first("firm_after")
    choice = "|".join(re.escape(word) + ("(?![a-z])" if word.isascii() else "") for word in words)
    rounds = "(?:[a-f]|天使|种子|战略|首)[+＋]? ?轮"
    small = "(?:今天|昨天|近日|日前|上周|本周|去年|今年|已|刚|刚刚|最近|宣布|则|也)"
    funded = f" ?{small}{{0,2}} ?(?:完成|获得|获|拿到|宣布)[^，。\\n]{{0,12}}(?:{rounds}|融资)"
    return re.compile(rf" ?(?:公司|集团)(?!的)| ?的? ?(?:{choice})|{funded}")
