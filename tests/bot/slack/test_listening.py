"""Signed Slack requests in, commands out; what is not Slack's is turned away."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Route

from bot.conversation import Speaker
from bot.slack.client import SlackClient
from bot.slack.listen import SlackDoor
from bot.slack.settings import SlackSettings
from bot.slack.workspaces import OneWorkspace
from core.people import Platform
from governance.announcements.commands import WriteAnnouncement
from governance.chat.model import Converse, Intent
from governance.docket.commands import GiveFeedback, ShowFeedbackForm
from governance.feedback.model import Naming
from governance.forms.commands import Open
from governance.home.commands import ShowHelp
from governance.messages import FeedbackReceived, Help
from governance.people.ways_in import AskSignInLink
from governance.rules.commands import AskRules
from storage.unavailable import UnavailableError
from surveys.commands import ShowResults
from tests.bot.samples.chat import RULE
from tests.bot.slack.conftest import Talk
from tests.bot.slack.samples import ITEM, SAMPLES, WAVE
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.slack_world import throttled

FORM = "application/x-www-form-urlencoded"
HELP = Help(district="Example district")
THANKS = FeedbackReceived(item_id=ITEM, naming=Naming.WITHHELD)


# -- direct messages --------------------------------------------------------------------------


async def test_a_direct_message_is_feedback_and_is_thanked(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(THANKS)
    answer = await slack.dm(teacher, "The Wi-Fi in room 12 is slow & <odd>")
    assert answer.status_code == 200
    speaker, command, event_id = talk.heard[0]
    assert speaker == Speaker(
        platform=Platform.SLACK, workspace=slack.world.team, user=teacher,
        email="t.rivera@district.example",
    )  # fmt: skip
    assert isinstance(command, GiveFeedback)
    assert command.text == "The Wi-Fi in room 12 is slow & <odd>"
    assert command.naming is Naming.WITHHELD
    assert event_id is not None
    thanks = await slack.next_message(teacher)
    assert "Thank you." in texts(thanks)


async def test_which_rule_says_that_is_answered_with_sections_and_their_links(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(RULE)
    await slack.dm(teacher, "Which rule says who may share a password?")
    (command,) = talk.commands
    assert isinstance(command, AskRules)
    assert command.text == "Which rule says who may share a password?"
    answer = await slack.next_message(teacher)
    assert "Nobody shares a passphrase" in texts(answer)
    assert f"/rules/{RULE.found[0].rule_id}/2#section-5" in json.dumps(answer["blocks"])
    assert "Yes, pass it on" in texts(answer)


async def test_a_retried_event_is_the_same_item_and_is_thanked_once(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(THANKS)
    await slack.dm(teacher, "The projector is dark", event_id="Ev1")
    first = talk.commands[0]
    again = await slack.dm(teacher, "The projector is dark", event_id="Ev1", retry=1)
    assert again.status_code == 200
    assert len(slack.from_app(teacher)) == 1
    talk.heard.clear()
    await slack.dm(teacher, "The projector is dark", event_id="Ev1", retry=2)
    assert talk.commands == [first]


@pytest.mark.parametrize("greeting", ["help", "Ayuda", "¿ayuda?", "?", ""])
async def test_a_greeting_is_answered_with_help(
    slack: SlackStandIn, talk: Talk, teacher: str, greeting: str
) -> None:
    talk.answers(HELP)
    await slack.dm(teacher, greeting)
    assert talk.commands == [ShowHelp()]
    assert "Sounding Board" in texts(await slack.next_message(teacher))


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B0OTHER"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"channel_type": "channel"},
    ],
)
async def test_bots_edits_and_joins_are_nothing(
    slack: SlackStandIn, talk: Talk, teacher: str, more: dict[str, Any]
) -> None:
    answer = await slack.dm(teacher, "something", **more)
    assert answer.status_code == 200
    assert talk.heard == []
    assert slack.from_app(teacher) == []


async def test_an_answer_in_a_thread_stays_in_the_thread(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(THANKS)
    await slack.dm(teacher, "And the sound too", thread_ts="1700000000.000001")
    assert (await slack.next_message(teacher))["thread_ts"] == "1700000000.000001"


async def test_a_throttled_thank_you_is_sent_when_slack_takes_it(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(THANKS)
    slack.fail("chat.postMessage", throttled(1))
    await slack.dm(teacher, "It is cold in here")
    assert len(slack.from_app(teacher)) == 1


async def test_where_somebody_can_be_reached_is_noted_once(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    await slack.dm(teacher, "one")
    await slack.dm(teacher, "two")
    assert [a.conversation for a in talk.addresses] == [slack.world.direct(teacher)]
    assert talk.addresses[0].email == "t.rivera@district.example"


# -- home, members, commands, shortcuts ---------------------------------------------------------


async def test_whatever_is_answered_stands_on_the_home_tab(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(HELP)
    await slack.open_home(teacher)
    home = slack.home(teacher)
    assert home is not None
    assert "Tell me what works" in texts(home)
    await slack.open_home(teacher, tab="messages")
    assert len(talk.heard) == 1


async def test_who_leaves_is_noted_as_not_reachable(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    user = slack.world.users[teacher]
    user["deleted"] = True
    await slack.event({"type": "user_change", "user": dict(user)})
    assert [a.reachable for a in talk.addresses] == [False]


async def test_a_strangers_claim_to_an_address_is_not_noted(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    stranger = slack.add_user("cto@district.example", team_id="T0ELSEWHERE")
    await slack.event({"type": "user_change", "user": dict(slack.world.users[stranger])})
    await slack.dm(stranger, "I am the CTO")
    assert talk.addresses == []
    speaker = talk.heard[0][0]
    assert speaker.guest
    assert speaker.email is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("help", ShowHelp()),
        ("sign in", AskSignInLink()),
        ("Signin", AskSignInLink()),
        ("", ShowHelp()),
        ("hi", Converse(intent=Intent.GREETING)),
        (f"results {WAVE}", ShowResults(wave_id=WAVE)),
        ("results all", Converse(intent=Intent.RESULTS)),
    ],
)
async def test_a_slash_command_is_answered_to_one_person(
    slack: SlackStandIn, talk: Talk, teacher: str, text: str, command: object
) -> None:
    talk.answers(HELP)
    answer = await slack.command(teacher, text)
    assert talk.commands == [command]
    assert answer.json()["response_type"] == "ephemeral"
    assert slack.calls("chat.postMessage") == []


async def test_feedback_with_words_is_kept_at_once(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(THANKS)
    await slack.command(teacher, "feedback the laptops are slow")
    command = talk.commands[0]
    assert isinstance(command, GiveFeedback)
    assert command.text == "the laptops are slow"
    assert "Thank you." in texts(slack.ephemeral(teacher)[0])


@pytest.mark.parametrize(
    ("text", "command", "sample", "title"),
    [
        ("feedback", ShowFeedbackForm(), "feedback_form", "Tell us something"),
        ("announce", Open(of=WriteAnnouncement()), "announcement_form", "Write an announcement"),
    ],
)
async def test_forms_open_in_a_modal(
    slack: SlackStandIn, talk: Talk, teacher: str, text: str, command: object, sample: str,
    title: str,
) -> None:  # fmt: skip
    talk.answers(SAMPLES[sample])
    answer = await slack.command(teacher, text)
    assert answer.text == ""
    assert talk.commands == [command]
    modal = slack.modal(teacher)
    assert modal is not None
    assert modal["title"]["text"] == title


async def test_the_shortcut_opens_the_form(slack: SlackStandIn, talk: Talk, teacher: str) -> None:
    talk.answers(SAMPLES["feedback_form"])
    await slack.shortcut(teacher)
    assert talk.commands == [ShowFeedbackForm()]
    assert slack.modal(teacher) is not None


async def test_a_shortcut_of_somebody_else_is_nothing(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    assert (await slack.shortcut(teacher, "other")).status_code == 200
    assert talk.heard == []


# -- who gets in ------------------------------------------------------------------------------


BODY = json.dumps({"type": "event_callback", "event": {"type": "message"}, "event_id": "Ev9"})


async def test_a_wrong_signature_is_401_and_nothing_happens(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    assert (await slack.deliver(BODY, secret="guessed")).status_code == 401
    assert (await slack.deliver(BODY, at=time.time() - 400)).status_code == 401
    assert (await slack.deliver(BODY, at=time.time() + 400)).status_code == 401
    assert (await slack.post(BODY.encode(), {})).status_code == 401
    for odd in ("soon", "9" * 400, "9" * 5000, "-1", "1e400", "nan", "²", ""):
        headers = {"X-Slack-Request-Timestamp": odd.encode(), "X-Slack-Signature": b"v0=x"}
        answer = await slack.post(BODY.encode(), headers)  # type: ignore[arg-type]
        assert answer.status_code == 401, odd
    assert (
        await slack.post(b"not { json", {"Content-Type": "application/json"})
    ).status_code == 401
    assert talk.heard == []
    assert slack.world.calls == []


async def test_the_signature_is_over_the_raw_body(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    spaced = json.dumps({"type": "url_verification", "challenge": "c1"}, indent=7)
    assert (await slack.deliver(spaced)).json() == {"challenge": "c1"}


async def test_slacks_check_of_the_certificate_is_answered_unsigned(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    form = {"Content-Type": FORM}
    checked = await slack.post(urlencode({"ssl_check": "1", "token": "x"}).encode(), form)
    assert checked.status_code == 200
    smuggled = urlencode({"ssl_check": "1", "payload": "{}"}).encode()
    assert (await slack.post(smuggled, form)).status_code == 401
    assert talk.heard == []


async def test_asking_who_we_are_is_not_part_of_a_request(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    for _ in range(5):
        await slack.dm(teacher, "again")
    assert len(slack.calls("auth.test")) == 1
    assert len(slack.calls("users.info")) == 1


async def test_a_person_is_heard_while_slack_cannot_say_who_they_are(
    slack: SlackStandIn, talk: Talk, teacher: str, capsys: pytest.CaptureFixture[str]
) -> None:
    slack.fail("users.info", throttled(30))
    await slack.dm(teacher, "still here")
    speaker = talk.heard[0][0]
    assert (speaker.user, speaker.email, speaker.guest) == (teacher, None, False)
    logged = "".join(capsys.readouterr())
    assert "slack.who_failed" in logged
    assert teacher not in logged, "an account of Slack's is a person"


# -- malformed and failing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"{not json",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b"",
        b'{"type": "event_callback"}',
        b'{"type": "event_callback", "event": 7}',
        b'{"type": "event_callback", "event": {"type": 7}}',
        b'{"type": "event_callback", "event": {"type": "message", "channel_type": "im",'
        b' "user": "U1", "text": "no event id"}}',
        b'{"type": "event_callback", "authorizations": 3, "event": {"type": "message"}}',
        b'{"type": "event_callback", "team_id": [], "event": {"type": "team_join", "user": 1}}',
    ],
)
async def test_a_malformed_event_is_400_never_500(
    slack: SlackStandIn, talk: Talk, teacher: str, body: bytes
) -> None:
    answer = await slack.deliver(body)
    assert answer.status_code in (200, 400)
    assert talk.heard == []


@pytest.mark.parametrize(
    "payload",
    [
        "{not json",
        "[]",
        '{"type": "block_actions"}',
        '{"type": "block_actions", "actions": []}',
        '{"type": "block_actions", "actions": [{"type": "button", "value": "help"}]}',
        '{"type": "block_actions", "actions": [1], "user": {"id": "U1"}}',
        '{"type": "view_submission"}',
        '{"type": "view_submission", "view": []}',
        '{"type": "view_submission", "view": {"private_metadata": "help"}}',
        '{"type": "shortcut", "callback_id": "tell"}',
        '{"type": "something_new"}',
    ],
)
async def test_a_malformed_interaction_is_never_500(
    slack: SlackStandIn, talk: Talk, teacher: str, payload: str
) -> None:
    answer = await slack.deliver(urlencode({"payload": payload}), FORM)
    assert answer.status_code in (200, 400)
    assert talk.heard == []


WORDS = st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=8))
KEYS = st.sampled_from(
    (
        *("type", "event", "user", "team", "view", "actions", "channel", "message", "state"),
        *("values", "command", "trigger_id", "text", "user_id", "team_id", "event_id", "id"),
        *("container", "private_metadata", "blocks", "authorizations", "tab", "bot_id"),
    )
)
ANYTHING = st.recursive(
    WORDS, lambda c: st.lists(c, max_size=3) | st.dictionaries(KEYS, c, max_size=5), max_leaves=25
)
KIND = st.sampled_from(
    ("event_callback", "block_actions", "view_submission", "shortcut", "view_closed")
)


@trying(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(KEYS, ANYTHING, max_size=8), kind=KIND, packed=st.booleans())
async def test_no_signed_body_makes_it_fall_over(
    slack: SlackStandIn, talk: Talk, teacher: str, body: dict[str, object], kind: str, packed: bool
) -> None:
    whole = json.dumps({**body, "type": kind})
    if packed:
        answer = await slack.deliver(urlencode({"payload": whole}), FORM)
    else:
        answer = await slack.deliver(whole)
    assert answer.status_code in (200, 400)


async def test_an_event_that_we_fail_at_is_asked_for_again(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.failure = RuntimeError("the disk is full")
    assert (await slack.dm(teacher, "hear me", event_id="Ev7")).status_code == 500
    talk.failure = UnavailableError("the database went away")
    assert (await slack.dm(teacher, "hear me", event_id="Ev7", retry=1)).status_code == 503
    talk.failure = None
    talk.answers(THANKS)
    assert (await slack.dm(teacher, "hear me", event_id="Ev7", retry=1)).status_code == 200
    assert len(talk.heard) == 1


async def test_a_command_that_we_fail_at_says_so_with_a_code(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.failure = RuntimeError("the disk is full")
    answer = await slack.command(teacher, "feedback hear me")
    assert answer.status_code == 200
    assert "What you sent was not saved" in answer.json()["text"]
    assert "disk" not in answer.text


async def test_a_body_that_is_far_too_large_is_refused(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    assert (await slack.deliver(b"x" * 1_000_001)).status_code == 413


async def test_an_installation_for_a_whole_organisation_is_heard(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(HELP)
    body: dict[str, Any] = {
        "type": "block_actions",
        "team": None,
        "enterprise": {"id": "E0ORG", "name": "District"},
        "is_enterprise_install": True,
        "user": {"id": teacher, "team_id": slack.world.team},
        "trigger_id": slack.world.trigger(teacher),
        "actions": [{"type": "button", "value": "help", "action_id": "a", "block_id": "b"}],
        "container": {"type": "message", "channel_id": slack.world.direct(teacher)},
        "message": {"blocks": []},
    }
    answer = await slack.deliver(urlencode({"payload": json.dumps(body)}), FORM)
    assert answer.status_code == 200
    assert talk.heard[0][0].workspace == slack.world.team


def test_making_the_handler_needs_no_loop_and_calls_nobody() -> None:
    settings = SlackSettings(signing_secret=str(uuid4()), bot_token=str(uuid4()))

    endpoint = SlackDoor(settings, Talk(), OneWorkspace(SlackClient(settings))).endpoint
    assert Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
    assert settings.signing_secret not in repr(settings)
