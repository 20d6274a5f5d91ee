"""Who downloaded what a page shows, in the audit."""

from __future__ import annotations

from uuid import UUID

from bot.app.core import Core


async def note_download(core: Core, person: UUID, path: str, rows: int) -> None:
    """``path``: the page that shows it, a list or a report."""
    what, now = f"download: {path}, {rows}", core.now()
    await core.store.write(lambda tx: tx.audit(person, what, None, now))
