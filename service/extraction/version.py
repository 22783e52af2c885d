"""A digest of all that decides what a post is understood to say: the code that reads it and the words it looks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

# Reading is on this list and is not imported: a document read otherwise yields other facts.
_FOLDERS: Mapping[str, tuple[str, ...]] = {
    "lexicon": (".toml", ".py"),
    "reading": (".py",),
    "extraction": (".py", ".gz"),
    "model": (".py",),
    "script": (".toml", ".py"),
}
_MODULES = ("segmentation.py",)
_LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "opencc", "pyyaml", "rjieba")


def digest(sources: Iterable[tuple[str, bytes]]) -> str:
    r"""Return a short digest of named files: the same for any order of them, and for any newlines.

    >>> digest([("a", b"1\n"), ("b", b"2\n")]) == digest([("b", b"2\r\n"), ("a", b"1\r\n")])
    True
    """
    total = blake2b(digest_size=10)
    for name, content in sorted(sources):
        lines = content.replace(b"\r\n", b"\n")
        total.update(f"{name}\0{len(lines)}\0".encode())
        total.update(lines)
    return total.hexdigest()


def sources(root: Traversable | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the files that decide what is extracted, each named by its path below `root`, the package's folder.

    With them go the versions of the libraries that parse, fold and cut the text.
    """
    root = files("service") if root is None else root
    yield from ((name, version(name).encode()) for name in _LIBRARIES)
    yield from ((name, root.joinpath(name).read_bytes()) for name in _MODULES)
    for folder, endings in _FOLDERS.items():
        yield from _below(root.joinpath(folder), folder, endings)


def _below(folder: Traversable, name: str, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for file in folder.iterdir():
        path = f"{name}/{file.name}"
        if file.is_dir():
            yield from _below(file, path, endings)
        elif file.name.endswith(endings):
            yield path, file.read_bytes()
