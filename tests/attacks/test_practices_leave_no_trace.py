"""A whole assessment is lived through in Slack, in Teams and on the web, and everything that left
the service is read: each call to a platform, each mail, each page of each role, the metrics, the
feeds and the log. Only what a window shows to somebody who may see it holds an answer."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from bot.app.core import open_core
from bot.doctor.checking import examine
from bot.registry import decode
from core.commands import Command
from governance.controls import addresses
from storage.control_tables import assessed_safeguard
from storage.transaction import Transaction
from storage.vault import WrongSecretError
from tests.attacks.practice_canaries import (
    CANARY,
    OF_ALL,
    OF_SAFEGUARDS,
    in_log,
    leaks,
    scores_in,
    visible,
    words_in,
    words_of_others,
)
from tests.attacks.practice_play import LATER, OTHER, OWNER, OWNS, Play
from tests.attacks.visiting import ask, signed_in, stranger
from tests.bot.web.reading import offered
from tests.journeys.logged import Log, logged
from tests.journeys.running import Running, running
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CTO, ISO, OFFICE, example, settle
from tests.stand_ins.help_desk import help_desk_stand_in
from tests.stand_ins.mail import mail_stand_in
from tests.stand_ins.teams import TeamsStandIn

NETWORK = example().district.committee("network")
assert NETWORK is not None
MEMBER = NETWORK.members[0]
ACROSS = "bertrand.oyelaran@schools.example.org"
"""Somebody of the staff who has nothing to do with it."""
DEPUTY, BOARD = "delphine.okoro@schools.example.org", "evangeline.rutherford@schools.example.org"
"""Somebody who stands in for the CTO, and a member of the Board."""
SEE_ALL = (ISO, CTO, DEPUTY)
EVERYBODY = (*SEE_ALL, OWNER, OTHER, LATER, MEMBER, ACROSS, BOARD)
PAGES_OF_A_KIND = 8


@pytest.fixture
def log() -> Iterator[Log]:
    with logged() as log:
        yield log


def play_of(service: Running) -> Play:
    async def asks(email: str, command: Command) -> Any:
        return (await ask(service, email, command)).message

    today = service.clock().date()
    return Play(asks, service.core.store, weekday(today, 28), weekday(today, 60))


def weekday(today: date, after: int) -> date:
    """So many days later, or on the Monday after that."""
    found = today + timedelta(days=after)
    return found + timedelta(days=(7 - found.weekday()) % 7 if found.weekday() > 4 else 0)


async def lived(service: Running, between: Callable[[], Awaitable[None]]) -> Play:
    """With the reminders of those who are late."""
    play = play_of(service)
    await play.opened()
    await service.at_rest()
    await between()
    await service.pass_time(days=27)
    await service.pass_time(days=3)
    await between()
    await play.answered()
    await play.reviewed()
    await between()
    await play.decided()
    await between()
    await play.closed()
    await service.at_rest()
    await between()
    await service.pass_time(days=40)
    await service.at_rest()
    await between()
    await play.given_up()
    return play


# -- Slack ----------------------------------------------------------------------------------------

WINDOWS = ("views.open", "views.push", "views.update")


def pressable(message: Any) -> list[str]:
    return [
        str(one["text"]["text"])
        for block in message.get("blocks", ())
        for one in block.get("elements", ())
        if block["type"] == "actions" and "text" in one and "url" not in one
    ]


async def test_slack_is_told_numbers_and_nothing_else(tmp_path: Path, log: Log) -> None:
    async with in_slack(tmp_path, [ISO, OFFICE, DEPUTY, MEMBER, ACROSS, BOARD]) as place:
        slack = place.slack

        async def press_all() -> None:
            """Each button of each message, and the first page of the app."""
            for user in place.users.values():
                for message in slack.from_app(user)[-3:]:
                    for label in pressable(message):
                        with suppress(AssertionError):
                            await slack.click(user, message, label)
                await slack.dm(user, "security practices")
                await slack.open_home(user)

        await lived(place.service, press_all)
        sent = [(method, json.dumps(body)) for method, body in slack.world.calls]
        kept = [(method, said) for method, said in sent if method not in WINDOWS]
        assert [one for _, one in kept if "ZN 71" in one or "safeguard" in one], "they were asked"
        opened = [said for method, said in sent if method in WINDOWS]
        assert [said for said in opened if CANARY in said], "windows show answers: the probe works"
        assert [(m, one) for m, said in kept for one in leaks(unescaped(said))] == []
        for email in (MEMBER, ACROSS):
            shown = json.dumps(slack.world.modals[place.users[email]])
            assert words_in(shown) == [], email
    assert in_log(log.text) == []


def unescaped(said: str) -> str:
    return said.encode().decode("unicode_escape")


# -- Teams ----------------------------------------------------------------------------------------


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every activity that came to Teams, also those that took the place of another."""
    found: list[str] = []
    for name in ("_post", "_put"):
        handler = getattr(TeamsStandIn, name)

        async def recorded(self: TeamsStandIn, request: Any, handler: Any = handler) -> Any:
            found.append((await request.read()).decode())
            return await handler(self, request)

        monkeypatch.setattr(TeamsStandIn, name, recorded)
    return found


