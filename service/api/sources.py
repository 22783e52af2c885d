"""Sites and vaults as editors declare them: how their posts are read and where they are published."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from service import editing
from service.access import Scope
from service.api.problems import documented
from service.api.replies import Flag, Text
from service.api.tokens import require
from service.errors import NotFoundError
from service.model import Defaults, Dialect, EntityKind, Mount, Site, SiteName
from service.query.answers import Page
from service.script import Preferences

router = APIRouter(
    prefix="/v1/admin/sources",
    tags=["admin"],
    dependencies=[Depends(require(Scope.INGEST))],
    responses=documented(400, 401, 403, 404, 413, 422),
)

SourceName = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", description="Name of a site or vault", examples=["my-blog"]),
]
Code = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$", examples=["zh-tw"])]
Texts = Annotated[list[Text], Field(max_length=1000)]
Named = Annotated[dict[Text, Text], Field(max_length=1000)]


class MountIn(BaseModel):
    """A folder whose files Hugo takes for content."""

    model_config = ConfigDict(extra="forbid")

    source: Text = Field(description="Folder below the site's root", examples=["文章"])
    target: Text = Field("", description="Where it appears below content", examples=["posts"])
    language: Text = Field("", description="Code of its pages' language; empty: as their files' names tell")


class DefaultsIn(BaseModel):
    """Front matter for posts that lack it."""

    model_config = ConfigDict(extra="forbid")

    values: Annotated[dict[Text, Any], Field(max_length=200)] = Field(examples=[{"tags": ["港口"]}])
    path: Text = Field("", description="Which posts: a folder (Jekyll) or a glob (Hugo)", examples=["/posts/**"])
    kind: Text = Field("", description="Jekyll: posts, pages, drafts or a collection; Hugo: page, section …")
    within: Text = Field("", description="Hugo: the section whose pages they are")
    language: Text = Field("", description="Hugo: code of the pages' language")


class LanguageIn(BaseModel):
    """What a language has of its own."""

    model_config = ConfigDict(extra="forbid")

    base_url: Text | None = Field(None, examples=["https://en.blog.example/"])
    permalinks: Named = Field(default_factory=dict)
    timezone: Text | None = None
    language: Text | None = Field(None, description="What its posts say they are written in", examples=["zh-Hant-TW"])
    ugly_urls: Flag = False


class SiteNameIn(BaseModel):
    """Somebody or something that a site lists itself."""

    model_config = ConfigDict(extra="forbid")

    kind: EntityKind
    names: Annotated[list[Text], Field(min_length=1, max_length=100)] = Field(examples=[["林美玲", "Mei-ling Lin"]])
    id: Text = Field("", description="The lexicon's or the site's own")
    weak: Annotated[list[Text], Field(max_length=100)] = Field(
        default_factory=list, description="Names that are other words too: they need evidence"
    )


class SourceIn(BaseModel):
    """A site or vault, declared: what is left out is as the site's own files tell, where they do."""

    kind: Literal["auto", "hugo", "jekyll", "obsidian", "markdown"] = Field(
        "auto", description="`auto`: told by its files or its posts"
    )
    base_url: Text | None = Field(None, examples=["https://blog.example/"])
    permalinks: Named = Field(
        default_factory=dict,
        description="Section or collection → pattern. Hugo's patterns for other kinds of pages: `section:posts`, "
        "`term:tags`; for a glob: `page:/posts/**`",
        examples=[{"posts": "/:year/:month/:slug/"}],
    )
    language: Text | None = Field(None, examples=["zh-TW"])
    timezone: Text | None = Field(None, description="IANA name", examples=["Asia/Taipei"])
    languages: Annotated[dict[Code, Text], Field(max_length=200)] = Field(
        default_factory=dict,
        description="Code of each language → the folder its posts lie in, empty where all share one",
        examples=[{"zh-tw": "content/zh-tw", "en": "content/en"}],
    )
    language_in_path: Flag = Field(False, description="The site's own language has a folder in addresses too")
    ugly_urls: Flag = Field(False, description="Pages are files: `/posts/tea.html`")
    ugly_sections: Texts = Field(default_factory=list, description="Hugo: sections whose pages are files")
    date_sources: Texts = Field(
        default_factory=list, description="Hugo: where dates come from", examples=[[":filename", ":default"]]
    )
    updated_sources: Texts = Field(default_factory=list, description="The same for the last change")
    taxonomies: Named = Field(default_factory=dict, description="Hugo: singular → key", examples=[{"tag": "topics"}])
    mounts: Annotated[list[MountIn], Field(max_length=200)] = Field(default_factory=list)
    defaults: Annotated[list[DefaultsIn], Field(max_length=1000)] = Field(default_factory=list)
    by_language: Annotated[dict[Code, LanguageIn], Field(max_length=200)] = Field(default_factory=dict)
    disabled_languages: Texts = Field(default_factory=list, description="Hugo: languages without pages")
    case_kept: Flag = Field(False, description="Hugo: addresses keep their capital letters")
    accents_removed: Flag = Field(False, description="Hugo: addresses lose their accents")
    collections: Annotated[dict[Text, Flag], Field(max_length=1000)] = Field(
        default_factory=dict, description="Jekyll: name → has pages"
    )
    collections_dir: Text = Field("", description="Jekyll: the folder that holds the collections")
    excludes: Texts = Field(default_factory=list, description="What is no part of it, as its generator writes it")
    includes: Texts = Field(default_factory=list, description="Jekyll: what is part of it for all its `_` or dot")
    plugins: Texts = Field(default_factory=list, description="Of its generator, where they change addresses")
    sections: Annotated[dict[Text, Named], Field(max_length=10_000)] = Field(
        default_factory=dict, description="Hugo: `language/path` → title and slug of each section that has a page"
    )
    names: Annotated[list[SiteNameIn], Field(max_length=20_000)] = Field(
        default_factory=list, description="Whom its posts write of, as its `data/people.*` and the like list them"
    )
    render: dict[Text, Any] = Field(
        default_factory=dict, description="The site's own words: `protect` and `prefer`, as in its `wenmai.toml`"
    )


