"""Settings from the environment and a ``.env`` file; every variable starts with ``WENMAI_``."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as UnreadError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

MEGABYTE = 1_000_000
_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
_SECRETS: Final = Path("/run/secrets")  # where container engines put them
_UNREAD: Final = re.compile(r'field "([a-z_]+)"')
_RATE: Final = re.compile(r"[1-9][0-9]{0,8}/(?:second|minute|hour|day)")
_REPOSITORY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")


class Repository(BaseModel):
    """The source that a repository's posts go to, and where in the repository they are.

    >>> Repository(source="blog", branch="main", folder="site").folder
    'site'
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")
    branch: str | None = None  # None: the repository's default branch
    folder: str = ""  # of the site or vault within the repository; empty: its root


def _with_fields(value: Any) -> Any:
    """Take the bare name of a source for a repository about which there is no more to say."""
    return {"source": value} if isinstance(value, str) else value


def _one_each(repositories: dict[str, Repository]) -> dict[str, Repository]:
    """Return the repositories by their names in small letters: GitHub tells no capitals apart.

    Two for one source are refused: each push would remove what the other one brought.
    """
    for name in repositories:
        if not _REPOSITORY.fullmatch(name):
            raise ValueError(f"{name!r} is no repository's name: write owner/name")
    twice = [name for name, times in Counter(one.source for one in repositories.values()).items() if times > 1]
    if twice:
        raise ValueError(f"the source {twice[0]} is given more than one repository")
    return {name.lower(): repository for name, repository in repositories.items()}


def _fetchable(address: str) -> str:
    """Refuse what is no address of archives, or would show the token to whoever listens."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        raise ValueError("must begin with https://")
    if not parts.hostname or "{repository}" not in parts.path or "{commit}" not in parts.path:
        raise ValueError("must name a host, and {repository} and {commit} in its path")
    return address


def _askable(address: str) -> str:
    """Refuse what is no address of an endpoint, or would show the key to whoever listens or reads the log."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        raise ValueError("must begin with https://")
    if not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("must be a host and a path, without a name, a password or a query")
    return address


def _origin(written: str) -> str:
    """Refuse what no browser calls an origin: what is compared with it would never be the same."""
    parts = urlsplit(written)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else "*"
    if written != origin:
        raise ValueError("must be origins, as https://blog.example, without a path")
    return written


class LogFormat(StrEnum):
    """How the log is written."""

    AUTO = "auto"  # text on a terminal, JSON elsewhere
    JSON = "json"
    TEXT = "text"


class EngineName(StrEnum):
    """Where the posts of a large batch are mined."""

    LOCAL = "local"
    RAY = "ray"


def _rate(written: str) -> str:
    """Refuse what is no rate."""
    if not _RATE.fullmatch(written):
        raise ValueError("must be a number of requests and a span of time, as 600/minute")
    return written


Rate = Annotated[str, AfterValidator(_rate)]


def _separated(written: Any) -> Any:
    """Take one text for several between commas."""
    return [part.strip() for part in written.split(",") if part.strip()] if isinstance(written, str) else written


Urls = Annotated[list[str], NoDecode, BeforeValidator(_separated)]


