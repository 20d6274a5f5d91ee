"""Buttons and modals: what a press or a form means, and where the answer appears."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from bot.conversation import Reader
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_message
from core.people import Audience, Level, Role
from core.text import Text
from governance.announcements.checked import state_of
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    SendAnnouncement,
    WriteAnnouncement,
)
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    GiveFeedback,
    MoveItem,
)
from governance.feedback.model import ItemState, Naming
from governance.forms.commands import Open
from governance.messages import AnnouncementDrafted, AnswerForm, Refused, SignInLink
from governance.people.ways_in import AskSignInLink
from governance.redaction.put_back import PutBack
from surveys.commands import AnswerPage, DeclineWave, ShowPage
from surveys.messages import Answered, Rejected
from surveys.questions import Choice, Question, Unfit
from tests.bot.samples.change import CHOICES
from tests.bot.samples.forms import announcement_form
from tests.bot.slack.conftest import Said, Talk
from tests.bot.slack.samples import (
    CHANGE,
    COMMENT,
    DEVICE,
    HOSTILE,
    ITEM,
    NEWS,
    PRIORITIES,
    SAMPLES,
    WAVE,
    WIFI,
    brief,
    invitation,
    page,
)
from tests.bot.slack.test_home import TEACHER as HOME_TAB
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.slack_api import posted
from tests.stand_ins.slack_world import Json, refused, throttled

LOOKED = PutBack(seen="")
"""Its author is there to be asked."""


def shown(slack: SlackStandIn, where: str, message: Said) -> Json:
    """A message of ours that stands in a conversation, as delivered before."""
    channel = slack.world.conversation(where)
    assert channel is not None
    body = draw_message(message, pen_for(Reader(web_url="https://s.example"), uuid4()))
    return posted(slack.world, channel, body)


# -- surveys in the message ---------------------------------------------------------------------


async def test_a_short_survey_is_answered_inside_its_message(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    asked = shown(slack, teacher, invitation(inline=(WIFI, DEVICE, PRIORITIES, COMMENT)))
    talk.answers(SAMPLES["answered"])
    filled = {
        "How is your classroom Wi-Fi?": "4",
        "device": "Tablet",
        "priorities": ["training", "wi-fi", "support"],
        "comment": "Room 12 <b>",
    }
    await slack.click(teacher, asked, "Answer", filled)
    assert talk.commands == [
        AnswerPage(
            wave_id=WAVE,
            page=0,
            answers={
                "wifi": "4",
                "device": "tablet",
                "priorities": ("training", "wi-fi", "support"),
                "comment": "Room 12 <b>",
            },
        )
    ]
    (message,) = slack.from_app(teacher)
    assert "are saved" in texts(message)
    assert "Room 12" not in texts(message)


@pytest.mark.parametrize(
    ("question", "words", "answers"),
    [(WIFI, "1 – Very poor", {"wifi": "1"}), (DEVICE, "Tablet", {"device": "tablet"})],
)
async def test_one_question_is_answered_with_one_tap(
    slack: SlackStandIn,
    talk: Talk,
    teacher: str,
    question: Question,
    words: str,
    answers: dict[str, str],
) -> None:
    asked = shown(slack, teacher, invitation(inline=(question,), question_count=1))
    assert not [block for block in asked["blocks"] if block["type"] == "input"]
    talk.answers(SAMPLES["answered"])
    await slack.click(teacher, asked, words)
    assert talk.commands == [AnswerPage(wave_id=WAVE, page=0, answers=answers)]
    (message,) = slack.from_app(teacher)
    assert "are saved" in texts(message)
    assert "Change my answers" in texts(message)


def test_a_question_whose_choices_a_phone_would_cut_is_asked_in_full() -> None:
    long = replace(DEVICE, choices=(*DEVICE.choices, Choice(key="x", label=Text(default="x" * 31))))
    many = replace(
        DEVICE,
        choices=tuple(Choice(key=f"k{n}", label=Text(default=f"K {n}")) for n in range(12)),
    )
    for question in (long, many, COMMENT, PRIORITIES):
        drawn = draw_message(invitation(inline=(question,)), pen_for(Reader(), uuid4()))
        assert [block for block in drawn["blocks"] if block["type"] == "input"]
        assert "Answer" in texts(drawn)


async def test_what_does_not_fit_is_said_in_a_window_and_no_message_keeps_what_was_typed(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    asked = shown(slack, teacher, invitation(inline=(WIFI, COMMENT)))
    form = page(questions=(WIFI, COMMENT), raw={"comment": HOSTILE})
    talk.answers(Rejected(unfit={"wifi": Unfit(why="Please choose one.")}, page=form))
    await slack.click(teacher, asked, "Answer", {"comment": HOSTILE})
    assert slack.from_app(teacher) == [asked]
    assert "channel" not in texts(asked)
    window = slack.modal(teacher)
    assert window is not None
    assert "Please choose one." in texts(window)
    inputs = {b["block_id"][-7:]: b["element"] for b in window["blocks"] if b["type"] == "input"}
    assert inputs["comment"]["initial_value"] == HOSTILE
    talk.answers(SAMPLES["answered"])
    await slack.submit(teacher, {"wifi": "2"})
    command = talk.commands[-1]
    assert isinstance(command, AnswerPage)
    assert command.answers == {"wifi": "2", "comment": HOSTILE}


async def test_no_thank_you_takes_the_place_of_the_question(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    asked = shown(slack, teacher, invitation(inline=(WIFI,)))
    talk.answers(SAMPLES["declined"])
    await slack.click(teacher, asked, "No, thank you")
    assert talk.commands == [DeclineWave(wave_id=WAVE)]
    (message,) = slack.from_app(teacher)
    assert "We will not remind you" in texts(message)


# -- surveys in a modal -------------------------------------------------------------------------


async def test_a_long_survey_goes_page_by_page_and_back(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    asked = shown(slack, teacher, invitation(question_count=9))
    talk.answers(page(pages=2, questions=(WIFI, COMMENT)))
    await slack.click(teacher, asked, "Answer")
    talk.answers(page(page=1, pages=2, questions=(DEVICE,)))
    await slack.submit(teacher, {"wifi": "5"})
    second = slack.modal(teacher)
    assert second is not None
    assert "Page 2 of 2." in texts(second)
    talk.answers(page(pages=2, questions=(WIFI, COMMENT), given={"wifi": 5}))
    await slack.click(teacher, second, "Back", {"device": "Tablet"})
    first = slack.modal(teacher)
    assert first is not None
    assert "Page 1 of 2." in texts(first)
    talk.answers(SAMPLES["answered"])
    await slack.submit(teacher)
    assert talk.commands == [
        ShowPage(wave_id=WAVE),
        AnswerPage(wave_id=WAVE, page=0, answers={"wifi": "5", "comment": ""}),
        AnswerPage(wave_id=WAVE, page=1, answers={"device": "tablet"}, back=True),
        AnswerPage(wave_id=WAVE, page=0, answers={"wifi": "5", "comment": ""}),
    ]
    thanks = slack.modal(teacher)
    assert thanks is not None
    assert "are saved" in texts(thanks)
    assert "submit" not in thanks or not [b for b in thanks["blocks"] if b["type"] == "input"]


def _primary(message: Json) -> list[str]:
    """The main buttons of a message."""
    elements = [e for block in message["blocks"] for e in block.get("elements", ())]
    return [e["text"]["text"] for e in elements if e.get("style") == "primary"]


async def test_what_is_done_in_a_window_settles_the_message_that_it_was_opened_from(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    for asks, form, press, fields, done, said in (
        (invitation(question_count=9), page(questions=(COMMENT,)), "Answer", {"comment": "Yes"},
         SAMPLES["answered"], "are saved"),
        (SAMPLES["reply_form"], SAMPLES["reply_form"], "Reply", {"text": "Room 12"},
         SAMPLES["reply_kept"], "Your reply goes to"),
    ):  # fmt: skip
        asked = shown(slack, teacher, asks)
        assert _primary(asked) == [press]
        talk.answers(form)
        await slack.click(teacher, asked, press)
        talk.answers(done)
        await slack.submit(teacher, fields)
        assert said in texts(asked)
        assert _primary(asked) == [], "it does not ask for what is done"
    assert slack.calls("chat.update") == [], "7,000 of them would take hours"


async def test_a_message_about_something_else_stays_as_it_is(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    asked = shown(slack, teacher, invitation(question_count=9))
    talk.answers(page(questions=(COMMENT,)))
    await slack.click(teacher, asked, "Answer")
    answered = SAMPLES["answered"]
    assert isinstance(answered, Answered)
    talk.answers(replace(answered, wave_id=uuid4()))
    await slack.submit(teacher, {"comment": "Yes"})
    assert _primary(asked) == ["Answer"]


async def test_a_press_that_is_too_old_to_settle_its_message_still_thanks(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    asked = shown(slack, teacher, invitation(question_count=9))
    talk.answers(page(questions=(COMMENT,)))
    await slack.click(teacher, asked, "Answer")
    for hook in slack.world.hooks.values():
        hook["until"] = 0
    talk.answers(SAMPLES["answered"])
    await slack.submit(teacher, {"comment": "Yes"})
    thanks = slack.modal(teacher)
    assert thanks is not None
    assert "are saved" in texts(thanks)
    assert slack.ephemeral(teacher) == []


async def test_a_request_that_was_decided_elsewhere_is_settled_by_its_next_press(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    asked = shown(slack, teacher, SAMPLES["approval_asked"])
    (press,) = _primary(asked)
    talk.answers(SAMPLES["approval_approved"])
    await slack.click(teacher, asked, press)
    assert _primary(asked) == []


async def test_errors_stand_beside_their_inputs_and_the_next_try_counts(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(page(questions=(WIFI, PRIORITIES, COMMENT)))
    await slack.click(teacher, shown(slack, teacher, SAMPLES["invitation_modal"]), "Answer")
    unfit = {
        "priorities": Unfit(why="Each may be chosen once."),
        "gone": Unfit(why="This question is gone."),
    }
    talk.answers(Rejected(unfit=unfit))
    answer = await slack.submit(teacher, {"wifi": "1", "priorities": ["wi-fi", "wi-fi", "support"]})
    errors = answer.json()["errors"]
    assert sorted(errors.values()) == ["Each may be chosen once.", "This question is gone."]
    assert {block_id.rpartition("|")[2] for block_id in errors} == {"wifi", "priorities"}
    talk.answers(SAMPLES["answered"])
    again = await slack.submit(
        teacher, {"wifi": "1", "priorities": ["wi-fi", "training", "support"]}
    )
    assert again.json()["response_action"] == "update"
    assert len(talk.commands) == 3


@pytest.mark.parametrize("fault", [throttled(30), refused("expired_trigger_id")])
async def test_a_modal_that_slack_does_not_open_is_a_link_to_the_web(
    slack: SlackStandIn, talk: Talk, teacher: str, fault: object
) -> None:
    asked = shown(slack, teacher, SAMPLES["invitation_modal"])
    link = SignInLink(token="once.only", minutes=15)  # not a password
    talk.answering = lambda command: link if command == AskSignInLink() else page()
    slack.fail("views.open", fault)  # type: ignore[arg-type]
    await slack.click(teacher, asked, "Answer")
    (aside,) = slack.ephemeral(teacher)
    assert (
        "https://soundingboard.example.org/signin?token=once.only"
        f"&next=%2Fsurveys%2F{WAVE}" in str(aside["blocks"])
    )
    assert "This link works once, for 15 minutes." in texts(aside)
    assert aside["unfurl_links"] is False
    assert len(slack.from_app(teacher)) == 1


async def test_who_comes_in_with_the_districts_account_gets_the_page_itself(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    asked = shown(slack, teacher, SAMPLES["invitation_modal"])
    link = SignInLink(token=None, minutes=0)
    talk.answering = lambda command: link if command == AskSignInLink() else page()
    slack.fail("views.open", throttled(30))
    await slack.click(teacher, asked, "Answer")
    (aside,) = slack.ephemeral(teacher)
    assert f"https://soundingboard.example.org/surveys/{WAVE}" in str(aside["blocks"])


async def test_what_is_no_form_comes_as_a_message_where_no_view_opens(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(HOME_TAB)
    await slack.open_home(teacher)
    talk.answers(SAMPLES["notice"])
    slack.fail("views.open", throttled(30))
    await slack.click(teacher, slack.home(teacher) or {}, "Read it")
    (message,) = slack.from_app(teacher)
    assert CHANGE.what.default in texts(message)


async def test_two_presses_at_once_leave_the_newer_view(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(page(page=1, pages=2, questions=(WIFI,)))
    await slack.click(teacher, shown(slack, teacher, SAMPLES["invitation_modal"]), "Answer")
    old = slack.modal(teacher)
    assert old is not None
    talk.answers(page(pages=2, questions=(COMMENT,)))
    await slack.click(teacher, old, "Back")
    newer = slack.modal(teacher)
    assert newer is not None
    assert "Page 1 of 2." in texts(newer)
    talk.answers(page(page=1, pages=2, questions=(WIFI,)))
    assert (await slack.click(teacher, old, "Back")).status_code == 200
    assert slack.modal(teacher) == newer
    assert slack.from_app(teacher)[1:] == [], "nothing is said about it either"


# -- announcements ------------------------------------------------------------------------------


async def test_having_read_a_notice_keeps_its_words_and_takes_its_button(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    notice = shown(slack, teacher, SAMPLES["notice"])
    talk.answers(SAMPLES["notice_read"])
    await slack.click(teacher, notice, "I have read this")
    assert talk.commands == [AcknowledgeAnnouncement(announcement_id=NEWS)]
    (message,) = slack.from_app(teacher)
    assert CHANGE.what.default in texts(message)
    assert "You confirmed this on Wednesday, November 25 at 3:40 PM." in texts(message)
    assert not [b for b in message["blocks"] if b["type"] == "actions"]


async def test_an_announcement_is_written_looked_at_changed_and_scheduled(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(SAMPLES["announcement_form"])
    await slack.command(teacher, "announce")
    talk.answers(SAMPLES["announcement_drafted"])
    words = {"title": "New Wi-Fi", "what": "a", "why": "b", "when": "c", "who": "d", "action": "e"}
    await slack.submit(teacher, {**words, "levels": ["high"], "roles": ["Teachers"]})
    written = talk.commands[-1]
    assert isinstance(written, WriteAnnouncement)
    assert {k: v for k, v in written.words.items() if v} == words
    assert written.audience.levels == {Level.HIGH}
    assert written.audience.roles == {Role.TEACHER}
    draft = slack.modal(teacher)
    assert draft is not None
    assert "It reaches 7,000 people." in texts(draft)
    talk.answers(SAMPLES["announcement_form_filled"])
    await slack.click(teacher, draft, "Change it")
    talk.answers(SAMPLES["announcement_drafted"])
    await slack.submit(teacher, words)
    talk.answers(SAMPLES["announcement_scheduled"])
    at = datetime(2026, 12, 2, 14, 0, tzinfo=UTC)
    await slack.submit(teacher, {"Send at": int(at.timestamp())})
    shown = SAMPLES["announcement_drafted"]
    assert isinstance(shown, AnnouncementDrafted)
    assert talk.commands[-1] == SendAnnouncement(
        announcement_id=NEWS, at=at, checked=state_of(shown.announcement)
    )
    done = slack.modal(teacher)
    assert done is not None
    assert "goes out to 7,000 people" in texts(done)


async def test_a_draft_goes_to_buildings_committees_and_lists_and_to_late_joiners(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    """Also of more buildings than a menu of Slack's has options."""
    many = tuple((f"b-{number}", f"School {number}") for number in range(120))
    choices = replace(CHOICES, buildings=many)
    talk.answers(announcement_form(NEWS, choices=choices))
    await slack.command(teacher, "announce")
    talk.answers(SAMPLES["announcement_drafted"])
    words = {"title": "New Wi-Fi", "what": "a", "why": "b", "when": "c", "who": "d", "action": "e"}
    chosen = {
        "buildings": ["School 3", "School 119"],
        "committees": ["network"],
        "lists": ["Who uses PowerSchool"],
        "joiners_until": "2026-12-18",
    }
    await slack.submit(teacher, words | chosen)
    written = talk.commands[-1]
    assert isinstance(written, WriteAnnouncement)
    assert written.audience == Audience(
        buildings=frozenset({"b-3", "b-119"}),
        committees=frozenset({"network"}),
        lists=frozenset({"powerschool"}),
    )
    assert written.joiners_until == date(2026, 12, 18)


