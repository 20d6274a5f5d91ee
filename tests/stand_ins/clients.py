"""How stand-ins keep connections to the service."""

from __future__ import annotations

import httpx

KEPT = httpx.Limits(keepalive_expiry=2)
"""Shorter than the service's five seconds: a call on a connection that it closes in that moment
fails, and is not made again."""
