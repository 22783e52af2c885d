"""What site generators take for the same posts: Hugo for related content, Pagefind for its index."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bench.growing import Grown

_CONFIG = """\
baseURL = "https://grown.example/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section"]
[related]
threshold = 0
includeNewer = true
[[related.indices]]
name = "tags"
weight = 100
"""
_PAGE = "<html lang=zh><body data-pagefind-body><h1>{{ .Title }}</h1>{{ .Content }}%s</body></html>"
_RELATED = "{{ range first 10 (.Site.RegularPages.Related .) }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}"


def hugo_related(posts: Sequence[Grown]) -> str | None:
    """Return what Hugo takes more for related content by tags, as a sentence; None: there is no Hugo."""
    hugo = shutil.which("hugo")
    if hugo is None or not posts:
        return None
    plain, near = (_built(hugo, posts, page) for page in ("", _RELATED))
    each = max(near - plain, 0.0) / len(posts) * 1000
    return f"Hugo's related content by tags alone, {len(posts):,} pages: {each:.1f} ms of processor time a page."


def _built(hugo: str, posts: Sequence[Grown], more: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        _site(Path(folder), posts, more)
        return _seconds([hugo, "--quiet", "--source", folder])


def _site(folder: Path, posts: Sequence[Grown], more: str) -> None:
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "content" / "posts").mkdir(parents=True)
    (folder / "hugo.toml").write_text(_CONFIG, "utf-8")
    (folder / "layouts" / "_default" / "single.html").write_text(_PAGE % more, "utf-8")
    for post in posts:
        (folder / "content" / post.document.path).write_text(post.markdown, "utf-8")


def _seconds(command: Sequence[str]) -> float:
    """Return the processor time that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def pagefind_index(posts: Sequence[Grown]) -> str | None:
    """Return what Pagefind takes to index the posts, as a sentence; None: there is no Pagefind, or nothing to index."""
    if find_spec("pagefind") is None or not posts:
        return None
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for number, post in enumerate(posts):
            title, body = post.document.title, post.document.text
            page = f"<html lang=zh><body><h1>{title}</h1><p>{body}</p></body></html>"
            (site / f"{number}.html").write_text(page, "utf-8")
        seconds = _seconds([sys.executable, "-m", "pagefind", "--site", folder, "--quiet"])
        size = sum(path.stat().st_size for path in (site / "pagefind").rglob("*") if path.is_file())
    text = sum(len(post.document.text.encode()) for post in posts)
    each = seconds / len(posts) * 1000
    cost = f"{each:.1f} ms of processor time a page, an index of {size / text:.2f} times the text"
    return f"Pagefind, {len(posts):,} pages: {cost}."
