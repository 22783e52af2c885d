"""A site as declared, to and from its row."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from service.model import Defaults, Dialect, Mount, Site, SiteName
from service.store.tables import SourceRow
from service.store.values import Row, plain

_COLUMNS = ("name", "base_url", "permalinks", "language", "timezone")


def site_row(site: Site) -> Row:
    """Return the row of a site; what has no column of its own goes into `settings`, without what is empty.

    >>> row = site_row(Site("notes", Dialect.HUGO, ugly_urls=True))
    >>> row["kind"], row["settings"]
    ('hugo', {'ugly_urls': True})
    """
    values = asdict(site)
    kind = values.pop("dialect")
    row: Row = {name: values.pop(name) for name in _COLUMNS}
    row["permalinks"] = plain(row["permalinks"]) or None
    row["settings"] = plain({name: value for name, value in values.items() if value}) or None
    return row | {"kind": str(kind or "auto")}


def row_site(row: SourceRow) -> Site:
    """Return the site that a row declares."""
    settings: dict[str, Any] = dict(row.settings or {})
    defaults, mounts, names = (settings.pop(name, ()) for name in ("defaults", "mounts", "names"))
    rest: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()}
    return Site(
        row.name,
        None if row.kind == "auto" else Dialect(row.kind),
        row.base_url,
        row.permalinks or {},
        row.language,
        row.timezone,
        defaults=tuple(Defaults(**values) for values in defaults),
        mounts=tuple(Mount(**values) for values in mounts),
        names=tuple(SiteName(one["kind"], tuple(one["names"]), one["id"], tuple(one["weak"])) for one in names),
        **rest,
    )
