"""Archives as tests need them."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterable


def zip_of(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tar_of(files: dict[str, bytes], *, packed: bool = True, more: Iterable[tarfile.TarInfo] = ()) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz" if packed else "w") as archive:
        for info in more:
            archive.addfile(info)
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def renamed(data: bytes, names: dict[str, bytes]) -> bytes:
    """Return a zip archive with names put in whose encoding it does not tell, each as long as what it replaces."""
    for old, new in names.items():
        assert len(old) == len(new)
        data = data.replace(old.encode("ascii"), new)
    return data
