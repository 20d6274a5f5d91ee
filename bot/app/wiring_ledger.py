"""Builds the pump's side of the ledger, and ends what a stop left in the middle."""

from __future__ import annotations

import structlog

from bot.app.core import Core
from bot.app.wiring_mail import mail_budget
from storage.ledger import LedgerStore

log = structlog.get_logger(__name__)


async def open_ledger(core: Core) -> LedgerStore:
    district = await core.store.read(lambda tx: tx.loaded_district())
    ledger = LedgerStore(
        core.store,
        core.budgets,
        locale=district.locale if district else "en",
        timezone=district.timezone if district else "America/Chicago",
        mail=mail_budget(core.settings),
    )
    left = await ledger.recover(core.now(), everything=core.store.embedded)
    if left:
        log.warning("recovered", deliveries=left)
    return ledger
