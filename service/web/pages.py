"""The addresses of the pages: one small application that draws itself from the REST answers, and the files it loads."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route

from service.web.assets import Asset, assets, digest, page

# Nothing runs, is drawn or is asked for that does not come from here (W3C Content Security Policy Level 3).
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Every one of these is the same page: which of its views is shown, it reads from the address.
VIEWS: Final = (
    "/",
    "/search",
    "/articles",
    "/articles/{id}",
    "/entities",
    "/entities/{id}",
    "/claims/{id}",
    "/figures",
    "/conflicts",
    "/graph",
)
_FOREVER: Final = "public, max-age=31536000, immutable"
_AN_HOUR: Final = "public, max-age=3600, stale-while-revalidate=86400"
# Views that only make sense where the service has such an answer.
_OPTIONAL: Final = {"conflicts": "/v1/conflicts"}


def routes() -> list[BaseRoute]:
    """Return the routes of the pages; they come after all others, which they never hide."""
    return [
        *(Route(path, _explorer, include_in_schema=False) for path in VIEWS),
        Route("/admin", _admin, include_in_schema=False),
        Route("/widget.js", _widget, include_in_schema=False),
        Route("/favicon.ico", _icon, include_in_schema=False),
        Route("/static/{digest}/{path:path}", _static, include_in_schema=False),
    ]


async def _explorer(request: Request) -> Response:
    return _page(request, "index.html")


async def _admin(request: Request) -> Response:
    return _page(request, "admin.html")


def _page(request: Request, name: str) -> Response:
    """Send a page that is told which of the optional answers this service has."""
    asset = page(name)
    features = " ".join(name for name, path in _OPTIONAL.items() if _answers(request, path))
    return _sent(request, Asset(asset.body.replace(b"{{features}}", features.encode()), asset.media_type), "no-cache")


async def _widget(request: Request) -> Response:
    """Send the widget to any site: a module script is always fetched as CORS wants it."""
    answer = _sent(request, assets()["widget.js"], _AN_HOUR)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


async def _icon(request: Request) -> Response:
    return _sent(request, assets()["icon.svg"], _AN_HOUR)


async def _static(request: Request) -> Response:
    asset = assets().get(request.path_params["path"])
    if asset is None:
        return Response("There is no such file.\n", 404, media_type="text/plain")
    return _sent(request, asset, _FOREVER if request.path_params["digest"] == digest() else "no-cache")


def _sent(request: Request, asset: Asset, cache: str) -> Response:
    headers = {"ETag": asset.etag, "Cache-Control": cache, "Content-Security-Policy": POLICY}
    if asset.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(asset.body, media_type=asset.media_type, headers=headers)


def _answers(request: Request, path: str) -> bool:
    scope = {**request.scope, "path": path, "method": "GET"}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
