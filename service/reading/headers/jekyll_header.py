"""What front matter means to Jekyll where it means something else to others."""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import PurePosixPath

from service.model import Moment, Site
from service.reading.headers.dates import read_date, site_zone
from service.reading.headers.defaults import inner_path

_YAML_TIME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d\d:\d\d(?:\.\d*)?\s*$")
_BLANKS = re.compile(r"[ \t\n\v\f\r\0]")


def jekyll_moment(value: object, zone: str | None) -> Moment | None:
    """Return the moment of a time to the second that stands unquoted and names no zone: YAML takes it for UTC.

    Jekyll shows it in the site's zone. None for other values, and where the site names no zone.

    >>> jekyll_moment("2026-01-29 21:00:00", "Asia/Taipei").isoformat()
    '2026-01-30T05:00:00+08:00'
    """
    site = site_zone(zone)
    if site is None or not isinstance(value, str) or not _YAML_TIME.match(value):
        return None
    moment = read_date(value)
    return moment and Moment(moment.value.replace(tzinfo=UTC).astimezone(site), moment.text, True, False)


def is_quoted(raw: str, key: str) -> bool:
    """Tell whether the value of `key` stands in quotes in the front matter `raw`, or is not of it at all."""
    match = re.search(r"^[ \t]*[\"']?" + re.escape(key) + r"[\"']?[ \t]*:[ \t]*([^ \t])", raw, re.MULTILINE)
    return match is None or match[1] in "\"'"


def jekyll_labels(value: str, *, plural: bool) -> list[str]:
    """Return the labels of a text: those of ``tags`` end at blanks (full-width ones are none), ``tag`` is a single one.

    >>> jekyll_labels("茶 山　水", plural=True), jekyll_labels("茶 山", plural=False)
    (['茶', '山　水'], ['茶 山'])
    """
    return [label.rstrip(",，") for label in _BLANKS.split(value) if label] if plural else [value]


def folder_categories(path: str, site: Site) -> tuple[str, ...]:
    """Return the categories that a post has of the folders above ``_posts`` or ``_drafts``.

    >>> folder_categories("飲品/茶/_posts/2026-03-01-a.md", Site("a"))
    ('飲品', '茶')
    """
    parts = PurePosixPath(inner_path(path, site)).parts
    ends = [parts.index(name) for name in ("_posts", "_drafts") if name in parts[:-1]]
    return parts[: ends[0]] if ends else ()
