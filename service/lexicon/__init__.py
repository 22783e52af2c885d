"""Data a Chinese reader can review: people, companies, units, classifiers, regional words, cues, header keys.

Every file is TOML with a comment at its top that says what it holds and where it comes from. This module only reads.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from service.errors import LexiconError


@cache
def read(name: str) -> dict[str, Any]:
    """Return the parsed lexicon file `name`, such as ``units.toml``. Callers must not change what they get.

    Raises:
        LexiconError: there is no such file, or it is no TOML.
    """
    try:
        return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"there is no lexicon file {name}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"lexicon file {name} cannot be read: {error}") from error
