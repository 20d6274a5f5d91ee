"""What is shown of a survey, read where people read it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text as sql

from bot.conversation import Reader
from bot.mail.draw import draw as draw_mail
from bot.slack.blocks import Pen
from bot.slack.draw import draw_message
from bot.teams.draw import draw as draw_card
from bot.words import Words
from governance.commands import (
    PublishConclusions,
    ShowAsking,
    ShowDesk,
    WriteConclusions,
)
from governance.composing import compose
from governance.messages import Message
from governance.telling_figures import tellable
from storage.transaction import Transaction
from surveys.commands import ShowResults
from surveys.ports import OpenResponse
from surveys.results import WaveResults
from surveys.survey import Wave
from tests.attacks.hall import Hall
from tests.attacks.privacy.replaying import Case
from tests.attacks.privacy.towns import (
    COMMITTEES,
    WAVE,
    email_of,
)
from tests.bot.web.site import stand, visitor
from tests.journeys.town import CTO

CHAIRS = ("imani.fairbanks@schools.example.org", "adaeze.umeh@schools.example.org")
LOOK = "look"
"""A surface that is a message of results, as it came."""


@dataclass(frozen=True, kw_only=True)
class GateCall:
    """What the closing asked the gate: with other answers, what it would have shown."""

    wave: Wave
    responses: Sequence[OpenResponse]
    more: tuple[Any, ...]

    def shown(self, gate: Callable[..., WaveResults], said: Sequence[OpenResponse]) -> WaveResults:
        """Of ``said`` in the place of all who answered the second page."""
        begun = [r for r in self.responses if "q" not in r.answers]
        return gate(self.wave, [*said, *begun], *self.more)


@dataclass(kw_only=True)
class Shown:
    """What was shown: results as messages, and every surface as it is read."""

    live: list[WaveResults] = field(default_factory=list)
    final: WaveResults | None = None
    surfaces: dict[str, str] = field(default_factory=dict)
    calls: list[GateCall] = field(default_factory=list)

    @property
    def results(self) -> WaveResults:
        assert self.final is not None
        return self.final


async def look(town: Hall, shown: Shown, place: int) -> None:
    """The CTO's office looks while it is open."""
    found = await town.ask(CTO, ShowResults(wave_id=WAVE))
    shown.live.append(found.results)
    shown.surfaces[f"{LOOK} {place}"] = repr(found)
    for name, asked in (("desk", ShowDesk()), ("asking", ShowAsking(wave_id=WAVE))):
        shown.surfaces[f"{name} {place}"] = repr(await town.ask(CTO, asked))


async def read_all(town: Hall, case: Case, shown: Shown) -> None:
    """Every surface, after the closing."""
    await _conclude(town, shown)
    surfaces = shown.surfaces
    for one in CHAIRS:
        found = await town.ask(one, ShowResults(wave_id=WAVE))
        assert found.results == shown.results, "who see all tables see the same"
    readers = {"CTO": CTO, "chair": CHAIRS[0], "staff": email_of(case.place.atoms[0], 0)}
    for who, email in readers.items():
        pages = await _pages(town, email)
        surfaces |= {f"{who} {name}": page for name, page in pages.items()}
    surfaces |= await _messages(town)
    rows = await town.core.store.read(
        lambda tx: [
            str(row)
            for query in (
                "SELECT what FROM release_note ORDER BY at, what",
                "SELECT what FROM audit ORDER BY number",
            )
            for row in tx.connection.execute(sql(query)).all()
        ]
    )
    surfaces["ledger"] = "\n".join(rows)
    surfaces["message of the desk"] = repr(await town.ask(CTO, ShowDesk()))
    surfaces["message of the asking"] = repr(await town.ask(CTO, ShowAsking(wave_id=WAVE)))


async def _conclude(town: Hall, shown: Shown) -> None:
    """What was heard is published, with every figure that may go along."""
    words = {"heard": "You were heard.", "what_1": "We look at it.", "by_1": "May"}
    figures = tuple(key for key, _ in tellable(shown.results))
    await town.ask(CTO, WriteConclusions(wave_id=WAVE, words=words, figures=figures))
    await town.ask(CTO, PublishConclusions(wave_id=WAVE, version=1))


_ADDRESSES = (
    f"/results/{WAVE}?group=every",
    f"/results/{WAVE}",
    f"/results/{WAVE}/numbers?group=every",
    f"/results/{WAVE}/export/csv",
    f"/results/{WAVE}/export/json",
    f"/results/{WAVE}/export/xlsx",
    f"/results/{WAVE}/export/comments.csv",
    f"/heard/{WAVE}",
    f"/desk/asking/{WAVE}",
    "/desk",
    "/desk/surveys",
    "/surveys",
    "/",
)


async def _pages(town: Hall, email: str) -> dict[str, str]:
    """All addresses as somebody who is signed in, the results' page twice. The door lets in by a
    script; the pages and what answers them are the service's own."""
    who = await town.core.store.read(lambda tx: tx.person_by_email(email))
    assert who is not None
    site = stand()
    setattr(site.conversation, "handle", town.core.dispatch.handle)  # noqa: B010
    async with visitor(site.app) as client:
        entry = await client.get(site.link(who.id))
        fields = dict(re.findall(r'name="(token|csrf)" value="([^"]*)"', entry.text))
        await client.post("/signin", data=fields)
        read = {address: _plain(await client.get(address)) for address in _ADDRESSES}
        again = _plain(await client.get(_ADDRESSES[0]))
    assert again == read[_ADDRESSES[0]], "the same page again says the same"
    return read


def _plain(response: httpx.Response) -> str:
    """What is read, without what is new at every visit (a form's token, an id to be used once)."""
    if "spreadsheet" in response.headers.get("content-type", ""):
        with zipfile.ZipFile(BytesIO(response.content)) as book:
            inside = sorted(book.namelist())
            parts = (book.read(name).decode(errors="replace") for name in inside)
            page = "\n".join(part for part in parts if "dcterms:created" not in part)
    else:
        page = response.text
    page = re.sub(r'name="(csrf|token)" value="[^"]*"', "", page)
    page = re.sub(r'(?<=id="m-)[0-9a-f-]{36}', "", page)
    return f"{response.status_code}\n{page}"


async def _messages(town: Hall) -> dict[str, str]:
    """What the results and what was heard are in Slack, Teams and a mail: to the CTO's office, to
    the committees' channels, and to everybody."""
    reader = Reader(locale="en", timezone="America/Chicago", web_url="http://testserver")
    words = Words(reader.locale, reader.timezone)
    found: dict[str, str] = {}
    for kind, queue in (("results", None), ("results", COMMITTEES[0]), ("conclusions", None)):
        composing = partial(_composed, kind=kind, queue=queue, now=town.clock())
        message = await town.core.store.read(composing)
        assert message is not None, kind
        pen = Pen(words=words, web_url=reader.web_url, fresh=UUID(int=1))
        found[f"slack {kind} {queue}"] = repr(draw_message(message, pen))
        found[f"teams {kind} {queue}"] = repr(draw_card(message, reader, item_id=UUID(int=1)))
        found[f"mail {kind} {queue}"] = repr(draw_mail(message, words, reader.web_url))
    return found


def _composed(tx: Transaction, *, kind: str, queue: str | None, now: datetime) -> Message | None:
    return compose(tx, kind, WAVE, None, queue, now)
