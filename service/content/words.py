"""A site's own words, in the ``wenmai.toml`` of its folder: which never change, and which are preferred."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from service.content.decoding import read_utf8
from service.errors import ContentError
from service.script import Preferences
from service.script.preferences import FILE

logger = logging.getLogger(__name__)

_MAX_SIZE = 200_000


def site_words(folder: Path) -> Mapping[str, object]:
    """Return what ``wenmai.toml`` in `folder` says of words, as `Preferences` stores it; nothing where it is broken."""
    try:
        words = read_words(folder)
    except ContentError as error:
        logger.warning("%s/%s", folder.name, error.detail)
        return {}
    return words.stored() if words != Preferences() else {}


def read_words(folder: Path) -> Preferences:
    """Return what ``wenmai.toml`` in `folder` says of words.

    Raises:
        ContentError: it cannot be read, is too long, or says something that is none of its words.
    """
    file = folder / FILE
    if not file.is_file():
        return Preferences()
    return Preferences.parse(read_utf8(file, FILE, max_bytes=_MAX_SIZE))
