"""Whose words a heading leads in to: 监造林若川, 林若川谈古塔, 讲座重点."""

from __future__ import annotations

import re
from functools import cache

from service.extraction.claims.cue_words import finder, opens, union
from service.extraction.claims.lines import Line
from service.extraction.claims.subjects import Subject, behind_gloss, is_object
from service.model import Mention

_TITLE = 12  # characters of what somebody is, before the name
_DEALS = ("谈判", "谈成", "谈妥", "谈恋爱")  # what one does with others, and not to tell of


def named_by(line: Line) -> Mention | None:
    """Return the person whose name is all of a heading, with what he is before it or in brackets behind."""
    first, text = _opening(line), line.sentence.folded
    return first.mention if first is not None and behind_gloss(text, first.end) == line.span.end else None


def talking(line: Line) -> Mention | None:
    """Return the person who opens a heading which says that he talks of something: 林小姐谈票价, 林小姐:票价要涨."""
    first, text, end = _opening(line), line.sentence.folded, line.span.end
    if first is None:
        return None
    behind = behind_gloss(text, first.end)
    if text.startswith(":", behind):
        return first.mention if finder("predicates", "words").within(text[behind:end]) else None
    talks = opens("nouns", "talks", text, behind, end) and not text.startswith(_DEALS, behind)
    return first.mention if talks else None


def _opening(line: Line) -> Subject | None:
    """Return the person who opens a heading, behind what he is at most."""
    subjects, (start, _) = line.sentence.subjects, line.span
    if not subjects or subjects[0].mention is None or not subjects[0].is_person or line.is_question:
        return None
    first, text = subjects[0], line.sentence.folded
    titled = first.start - start <= _TITLE and "的" not in text[start : first.start]
    return first if titled and not is_object(text, first) else None


def heads_points(line: Line) -> bool:
    """Tell whether a heading says that the points of a talk follow: 讲座重点."""
    return _points_pattern().search(line.folded) is not None


@cache
def _points_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{union('nouns', 'retold')})[^,。;!?]{{0,4}}(?:{union('nouns', 'points')})")
