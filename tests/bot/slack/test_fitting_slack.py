"""What Slack has room for: words cut where they may be, objections where they may not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Reader
from bot.slack.blocks import chunks, cut, escaped, pen_for
from bot.slack.draw import draw_message, draw_modal
from bot.slack.forms import errors_beside, field_of, fields_of
from bot.slack.objections import objections
from bot.slack.packaging import manifest as slack_manifest
from bot.slack.parse import plain_words
from bot.slack.parse_command import SEND_ON, TELL
from core.text import text
from surveys.authoring.presets import AGREEMENT
from surveys.questions import (
    Choice,
    FreeText,
    Matrix,
    Number,
    Ranking,
    Scale,
    SingleChoice,
    Statement,
)
from surveys.survey import Page, Survey
from tests.bot.samples.kind import platform_survey
from tests.bot.slack.samples import EVERY_QUESTION, FRESH, invitation, page
from tests.stand_ins.slack_blocks import message_faults, view_faults

ROOT = Path(__file__).parents[3]
PEN = pen_for(Reader(web_url="https://soundingboard.example.org"), FRESH)


def survey(*pages: Page) -> Survey:
    return Survey(key="s", title=text("S"), asked_by=text("CTO"), purpose=text("P"), pages=pages)


def choices(n: int, label: str = "Choice") -> tuple[Choice, ...]:
    return tuple(Choice(key=f"c-{i}", label=text(f"{label} {i}")) for i in range(n))


# -- objections -------------------------------------------------------------------------------


def test_what_fits_is_not_objected_to() -> None:
    usual = tuple(q for q in EVERY_QUESTION if q.key != "topics")
    assert objections(survey(Page(questions=usual[:5]))) == ()


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (SingleChoice(key="q", prompt=text("?"), choices=choices(2, "x" * 80)), "75 characters"),
        (SingleChoice(key="q", prompt=text("?"), choices=choices(101)), "100 choices"),
        (FreeText(key="q", prompt=text("?"), longest=4000), "3,000 characters"),
        (Number(key="q", prompt=text("x" * 2001)), "2,000 characters"),
        (Number(key="q", prompt=text("?", es="x" * 2001)), "2,000 characters"),
        (
            SingleChoice(
                key="q", prompt=text("?"), choices=(Choice(key="k" * 151, label=text("x")),)
            ),
            "150 characters",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_question(question: object, says: str) -> None:
    (said,) = objections(survey(Page(questions=(question,))))  # type: ignore[arg-type]
    assert said.startswith("q: ")
    assert says in said


def test_a_page_with_too_many_inputs_is_objected_to() -> None:
    many = tuple(Scale(key=f"q{n}", prompt=text("?")) for n in range(40))
    (said,) = objections(survey(Page(questions=many[:2]), Page(questions=many)))
    assert said.startswith("Page 2 ")


def test_a_form_that_does_not_fit_is_never_cut_but_a_link_to_the_web() -> None:
    many = tuple(Scale(key=f"q{n}", prompt=text("?")) for n in range(110))
    view = draw_modal(page(questions=many), PEN)
    assert view_faults(view) == []
    assert not [b for b in view["blocks"] if b["type"] == "input"]
    assert "https://soundingboard.example.org/surveys/" in json.dumps(view)


def test_a_short_survey_that_does_not_fit_a_message_is_asked_in_a_modal() -> None:
    ranks = Ranking(key="r", prompt=text("?"), choices=choices(60), top=60)
    message = draw_message(invitation(inline=(ranks,)), PEN)
    assert message_faults(message) == []
    assert "page|" in json.dumps(message)
    assert not [b for b in message["blocks"] if b["type"] == "input"]


@pytest.mark.parametrize("n", [1, 10, 11, 100, 101, 250])
def test_any_number_of_choices_can_be_chosen_from(n: int) -> None:
    view = draw_modal(
        page(questions=(SingleChoice(key="q", prompt=text("?"), choices=choices(n)),)), PEN
    )
    assert view_faults(view) == []
    assert json.dumps(view).count('"c-') == n


# -- words ------------------------------------------------------------------------------------


@given(st.text(), st.integers(10, 200))
def test_cut_text_fits_and_says_that_it_was_cut(words: str, most: int) -> None:
    short = cut(words, most)
    assert len(short) <= most
    assert short == words or short.endswith("…")


def test_text_is_cut_between_words() -> None:
    assert cut("one two three four", 12) == "one two…"


@given(st.text(alphabet="ab ", max_size=9000))
def test_long_text_goes_on_in_the_next_block_with_no_word_lost(words: str) -> None:
    parts = chunks(words)
    assert all(0 < len(part) <= 2800 for part in parts)
    assert "".join("".join(parts).split()) == "".join(words.split()) or parts == ["–"]


@given(st.text())
def test_nothing_in_an_escaped_text_is_markup(words: str) -> None:
    safe = escaped(words)
    assert "<" not in safe
    assert ">" not in safe


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("see <https://x.example|x.example>", "see x.example"),
        ("see <https://x.example>", "see https://x.example"),
        ("mail <mailto:a@x.example|a@x.example>", "mail a@x.example"),
        ("ask <@U123|rivera> or <@U124>", "ask @rivera or @…"),
        ("in <#C123|general>", "in #general"),
        ("<!channel> look", "@channel look"),
        ("<!subteam^S1|@it-team> look", "@it-team look"),
    ],
)
def test_what_was_typed_is_read_without_slacks_markup(typed: str, meant: str) -> None:
    assert plain_words(typed) == meant


# -- forms ------------------------------------------------------------------------------------


def test_ranks_become_one_answer_in_order() -> None:
    def chosen(value: str | None) -> object:
        return {"a": {"type": "static_select", "selected_option": value and {"value": value}}}

    state = {
        "in|x|2|r": chosen("second"),
        "in|x|1|r": chosen("first"),
        "in|x|3|r": chosen(None),
        "in|x|0|odd|key": {"a": {"type": "plain_text_input", "value": "typed"}},
        "b|x|4": chosen("not a field"),
    }
    assert fields_of({"values": state}) == {"r": ("first", "second"), "odd|key": "typed"}


@pytest.mark.parametrize(
    "state",
    [
        None,
        [],
        {"values": 1},
        {"values": {"in|x|0|k": 1}},
        {"values": {"in|x|0|k": {"a": None}}},
        {"values": {"in|x|0|k": {"a": {"selected_options": 7}}}},
        {"values": {"in|x|0|k": {"a": {"selected_options": [None]}}}},
        {"values": {"in|x|0|k": {"a": {"selected_date_time": "soon"}}}},
    ],
)
def test_a_strange_state_is_read_as_something_that_does_not_fit(state: object) -> None:
    assert set(fields_of(state)) <= {"k"}


def test_a_reason_without_an_input_is_not_lost() -> None:
    view = [
        {"type": "rich_text", "block_id": "b|x|0"},
        {"type": "input", "block_id": "in|x|0|a"},
        {"type": "input", "block_id": "in|x|0|b"},
    ]
    assert errors_beside({"b": "Why b.", "gone": "Why not."}, view) == {
        "in|x|0|b": "Why b.",
        "in|x|0|a": "Why not.",
    }
    assert errors_beside({"b": "Why."}, []) == {}


def test_only_our_block_ids_are_fields() -> None:
    assert field_of("in|x|0|key") == ("key", 0)
    assert [field_of(i) for i in ("in|x|0|", "in|x|y|k", "b|x|0|k", 7, None, "")] == [None] * 6


# -- the manifest -----------------------------------------------------------------------------


def test_the_manifest_that_is_written_for_a_district_leads_there_and_is_what_slack_takes() -> None:
    committed = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    assert slack_manifest() == committed
    made = slack_manifest("https://board.schools.example.org")
    schema = ROOT / "tests" / "data" / "schemas" / "slack-manifest.2.0.0.json"
    jsonschema.validate(made, json.loads(schema.read_text(encoding="utf-8")))
    written = json.dumps(made)
    assert written.count("https://board.schools.example.org/slack/events") == 3
    assert "soundingboard.example.org" not in written
    with pytest.raises(ValueError, match="https"):
        slack_manifest("http://127.0.0.1:8080")


def test_the_manifest_is_what_slack_takes_and_what_we_listen_to() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    schema = ROOT / "tests" / "data" / "schemas" / "slack-manifest.2.0.0.json"
    jsonschema.validate(manifest, json.loads(schema.read_text(encoding="utf-8")))
    features, wired = manifest["features"], manifest["settings"]
    assert features["app_home"]["messages_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"]
    assert {s["callback_id"]: s["type"] for s in features["shortcuts"]} == {
        TELL: "global",
        SEND_ON: "message",
    }
    assert {
        features["slash_commands"][0]["url"],
        wired["event_subscriptions"]["request_url"],
        wired["interactivity"]["request_url"],
    } == {"https://soundingboard.example.org/slack/events"}
    assert set(wired["event_subscriptions"]["bot_events"]) == {
        "app_home_opened", "app_uninstalled", "message.im", "team_join", "tokens_revoked",
        "user_change",
    }  # fmt: skip
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    assert {"chat:write", "commands", "im:history", "im:write", "users:read.email"} <= scopes


def test_a_page_of_too_many_statements_is_named_and_the_example_of_every_kind_fits() -> None:
    statements = tuple(Statement(key=f"s{n}", label=text(f"Statement {n}")) for n in range(10))
    matrices = [
        Matrix(key=f"m{n}", prompt=text("Agree?"), statements=statements, labels=AGREEMENT)
        for n in range(5)
    ]
    too_long = replace(platform_survey(), pages=(Page(questions=tuple(matrices)),))
    (said,) = objections(too_long)
    assert said.startswith("Page 1 has too many fields for Slack")
    assert objections(platform_survey()) == ()


def test_words_of_a_point_that_are_cut_are_named() -> None:
    labels = {1: text("Never"), 5: text("Always, and then " + "again and " * 7)}
    long = Scale(key="often", prompt=text("How often?"), labels=labels)
    survey = replace(platform_survey(), pages=(Page(questions=(long,)),))
    (said,) = objections(survey)
    assert said == "often: Slack shortens the words for a point to 70 characters."
