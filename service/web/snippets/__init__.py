"""What a site needs to show the widget, by its generator: pieces to put into it, with the service's own address."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

_ANY: Final = "https://YOUR-WENMAI/"
_ANY_EXPORT: Final = "https://YOUR-STATIC-EXPORT/"
_FOLDER: Final = Path(__file__).parent


class Generator(StrEnum):
    """What builds a site."""

    HUGO = "hugo"
    JEKYLL = "jekyll"
    QUARTZ = "quartz"
    OBSIDIAN = "obsidian"  # Obsidian Publish with a domain of its own


# Where it goes in the site's folder, and where the static export is looked for by it.
PLACES: Final = {
    Generator.HUGO: ("layouts/partials/wenmai.html", "static/wenmai"),
    Generator.JEKYLL: ("_includes/wenmai.html", "wenmai"),
    Generator.QUARTZ: ("quartz/components/Wenmai.ts", "quartz/static/wenmai"),
    Generator.OBSIDIAN: ("publish.js", None),
}


def snippet(generator: Generator, api: str = _ANY, static: str | None = None) -> str:
    """Return the piece for sites of `generator` that ask the service at `api`.

    `static` is the address of a static export for sites that can't hold one themselves; other sites look for it in
    their own folder.

    >>> 'const API = "https://wenmai.example/"' in snippet(Generator.OBSIDIAN, "https://wenmai.example")
    True

    Raises:
        ValueError: one of them is no address of the web that can stand in markup as it is.
    """
    text = next(_FOLDER.glob(f"{generator.value}.*")).read_text(encoding="utf-8")
    return text.replace(_ANY, _root(api)).replace(_ANY_EXPORT, _root(static) if static else "")


def _root(address: str) -> str:
    if not address.startswith(("https://", "http://")) or any(mark in address for mark in "\"'`<>\\ \n{}$"):
        raise ValueError(f"{address!r} is no address of a service, such as https://wenmai.example/")
    return address.rstrip("/") + "/"
