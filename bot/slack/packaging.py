"""The app's manifest for Slack: what it asks for, filled in with a district's address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_ADDRESS = "https://soundingboard.example.org"
"""The address that manifest.json has in the place of a district's own."""


def manifest(
    web_url: str = _ADDRESS, *, socket: bool = False, organization: bool = False
) -> dict[str, Any]:
    """The manifest to paste at Slack, for the public https address of the pages. ``socket``:
    Slack calls nothing, we connect to it; ``organization``: it can be installed into a whole one.
    ValueError for another kind of address: Slack calls no other."""
    if not web_url.startswith("https://"):
        raise ValueError(f"Slack takes https addresses only, not {web_url!r}.")
    # Beside the code in a checkout, inside it in an installed wheel.
    here = Path(__file__).parent
    packaged = here / "manifest.json"
    path = packaged if packaged.is_file() else here.parent.parent / "manifest.json"
    made: dict[str, Any] = json.loads(
        path.read_text(encoding="utf-8"), object_hook=lambda part: _moved(part, web_url)
    )
    made["settings"]["org_deploy_enabled"] = organization
    return _by_socket(made) if socket else made


def _by_socket(made: dict[str, Any]) -> dict[str, Any]:
    """Without the addresses that nobody calls then."""
    made["settings"]["socket_mode_enabled"] = True
    for part in (
        made["settings"]["event_subscriptions"],
        made["settings"]["interactivity"],
        *made["features"]["slash_commands"],
    ):
        for address in ("request_url", "url"):
            part.pop(address, None)
    return made


def wanted_scopes() -> frozenset[str]:
    """The permissions that the manifest asks for."""
    return frozenset(manifest()["oauth_config"]["scopes"]["bot"])


def _moved(part: dict[str, Any], web_url: str) -> dict[str, Any]:
    return {key: _at(value, web_url) for key, value in part.items()}


def _at(value: Any, web_url: str) -> Any:
    """Addresses on their own, or in lists."""
    match value:
        case str():
            return value.replace(_ADDRESS, web_url)
        case list():
            return [_at(one, web_url) for one in value]
        case _:
            return value
