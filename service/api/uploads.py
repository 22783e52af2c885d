"""What a push of content may look like: JSON documents, one file a post, or an archive of a site or vault."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final, Self

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from service import editing
from service.api.replies import Flag
from service.api.sources import SourceIn, site_from
from service.content import decode, unpack_site
from service.errors import ContentError
from service.model import Problem, Site, Source
from service.settings import Settings

ARCHIVES: Final = (".zip", ".tar.gz", ".tgz")
_JSON, _FORM = "application/json", "multipart/form-data"
_BOTH: Final = f"{_JSON}, {_FORM}"
_NAMING: Final = ("documents", "delete")
_FLAGS: Final[dict[Any, bool]] = {"true": True, "false": False, "": False, None: False}


class ProblemIn(BaseModel):
    """What was wrong with a file that its sender turned into text."""

    model_config = ConfigDict(extra="forbid")

    detail: str = Field(max_length=500, examples=["the file is Big5, and was read as that: save it as UTF-8"])
    line: int | None = Field(None, ge=1, lt=2**31)


class DocumentIn(BaseModel):
    """A post to store."""

    model_config = ConfigDict(extra="forbid")

    path: str = Field(max_length=1000, description="Path within its source", examples=["posts/harbour-cranes.md"])
    content: str = Field(
        description="The whole file, front matter included", examples=["---\ntitle: 港口起重機\n---\n正文。"]
    )
    problems: list[ProblemIn] = Field(
        default_factory=list, max_length=10, description="What its bytes got wrong, where you decoded them"
    )


class Batch(BaseModel):
    """Posts to store and posts to delete, all or nothing.

    One of the two is named, if only as an empty list: `replace` with a misspelt name would remove everything.
    """

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"anyOf": [{"required": ["documents"]}, {"required": ["delete"]}]}
    )

    documents: list[DocumentIn] = Field(default_factory=list)
    delete: list[Annotated[str, Field(max_length=1000)]] = Field(default_factory=list, description="Paths to remove")
    replace: Flag = Field(False, description="Remove the source's posts that are not in this batch")
    site: SourceIn | None = Field(
        None, description="What the site's own files say of it; what an editor declared outranks it"
    )

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.model_fields_set.isdisjoint(_NAMING):
            raise ValueError("name posts in `documents`, or paths in `delete`; an empty list will do")
        return self


@dataclass(frozen=True)
class Upload:
    """A push, read: `sources` in the order they came, unreadable ones as the error they are.

    `site` is the source as declared, with what a whole site's own files say of it; None where no such files came.
    `told` is what the sender says that they say.
    """

    sources: list[Source | ContentError]
    delete: list[str] = field(default_factory=list)
    replace: bool = False
    site: Site | None = None
    told: SourceIn | None = None

    def settled(self, engine: Engine, source: str) -> Site:
        """Return the site that the posts are of: what an editor declared, then what its own files say."""
        if self.site is not None:
            return self.site
        if self.told is not None:
            return editing.settled(engine, site_from(source, self.told))
        return editing.site_of(engine, source)


def _batch_schema() -> dict[str, Any]:
    """Return the schema of a `Batch` in one piece: what a route reads by hand has no schema of its own to refer to."""
    schema = Batch.model_json_schema()
    parts: dict[str, Any] = schema.pop("$defs")
    return dict(_whole(schema, parts))


def _whole(schema: Any, parts: dict[str, Any]) -> Any:
    if isinstance(schema, dict):
        named = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        return {key: _whole(value, parts) for key, value in named.items()}
    return [_whole(value, parts) for value in schema] if isinstance(schema, list) else schema


BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": _batch_schema()},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "description": "Each file's name is its path; a single `.zip` or `.tar.gz` holds a site or vault, "
                    "which is read with its own configuration where the source is not declared otherwise.",
                    "additionalProperties": False,
                    "anyOf": [
                        {"required": [name], "properties": {name: {"type": "array", "minItems": 1}}}
                        for name in ("files", "delete")
                    ],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "delete": {"type": "array", "items": {"type": "string"}},
                        "replace": {"type": "boolean"},
                    },
                }
            },
        },
    }
}


async def read_upload(request: Request) -> Upload:
    """Return what a request pushes, whatever form it takes.

    Raises:
        HTTPException: it is neither JSON nor a form, or is packed.
        RequestValidationError: a JSON body is not a `Batch`.
        LimitError: an archive is larger than the settings allow.
    """
    settings: Settings = request.app.state.settings
    kind = request.headers.get("content-type", _JSON).partition(";")[0].strip().lower()
    if kind not in (_JSON, _FORM) or request.headers.get("content-encoding", "identity") != "identity":
        raise HTTPException(415, f"Send {_JSON} or {_FORM}, as it is: an archive is packed enough.", {"Accept": _BOTH})
    if kind == _FORM:
        return await _from_form(request, settings)
    return await run_in_threadpool(_from_json, await request.body(), settings)


def _from_json(body: bytes, settings: Settings) -> Upload:
    try:
        batch = Batch.model_validate(json.loads(body))
    except ValidationError as error:
        raise RequestValidationError([{**e, "loc": ("body", *e["loc"])} for e in error.errors()]) from error
    except (ValueError, RecursionError) as error:
        detail = "The body is no JSON; send `application/json` or `multipart/form-data`"
        raise RequestValidationError([{"loc": ("body",), "msg": detail, "type": "json_invalid"}]) from error
    sources = [_document(document, settings) for document in batch.documents]
    return Upload(sources, batch.delete, batch.replace, told=batch.site)


def _document(document: DocumentIn, settings: Settings) -> Source | ContentError:
    found = _decoded(document.path, document.content.encode("utf-8", "surrogatepass"), settings)
    if isinstance(found, ContentError) or not document.problems:
        return found
    told = tuple(Problem(problem.detail, problem.line) for problem in document.problems)
    return replace(found, problems=(*told, *(one for one in found.problems if one not in told)))


async def _from_form(request: Request, settings: Settings) -> Upload:
    async with request.form(max_files=settings.max_files, max_part_size=settings.max_file_bytes) as form:
        upload = Upload([])
        for name, part in form.multi_items():
            if isinstance(part, UploadFile):
                path, data = part.filename or "", await part.read()
                upload = await run_in_threadpool(_with_part, upload, path, data, request)
            elif name not in ("delete", "replace"):
                raise _refused(name, "A file is wanted here, with its name")
        delete = [value for value in form.getlist("delete") if isinstance(value, str)]
        if not delete and not any(isinstance(part, UploadFile) for part in form.values()):
            raise _refused("files", "Send files, or paths in `delete`")
        return replace(upload, delete=delete, replace=_flag(form.get("replace")))


def _flag(written: UploadFile | str | None) -> bool:
    """Return what a form's field says, which has words only."""
    found = _FLAGS.get(written.lower() if isinstance(written, str) else written)
    if found is None:
        raise _refused("replace", "Write true or false")
    return found


def _refused(name: str, detail: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", name), "msg": detail, "type": "value_error"}])


def _with_part(upload: Upload, name: str, data: bytes, request: Request) -> Upload:
    settings: Settings = request.app.state.settings
    if not name.lower().endswith(ARCHIVES):
        return replace(upload, sources=[*upload.sources, _decoded(name, data, settings)])
    site, found = unpack_site(
        data,
        name,
        upload.site or editing.site_of(request.app.state.engine, request.query_params.get("source", "")),
        max_files=settings.max_files,
        max_total_bytes=settings.max_archive_bytes,
        max_file_bytes=settings.max_file_bytes,
    )
    return replace(upload, sources=[*upload.sources, *found], site=site)


def _decoded(path: str, data: bytes, settings: Settings) -> Source | ContentError:
    try:
        return decode(data, path, max_bytes=settings.max_file_bytes)
    except ContentError as error:
        return error
