"""The bearers of names as the lexicon writes them: people, companies and products, each with its forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from importlib.resources import files
from typing import Any, NamedTuple

from service import lexicon
from service.errors import LexiconError
from service.lexicon.name_folding import fold_name
from service.lexicon.plain_tables import plain_tables
from service.model import EntityKind

_FILES = {"people.toml": EntityKind.PERSON, "companies.toml": EntityKind.COMPANY, "products.toml": EntityKind.PRODUCT}
KEYLESS = "="  # begins the id of a bearer that only its name tells: no id of an entity does
_LISTS = ("en", "hant", "hans", "short", "ambiguous", "tickers", "context")


class Strength(IntEnum):
    """How surely a form names its bearer."""

    FULL = 0
    SHORT = 1  # only where a fuller form stands in the same post
    AMBIGUOUS = 2  # also a word or another's name: needs evidence


@dataclass(frozen=True, slots=True)
class LexiconName:
    """A bearer of names: the first of `en`, `hant` and `hans` is the one to show."""

    id: str
    kind: EntityKind
    en: tuple[str, ...] = ()
    hant: tuple[str, ...] = ()
    hans: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    context: tuple[str, ...] = ()  # words of which one must stand in the post for an ambiguous form

    def forms(self) -> Iterator[tuple[str, Strength]]:
        """Yield every form once with its strength; a form listed as weak is weak wherever else it stands."""
        yield from ((form, Strength.AMBIGUOUS) for form in self.ambiguous)
        yield from ((form, Strength.SHORT) for form in self.short if form not in self.ambiguous)
        full, weak = (*self.en, *self.hant, *self.hans), {fold_name(form) for form in (*self.ambiguous, *self.short)}
        yield from ((form, Strength.FULL) for form in full if not weak or fold_name(form) not in weak)


class Bearer(NamedTuple):
    """One whom a form may name."""

    entry: LexiconName
    strength: Strength
    form: str  # as the lexicon writes it

    @property
    def key(self) -> str | None:
        """The id; None where only the name tells whose it is."""
        return None if self.entry.id.startswith(KEYLESS) else self.entry.id

    @property
    def shown(self) -> str:
        """The form; where only the name tells whose it is, the one name that all forms go by."""
        return self.form if self.key else self.entry.hant[0]


def shipped_entries() -> Iterator[LexiconName]:
    """Yield all people, companies and products of the lexicon.

    Raises:
        LexiconError: an entry lacks its id or a name, holds something else than lists of strings, or takes an id twice.
    """
    seen: set[str] = set()
    for file, kind in _FILES.items():
        if files(lexicon).joinpath(file).is_file():
            for entry in parse(_read(file, kind), kind, file):
                if entry.id in seen:
                    raise LexiconError(f"{file}: the id {entry.id} is given twice")
                seen.add(entry.id)
                yield entry


def _read(file: str, kind: EntityKind) -> Mapping[str, Any]:
    text = files(lexicon).joinpath(file).read_bytes().decode("utf-8", errors="replace")
    tables = None if "\ufffd" in text else plain_tables(text, str(kind))  # no UTF-8: the other reader says so
    return lexicon.read(file) if tables is None else {str(kind): tables}


def parse(table: Mapping[str, Any], kind: EntityKind, file: str) -> Iterator[LexiconName]:
    """Yield the entries of a parsed lexicon file.

    Raises:
        LexiconError: an entry has no id or no name, or a list of it is no list of strings.
    """
    for record in table.get(str(kind), ()):
        lists = {key: record.get(key, []) for key in _LISTS}
        if not isinstance(record.get("id"), str) or not any(lists[key] for key in ("en", "hant", "hans")):
            raise LexiconError(f"{file}: an entry needs an id and a name: {record}")
        for key, forms in lists.items():
            if not isinstance(forms, list) or not all(isinstance(form, str) and form.strip() for form in forms):
                raise LexiconError(f"{file}: {record['id']}: {key} must be a list of names")
        yield LexiconName(record["id"], kind, **{key: tuple(forms) for key, forms in lists.items()})
