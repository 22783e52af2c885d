"""All that mining and judging set up at first use: imported by the process that others are forked from."""

from __future__ import annotations

import gc

from service.extraction import extract
from service.model import Site, Source
from service.query.lookup.warming import warm
from service.reading import read
from service.store.entries import entry
from service.workers.collecting import collect_seldom

# Text of most kinds: what a post may need is set up as posts need it.
_POST = """---
title: 港邊的電車
tags: [交通]
---
## 路線

林美玲表示，[Acme 公司](https://example.com/)去年賣了 3.5 公噸茶，比前年多兩成。

* 「票价约 3 元。」市长王伟说。

| 年 | 班次 |
| --- | --- |
| 2031 | 1,200 |
"""


def _load() -> None:
    site = Site("loaded")
    document = read(Source("loaded.md", _POST), site)
    entry(site, document, extract(document, site.names), "")
    warm()
    gc.collect()
    gc.freeze()  # what is loaded stays shared: no collection of a forked process writes to it
    collect_seldom()


_load()
