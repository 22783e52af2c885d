"""Folders → sources: the sites and vaults below a folder, and the posts of each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from service.content.builders import built_site, inside, read_vault
from service.content.decoding import decode, safe_path
from service.content.hugo import read_hugo
from service.content.hugo_posts import hugo_files, hugo_posts
from service.content.jekyll import jekyll_folder, read_jekyll
from service.content.left_out import is_left_out
from service.content.listed_names import read_names, site_names
from service.content.sites import GENERATED, HUGO, JEKYLL, looks_like_vault, site_files
from service.content.walking import BUILT, SKIPPED, unreadable, walk
from service.content.words import read_words, site_words
from service.errors import ContentError, LimitError
from service.model import Dialect, Site, Source

POSTS = (".md", ".markdown")
_NOT_POSTS = frozenset({"readme", "license", "licence", "contributing", "code_of_conduct", "changelog"})


def is_post(path: str, *, generated: bool) -> bool:
    """Tell whether the file at `path` is a post of its site: Markdown, not hidden, not the site's own papers.

    `generated` says that Hugo or Jekyll builds the site: README and its like at its root are then no posts, nor is
    what lies in the folders of what it builds and builds with.
    """
    parts = path.split("/")
    name = parts[-1].lower()
    if not name.endswith(POSTS) or any(part.startswith(".") or part in SKIPPED for part in parts[:-1]):
        return False
    if name.startswith(".") and name not in POSTS:  # a file called `.md` is a post without a name
        return False
    if not generated:
        return True
    return parts[0] not in BUILT if len(parts) > 1 else name.rpartition(".")[0] not in _NOT_POSTS


def find(root: Path, *, max_files: int, max_bytes: int, site: Site | None = None) -> Iterator[Source | ContentError]:
    """Yield the posts of the site or vault at `root` in the order of their paths; one that fails comes as its error.

    What `site` says to leave out is left out.

    Raises:
        LimitError: there are more than `max_files`.
    """
    top = root.resolve()
    found = posts_at(top, site)
    if len(found) > max_files:
        raise LimitError(f"the folder holds {len(found)} posts, more than the {max_files} allowed", path=root.name)
    for folder in unreadable(top):  # without a path: what is missing may still exist
        yield ContentError(f"the folder {folder} cannot be opened: check who may read it")
    for read in (read_words, read_names):
        try:
            read(top)
        except ContentError as error:
            yield error
    seen: set[str] = set()
    for path in found:
        yield _load(top / path, path, max_bytes, seen)


def posts_at(top: Path, site: Site | None) -> list[str]:
    """Return the paths of the posts of the site or vault at `top`, in order."""
    if site is None and _marked(top) is Dialect.HUGO:
        site, _ = _site(top)
    if site is not None and site.dialect is Dialect.HUGO and (files := hugo_files(top, site)):
        return hugo_posts(files, site)
    generated = _is_generated(top, site)
    jsx = site is not None and site.generator == "docusaurus"  # it writes Markdown with components in `.mdx` too
    posts = (
        path
        for path in walk(top, top)
        if is_post(path.removesuffix("x") if jsx else path, generated=generated) or _is_home(path, top, site)
    )
    return sorted(path for path in posts if site is None or not is_left_out(path, site))


def _is_generated(top: Path, site: Site | None) -> bool:
    """Tell whether README and its like at the site's root are its own papers rather than pages."""
    if site is not None and (site.generator or site.dialect in (Dialect.OBSIDIAN, Dialect.MARKDOWN)):
        return site.generator == "docusaurus"
    return any((top / name).exists() for name in GENERATED)


def _is_home(path: str, top: Path, site: Site | None) -> bool:
    """Tell whether a Jekyll site has its README for its first page: one without posts and without an index."""
    if (
        site is None
        or "jekyll-readme-index" not in site.plugins
        or path.lower() not in ("readme.md", "readme.markdown")
    ):
        return False
    return not any((top / name).exists() for name in ("_posts", "index.html", *(f"index{ending}" for ending in POSTS)))


