"""From an activity to a command, where the endpoint's own tests do not reach."""

from __future__ import annotations

from typing import Any

import pytest

from bot.teams.activities import event_id, is_for_us, item_id, typed
from bot.teams.parse import fields, intent
from governance.docket.commands import GiveFeedback
from governance.home.commands import ShowHelp

CHAT: dict[str, Any] = {
    "type": "message",
    "id": "1",
    "from": {"id": "29:a"},
    "recipient": {"id": "28:bot"},
    "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "t"},
}


@pytest.mark.parametrize(
    ("data", "read"),
    [
        ({"field.text": "x", "action": "help", "timezone": "UTC"}, {"text": "x"}),
        ({"many.rooms": "gym,library"}, {"rooms": ("gym", "library")}),
        ({"many.rooms": ""}, {"rooms": ()}),
        # An empty place stays empty, so that the form can be shown again as it was.
        ({"rank.2.next": "b", "rank.1.next": ""}, {"next": ("", "b")}),
        ({"rank.1.a.b": "x"}, {"a.b": ("x",)}),
        (
            {"field.hours": 3.0, "field.share": 0.5, "field.on": True},
            {
                "hours": "3",
                "share": "0.5",
                "on": "true",
            },
        ),
        ({"field.odd": {"a": 1}, "field.none": None}, {"odd": "", "none": ""}),
        ({"rank.x.next": "a", "rank.0.next": "a", "rank.99999999999.next": "a"}, {}),
    ],
)
def test_inputs_are_read_by_their_ids(data: dict[str, Any], read: dict[str, Any]) -> None:
    assert fields(data) == read


def test_the_mention_of_the_bot_is_not_part_of_what_is_said() -> None:
    text = "<at>Sounding Board</at> ask <at>Ana</at> please&nbsp;now"
    mentions = [
        {"type": "mention", "text": "<at>Sounding Board</at>", "mentioned": {"id": "28:bot"}},
        {"type": "mention", "text": "<at>Ana</at>", "mentioned": {"id": "29:ana"}},
        "not an entity",
    ]
    assert typed(CHAT | {"text": text, "entities": mentions}) == "ask Ana please now"


def test_angle_brackets_that_are_no_mention_stay() -> None:
    assert typed(CHAT | {"text": "if a<b and c>d"}) == "if a<b and c>d"


def test_the_same_message_gives_the_same_item_and_another_one_another() -> None:
    first = intent(CHAT | {"text": "Slow Wi-Fi"})
    again = intent(CHAT | {"text": "Slow Wi-Fi"})
    other = intent(CHAT | {"text": "Slow Wi-Fi", "id": "2"})
    assert isinstance(first, GiveFeedback)
    assert isinstance(other, GiveFeedback)
    assert first == again
    assert first.item_id != other.item_id
    elsewhere = {"id": "a:2", "conversationType": "personal", "tenantId": "t"}
    assert item_id(CHAT) != item_id(CHAT | {"conversation": elsewhere})


def test_an_event_is_named_by_tenant_conversation_and_id() -> None:
    assert event_id(CHAT) == "teams:t:a:1:1"
    assert event_id(CHAT | {"id": None}) is None


def test_a_word_within_a_sentence_is_not_a_wish_for_help() -> None:
    assert isinstance(intent(CHAT | {"text": "help me with the printer"}), GiveFeedback)
    assert intent(CHAT | {"text": "HELP"}) == ShowHelp()


def test_a_bots_words_are_not_heard_but_its_removal_is() -> None:
    bot = CHAT | {"from": {"id": "28:bot"}}
    assert not is_for_us(bot | {"text": "hi"})
    assert is_for_us(bot | {"type": "conversationUpdate"})
