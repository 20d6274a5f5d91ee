"""Who took a list along as a file, in the audit."""

from __future__ import annotations

from uuid import UUID

from bot.app.core import Core


async def note_download(core: Core, person: UUID, path: str, rows: int) -> None:
    """``path``: the page that has the list."""
    what, now = f"download of a list: {path}, {rows}", core.now()
    await core.store.write(lambda tx: tx.audit(person, what, None, now))
