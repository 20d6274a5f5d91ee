"""The short way through bolt for what thousands do at once: press a button, hand in a form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

Listener = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[BoltResponse]]


class Often(AsyncMiddleware):
    """bolt's first middleware. Each type of interaction that is named here has one listener, which
    needs neither a token nor any other argument than the body and the context: for every listener
    that it tries, bolt would build all thirty that there are. What is not named goes on."""

    def __init__(self, listeners: Mapping[str, Listener]) -> None:
        self._listeners = listeners

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  (bolt's name for it)
    ) -> BoltResponse | None:
        kind = req.body.get("type")
        listener = self._listeners.get(kind) if isinstance(kind, str) else None
        if listener is None:
            return await next()
        return await listener(req.body, req.context)
