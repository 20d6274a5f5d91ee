"""The stand-in itself: it refuses what Slack refuses, so that a test that passes says something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.slack.client import SlackClient, error_code
from tests.stand_ins import slack_world
from tests.stand_ins.slack import SCOPES, SlackStandIn
from tests.stand_ins.slack_api import FREE, METHODS, NEEDED
from tests.stand_ins.slack_blocks import message_faults, view_faults

TEXT = {"type": "plain_text", "text": "Hello"}
PARAGRAPH: dict[str, Any] = {"type": "section", "text": TEXT}
MODAL: dict[str, Any] = {"type": "modal", "title": TEXT, "blocks": [PARAGRAPH]}


@pytest.fixture
def person(slack: SlackStandIn) -> str:
    return slack.add_user("t.rivera@district.example")


async def refusal(call: Any) -> str:
    """Slack's word for why not."""
    with pytest.raises(SlackApiError) as raised:
        await call
    return error_code(raised.value)


# -- triggers, stacks, hashes -----------------------------------------------------------------


async def test_a_trigger_opens_one_view_and_not_for_ever(
    slack: SlackStandIn, client: SlackClient, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trigger = slack.world.trigger(person)
    await client.web.views_open(trigger_id=trigger, view=MODAL)
    again = client.web.views_open(trigger_id=trigger, view=MODAL)
    assert await refusal(again) == "exchanged_trigger_id"
    made_up = client.web.views_open(trigger_id="1.2.x", view=MODAL)
    assert await refusal(made_up) == "invalid_trigger_id"
    late = slack.world.trigger(person)
    monkeypatch.setattr(slack_world, "TRIGGER_SECONDS", -1.0)
    assert await refusal(client.web.views_open(trigger_id=late, view=MODAL)) == "expired_trigger_id"


async def test_three_views_lie_upon_each_other_and_no_fourth(
    slack: SlackStandIn, client: SlackClient, person: str
) -> None:
    await client.web.views_open(trigger_id=slack.world.trigger(person), view=MODAL)
    for _ in range(2):
        await client.web.views_push(trigger_id=slack.world.trigger(person), view=MODAL)
    fourth = client.web.views_push(trigger_id=slack.world.trigger(person), view=MODAL)
    assert await refusal(fourth) == "push_limit_reached"
    roots = {view["root_view_id"] for view in slack.world.modals[person]}
    assert len(roots) == 1


async def test_a_hash_that_is_not_the_views_own_changes_nothing(
    slack: SlackStandIn, client: SlackClient, person: str
) -> None:
    await client.web.views_open(trigger_id=slack.world.trigger(person), view=MODAL)
    first = dict(slack.modal(person) or {})
    known: dict[str, Any] = {"view_id": first["id"], "view": MODAL}
    await client.web.views_update(**known, hash=first["hash"])
    assert await refusal(client.web.views_update(**known, hash=first["hash"])) == "hash_conflict"
    await client.web.views_update(**known)
    assert await refusal(client.web.views_update(view_id="V0", view=MODAL)) == "not_found"

    tab = {"type": "home", "blocks": [PARAGRAPH]}
    await client.web.views_publish(user_id=person, view=tab)
    shown = dict(slack.home(person) or {})
    await client.web.views_publish(user_id=person, view=tab, hash=shown["hash"])
    old = client.web.views_publish(user_id=person, view=tab, hash=shown["hash"])
    assert await refusal(old) == "hash_conflict"


# -- events, response URLs, permissions -------------------------------------------------------


class Service:
    """Answers deliveries with these statuses, and keeps what was said of each retry."""

    def __init__(self, *statuses: int, headers: Mapping[str, str] | None = None) -> None:
        self.statuses, self.headers = list(statuses), dict(headers or {})
        self.heard: list[tuple[str | None, str | None]] = []

    @property
    def app(self) -> Starlette:
        return Starlette(routes=[Route("/slack/events", self.hear, methods=["POST"])])

    async def hear(self, request: Request) -> Response:
        said = request.headers
        self.heard.append((said.get("x-slack-retry-num"), said.get("x-slack-retry-reason")))
        return PlainTextResponse("", status_code=self.statuses.pop(0), headers=self.headers)


async def test_an_event_that_is_not_taken_comes_again_three_times(
    slack: SlackStandIn, person: str
) -> None:
    refusing = Service(500, 503, 500, 500, 200)
    slack.app = refusing.app
    answers = await slack.insist({"type": "app_home_opened", "user": person, "tab": "home"})
    assert [answer.status_code for answer in answers] == [500, 503, 500, 500]
    reason = "http_error"
    assert refusing.heard == [(None, None), ("1", reason), ("2", reason), ("3", reason)]
    ids = {body for body, _ in slack.delivered[-4:]}
    assert len(ids) == 1, "the same event, with the same id"


async def test_an_event_that_is_taken_does_not_come_again(slack: SlackStandIn, person: str) -> None:
    for service in (Service(500, 200, 200), Service(500, headers={"X-Slack-No-Retry": "1"})):
        slack.app = service.app
        answers = await slack.insist({"type": "app_home_opened", "user": person, "tab": "home"})
        assert len(answers) == len(service.heard) <= 2


async def test_a_response_url_works_five_times(
    slack: SlackStandIn, client: SlackClient, person: str
) -> None:
    url = slack._hook_url(person, slack.world.direct(person))
    for _ in range(5):
        await client.respond(url, {"text": "Hello"})
    assert await refusal(client.respond(url, {"text": "Hello"})) == "used_url"
    gone = slack._hook_url(person, slack.world.direct(person))
    slack.world.hooks[gone.removeprefix(slack.base_url)]["until"] -= 1801
    assert await refusal(client.respond(gone, {"text": "Hello"})) == "expired_url"


async def test_a_method_without_its_permission_is_refused(
    slack: SlackStandIn, client: SlackClient, person: str
) -> None:
    slack.scopes = "chat:write"
    await client.web.chat_postMessage(channel=person, text="Hello")
    assert await refusal(client.web.users_info(user=person)) == "missing_scope"


def test_every_method_says_which_permission_it_needs() -> None:
    assert set(NEEDED) | FREE == set(METHODS)
    assert not set(NEEDED) & FREE


async def test_what_a_conversation_needs_goes_by_its_kind(
    slack: SlackStandIn, client: SlackClient, person: str
) -> None:
    public = slack.add_channel("board", is_private=False)
    private = slack.add_channel("committee")
    history, info = client.web.conversations_history, client.web.conversations_info
    own = await client.web.conversations_open(users=person)
    assert (await history(channel=own["channel"]["id"]))["ok"]
    for channel, kind in ((public, "channels"), (private, "groups")):
        assert (await info(channel=channel))["ok"]
        with pytest.raises(SlackApiError) as caught:
            await history(channel=channel)
        said = caught.value.response
        assert (said["error"], said["needed"]) == ("missing_scope", f"{kind}:history")
        assert said["provided"] == said.headers["x-oauth-scopes"] == ",".join(SCOPES)


async def test_a_file_is_shown_only_once_it_was_brought_completed_and_taken_in(
    slack: SlackStandIn, client: SlackClient, person: str
) -> None:
    web = client.web
    assert await refusal(web.files_getUploadURLExternal(filename="", length=3)) == (
        "invalid_arguments"
    )
    answer = await web.files_getUploadURLExternal(filename="chart.png", length=3)
    file, url = answer["file_id"], answer["upload_url"]
    unfinished = web.files_completeUploadExternal(files=[{"id": file}])
    assert await refusal(unfinished) == "file_not_found"
    async with httpx.AsyncClient() as http:
        assert (await http.post(url, content=b"four")).status_code == 400, "not as long as was said"
        assert (await http.post(url, content=b"png")).status_code == 200
    shown = {"type": "image", "alt_text": "A chart", "slack_file": {"id": file}}
    post: dict[str, Any] = {"channel": person, "text": "Hello", "blocks": [shown]}
    assert await refusal(web.chat_postMessage(**post)) == "invalid_blocks"
    slack.world.slow_files = 1
    await web.files_completeUploadExternal(files=[{"id": file}])
    assert await refusal(web.chat_postMessage(**post)) == "invalid_blocks"
    await web.chat_postMessage(**post)
    assert await refusal(web.files_completeUploadExternal(files=[{"id": file}])) == (
        "file_not_found"
    )


# -- blocks -----------------------------------------------------------------------------------


def long(characters: int) -> dict[str, str]:
    return {"type": "plain_text", "text": "x" * characters}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": TEXT, "action_id": "a", "value": "v", **more}


def buttons(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def asking(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "label": TEXT, "element": element, **more}


def choices(kind: str, number: int, **more: Any) -> dict[str, Any]:
    options = [{"text": TEXT, "value": str(n)} for n in range(number)]
    return asking({"type": kind, "action_id": "a", "options": options, **more})


def rich(*runs: dict[str, Any]) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": list(runs)}
    return {"type": "rich_text", "elements": [section]}


TYPING = {"type": "plain_text_input", "action_id": "a"}
TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
OPTION = {"text": TEXT, "value": "0"}

WRONG: dict[str, dict[str, Any]] = {
    "an unknown block": {"type": "marquee"},
    "a header too long": {"type": "header", "text": long(151)},
    "a header in markdown": {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
    "a section of nothing": {"type": "section"},
    "a section too long": {"type": "section", "text": long(3001)},
    "too many fields": {"type": "section", "fields": [TEXT] * 11},
    "a field too long": {"type": "section", "fields": [long(2001)]},
    "small print too much": {"type": "context", "elements": [TEXT] * 11},
    "no buttons": buttons(),
    "too many buttons": buttons(*(button(action_id=str(n)) for n in range(26))),
    "the same action twice": buttons(button(), button()),
    "a button too long": buttons(button(text=long(76))),
    "a value too long": buttons(button(value="x" * 2001)),
    "a style of one's own": buttons(button(style="blue")),
    "a label too long": asking(TYPING, label=long(2001)),
    "a hint too long": asking(TYPING, hint=long(2001)),
    "eleven boxes": choices("checkboxes", 11),
    "eleven circles": choices("radio_buttons", 11),
    "101 options": choices("static_select", 101),
    "no options": choices("static_select", 0),
    "an option too long": asking(
        {"type": "static_select", "action_id": "a", "options": [{**OPTION, "text": long(76)}]}
    ),
    "an option twice": asking(
        {"type": "static_select", "action_id": "a", "options": [OPTION, OPTION]}
    ),
    "a start that is none": choices("static_select", 2, initial_option={**OPTION, "value": "9"}),
    "more than can be typed": asking({**TYPING, "max_length": 3001}),
    "a start too long": asking({**TYPING, "max_length": 2, "initial_value": "xyz"}),
    "a number that is a number": asking(
        {"type": "number_input", "action_id": "a", "is_decimal_allowed": True, "min_value": 1}
    ),
    "rich text of nothing": rich(),
    "an empty run": rich({"type": "text", "text": ""}),
    "a run too long": rich({"type": "text", "text": "x" * 3001}),
    "a link elsewhere": rich({"type": "link", "url": "javascript:alert(1)", "text": "x"}),
    "a mention": rich({"type": "user", "user_id": "U1"}),
    "a picture of nothing": {"type": "image", "alt_text": "x"},
    "a picture nobody can hear": {"type": "image", "image_url": "https://x.example/a.png"},
    "a picture of two": {
        "type": "image", "alt_text": "x", "image_url": "https://x.example/a.png",
        "slack_file": {"id": "F00000001"},
    },
    "a file by its name": {"type": "image", "alt_text": "x", "slack_file": {"id": "chart.png"}},
    "a table of nothing": {"type": "table", "rows": []},
    "101 rows": {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101},
    "21 cells": {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
    "an empty cell": {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]},
    "a table too long": {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 10_001}]]},
    "an id too long": {"type": "divider", "block_id": "x" * 256},
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_block_that_slack_refuses_is_refused(name: str) -> None:
    assert message_faults({"text": "Hello", "blocks": [WRONG[name]]}) != []


def test_what_slack_takes_is_taken() -> None:
    right = [
        PARAGRAPH,
        {"type": "divider"},
        {"type": "header", "text": long(150)},
        {"type": "context", "elements": [TEXT] * 10},
        buttons(*(button(action_id=f"b{n}", text=long(75)) for n in range(25))),
        choices("checkboxes", 10),
        rich({"type": "text", "text": "x" * 3000}),
        {"type": "image", "alt_text": "x" * 2000, "slack_file": {"id": "F00000001"}},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 500}] * 20]},
    ]
    assert message_faults({"text": "Hello", "blocks": right}) == []


