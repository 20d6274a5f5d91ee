"""Whether the audit of who did and saw what is whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.app.core import Core
from bot.operator.telling import Told


async def audit_verify(core: Core, given: Mapping[str, Any]) -> Told:
    """Computes the whole chain anew."""
    state = await core.store.read(lambda tx: tx.audit_state())
    if state.broken_at is not None:
        broken = (
            f"The audit is broken at line {state.broken_at}: it is missing, or it was changed, or "
            f"what was shown of answers was. The {state.lines} before it are whole."
        )
        return Told(lines=(broken,), ok=False)
    lines = (
        f"The audit is whole: {state.lines} lines. What was shown of answers is in it, except the "
        f"last {state.waiting}, which are taken in at night.",
        f"The last line's hash: {state.head or '-'}",
        "Keep it apart from the database: whoever can write there could write all of it anew.",
    )
    return Told(lines=lines)
