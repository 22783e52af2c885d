"""A commit of a repository → the site it holds, and those of its posts that are to be read again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from service.content.archived import told_site, within
from service.content.archives import Named
from service.content.decoding import decode, safe_path
from service.content.finding import is_post
from service.content.git import File, Repository
from service.content.sites import is_site_file, may_tell
from service.errors import ContentError
from service.model import Site, Source

_SAMPLE = 100  # posts whose text may tell what wrote them
_LARGEST_SETTINGS = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: the site it holds and the paths of its posts, which lie below `root` of the repository.

    >>> Commit(Site("blog"), {"a.md"}, "content/").touches({"content/a.md", "README"})
    {'a.md'}
    """

    site: Site
    posts: Collection[str]
    root: str = ""
    files: Mapping[str, File] = field(default_factory=dict)  # by path within the repository
    unnamed: tuple[ContentError, ...] = ()  # files whose paths cannot be used

    def touches(self, changed: Collection[str]) -> set[str]:
        """Return the posts among the paths `changed`."""
        return {path for path in self.posts if self.root + path in changed}


def commit_of(repository: Repository, commit: str, declared: Site, *, folder: str = "", max_files: int) -> Commit:
    """Return what a commit holds, its posts yet unread; the site lies in `folder` of the repository.

    What `declared` says of the site outranks what the site's own files say.

    Raises:
        LimitError: it holds more than `max_files` files.
        ContentError: there is no such commit or folder.
    """
    files = repository.files(commit, most=max_files)
    inside = within([_named(path) for path in files], folder, str(repository.path))
    top = safe_path(folder.strip("/")) + "/" if folder.strip("/") else ""
    paths = {path: b"" for path, content in inside if isinstance(content, bytes)}
    telling = [path for path in _telling(paths) if files[top + path].size <= _LARGEST_SETTINGS]
    texts = zip(telling, repository.contents(files[top + path].blob for path in telling), strict=True)
    site, below, posts = told_site({**paths, **dict(texts)}, declared)
    unnamed = tuple(content for _, content in inside if isinstance(content, ContentError))
    return Commit(site, posts, top + below, files, unnamed)


def read_posts(
    repository: Repository, commit: Commit, posts: Collection[str], *, max_file_bytes: int
) -> Iterator[Source | ContentError]:
    """Yield `posts` of a commit in the order of their paths; one that cannot be read comes as its error."""
    found = {path: commit.files[commit.root + path] for path in sorted(posts)}
    small = {path: file for path, file in found.items() if file.size <= max_file_bytes}
    for path in found.keys() - small.keys():
        yield ContentError(f"the file is larger than the {max_file_bytes} bytes a post may have", path=path)
    contents = repository.contents(file.blob for file in small.values())
    for path, data in zip(small, contents, strict=True):
        try:
            yield decode(data, path, max_bytes=max_file_bytes)
        except ContentError as error:
            yield error


def tells_of_site(changed: Collection[str], root: str = "") -> bool:
    """Tell whether one of the paths `changed` may say how the site is to be read."""
    return any(may_tell(path) or is_site_file(path.removeprefix(root)) or is_site_file(path) for path in changed)


def _named(path: str) -> Named:
    try:
        safe = safe_path(path)
    except ContentError as error:
        return path, error
    if safe != path:  # as git keeps it, so that it is found again
        return path, ContentError("the path is written with accents apart: rename the file", path=path)
    return path, b""


def _telling(paths: Collection[str]) -> list[str]:
    """Return the files whose contents may tell what the site is: its settings, and some posts."""
    posts = [path for path in sorted(paths) if is_post(path, generated=True)][:_SAMPLE]
    return sorted({*posts, *(path for path in paths if may_tell(path) or is_site_file(path))})