@pytest.mark.parametrize(
    "message",
    [
        {"blocks": [PARAGRAPH]},
        {"text": " ", "blocks": [PARAGRAPH]},
        {"text": "x" * 40_001},
        {"text": "x", "blocks": [PARAGRAPH] * 51},
        {"text": "x", "blocks": [{**PARAGRAPH, "block_id": "same"}] * 2},
        {"text": "x", "blocks": [TABLE] * 2},
    ],
    ids=["no text", "a blank text", "a text too long", "51 blocks", "an id twice", "two tables"],
)  # fmt: skip
def test_a_message_that_slack_refuses_is_refused(message: dict[str, Any]) -> None:
    assert message_faults(message) != []


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "window"},
        {"title": long(25)},
        {"submit": long(25)},
        {"blocks": [PARAGRAPH] * 101},
        {"blocks": [asking(TYPING)]},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"blocks": [{"type": "section", "text": long(3000)}] * 99},
        {"colour": "blue"},
        {"blocks": [TABLE]},
    ],
    ids=[
        "a kind", "a title", "a submit", "101 blocks", "nothing to hand in with", "metadata",
        "a callback", "250 KB", "an argument", "a table",
    ],
)  # fmt: skip
def test_a_view_that_slack_refuses_is_refused(changed: dict[str, Any]) -> None:
    assert view_faults(MODAL) == []
    assert view_faults({**MODAL, **changed}) != []
