"""``soundingboard demo``: the example district on a fresh database, with what its staff said in the
weeks before, and with colleagues who answer."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from secrets import token_hex
from uuid import UUID, uuid4

from bot.app.core import Core
from bot.app.locking import DatabaseLock, writable
from bot.app.serving import serve
from bot.app.settings import PREFIX, Settings, SettingsError, load_settings
from bot.app.wiring import House, open_house
from bot.demo.approving import approve_what_waits
from bot.demo.board import issue_report
from bot.demo.colleagues import Colleagues
from bot.demo.examples import example_district, example_past
from bot.demo.past import play_past
from bot.demo.plan import link_messages, past_plan, put_earlier_goals, put_readings
from bot.demo.pulses import SURVEY, past_pulse
from bot.demo.telling import ASKING, LOADING, OPENING, REPORTING, STARTS
from bot.files.district import Persona as ExamplePersona
from bot.files.district import load_district
from bot.operator.operations import OPERATIONS
from bot.web.demo_help_desk import PATH as HELP_DESK
from bot.web.launching.days import usual_closing
from bot.web.settings import Followed, Persona
from core.people import Audience, Person
from core.school_mornings import reminders_between
from governance.access import Source
from governance.committees.model import RESTRICTED, TRIAGE, District, Office
from governance.docket.handlers import queue_name
from storage.transaction import Transaction
from surveys.commands import LaunchSurvey

_PARTS = (
    "teacher",
    "office",
    "chair",
    "member",
    "cto",
    "iso",
    "board",
    "triage",
    "responder",
    "restricted",
    "administrator",
)
_DAYS_OPEN = 4
_OTHER_PORTS = 20


def serve_demo(folder: Path, *, port: int, pace: float) -> None:
    """Serve the demo on loopback. It makes its own database and refuses any other."""
    if os.environ.get(f"{PREFIX}DATABASE_URL"):
        raise SettingsError(
            f"The demo makes its own database. Unset {PREFIX}DATABASE_URL, or use "
            "`soundingboard run`."
        )
    database = folder.absolute() / "demo.sqlite3"
    with writable(), DatabaseLock(database):
        for left in folder.absolute().glob("demo.sqlite3*"):
            if not left.name.endswith(".lock"):
                left.unlink()
    free = _free_port(port)
    settings = load_settings(
        database_url=f"sqlite:///{database}",
        host="127.0.0.1",
        port=free,
        help_desk_webhook=f"http://127.0.0.1:{free}{HELP_DESK}",
        help_desk_secret=token_hex(),
        help_desk_email="",
        web_url="",
        # Invented people must not be announced to in a workspace that happens to be set up.
        slack_bot_token=None,
        teams_app_id="",
        smtp_host="",
    )

    @asynccontextmanager
    async def opening(at: Settings) -> AsyncIterator[House]:
        async with open_house(
            at, demo=True, personas=_personas, follow=follow, prepare=_prepare
        ) as house:
            spared = [persona.person for persona in await _personas(house.core)]
            colleagues = Colleagues(house.core, pace=pace, spared=spared)
            async with colleagues.at_work():
                yield house

    # The clock may tick late on a busy machine while so much is sent at once.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    _tell(f"\n{STARTS}")
    serve(settings, opening, quiet=True)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _free_port(wanted: int) -> int:
    """The wanted port (0: any), or the next that is free (a newcomer's 8080 often is not)."""
    for port in range(wanted, wanted + _OTHER_PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return _free_port(0)


async def _prepare(core: Core) -> None:
    """Load the example district, play its last weeks, and ask everybody the weekly pulse."""
    _tell(LOADING)
    told = await OPERATIONS["district-load"](core, {"path": str(example_district())})
    if not told.ok:
        raise SettingsError("\n".join(told.lines))
    past = past_plan()
    await core.store.write(lambda tx: put_earlier_goals(tx, past))
    spared = [persona.person for persona in await _personas(core)]
    await play_past(core, example_past(), spared=spared, tell=_tell)
    await core.store.write(partial(put_readings, past.readings, core.now()))
    await link_messages(core, past)
    _tell(REPORTING)
    await issue_report(core)
    _tell(ASKING)
    await _ask_pulse(core)
    _tell(OPENING)


async def _ask_pulse(core: Core) -> None:
    pulse = await core.store.read(lambda tx: tx.ready_survey(SURVEY))
    if pulse is None:
        raise SettingsError("The example district has no weekly-pulse survey.")
    opens = core.now()
    district = await core.store.read(lambda tx: tx.district())
    days, timezone = district.calendar, district.timezone
    closes = usual_closing(opens, days, timezone, days=_DAYS_OPEN)
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=pulse,
        audience=Audience(),
        opens_at=None,
        closes_at=closes,
        reminders=reminders_between(opens, closes, 1, calendar=days, timezone=timezone),
        continues=past_pulse(-1),
    )
    await core.dispatch.by_itself(command, Source.OPERATOR)
    await approve_what_waits(core.store, core.dispatch)


async def _personas(core: Core) -> Sequence[Persona]:
    found = []
    for part, one in zip(_PARTS, _parts(), strict=False):
        person = await core.store.read(partial(_by_email, one.email))
        if person is not None:
            found.append(Persona(key=part, person=person.id, name=person.name, what=one.about))
    return found


async def follow(core: Core, item_id: UUID) -> Followed | None:
    """Who can answer a visitor's message: the chair of its committee, or the officer who reads
    the queue it went to."""
    return await core.store.read(partial(_followed, item_id))


def _followed(item_id: UUID, tx: Transaction) -> Followed | None:
    item = tx.item(item_id)
    if item is None or item.queue is None:
        return None
    district = tx.district()
    email = _reader_of(district, item.queue)
    person = tx.person_by_email(email) if email else None
    if person is None:
        return None
    named = queue_name(district, item.queue)
    return Followed(
        persona=Persona(
            key="follows", person=person.id, name=person.name, what=f"Answers for {named}."
        ),
        queue_name=named,
        path=f"/items/{item.id}",  # its page is the matter's, where it was merged into one
    )


def _reader_of(district: District, queue: str) -> str | None:
    offices = {TRIAGE: Office.TRIAGE_OWNER, RESTRICTED: Office.RESTRICTED_READER}
    if queue in offices:
        return next((o.person for o in district.officers if o.office is offices[queue]), None)
    committee = district.committee(queue)
    return committee.chair if committee else None


def _by_email(email: str, tx: Transaction) -> Person | None:
    return tx.person_by_email(email)


@cache
def _parts() -> tuple[ExamplePersona, ...]:
    loaded = load_district(example_district())
    return () if isinstance(loaded, list) else loaded.personas
