from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import service
from service import extraction
from service.extraction.version import digest, sources

ROOT = Path(service.__file__).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return another install of the package."""
    return Path(shutil.copytree(ROOT, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("__pycache__")))


def test_the_version_is_the_digest_of_what_decides() -> None:
    assert digest(sources()) == extraction.VERSION
    names = [name for name, _ in sources()]
    assert {
        "lexicon/cues.toml",
        "reading/markdown/body.py",
        "extraction/claims/finding.py",
        "model/text.py",
        "script/folding.py",
    } <= set(names)
    assert not [name for name in names if name.startswith(("api/", "store/")) or "__pycache__" in name]


def test_another_install_has_the_same_version(copy: Path) -> None:
    assert digest(sources(copy)) == extraction.VERSION


def test_windows_newlines_leave_the_version_as_it_is(copy: Path) -> None:
    path = copy / "lexicon" / "cues.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest(sources(copy)) == extraction.VERSION


@pytest.mark.parametrize(
    "name",
    [
        "lexicon/cues.toml",
        "reading/markdown/body.py",
        "extraction/claims/moods.py",
        "model/text.py",
        "script/folding.py",
    ],
)
def test_a_changed_file_changes_the_version(copy: Path, name: str) -> None:
    path = copy / name
    path.write_bytes(path.read_bytes() + b"\n# more\n")
    assert digest(sources(copy)) != extraction.VERSION


def test_a_new_file_changes_the_version_and_its_name_counts() -> None:
    before = [("a.py", b"1"), ("b.py", b"")]
    assert digest(before) != digest([*before, ("c.py", b"")])
    assert digest(before) != digest([("a.py", b""), ("b.py", b"1")])
