"""A git repository on this machine, bare or with a working tree → the files of a commit, and what changed since.

Only objects are read, by git's plumbing: nothing is checked out, so no hook, filter or attribute of the repository has
a say; nothing is fetched, for no protocol is allowed; and no setting of the user or the machine counts. What is left of
the repository's own settings are those of its format. https://git-scm.com/docs/git#_low_level_commands_plumbing
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NamedTuple

from service.errors import ContentError, LimitError

_SECONDS: Final = 600.0  # that one call of git may take
_LONGEST_ENTRY: Final = 4_500  # bytes of one file's line in a listing
_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/@+-]{0,199}")
_FILES: Final = ("100644", "100755", "100664")  # the modes of files: no links, no submodules
_ALWAYS: Final = (
    *("git", "--no-pager", "--no-replace-objects", "--no-optional-locks", "--literal-pathspecs"),
    *("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"),
    *("-c", "safe.directory=*", "-c", "gc.auto=0", "-c", "core.quotePath=false"),
)


class File(NamedTuple):
    """A file of a commit: the name of its contents, and how many bytes they are."""

    blob: str
    size: int


class Repository:
    """The repository at `path`: a working tree, or what others call `blog.git`.

    Raises:
        ContentError: there is none, or git is not installed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._run("rev-parse", "--git-dir", most=_LONGEST_ENTRY)

    def commit(self, ref: str = "HEAD") -> str:
        """Return the commit that a branch, a tag or `HEAD` stands at.

        Raises:
            ContentError: there is no such.
        """
        if not _REF.fullmatch(ref) or ".." in ref:
            raise ContentError(f"{ref!r} is no name of a branch, tag or commit", path=str(self.path))
        return self._run("rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}", most=200).decode().strip()

    def files(self, commit: str, *, most: int) -> dict[str, File]:
        """Return the files of a commit by path, without links and submodules.

        Raises:
            LimitError: there are more than `most`.
        """
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", "--long", _checked(commit), most=most * _LONGEST_ENTRY)
        found = {}
        for line in listed.split(b"\0")[:-1]:
            head, _, path = line.partition(b"\t")
            mode, _, blob, size = head.decode("ascii").split()
            if mode in _FILES and not size.isdigit():
                raise _lacking(blob, self.path)
            if mode in _FILES:
                found[path.decode("utf-8", "replace")] = File(blob, int(size))
        if len(found) > most:
            raise LimitError(f"the commit holds {len(found)} files, more than the {most} allowed", path=str(self.path))
        return found

    def changed(self, old: str, new: str, *, most: int) -> set[str] | None:
        """Return the paths that differ between two commits; None where the old one is not there any more."""
        try:
            told = self._run(
                *("diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--name-only"),
                *(_checked(old), _checked(new)),
                most=2 * most * _LONGEST_ENTRY,
            )
        except LimitError:
            raise
        except ContentError:  # thrown away by a forced push
            return None
        return {path.decode("utf-8", "replace") for path in told.split(b"\0")[:-1]}

    def contents(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """Yield what the files hold, in the order they are asked for.

        Raises:
            ContentError: something is missing from the repository.
        """
        with self._started("cat-file", "--batch") as (asked, given):
            for blob in blobs:
                asked.write(_checked(blob).encode() + b"\n")
                asked.flush()
                head = given.readline(_LONGEST_ENTRY).split()
                if len(head) != 3 or head[1] != b"blob":  # noqa: PLR2004 - name, kind, size
                    raise _lacking(blob, self.path)
                yield given.read(int(head[2]))
                given.read(1)

    def _run(self, *words: str, most: int) -> bytes:
        """Return what git prints, which must be no more than `most` bytes."""
        with self._started(*words, heard=True) as (_, given):
            told = given.read(most + 1)
            if len(told) > most:
                raise LimitError(f"git tells more than the {most} bytes allowed", path=str(self.path))
        return told

    @contextmanager
    def _started(self, *words: str, heard: bool = False) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """Start git and give what it reads and what it prints; `heard` says that it is to end well by itself."""
        pipe = subprocess.PIPE
        with tempfile.TemporaryFile() as said:
            try:
                process = subprocess.Popen(  # noqa: S603 - the words are this file's own
                    [*_ALWAYS, *words], cwd=self.path, env=_environment(self.path), stdin=pipe, stdout=pipe, stderr=said
                )
            except OSError as error:
                raise ContentError(f"git cannot be run here: {error.strerror}", path=str(self.path)) from error
            # An object of a hostile repository may be a pipe that nobody writes to.
            watchdog = threading.Timer(_SECONDS, process.kill)
            watchdog.start()
            try:
                with process:
                    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - both are pipes
                    yield process.stdin, process.stdout
                    if not heard:
                        process.kill()
            except BrokenPipeError:
                pass
            finally:
                process.kill()
                watchdog.cancel()
            if heard and process.returncode:
                raise self._failed(process.returncode, said)

    def _failed(self, code: int, said: IO[bytes]) -> ContentError:
        if code < 0:
            return ContentError(f"git took longer than {_SECONDS:g} seconds, or was ended", path=str(self.path))
        said.seek(0)
        told = said.read(500).decode("utf-8", "replace").removeprefix("fatal: ")
        return ContentError(f"git says: {' '.join(told.split())}", path=str(self.path))


def _lacking(blob: str, path: Path) -> ContentError:
    return ContentError(f"the repository lacks the object {blob}: fetch it there", path=str(path))


def _checked(name: str) -> str:
    if not _COMMIT.fullmatch(name):
        raise ContentError(f"{name[:80]!r} is no name of a git object")
    return name


def _environment(path: Path) -> dict[str, str]:
    """Return an environment in which git reads no settings but the repository's, and asks nobody anything."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": "/nonexistent",
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_ALLOW_PROTOCOL": "none",  # which the repository's own settings cannot outdo
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_CEILING_DIRECTORIES": str(path.parent),
    }
