"""Lists on pages: what is asked of one in its address, and the addresses that it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from bot.web.visiting import Visit
from core.lists import ListPage, ListRequest, ListView, look_through


def shown(visit: Visit, view: ListView) -> ListPage:
    """What the address asks of a list."""
    return look_through(view, ListRequest.read(visit.request.query_params, visit.page_asked()))


def where(visit: Visit, request: ListRequest, changed: Mapping[str, str | int | None]) -> str:
    """The address of the same list with something changed."""
    query = replace(request, **changed).written()  # type: ignore[arg-type]
    return f"{visit.request.url.path}?{urlencode(query)}" if query else visit.request.url.path
