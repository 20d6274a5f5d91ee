"""How much waits for somebody: on Home, and beside the places of the side bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Waits:
    """``items``: open ones by queue (only queues that have any), without those that name the
    person. ``cases``: open urgent cases that they answer for. ``surveys``: open ones that they
    were asked and have not answered."""

    items: Mapping[str, int] = field(default_factory=dict)
    cases: int = 0
    surveys: int = 0
