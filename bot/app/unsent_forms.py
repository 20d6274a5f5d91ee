"""Drafts of forms that were not taken, in the database (``bot.web.unsent.UnsentForms``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.app.core import Core
from bot.web.unsent import Fields, Unsent
from governance.upkeep.handlers import UNSENT_KEPT


class StoredForms:
    """Kept for their author alone, for a week."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def keep(self, person: UUID, form: str, item: UUID | None, fields: Fields) -> bool:
        now = self._core.now()
        await self._core.store.write(lambda tx: tx.keep_unsent(person, form, item, fields, now))
        return True

    async def kept(self, person: UUID, forms: Sequence[str]) -> Mapping[str, Unsent]:
        since = self._core.now() - UNSENT_KEPT
        found = await self._core.store.read(lambda tx: tx.unsent(person, forms, since))
        return {form: Unsent(fields=fields, at=at) for form, (fields, at) in found.items()}

    async def drop(self, person: UUID, form: str) -> None:
        if await self.kept(person, [form]):
            await self._core.store.write(lambda tx: tx.drop_unsent(person, form))
