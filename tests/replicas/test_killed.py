"""Two workers, of which the one that delivers is killed in the middle of a broadcast."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from governance.delivery_reasons import DeliveryReason
from tests.faults.broadcasts import RECOVERED_WITHIN, Leases
from tests.journeys.running import until
from tests.postgres import fresh_database
from tests.replicas.crowd import crowd, delivered

PER_MINUTE = 600
LEASE = 8.0


@pytest.mark.prove
async def test_the_other_takes_over_and_finishes(tmp_path: Path) -> None:
    with fresh_database() as url, Leases(url) as leases:
        async with crowd(
            tmp_path, url, people=120, per_minute=PER_MINUTE, crew=2, lease=LEASE
        ) as found:
            await found.ask_everybody()
            serving = await found.serving()
            await until(lambda: found.asked(30))
            (other,) = (one for one in found.service.workers if one is not serving)
            assert not delivered(other), "one of them has the lane"

            serving.send(signal.SIGKILL)
            await serving.process.wait()
            loop = asyncio.get_running_loop()
            died, had = loop.time(), len(found.arrived)
            in_flight = leases.held()
            assert in_flight, "it held what it was sending"
            async with asyncio.timeout_at(died + LEASE + RECOVERED_WITHIN):
                await leases.ended(in_flight)
            recovered = loop.time() - died
            async with asyncio.timeout_at(died + LEASE + RECOVERED_WITHIN):
                await until(lambda: found.asked(had + 5))
            took_over = loop.time() - died

            found.service.clock.forward(seconds=30)  # the second look at what was in flight
            await until(found.all_sent)
            taken, rows = found.taken(), await found.rows()
            doubled = [user for user, times in taken.items() if times > 1]
            told = [row for row in rows if row.why == DeliveryReason.REPEATED or row.attempts > 1]
            print(
                f"\nkilled with {len(in_flight)} in flight: free after {recovered:.1f} s, the "
                f"other goes on after {took_over:.1f} s; {len(doubled)} doubled, {len(told)} told"
            )
            assert len(taken) == 120, "nobody is lost"
            assert len(doubled) <= len(in_flight)
            assert len(doubled) <= len(told), "and the ledger tells of each"
            assert {row.id for row in told} <= {delivery for delivery, _ in in_flight}
