"""Whether an announcement is still the one that somebody checked before sending it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

from governance.announcements.model import Announcement


def state_of(found: Announcement) -> str:
    """Names what people get, who they are and what they confirm, the same in every process."""
    looked_at = (
        found.change,
        found.audience,
        found.acknowledge,
        found.due,
        found.question,
        found.joiners_until,
    )
    said = json.dumps(_plain(looked_at), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """As JSON: sets have no order that lasts."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Set):
        return sorted(str(_plain(one)) for one in value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int) else str(value)
