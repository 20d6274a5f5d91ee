"""Which goals answer what staff put first, as a person confirmed."""

from __future__ import annotations

from uuid import UUID

from core.text import Text
from governance.ports import GovernanceStore


def goals_for(
    store: GovernanceStore, wave_id: UUID, question: str, choice: str
) -> tuple[Text, ...] | None:
    """The goals' titles; () where somebody said that none answers it. None: nobody has said yet."""
    return None
