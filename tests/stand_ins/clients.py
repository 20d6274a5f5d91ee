"""How stand-ins call the service."""

from __future__ import annotations

from typing import Any

import httpx

_KEPT = httpx.Limits(keepalive_expiry=2)
"""Shorter than the service's five seconds: a call on a connection that it closes in that moment
fails, and is not made again."""


def client_for(app: Any) -> httpx.AsyncClient:
    """A client for the service: over the network for an address, else straight into the app."""
    if isinstance(app, str):
        return httpx.AsyncClient(base_url=app, timeout=30, trust_env=False, limits=_KEPT)
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://app", timeout=30)
