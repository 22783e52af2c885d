"""How a read is answered: in the variant asked for, with a strong ETag, and not at all when nothing changed."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import AfterValidator, BaseModel, Field, Strict
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from service.api.languages import ORIGINAL, Lang, LangParameter, negotiate
from service.api.middleware.positions import POSITION
from service.api.middleware.records import ADMIN, READING
from service.query.answers import Page
from service.query.variants import in_variant
from service.store.replicas import VERSION, Databases

CACHE_CONTROL: Final = "public, max-age=60, stale-while-revalidate=600"
LONGEST_PARAMETER: Final = 500  # characters of a name, tag, URL or search
LONGEST_TEXT: Final = 5_000  # characters of a sentence to look up


_TOLD: Final[dict[str, Any]] = {"pattern": r"^[^\u0000]*$"}  # what `_storable` refuses, for who reads the schema


def _storable(text: str) -> str:
    """Refuse what no database can compare: NUL and lone surrogates."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("NUL characters and lone surrogates are no text")
    return text


Text = Annotated[str, AfterValidator(_storable), Field(max_length=LONGEST_PARAMETER, json_schema_extra=_TOLD)]
Flag = Annotated[bool, Strict()]  # in JSON: `true` or `false`, no word and no number for it
LongText = Annotated[
    str, AfterValidator(_storable), Field(min_length=1, max_length=LONGEST_TEXT, json_schema_extra=_TOLD)
]


@contextmanager
def reading(request: Request) -> Iterator[Session]:
    """Give a session of a database that is as new as the request needs it.

    Who changes something reads from where it was written. Who brings a token does as well, as long as that answers.

    Raises:
        StoreError: no database answers that is new enough.
    """
    databases: Databases = request.app.state.databases
    if request.method not in READING and request.url.path.startswith(ADMIN):
        session = Session(request.app.state.engine)
    else:
        session = databases.session(request.headers.get(POSITION), newest="authorization" in request.headers)
    request.state.corpus_version = session.info.get(VERSION)
    try:
        yield session
    finally:
        _let_go(session)


def _let_go(session: Session) -> None:
    """End a session: a database that goes away once it has answered takes no answer back."""
    try:
        session.close()
    except DBAPIError:
        session.invalidate()


def session_of(request: Request) -> Iterator[Session]:
    """Yield a database session that lives as long as the request."""
    with reading(request) as session:
        yield session


SessionOf = Annotated[Session, Depends(session_of)]


class Reader:
    """One reading request: its session, its variant, its conditions.

    The session begins when it is asked for and ends before the answer is sent, both in the thread that answers: to go
    to another thread for each costs more than to answer some requests.
    """

    def __init__(self, request: Request, lang: Lang) -> None:
        self.request = request
        self.negotiated = lang is Lang.AUTO
        self.lang = negotiate(", ".join(request.headers.getlist("accept-language"))) if self.negotiated else lang.value
        self._begun = ExitStack()
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The session, which begins now if it has not.

        Raises:
            StoreError: no database answers that is new enough.
        """
        if self._session is None:
            self._session = self._begun.enter_context(reading(self.request))
        return self._session

    @property
    def is_reading(self) -> bool:
        """Tell whether the session has begun and not ended."""
        return self._session is not None

    def end(self) -> None:
        """End the session."""
        self._session = None
        self._begun.close()

    def answer(self, body: BaseModel, *, language: str | None = None, cache: str = CACHE_CONTROL) -> Response:
        """Return `body` as JSON, or 304 where the reader has these very bytes.

        `language` is what the answer is written in as it stands, where one language can be told.
        """
        content = in_variant(body, self.lang, self.session).model_dump_json().encode()
        following = body.next if isinstance(body, Page) else None
        headers = {"Link": f'<{next_page(self.request, following)}>; rel="next"'} if following else {}
        return self.send(content, language=language, cache=cache, headers=headers)

    def send(
        self,
        content: bytes,
        *,
        media_type: str = "application/json",
        language: str | None = None,
        cache: str = CACHE_CONTROL,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Return `content`, which is written for the reader already, or 304 where the reader has these very bytes."""
        self.end()
        sent = language or "zh" if self.lang == ORIGINAL else self.lang
        etag = f'"{hashlib.sha256(sent.encode() + content).hexdigest()[:32]}"'
        common = {"ETag": etag, "Cache-Control": cache, "Content-Language": sent}
        if self.negotiated:
            common["Vary"] = "Accept-Language"
        sending = {**common, **(headers or {})}
        if self.unchanged(etag):
            return Response(status_code=304, headers=sending)
        return Response(content, media_type=media_type, headers=sending)

    def unchanged(self, etag: str) -> bool:
        """Tell whether the reader says that it has what this tag stands for."""
        return _matches(self.request.headers.get("if-none-match"), etag)


def next_page(request: Request, cursor: str) -> str:
    """Return the address of the list that was asked for, from `cursor` on."""
    url = request.url.include_query_params(cursor=cursor)
    return quote(str(url), safe="%/:=&?~#+!$,;'@()*[]-._")


def _matches(header: str | None, etag: str) -> bool:
    """Tell whether an ``If-None-Match`` header holds `etag` (RFC 9110 13.1.2: weak comparison)."""
    tags = [tag.strip().removeprefix("W/") for tag in (header or "").split(",")]
    return etag.removeprefix("W/") in tags or "*" in tags


async def reader_of(request: Request, lang: LangParameter = Lang.ORIGINAL) -> AsyncIterator[Reader]:
    """Yield the reader of a request."""
    reader = Reader(request, lang)
    try:
        yield reader
    finally:
        if reader.is_reading:  # nothing was sent: it has failed
            await run_in_threadpool(reader.end)


Reads = Annotated[Reader, Depends(reader_of)]
Limit = Annotated[int, Field(ge=1, le=100, description="Most items of one answer")]
Cursor = Annotated[Text | None, Field(description="Where to go on: `next` of the answer before")]
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "Not Modified: `If-None-Match` holds its ETag"}}