def _load(file: Path, path: str, max_bytes: int, seen: set[str]) -> Source | ContentError:
    """Return the post in `file`, or why there is none; `seen` are the paths so far, in NFC."""
    try:
        name = safe_path(path)
        if name in seen:
            return ContentError("another file has this path, with its accents written in another way", path=name)
        seen.add(name)
        with file.open("rb") as stream:
            data = stream.read(max_bytes + 1)
        return decode(data, path, max_bytes=max_bytes)
    except ContentError as error:
        return error
    except OSError as error:
        return ContentError(f"the file cannot be opened: {error.strerror}", path=path)


def find_sources(root: Path) -> tuple[tuple[Site, Path], ...]:
    """Return the sites and vaults below `root`: `root` itself if it is one, else each of its folders that holds posts.

    A folder with posts directly in it is one source, whatever its folders hold.
    """
    if _declared(root) or any(is_post(f.name, generated=True) and f.is_file() for f in root.iterdir()):
        return (_site(root),)
    folders = sorted(child for child in root.iterdir() if child.is_dir() and not child.name.startswith("."))
    held = [folder for folder in folders if folder.name not in SKIPPED and any(_walk_posts(folder))]
    return tuple((replace(site, name=_name(folder)), top) for folder in held for site, top in (_site(_top(folder)),))


def _walk_posts(folder: Path) -> Iterator[str]:
    top = folder.resolve()
    return (path for path in walk(top, top) if is_post(path, generated=True))


def _top(folder: Path) -> Path:
    """Return the root of the site in `folder`: the one folder in it that a generator knows, as themes have it."""
    below = [child for child in folder.iterdir() if child.is_dir() and not child.name.startswith(".")]
    return below[0] if not _declared(folder) and len(below) == 1 and _declared(below[0]) else folder


def _name(folder: Path) -> str:
    return unicodedata.normalize("NFC", folder.resolve().name)


def _marked(folder: Path) -> Dialect | None:
    """Return the dialect that a site's own files tell, if any do."""
    if any((folder / name).is_file() for name in JEKYLL) or (folder / "_posts").is_dir():
        return Dialect.JEKYLL
    if any((folder / name).is_file() for name in HUGO[:4]):
        return Dialect.HUGO
    if (folder / ".obsidian").is_dir() and not any((folder / name).exists() for name in ("config", *HUGO)):
        return Dialect.OBSIDIAN
    return Dialect.HUGO if (folder / "content").is_dir() else None


def _declared(folder: Path) -> bool:
    """Tell whether the files of `folder` say that it is a site or vault."""
    return _marked(folder) is not None or built_site("", folder) is not None


def site_at(folder: Path) -> tuple[Site, Path]:
    """Return the site or vault in `folder`, or in the one folder of it, and where its posts' paths begin."""
    return _site(_top(folder))


def _site(folder: Path) -> tuple[Site, Path]:
    """Return the site or vault at `folder`, with its own words, and the folder that its posts' paths begin in."""
    site, top = _built(folder)
    return replace(site, render=site_words(folder), names=site_names(folder)), top


def _built(folder: Path) -> tuple[Site, Path]:
    name, dialect = _name(folder), _marked(folder)
    if (built := built_site(name, folder)) is not None:
        return built
    if dialect is Dialect.HUGO:
        return read_hugo(name, site_files(folder)), folder
    if dialect is Dialect.JEKYLL:
        files = site_files(folder)
        return read_jekyll(name, files), inside(folder, jekyll_folder(files))
    if dialect is Dialect.OBSIDIAN:
        return read_vault(name, folder), folder
    vault = looks_like_vault(folder.resolve() / path for path in _walk_posts(folder))
    return Site(name, Dialect.OBSIDIAN if vault else Dialect.MARKDOWN), folder
