"""The home tab: what waits for me, by what I am, and what pressing there does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.cards import card_of
from bot.conversation import Reader
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_home
from core.messages import Asks
from core.people import Audience
from core.text import text
from governance.alignment.messages import PrioritiesToAlign
from governance.announcements.approval_messages import ApprovalAsked
from governance.announcements.commands import AcknowledgeAnnouncement, ShowAnnouncement
from governance.committees.model import RESTRICTED
from governance.help_desk.model import HelpDeskOffer
from governance.home.commands import ShowHome
from governance.messages import Notice, Told
from governance.recommendations.messages import AdviceSent
from governance.redaction.messages import TakenOut
from governance.views import WaveLine
from surveys.survey import Survey, Wave, WaveState
from tests.bot.slack.conftest import Said, Talk
from tests.bot.slack.homes import CHAIR, CTO, EVERYTHING, INBOX, NOBODY, TEACHER, mine, waiting
from tests.bot.slack.samples import (
    AT,
    FRESH,
    SAMPLES,
    brief,
)
from tests.bot.unkept import CANARY, TITLE, secret, unkept
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.slack_blocks import view_faults
from tests.stand_ins.slack_world import throttled

__all__ = ["unkept"]

PEN = pen_for(Reader(web_url="https://soundingboard.example.org"), FRESH)


def test_whoever_nothing_is_asked_of_reads_that_and_can_tell_something() -> None:
    said = texts(draw_home(NOBODY, PEN))
    assert "Nothing is waiting for you." in said
    assert "Tell us something" in said
    assert "Surveys and announcements" not in said


def test_what_is_urgent_to_decide_comes_before_surveys_and_announcements() -> None:
    said = texts(draw_home(TEACHER, PEN))
    places = [said.index(words) for words in ("Approve or decline it", "Read it", "No, thank you")]
    assert places[0] == min(places), "the rest stands in the order of its days"
    assert "We found it." in said


DRAWN_SHORT = (Notice, ApprovalAsked, HelpDeskOffer, TakenOut, Told, PrioritiesToAlign)
"""What the tab draws in its own, shorter words."""

WAITING = sorted(
    name
    for name, one in SAMPLES.items()
    if isinstance(one, Asks) and one.waiting and not isinstance(one, AdviceSent)
)


@pytest.mark.parametrize("name", [*WAITING, "edit_asked"])
def test_whatever_asks_for_something_stands_there_with_its_first_button(name: str) -> None:
    tab = draw_home(replace(NOBODY, inbox=replace(INBOX, entries=waiting(name))), PEN)
    assert view_faults(tab) == []
    card = card_of(SAMPLES[name], PEN.words)
    there = texts(tab)
    if isinstance(SAMPLES[name], DRAWN_SHORT):
        assert "Nothing is waiting for you." not in there
        return
    assert card.subject[:100] in there
    assert [one.label for one in card.presses[:3]] == [
        one.label for one in card.presses[:3] if one.label in there
    ]


@pytest.mark.usefixtures("unkept")
@pytest.mark.parametrize("form", [True, False])
def test_of_what_no_chat_keeps_the_title_stands_there(form: bool) -> None:
    entry = replace(waiting("guide_asked")[0], message=secret(form=form))
    tab = draw_home(replace(NOBODY, inbox=replace(INBOX, entries=(entry,))), PEN)
    assert CANARY not in json.dumps(tab)
    assert TITLE in texts(tab)


def test_a_chair_sees_the_docket_and_nothing_of_what_is_restricted_but_its_number() -> None:
    said = texts(draw_home(CHAIR, PEN))
    assert "The portables have no Wi-Fi." in said
    assert "7 items are open" in said
    leaky = replace(CHAIR, open_briefs={RESTRICTED: (brief(redacted="A name and a diagnosis"),)})
    said = texts(draw_home(leaky, PEN))
    assert "diagnosis" not in said
    assert "1 item is open" in said


def test_the_office_sees_how_its_announcements_go() -> None:
    said = texts(draw_home(CTO, PEN))
    assert "confirmed" in said
    assert "Progress" in said
    assert "Write an announcement" in said


def test_a_survey_that_waits_for_its_opening_says_when_it_opens_and_not_that_it_is_open() -> None:
    wave = Wave(
        id=UUID(int=7),
        survey=Survey(
            key="pulse", title=text("Pulse"), asked_by=text("CTO"), purpose=text("Why"), pages=()
        ),
        audience=Audience(),
        opens_at=AT,
        closes_at=AT + timedelta(days=7),
    )
    line = WaveLine(wave=wave, asked=0, answered=None)
    assert CTO.desk is not None
    planned = texts(draw_home(replace(CTO, desk=replace(CTO.desk, waves=(line,))), PEN))
    assert "Opens " in planned
    assert "Open until" not in planned
    line = replace(line, asked=7000, wave=replace(wave, state=WaveState.OPEN))
    running = texts(draw_home(replace(CTO, desk=replace(CTO.desk, waves=(line,))), PEN))
    assert "First figures at 350 answers. Open until" in running


def test_however_much_there_is_slack_takes_the_tab() -> None:
    view = draw_home(EVERYTHING, PEN)
    assert view_faults(view) == []
    assert len(json.dumps(view)) < 100_000
    assert "136 more on the page." in texts(view)
    tail = texts({"blocks": view["blocks"][-3:]})
    assert "Home on the web" in tail, "nothing was cut off at the end"


async def test_what_is_pressed_there_opens_and_the_tab_follows(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    shown: dict[type, Said] = {
        ShowHome: TEACHER,
        ShowAnnouncement: SAMPLES["notice"],
        AcknowledgeAnnouncement: SAMPLES["notice_read"],
    }
    talk.answering = lambda command: shown[type(command)]
    await slack.open_home(teacher)
    tab = slack.home(teacher)
    assert tab is not None
    await slack.click(teacher, tab, "Read it")
    modal = slack.modal(teacher)
    assert modal is not None
    assert slack.home(teacher) == tab, "looking changes nothing"
    shown[ShowHome] = NOBODY
    await slack.click(teacher, modal, "I have read this")
    assert "You confirmed this on" in texts(slack.modal(teacher) or {})
    assert "Nothing is waiting for you." in texts(slack.home(teacher) or {})


async def test_a_tab_that_slack_is_too_busy_for_waits_for_its_next_opening(
    slack: SlackStandIn, talk: Talk, teacher: str
) -> None:
    talk.answers(TEACHER)
    slack.fail("views.publish", throttled(30))
    assert (await slack.open_home(teacher)).status_code == 200
    assert slack.home(teacher) is None
    assert len(slack.calls("views.publish")) == 1, "it is not tried again"
    await slack.open_home(teacher)
    assert "Read it" in texts(slack.home(teacher) or {})


def test_every_time_a_person_is_told_is_in_their_own_zone() -> None:
    late = pen_for(Reader(web_url="https://s.example", timezone="Asia/Tokyo"), FRESH)
    home = replace(NOBODY, inbox=replace(INBOX, items=(mine(received_at=AT + timedelta(hours=1)),)))
    assert texts(draw_home(home, PEN)) != texts(draw_home(home, late))
