"""Counts the statements that a command takes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from core.commands import Command
from tests.attacks.hall import Hall


async def statements(town: Hall, email: str, command: Command) -> tuple[int, Any]:
    """How many a command takes, and what it is answered with."""
    seen = [0]

    def counted(*_: Any) -> None:
        seen[0] += 1

    event.listen(town.core.store.engine, "after_cursor_execute", counted)
    try:
        answer = await town.ask(email, command)
    finally:
        event.remove(town.core.store.engine, "after_cursor_execute", counted)
    return seen[0], answer
