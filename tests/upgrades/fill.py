"""Fills a new database as a district would, with the code of the checkout it runs in.

``make.py`` runs this file, as it is today, in a checkout of an earlier commit: it imports that
commit's modules, and skips what that commit did not have yet. It is not part of the test run.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from pydantic import SecretStr

from bot.app.settings import Settings
from bot.app.wiring import open_house
from bot.demo.colleagues import Colleagues
from bot.doctor.checking import upgrade_database
from bot.operator.operations import OPERATIONS
from core.commands import Command
from core.people import Audience
from governance.access import Source
from governance.feedback.model import Naming, Urgency
from governance.people.ways_in import How
from governance.series.model import Repeat
from surveys.asking.presenting import as_asked
from surveys.commands import AnswerPage, LaunchSurvey
from tests.attacks.hall import Hall, hall
from tests.journeys.running import SECRET
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, example

g: Any = SimpleNamespace(**{one.__name__: one for one in Command.__subclasses__()})
"""The commands that there were by then, wherever they stood."""

SAID = (
    "The projector in room 12 hums",
    "The copier jams every morning",
    "The portables have no Wi-Fi after lunch",
    "Passwords expire in the testing week",
)
"""Feedback for one committee; the test looks for these words after the upgrade."""

SECONDS = 30
"""The service runs so long: until its first message is read it takes about ten."""

HEARD = {"heard": "The Wi-Fi drops.", "what_1": "New access points", "by_1": "March 1"}


async def main(url: str, folder: Path) -> None:
    """``url``: a new SQLite file or an empty PostgreSQL database."""
    if url.startswith("postgresql"):
        upgrade_database(Settings(database_url=url, secret_key=SecretStr(SECRET)))
    settings = Settings(database_url=url, secret_key=SecretStr(SECRET))
    async with hall(folder, staff=25, url=url) as town:
        await ask(town)
        items = await say(town)
        await lead(town, items)
        await announce(town)
        await town.core.store.write(
            lambda tx: tx.start_session(_id(tx, TEACHER), How.LINK, town.clock())
        )
    async with open_house(settings):  # sends, reads what is unread, and keeps time
        await asyncio.sleep(SECONDS)
    async with hall(folder, staff=25, url=url) as town:
        await acknowledge(town)


async def ask(town: Hall) -> None:
    """One survey closed and sealed, one open with answers, and one that repeats."""
    closed, still_open = uuid4(), uuid4()
    pulse, longer = example().surveys[0], example().surveys[1]
    await launch(town, closed, pulse)
    await answer(town, closed, pulse, 14)
    told = await OPERATIONS["survey-close"](town.core, {"wave": str(closed)})
    assert told.ok, told
    written = await do(town, CTO, g.WriteConclusions(wave_id=closed, words=HEARD))
    await do(
        town, CTO, g.PublishConclusions(wave_id=closed, version=getattr(written, "version", 1))
    )
    await launch(town, still_open, longer)
    await answer(town, still_open, longer, 9)
    repeat = Repeat(rule="0 9 * * tue", begins=town.clock().date() + timedelta(days=1))
    series = g.StartSeries(
        series_id=uuid4(),
        survey=pulse,
        audience=Audience(),
        repeat=repeat,
        despite_limit="a rehearsal",
    )
    await town.core.dispatch.by_itself(series, Source.OPERATOR)


async def launch(town: Hall, wave_id: UUID, survey: Any) -> None:
    command = LaunchSurvey(
        wave_id=wave_id,
        survey=survey,
        audience=Audience(),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=40),
        despite_limit="a rehearsal",
    )
    said = (await town.core.dispatch.by_itself(command, Source.OPERATOR)).message
    wave = await town.core.store.read(lambda tx: tx.wave(wave_id))
    assert wave is not None, (survey.key, said)


async def answer(town: Hall, wave_id: UUID, survey: Any, many: int) -> None:
    colleague = Colleagues(town.core, pace=0)
    people: Sequence[UUID] = await town.core.store.read(lambda tx: tx.some_waiting(wave_id, many))
    for person_id in people:
        for number, page in enumerate(survey.pages):
            own = as_asked(page, wave_id, person_id)
            answers = {one.key: colleague._raw(one) for one in own.counted}
            command = AnswerPage(wave_id=wave_id, page=number, answers=answers)
            await colleague._as(person_id, command)


async def say(town: Hall) -> dict[str, UUID]:
    """Feedback of every kind that the commit had."""
    items = {
        "named": await town.item(TEACHER, SAID[0], naming=Naming.NAMED),
        "withheld": await town.item(TEACHER, SAID[1]),
        "third": await town.item(OFFICE, SAID[2]),
        "again": await town.item(TEACHER, "No Wi-Fi in the portables after lunch again"),
        "answered": await town.item(OFFICE, SAID[3]),
        "urgent": await town.item(
            TEACHER, "Somebody asked me for my password", urgency=Urgency.SECURITY
        ),
        "sensitive": await town.item(TEACHER, "My supervisor reads my mail", "restricted"),
    }
    if hasattr(Naming, "ANONYMOUS"):
        items["anonymous"] = await town.item(None, "I am afraid to say this with my name")
    await do(town, TEACHER, g.GiveFeedback(item_id=uuid4(), text="Nobody has read this yet"))
    return items


async def lead(town: Hall, items: dict[str, UUID]) -> None:
    """What committees and offices did with it."""
    await do(town, CHAIR, g.AcknowledgeItem(item_id=items["withheld"]))
    await do(
        town, CHAIR, g.AnswerItem(item_id=items["answered"], text="Not any more, from May on.")
    )
    if hasattr(g, "DiscussItem"):
        await do(town, CHAIR, g.DiscussItem(item_id=items["third"]))
    if hasattr(g, "MergeItem"):
        await do(town, CHAIR, g.MergeItem(item_id=items["again"], into=items["third"]))
    if hasattr(g, "AskAuthor"):
        await do(town, CHAIR, g.AskAuthor(item_id=items["named"], text="Since when?"))
        await do(town, TEACHER, g.ReplyToCommittee(item_id=items["named"], text="Since Monday."))
        await do(town, CHAIR, g.AskAuthor(item_id=items["anonymous"], text="Where is it?"))
    if hasattr(g, "WriteAdvice"):
        advice = uuid4()
        written = g.WriteAdvice(
            recommendation_id=advice,
            queue="network",
            title="Access points for the portables",
            advice="Two more, before the spring tests.",
            items=(str(items["third"]),),
        )
        await do(town, CHAIR, written)
        await do(town, CHAIR, g.SendAdvice(recommendation_id=advice))
        await do(town, CTO, g.DecideAdvice(recommendation_id=advice, accept=True, reason="Yes."))
        await do(town, CTO, g.TellOutcome(recommendation_id=advice, outcome="They hang."))
    if hasattr(g, "NoteAbsence"):
        day = town.clock().date()
        away = g.NoteAbsence(absence_id=uuid4(), first=day, last=day + timedelta(days=3))
        await do(town, CHAIR, away)
    if hasattr(g, "RemindDockets"):
        await town.core.dispatch.by_itself(g.RemindDockets())
    if hasattr(g, "TellDigests"):
        await town.core.dispatch.by_itself(g.TellDigests())


async def announce(town: Hall) -> None:
    key = example().announcements[0].key
    told = await OPERATIONS["announce"](town.core, {"key": key, "send": True})
    assert told.ok, told


async def acknowledge(town: Hall) -> None:
    key = example().announcements[0].key
    sent = await town.core.store.read(lambda tx: tx.announcement_by_key(key))
    assert sent is not None
    colleague = Colleagues(town.core, pace=0)
    for person_id in await town.core.store.read(lambda tx: tx.some_unread(sent.id, 6)):
        await colleague._as(person_id, g.AcknowledgeAnnouncement(announcement_id=sent.id))


async def do(town: Hall, email: str, command: Any) -> Any:
    """What somebody on the web is answered; ``RuntimeError`` where it was refused."""
    said = await town.ask(email, command)
    if type(said).__name__ in ("Rejected", "Refused"):
        raise RuntimeError(f"{command}: {said}")
    return said


def _id(tx: Any, email: str) -> UUID:
    found: UUID = tx.person_by_email(email).id
    return found


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
