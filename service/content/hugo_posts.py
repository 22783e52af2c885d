"""Which files of a Hugo site are pages: https://gohugo.io/content-management/page-bundles/."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from service.content.walking import walk
from service.model import Site
from service.reading.addresses.hugo_pages import mounts

logger = logging.getLogger(__name__)

MARKDOWN = (".md", ".markdown", ".mdown")
_OTHERS = (".html", ".htm", ".org", ".adoc", ".asciidoc", ".rst", ".pandoc", ".pdc", ".gotmpl")
_LEFT_OUT = frozenset({"node_modules", "__MACOSX"})


def hugo_files(top: Path, site: Site) -> set[str]:
    """Return the files in the folders that the site takes content from, as paths from its root `top`."""
    folders = {(top / mount.source).resolve() for mount in mounts(site)}
    within = (folder for folder in folders if folder.is_dir() and folder.is_relative_to(top))
    return {path for folder in within for path in walk(folder, top, _LEFT_OUT)}


def hugo_posts(paths: Iterable[str], site: Site) -> list[str]:
    """Return those of `paths` that are pages of `site`: Markdown in its content folders.

    Markdown beside a bundle's ``index.md`` is a resource of that page and no page of its own. Content in other
    formats is not read; how much of it there is goes to the log, once.
    """
    sources = [PurePosixPath(mount.source).parts for mount in mounts(site)]
    content = sorted(path for path in paths if _lies_in(PurePosixPath(path).parts, sources))
    if others := sum(path.lower().endswith(_OTHERS) for path in content):
        logger.warning("%s: %d files of content are not Markdown and are left out", site.name, others)
    posts = [path for path in content if path.lower().endswith(MARKDOWN)]
    bundles = {PurePosixPath(path).parent.parts for path in posts if _opens_bundle(path)}
    pages = [path for path in posts if not _is_resource(path, bundles)]
    if len(pages) < len(posts):
        logger.info("%s: %d files are parts of other pages and are left out", site.name, len(posts) - len(pages))
    return pages


def _lies_in(parts: tuple[str, ...], sources: list[tuple[str, ...]]) -> bool:
    if any(part.startswith((".", "#")) or part.endswith("~") for part in parts):
        return False
    return any(parts[: len(source)] == source and len(parts) > len(source) for source in sources)


def _opens_bundle(path: str) -> bool:
    return PurePosixPath(path).name.lower().split(".", 1)[0] == "index"


def _is_resource(path: str, bundles: set[tuple[str, ...]]) -> bool:
    folders = PurePosixPath(path).parent.parts
    if folders in bundles and _opens_bundle(path):
        return any(folders[:depth] in bundles for depth in range(len(folders)))
    return any(folders[:depth] in bundles for depth in range(len(folders) + 1))
