"""`wenmai serve`: the service, on a port."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
import uvicorn
from rich.console import Console

from service import __version__, logs
from service.api import startup
from service.api.app import create_app
from service.api.tokens import admin_token, token_path
from service.api.wire import SERVED
from service.settings import Settings

_err = Console(stderr=True)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on", min=0, max=65535)] = 8000,
) -> None:
    """Migrate the database, ingest WENMAI_CONTENT where set, and serve."""
    settings = Settings()
    logs.configure(settings)
    startup.check(settings)
    application = create_app(settings)
    shown = "localhost" if host in ("0.0.0.0", "127.0.0.1", "::") else host  # noqa: S104 - compared, not bound
    _err.print(f"wenmai {__version__}: the API and its docs are at http://{shown}:{port}/docs", highlight=False)
    _err.print(_admin_hint(settings), markup=False, highlight=False, soft_wrap=True)
    uvicorn.run(application, host=host, port=port, log_config=None, access_log=False, **SERVED)


def _admin_hint(settings: Settings) -> str:
    """Say what the admin token is; a generated one is shown only on a terminal, since logs are read by others."""
    if settings.admin_token:
        return "The admin token is that of WENMAI_ADMIN_TOKEN."
    path = token_path(settings).resolve()
    token = f" {admin_token(settings)}, kept" if sys.stderr.isatty() else ""
    return f"The admin token is{token} in {path}"