class Settings(BaseSettings):
    """What can be set, with its default.

    >>> Settings(content=None).database_url
    'sqlite:///wenmai.db'
    """

    model_config = SettingsConfigDict(
        env_prefix="WENMAI_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
        secrets_dir=_SECRETS if _SECRETS.is_dir() else None,  # a file a setting, as `wenmai_admin_token`
    )

    database_url: str = Field(
        "sqlite:///wenmai.db", repr=False, description="SQLAlchemy URL: sqlite:///… or postgresql+psycopg://…"
    )
    database_password: SecretStr | None = Field(
        None, description="Password for `database_url`, `read_urls` and `listen_url`, kept out of them"
    )
    read_urls: Urls = Field(
        default_factory=list, repr=False, description="URLs of PostgreSQL replicas to read from, between commas"
    )
    most_lag: float = Field(10.0, gt=0, description="Most seconds a replica may lag behind to be read from")
    listen_url: str | None = Field(
        None,
        repr=False,
        description="URL at which PostgreSQL tells of changes, past any pooler; unset: with replicas `database_url`",
    )
    admin_token: str | None = Field(
        None, repr=False, description="Bearer token of the admin calls; unset: one is generated"
    )
    state_dir: Path = Field(Path(".wenmai"), description="Folder of the generated token")
    content: Path | None = Field(None, description="Folder ingested at start: one site or vault, or a folder of them")
    cors_origins: list[Annotated[str, AfterValidator(_origin)]] = Field(
        default_factory=list, description="Origins allowed to read from a browser, as JSON"
    )
    max_body_bytes: int = Field(64 * MEGABYTE, gt=0, description="Largest request body")
    max_file_bytes: int = Field(4 * MEGABYTE, gt=0, description="Largest single post")
    max_files: int = Field(50_000, gt=0, description="Most files of one archive or folder")
    max_archive_bytes: int = Field(512 * MEGABYTE, gt=0, description="Largest unpacked archive")
    answer_cache_bytes: int = Field(32 * MEGABYTE, ge=0, description="Most bytes of kept answers, in memory; 0: none")
    engine: EngineName = Field(
        EngineName.LOCAL, description="Where `wenmai ingest` mines many posts: processes of this machine, or Ray's"
    )
    ray_address: str | None = Field(
        None, description="Host and port of the Ray cluster's head; unset: one of this machine's own"
    )
    take_jobs: bool = Field(True, description="Run ingestions that others could run; false: only one's own")
    longest_read: float = Field(30.0, gt=0, description="Most seconds a query may take that only reads")
    rate_limit: Rate | None = Field(None, description="Most requests of one token or address, as 600/minute")
    refused_limit: Rate = Field("60/minute", description="Most wrong tokens of one address before it must wait")
    log_format: LogFormat = Field(LogFormat.AUTO, description="auto: text on a terminal, JSON lines elsewhere")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least that is logged")
    tracing: bool = Field(False, description="Send OpenTelemetry traces, to where the `OTEL_…` variables say")
    audit_file: Path | None = Field(None, description="File that changes of the corpus are appended to, as JSON lines")
    github_secret: SecretStr | None = Field(
        None, description="Secret of the GitHub webhook; unset: there is no webhook, and nothing is ever fetched"
    )
    github_repositories: Annotated[
        dict[str, Annotated[Repository, BeforeValidator(_with_fields)]], AfterValidator(_one_each)
    ] = Field(
        default_factory=dict,
        description="Whose pushes are followed, as JSON: owner/name → source, or → {source, branch, folder}",
    )
    github_token: SecretStr | None = Field(None, description="Token that may read the contents of private repositories")
    github_archive_url: Annotated[str, AfterValidator(_fetchable)] | None = Field(
        None,
        description="Address of a commit's tarball, with {repository} and {commit}; "
        "unset: codeload.github.com, with a token api.github.com",
    )
    github_max_bytes: int = Field(256 * MEGABYTE, gt=0, description="Largest packed archive fetched from GitHub")
    github_timeout: float = Field(120.0, gt=0, description="Most seconds that fetching one may take")

    llm_base_url: Annotated[str, AfterValidator(_askable)] | None = Field(
        None, description="Address of an OpenAI-compatible endpoint, up to /v1; unset: no model is ever asked"
    )
    llm_model: str | None = Field(None, max_length=200, description="The model that is asked there")
    llm_key: SecretStr | None = Field(None, description="Key of that endpoint")
    llm_timeout: float = Field(60.0, gt=0, description="Most seconds that one answer may take")
    llm_concurrency: int = Field(2, ge=1, le=64, description="Most questions at once")
    llm_max_characters: int = Field(12_000, ge=100, description="Characters of a post that are sent")
    llm_budget: int = Field(500, ge=0, description="Most questions of one ingestion; the rest waits for the next")

    @model_validator(mode="after")
    def _with_model(self) -> Self:
        """Refuse an endpoint without a model."""
        if self.llm_base_url is not None and not self.llm_model:
            raise ValueError("llm_base_url names an endpoint: llm_model must name the model to ask there")
        return self

    @model_validator(mode="after")
    def _with_password(self) -> Self:
        """Put the password into the URLs, where no command line and no process list shows it."""
        if self.database_password is not None:
            password = self.database_password.get_secret_value()
            self.database_url = _opened(self.database_url, password, "database_url")
            self.read_urls = [_opened(url, password, "read_urls") for url in self.read_urls]
            if self.listen_url is not None:
                self.listen_url = _opened(self.listen_url, password, "listen_url")
        return self

    @model_validator(mode="after")
    def _with_replicas(self) -> Self:
        """Refuse what cannot be followed."""
        listening = [] if self.listen_url is None else [self.listen_url]
        told = {"read_urls": self.read_urls, "listen_url": listening, "database_url": [self.database_url]}
        if self.read_urls or listening:
            for name, urls in told.items():
                if not all(url.startswith(("postgresql", "postgres:")) for url in urls):
                    raise ValueError(f"{name} must be of PostgreSQL where there are read_urls or a listen_url")
        return self


def _opened(url: str, password: str, name: str) -> str:
    """Return a URL with a password in it."""
    try:
        return make_url(url).set(password=password).render_as_string(hide_password=False)
    except ArgumentError as error:
        raise ValueError(f"{name} cannot be read, so that no password can be put into it") from error


def misspelt(error: ValueError) -> str | None:
    """Return the name of the setting whose value should be JSON and is none; None where the error is another one."""
    found = _UNREAD.search(str(error)) if isinstance(error, UnreadError) else None
    return found[1] if found is not None else None
