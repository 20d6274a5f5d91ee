"""A request without anything that says who sent it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import Receive, Scope

from core.words import LANGUAGES
from governance.languages import base_of

_KEPT = frozenset({b"content-type", b"content-length", b"transfer-encoding", b"host", b"origin"})
"""No cookie, so no session; no address that a proxy noted, no browser's name, no page that one
came from, nothing to follow a trip with."""


def bare(scope: Scope, receive: Receive) -> Request:
    """What the pages get to see: the method, the address of the page, and the form."""
    headers = [(name, value) for name, value in scope["headers"] if name.lower() in _KEPT]
    return Request(
        {
            "type": "http",
            "http_version": scope["http_version"],
            "method": scope["method"],
            "scheme": scope["scheme"],
            "path": scope["path"],
            "raw_path": b"",
            "query_string": b"",
            "root_path": "",
            "headers": headers,
            "client": None,
            "server": scope.get("server"),
            "path_params": scope.get("path_params", {}),
        },
        receive,
    )


def comes_from_elsewhere(request: Request, web_url: str) -> bool:
    """Whether another site sent this form. Where a browser does not say, the door in its address
    has to do: whoever sends it knows that."""
    origin = request.headers.get("origin", "")
    return origin not in ("", "null", web_url) and origin != _own(request)


def _own(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def language_of(scope: Scope, otherwise: str) -> str:
    """The first language of the browser's list that we speak; nothing else is read of it."""
    lists = (value for name, value in scope["headers"] if name.lower() == b"accept-language")
    for listed in b",".join(lists).decode("latin-1").split(","):
        language = base_of(listed.partition(";")[0].strip().lower())
        if language in ("en", *LANGUAGES):
            return language
    return otherwise
