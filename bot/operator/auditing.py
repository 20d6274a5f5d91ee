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
            f"The audit is broken at line {state.broken_at}: it is missing or was changed, or "
            f"the record of shown answers was. The {state.lines} before it are intact."
        )
        return Told(lines=(broken,), ok=False)
    lines = (
        f"The audit is intact: {state.lines} lines. It includes what was shown of answers, except "
        f"the last {state.waiting}, which are added at night.",
        f"The last line's hash: {state.head or '-'}",
        "Keep it apart from the database: anyone who can write to the database could rewrite "
        "all of it.",
    )
    return Told(lines=lines)
