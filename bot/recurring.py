"""What the clock does again and again, from the first start on."""

from __future__ import annotations

from datetime import datetime

from bot.core import Core
from governance.digesting import DIGESTS, HOURLY
from governance.housekeeping import HOUSE, KEEP_HOUSE, NIGHTLY
from governance.leading import MORNING, REMIND_DOCKETS
from governance.left_open import LEFT_OPEN, MORNINGS
from governance.sensitive import DAILY, REMIND
from governance.trending import MONDAYS, TELL_TRENDS
from governance.triaging import SCHOOL_MORNINGS, TELL_TRIAGE
from storage.transaction import Transaction

_RULES = (
    (KEEP_HOUSE, NIGHTLY),
    (REMIND_DOCKETS, MORNING),
    (REMIND, DAILY),
    (LEFT_OPEN, MORNINGS),
    (DIGESTS, HOURLY),
    (TELL_TRENDS, MONDAYS),
    (TELL_TRIAGE, SCHOOL_MORNINGS),
)


async def have_the_clock_recur(core: Core, started: datetime) -> None:
    """Written at every start: another version's rule replaces the one that is there."""

    def recur(tx: Transaction) -> None:
        for kind, rule in _RULES:
            tx.recur(kind, HOUSE, rule, started)

    await core.store.write(recur)