def executable(thing: Any) -> Iterator[str]:
    """The titles of a card's buttons that are pressed in a chat."""
    if isinstance(thing, dict):
        if thing.get("type") == "Action.Execute" and thing.get("title"):
            yield str(thing["title"])
        for value in thing.values():
            yield from executable(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from executable(value)


async def test_teams_is_told_numbers_and_nothing_else(
    tmp_path: Path, log: Log, sent: list[str]
) -> None:
    async with in_teams(tmp_path) as place:
        teams = place.teams
        users = {email: await place.join(email) for email in EVERYBODY}

        async def press_all() -> None:
            for user in users.values():
                for posted in teams.messages(user.chat)[-3:]:
                    for title in dict.fromkeys(executable(posted.activity)):
                        with suppress(AssertionError, KeyError, StopIteration):
                            answer = await teams.execute(user, posted, title)
                            sent.append(json.dumps(answer.body))
                await teams.say(user, "security practices")

        await lived(place.service, press_all)
        assert [one for one in sent if "ZN" in one or "safeguard" in one], "they were asked"
        assert [one for said in sent for one in leaks(unescaped(said))] == []
    assert in_log(log.text) == []


# -- web and mail ---------------------------------------------------------------------------------


async def pages_of(client: httpx.AsyncClient, starts: list[str]) -> AsyncIterator[tuple[str, str]]:
    """(path, page) of all that links lead to."""
    waiting, seen = list(starts), set[str]()
    kinds: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0).partition("#")[0]
        # A list can be asked for in as many ways as it has filters and columns together.
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+(\.\d+)?", "…", path.partition("?")[0])
        kinds[kind] = kinds.get(kind, 0) + 1
        if path in seen or kinds[kind] > PAGES_OF_A_KIND or not path.startswith("/"):
            continue
        seen.add(path)
        answer = await client.get(path)
        if answer.is_redirect:
            waiting.append(urljoin(path, answer.headers["location"]))
            continue
        yield path, answer.text
        if "text/html" in answer.headers.get("content-type", ""):
            waiting += [urljoin(path, one) for one in offered(answer.text).links]


def starts_of(play: Play) -> list[str]:
    which = play.assessment
    numbers = ("71.1", "71.2", "72.1", "72.2")
    return [
        "/",
        addresses.PRACTICES,
        addresses.GAPS,
        addresses.assessment(which),
        addresses.report(which),
        *(addresses.exported(which, form) for form in ("csv", "json")),
        *map(addresses.gap, play.gaps),
        *(addresses.control(which, one) for one in ("71", "72")),
        *(addresses.safeguard(which, one) for one in numbers),
        *(f"{addresses.safeguard(which, one)}/answer" for one in numbers),
        *(f"{addresses.safeguard(which, one)}/review" for one in numbers),
        f"{addresses.assessment(which)}/run",
        "/board",
        "/calendar",
        "/calendar/changes.ics",
        "/rules",
        "/owed",
        "/status",
        "/search?q=quagmire",
    ]


def of_it(said: str) -> bool:
    return "ZN" in said or "Zone" in said


SEE_THE_SUMMARY = (LATER, MEMBER)


def too_much(email: str, path: str, page: str, play: Play) -> list[str]:
    """What somebody who is neither the ISO nor the CTO must not read there."""
    said = visible(page)
    owns = OWNS.get(email, ())
    gaps = {OWNER: play.gaps[:2], OTHER: play.gaps[2:]}.get(email, [])
    own = (
        *(addresses.safeguard(play.assessment, one) for one in owns),
        *map(addresses.gap, gaps),
    )
    mine = owns and (path.startswith(own) or path == addresses.assessment(play.assessment))
    # A page may say its own address: what was searched for is the reader's own.
    found = words_of_others(page.replace(path, ""), owns)
    if of_it(said) and not mine:
        summary = email in SEE_THE_SUMMARY
        known = OF_SAFEGUARDS if summary else OF_ALL
        found += scores_in(said, known, out_of_five=not summary)
    return [f"{email} {path}: {one}" for one in found]


