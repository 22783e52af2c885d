"""Front matter that a Hugo site's configuration and sections give to pages: https://gohugo.io/configuration/cascade/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.model import Defaults, Site
from service.reading.addresses.globs import matches
from service.reading.addresses.hugo_pages import HugoPage, hugo_page
from service.reading.headers.keys import compared, known_keys

_LABELS = frozenset({"tags", "categories"})


def cascaded(data: Mapping[str, Any], path: str, site: Site) -> dict[str, Any]:
    """Return `data` with the keys it lacks, whatever their case; what stands in ``params`` it has.

    >>> site = Site("a", defaults=(Defaults({"tags": ["茶"]}, "/posts/**"),))
    >>> cascaded({"title": "山"}, "content/posts/a.md", site)
    {'tags': ['茶'], 'title': '山'}
    """
    params = data.get("params")
    inner = params if isinstance(params, dict) else {}
    own = {str(key).lower() for key in (*data, *inner)}
    page = hugo_page(path, site)
    values: dict[str, Any] = {}
    for given in site.defaults:
        if _cascades_to(given, page):
            values |= {key: value for key, value in given.values.items() if key.lower() not in own}
    return _by_taxonomy(values | dict(data), site)


def _by_taxonomy(data: dict[str, Any], site: Site) -> dict[str, Any]:
    """Return `data` with what a site's own key for tags or categories lists under the key that all know."""
    for singular, plural in site.taxonomies.items():
        field, _ = known_keys().get(compared(singular), ("", 0))
        own = next((key for key in data if key.lower() == plural.lower()), None)
        if own is not None and field in _LABELS and compared(plural) not in known_keys():
            data = {key: value for key, value in data.items() if key not in (own, field)} | {field: data[own]}
    return data


def _cascades_to(given: Defaults, page: HugoPage) -> bool:
    if given.kind not in ("", page.kind) or given.language not in ("", page.language):
        return False
    if given.within and not f"{page.path}/".startswith(f"/{given.within}/"):
        return False
    return not given.path or matches(given.path, page.path)
