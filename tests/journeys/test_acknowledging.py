"""The year's acknowledgement of the IT rules through all three doors: asked, a question, done; and
the file for the auditor."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from bot.conversation import Speaker
from bot.operator.rule_verifying import rule_verify
from core.people import Platform
from governance.acknowledgements.commands import AskAcknowledgements
from governance.acknowledgements.handlers import KIND
from governance.acknowledgements.messages import AcknowledgementFigures
from governance.duties.model import Duty
from tests.governance.acknowledgements.rules_in_force import publish
from tests.journeys.running import Running, running, until
from tests.journeys.test_slack import Place as SlackPlace
from tests.journeys.test_slack import _soon, in_slack
from tests.journeys.test_teams import Place as TeamsPlace
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CTO, ISO, TEACHER, person, settle
from tests.stand_ins.adaptive_cards import elements
from tests.stand_ins.slack import texts
from tests.stand_ins.teams import text_of, titles

AGREE, QUESTION = "I have read them and will follow them", "I have a question"
ASKED = "Please acknowledge the IT rules"


MADE_UP = ("2", "99", "f" * 16)
"""What shows in no button that a rule was opened."""


def forged(shown: Any, proof: str) -> Any:
    """The same with another proof in its button."""
    token = re.compile(r"(ack-rules\|[0-9a-f-]+\|[0-9]+)\|[0-9a-f]{16}\b")
    changed, found = token.subn(rf"\1|{proof}", json.dumps(shown))
    assert found, "its button carries one"
    return json.loads(changed)


async def asked(service: Running, *, read_first: bool = False, text: str = "") -> UUID:
    """Two rules are in force, and the ISO asks all staff; the set. ``read_first``: ITR 4 has to be
    opened first."""
    now = service.clock()
    for number in ("ITR 4", "ITP 9"):
        first = read_first and number == "ITR 4"
        await service.core.store.write(
            lambda tx, n=number, f=first: publish(tx, n, now, read_first=f, text=text)
        )
    iso = await person(service.core, ISO)
    speaker = Speaker(platform=Platform.WEB, person=iso.id)
    answer = (await service.core.dispatch.handle(speaker, AskAcknowledgements())).message
    assert isinstance(answer, AcknowledgementFigures), answer
    assert answer.given is not None
    return answer.given.id


async def duty(service: Running, given: UUID) -> Duty:
    who = await person(service.core, TEACHER)
    found = await service.core.store.read(lambda tx: tx.duty(KIND, given, who.id))
    assert found is not None
    return found


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[SlackPlace]:
    async with in_slack(tmp_path, []) as found:
        yield found


@pytest.fixture
async def teams(tmp_path: Path) -> AsyncIterator[TeamsPlace]:
    async with in_teams(tmp_path) as found:
        yield found


async def test_in_slack_a_question_keeps_it_open_and_a_press_ends_it(slack: SlackPlace) -> None:
    service, user = slack.service, slack.users[TEACHER]
    given = await asked(service)
    message = deepcopy(await slack.message(user, ASKED))
    assert "ITP 9: Title of ITP 9" in texts(message)
    await slack.slack.click(user, message, QUESTION)
    assert await until(lambda: _soon(slack.slack.modal(user)))
    await slack.slack.submit(user, {"text": "Does this hold for the carts?"})
    assert "We have your message" in texts(slack.slack.modal(user) or {})
    assert (await duty(service, given)).open
    await slack.restart()
    await slack.slack.click(user, message, AGREE)
    done = await slack.message(user, "You acknowledged the IT rules")
    assert AGREE not in texts(done)
    found = await duty(service, given)
    assert found.way is Platform.SLACK
    await slack.slack.click(user, message, AGREE)
    assert (await duty(service, given)).done_at == found.done_at, "once, however often they press"
    rows = await service.core.store.read(lambda tx: tx.acknowledged_in(given, found.person))
    assert [(one.way, one.rules) for one in rows] == [(Platform.SLACK, 2)] * 2


async def test_in_teams_it_is_done_with_one_press(teams: TeamsPlace) -> None:
    service, user = teams.service, await teams.join(TEACHER)
    given = await asked(service)
    message = await teams.message(user.chat, ASKED)
    runs = [run for one in elements(message.card) for run in one.get("inlines", ())]
    opens = [run["selectAction"]["url"] for run in runs if "selectAction" in run]
    assert len(opens) == 2, "each rule's text is one press away"
    assert all("/rules/" in url for url in opens)
    question = await teams.teams.execute(user, message, QUESTION)
    assert "ITR 4: Title of ITR 4" in str(question.card)
    assert (await duty(service, given)).open
    done = await teams.teams.execute(user, message, AGREE)
    assert "You acknowledged the IT rules" in text_of(done.card)
    assert AGREE not in titles(done.card)
    assert (await duty(service, given)).way is Platform.TEAMS


async def test_in_slack_a_press_opens_the_rule_that_has_to_be_read_first(
    slack: SlackPlace,
) -> None:
    service, user = slack.service, slack.users[TEACHER]
    given = await asked(service, read_first=True)
    message = deepcopy(await slack.message(user, ASKED))
    assert "to be opened first" in texts(message)
    assert "Text of ITR 4." not in texts(message)
    await slack.slack.click(user, message, AGREE)
    opened = await slack.message(user, "has to be opened before you can acknowledge it")
    assert "Text of ITR 4." in texts(opened)
    assert (await duty(service, given)).open
    for proof in MADE_UP:
        await slack.slack.click(user, forged(opened, proof), AGREE)
    await slack.restart()
    assert (await duty(service, given)).open
    opened = await slack.message(user, "has to be opened before you can acknowledge it")
    await slack.slack.click(user, opened, AGREE)
    await slack.message(user, "You acknowledged the IT rules")
    assert (await duty(service, given)).way is Platform.SLACK


async def test_in_teams_a_press_opens_the_rule_that_has_to_be_read_first(
    teams: TeamsPlace,
) -> None:
    service, user = teams.service, await teams.join(TEACHER)
    given = await asked(service, read_first=True)
    message = await teams.message(user.chat, ASKED)
    opened = await teams.teams.execute(user, message, AGREE)
    assert "ITR 4 has to be opened before you can acknowledge it" in text_of(opened.card)
    assert "Text of ITR 4." in text_of(opened.card)
    assert (await duty(service, given)).open
    for proof in MADE_UP:
        again = await teams.teams.execute(user, forged(opened.card, proof), AGREE)
        assert "has to be opened before you can acknowledge it" in text_of(again.card)
        assert (await duty(service, given)).open
    done = await teams.teams.execute(user, opened.card, AGREE)
    assert "You acknowledged the IT rules" in text_of(done.card)


async def test_on_the_web_the_button_stands_below_every_text_that_has_to_be_read_first(
    tmp_path: Path,
) -> None:
    """ITR 4 does not fit on the page with ITP 9: it has the next page, and the button is there."""
    async with running(tmp_path, settle()) as service:
        given = await asked(service, read_first=True, text="Keep it safe. " * 2000)
        async with signed_in(service, TEACHER) as page:
            shown = (await page.get(f"/acknowledgements/{given}")).text
            assert 'action="/do/ack-rules' not in shown
            assert "Continue to ITR 4" in shown
            csrf = _between(shown, 'name="csrf" value="', '"')
            at = _between(shown, f'href="/acknowledgements/{given}?from=', '"')
            for made_up in ("1", *MADE_UP, "é"):
                first = (await page.get(f"/acknowledgements/{given}?from={made_up}")).text
                assert "Text of ITP 9." in first or "Continue to ITR 4" in first
                assert 'action="/do/ack-rules' not in first
            second = (await page.get(f"/acknowledgements/{given}?from={at}")).text
            assert second.count("Keep it safe. ") > 1000
            token = _between(second, 'action="/do/ack-rules', '"')
            unread = token.rpartition("%7C")[0] or token.rpartition("|")[0]
            between = token[len(unread) : -16]
            for wrong in (unread, *(f"{unread}{between}{proof}" for proof in MADE_UP)):
                answer = await page.post(f"/do/ack-rules{wrong}", data={"csrf": csrf})
                assert "ITR 4 has to be opened before you can acknowledge it" in answer.text
                assert (await duty(service, given)).open
            await page.post(f"/do/ack-rules{token}", data={"csrf": csrf})
        assert (await duty(service, given)).way is Platform.WEB


async def test_on_the_web_it_is_done_and_the_auditor_gets_a_file_that_verifies(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, settle()) as service:
        given = await asked(service)
        async with signed_in(service, TEACHER) as page:
            home = (await page.get("/")).text
            assert f'href="/acknowledgements/{given}"' in home
            assert "/do/ack-rules" not in home, "the texts come first"
            shown = (await page.get(f"/acknowledgements/{given}")).text
            assert ASKED in shown
            button = shown.index('action="/do/ack-rules')
            for number in ("ITR 4", "ITP 9"):
                assert -1 < shown.find(f"Text of {number}.") < button, "read before it is pressed"
            token = _between(shown, 'action="/do/ack-rules', '"')
            csrf = _between(shown, 'name="csrf" value="', '"')
            await page.post(f"/do/ack-rules{token}", data={"csrf": csrf})
            shown = (await page.get(f"/acknowledgements/{given}")).text
            assert "You acknowledged the IT rules" in shown
            assert AGREE not in shown
            for refused in ("/acknowledgements", "/acknowledgements.csv", "/owed"):
                assert (await page.get(refused)).status_code == 403
        assert (await duty(service, given)).way is Platform.WEB
        async with signed_in(service, CTO) as page:
            assert "Buildings" in (await page.get("/acknowledgements")).text
            file = await page.get("/acknowledgements.csv")
            assert file.headers["content-type"].startswith("text/csv")
        path = tmp_path / "acknowledgements.csv"
        path.write_bytes(file.content)
        told = await rule_verify(service.core, {"path": str(path)})
        assert told.lines == ("The file is intact: 2 acknowledgements, each as it was made.",)
        path.write_bytes(file.content.replace(b",web,", b",wed,", 1))
        told = await rule_verify(service.core, {"path": str(path)})
        assert not told.ok
        assert "Row 2: it cannot be read: something in it was changed." in told.lines


def _between(text: str, before: str, after: str) -> str:
    return text.partition(before)[2].partition(after)[0]


def signed_in(service: Running, email: str) -> _Visitor:
    return _Visitor(service, email)


class _Visitor:
    """Somebody's browser without its scripts, signed in by a link."""

    def __init__(self, service: Running, email: str) -> None:
        self._service, self._email = service, email
        self._client = httpx.AsyncClient(
            base_url=service.url, follow_redirects=True, trust_env=False
        )

    async def __aenter__(self) -> httpx.AsyncClient:
        link = await self._service.signin_url(self._email)
        shown = (await self._client.get(link)).text
        hidden = {
            name: _between(shown, f'name="{name}" value="', '"') for name in ("csrf", "token")
        }
        await self._client.post(f"{self._service.url}/signin", data=hidden)
        return self._client

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()
