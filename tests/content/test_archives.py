"""Archives are unpacked within limits; what fails in them is told of, and nothing leaves its root."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.content import unpack
from service.errors import ContentError, LimitError
from service.model import Source
from tests.content.packing import renamed, tar_of, zip_of
from tests.thorough import tried

_PACKERS = pytest.mark.parametrize("pack", [zip_of, tar_of])
Pack = Callable[[dict[str, bytes]], bytes]
_BOMB = 40_000_000


def _unpack(data: bytes, files: int = 10, total: int = 10_000, file: int = 5_000) -> list[Source | ContentError]:
    return list(unpack(data, "a.zip", max_files=files, max_total_bytes=total, max_file_bytes=file))


def _errors(found: list[Source | ContentError]) -> dict[str, str]:
    return {item.path: item.detail for item in found if isinstance(item, ContentError)}


@_PACKERS
def test_an_archive_is_unpacked_from_the_folder_that_holds_all(pack: Pack) -> None:
    data = pack({"site-main/content/a.md": "茶".encode(), "site-main/hugo.toml": b"", "site-main/README.md": b"x"})
    assert _unpack(data) == [Source("content/a.md", "茶")]


@_PACKERS
def test_an_entry_that_climbs_out_is_an_error_and_the_rest_goes_in(pack: Pack) -> None:
    found = _unpack(pack({"../evil.md": b"x", "/etc/b.md": b"x", "C:\\c.md": b"x", "a\\b.md": b"y"}))
    assert sum(isinstance(item, ContentError) for item in found) == 3
    assert Source("a/b.md", "y") in found


def test_archives_are_bounded_in_count_and_size() -> None:
    with pytest.raises(LimitError):
        _unpack(zip_of({f"{number}.md": b"x" for number in range(400)}))
    with pytest.raises(LimitError):
        _unpack(zip_of({f"{number}.md": b"x" * 4_000 for number in range(5)}))
    with pytest.raises(LimitError):
        _unpack(tar_of({"a.bin": b"\0" * 20_000}))
    with pytest.raises(LimitError):
        _unpack(b"PK\x01\x02" * 1_000)


def _long_name() -> bytes:
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, _BOMB
    return header.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize("name", ["a.md", "a.bin"])
@_PACKERS
def test_a_bomb_is_refused_before_it_takes_memory(pack: Pack, name: str) -> None:
    data = pack({name: bytes(_BOMB)})
    _refused_in_little_memory(data)


def test_a_name_as_long_as_a_disk_is_refused_before_it_takes_memory() -> None:
    _refused_in_little_memory(gzip.compress(_long_name() + bytes(_BOMB)))


def _refused_in_little_memory(data: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(LimitError):
            _unpack(data, total=512_000_000, file=4_000_000)
        assert tracemalloc.get_traced_memory()[1] < _BOMB / 2
    finally:
        tracemalloc.stop()


def test_what_is_no_archive_is_a_content_error() -> None:
    for data in (b"PK but not really", b"nothing", b"", b"\x1f\x8b"):
        with pytest.raises(ContentError):
            _unpack(data)


@_PACKERS
def test_an_archive_that_is_cut_short_is_refused(pack: Pack) -> None:
    noise = bytes(range(256)) * 10
    data = pack({"a.md": b"a", "b.bin": noise, "c.md": b"c"})
    with pytest.raises(ContentError):
        _unpack(data[: len(data) // 2])


def test_an_entry_that_is_damaged_or_encrypted_is_an_error_and_the_rest_goes_in() -> None:
    whole = zip_of({"a.md": b"aaaa", "b.md": b"bbbb"})
    damaged = bytearray(whole)
    damaged[whole.index(b"a.md") + 4] ^= 0xFF
    assert list(_errors(_unpack(bytes(damaged)))) == ["a.md"]
    locked = bytearray(whole)
    locked[whole.index(b"PK\x03\x04") + 6] |= 1
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    found = _unpack(bytes(locked))
    assert "encrypted" in _errors(found)["a.md"]
    assert Source("b.md", "bbbb") in found


def test_links_and_devices_are_told_of_and_never_followed() -> None:
    infos = []
    for name, kind in (("s.md", tarfile.SYMTYPE), ("h.md", tarfile.LNKTYPE), ("d.md", tarfile.CHRTYPE)):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/hostname"
        infos.append(info)
    found = _unpack(tar_of({"a.md": b"x"}, more=infos))
    assert sorted(_errors(found)) == ["d.md", "h.md", "s.md"]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("s.md")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    assert list(_errors(_unpack(stream.getvalue()))) == ["s.md"]


def test_of_entries_with_one_path_the_last_counts_and_that_is_told() -> None:
    data = zip_of({"a.md": "一".encode(), "./a.md": "二".encode(), "b.md": b"b"})
    first, second = _unpack(data)
    assert isinstance(first, Source)
    assert (first.text, len(first.problems)) == ("二", 1)
    assert second == Source("b.md", "b")


def test_archives_within_the_archive_are_left_alone() -> None:
    data = zip_of({"a.md": b"x", "in.zip": zip_of({"b.md": b"y"}), "in.tar.gz": tar_of({"c.md": b"z"})})
    assert _unpack(data) == [Source("a.md", "x")]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("我们在山里的春天.md", "gb18030"), ("我們在山裡的春天.md", "cp950"), ("陶藝.md", "utf-8")],
)
def test_names_in_no_told_encoding_are_read_where_they_are_surely_chinese(name: str, encoding: str) -> None:
    written = name.encode(encoding)
    plain = "x" * (len(written) - 3) + ".md"
    assert _unpack(renamed(zip_of({plain: b"x"}), {plain: written})) == [Source(name, "x")]


def test_a_name_in_an_unknown_encoding_is_told_of() -> None:
    (source,) = _unpack(renamed(zip_of({"xxxx.md": b"x"}), {"xxxx.md": "陶艺.md".encode("gbk")}))
    assert isinstance(source, Source)
    assert "names" in source.problems[0].detail


def test_tar_names_in_gbk_are_read_too() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding="gbk") as archive:
        info = tarfile.TarInfo("我们在山里的春天.md")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    assert _unpack(bz2.compress(stream.getvalue())) == [Source("我们在山里的春天.md", "x")]


@settings(max_examples=tried(60))
@given(st.data())
def test_any_damage_to_an_archive_is_a_content_error_at_worst(data: st.DataObject) -> None:
    pack = data.draw(st.sampled_from([zip_of, tar_of, lambda files: tar_of(files, packed=False)]))
    whole = bytearray(pack({"a.md": b"a" * 50, "b/c.md": b"c"}))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    try:
        found = _unpack(bytes(whole))
    except ContentError:
        return
    assert all(isinstance(item, (Source, ContentError)) for item in found)
