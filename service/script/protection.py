"""What a reader must get as it was written, and what is somebody's wording: code, addresses, titles; quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

HIDDEN: Final = "\x1f"  # stands for every character that is left alone; OpenCC leaves it alone too, and drops NUL

# A path has a root, or a suffix: words on both sides of a slash are a choice (3C/電競/工控), not a path.
_SUFFIX = r"\.[A-Za-z0-9]{1,5}(?![A-Za-z0-9])"
_FOLDERS = rf"(?:[/\\](?:[\w\-]++(?=[/\\])|[\w\-]++{_SUFFIX}|[A-Za-z0-9_.\-]+))"
_PATH = (
    rf"(?<![\w/\\.])(?:(?:~|\.{{1,2}}|[A-Za-z]:){_FOLDERS}+|[/\\][A-Za-z0-9_.\-]++{_FOLDERS}*"
    rf"|[A-Za-z0-9_\-]{{1,64}}(?:[/\\][\w\-]++)+{_SUFFIX})"
)
_PROTECTED: Final = re.compile(
    r"``[^`\n]{1,500}``|`[^`\n]{1,500}`"  # code
    r"|-\{[^{}\n]{0,200}\}-"  # the site's own mark, as MediaWiki has it
    r"|(?:https?|ftp)://[^\s<>()（）「」『』【】《》〈〉\[\]“”\"，。；：、！？]+"
    r"|(?<![A-Za-z0-9.])www\.[^\s<>()（）「」『』【】《》〈〉\[\]“”\"，。；：、！？]+"
    r"|(?<![A-Za-z0-9.+_\-])[A-Za-z0-9.+_\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}"
    r"|\]\([^()\s]{1,500}\)"  # the target of a Markdown link
    r"|\[\[[^\[\]|\n]{1,200}(?=\||\]\])"  # the target of a wiki-link
    r"|《[^《》\n]{1,80}》|〈[^〈〉\n]{1,80}〉"  # titles
    rf"|{_PATH}"
)
_QUOTATION: Final = re.compile(r"「[^「」\n]{1,500}」|『[^『』\n]{1,500}』|“[^“”\n]{1,500}”|‘[^‘’\n]{1,500}’")
_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_NO_TEXT: Final = re.compile("[\0\x1e\ud800-\udfff]")


def hide(text: str) -> str:
    r"""Return `text` with all that is left alone hidden, at the same length.

    Hidden are code, URLs, e-mail addresses, file paths, the targets of links, titles in 《》 and 〈〉, what the site
    marks with -{…}-, and quotations in Japanese.

    >>> hide("读《书》")
    '读\x1f\x1f\x1f'
    """
    hidden = _PROTECTED.sub(_blank, _NO_TEXT.sub(HIDDEN, text))
    return _QUOTATION.sub(lambda match: _blank(match) if _KANA.search(match[0]) else match[0], hidden)


def _blank(match: re.Match[str]) -> str:
    return HIDDEN * len(match[0])


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield where `text` quotes: half-open ranges, quotation marks included.

    >>> list(quotations("他說「好」。"))
    [(2, 5)]
    """
    yield from (match.span() for match in _QUOTATION.finditer(text))
