"""Which flavour of Markdown a post is written in, where its site does not say."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from service.model import Dialect
from service.reading.headers.frontmatter import FrontMatter

_DATED_POST = re.compile(r"(?:^|/)_(?:posts|drafts)/")
_SHORTCODE = re.compile(r"\{\{(?:<|%)\s*/?\s*[\w./-]+[^{}\n]*(?:>|%)\}\}")
_LIQUID = re.compile(r"\{%-?\s*(?:include|highlight|raw|if|for|assign|post_url|link)\b|\{\{\s*(?:site|page)\.")
_VAULT = re.compile(r"!?\[\[[^\[\]\n]+\]\]|^>\s*\[![\w-]+\]|\s\^[\w-]{3,}$|%%[^\n]+%%", re.MULTILINE)
_HAN_KEY = re.compile(r"[\u3400-\u9fff]")


def detect_dialect(path: str, text: str, front: FrontMatter) -> Dialect:
    """Return the dialect that the path, the front matter and the text of a post point to.

    >>> detect_dialect("_posts/2026-01-29-a.md", "", FrontMatter())
    <Dialect.JEKYLL: 'jekyll'>
    """
    parts = PurePosixPath(path).parts
    if _DATED_POST.search(path):
        return Dialect.JEKYLL
    if parts[:1] == ("content",) or front.format == "toml" or _SHORTCODE.search(text):
        return Dialect.HUGO
    if any(_HAN_KEY.search(key) for key in front.data) or (front.format and _VAULT.search(text)):
        return Dialect.OBSIDIAN
    if _LIQUID.search(text) and front.format:
        return Dialect.JEKYLL
    return Dialect.OBSIDIAN if _VAULT.search(text) else Dialect.MARKDOWN
