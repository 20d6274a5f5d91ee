"""What no chat keeps is in a dialog alone: no message has more of it than its title."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest

from bot import registry
from bot.cards import CARDS
from bot.registry import decode, operation_of
from bot.teams.cards import LARGEST
from bot.teams.draw import draw
from bot.teams.platform import TeamsPlatform
from core.cards import Link, Press, Secrecy
from core.words import Words
from governance.conversations.commands import AskAuthor, ReplyToCommittee
from governance.forms.commands import Open
from governance.home.commands import ShowHelp
from governance.messages import Refused
from governance.refusals import GONE
from storage.unavailable import UnavailableError
from surveys.messages import Rejected
from surveys.questions import Unfit
from tests.bot.teams.conftest import READER, FakeConversation
from tests.bot.teams.samples import MESSAGES
from tests.bot.unkept import (
    CANARY,
    ITEM,
    OPENS,
    PATH,
    TITLE,
    Secret,
    SecretAtEnd,
    SecretInPlace,
    secret,
    unkept,
)
from tests.bot.unkept import draw as unkept_card
from tests.hostile.sowing import sown
from tests.stand_ins.adaptive_cards import actions, faults
from tests.stand_ins.microsoft_cards import faults as microsofts_faults
from tests.stand_ins.teams import Answered, Posted, TeamsStandIn, TeamsUser, titles

__all__ = ["unkept"]

pytestmark = [
    pytest.mark.usefixtures("unkept"),
    # Both come from inside Microsoft's SDK, about parts of it that we do not use.
    pytest.mark.filterwarnings("ignore:.*in preview and may change:FutureWarning:microsoft_teams"),
    pytest.mark.filterwarnings(
        "ignore:The bot client is deprecated:DeprecationWarning:microsoft_teams"
    ),
]


async def show(teams: TeamsStandIn, message: Any, conversation: str) -> Posted:
    """A message of ours that stands in a conversation."""
    platform = TeamsPlatform(teams.settings())
    drawn = draw(message, READER)
    assert drawn is not None
    await platform.post(teams.service_url, conversation, drawn)
    await platform.close()
    return teams.messages(conversation)[-1]


def silent(teams: TeamsStandIn) -> None:
    """No message says it: neither the card, nor its summary, nor what is spoken."""
    assert CANARY not in json.dumps([one.activity for one in teams.posted])
    assert not teams.refused_cards


@pytest.fixture
async def ana(teams: TeamsStandIn) -> TeamsUser:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    return ana


@pytest.fixture
async def opened(teams: TeamsStandIn, ana: TeamsUser, conversation: FakeConversation) -> Answered:
    """Its form, in a dialog."""
    told = await show(teams, secret(), ana.chat)
    conversation.answers[Open] = lambda _: secret()
    return await teams.open_dialog(ana, told, OPENS)


@pytest.mark.parametrize("form", [True, False])
def test_a_message_is_its_title_and_the_way_to_the_dialog(form: bool) -> None:
    drawn = draw(secret(form=form), READER)
    assert drawn is not None
    assert CANARY not in json.dumps(drawn.card)
    assert drawn.summary == TITLE
    assert titles(drawn.card) == [*([OPENS] if form else []), "Open it on the web"]
    assert f"{READER.web_url}{PATH}" in json.dumps(drawn.card)
    assert faults(drawn.card) == []


def test_microsofts_library_takes_the_message_and_the_dialog() -> None:
    drawn = {
        f"{form} {window}": draw(secret(form=form), READER, window=window)
        for form in (True, False)
        for window in (True, False)
    }
    assert microsofts_faults({name: one.card for name, one in drawn.items() if one}) == {}


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_card_can_stand_in_a_dialog(name: str) -> None:
    rng = Random(name)  # noqa: S311
    for message in (MESSAGES[name], sown(MESSAGES[name], rng)):
        drawn = draw(message, READER, window=True)
        if drawn is not None:
            assert faults(drawn.card, dialog=True) == []


@pytest.mark.parametrize("presses", range(1, 9))
@pytest.mark.parametrize("links", range(4))
def test_what_has_no_room_as_a_button_is_in_a_list(
    presses: int, links: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Link(label="A page", url="/practices", secrecy=Secrecy.ANYWHERE)
    card = replace(
        unkept_card(Words(), secret(form=False)),
        parts=(link,) * links,
        presses=tuple(
            Press(label=f"Press {n}", command=Open(of=AskAuthor(item_id=UUID(int=n))))
            for n in range(presses)
        ),
        more=(),
        kept=True,
    )
    monkeypatch.setitem(CARDS, Secret, lambda _, __: card)
    for window in (True, False):
        drawn = draw(secret(form=False), READER, window=window)
        assert drawn is not None
        assert faults(drawn.card, dialog=window) == []
        for n in range(presses):
            assert f"Press {n}" in json.dumps(drawn.card)


async def test_a_press_opens_the_whole_in_a_dialog(
    teams: TeamsStandIn, opened: Answered, conversation: FakeConversation
) -> None:
    for word in ("secret title", "badge", "line", "fact", "figure", "hint", "text", "note"):
        assert f"{CANARY} {word}" in opened.text, word
    assert f"{CANARY} typed" in json.dumps(opened.dialog)
    assert opened.body["task"]["value"]["title"] == TITLE
    assert conversation.commands == [Open(of=ReplyToCommittee(item_id=ITEM))]
    silent(teams)


async def test_a_press_in_any_message_opens_a_dialog_at_once(
    teams: TeamsStandIn,
    ana: TeamsUser,
    conversation: FakeConversation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opens = replace(operation_of(Open(of=ReplyToCommittee(item_id=ITEM))), window=True)
    monkeypatch.setitem(registry._OPENINGS, ReplyToCommittee, opens)
    told = await show(teams, MESSAGES["told-asked"], ana.chat)
    conversation.answers[Open] = lambda _: secret()
    answer = await teams.open_dialog(ana, told, "Reply")
    assert f"{CANARY} fact" in answer.text
    silent(teams)


async def test_a_dialog_is_asked_for_by_ids_only(
    teams: TeamsStandIn, ana: TeamsUser, opened: Answered
) -> None:
    (asked,) = [one for one in teams.delivered if one.get("name") == "task/fetch"]
    token = f"reply-form|{ITEM}"
    assert asked["value"]["data"] == {"msteams": {"type": "task/fetch"}, "action": token}
    assert {
        one["data"]["action"] for one in actions(opened.dialog) if one["type"] == "Action.Submit"
    } == {f"reply|{ITEM}", f"ask-form|{ITEM}", f"reply-form|{ITEM}"}


async def test_what_is_handed_in_closes_the_dialog_with_a_title(
    teams: TeamsStandIn, ana: TeamsUser, opened: Answered, conversation: FakeConversation
) -> None:
    conversation.answers[ReplyToCommittee] = lambda _: MESSAGES["reply-kept"]
    said = len(teams.posted)
    answer = await teams.hand_in(ana, opened, "Hand it in", {f"{CANARY} text": "It is done."})
    assert answer.closing
    assert len(teams.posted) == said, "it is answered once"
    assert conversation.commands[-1] == ReplyToCommittee(item_id=ITEM, text="It is done.")
    silent(teams)


async def test_what_does_not_fit_is_said_in_the_dialog_with_what_was_typed(
    teams: TeamsStandIn, ana: TeamsUser, opened: Answered, conversation: FakeConversation
) -> None:
    unfit = {"text": Unfit(why="Please write less.")}
    conversation.answers[ReplyToCommittee] = lambda _: Rejected(unfit=unfit)
    answer = await teams.hand_in(
        ana, opened, "Hand it in", {f"{CANARY} text": f"{CANARY} handed in"}
    )
    assert "Please write less." in answer.text
    assert f"{CANARY} handed in" in json.dumps(answer.dialog)
    silent(teams)


@pytest.mark.parametrize("kind", [SecretInPlace, SecretAtEnd])
async def test_the_next_window_follows(
    teams: TeamsStandIn,
    ana: TeamsUser,
    opened: Answered,
    conversation: FakeConversation,
    kind: Any,
) -> None:
    conversation.answers[ReplyToCommittee] = lambda _: kind(form=False)
    answer = await teams.hand_in(ana, opened, "Hand it in", {f"{CANARY} text": "Done."})
    assert f"{CANARY} fact" in answer.text
    conversation.answers[Open] = lambda _: MESSAGES["ask-form"]
    asked = await teams.hand_in(ana, answer, f"{CANARY} press")
    assert "Ask" in " ".join(titles(asked.dialog))
    silent(teams)


async def test_a_button_that_was_sent_as_an_execute_keeps_nothing_either(
    teams: TeamsStandIn, ana: TeamsUser, conversation: FakeConversation
) -> None:
    told = await show(teams, MESSAGES["help"], ana.chat)
    conversation.answers[type(_first(conversation, told))] = lambda _: secret()
    answer = await teams.execute(ana, told, _pressable(told))
    assert CANARY not in json.dumps(answer.body)
    assert OPENS in titles(answer.card)


def _pressable(told: Posted) -> str:
    return str(next(one for one in actions(told.card) if one["type"] == "Action.Execute")["title"])


def _first(conversation: FakeConversation, told: Posted) -> Any:
    pressed = next(one for one in actions(told.card) if one["type"] == "Action.Execute")
    return decode(pressed["data"]["action"])


async def test_a_client_without_dialogs_is_answered_with_the_title(
    teams: TeamsStandIn, ana: TeamsUser, conversation: FakeConversation
) -> None:
    told = await show(teams, secret(), ana.chat)
    conversation.answers[Open] = lambda _: secret()
    (answer,) = await teams.submit(ana, told, OPENS)
    assert titles(answer.card) == [OPENS, "Open it on the web"]
    silent(teams)


async def test_what_is_typed_is_answered_with_the_title(
    teams: TeamsStandIn, ana: TeamsUser, conversation: FakeConversation
) -> None:
    conversation.answers[ShowHelp] = lambda _: secret()
    (answer,) = await teams.say(ana, "help")
    assert titles(answer.card) == [OPENS, "Open it on the web"]
    silent(teams)


async def test_a_refusal_closes_the_dialog(
    teams: TeamsStandIn, ana: TeamsUser, opened: Answered, conversation: FakeConversation
) -> None:
    conversation.answers[ReplyToCommittee] = lambda _: Refused(why=Unfit(why=GONE))
    answer = await teams.hand_in(ana, opened, "Hand it in", {f"{CANARY} text": "Done."})
    assert answer.closing == "This is not here anymore, or it never was."


async def test_what_is_too_long_for_a_dialog_is_on_the_web(
    teams: TeamsStandIn, ana: TeamsUser, conversation: FakeConversation
) -> None:
    told = await show(teams, secret(), ana.chat)
    for message, way in (
        (secret(many=60), f"/do/reply-form|{ITEM}"),
        (secret(many=60, form=False), PATH),
    ):
        conversation.answers[Open] = lambda _, message=message: message
        answer = await teams.open_dialog(ana, told, OPENS)
        assert "too long for Teams" in answer.text
        assert f"{READER.web_url}{way}" in json.dumps(answer.dialog)
        assert len(json.dumps(answer.body)) < LARGEST


# -- what holds for every invoke -----------------------------------------------------------------


async def test_a_dialog_is_opened_for_nobody_who_is_not_signed_by_microsoft(
    teams: TeamsStandIn, ana: TeamsUser, opened: Answered, conversation: FakeConversation
) -> None:
    heard = len(conversation.heard)
    for one in [one for one in teams.delivered if one["type"] == "invoke"]:
        assert (await teams.deliver(one, token="")).status_code == 401
        another = await teams.deliver(one, token=teams.token(aud="another"))
        assert another.status_code == 401
    assert len(conversation.heard) == heard


async def test_in_a_channel_a_dialog_says_to_come_to_the_own_chat(
    teams: TeamsStandIn, ana: TeamsUser, conversation: FakeConversation
) -> None:
    channel = teams.channel("privacy")
    told = await show(teams, secret(), channel)
    conversation.answers[Open] = lambda _: secret()
    answer = await teams.open_dialog(ana, told, OPENS)
    assert "our own chat" in answer.closing
    assert Open(of=ReplyToCommittee(item_id=ITEM)) not in conversation.commands
    silent(teams)


async def test_teams_asks_again_and_nothing_is_done_twice(
    teams: TeamsStandIn, ana: TeamsUser, opened: Answered, conversation: FakeConversation
) -> None:
    conversation.answers[ReplyToCommittee] = lambda _: MESSAGES["reply-kept"]
    more = {"id": "f:the-same"}
    inputs = {f"{CANARY} text": "It is done."}
    await teams.hand_in(ana, opened, "Hand it in", inputs, **more)
    events = [event for _, _, event in conversation.heard if event]
    again = await teams.hand_in(ana, opened, "Hand it in", inputs, **more)
    assert again.closing == "Done."
    assert [event for _, _, event in conversation.heard if event][-1] in events


async def test_a_dialog_that_is_asked_for_again_is_shown_again(
    teams: TeamsStandIn, ana: TeamsUser, conversation: FakeConversation
) -> None:
    told = await show(teams, secret(), ana.chat)
    conversation.answers[Open] = lambda _: secret()
    for _ in range(2):
        answer = await teams.open_dialog(ana, told, OPENS, id="f:the-same")
        assert f"{CANARY} fact" in answer.text


async def test_a_fault_of_ours_is_told_in_the_dialog(
    teams: TeamsStandIn, ana: TeamsUser, opened: Answered, conversation: FakeConversation
) -> None:
    for fault in (RuntimeError("broken"), UnavailableError("away")):
        conversation.fault = fault
        answer = await teams.hand_in(ana, opened, "Hand it in", {f"{CANARY} text": "Done."})
        assert answer.closing
        silent(teams)


async def test_an_old_button_and_what_is_none_are_told_so(
    teams: TeamsStandIn, ana: TeamsUser, conversation: FakeConversation
) -> None:
    for data in (
        {},
        {"action": "no-such-thing"},
        {"action": 4},
        {"action": f"reply-form|{ITEM}|x"},
    ):
        invoke = {"type": "invoke", "name": "task/fetch", "value": {"data": data}}
        answer = await teams.deliver(teams.activity(ana, **invoke))
        assert "too old" in Answered(status=answer.status_code, body=answer.json()).closing
    for invoke in (
        {"name": "task/fetch", "value": {}},
        {"name": "task/fetch", "value": {"data": "text"}},
        {"name": "task/submit"},
        {"name": "task/other", "value": {"data": {"action": f"reply-form|{ITEM}"}}},
        {"name": "composeExtension/fetchTask", "value": {"data": {}}},
    ):
        answer = await teams.deliver(teams.activity(ana, type="invoke", **invoke))
        assert (answer.status_code, answer.content) == (200, b"")
    assert conversation.commands == []
