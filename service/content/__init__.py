"""Folders, archives and uploads → Source: decoding, newlines, limits; no path leaves its root."""

from service.content.archived import unpack_site
from service.content.archives import unpack
from service.content.decoding import decode, safe_path
from service.content.finding import find, find_sources, is_post

__all__ = ["decode", "find", "find_sources", "is_post", "safe_path", "unpack", "unpack_site"]
