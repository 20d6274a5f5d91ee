"""Every message as a card: pinned, valid, small, and without a word of mark-up from anybody."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.cards import has_card
from bot.conversation import Reader
from bot.registry import decode
from bot.teams.act_list import ACT, CHOSEN
from bot.teams.cards import plain
from bot.teams.draw import draw
from core.text import text
from governance.forms.messages import FormView
from governance.messages import Done, FeedbackForm, Message
from surveys.questions import Choice, FreeText, SingleChoice
from tests.bot.teams.samples import BRIEF, INVITATION, MEAN, MESSAGES, PAGE, TOLD
from tests.stand_ins.adaptive_cards import LARGEST, actions, elements, faults
from tests.stand_ins.teams import text_of, titles

GOLDEN = Path(__file__).parent / "golden"
READER = Reader(web_url="https://sounding.example.org")


def _card(message: Any, reader: Reader = READER) -> dict[str, Any]:
    drawn = draw(message, reader)
    assert drawn is not None
    return drawn.card


NATIVE = [name for name, message in MESSAGES.items() if not has_card(message)]
"""What a card says is looked at once for all platforms: ``tests/bot/cards``."""


@pytest.mark.parametrize("name", NATIVE)
def test_each_message_looks_as_it_was_last_approved(name: str) -> None:
    """``GOLDEN=write`` writes them anew; a reviewer reads the difference."""
    drawn = draw(MESSAGES[name], READER)
    assert drawn is not None
    seen = json.dumps({"summary": drawn.summary, "card": drawn.card}, indent=1, ensure_ascii=False)
    path = GOLDEN / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(seen + "\n", encoding="utf-8")
    assert seen + "\n" == path.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(NATIVE)


def test_every_kind_of_message_has_a_golden_file() -> None:
    kinds = {kind for kind in get_args(Message) if kind is not Done}
    assert kinds <= {type(message) for message in MESSAGES.values()}


@pytest.mark.parametrize("name", MESSAGES)
def test_each_card_is_one_that_teams_takes(name: str) -> None:
    assert faults(_card(MESSAGES[name])) == []


@pytest.mark.parametrize("name", MESSAGES)
def test_every_button_means_something_to_us(name: str) -> None:
    for action in actions(_card(MESSAGES[name])):
        if action.get("verb") == CHOSEN:
            (listed,) = (one for one in elements(_card(MESSAGES[name])) if one.get("id") == ACT)
            assert all(decode(choice["value"]) is not None for choice in listed["choices"])
        elif action["type"] == "Action.Execute":
            command = decode(action["data"]["action"])
            assert command is not None
            assert action["verb"] == action["data"]["action"].partition("|")[0]
            assert action["fallback"]["data"] == action["data"]


def test_nothing_to_show_is_not_a_card() -> None:
    assert draw(Done(), READER) is None


def test_a_card_speaks_the_readers_language_where_words_were_given_in_it() -> None:
    card = _card(INVITATION, replace(READER, locale="es-MX"))
    assert "¿Cómo está el Wi-Fi de su aula?" in text_of(card)
    assert card["lang"] == "es"


def test_dates_are_told_in_the_readers_zone() -> None:
    assert "Wednesday, December 2 at 5:00 PM" in text_of(_card(INVITATION))
    elsewhere = replace(READER, timezone="America/Denver")
    assert "Wednesday, December 2 at 4:00 PM" in text_of(_card(INVITATION, elsewhere))


# -- what a person typed stays words ------------------------------------------------------------


@pytest.mark.parametrize(
    "message",
    [
        replace(BRIEF, redacted=MEAN, queue_name=MEAN, answer=MEAN, history=((MEAN, MEAN, MEAN),)),
        replace(TOLD, said=MEAN, committee=MEAN, answer=MEAN, answered_by=MEAN),
        replace(INVITATION, title=text(MEAN), asked_by=text(MEAN), purpose=text(MEAN), inline=()),
        replace(
            PAGE,
            title=text(MEAN),
            questions=(
                SingleChoice(
                    key="q", prompt=text(MEAN), choices=(Choice(key="a", label=text(MEAN)),)
                ),
            ),
        ),
    ],
    ids=["brief", "told", "invitation", "page"],
)
def test_what_somebody_typed_never_becomes_markup(message: Message) -> None:
    card = _card(message)
    assert "msteams" not in card  # a mention needs an entity there
    assert "{{" not in json.dumps(card)
    for written in _read_as_markdown(card):
        assert "**" not in written
        assert "](" not in written
        assert "://" not in written
        assert "<at>" not in written


def _read_as_markdown(card: dict[str, Any]) -> list[str]:
    """The places of a card in which some client reads markdown (never a run or a label)."""
    found = [card["fallbackText"], *titles(card)]
    for one in elements(card):
        if one["type"] == "TextBlock":
            found.append(one["text"])
        if "errorMessage" in one:
            found.append(one["errorMessage"])
        found += [choice["title"] for choice in one.get("choices", [])]
    return found


@pytest.mark.parametrize(
    "written",
    ["1. one", "- one", "# one", "> one", "  * one", "www.evil.example", "a@evil.example"],
)
def test_a_title_is_broken_up_without_losing_a_letter(written: str) -> None:
    shown = plain(written)
    assert shown != written
    letters = [one for one in written if one.isalnum()]
    assert [one for one in shown if one.isalnum()] == letters


# -- forms --------------------------------------------------------------------------------------


def _inputs(card: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in elements(card) if one["type"].startswith("Input.")}


def test_each_kind_of_question_has_its_input() -> None:
    made = _inputs(_card(PAGE))
    assert made["field.device"]["style"] == "expanded"
    assert made["many.rooms"]["isMultiSelect"] is True
    assert len(made["field.wifi"]["choices"]) == 5
    assert made["field.recommend"]["style"] == "compact"
    assert {"rank.1.next", "rank.2.next"} <= set(made)
    assert not {"min", "max"} & set(made["field.hours"]), "the client would put 40 for 60, silently"
    assert made["field.more"]["isMultiline"] is True
    assert made["field.more"]["maxLength"] == 500


def test_only_required_questions_hold_the_button_back() -> None:
    required = {key: one["isRequired"] for key, one in _inputs(_card(PAGE)).items()}
    assert required["field.device"]
    assert not required["many.rooms"]
    assert not required["field.more"]


def test_what_was_answered_before_is_chosen_again() -> None:
    made = _inputs(_card(MESSAGES["question-page-given"]))
    assert made["field.device"]["value"] == "tablet"
    assert made["many.rooms"]["value"] == "gym,library"
    assert made["field.wifi"]["value"] == "4"
    assert made["rank.1.next"]["value"] == "training"
    assert made["field.hours"]["value"] == 3
    assert made["field.more"]["value"] == MEAN


def test_what_does_not_fit_is_kept_with_the_reason_above_its_input() -> None:
    card = _card(MESSAGES["question-page-rejected"])
    made = _inputs(card)
    assert made["many.rooms"]["value"] == "class,gym,library"
    assert made["rank.2.next"]["value"] == "wifi"
    assert "value" not in made["rank.1.next"]
    body = card["body"]
    place = next(i for i, one in enumerate(body) if one.get("id") == "many.rooms")
    (run,) = body[place - 1]["inlines"]
    assert run == {"type": "TextRun", "text": "Choose at most 2.", "color": "Attention"}


def test_leaving_a_form_is_never_held_back_by_it() -> None:
    card = _card(replace(PAGE, page=1))
    handing_in = {one["title"]: one.get("associatedInputs") for one in actions(card)}
    assert handing_in["Send my answers"] == "auto"
    assert handing_in["Back"] == "auto"
    assert not any(one["isRequired"] for one in _inputs(card).values())


def test_what_was_chosen_and_was_taken_away_meanwhile_is_not_chosen_any_more() -> None:
    form = MESSAGES["link-form-unfit"]
    assert isinstance(form, FormView)
    card = _card(replace(form, values={**form.values, "away": "goal:gone:1"}))
    assert faults(card) == []
    (away,) = (one for one in elements(card) if one.get("id", "").endswith("away"))
    assert "value" not in away


# -- size ---------------------------------------------------------------------------------------


def test_the_longest_message_still_fits() -> None:
    card = _card(replace(BRIEF, redacted="😀\n" * 20_000, answer="é" * 3000))
    assert faults(card) == []


def test_a_card_that_cannot_fit_leads_to_the_page_instead() -> None:
    questions = tuple(
        FreeText(key=f"q{number}", prompt=text("Why?"), longest=4000) for number in range(9)
    )
    page = replace(PAGE, questions=questions, raw={q.key: "x" * 4000 for q in questions}, given={})
    card = _card(page)
    assert len(json.dumps(card)) < LARGEST
    assert titles(card) == ["Open it on the web"]
    assert "too long for Teams" in text_of(card)


def test_an_empty_message_is_still_a_card() -> None:
    assert faults(_card(replace(BRIEF, redacted=""))) == []
    assert faults(_card(FeedbackForm())) == []