async def test_an_unreadable_time_is_not_now(slack: SlackStandIn, talk: Talk, teacher: str) -> None:
    talk.answers(SAMPLES["announcement_drafted"])
    await slack.command(teacher, "announce")
    before = len(talk.commands)
    answer = await slack.submit(teacher, {"Send at": 10**12})
    assert list(answer.json()["errors"].values()) == ["Enter a day and a time."]
    assert len(talk.commands) == before


# -- feedback and the committee -----------------------------------------------------------------


async def test_the_form_says_who_speaks(slack: SlackStandIn, talk: Talk, teacher: str) -> None:
    talk.answers(SAMPLES["feedback_form"])
    await slack.shortcut(teacher)
    talk.answers(SAMPLES["feedback_received_named"])
    await slack.submit(teacher, {"text": "Slow <b>", "naming": "With my name"})
    given = talk.commands[-1]
    assert isinstance(given, GiveFeedback)
    assert (given.text, given.naming) == ("Slow <b>", Naming.NAMED)


async def test_a_brief_is_acknowledged_in_its_place(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    channel = slack.add_channel("connected-classrooms")
    standing = {**shown(slack, channel, brief()), "channel": channel}
    talk.answers(brief(state=ItemState.ACKNOWLEDGED))
    await slack.click(teacher, standing, "Acknowledge")
    assert talk.commands == [AcknowledgeItem(item_id=ITEM)]
    (message,) = slack.messages(channel)
    assert "Acknowledged." in texts(message)
    assert slack.calls("chat.update") == []


async def test_an_answer_from_a_modal_brings_the_brief_up_to_date(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    channel = slack.add_channel("connected-classrooms")
    standing = {**shown(slack, channel, brief()), "channel": channel}
    talk.answers(SAMPLES["answer_form"])
    await slack.click(teacher, standing, "Answer")
    talk.answers(brief(state=ItemState.ANSWERED, answer="We mend it.", can_answer=False))
    answer = await slack.submit(teacher, {"text": "We mend it."})
    assert answer.json() == {"response_action": "clear"}
    assert talk.commands[-1] == AnswerItem(item_id=ITEM, text="We mend it.")
    (message,) = slack.messages(channel)
    assert "We mend it." in texts(message)


async def test_where_the_brief_cannot_be_changed_its_answerer_sees_it(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    channel = slack.add_channel("connected-classrooms")
    standing = {**shown(slack, channel, brief()), "channel": channel}
    talk.answers(SAMPLES["move_form"])
    await slack.click(teacher, standing, "Move")
    assert talk.commands == [Open(of=MoveItem(item_id=ITEM))]
    talk.answers(brief(can_answer=False))
    slack.fail("chat.update", throttled(30))
    await slack.submit(teacher, {"to": "Devices", "why": "Laptops"})
    assert talk.commands[-1] == MoveItem(item_id=ITEM, to="devices", why="Laptops", put_back=LOOKED)
    assert "It is no longer here." in texts(slack.ephemeral(teacher)[0])


async def test_triage_moves_with_one_press(slack: SlackStandIn, talk: Talk, teacher: str) -> None:
    channel = slack.add_channel("triage")
    standing = {**shown(slack, channel, SAMPLES["brief_triage"]), "channel": channel}
    talk.answers(brief(can_answer=False))
    await slack.click(teacher, standing, "To Devices")
    assert talk.commands == [MoveItem(item_id=ITEM, to="devices", put_back=LOOKED)]


async def test_a_refusal_in_a_channel_is_seen_by_one_person(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    channel = slack.add_channel("connected-classrooms")
    standing = {**shown(slack, channel, brief()), "channel": channel}
    talk.answers(Refused(why=Unfit(why="Only the committee may do this.")))
    await slack.click(teacher, standing, "Acknowledge")
    assert "Only the committee may do this." in texts(slack.ephemeral(teacher)[0])
    (message,) = slack.messages(channel)
    assert "edited" not in message


# -- repetitions, hostility, faults ---------------------------------------------------------------


async def test_the_same_press_delivered_twice_shows_one_answer(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    asked = shown(slack, teacher, SAMPLES["wave_launched"])
    talk.answers(SAMPLES["results"])
    await slack.click(teacher, asked, "Show results")
    request = slack.delivered[-1]
    await slack.deliver(*request)
    assert len(talk.commands) == 1
    assert len(slack.from_app(teacher)) == 2


async def test_a_token_that_is_not_ours_does_nothing(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    asked = shown(slack, teacher, SAMPLES["notice"])
    for block in asked["blocks"]:
        for element in block.get("elements", ()):
            if element.get("type") == "button":
                element["value"] = f"close-everything|{WAVE}"
    assert (await slack.click(teacher, asked, "I have read this")).status_code == 200
    assert talk.heard == []


async def test_our_fault_in_a_modal_keeps_what_was_typed(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(SAMPLES["feedback_form"])
    await slack.shortcut(teacher)
    talk.failure = RuntimeError("the disk is full")
    answer = await slack.submit(teacher, {"text": "hear me"})
    (said,) = answer.json()["errors"].values()
    assert "What you sent was not saved" in said
    assert slack.modal(teacher) is not None


async def test_an_answer_that_came_second_stays_in_the_window_with_the_one_that_stands(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    told = shown(slack, teacher, SAMPLES["brief_new"])
    talk.answers(SAMPLES["answer_form"])
    await slack.click(teacher, told, "Answer")
    talk.answers(AnswerForm(item_id=ITEM, redacted="", text="Mine", standing="Theirs", over=ITEM))
    answer = await slack.submit(teacher, {"text": "Mine"})
    assert answer.json()["response_action"] == "update"
    window = slack.modal(teacher)
    assert window is not None
    assert "Theirs" in texts(window)
    (typed,) = [b["element"] for b in window["blocks"] if b["type"] == "input"]
    assert typed["initial_value"] == "Mine"
    talk.answers(SAMPLES["brief_new"])
    await slack.submit(teacher, {})
    assert talk.commands[-1] == AnswerItem(item_id=ITEM, text="Mine", over=ITEM)


async def test_our_fault_behind_a_button_is_said_to_who_pressed_it(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    notice = shown(slack, teacher, SAMPLES["notice"])
    talk.failure = RuntimeError("the disk is full")
    pressed = await slack.click(teacher, notice, "I have read this")
    assert pressed.status_code == 500, "Slack marks the button: what comes after may be lost"
    assert "What you sent was not saved" in texts(slack.ephemeral(teacher)[0])
    assert "edited" not in slack.from_app(teacher)[0]


async def test_a_response_url_that_is_not_slacks_is_not_called(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    notice = shown(slack, teacher, SAMPLES["notice"])
    talk.answers(SAMPLES["notice_read"])
    real, slack.base_url = slack.base_url, "http://127.0.0.1:9"
    try:
        answer = await slack.click(teacher, notice, "I have read this")
    finally:
        slack.base_url = real
    assert answer.status_code == 200
    assert slack.calls("response_url") == []


def test_a_committees_question_is_told_from_the_authors_own_words() -> None:
    for name in ("told_asked", "reply_form"):
        drawn = draw_message(SAMPLES[name], pen_for(Reader(), uuid4()))
        assert "Connected Classrooms asks:" in texts(drawn), name


async def test_of_a_picture_is_said_that_it_is_not_taken_and_what_was_kept(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    picture = {"subtype": "file_share", "files": [{"id": "F1", "mimetype": "image/png"}]}
    talk.answers(SAMPLES["feedback_received"])
    await slack.dm(teacher, "The projector shows this.", **picture)
    (answer,) = slack.from_app(teacher)
    assert "Thank you. We have your message." in texts(answer)
    assert "your words are kept, the file is not" in texts(answer)
    talk.answers(SAMPLES["help"])
    await slack.dm(teacher, "", **picture)
    *_, answer = slack.from_app(teacher)
    assert "so yours was not kept. Please tell me in words what it" in texts(answer)
    assert "What you can do here" not in texts(answer), "no list of what else could be done"