async def test_pages_mails_feeds_and_metrics_tell_only_those_who_may_see(
    tmp_path: Path, log: Log
) -> None:
    async with mail_stand_in() as mail, help_desk_stand_in() as desk:
        settings: dict[str, Any] = {
            **desk.settings,
            "smtp_host": "127.0.0.1",
            "smtp_port": mail.port,
            "mail_from": "sounding-board@schools.example.org",
            "mail_per_second": 100,
        }
        async with running(tmp_path, settle(staff=40), **settings) as service:
            found: list[str] = []

            async def nothing() -> None: ...

            play = await lived(service, nothing)
            seen: dict[str, int] = {}
            for email in EVERYBODY:
                async with signed_in(service, email) as client:
                    async for path, page in pages_of(client, starts_of(play)):
                        seen[email] = seen.get(email, 0) + 1
                        if email in SEE_ALL:
                            found += words_in(page)
                        else:
                            assert too_much(email, path, page, play) == []
            assert found, "the ISO reads the answers: the probe works"
            assert min(seen.values()) > 20, seen
            async with stranger(service) as client:
                async for path, page in pages_of(client, [*starts_of(play), "/signin", "/privacy"]):
                    assert leaks(visible(page)) == [] or not of_it(visible(page)), path
                    assert words_in(page) == [], path
            async with httpx.AsyncClient(base_url=service.url, trust_env=False) as machine:
                for path in ("/metrics", "/healthz", "/readyz"):
                    assert words_in((await machine.get(path)).text) == []
                    assert "zone" not in (await machine.get(path)).text.casefold()
        sent = [one.body.decode() for one in desk.received]
        assert sent, "the help desk got the ISO's words"
        assert [one for said in sent for one in leaks(said)] == []
        told = [(one.text, one.html) for box in (mail.arrived,) for one in box]
        assert told, "some were told by mail"
        assert [one for text, html in told for one in (*leaks(text), *leaks(visible(html)))] == []
    assert in_log(log.text) == []


def test_no_token_carries_more_than_a_number() -> None:
    """What a button holds is read by its command alone."""
    assert decode(f"assess|{CANARY}") is None


# -- damage ---------------------------------------------------------------------------------------


async def test_an_answer_that_was_moved_or_changed_in_the_database_opens_nowhere(
    tmp_path: Path, log: Log
) -> None:
    """Its page says what to do, and the operator's log which answer it is."""
    async with running(tmp_path, settle(staff=5)) as service:
        play = play_of(service)
        await play.opened()
        await play.answered()

        def swap(tx: Transaction) -> None:
            """The weak one gets the good one's answer."""
            good, weak = (
                tx.connection.execute(
                    select(assessed_safeguard.c.secret).where(assessed_safeguard.c.number == one)
                ).scalar_one()
                for one in ("71.3", "71.2")
            )
            for number, secret in (("71.2", good), ("71.3", bytes([weak[0] ^ 1, *weak[1:]]))):
                tx.connection.execute(
                    update(assessed_safeguard)
                    .where(assessed_safeguard.c.number == number)
                    .values(secret=secret)
                )

        await service.core.store.write(swap)
        async with signed_in(service, ISO) as client:
            for number in ("71.2", "71.3"):
                page = await client.get(addresses.safeguard(play.assessment, number))
                assert page.status_code == 500
                assert "tell the help desk this number" in visible(page.text)
                assert leaks(visible(page.text)) == []
            still = await client.get(addresses.safeguard(play.assessment, "71.1"))
            assert still.status_code == 200
    assert "cannot be decrypted" in log.text
    assert in_log(log.text) == []


async def test_another_key_starts_no_service_on_it(tmp_path: Path) -> None:
    async with running(tmp_path, settle(staff=5)) as service:
        await play_of(service).opened()
        at = service.settings
    other = at.model_copy(
        update={"secret_key": SecretStr("another-secret-that-was-made-up-for-tests")}
    )
    with pytest.raises(WrongSecretError, match="belongs to another SECRET_KEY"):
        async with open_core(other):
            pass
    findings, well = await examine(other, offline=True)
    assert not well
    assert "SECRET_KEY" in "\n".join(findings)
