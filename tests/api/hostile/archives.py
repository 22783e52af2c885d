"""Archives that explode, lie or lead out."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile

from tests.api.hostile import Attack, uploaded
from tests.content.packing import tar_of, zip_of

POST = b"# tea\n\ntea\n"


def _linked() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("passwd.md")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def _lying() -> bytes:
    """Say of a file of two megabytes that it has ten bytes, in both of its headers."""
    data = zip_of({"a.md": b"tea " * 500_000})
    return data.replace(struct.pack("<L", 2_000_000), struct.pack("<L", 10))


def _overlapping() -> bytes:
    """Have a thousand entries of the directory share one file's bytes (D. Fifield, A better zip bomb, 2019)."""
    data = zip_of({"a.md": b"tea " * 200_000})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    directory = entry * 1_000
    tail = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 1_000, 1_000, len(directory), start, 0)
    return data[:start] + directory + tail


def _encrypted() -> bytes:
    data = bytearray(zip_of({"a.md": POST}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _info(name: str, kind: bytes, to: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info


def _sparse() -> bytes:
    """Declare a file of a terabyte that is a hole."""
    info = tarfile.TarInfo("hole.md")
    info.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.size": str(2**40), "GNU.sparse.map": "0,0"}
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    return gzip.compress(stream.getvalue())


def _named_at_length() -> bytes:
    info = tarfile.TarInfo("a/" * 400_000 + "a.md")
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    return gzip.compress(stream.getvalue())


_LINKS = [
    _info("link.md", tarfile.SYMTYPE, "/etc/passwd"),
    _info("hard.md", tarfile.LNKTYPE, "../../etc/passwd"),
    _info("device.md", tarfile.CHRTYPE),
    _info("pipe.md", tarfile.FIFOTYPE),
]
_OUT = {"../../out.md": POST, "/abs.md": POST, "in.md": POST}

ARCHIVES = (
    Attack("a zip that unpacks to a thousand times its size", uploaded(zip_of({"a.md": bytes(20_000_000)})), "413"),
    Attack("a tar.gz that does", uploaded(tar_of({"a.md": bytes(20_000_000)}), "site.tar.gz"), "413"),
    Attack("a zip whose files share their bytes", uploaded(_overlapping()), "413"),
    Attack("a zip that lies about a file's size", uploaded(_lying()), "200 failed 1"),
    Attack("a zip of 3,000 empty posts", uploaded(zip_of({f"{n}.md": b"" for n in range(3_000)})), "413"),
    Attack("a zip within a zip is left alone", uploaded(zip_of({"in.zip": zip_of({"a.md": POST})})), "200 nothing"),
    Attack("a zip whose paths lead out", uploaded(zip_of(_OUT)), "200 added 1 failed 2"),
    Attack("a zip with a symbolic link", uploaded(_linked()), "200 failed 1"),
    Attack("a zip under a password", uploaded(_encrypted()), "200 failed 1"),
    Attack("a zip that breaks off", uploaded(zip_of({"a.md": POST * 100})[:-30]), "422"),
    Attack("a zip of a thousand bytes of nothing", uploaded(b"PK\x03\x04" + bytes(1_000)), "422"),
    Attack("a tar.gz that is called .zip is what it is", uploaded(tar_of({"tar.md": POST}), "site.zip"), "200 added 1"),
    Attack(
        "a tar.gz with links, a device and a pipe",
        uploaded(tar_of({"u.md": POST}, more=_LINKS), "a.tar.gz"),
        "200 added 1 failed 4",
    ),
    Attack(
        "a tar.gz whose paths lead out", uploaded(tar_of({**_OUT, "in.md": b"x"}), "a.tgz"), "200 updated 1 failed 2"
    ),
    Attack("a tar.gz with a hole of a terabyte", uploaded(_sparse(), "a.tar.gz"), "413"),
    Attack("a tar.gz whose file's name is a megabyte", uploaded(_named_at_length(), "a.tar.gz"), "200 failed 1"),
    Attack("a tar.gz that breaks off", uploaded(tar_of({"a.md": POST * 999})[:60], "a.tar.gz"), "422"),
    Attack("no archive at all", uploaded(b"tea", "a.tar.gz"), "422"),
)
