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
_WIKI = re.compile(r"\[\[([^\[\]\n]{1,400})\]\]")
_LISTED = re.compile(r"\s*、\s*")  # no name holds it, even in a list
_SUFFIX = re.compile(r"(?:Inc|Ltd|LLC|LLP|Co|Corp|PLC|S\.A|N\.V|GmbH|AG|Jr|Sr|PhD|Ph\.D|M\.?D)\b\.?", re.IGNORECASE)


def names_in(value: str, *, split: bool) -> list[str]:
    """Return the names in `value` without links, addresses and roles around them.

    >>> names_in('[漁夫](https://a.example) <f@a.example>、記者 船長／台北報導', split=True)
    ['漁夫', '船長']
    """
    single = " ".join(value.split())  # long runs of blanks would cost the patterns dear
    plain = _ADDRESS.sub("", _TAGGED.sub("", _LINKED.sub(r"\1", unlinked(single))))
    parts = _joined((_NAME_SEPARATORS if split else _LISTED).split(plain))
    named = (_CREDIT.sub("", _ROLE.sub("", part.strip())) for part in parts)
    return [name for name in map(_plain, named) if name and not _NO_NAME.fullmatch(name)]


def _joined(parts: list[str]) -> list[str]:
    """Return `parts` with what a comma only cuts off joined again: ``Acme, Inc.``."""
    joined: list[str] = []
    for part in parts:
        if joined and _SUFFIX.fullmatch(part.strip()):
            joined[-1] += ", " + part
        else:
            joined.append(part)
    return joined


def _plain(name: str) -> str:
    """Return a name without the sign that makes a handle of it."""
    return name[1:] if name.startswith("@") and name[1:2].isalnum() else name


def unlinked(value: str) -> str:
    """Return `value` without the brackets of wiki-links in it: their label, else the note's own name stays.

    >>> unlinked("[[人物/漁夫]]"), unlinked("[[漁夫|阿漁]]")
    ('漁夫', '阿漁')
    """
    return _WIKI.sub(_label, value).strip() if "[[" in value else value.strip()


def _label(link: re.Match[str]) -> str:
    target, mark, label = link[1].partition("|")
    return label.strip() if mark and label.strip() else target.partition("#")[0].rpartition("/")[2].strip()
