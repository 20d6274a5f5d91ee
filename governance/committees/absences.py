"""The days on which somebody who leads a committee is away."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from governance.docket.due import Away


@dataclass(frozen=True, kw_only=True)
class Absence:
    id: UUID
    person: UUID
    days: Away
