"""What no chat keeps is in a window alone: no message has more of it than its title."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from bot.conversation import Reader
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_home, draw_message, draw_too_busy
from governance.conversations.commands import ReplyToCommittee
from governance.forms.commands import Open
from governance.home.commands import ShowHome
from surveys.messages import Rejected
from surveys.questions import Unfit
from tests.bot.slack.conftest import WEB, Talk
from tests.bot.slack.test_interacting import shown
from tests.bot.unkept import (
    CANARY,
    ITEM,
    OPENS,
    PATH,
    TITLE,
    SecretAtEnd,
    SecretInPlace,
    secret,
    unkept,
)
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.slack_world import refused

__all__ = ["unkept"]

pytestmark = pytest.mark.usefixtures("unkept")

PEN = pen_for(Reader(web_url=WEB), uuid4())


def silent(slack: SlackStandIn) -> None:
    """No call that makes or changes a message or a home tab says it."""
    told = [
        (method, body) for method, body in slack.world.calls if not method.startswith("views.o")
    ]
    told = [(method, body) for method, body in told if method != "views.update"]
    assert CANARY not in json.dumps(told)


@pytest.mark.parametrize("form", [True, False])
def test_a_message_is_its_title_and_the_way_to_the_window(form: bool) -> None:
    for body in (draw_message(secret(form=form), PEN), draw_home(secret(form=form), PEN)):
        assert CANARY not in json.dumps(body)
        assert TITLE in texts(body)
        assert f"{WEB}{PATH}" in json.dumps(body)
        assert (OPENS in texts(body)) is form
    assert draw_message(secret(form=form), PEN)["text"] == TITLE
    assert CANARY not in json.dumps(draw_too_busy(secret(form=form), PEN))


async def test_a_press_opens_the_whole_in_a_window(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    told = shown(slack, teacher, secret())
    talk.answers(secret())
    await slack.click(teacher, told, OPENS)
    modal = slack.modal(teacher)
    for word in ("secret title", "badge", "line", "fact", "figure", "hint", "four", "note"):
        assert f"{CANARY} {word}" in texts(modal), word
    assert f"{CANARY} typed" in json.dumps(modal)
    assert talk.commands == [Open(of=ReplyToCommittee(item_id=ITEM))]
    silent(slack)


async def test_the_window_keeps_ids_only(slack: SlackStandIn, talk: Talk, teacher: str) -> None:
    told = shown(slack, teacher, secret())
    talk.answers(secret())
    await slack.click(teacher, told, OPENS)
    kept = slack.modal(teacher)["private_metadata"]
    token, _, origin = kept.partition(" ")
    assert token == f"reply|{ITEM}"
    assert origin.startswith(f"{slack.world.conversation(teacher)}:{told['ts']}")
    assert CANARY not in kept
    assert len(kept) < 3000


@pytest.mark.parametrize("kind", [SecretInPlace, SecretAtEnd])
@pytest.mark.parametrize("form", [True, False])
async def test_what_has_no_form_answers_a_press_in_a_window_too(
    slack: SlackStandIn, talk: Talk, teacher: str, form: bool, kind: Any
) -> None:
    told = shown(slack, teacher, secret())
    talk.answers(kind(form=form))
    await slack.click(teacher, told, OPENS)
    assert f"{CANARY} fact" in texts(slack.modal(teacher))
    silent(slack)


async def test_a_press_in_a_channel_opens_a_window(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    channel = slack.add_channel("privacy")
    told = shown(slack, channel, secret())
    talk.answers(secret(form=False))
    await slack.click(teacher, told, OPENS)
    assert f"{CANARY} fact" in texts(slack.modal(teacher))
    silent(slack)


async def test_what_is_typed_is_answered_with_the_title(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(secret())
    await slack.dm(teacher, "practices")
    (message,) = slack.from_app(teacher)
    assert TITLE in texts(message)
    assert OPENS in texts(message)
    silent(slack)


async def test_a_slash_command_opens_the_window(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(secret(form=False))
    answer = await slack.command(teacher, "practices")
    assert CANARY not in answer.text
    assert f"{CANARY} fact" in texts(slack.modal(teacher))
    silent(slack)


async def test_the_home_tab_opens_a_window(slack: SlackStandIn, talk: Talk, teacher: str) -> None:
    talk.answering = lambda command: secret()
    await slack.open_home(teacher)
    home = slack.world.homes[teacher]
    assert TITLE in texts(home)
    await slack.click(teacher, home, OPENS)
    assert f"{CANARY} fact" in texts(slack.modal(teacher))
    assert ShowHome() in talk.commands
    silent(slack)


async def test_handing_in_says_what_does_not_fit_in_the_window(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    told = shown(slack, teacher, secret())
    talk.answers(secret())
    await slack.click(teacher, told, OPENS)
    talk.answers(Rejected(unfit={"text": Unfit(why="Write something.")}))
    answer = await slack.submit(teacher, {f"{CANARY} text": f"{CANARY} handed in"})
    assert answer.json()["response_action"] == "errors"
    assert "Write something." in answer.text
    silent(slack)
    talk.answers(secret(text=f"{CANARY} again", unfit={"other": Unfit(why="Not so.")}))
    answer = await slack.submit(teacher, {f"{CANARY} text": f"{CANARY} handed in"})
    assert "Not so." in answer.text
    silent(slack)


async def test_what_ends_a_window_stays_in_it(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    told = shown(slack, teacher, secret())
    talk.answers(secret())
    await slack.click(teacher, told, OPENS)
    talk.answers(SecretAtEnd(form=False))
    answer = await slack.submit(teacher, {f"{CANARY} text": f"{CANARY} handed in"})
    assert answer.json()["response_action"] == "update"
    assert f"{CANARY} fact" in texts(slack.modal(teacher))
    (message,) = slack.from_app(teacher)
    assert TITLE in texts(message)
    assert OPENS not in texts(message)
    silent(slack)


async def test_where_no_window_opens_there_is_a_link(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    told = shown(slack, teacher, secret())
    talk.answers(secret(form=False))
    slack.fail("views.open", refused("internal_error"))
    await slack.click(teacher, told, OPENS)
    assert PATH in json.dumps(slack.world.calls[-1])
    silent(slack)


async def test_what_is_too_long_for_a_window_is_on_the_web(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    for message, way in ((secret(many=30), "/do/"), (secret(many=30, form=False), PATH)):
        told = shown(slack, teacher, secret())
        talk.answers(message)
        await slack.click(teacher, told, OPENS)
        assert f"{WEB}{way}" in json.dumps(slack.modal(teacher))
        assert CANARY not in json.dumps(slack.modal(teacher))
