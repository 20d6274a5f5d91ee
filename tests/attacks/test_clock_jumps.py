"""The real service as a process whose clock is changed while it runs (libfaketime)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.attacks.test_machine import Machine, machine
from tests.journeys.running import until

pytestmark = pytest.mark.prove

LIBRARY = "*/faketime/libfaketimeMT.so.1"


class FakeTime:
    """A clock that a test sets; it goes on from there. Timers go on as they were."""

    def __init__(self, folder: Path) -> None:
        found = sorted(Path("/usr/lib").glob(LIBRARY))
        assert found, "install it: apt-get install faketime (make prove does)"
        self._offset = folder / "faketime"
        self.environment = {
            "LD_PRELOAD": str(found[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._offset),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, moment: str) -> None:
        """Set it, in UTC."""
        seconds = (datetime.fromisoformat(moment).replace(tzinfo=UTC) - now()).total_seconds()
        new = self._offset.with_suffix(".new")
        new.write_text(f"{seconds:+.3f}", encoding="ascii")
        new.replace(self._offset)  # it must not be read half


def now() -> datetime:
    return datetime.now(UTC)


def nights(service: Machine) -> list[str]:
    """The local times at which the house was kept, as they happened."""
    rows = service.ask(
        "SELECT slot FROM occurrence JOIN schedule ON id = schedule_id WHERE kind = 'keep-house' "
        "ORDER BY occurrence.rowid"
    )
    return [slot for (slot,) in rows]


def more_than_once(service: Machine) -> list[tuple[str, str, int]]:
    """What recurs, by kind and local time, where it happened again: what comes hourly, too."""
    return service.ask(
        "SELECT kind, slot, count(*) FROM occurrence JOIN schedule ON id = schedule_id "
        "WHERE rule IS NOT NULL GROUP BY kind, slot HAVING count(*) > 1"
    )


async def looks_again(service: Machine, moment: str) -> None:
    """Whether an entry whose time has come happens: the clock ticks."""
    subject = uuid4().hex
    at = (datetime.fromisoformat(moment) - datetime(1970, 1, 1)) // timedelta(microseconds=1)  # noqa: DTZ001
    service.ask(
        "INSERT INTO schedule (id, kind, subject, number, at) VALUES (?, 'announce', ?, 0, ?)",
        uuid4().hex,
        subject,
        str(at),
    )

    async def happened() -> bool:
        found = service.ask(
            "SELECT 1 FROM occurrence JOIN schedule ON id = schedule_id WHERE subject = ?", subject
        )
        return bool(found)

    await until(happened)


async def test_every_local_time_once_whatever_is_done_to_the_clock(tmp_path: Path) -> None:
    fake = FakeTime(tmp_path)

    async def kept(slot: str) -> None:
        async def there() -> bool:
            return slot in nights(service)

        await until(there)

    async with machine(tmp_path) as service:
        service.more = fake.environment
        fake.set("2026-11-01 05:50")  # 0:50, before clocks are set back
        await service.start()
        await looks_again(service, "2026-11-01 05:49")
        fake.set("2026-11-01 07:31")  # 1:31, the second time
        await looks_again(service, "2026-11-01 07:30")
        assert nights(service) == []
        fake.set("2026-11-01 08:30")  # 2:30
        await kept("2026-11-01T02:30:00")
        fake.set("2026-11-01 07:30")  # somebody sets it back by an hour
        await looks_again(service, "2026-11-01 07:29")
        async with httpx.AsyncClient(base_url=service.url, trust_env=False) as client:
            assert (await client.get("/readyz")).status_code == 200
        fake.set("2026-11-01 08:30:20")
        await looks_again(service, "2026-11-01 08:30")
        assert nights(service)[:1] == ["2026-11-01T02:30:00"]
        fake.set("2026-11-02 08:30")  # a day ahead
        await kept("2026-11-02T02:30:00")
        fake.set("2027-03-14 07:50")  # a winter's outage; 2:00 to 2:59 do not come that night
        await kept("2027-03-13T04:59:00")
        fake.set("2027-03-14 07:59:58")
        await kept("2027-03-14T03:00:00")
        assert more_than_once(service) == []
        days = [slot.partition("T")[0] for slot in nights(service)]
        assert days.count("2027-03-13") == 1, "once for the winter"
        logged = await service.stop()
        assert logged.count("kind=keep-house") >= 4, "once each, and once for the winter"
        assert "entry_failed" not in logged
        assert "Traceback" not in logged
