"""Settings from the environment and a ``.env`` file; every variable starts with ``WENMAI_``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MEGABYTE = 1_000_000


class Settings(BaseSettings):
    """What can be set, with its default.

    >>> Settings(content=None).database_url
    'sqlite:///wenmai.db'
    """

    model_config = SettingsConfigDict(env_prefix="WENMAI_", env_file=".env", env_ignore_empty=True, extra="ignore")

    database_url: str = Field(
        "sqlite:///wenmai.db", description="SQLAlchemy URL: sqlite:///… or postgresql+psycopg://…"
    )
    admin_token: str | None = Field(None, description="Bearer token of the admin calls; unset: one is generated")
    state_dir: Path = Field(Path(".wenmai"), description="Folder of the generated token")
    content: Path | None = Field(None, description="Folder ingested at start: one site or vault, or a folder of them")
    cors_origins: list[str] = Field(default_factory=list, description="Origins allowed to read from a browser, as JSON")
    max_body_bytes: int = Field(64 * MEGABYTE, description="Largest request body")
    max_file_bytes: int = Field(4 * MEGABYTE, description="Largest single post")
    max_files: int = Field(50_000, description="Most files of one archive or folder")
    max_archive_bytes: int = Field(512 * MEGABYTE, description="Largest unpacked archive")
