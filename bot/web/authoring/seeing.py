"""JSON for a template: what is not there reads as empty, as platforms leave out what they may."""

from __future__ import annotations

from typing import Any


class Seen(dict[str, Any]):
    """An object of JSON in which every name can be asked for."""

    def __missing__(self, name: str) -> str:
        return ""


def seen(value: Any) -> Any:
    if isinstance(value, dict):
        return Seen({name: seen(part) for name, part in value.items()})
    return [seen(part) for part in value] if isinstance(value, list) else value
