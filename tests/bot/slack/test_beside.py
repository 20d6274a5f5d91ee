"""Who answered and what changed, in Slack: pictures beside the questions', with words below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import bot.slack.pictures
from bot.slack.client import SlackClient
from bot.slack.platform import SlackPlatform
from bot.slack.workspaces import OneWorkspace
from surveys.messages import Results
from surveys.results.beside import GroupRate
from surveys.results.model import WaveResults
from surveys.results.setting_beside import of_the_district
from tests.bot.slack.test_sending import outgoing
from tests.bot.web import examples
from tests.stand_ins.slack import SlackStandIn, texts

CLOSED = examples.FINAL


async def sent(slack: SlackStandIn, client: SlackClient, results: WaveResults) -> dict[str, Any]:
    who = slack.add_user(f"{uuid4().hex}@district.example")
    await SlackPlatform(OneWorkspace(client)).send(outgoing(who, message=Results(results=results)))
    (message,) = slack.messages(who)
    return dict(message)


async def test_who_answered_and_what_changed_are_shown_as_pictures_with_their_words(
    slack: SlackStandIn, client: SlackClient
) -> None:
    message = await sent(slack, client, CLOSED)
    alts = [one["alt"] for one in slack.pictures(message)]
    (who,) = [alt for alt in alts if "How many of each group answered" in alt]
    (changed,) = [alt for alt in alts if alt.startswith("What changed:")]
    assert who.startswith(
        "Answered the survey or half of it, of everyone asked (RR2): 19% of 6,312."
    )
    assert "Elementary schools: 31% of 3,100" in who
    assert "District offices: >90% of 40" in who
    assert "High schools" not in who, "withheld"
    assert "3.1" in changed
    assert "+0.2 since the last time; 95% interval −0.04 to +0.44" in changed
    said = texts(message)
    assert "of everyone asked (RR2): 19% of 6,312" in said
    assert "Signing in: Aug 17, 2026: 20%; Nov 25, 2026: 14%. −6 points" in said
    assert "the question’s words changed" in said
    assert len(alts) <= bot.slack.pictures.MOST_PICTURES


async def test_questions_keep_most_of_the_room_for_pictures(
    slack: SlackStandIn, client: SlackClient
) -> None:
    table = CLOSED.tables[0]
    questions = tuple(replace(examples.CHOICES, question=f"q{n}") for n in range(9))
    cells = (replace(table.cells[0], questions=questions),)
    message = await sent(slack, client, replace(CLOSED, tables=(replace(table, cells=cells),)))
    alts = [one["alt"] for one in slack.pictures(message)]
    assert len(alts) == 5
    assert sum(examples.CHOICES.prompt.default in alt for alt in alts) == 3
    assert len(message["blocks"]) <= 50


async def test_who_sees_no_groups_is_shown_none(slack: SlackStandIn, client: SlackClient) -> None:
    message = await sent(slack, client, of_the_district(CLOSED))
    told = texts(message) + "".join(one["alt"] for one in slack.pictures(message))
    assert "19% of 6,312" in told
    assert "Elementary schools" not in told
    assert "How many of each group answered" not in told


async def test_an_open_survey_tells_neither(slack: SlackStandIn, client: SlackClient) -> None:
    message = await sent(slack, client, replace(CLOSED, final=False))
    assert "Who answered" not in texts(message)
    assert "What changed" not in texts(message)


async def test_of_many_buildings_there_is_no_endless_picture(
    slack: SlackStandIn, client: SlackClient
) -> None:
    assert CLOSED.rates is not None
    many = tuple(
        GroupRate(group=(("building", f"b{n}"),), asked=100 + n, share=0.5) for n in range(41)
    )
    results = replace(CLOSED, rates=replace(CLOSED.rates, groups=many))
    message = await sent(slack, client, results)
    assert not any("b7" in one["alt"] for one in slack.pictures(message))
    both = replace(CLOSED.rates, groups=(*many, *CLOSED.rates.groups))
    message = await sent(slack, client, replace(CLOSED, rates=both))
    assert any("Middle schools: 51% of 61" in one["alt"] for one in slack.pictures(message))
