"""Three workers, of which the one that delivers freezes past its lease and wakes up again.

What is asserted is what the operator's guide promises (docs/guide-operator.md)."""

from __future__ import annotations

import asyncio
import math
import signal
from itertools import pairwise
from pathlib import Path

import pytest

from governance.delivery_reasons import DeliveryReason
from scheduler.lanes import Budget
from scheduler.pacing import paced
from tests.journeys.running import until
from tests.postgres import fresh_database
from tests.replicas.crowd import crowd

PER_MINUTE = 600
PER_SECOND = PER_MINUTE / 60
LEASE = 8.0
ANOTHERS_WITHIN = 10.0

ONE_BATCH = math.ceil(paced(Budget(per_second=PER_SECOND, burst=PER_SECOND), PER_SECOND).burst)
"""At most what one claim takes of a lane with Slack's budget (bot/app/core.py)."""


@pytest.mark.prove
async def test_a_worker_that_froze_past_its_lease_doubles_at_most_a_batch(tmp_path: Path) -> None:
    with fresh_database() as url:
        async with crowd(
            tmp_path, url, people=200, per_minute=PER_MINUTE, crew=3, lease=LEASE
        ) as found:
            await found.ask_everybody()
            await until(lambda: found.asked(30))
            frozen = await found.serving()
            loop = asyncio.get_running_loop()
            frozen.send(signal.SIGSTOP)
            begun, had = loop.time(), len(found.arrived)
            await until(lambda: found.asked(had + 5))
            since = [begun, *(at for at in found.arrived if at > begun)]
            idle = max(after - before for before, after in pairwise(since))
            await asyncio.sleep(max(begun + LEASE + 4 - loop.time(), 0))
            frozen.send(signal.SIGCONT)
            await until(found.all_sent)
            taken = found.taken()
            doubled = {user for user, times in taken.items() if times > 1}
            told = [
                row
                for row in await found.rows()
                if row.why == DeliveryReason.REPEATED or row.attempts > 1
            ]
            most = found.most_within(10)
            print(
                f"\nfrozen for {LEASE + 4:.0f} s of a broadcast to 200 at {PER_SECOND:.0f}/s: "
                f"the others went on after {idle:.1f} s; {len(doubled)} doubled; "
                f"most in 10 s: {most} of {PER_SECOND * 10:.0f}"
            )
            assert len(taken) == 200, "nobody is lost"
            assert idle < ANOTHERS_WITHIN, "what it had in its hands is another's"
            assert max(taken.values()) <= 2
            assert len(doubled) <= ONE_BATCH, "at most what one batch claims"
            assert len(doubled) <= len(told), "and the ledger tells of each"
            assert most <= PER_SECOND * 10 + ONE_BATCH, "the lane's rate is held"
            assert frozen.process.returncode is None, "it goes on working"
