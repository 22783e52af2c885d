"""Whether what listens at an address can be a Ray cluster, told in seconds: Ray itself takes minutes to give up."""

from __future__ import annotations

import os
import re
import socket
from typing import Final

from service.errors import SettingsError

_ADDRESS: Final = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_.-]{1,253}):([0-9]{1,5})")
_TIMEOUT: Final = 10.0  # seconds
# What either end of HTTP/2, and so of gRPC, says first, the client after a magic line: its settings, here none.
_GREETING: Final = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes((0, 0, 0, 4, 0, 0, 0, 0, 0))  # RFC 9113, 3.4
_SETTINGS: Final = 4  # the type of such a frame: its fourth byte (RFC 9113, 4.1 and 6.5)


def reach(address: str) -> None:
    """Return if a cluster may be at `address`, as ``10.0.0.5:6379``.

    Raises:
        SettingsError: it is no address, or nothing answers there, or something else does.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None or int(found[2]) >= 1 << 16:
        raise SettingsError(f"{address!r} is no address of a Ray cluster: write host:port, as 10.0.0.5:6379")
    try:
        is_one = _greets(found[1].strip("[]"), int(found[2]))
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"no Ray cluster answers at {address}: {error}") from error
    if not is_one:
        raise SettingsError(f"what answers at {address} is no Ray cluster: its head listens at port 6379 by default")


def _greets(host: str, port: int) -> bool:
    with socket.create_connection((host, port), timeout=_TIMEOUT) as connection:
        if os.environ.get("RAY_USE_TLS", "0").lower() in ("1", "true"):
            return True  # it greets, but only who shows a certificate
        connection.sendall(_GREETING)
        with connection.makefile("rb") as answer:
            return answer.read(4)[3:] == bytes((_SETTINGS,))
