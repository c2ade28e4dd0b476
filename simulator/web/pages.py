"""The pages and their files. They are read once; what a browser asks for is looked up by name, never by path."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from simulator.web.wire import RefusedError, language
from simulator.web.words import TABLES

KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@cache
def _assets() -> dict[str, tuple[bytes, str]]:
    """By name: content and kind."""
    found = {}
    for item in (files("simulator.web") / "static").iterdir():
        kind = KINDS.get(item.name[item.name.rfind(".") :])
        if kind:
            found[item.name] = (item.read_bytes(), kind)
    return found


@cache
def _stamp() -> str:
    """Changes whenever one of the files does."""
    whole = hashlib.sha256()
    for name, (content, _) in sorted(_assets().items()):
        whole.update(name.encode() + content)
    return whole.hexdigest()[:12]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("simulator.web", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def page_html(name: str, tongue: str, title: str) -> str:
    words = TABLES[tongue]
    data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    page = _environment().get_template(name)
    return page.render(w=words, words=data, title=title, stamp=_stamp())


def page(request: web.Request, name: str, title: str) -> web.Response:
    return web.Response(text=page_html(name, language(request), title), content_type="text/html")


async def asset(request: web.Request) -> web.Response:
    found = _assets().get(request.match_info["name"])
    if found is None:
        raise RefusedError(404, "not-here")
    content, kind = found
    # asked for each time, sent when it has changed: after an update nobody runs an old script against a new page
    headers = {"Cache-Control": "no-cache", "ETag": f'"{_stamp()}"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    return web.Response(body=content, content_type=kind, charset="utf-8", headers=headers)
