"""On three platforms: a rule is opened for comment by its committee, commented on by staff, and
every author hears what became of their comment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.conversation import Speaker
from core.people import Platform
from governance.rules.commands import TakeStep
from governance.rules.model import RuleStep
from tests.governance.rules.test_process import written
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running, until
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CHAIR, ISO, TEACHER, person
from tests.stand_ins.slack import texts

SAID = "Four words are a lot for the youngest, who log in with a card"
REASON = "Carts have a card now, so the youngest type nothing."
OPEN = "This draft is open for comment until"

pytestmark = pytest.mark.usefixtures("quick_reader")


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, [ISO]) as found:
        yield found


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


async def _soon(value: Any) -> Any:
    return value


async def proposed(service: Running) -> UUID:
    """The Information Security Officer has proposed a rule to the network's committee."""
    officer = await person(service.core, ISO)
    speaker = Speaker(platform=Platform.WEB, person=officer.id)
    rule = uuid4()
    await service.core.dispatch.handle(speaker, written(rule))
    await service.core.dispatch.handle(speaker, TakeStep(rule_id=rule, step=RuleStep.PROPOSED))
    return rule


async def test_in_slack_a_rule_is_opened_commented_on_and_answered(
    slack_place: test_slack.Place,
) -> None:
    slack, users = slack_place.slack, slack_place.users
    await proposed(slack_place.service)
    assert await slack_place.message(slack_place.channels["network"], "ITR 4: Passwords")
    told = await slack_place.message(users[CHAIR], "ITR 4: Passwords")
    await slack.click(users[CHAIR], told, "Open the rule")
    seen = await slack_place.message(users[CHAIR], "Proposed to its committee")
    await slack.click(users[CHAIR], seen, "Open it for comment")

    news = await slack_place.message(users[TEACHER], OPEN)
    await slack.click(users[TEACHER], news, "Comment on it")
    assert await until(lambda: _soon(slack.modal(users[TEACHER])))
    thanks = await slack.submit(
        users[TEACHER], {"text": SAID, "naming": "Without my name", "about": "1. Passwords"}
    )
    assert "About: ITR 4: Passwords, 1. Passwords" in thanks.text
    assert await until(lambda: read(slack_place.service))

    await slack_place.restart()

    await slack_place.service.pass_time(days=45)
    ended = await slack_place.message(users[ISO], "Comment period ended")
    await slack.click(users[ISO], ended, "Open the rule")
    rule = await slack_place.message(users[ISO], "Comments are being answered")
    await slack.click(users[ISO], rule, "Read the comments")
    comments = await slack_place.message(users[ISO], SAID)
    await slack.click(users[ISO], comments, "Answer the next one")
    assert await until(lambda: _soon(slack.modal(users[ISO])))
    await slack.submit(users[ISO], {"disposition": "Accepted in part", "reason": REASON})
    heard = await slack_place.message(users[TEACHER], REASON)
    assert "Your comment was accepted in part." in texts(heard)
    assert "About: ITR 4: Passwords, 1. Passwords" in texts(heard)


async def read(service: Running) -> bool:
    """Whether the comment was read and is with the Information Security Office."""
    rules = await service.core.store.read(lambda tx: tx.rules())
    found = await service.core.store.read(lambda tx: tx.rule_comments(rules[0].id))
    return len(found) == 1


async def test_in_teams_a_rule_is_opened_commented_on_and_answered(
    teams_place: test_teams.Place,
) -> None:
    teams = teams_place.teams
    author, chair = await teams_place.join(TEACHER), await teams_place.join(CHAIR)
    officer = await teams_place.join(ISO)
    await proposed(teams_place.service)
    told = await teams_place.message(chair.chat, "Proposed to the committee")
    seen = await teams.execute(chair, told, "Open the rule")
    await teams.execute(chair, seen.card, "Open it for comment")
    news = await teams_place.message(author.chat, OPEN)
    form = await teams.execute(author, news, "Comment on it")
    rules = await teams_place.service.core.store.read(lambda tx: tx.rules())
    typed = {
        "field.text": SAID,
        "field.naming": "withheld",
        "field.about": f"rule-{rules[0].id.hex}-1-1",
    }
    thanks = await teams.execute(author, form.card, "Send", typed)
    assert "About: ITR 4: Passwords, 1. Passwords" in thanks.text
    assert await until(lambda: read(teams_place.service))
    await teams_place.service.pass_time(days=45)
    ended = await teams_place.message(officer.chat, "Comment period ended")
    rule = await teams.execute(officer, ended, "Open the rule")
    comments = await teams.execute(officer, rule.card, "Read the comments")
    assert SAID in comments.text
    form = await teams.execute(officer, comments.card, "Answer the next one")
    typed = {"field.disposition": "declined", "field.reason": REASON}
    typed["many.comments"] = str(await comment_of(teams_place.service))
    await teams.execute(officer, form.card, "Send the answer", typed)
    heard = await teams_place.message(author.chat, REASON)
    assert "Your comment was declined." in heard.text


async def comment_of(service: Running) -> UUID:
    rules = await service.core.store.read(lambda tx: tx.rules())
    found = await service.core.store.read(lambda tx: tx.rule_comments(rules[0].id))
    return found[0].item_id
