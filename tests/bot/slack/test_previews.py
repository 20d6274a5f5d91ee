"""Slack shows nothing of what a link leads to: nothing is unfurled, whichever way it goes out."""

from __future__ import annotations

import pytest

from bot.slack.client import SlackClient
from bot.slack.platform import SlackPlatform
from bot.slack.workspaces import OneWorkspace
from tests.bot.slack.conftest import Talk
from tests.bot.slack.samples import SAMPLES
from tests.bot.slack.test_interacting import shown
from tests.bot.slack.test_sending import outgoing
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.slack_api import links_in

HELP = SAMPLES["help"]


async def test_no_message_that_is_sent_is_unfurled(
    slack: SlackStandIn, client: SlackClient, teacher: str
) -> None:
    platform = SlackPlatform(OneWorkspace(client))
    for sample in SAMPLES.values():
        await platform.send(outgoing(teacher, message=sample))
    sent = slack.from_app(teacher)
    assert len(sent) == len(SAMPLES)
    assert any(links_in(message["blocks"]) for message in sent)
    assert not any("unfurled" in message for message in sent)


async def test_no_answer_in_a_conversation_is_unfurled(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(HELP)
    await slack.dm(teacher, "help")
    said = await slack.next_message(teacher)
    assert links_in(said["blocks"])
    await slack.click(teacher, said, "Tell us something")
    assert len(slack.from_app(teacher)) == 2, "the press is answered with a message of its own"
    assert not any("unfurled" in message for message in slack.from_app(teacher))


@pytest.mark.parametrize("name", ["help", "refused", "progress"])
async def test_no_answer_to_one_person_is_unfurled(
    slack: SlackStandIn, talk: Talk, teacher: str, name: str
) -> None:
    talk.answers(SAMPLES[name])
    told = (await slack.command(teacher, "help")).json()
    brief = shown(slack, slack.add_channel("committee"), SAMPLES["brief_new"])
    await slack.click(teacher, brief, "Acknowledge")
    (beside,) = slack.calls("response_url")
    for body in (told, beside):
        assert (body["unfurl_links"], body["unfurl_media"]) == (False, False)
