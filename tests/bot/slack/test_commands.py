"""Words after the slash command, and the shortcut in a message's menu: what they bring up."""

from __future__ import annotations

from dataclasses import replace

from governance.chat.model import Converse, HoldWords, Intent
from governance.docket.commands import GiveFeedback, ShowFeedbackForm
from governance.feedback.model import Whose
from governance.home.commands import HomePart, ShowHome
from governance.messages import FeedbackForm
from governance.waves.my_surveys import ShowMySurveys
from tests.bot.slack.conftest import Talk
from tests.bot.slack.samples import SAMPLES
from tests.bot.slack.test_home import CHAIR, NOBODY, TEACHER
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.slack_api import posted
from tests.stand_ins.slack_blocks import message_faults
from tests.stand_ins.slack_world import throttled

# -- the slash command ----------------------------------------------------------------------------


async def test_home_shows_what_waits_and_nothing_else(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(replace(TEACHER, part=HomePart.WAITING))
    answer = await slack.command(teacher, "home")
    assert talk.commands == [ShowHome(part=HomePart.WAITING)]
    shown = answer.json()
    assert shown["response_type"] == "ephemeral"
    assert message_faults(shown) == []
    assert "No, thank you" in texts(shown)
    assert "We found it." not in texts(shown), "what they said is on the tab, not in this answer"
    talk.answers(replace(NOBODY, part=HomePart.WAITING))
    assert "Nothing is waiting for you." in texts((await slack.command(teacher, "Inicio ")).json())


async def test_what_waits_is_answered_from_there(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(replace(TEACHER, part=HomePart.WAITING))
    await slack.command(teacher, "home")
    (list_,) = slack.ephemeral(teacher)
    talk.answers(SAMPLES["question_page_first"])
    await slack.click(teacher, list_, "Answer")
    assert slack.modal(teacher) is not None


async def test_docket_shows_a_member_what_is_open(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(replace(CHAIR, part=HomePart.DOCKETS))
    shown = (await slack.command(teacher, "docket")).json()
    assert talk.commands == [ShowHome(part=HomePart.DOCKETS)]
    assert "The portables have no Wi-Fi." in texts(shown)
    assert "7 items are open" in texts(shown)
    assert message_faults(shown) == []
    talk.answers(replace(NOBODY, part=HomePart.DOCKETS))
    shown = (await slack.command(teacher, "docket")).json()
    assert "You are not on a committee" in texts(shown)


async def test_what_is_typed_behind_the_command_is_understood_as_in_a_message(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    """The same words mean the same; what says something is feedback, and nothing is dropped."""
    talk.answers(SAMPLES["help"])
    for typed in ("surveys", "thanks", "frobnicate", "The Wi-Fi is down", "feedback the Wi-Fi"):
        shown = (await slack.command(teacher, typed)).json()
        assert message_faults(shown or {"text": "x"}) == []
    mine, thanks, unclear, said, behind = talk.commands
    assert mine == ShowMySurveys()
    assert thanks == Converse(intent=Intent.THANKS)
    assert isinstance(unclear, HoldWords)
    assert isinstance(said, GiveFeedback)
    assert said.text == "The Wi-Fi is down"
    assert isinstance(behind, GiveFeedback)
    assert behind.text == "the Wi-Fi"


# -- a message's own shortcut ---------------------------------------------------------------------


async def test_a_message_is_sent_on_without_who_wrote_it_and_whom_it_names(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    room = slack.add_channel("staff-room")
    author = slack.add_user("p.lund@district.example", name="Pia Lund")
    message = slack.said(author, room, f"The Wi-Fi &lt;again&gt;, <@{author}> says, in B12")
    talk.answering = lambda command: FeedbackForm(
        text=command.text if isinstance(command, ShowFeedbackForm) else "", passed_on=True
    )
    await slack.message_shortcut(teacher, message)
    assert talk.commands == [
        ShowFeedbackForm(text="The Wi-Fi <again>, @… says, in B12", whose=Whose.PASSED_ON)
    ]
    modal = slack.modal(teacher)
    assert modal is not None
    assert "Someone else wrote this" in texts(modal)
    (box,) = [b for b in modal["blocks"] if b["block_id"].endswith("|text")]
    assert box["element"]["initial_value"] == "The Wi-Fi <again>, @… says, in B12"
    assert author not in str(modal)
    assert "Pia" not in str(modal)
    assert slack.messages(room) == [message], "nothing shows where it was written"


async def test_a_message_that_is_too_long_for_the_form_says_so(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    room = slack.add_channel("staff-room")
    talk.answers(FeedbackForm(text="word " * 900, passed_on=True))
    await slack.message_shortcut(teacher, slack.said(teacher, room, "word " * 900))
    assert "only its beginning is here" in texts(slack.modal(teacher) or {})


async def test_our_own_message_is_not_sent_on(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    room = slack.add_channel("network")
    ours = posted(slack.world, room, {"text": "A brief", "blocks": []})
    talk.answers(SAMPLES["refused"])
    await slack.message_shortcut(teacher, ours)
    assert talk.commands == [ShowFeedbackForm(whose=Whose.OURS)]
    assert slack.modal(teacher) is None
    assert len(slack.from_app(teacher)) == 1, "the answer is for them alone"


async def test_where_no_form_opens_the_link_comes_to_them_alone(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    room = slack.add_channel("staff-room")
    talk.answers(SAMPLES["feedback_form"])
    slack.fail("views.open", throttled(30))
    await slack.message_shortcut(teacher, slack.said(teacher, room, "The Wi-Fi"))
    (aside,) = slack.from_app(teacher)
    assert "/feedback" in str(aside["blocks"])
    assert len(slack.messages(room)) == 1
