"""Names as a byline gives them, with links, addresses and roles around them."""

from __future__ import annotations

import re

_NAME_SEPARATORS = re.compile(r"\s*[,，、;；&＆／|｜]\s*|\s+(?:and|/)\s+")
_ROLE = re.compile(
    r"^(?:本[報报刊]|特[約约])?(?:[記记]者|作者|撰文|撰稿|[編编][輯辑]|by\b|[文圖图][:：])[\s:：]*(?=..)", re.IGNORECASE
)
_NO_NAME = re.compile(r"[文圖图譯译校]|[撰]文|[攝摄]影|[編编][輯辑]|.*(?:[報报][導导道]|[綜综]合[報报]道)")
_CREDIT = re.compile(r"\s+(?:[圖图譯译校]|[攝摄]影|[編编][輯辑])\s*[:：/].*$")
_TAGGED = re.compile(r"<[^<>]{1,500}>")
_LINKED = re.compile(r"\[([^\[\]\n]{1,100})\]\([^()\s]{0,500}\)(?:\s*[(（][^()（）]{0,60}[)）])?")
_ADDRESS = re.compile(r"\s*[(（]\s*(?:https?://|@|[\w.+-]{1,80}@)[^()（）]{0,200}[)）]")
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")


def names_in(value: str, *, split: bool) -> list[str]:
    """Return the names in `value` without links, addresses and roles around them.

    >>> names_in('[漁夫](https://a.example) <f@a.example>、記者 船長／台北報導', split=True)
    ['漁夫', '船長']
    """
    single = " ".join(value.split())  # long runs of blanks would cost the patterns dear
    plain = _ADDRESS.sub("", _TAGGED.sub("", _LINKED.sub(r"\1", single)))
    parts = _NAME_SEPARATORS.split(plain) if split else [plain]
    named = (_CREDIT.sub("", _ROLE.sub("", unlinked(part))) for part in parts)
    return [name for name in named if name and not _NO_NAME.fullmatch(name)]


def unlinked(value: str) -> str:
    """Return `value` without the brackets of a wiki-link around it."""
    return _WIKI.sub(r"\1", value).strip() if "[[" in value else value.strip()
