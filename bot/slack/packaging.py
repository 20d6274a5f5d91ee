"""The app's manifest for Slack: what it asks for, filled in with a district's address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_ADDRESS = "https://soundingboard.example.org"
"""The address that manifest.json has in the place of a district's own."""


def manifest(web_url: str = _ADDRESS) -> dict[str, Any]:
    """The manifest to paste at Slack, for the public https address of the pages. ValueError for
    another kind of address: Slack calls no other."""
    if not web_url.startswith("https://"):
        raise ValueError(f"Slack takes https addresses only, not {web_url!r}.")
    # Beside the code in a checkout, inside it in an installed wheel.
    here = Path(__file__).parent
    packaged = here / "manifest.json"
    path = packaged if packaged.is_file() else here.parent.parent / "manifest.json"
    made: dict[str, Any] = json.loads(
        path.read_text(encoding="utf-8"), object_hook=lambda part: _moved(part, web_url)
    )
    return made


def wanted_scopes() -> frozenset[str]:
    """The permissions that the manifest asks for."""
    return frozenset(manifest()["oauth_config"]["scopes"]["bot"])


def _moved(part: dict[str, Any], web_url: str) -> dict[str, Any]:
    return {
        key: value.replace(_ADDRESS, web_url) if isinstance(value, str) else value
        for key, value in part.items()
    }
