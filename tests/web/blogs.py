"""Other people's sites for the tests of the widget: a folder served on a port of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ADDRESS = "https://island-tech.example/2026/04/clearlight-two-gigawatts/"  # a page of the sample content

PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>一頁</title>
<link rel="icon" href="data:,"><link rel="canonical" href="{canonical}">
<script type="module" src="{script}"></script></head>
<body><h1>一頁</h1><p style="height: {above}px">正文</p>{tags}<footer>頁尾</footer></body></html>
"""


class _Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        """Let other sites read what is here, as hosts of static sites do."""
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""


@contextmanager
def published(folder: Path) -> Iterator[str]:
    """Serve a folder as a static host does, and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def write(folder: Path, script: str, tags: str, lang: str = "zh-TW", canonical: str = ADDRESS, above: int = 40) -> None:
    """Write one page that loads the widget from `script` and holds `tags`."""
    page = PAGE.format(lang=lang, canonical=canonical, script=script, tags=tags, above=above)
    (folder / "index.html").write_text(page, encoding="utf-8")