class SourceAnswer(SourceIn):
    """A source as it is read: what is declared, and for the rest what the site's own files told."""

    name: str
    told: list[str] = Field(description="Fields that the site's own files told; the others an editor declared")
    articles: int = Field(description="How many articles it has", examples=[128])


@router.get("", summary="What sites and vaults are there?")
def get_sources(request: Request) -> Page[SourceAnswer]:
    """Return all sources as they are read, in the order of their names."""
    found = [_answer(site, articles) for site, articles in editing.sources(request.app.state.engine)]
    return Page[SourceAnswer](items=found, total=len(found))


@router.get("/{name}", summary="How is a site or vault read?")
def get_source(request: Request, name: Text) -> SourceAnswer:
    """Return the source as it is read."""
    for site, articles in editing.sources(request.app.state.engine):
        if site.name == name:
            return _answer(site, articles)
    raise NotFoundError(f"There is no source named {name}.")


@router.put("/{name}", summary="Declare a site or vault")
def put_source(request: Request, name: SourceName, body: SourceIn) -> SourceAnswer:
    """Say how a source's posts are to be read; those already stored are read anew at their next ingestion.

    It replaces what was declared before, and outranks what the site's own files say.
    """
    engine = request.app.state.engine
    site = editing.redeclare(engine, site_from(name, body))
    return next(_answer(site, articles) for known, articles in editing.sources(engine) if known.name == name)


@router.delete("/{name}", summary="Delete a source", status_code=204)
def delete_source(request: Request, name: Text) -> None:
    """Delete a source with all its articles."""
    editing.remove_source(request.app.state.engine, name)


def site_from(name: str, body: SourceIn) -> Site:
    """Return the site that `body` describes."""
    values: dict[str, Any] = body.model_dump(exclude={"kind", "defaults", "mounts", "by_language", "names", "render"})
    settled: Any = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return Site(
        name,
        None if body.kind == "auto" else Dialect(body.kind),
        defaults=tuple(Defaults(**given.model_dump()) for given in body.defaults),
        mounts=tuple(Mount(**mount.model_dump()) for mount in body.mounts),
        names=tuple(SiteName(str(one.kind), tuple(one.names), one.id, tuple(one.weak)) for one in body.names),
        render=Preferences.of(body.render).stored() if body.render else {},
        by_language={code: own.model_dump(exclude_defaults=True) for code, own in body.by_language.items()},
        **settled,
    )


def _answer(site: Site, articles: int) -> SourceAnswer:
    values = {key: value for key, value in asdict(site).items() if key in SourceAnswer.model_fields}
    return SourceAnswer(**values, kind=str(site.dialect or "auto"), articles=articles)
