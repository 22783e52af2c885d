"""Who has spoken at length: how long somebody spoke is no saying, and a list of points behind it is what he said."""

from __future__ import annotations

import re

from service.extraction.claims.cue_words import holds

# 讲了四十分钟。: how long or how often, up to the end.
_LASTING = re.compile(
    r"[了过]?(?:整整|足足|将近|差不多|大约|约|快|近)? ?[\d一二两三四五六七八九十百半几多来]{1,6} ?个?半?多?"
    r"(?:小时|钟头|分钟|刻钟|天|夜|晚上?|上午|下午|年|月|遍|次|回|场|轮|堂)[半多]?[。.!]?$"
)
_SPOKE = re.compile(r"[讲说谈聊]了|分享了|演讲了|报告了")
_ADDRESSED = re.compile(
    r"(?:发表|做|作)了?[^,。;:!?]{0,10}(?:演讲|讲话|谈话|报告)|(?:接受|受)[^,。;:!?]{0,10}(?:访问?|采访|专访)|致[辞词]|主讲"
)


def lasts(text: str, start: int, end: int) -> bool:
    """Tell whether all that follows a verb of saying is how long or how often it was done: 她讲了|四十分钟."""
    return _LASTING.match(text, start, end) is not None


def speaks_at_length(text: str) -> bool:
    """Tell whether a folded sentence tells that somebody gave a talk or an interview, and not what he said there.

    >>> speaks_at_length("院长在大会上讲了四十分钟。"), speaks_at_length("院长讲了三个理由。")
    (True, False)
    """
    spoke = _SPOKE.search(text)
    return (spoke is not None and _LASTING.match(text, spoke.end()) is not None) or _ADDRESSED.search(text) is not None


def lists_points(text: str) -> bool:
    """Tell whether a folded line that leads in to a list calls it the points of what was said: 以下是录音的重点:."""
    return holds("nouns", "points", text)
