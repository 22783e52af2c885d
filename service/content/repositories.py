"""Commits of a hosted repository → the archive of their files, fetched over HTTP within limits of size, time and host.

Nothing else of the service reaches out; this does only where the settings name a repository to follow.
"""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.request as http_client
from collections.abc import Callable
from email.message import Message
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit

from service.errors import ContentError, LimitError

# The documented call, which takes every kind of token but allows few calls without one; codeload allows many:
# https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar
_OPEN: Final = "https://codeload.github.com/{repository}/tar.gz/{commit}"
_WITH_TOKEN: Final = "https://api.github.com/repos/{repository}/tarball/{commit}"  # noqa: S105 - an address
_PIECE: Final = 65_536
_LONGEST_SILENCE: Final = 20.0  # seconds
_MOST_REDIRECTS: Final = 5

Origin = tuple[str, str, int | None]


def archive_url(repository: str, commit: str, *, template: str | None = None, token: str | None = None) -> str:
    """Return the address of the tarball of a commit; `template` is that of a server other than github.com.

    >>> archive_url("owner/blog", "0a1b2c")
    'https://codeload.github.com/owner/blog/tar.gz/0a1b2c'
    """
    address = template or (_WITH_TOKEN if token else _OPEN)
    return address.replace("{repository}", quote(repository)).replace("{commit}", quote(commit, safe=""))


def fetch_archive(url: str, *, token: str | None = None, max_bytes: int, max_seconds: float) -> bytes:
    """Return what lies at `url`, packed as it is.

    The token is shown to the host of `url` only. Redirects are followed within that host and to its `codeload` host,
    to which GitHub's API sends whoever may read.

    Raises:
        LimitError: it is larger than `max_bytes`.
        ContentError: it cannot be had, or not within `max_seconds`: the sentence says why and what to do.
    """
    host = urlsplit(url).hostname
    deadline = time.monotonic() + max_seconds
    try:
        return _in_time(max_seconds, lambda: _fetched(url, token, max_bytes, deadline))
    except TimeoutError:
        raise ContentError(f"{host} fell silent or took longer than {max_seconds:g} seconds: try again later") from None
    except HTTPError as error:
        error.close()
        raise ContentError(_refusal(error, host, known=token is not None)) from None
    except URLError as error:
        raise ContentError(_unreachable(error.reason, host)) from None
    except (OSError, http.client.HTTPException) as error:
        raise ContentError(f"{host} broke the transfer off ({type(error).__name__}): try again later") from None
    except ValueError:  # its text may hold the token
        raise ContentError(f"{host} cannot be asked: the token or an address it gave holds odd characters") from None


def _in_time(seconds: float, work: Callable[[], bytes]) -> bytes:
    """Return what `work` returns, within `seconds` in all: sockets bound each silence only, name servers nothing."""
    ended: Queue[bytes | Exception] = Queue(1)

    def run() -> None:
        try:
            ended.put(work())
        except Exception as error:
            ended.put(error)

    Thread(target=run, name="wenmai-fetch", daemon=True).start()
    try:
        result = ended.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(result, Exception):
        raise result
    return result


def _fetched(url: str, token: str | None, max_bytes: int, deadline: float) -> bytes:
    request = http_client.Request(url, headers={"User-Agent": "wenmai", "Accept": "*/*"})  # noqa: S310 - from the settings
    if token is not None:
        request.add_unredirected_header("Authorization", f"Bearer {token}")
    silence = min(_LONGEST_SILENCE, max(deadline - time.monotonic(), 0.01))
    try:
        with _opener(url).open(request, timeout=silence) as response:
            return _read(response, max_bytes, deadline)
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise TimeoutError from error
        raise


def _read(response: http.client.HTTPResponse, most: int, deadline: float) -> bytes:
    found = bytearray()
    if (response.length or 0) > most:
        raise _too_large(most)
    while piece := response.read(_PIECE):
        found += piece
        if len(found) > most:
            raise _too_large(most)
        if time.monotonic() > deadline:
            raise TimeoutError
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return bytes(found)


def _too_large(most: int) -> LimitError:
    return LimitError(f"the repository's archive is larger than the {most} bytes allowed (WENMAI_GITHUB_MAX_BYTES)")


class _Redirects(http_client.HTTPRedirectHandler):
    """Follows redirects to the hosts allowed, and shows the token to the first of them only."""

    max_redirections = _MOST_REDIRECTS

    def __init__(self, url: str) -> None:
        self.home = _origin(url)
        scheme, host, port = self.home
        self.allowed = {self.home, (scheme, "codeload." + host.removeprefix("api."), port)}

    def http_error_302(self, req: http_client.Request, fp: IO[bytes], code: int, msg: str, headers: Message) -> Any:
        """Return the answer of where it leads."""
        try:
            return super().http_error_302(req, fp, code, msg, headers)  # type: ignore[arg-type]
        except Exception:
            fp.close()  # which the base forgets where the address is none
            raise

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def redirect_request(
        self, req: http_client.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> http_client.Request | None:
        """Return the request to go on with."""
        origin = _origin(newurl)
        if origin not in self.allowed:
            raise ContentError(f"{self.home[1]} sends to another host, {origin[1]!r}, where nothing is fetched from")
        following = super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]
        known = req.unredirected_hdrs.get("Authorization")
        if following is not None and known and origin == self.home:
            following.add_unredirected_header("Authorization", known)
        return following


def _origin(url: str) -> Origin:
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", port


def _opener(url: str) -> http_client.OpenerDirector:
    """Return what opens http and https and nothing else, by way of the proxy that the environment names, if any."""
    opener = http_client.OpenerDirector()
    for handler in (
        http_client.ProxyHandler(),
        http_client.HTTPHandler(),
        http_client.HTTPSHandler(),
        http_client.HTTPDefaultErrorHandler(),
        http_client.HTTPErrorProcessor(),
        http_client.UnknownHandler(),
        _Redirects(url),
    ):
        opener.add_handler(handler)
    return opener


def _refusal(error: HTTPError, host: str | None, *, known: bool) -> str:
    """Say what an answer other than 200 means, and what to do."""
    if error.code == http.client.NOT_FOUND:  # GitHub's answer to whoever may not know that there is such a repository
        remedy = "let WENMAI_GITHUB_TOKEN read its contents" if known else "set WENMAI_GITHUB_TOKEN"
        return f"{host} knows no such repository or commit; if the repository is private, {remedy}"
    if error.code == http.client.UNAUTHORIZED:
        return f"{host} does not accept WENMAI_GITHUB_TOKEN: it is wrong or has expired"
    if error.code == http.client.TOO_MANY_REQUESTS or error.headers.get("X-RateLimit-Remaining") == "0":
        return f"{host} was asked too often: try again later"
    if error.code == http.client.FORBIDDEN:
        return f"{host} refuses: see what WENMAI_GITHUB_TOKEN may read"
    return f"{host} answered {error.code} instead of the archive: try again later"


def _unreachable(reason: object, host: str | None) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"{host} shows a certificate that is not trusted: {reason.verify_message}"
    return f"{host} cannot be reached: {getattr(reason, 'strerror', None) or reason}"
