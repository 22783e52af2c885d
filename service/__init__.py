"""wenmai (文脈): reads what people write in Chinese and makes it answerable.

One direction, floor by floor (imports point down only)::

    content ─► Source ─ reading ─► Document ─ extraction ─► Extraction ─ store ─► rows ─ resolution ─► entities
                                                                          │
    static site, editor ◄─ api ◄─ query: articles · entities · claims · search · related · graph ◄──┘

1. ``model``, ``errors``: values that travel, and what can go wrong.
2. ``settings``: what the environment says.
3. ``script``, ``content``, ``reading``, ``extraction``, ``resolution``: work on text, with ``lexicon`` as its data.
4. ``store``, ``query``, ``ingest``, ``jobs``: the write side, the read side, and the conductor.
5. ``api``, ``web``, ``cli``: what people and programs meet.
"""

from importlib.metadata import PackageNotFoundError, version
from os import environ

# Nothing here is linear algebra, for which numpy would start a thread for each processor in every process.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")

try:
    __version__ = version("wenmai")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0.0.0"
