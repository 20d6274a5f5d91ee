"""Every page, entered as a browser does: what is asked of the dispatch, and what comes back."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, cast
from urllib.parse import unquote
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.web.draw import draw
from bot.web.render_card import at as do
from core.commands import Command
from core.lists import ListRequest
from core.messages import Order
from core.people import Audience, Level, Platform, Role
from core.school_calendar import Calendar, Holiday
from core.text import Text
from governance.announcements.campaign_commands import (
    AskAgain,
    CheckAskAgain,
    CheckRecall,
    CheckResend,
    RecallAnnouncement,
    ResendAnnouncement,
    ResumeCampaign,
    ShowAsking,
    ShowCampaign,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    ApproveAnnouncement,
    CheckAnnouncement,
    CheckWritten,
    DeclineAnnouncement,
    SendAnnouncement,
    SendUrgent,
    ShowAnnouncement,
    ShowApproval,
    ShowEditAsked,
    WriteAnnouncement,
)
from governance.announcements.model import Guard
from governance.authoring.commands import ShowLaunch, ShowPlan
from governance.chairs.bulk import BulkAct
from governance.chairs.commands import DisposeTogether
from governance.changes.commands import WriteChange
from governance.committees.model import UnsettledPost
from governance.conclusions.cards import MOST_PICTURES
from governance.conclusions.commands import WriteConclusions
from governance.controls import addresses
from governance.controls.answer_commands import AnswerSafeguard
from governance.controls.running_commands import ReviewNext
from governance.conversations.commands import AskAuthor, ReplyToCommittee
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    GiveFeedback,
    MoveItem,
    ShowAnswerForm,
    ShowFeedbackForm,
    ShowItem,
)
from governance.feedback.model import ItemState, Naming, Urgency
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.goal_changes.commands import ShowGoalNotes
from governance.help_desk.model import HandOverItem, HelpDeskOffer, KeepItem
from governance.home.commands import (
    ShowBeingRead,
    ShowDesk,
    ShowDocket,
    ShowHelp,
    ShowInbox,
    ShowOfficeFigures,
)
from governance.lists.commands import WriteList
from governance.messages import (
    AskAgainCheck,
    Brief,
    Done,
    FeedbackReceived,
    Notice,
    Progress,
    Refused,
)
from governance.read_reminders.commands import ShowUnread
from governance.recommendations.commands import DecideAdvice, TellOutcome, WriteAdvice
from governance.recommendations.messages import AdviceView
from governance.redaction.commands import (
    ConfirmTakenOut,
    RemoveStudentData,
    ShowTakenOut,
)
from governance.redaction.messages import TakenOut
from governance.redaction.put_back import PutBack
from governance.references.commands import LinkItem
from governance.rules.commands import TakeStep
from governance.rules.model import RuleStep
from governance.urgent.commands import CloseCase, ShowCase, TakeCase
from governance.urgent.messages import UrgentAlert
from governance.urgent.model import Outcome
from governance.views import BeingRead, InboxEntry
from governance.waiting import order_of
from storage.unavailable import UnavailableError, UnconfirmedError
from surveys import commands as surveys
from surveys.messages import Rejected, WaveClosedAlready
from surveys.questions import Unfit
from surveys.survey import Participation
from tests.bot.samples.change import CHANGE as CHANGED
from tests.bot.samples.change import CHOICES
from tests.bot.samples.practices_assess import WINTER
from tests.bot.samples.recommendation import ADVICE
from tests.bot.web import examples
from tests.bot.web.assessing_views import SAID as ASSESSING
from tests.bot.web.change_views import LISTS, SAID
from tests.bot.web.examples import DRAFT, ITEM, NEWS, WAVE
from tests.bot.web.listening_views import CHAIR
from tests.bot.web.looks import LOOKS
from tests.bot.web.rules.views import RULE
from tests.bot.web.site import SPANISH, TEACHER, Stand, stand, visitor

Fields = dict[str, str | list[str]]

HTMX_MAY_NOT = ("allowEval", "allowScriptTags", "includeIndicatorStyles")

LOOKED = PutBack(seen="")
"""Its author is there to be asked."""


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that is signed in as the teacher."""
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link())
        site.conversation.heard.clear()
        yield browser


async def sign_in(browser: httpx.AsyncClient, link: str) -> httpx.Response:
    page = await browser.get(link)
    return await browser.post("/signin", data=hidden(page.text, "/signin"))


def hidden(html: str, action: str) -> Fields:
    """The hidden fields of the first form that posts to an address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', html, re.S)
    assert form, f"no form posts to {action}"
    found: Fields = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[1]):
        before = found.get(name)
        found[name] = (
            value if before is None else [*([before] if isinstance(before, str) else before), value]
        )
    return found


async def send(
    browser: httpx.AsyncClient, page: str, action: str, **typed: str | list[str]
) -> httpx.Response:
    """Open a page, fill its form and send it."""
    shown = await browser.get(page)
    return await browser.post(action, data={**hidden(shown.text, action), **typed})


RESENDS = do(CheckResend(announcement_id=NEWS))
RECALLS = do(CheckRecall(announcement_id=NEWS))

READ = [
    ("/", ShowInbox(parts=True), "Weekly technology pulse"),
    ("/help", ShowHelp(), "What you can do here"),
    (f"/surveys/{WAVE}", surveys.ShowPage(wave_id=WAVE), "Page 1 of 2"),
    (f"/surveys/{WAVE}/1", surveys.ShowPage(wave_id=WAVE, page=1), "Page 2 of 2"),
    (f"/results/{WAVE}", surveys.ShowResults(wave_id=WAVE), "Figures from 1,205 answers so far"),
    (f"/results/{WAVE}/numbers", surveys.ShowResults(wave_id=WAVE), "about 1,205 answers"),
    ("/feedback", ShowFeedbackForm(), "Your message"),
    ("/committees/network", ShowDocket(queue="network", asked=ListRequest()), "2 items are open"),
    (f"/items/{ITEM}", ShowItem(item_id=ITEM), "drops every day after lunch</h1>"),
    (do(ShowAnswerForm(item_id=ITEM)), ShowAnswerForm(item_id=ITEM), "Your answer"),
    (f"/feedback/{ITEM}/taken-out", ShowTakenOut(item_id=ITEM), "Also take out"),
    (
        do(Open(of=RemoveStudentData(item_id=ITEM))),
        Open(of=RemoveStudentData(item_id=ITEM)),
        "Which words are student data?",
    ),
    (
        do(Open(of=MoveItem(item_id=ITEM))),
        Open(of=MoveItem(item_id=ITEM)),
        "Where does this belong?",
    ),
    (f"/announcements/{NEWS}", ShowAnnouncement(announcement_id=NEWS), "I have read this"),
    (
        f"/announcements/{DRAFT}/edit",
        CheckWritten(announcement_id=DRAFT, offers=True),
        "Who gets it?",
    ),
    (
        f"/announcements/{DRAFT}/edit?step=what",
        CheckWritten(announcement_id=DRAFT, previews=True),
        "Save and check",
    ),
    (
        f"/announcements/{NEWS}/progress?state=unread&q=maple&page=2",
        ShowCampaign(announcement_id=NEWS, outcome="unread", search="maple", page=1, size=20),
        "5,080 of 6,312 sent",
    ),
    (
        f"/announcements/{NEWS}/progress/numbers",
        ShowProgress(announcement_id=NEWS),
        '2,210 <span class="tile-of">of 6,312</span>',
    ),
    (
        do(ShowUnread(announcement_id=NEWS)),
        ShowUnread(announcement_id=NEWS),
        "Remind people who have not confirmed it",
    ),
    (
        do(CheckResend(announcement_id=NEWS)),
        CheckResend(announcement_id=NEWS),
        "1,297 people did not get it.",
    ),
    (
        do(CheckRecall(announcement_id=NEWS)),
        CheckRecall(announcement_id=NEWS),
        "cannot be undone",
    ),
    (
        do(Open(of=SendUrgent(announcement_id=DRAFT))),
        Open(of=SendUrgent(announcement_id=DRAFT)),
        "not an emergency alert system",
    ),
    (
        f"/announcements/{NEWS}/approval",
        ShowApproval(announcement_id=NEWS),
        "Approve: send it to 7,000 people",
    ),
    (
        f"/announcements/{NEWS}/edit-approval",
        ShowEditAsked(announcement_id=NEWS),
        "asks to edit an announcement that was sent",
    ),
    (
        do(Open(of=DeclineAnnouncement(announcement_id=NEWS, request=1))),
        Open(of=DeclineAnnouncement(announcement_id=NEWS, request=1)),
        "The person who asked will see your reason",
    ),
    (f"/desk/launched/{WAVE}", ShowDesk(wave_id=WAVE), "Survey progress"),
    (f"/desk/close/{WAVE}", ShowDesk(wave_id=WAVE), "Close it now"),
]


async def test_the_page_for_the_association_says_what_the_launch_form_says_and_launches_nothing(
    site: Stand, client: httpx.AsyncClient
) -> None:
    launching = await client.get("/desk/launch/pulse")
    assert "It reaches 6,312 people." in launching.text
    assert [type(command) for command in site.conversation.heard] == [
        ShowLaunch,
        surveys.CheckLaunch,
    ]
    site.conversation.heard.clear()
    form = {
        **hidden(launching.text, "/desk/launch/pulse"),
        "roles": "teacher",
        "closes_at_date": "2096-03-09",
        "closes_at_time": "16:00",
        "reminders": "0",
    }
    response = await client.post("/desk/launch/pulse/plan", data=form)
    assert response.status_code == 200
    assert "Teachers: 1,204 people." in response.text
    assert "41 groups. 9 of them have fewer than 12 people: nothing will ever be shown" in (
        response.text
    )
    assert "Members of “Network and Infrastructure” see the tables." in response.text
    heard = [type(command) for command in site.conversation.heard]
    assert heard == [ShowLaunch, ShowPlan]


@pytest.mark.parametrize(("path", "command", "words"), READ)
async def test_a_page_asks_one_command_as_the_person_and_shows_what_came(
    site: Stand, client: httpx.AsyncClient, path: str, command: Command, words: str
) -> None:
    response = await client.get(path)
    assert response.status_code == 200
    assert words in response.text
    # Where results lead on to depends on the reader's duties, which is asked beside them, and so is
    # what happened to the goals that the survey asks about. Home asks what stands beside the inbox.
    then = [ShowHelp(), ShowGoalNotes(wave_id=WAVE)] if path == f"/results/{WAVE}" else []
    then += [ShowOfficeFigures()] if path == "/" else []
    assert site.conversation.heard == [command, *then]
    speaker = site.conversation.speakers[-1]
    assert (speaker.platform, speaker.person) == (Platform.WEB, TEACHER)
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("path", [path for path, _, _ in READ])
async def test_a_page_is_refused_politely_where_the_dispatch_says_no(
    site: Stand, client: httpx.AsyncClient, path: str
) -> None:
    no = Refused(why=Unfit(why="This is for {who}.", values={"who": "the CTO"}))
    site.conversation.script = lambda command: no
    response = await client.get(path)
    assert response.status_code == 403
    assert "This is for the CTO." in response.text


@pytest.mark.parametrize("path", [path for path, _, _ in READ])
async def test_a_page_is_not_kept_and_runs_no_script_of_others(
    client: httpx.AsyncClient, path: str
) -> None:
    headers = (await client.get(path)).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


async def test_htmx_runs_nothing_from_a_page_and_writes_no_style(client: httpx.AsyncClient) -> None:
    """Neither would the policy above let it."""
    found = re.search(
        r"<meta name=\"htmx-config\" content='([^']+)'>", (await client.get("/")).text
    )
    assert found
    config = json.loads(found[1])
    assert [name for name in HTMX_MAY_NOT if config[name] is not False] == []
    assert config["selfRequestsOnly"] is True


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/surveys/17",
        f"/surveys/{WAVE}/-1",
        f"/surveys/{WAVE}/one",
        f"/announcements/{str(NEWS).upper()}",
        "/do/answer-form|x",
        "/desk/launch/unknown",
        f"/desk/close/{examples.number(77)}",
        "/demo",
        "/static/none.css",
    ],
)
async def test_an_unknown_address_gets_a_page_that_says_so(
    client: httpx.AsyncClient, path: str
) -> None:
    response = await client.get(path)
    assert response.status_code == 404
    assert "We cannot find that page" in response.text


async def test_nothing_to_show_is_not_found(site: Stand, client: httpx.AsyncClient) -> None:
    site.conversation.instead(ShowItem, Done())
    assert (await client.get(f"/items/{ITEM}")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/signout"), ("DELETE", "/"), ("POST", "/help")]
)
async def test_the_wrong_method_gets_a_page_too(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    response = await client.request(method, path)
    assert response.status_code == 405
    assert "cannot be used this way" in response.text


async def test_a_fault_of_ours_shows_an_id_and_no_trace(
    site: Stand, client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    site.conversation.instead(ShowInbox, RuntimeError("table is on fire"))
    response = await client.get("/")
    assert response.status_code == 500
    assert "on fire" not in response.text
    assert "Traceback" not in response.text
    incident = re.search(r'class="incident">([0-9a-f]{8})<', response.text)
    assert incident
    logged = capsys.readouterr().out
    assert incident[1] in logged
    assert "table is on fire" in logged


async def test_while_the_database_is_away_a_page_says_so_and_when_to_come_back(
    site: Stand, client: httpx.AsyncClient
) -> None:
    site.conversation.instead(ShowInbox, UnavailableError("no route to db-7.internal"))
    response = await client.get("/")
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    assert response.headers["content-type"].startswith("text/html")
    assert "not saved" not in response.text, "nothing was sent"
    assert "Nothing was changed." in response.text
    assert "db-7" not in response.text


async def test_a_form_that_was_not_confirmed_in_time_says_so_and_what_to_do(
    site: Stand, client: httpx.AsyncClient
) -> None:
    site.conversation.instead(GiveFeedback, UnconfirmedError())
    response = await send(client, "/feedback", "/feedback", item_id=str(ITEM), text="Too slow")
    assert response.status_code == 504
    assert "may have been saved" in response.text
    assert "check whether it is there" in response.text
    assert int(response.headers["retry-after"]) > 0
    site.conversation.instead(ShowInbox, UnconfirmedError())
    assert (await client.get("/")).status_code == 503, "a visit saves nothing that anybody sent"


# -- forms -----------------------------------------------------------------------------------


async def test_a_survey_goes_from_page_to_page_and_thanks(
    site: Stand, client: httpx.AsyncClient
) -> None:
    first, second = f"/surveys/{WAVE}/0", f"/surveys/{WAVE}/1"
    response = await send(client, f"/surveys/{WAVE}", first, wifi="4", blocker="signin")
    assert (response.status_code, response.headers["location"]) == (303, second)
    assert site.conversation.heard[-1] == surveys.AnswerPage(
        wave_id=WAVE, page=0, answers={"wifi": "4", "blocker": "signin"}
    )
    response = await send(
        client,
        second,
        second,
        tools=["lms", "docs"],
        priorities=["signin", "", "coverage"],
        minutes="15",
        wish="One\r\ntwo",
    )
    assert (response.status_code, response.headers["location"]) == (303, "/done")
    assert site.conversation.heard[-1] == surveys.AnswerPage(
        wave_id=WAVE,
        page=1,
        answers={
            "tools": ("lms", "docs"),
            "priorities": ("signin", "", "coverage"),
            "minutes": "15",
            "wish": "One\ntwo",
        },
    )
    for _ in range(2):
        thanks = await client.get("/done")
        assert "Thank you. Your answers are saved." in thanks.text
        assert "The committee for networks reads the results on Friday." in thanks.text
        assert "Wednesday, December 2 at 4:00 PM" in thanks.text
    sent = [one for one in site.conversation.heard if isinstance(one, surveys.AnswerPage)]
    assert len(sent) == 2


async def test_boxes_that_are_all_empty_are_an_empty_answer(
    site: Stand, client: httpx.AsyncClient
) -> None:
    await send(client, f"/surveys/{WAVE}/1", f"/surveys/{WAVE}/1")
    heard = site.conversation.heard[-1]
    assert isinstance(heard, surveys.AnswerPage)
    assert heard.answers == {"tools": "", "priorities": "", "minutes": "", "wish": ""}


async def test_answers_that_do_not_fit_come_back_with_reasons_and_everything_typed(
    site: Stand, client: httpx.AsyncClient
) -> None:
    rejected = Rejected(unfit=examples.WRONG.unfit, page=examples.PAGE_TWO)
    site.conversation.instead(surveys.AnswerPage, rejected)
    page = f"/surveys/{WAVE}/1"
    response = await send(
        client, page, page, tools=["lms", "video", "docs"], minutes="a lot", wish="<i>mine</i>"
    )
    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert "There are 3 problems" in response.text
    assert 'href="#q-minutes"' in response.text
    assert 'value="a lot"' in response.text
    assert response.text.count(" checked") == 3
    assert "&lt;i&gt;mine&lt;/i&gt;" in response.text


async def test_a_gap_on_an_earlier_page_is_shown_with_its_reason(
    site: Stand, client: httpx.AsyncClient
) -> None:
    gap = replace(examples.PAGE_ONE, unfit={"wifi": Unfit(why="Choose an answer.")})
    site.conversation.instead(surveys.AnswerPage, gap)
    response = await send(client, f"/surveys/{WAVE}/1", f"/surveys/{WAVE}/1", minutes="3")
    assert response.status_code == 422
    assert "Choose an answer." in response.text


async def test_a_closed_survey_says_when_it_closed(site: Stand, client: httpx.AsyncClient) -> None:
    closed = WaveClosedAlready(title=examples.PULSE.title, closed_at=examples.CLOSES)
    site.conversation.instead(surveys.AnswerPage, closed)
    response = await send(client, f"/surveys/{WAVE}", f"/surveys/{WAVE}/0", wifi="1")
    assert response.status_code == 410
    assert "It closed on Wednesday, December 2 at 4:00 PM" in response.text


async def test_saying_no_to_a_survey_is_fine(site: Stand, client: httpx.AsyncClient) -> None:
    response = await send(client, "/", f"/surveys/{WAVE}/decline")
    assert response.headers["location"] == "/done"
    assert site.conversation.heard[-1] == surveys.DeclineWave(wave_id=WAVE)
    assert "That is fine" in (await client.get("/done")).text


async def test_done_without_anything_done_leads_home(client: httpx.AsyncClient) -> None:
    response = await client.get("/done")
    assert (response.status_code, response.headers["location"]) == (303, "/")


async def test_feedback_keeps_one_id_however_often_it_is_sent(
    site: Stand, client: httpx.AsyncClient
) -> None:
    shown = await client.get("/feedback")
    fields = {**hidden(shown.text, "/feedback"), "text": "Too slow", "naming": "named"}
    for _ in range(2):
        response = await client.post("/feedback", data=fields)
        assert (response.status_code, response.headers["location"]) == (303, "/feedback/done")
    first, second = (one for one in site.conversation.heard if isinstance(one, GiveFeedback))
    assert first == second
    assert (first.text, first.naming) == ("Too slow", Naming.NAMED)
    again = await client.get("/feedback")
    assert hidden(again.text, "/feedback")["item_id"] != str(first.item_id)
    page = (await client.get("/feedback/done")).text
    assert "Thank you. We have your message." in page
    menu = page.partition("<main")[0]
    assert 'href="/feedback" aria-current="true"' in menu, "it belongs to where they came from"
    assert 'href="/surveys" aria-current' not in menu
    assert "Thank you. We have your message." in (await client.get("/done")).text, "as before"


async def test_feedback_is_without_a_name_unless_one_says_so(
    site: Stand, client: httpx.AsyncClient
) -> None:
    await send(client, "/feedback", "/feedback", text="Too slow")
    heard = site.conversation.heard[-1]
    assert isinstance(heard, GiveFeedback)
    assert heard.naming is Naming.WITHHELD


async def test_feedback_that_does_not_fit_is_kept_in_the_form(
    site: Stand, client: httpx.AsyncClient
) -> None:
    unfit = {"text": Unfit(why="Write what you want to tell us.")}
    site.conversation.instead(GiveFeedback, Rejected(unfit=unfit))
    response = await send(client, "/feedback", "/feedback", text="so <b>long</b>", naming="named")
    assert response.status_code == 422
    assert 'href="#f-text"' in response.text
    assert "so &lt;b&gt;long&lt;/b&gt;" in response.text
    assert 'value="named" checked' in response.text


async def test_reading_an_announcement_is_noted_once_said(
    site: Stand, client: httpx.AsyncClient
) -> None:
    response = await send(client, "/", do(AcknowledgeAnnouncement(announcement_id=NEWS)))
    assert response.headers["location"] == "/"
    assert site.conversation.heard[-1] == AcknowledgeAnnouncement(announcement_id=NEWS)
    noted = "Thank you. You confirmed “Sign in once for all learning tools”."
    assert noted in (await client.get("/")).text
    assert noted not in (await client.get("/")).text


async def test_a_chair_acknowledges_answers_and_moves(
    site: Stand, client: httpx.AsyncClient
) -> None:
    docket, item = "/committees/network", f"/items/{ITEM}"
    response = await send(client, f"{docket}?item={ITEM}", f"{item}/acknowledge")
    assert response.headers["location"] == f"{docket}?item={ITEM}"
    assert site.conversation.heard[-1] == AcknowledgeItem(item_id=ITEM)
    brief = examples.MESSAGES["brief"]
    assert isinstance(brief, Brief)
    mine = replace(brief, state=ItemState.ANSWERED, answer="On Thursday.", can_answer=False)
    site.conversation.instead(AnswerItem, mine)
    shown, sent = ShowAnswerForm(item_id=ITEM), AnswerItem(item_id=ITEM, text="")
    response = await send(client, do(shown), do(sent), text="On Thursday.")
    assert response.headers["location"] == f"{docket}?item={ITEM}"
    assert site.conversation.heard[-1] == AnswerItem(item_id=ITEM, text="On Thursday.")
    assert "Your answer is on its way" in (await client.get(docket)).text
    away = do(MoveItem(item_id=ITEM, to=""))
    shows = do(Open(of=MoveItem(item_id=ITEM)))
    response = await send(client, shows, away, to="none", why="Not ours")
    assert response.status_code == 303
    assert site.conversation.heard[-1] == MoveItem(
        item_id=ITEM, to="none", why="Not ours", put_back=LOOKED
    )


async def test_a_committee_asks_and_the_author_replies(
    site: Stand, client: httpx.AsyncClient
) -> None:
    site.conversation.instead(AskAuthor, examples.MESSAGES["brief_asked_back"])
    shows, asks = Open(of=AskAuthor(item_id=ITEM)), AskAuthor(item_id=ITEM, text="")
    response = await send(client, do(shows), do(asks), text="Which room is it?")
    assert response.headers["location"] == f"/committees/network?item={ITEM}"
    assert site.conversation.heard[-1] == replace(asks, text="Which room is it?")
    there = await client.get("/committees/network")
    assert "The author was asked. You’ll see the reply here." in there.text
    site.conversation.instead(ReplyToCommittee, examples.MESSAGES["reply_kept"])
    replies = ReplyToCommittee(item_id=ITEM, text="")
    response = await send(client, f"/items/{ITEM}/reply", do(replies), text="Room 12.")
    assert response.headers["location"] == "/#said"
    assert site.conversation.heard[-1] == replace(replies, text="Room 12.")
    assert "Your reply goes to Network" in (await client.get("/")).text


@pytest.mark.parametrize(
    ("shows", "sends", "said"),
    [
        (
            ShowAnswerForm(item_id=ITEM),
            AnswerItem(item_id=ITEM, text=""),
            "Someone else already answered this. Your answer was not sent.",
        ),
        (
            Open(of=MoveItem(item_id=ITEM)),
            MoveItem(item_id=ITEM, to=""),
            "It was answered in the meantime, so it stays where it is.",
        ),
    ],
)
async def test_a_chair_who_comes_too_late_is_not_told_that_it_was_done(
    site: Stand, client: httpx.AsyncClient, shows: Command, sends: Command, said: str
) -> None:
    brief = examples.MESSAGES["brief"]
    assert isinstance(brief, Brief)
    theirs = replace(brief, state=ItemState.ANSWERED, answer="Another's.", can_answer=False)
    site.conversation.instead(type(sends), theirs)
    await send(client, do(shows), do(sends), text="Mine.", to="library")
    assert said in (await client.get("/committees/network")).text


async def test_a_responder_takes_a_case_and_closes_it(
    site: Stand, client: httpx.AsyncClient
) -> None:
    ours = examples.MESSAGES["urgent_alert"]
    assert isinstance(ours, UrgentAlert)
    item = ours.item_id
    case = f"/urgent/{item}/safety"
    site.conversation.instead(ShowCase, ours)
    site.conversation.instead(TakeCase, replace(ours, taken_by="S. Lindqvist"))
    takes = TakeCase(item_id=item, urgency=Urgency.SAFETY)
    response = await send(client, case, do(takes))
    assert response.headers["location"] == case
    assert site.conversation.heard[-1] == takes
    closed = replace(ours, closed_at=ours.received_at, outcome=Outcome.HELPED)
    site.conversation.instead(CloseCase, closed)
    closes = CloseCase(item_id=item, urgency=Urgency.SAFETY)
    response = await send(client, do(Open(of=closes)), do(closes), outcome="helped", note="Called.")
    assert response.headers["location"] == "/urgent"
    assert site.conversation.heard[-1] == replace(closes, outcome="helped", note="Called.")
    assert "Closed." in (await client.get("/urgent")).text


async def test_a_link_alone_opens_no_case(site: Stand, client: httpx.AsyncClient) -> None:
    """Reading one is on record, so nothing may read it before somebody does."""
    shows = ShowCase(item_id=ITEM, urgency=Urgency.SAFETY)
    assert (await client.get(do(shows))).headers["location"] == "/"
    assert site.conversation.heard == []


async def test_an_author_hands_it_to_the_help_desk_or_hears_why_not(
    site: Stand, client: httpx.AsyncClient
) -> None:
    offered, queued, late = (
        examples.MESSAGES[f"help_desk_{state}"] for state in ("offered", "queued", "late")
    )
    assert isinstance(offered, HelpDeskOffer)
    entry = InboxEntry(delivery_id=ITEM, message=offered, at=examples.NOW, order=Order.DECISION)
    site.conversation.instead(ShowInbox, replace(examples.INBOX, entries=(entry,)))
    site.conversation.instead(HandOverItem, queued)
    yes = HandOverItem(item_id=offered.item_id, contact=True)
    response = await send(client, "/", do(yes))
    assert response.headers["location"] == "/"
    assert site.conversation.heard[-1] == yes
    assert "It is on its way to the help desk." in (await client.get("/")).text
    site.conversation.instead(KeepItem, late)
    response = await send(client, "/", do(KeepItem(item_id=offered.item_id)))
    assert response.status_code == 200
    assert "was answered or passed on before you decided" in response.text


async def test_an_author_confirms_what_was_taken_out_and_a_chair_takes_out_more(
    site: Stand, client: httpx.AsyncClient
) -> None:
    waits = examples.MESSAGES["taken_out"]
    assert isinstance(waits, TakenOut)
    entry = InboxEntry(delivery_id=ITEM, message=waits, at=examples.NOW, order=Order.DECISION)
    site.conversation.instead(ShowInbox, replace(examples.INBOX, entries=(entry,)))
    fine = ConfirmTakenOut(item_id=waits.item_id)
    response = await send(client, "/", do(fine))
    assert response.headers["location"] == "/"
    assert site.conversation.heard[-1] == fine
    assert "Your original is deleted." in (await client.get("/")).text
    form = examples.MESSAGES["student_data_form"]
    assert isinstance(form, FormView)
    removes = form.of
    shows = Open(of=removes)
    response = await send(client, do(shows), do(removes), words="Naomi", whole="whole")
    assert response.headers["location"] == f"/committees/network?item={ITEM}"
    assert site.conversation.heard[-1] == replace(removes, words="Naomi", whole=True)
    there = (await client.get("/committees/network")).text
    assert "Taken out. The Information Security Officer will be notified." in there


async def test_a_docket_shows_one_state_where_it_is_asked_and_counts_them_all(
    client: httpx.AsyncClient,
) -> None:
    for address, shown in (
        ("/committees/network", 2),
        ("/committees/network?state=acknowledged", 1),
        ("/committees/network?state=in-discussion", 0),
        ("/committees/network?state=done", 1),
        ("/committees/network?state=nonsense", 2),
    ):
        page = (await client.get(address)).text
        assert page.count('<th scope="row">') == shown, address
        assert "2 items are open" in page
        assert 'href="/committees/network?state=new"' in page


async def test_one_item_of_a_docket_is_open_beside_the_list(client: httpx.AsyncClient) -> None:
    second = examples.DOCKET.open_items[1]
    page = (await client.get(f"/committees/network?state=new&item={second.item_id}")).text
    assert f'id="item-{second.item_id}"' in page, "also where the filter leaves it out"
    assert page.count('class="message brief"') == 1
    assert 'class="list chosen"' in page, "a phone shows the item in place of the list"
    assert 'href="/committees/network?state=new"' in page, "and leads back to the same list"
    usual = (await client.get("/committees/network?item=nobodys")).text
    assert 'class="message brief"' not in usual, "none is open until one is chosen"
    assert 'class="list"' in usual
    assert page.count('name="text"') == 1, "it is answered where it is read"
    assert f'action="{do(AnswerItem(item_id=second.item_id))}"' in page


async def test_a_docket_is_searched_and_sorted(client: httpx.AsyncClient) -> None:
    def ids(page: str) -> list[str]:
        return re.findall(r'<th scope="row"><a [^>]*href="[^"]*item=([0-9a-f-]+)', page)

    rising = (await client.get("/committees/network?sort=received")).text
    falling = (await client.get("/committees/network?sort=-received")).text
    assert 'aria-sort="ascending"' in rising
    assert 'aria-sort="descending"' in falling
    assert len(ids(rising)) == 2
    word = examples.DOCKET.open_items[0].redacted.split()[1].upper()
    assert ids((await client.get("/committees/network", params={"q": word})).text)
    none = (await client.get("/committees/network?q=%3Cb%3E+no+such+words")).text
    assert ids(none) == []
    assert "<b> no such" not in none
    assert "Nothing here has these words." in none


@pytest.mark.parametrize(("posts", "was"), [(1, "it was"), (2, "they were")])
async def test_what_may_not_have_arrived_is_said_of_one_or_of_several(
    site: Stand, client: httpx.AsyncClient, posts: int, was: str
) -> None:
    lost = tuple(
        UnsettledPost(id=uuid4(), queue="network", item_id=None, at=examples.NOW)
        for _ in range(posts)
    )
    docket = replace(examples.DOCKET, unsettled=lost)
    site.conversation.instead(ShowDocket, docket)
    page = await client.get("/committees/network")
    assert f"The connection broke while {was} being sent" in page.text


async def test_a_button_whose_command_is_answered_with_a_whole_page_leads_there(
    site: Stand, client: httpx.AsyncClient
) -> None:
    """Such as one on a card that shows the rules, or that ends on the docket."""
    shows = do(ShowAnswerForm(item_id=ITEM))
    site.conversation.instead(ShowAnswerForm, examples.DOCKET)
    opened = await client.get(shows)
    assert (opened.status_code, opened.headers["location"]) == (303, "/committees/network")
    site.conversation.instead(TakeStep, examples.DOCKET)
    sent = await send(client, f"/rules/{RULE}", do(TakeStep(rule_id=RULE, step=RuleStep.REVISING)))
    assert (sent.status_code, sent.headers["location"]) == (303, "/committees/network")


async def test_of_a_move_to_a_committee_the_author_is_not_said_to_be_told(
    site: Stand, client: httpx.AsyncClient
) -> None:
    for to, told in (("library", False), ("restricted", True)):
        site.conversation.instead(MoveItem, examples.MESSAGES["brief"])
        shown = do(Open(of=MoveItem(item_id=ITEM)))
        await send(client, shown, do(MoveItem(item_id=ITEM, to="")), to=to)
        page = (await client.get("/committees/network")).text
        assert "Moved to" in page
        assert ("The author has been notified." in page) == told


@pytest.mark.parametrize(
    ("shows", "sends", "typed"),
    [
        (
            ShowAnswerForm(item_id=ITEM),
            AnswerItem(item_id=ITEM, text=""),
            {"text": "half a sentence"},
        ),
        (
            Open(of=MoveItem(item_id=ITEM)),
            MoveItem(item_id=ITEM, to=""),
            {"to": "network", "why": "half a sentence"},
        ),
        (
            Open(of=AskAuthor(item_id=ITEM)),
            AskAuthor(item_id=ITEM, text=""),
            {"text": "half a sentence"},
        ),
    ],
)
async def test_a_chairs_form_that_does_not_fit_keeps_what_was_typed(
    site: Stand, client: httpx.AsyncClient, shows: Command, sends: Command, typed: dict[str, str]
) -> None:
    key = next(iter(typed))
    site.conversation.instead(type(sends), Rejected(unfit={key: Unfit(why="Not like this.")}))
    response = await send(client, do(shows), do(sends), **typed)
    assert response.status_code == 422
    assert f'href="#f-{key}"' in response.text
    assert "half a sentence" in response.text


async def test_the_cto_writes_checks_and_sends(site: Stand, client: httpx.AsyncClient) -> None:
    edit, draft, sent = (f"/announcements/{DRAFT}/{end}" for end in ("edit", "draft", "send"))
    response = await send(
        client,
        "/announcements/new",
        edit,
        title="New sign-in",
        what="One page",
        roles=["teacher", "office"],
        levels=["high"],
    )
    assert (response.status_code, response.headers["location"]) == (303, draft)
    heard = site.conversation.heard[-1]
    assert isinstance(heard, WriteAnnouncement)
    assert heard.announcement_id == DRAFT
    assert heard.words["title"] == "New sign-in"
    assert heard.audience == Audience(
        roles=frozenset({Role.TEACHER, Role.OFFICE}), levels=frozenset({Level.HIGH})
    )
    page = await client.get(draft)
    assert "Reaches 6,312 people. Sending takes 23 minutes." in page.text
    response = await send(client, draft, sent, send="now")
    assert response.headers["location"] == f"/announcements/{DRAFT}/progress"
    assert replace(site.conversation.heard[-1], checked="") == SendAnnouncement(
        announcement_id=DRAFT
    )


async def test_an_announcement_goes_out_at_a_time_in_the_ctos_zone(
    site: Stand, client: httpx.AsyncClient
) -> None:
    draft = f"/announcements/{DRAFT}/draft"
    await send(client, "/announcements/new", f"/announcements/{DRAFT}/edit", title="x")
    typed = {"send": "at", "at_date": "2026-12-01", "at_time": "07:45"}
    await send(client, draft, f"/announcements/{DRAFT}/send", **typed)
    at = datetime(2026, 12, 1, 7, 45, tzinfo=ZoneInfo("America/Chicago"))
    heard = site.conversation.heard[-1]
    assert replace(heard, checked="") == SendAnnouncement(announcement_id=DRAFT, at=at)


@pytest.mark.parametrize(
    ("reached", "first"),
    [
        (
            (("slack", 4100), ("teams", 2000), ("web", 212)),
            ["Slack", "Teams", "Slack on a phone", "Email", "On the web"],
        ),
        (
            (("slack", 20), ("teams", 30), ("web", 212)),
            ["On the web", "Teams", "Slack", "Teams on a phone", "Email"],
        ),
    ],
)
async def test_the_check_shows_first_how_most_people_get_it(
    site: Stand, client: httpx.AsyncClient, reached: tuple[tuple[str, int], ...], first: list[str]
) -> None:
    reach = replace(examples.DRAFTED.reach, by_platform=reached)
    site.conversation.instead(CheckAnnouncement, replace(examples.DRAFTED, reach=reach))
    page = (await client.get(f"/announcements/{DRAFT}/draft")).text
    shown = page.partition('id="seen-h"')[2]
    places = [shown.index(f"<summary>{one}") for one in first]
    assert places == sorted(places)
    assert "212 people" in shown[shown.index("<summary>On the web") :][:200]
    assert len(re.findall(r"<summary>\w+ on a phone", shown)) == 1
    phone = shown.index('<div class="preview on-phone">')
    (name,) = (one for one in first if one.endswith("on a phone"))
    whole = shown.index(f"<summary>{name.removesuffix(' on a phone')} ")
    there, narrow = (
        re.search(r'<div class="seen">.*?</details>', shown[at:], re.S) for at in (whole, phone)
    )
    assert there
    assert narrow
    assert there[0] == narrow[0], "the same message, only narrower"


async def test_a_draft_is_shown_as_each_platform_shows_it(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"/announcements/{DRAFT}/draft")).text
    shown = page.partition('id="seen-h"')[2]
    slack, _, rest = shown.partition("<summary>Teams")
    teams, _, rest = rest.partition("<summary>Email")
    mail, _, web = rest.partition("<summary>On the web")
    assert "4,100 people" in slack
    assert "2,000 people" in teams
    for one in (slack, teams):
        assert 'button-seen primary">I have read this' in one
    assert "Subject: " in mail
    assert examples.CHANGE.action.default in mail
    for one in (slack, teams, mail, web):
        assert "Dana Whitfield" in one
    seen = shown.partition("</section>")[0]
    assert "<form" not in seen, "nothing can be pressed there"
    assert "<button" not in seen


async def test_a_day_is_looked_at_before_it_is_chosen(
    site: Stand, client: httpx.AsyncClient
) -> None:
    draft, to = f"/announcements/{DRAFT}/draft", f"/announcements/{DRAFT}/send"
    page = (await client.get(draft)).text
    assert "New printers" in page.partition("What else goes out soon")[2]
    day = (examples.NOW + timedelta(days=6)).astimezone(ZoneInfo("America/Chicago"))
    for at, said in (
        (f"{day:%Y-%m-%d}", "Also going out that day: “New printers"),
        ("2026-11-26", "is not a school day: Thanksgiving."),
        ("2027-02-02", "Nothing else goes out that day."),
    ):
        shown = await send(client, draft, to, send="look", at_date=at, at_time="08:00")
        assert shown.status_code == 200
        assert said in shown.text
        assert f'value="{at}"' in shown.text
    assert not any(isinstance(one, SendAnnouncement) for one in site.conversation.heard)


@pytest.mark.parametrize("typed", [{}, {"at_date": "2026-12-01"}, {"at_date": "x", "at_time": "y"}])
async def test_an_unreadable_time_never_means_now(
    site: Stand, client: httpx.AsyncClient, typed: dict[str, str]
) -> None:
    draft = f"/announcements/{DRAFT}/draft"
    await send(client, "/announcements/new", f"/announcements/{DRAFT}/edit", title="x")
    response = await send(client, draft, f"/announcements/{DRAFT}/send", send="at", **typed)
    assert response.status_code == 422
    assert "Enter a date and a time" in response.text
    assert not any(isinstance(one, SendAnnouncement) for one in site.conversation.heard)


async def test_a_draft_to_everyone_asks_for_a_typed_word(
    site: Stand, client: httpx.AsyncClient
) -> None:
    guard = Guard(everyone=True, second=True, approvers=("Ada Byron",))
    site.conversation.instead(CheckAnnouncement, replace(examples.DRAFTED, guard=guard))
    draft, to = f"/announcements/{DRAFT}/draft", f"/announcements/{DRAFT}/send"
    page = await client.get(draft)
    assert "Ada Byron" in page.text
    assert page.text.count('name="everyone"') == 1, "to send it now or later"
    await send(client, draft, to, send="now", everyone="everyone")
    heard = site.conversation.heard[-1]
    assert replace(heard, checked="") == SendAnnouncement(
        announcement_id=DRAFT, everyone="everyone"
    )
    why = Unfit(why="Type “everyone” to confirm.")
    site.conversation.instead(SendAnnouncement, Rejected(unfit={"everyone": why}))
    again = await send(client, draft, to, send="now")
    assert again.status_code == 422
    assert 'href="#everyone"' in again.text


async def test_an_announcement_that_does_not_fit_keeps_every_word(
    site: Stand, client: httpx.AsyncClient
) -> None:
    """Each problem is named on the step where it is put right, the first one first."""
    unfit = {"why": Unfit(why="Say why."), "audience": Unfit(why="This reaches nobody.")}
    edit = f"/announcements/{DRAFT}/edit"
    typed: dict[str, str | list[str]] = {"what": "<x>", "roles": ["board"]}
    for wrong, step in (("audience", "who"), ("why", "what")):
        again = replace(examples.FORM, unfit=dict(unfit))
        site.conversation.instead(WriteAnnouncement, again)
        response = await send(client, f"{edit}?step={step}", edit, **typed)
        assert response.status_code == 422
        assert f'href="#f-{wrong}"' in response.text
        assert "&lt;x&gt;" in response.text
        assert re.search('value="board"(>| checked)', response.text)
        assert not any(f'href="#f-{other}"' in response.text for other in unfit.keys() - {wrong})
        del unfit[wrong]


async def test_an_audience_is_chosen_by_every_part_that_the_form_shows(
    site: Stand, client: httpx.AsyncClient
) -> None:
    site.conversation.instead(CheckWritten, replace(examples.WRITTEN, choices=CHOICES))
    form = (await client.get("/announcements/new")).text
    for _, name in (*CHOICES.buildings, *CHOICES.committees, *CHOICES.lists):
        assert f"<span>{name}</span>" in form
    chosen = {
        "levels": "high",
        "buildings": ["b-1", "b-12"],
        "committees": "network",
        "lists": "powerschool",
        "joiners_until": "2026-12-18",
    }
    await send(client, "/announcements/new", f"/announcements/{DRAFT}/edit", title="x", **chosen)
    heard = site.conversation.heard[-1]
    assert isinstance(heard, WriteAnnouncement)
    assert heard.joiners_until == date(2026, 12, 18)
    assert heard.audience == Audience(
        levels=frozenset({Level.HIGH}),
        buildings=frozenset({"b-1", "b-12"}),
        committees=frozenset({"network"}),
        lists=frozenset({"powerschool"}),
    )


async def test_a_change_is_translated_beside_its_text(
    site: Stand, client: httpx.AsyncClient
) -> None:
    shown = SAID["change_form"]
    assert isinstance(shown, FormView)
    there = {"title": {"": "Badges", "es": "Insignias"}}
    site.conversation.instead(Open, replace(shown, values=there))
    path = f"/do/change-form|{CHANGED}"
    form = (await client.get(path)).text
    assert re.search(r'<textarea id="f-title\.es" name="title\.es"[^>]* lang="es"', form)
    assert form.count('<details class="translation" open>') == 1, "where there is one"
    assert ">\nInsignias</textarea>" in form
    action = f"/do/write-change|{CHANGED}"
    long = {"title.es": Unfit(why="This is {n} characters long.", values={"n": 91})}
    site.conversation.instead(WriteChange, Rejected(unfit=long))
    typed = {"title": "Badges", "title.es": "Credenciales", "day": "2026-12-01"}
    again = await send(client, path, action, **typed)
    heard = next(c for c in site.conversation.heard if isinstance(c, WriteChange))
    assert heard.title == {"": "Badges", "es": "Credenciales"}
    assert again.status_code == 422
    assert '<a href="#f-title.es">Spanish: Title: This is 91 characters long.</a>' in again.text
    assert ">\nCredenciales</textarea>" in again.text


async def test_a_list_is_pasted_and_uploaded(site: Stand, client: httpx.AsyncClient) -> None:
    path, action = "/do/list-form", "/do/write-list"
    shown = (await client.get(path)).text
    assert 'enctype="multipart/form-data"' in shown
    typed = {**hidden(shown, action), "name": "Users", "kind": "none", "addresses": "a@x.org"}
    file = {"addresses_file": ("users.csv", b"\xef\xbb\xbfb@x.org\r\nc@x.org\r\n", "text/csv")}
    site.conversation.instead(WriteList, LISTS["list_imported"])
    done = await client.post(action, data=typed, files=file)
    heard = site.conversation.heard[-1]
    assert heard == WriteList(name="Users", addresses="a@x.org\n# File\nb@x.org\nc@x.org")
    assert done.status_code == 200
    assert "12 addresses are not on the roster:" in done.text
    no = await client.post(action, data=typed, files={"addresses_file": ("x", b"\xff\xfe", "x/y")})
    assert no.status_code == 422
    assert "This file isn’t plain text." in no.text


CLOSES = {"closes_at_date": "2026-12-04", "closes_at_time": "16:00"}


async def test_a_survey_is_let_run_longer(site: Stand, client: httpx.AsyncClient) -> None:
    path = f"/desk/extend/{WAVE}"
    site.conversation.instead(surveys.ExtendWave, Done())
    response = await send(client, path, path, **CLOSES)
    assert response.headers["location"] == "/desk/surveys"
    closes = datetime(2026, 12, 4, 16, 0, tzinfo=ZoneInfo("America/Chicago"))
    assert site.conversation.heard[-1] == surveys.ExtendWave(wave_id=WAVE, closes_at=closes)
    early = Rejected(unfit={"closes_at": Unfit(why="Choose a later time.")})
    site.conversation.instead(surveys.ExtendWave, early)
    again = await send(client, path, path, **CLOSES)
    assert again.status_code == 422
    assert "Choose a later time." in again.text
    assert 'value="2026-12-04"' in again.text
    half = await send(client, path, path, closes_at_date="2026-12-07", closes_at_time="")
    assert half.status_code == 422
    assert 'value="2026-12-07"' in half.text, "a day without its time is kept"


async def test_the_later_closing_that_is_offered_is_on_a_school_day(
    site: Stand, client: httpx.AsyncClient
) -> None:
    """A week after the closing is the Monday of a break."""
    closes = examples.PULSE_WAVE.closes_at.astimezone(ZoneInfo("America/Chicago")).date()
    week = closes + timedelta(days=7)
    free = Holiday(name="Break", first=week, last=week + timedelta(days=4))
    desk = replace(examples.DESK, calendar=Calendar(holidays=(free,)))
    site.conversation.instead(ShowDesk, desk)
    page = (await client.get(f"/desk/extend/{WAVE}")).text
    (offered,) = re.findall(r'name="closes_at_date"[^>]*value="([^"]+)"', page)
    assert date.fromisoformat(offered) > free.last
    assert Calendar(holidays=(free,)).is_school_day(date.fromisoformat(offered))


async def test_closing_is_asked_once_more_and_then_done(
    site: Stand, client: httpx.AsyncClient
) -> None:
    path = f"/desk/close/{WAVE}"
    response = await send(client, path, path)
    assert response.headers["location"] == "/desk/surveys"
    assert site.conversation.heard[-1] == surveys.CloseWave(wave_id=WAVE)


@pytest.mark.parametrize(
    ("page", "command"),
    [
        (f"/announcements/{NEWS}/progress", StopCampaign(subject=NEWS)),
        (RESENDS, ResendAnnouncement(announcement_id=NEWS)),
        (RESENDS, ResendAnnouncement(announcement_id=NEWS, unknown=True)),
        (RECALLS, RecallAnnouncement(announcement_id=NEWS)),
    ],
)
async def test_a_campaign_is_stopped_sent_again_and_taken_back_from_its_page(
    site: Stand,
    client: httpx.AsyncClient,
    page: str,
    command: Command,
) -> None:
    response = await send(client, page, do(command))
    assert (response.status_code, response.headers["location"]) == (
        303,
        f"/announcements/{NEWS}/progress",
    )
    assert site.conversation.heard[-1] == command


@pytest.mark.parametrize(
    ("page", "command", "said"),
    [
        (
            f"/announcements/{NEWS}/progress",
            StopCampaign(subject=NEWS),
            "There was nothing left to stop",
        ),
        (
            RESENDS,
            ResendAnnouncement(announcement_id=NEWS),
            "Nothing was sent: everyone already has it",
        ),
        (
            RECALLS,
            RecallAnnouncement(announcement_id=NEWS),
            "Nobody had it yet, so there was nothing",
        ),
    ],
)
async def test_what_was_not_done_is_not_said_to_be(
    site: Stand, client: httpx.AsyncClient, page: str, command: Command, said: str
) -> None:
    ended = examples.MESSAGES["progress_ended"]
    assert isinstance(ended, Progress)
    tally = replace(ended.tally, queued=0, waiting=0, stopped=0, recalled=0, recalling=0)
    site.conversation.instead(type(command), replace(ended, tally=tally))
    sent = await send(client, page, do(command))
    assert said in (await client.get(sent.headers["location"])).text


async def test_an_asking_that_goes_on_with_nobody_left_says_so(
    site: Stand, client: httpx.AsyncClient
) -> None:
    at = f"/desk/asking/{WAVE}"
    going = examples.ASKING
    assert going.tally is not None
    stopped = replace(going, stopped_at=examples.NOW)
    through = replace(going, tally=replace(going.tally, queued=0, waiting=0))
    for message, said in (
        (through, "Sending continues. Everyone already has it."),
        (replace(going, tally=None), "Sending continues."),
    ):
        site.conversation.instead(ShowAsking, stopped)
        site.conversation.instead(ResumeCampaign, message)
        await send(client, at, do(ResumeCampaign(subject=WAVE)))
        assert f'role="status">{said}</p>' in (await client.get(at)).text


async def test_what_was_stopped_offers_the_rest(site: Stand, client: httpx.AsyncClient) -> None:
    stopped = examples.MESSAGES["progress_stopped"]
    assert isinstance(stopped, Progress)
    view = replace(
        examples.CAMPAIGN, announcement=replace(stopped.announcement, id=NEWS), tally=stopped.tally
    )
    site.conversation.instead(ShowCampaign, view)
    at = f"/announcements/{NEWS}"
    response = await send(client, f"{at}/progress", do(ResumeCampaign(subject=NEWS)))
    assert response.headers["location"] == f"{at}/progress"
    assert site.conversation.heard[-1] == ResumeCampaign(subject=NEWS)
    page = await client.get(f"{at}/progress")
    assert "12 people: Has blocked Sounding Board in Teams." in page.text
    assert "got no answer" in page.text, "unknown explains itself"


async def test_numbers_follow_along_with_their_buttons_and_a_screen_reader_hears_them(
    client: httpx.AsyncClient,
) -> None:
    page = await client.get(f"/announcements/{NEWS}/progress")
    assert 'aria-live="polite"' in page.text
    assert "Reload the numbers" in page.text, "without JavaScript"
    numbers = await client.get(f"/announcements/{NEWS}/progress/numbers")
    assert 'data-said="5,080 of 6,312 sent"' in numbers.text
    assert hidden(numbers.text, do(StopCampaign(subject=NEWS)))["csrf"]


async def test_a_surveys_asking_is_stopped_on_its_page(
    site: Stand, client: httpx.AsyncClient
) -> None:
    at = f"/desk/asking/{WAVE}"
    response = await send(client, at, do(StopCampaign(subject=WAVE)))
    assert response.headers["location"] == at
    assert site.conversation.heard[-1] == StopCampaign(subject=WAVE)


async def test_a_surveys_asking_follows_along_in_counts_and_names_nobody(
    site: Stand, client: httpx.AsyncClient
) -> None:
    at = f"/desk/asking/{WAVE}"
    page = await client.get(at)
    assert f'hx-get="{at}/numbers" hx-trigger="every 2s"' in page.text
    assert 'aria-live="polite"' in page.text
    assert "Reload the numbers" in page.text, "without JavaScript"
    assert "5,080 of 6,312 invitations sent" in page.text
    assert "The number of reminders is not shown" in page.text
    assert "Person by person" not in page.text
    numbers = await client.get(f"{at}/numbers")
    assert 'data-said="5,080 of 6,312 invitations sent"' in numbers.text
    assert hidden(numbers.text, do(StopCampaign(subject=WAVE)))["csrf"]
    site.conversation.instead(ShowAsking, replace(examples.ASKING, tally=None))
    page = await client.get(at)
    assert "fewer than 5 people" in page.text
    assert "hx-trigger" not in page.text, "nothing moves"


@pytest.mark.parametrize("unknown", [True, False])
async def test_those_whom_an_invitation_did_not_reach_are_asked_again(
    site: Stand, client: httpx.AsyncClient, unknown: bool
) -> None:
    at = f"/desk/asking/{WAVE}"
    form = examples.MESSAGES["ask_again_check"]
    assert isinstance(form, AskAgainCheck)
    some = replace(form.missed, unknown=3)
    site.conversation.instead(CheckAskAgain, replace(form, wave_id=WAVE, missed=some))
    again = AskAgain(wave_id=WAVE, unknown=unknown)
    response = await send(client, do(CheckAskAgain(wave_id=WAVE)), do(again))
    assert response.headers["location"] == at
    assert site.conversation.heard[-1] == again


async def test_paging_keeps_the_filter(client: httpx.AsyncClient) -> None:
    page = await client.get(f"/announcements/{NEWS}/progress?state=sent&q=maple")
    assert "?state=sent&amp;q=maple&amp;page=2#people" in page.text
    assert "Page 1 of 4" in page.text


async def test_an_unknown_filter_shows_everyone(site: Stand, client: httpx.AsyncClient) -> None:
    await client.get(f"/announcements/{NEWS}/progress?state=nonsense")
    assert site.conversation.heard[-1] == ShowCampaign(announcement_id=NEWS, size=20)


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("outcome=unread", "?state=unread"),
        ("outcome=unreachable&search=maple", "?state=missed&q=maple"),
        ("outcome=queued&page=3", "?state=waiting"),
        ("outcome=&search=", ""),
    ],
)
async def test_an_older_address_of_its_people_leads_to_them(
    client: httpx.AsyncClient, old: str, now: str
) -> None:
    moved = await client.get(f"/announcements/{NEWS}/progress?{old}")
    assert moved.status_code == 301
    assert moved.headers["location"] == f"/announcements/{NEWS}/progress{now}#people"


async def test_a_campaigns_page_has_tiles_the_worst_buildings_and_chips(
    client: httpx.AsyncClient,
) -> None:
    page = (await client.get(f"/announcements/{NEWS}/progress")).text
    tiles = page.partition('<ul class="tiles"')[2].partition("</ul>")[0]
    for label, figure in (("Sent", "5,080"), ("Confirmed", "2,210"), ("Could not be", "28")):
        assert label in tiles
        assert f'tile-figure">{figure}' in tiles
    assert "Reading without confirming is not counted." in tiles
    assert page.index("School 1 ") < page.index("School 2 ") < page.index("Show 2 more buildings")
    assert page.index("Show 2 more buildings") < page.index("School 9 ")
    assert f'href="/announcements/{NEWS}/progress?state=missed#people">Not delivered 1</a>' in page
    assert "Waiting to be sent</a>" not in page, "a chip that shows nobody is no chip"
    assert page.index('class="tiles"') < page.index("Person by person") < page.index("School 1 ")


# -- forms that are not ours -----------------------------------------------------------------


POSTS = [
    f"/surveys/{WAVE}/0",
    f"/surveys/{WAVE}/decline",
    do(StopCampaign(subject=NEWS)),
    do(ResumeCampaign(subject=WAVE)),
    do(ResendAnnouncement(announcement_id=NEWS)),
    do(RecallAnnouncement(announcement_id=NEWS)),
    do(AskAgain(wave_id=WAVE)),
    do(SendAnnouncement(announcement_id=NEWS, urgent=True)),
    do(ApproveAnnouncement(announcement_id=NEWS, request=1)),
    do(DeclineAnnouncement(announcement_id=NEWS, request=1, why="")),
    "/feedback",
    do(AcknowledgeAnnouncement(announcement_id=NEWS)),
    f"/announcements/{NEWS}/edit",
    f"/announcements/{NEWS}/send",
    f"/items/{ITEM}/acknowledge",
    do(AnswerItem(item_id=ITEM, text="")),
    do(MoveItem(item_id=ITEM, to="")),
    "/desk/launch/pulse",
    f"/desk/close/{WAVE}",
    "/signout",
]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
async def test_a_form_without_its_token_does_nothing(
    site: Stand, client: httpx.AsyncClient, path: str, token: str
) -> None:
    data = {"csrf": token, "item_id": str(ITEM), "text": "x"}
    response = await client.post(path, data=data)
    assert response.status_code == 403
    assert "too old to send" in response.text
    assert site.conversation.heard == []


OURS = {"sec-fetch-site": "same-origin"}
WROTE = "The Wi-Fi in room 12 drops\nevery <day> after lunch."


async def test_who_was_signed_out_while_they_wrote_reads_their_words_again(
    site: Stand, client: httpx.AsyncClient
) -> None:
    form = hidden((await client.get("/feedback")).text, "/feedback")
    await client.post("/signout", data=hidden((await client.get("/")).text, "/signout"))
    site.conversation.heard.clear()
    late = await client.post("/feedback", data={**form, "text": WROTE}, headers=OURS)
    assert late.status_code == 401
    assert "You were signed out in the meantime" in late.text
    assert "every &lt;day&gt; after lunch." in late.text
    assert form["csrf"] not in late.text
    assert site.conversation.heard == []


async def test_a_form_that_is_too_old_gives_back_what_was_written_in_it(
    client: httpx.AsyncClient,
) -> None:
    fields = {"csrf": "0" * 64, "item_id": str(ITEM), "text": WROTE}
    refused = await client.post("/feedback", data=fields, headers=OURS)
    assert refused.status_code == 403
    assert "every &lt;day&gt; after lunch." in refused.text
    assert str(ITEM) not in refused.text


@pytest.mark.parametrize("sent_from", [{}, {"sec-fetch-site": "same-site"}])
async def test_words_that_perhaps_another_site_sent_are_not_shown(
    client: httpx.AsyncClient, sent_from: dict[str, str]
) -> None:
    fields = {"csrf": "0" * 64, "text": "Call this number at once"}
    refused = await client.post("/feedback", data=fields, headers=sent_from)
    assert refused.status_code == 403
    assert "Call this number" not in refused.text


async def test_a_page_that_is_not_there_says_so_in_the_readers_language(site: Stand) -> None:
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link(SPANISH))
        for path in ("/nowhere", "/surveys/17"):
            missing = await browser.get(path)
            assert missing.status_code == 404
            assert '<html lang="es"' in missing.text
            assert "No encontramos esa página" in missing.text


async def test_a_form_from_another_site_does_nothing(
    site: Stand, client: httpx.AsyncClient
) -> None:
    fields = hidden((await client.get("/feedback")).text, "/feedback")
    site.conversation.heard.clear()
    headers = {"sec-fetch-site": "cross-site"}
    response = await client.post("/feedback", data={**fields, "text": "x"}, headers=headers)
    assert response.status_code == 403
    assert site.conversation.heard == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 400),
        (b"csrf=\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"a=1&" * 3000, "application/x-www-form-urlencoded", 400),
        (b"a=" + b"x" * 300_000, "application/x-www-form-urlencoded", 413),
        (b"", "", 400),
    ],
)
async def test_what_is_no_form_is_refused_in_plain_words(
    site: Stand, client: httpx.AsyncClient, body: bytes, kind: str, status: int
) -> None:
    response = await client.post("/feedback", content=body, headers={"content-type": kind})
    assert response.status_code == status
    assert "Nothing was saved." in response.text
    assert site.conversation.heard == []


@pytest.mark.parametrize("field", ["item_id", "wave_id"])
async def test_a_hidden_id_that_was_changed_is_refused(
    site: Stand, client: httpx.AsyncClient, field: str
) -> None:
    path = "/feedback" if field == "item_id" else "/desk/launch/pulse"
    response = await send(client, path, path, **{field: "not an id"})
    assert response.status_code == 400


async def test_an_unknown_role_in_a_form_never_means_everyone(
    site: Stand, client: httpx.AsyncClient
) -> None:
    edit = f"/announcements/{DRAFT}/edit"
    response = await send(client, "/announcements/new", edit, title="x", roles=["wizard"])
    assert response.status_code == 422
    assert not any(isinstance(one, WriteAnnouncement) for one in site.conversation.heard)


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example"])
async def test_a_form_leads_to_no_other_site(client: httpx.AsyncClient, back: str) -> None:
    response = await send(client, "/", do(AcknowledgeAnnouncement(announcement_id=NEWS)), back=back)
    assert response.headers["location"] == f"/announcements/{NEWS}"


async def test_a_short_survey_is_answered_where_it_is_asked(
    site: Stand, client: httpx.AsyncClient
) -> None:
    short = replace(examples.INVITATION, inline=examples.PAGE_ONE.questions)
    entry = replace(examples.INBOX.entries[0], message=short)
    site.conversation.instead(ShowInbox, replace(examples.INBOX, entries=(entry,)))
    key = short.inline[0].key
    page = (await client.get("/")).text
    assert f'name="{key}"' in page
    assert f'href="/surveys/{WAVE}"' not in page
    await send(client, "/", f"/surveys/{WAVE}/0", **{key: "1"})
    heard = site.conversation.heard[-1]
    assert isinstance(heard, surveys.AnswerPage)
    assert heard.answers[key] == "1"


@pytest.mark.parametrize(
    ("did", "says", "leads"),
    [
        (Participation.ANSWERED, "You answered this", "Change my answers"),
        (Participation.DECLINED, "You said no", "Answer anyway"),
    ],
)
async def test_what_was_asked_before_says_what_became_of_it(
    site: Stand, client: httpx.AsyncClient, did: Participation, says: str, leads: str
) -> None:
    entry = replace(examples.INBOX.entries[0], order=None, participation=did)
    site.conversation.instead(ShowInbox, replace(examples.INBOX, entries=(entry,)))
    page = (await client.get("/earlier")).text
    assert says in page
    assert leads in page
    assert "No, thank you" not in page


async def test_a_committees_open_messages_wait_for_its_members(
    site: Stand, client: httpx.AsyncClient
) -> None:
    queues = (("network", "Network"), ("itt", "Tools"))
    view = replace(examples.INBOX, entries=(), queues=queues, open_items={"network": 3})
    site.conversation.instead(ShowInbox, view)
    page = (await client.get("/")).text
    assert "3 messages from staff are open." in page
    assert page.count("Read and answer") == 1
    assert "Nothing is waiting for you." not in page


async def test_the_page_asks_again_only_while_a_message_is_being_read(
    site: Stand, client: httpx.AsyncClient
) -> None:
    reading = (await client.get("/said")).text
    assert "<html" not in reading
    assert "hx-trigger" in reading, "the example holds a message that was only received"
    view = replace(examples.INBOX, items=examples.INBOX.items[:1])
    site.conversation.instead(ShowInbox, view)
    assert "hx-trigger" not in (await client.get("/said")).text


async def test_while_as_many_messages_are_being_read_nothing_is_drawn_again(
    site: Stand, client: httpx.AsyncClient
) -> None:
    site.conversation.instead(ShowBeingRead, BeingRead(items=frozenset({uuid4(), uuid4()})))
    assert (await client.get("/said?reading=2")).status_code == 204
    for of_others in ("/said?reading=3", "/said"):
        assert 'class="said" hx-get="/said?reading=1"' in (await client.get(of_others)).text
    site.conversation.instead(ShowBeingRead, BeingRead(items=frozenset()))
    assert (await client.get("/said?reading=2")).status_code == 200


async def test_the_thank_you_for_a_message_asks_whether_the_help_desk_should_have_it(
    site: Stand, client: httpx.AsyncClient
) -> None:
    offer = cast(HelpDeskOffer, examples.MESSAGES["help_desk_offered"])
    form = hidden((await client.get("/feedback")).text, "/feedback")
    given = {**form, "text": "The projector is broken."}
    site.conversation.instead(
        GiveFeedback, FeedbackReceived(item_id=offer.item_id, naming=Naming.WITHHELD)
    )
    (mine, *_) = examples.INBOX.items
    mine = replace(mine, item_id=offer.item_id, state=ItemState.RECEIVED)
    read = replace(examples.INBOX, entries=(), items=(mine,))
    site.conversation.instead(ShowInbox, read)
    sent = await client.post("/feedback", data=given)
    page = (await client.get(sent.headers["location"])).text
    assert "Thank you. We have your message." in page
    assert 'hx-get="/feedback/done/asked" hx-trigger="every 2s"' in page
    assert 'href="/feedback/done"' in page, "without scripts they look again themselves"
    (entry, *_) = examples.INBOX.entries
    asks = replace(
        read,
        entries=(replace(entry, message=offer),),
        items=(replace(mine, state=ItemState.NEW),),
    )
    site.conversation.instead(ShowInbox, asks)
    for path in ("/feedback/done", "/feedback/done/asked"):
        asked = (await client.get(path)).text
        assert "Yes, without my name" in asked
        assert "hx-trigger" not in asked.partition("<main")[2]
        assert ("<html" in asked) is (path == "/feedback/done")
        stands = set(re.findall(r'name="back" value="([^"]*)"', asked))
        assert stands == {"/feedback/done"}, "a press never leads to a part of a page"
    nothing = replace(asks, entries=())
    site.conversation.instead(ShowInbox, nothing)
    quiet = (await client.get("/feedback/done")).text
    assert "Yes, without my name" not in quiet
    assert "every 2s" not in quiet


async def test_an_answer_stands_once_on_the_page(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    assert page.count("We found the access point.") == 1


async def test_in_an_empty_announcement_each_problem_names_its_part(
    site: Stand, client: httpx.AsyncClient
) -> None:
    why = Unfit(why="Fill in this field. People need it to act.")
    again = replace(examples.FORM, unfit={"title": why, "why": why})
    site.conversation.instead(WriteAnnouncement, again)
    response = await send(
        client, "/announcements/new", f"/announcements/{DRAFT}/edit", title="", why=""
    )
    assert "Title: Fill in this field" in response.text
    assert "Why: Fill in this field" in response.text


async def test_the_figures_that_are_ticked_go_along_with_what_was_heard(
    site: Stand, client: httpx.AsyncClient
) -> None:
    path = f"/results/{WAVE}/conclusions"
    page = await client.get(path)
    ticked = re.findall(r'name="figures" value="([^"]+)" checked', page.text)
    assert ticked == list(examples.CONCLUSIONS_FORM.figures), "as they were chosen before"
    form = {**hidden(page.text, path), "heard": "Much.", "figures": ["hours", "next"]}
    await client.post(path, data=form)
    heard = site.conversation.heard[-1]
    assert isinstance(heard, WriteConclusions)
    assert heard.figures == ("hours", "next")
    read = (await client.get(path)).text
    charts, told = read.count('<figure class="figure"'), read.count("(about 400 answers)")
    assert charts == MOST_PICTURES, "the first as charts"
    assert charts + told == len(examples.FIGURES), "and each other in a line"


async def test_every_page_can_also_be_drawn_in_the_demo() -> None:
    """The demo's frame has a tour, whose names no page may take."""
    site = stand(demo=True)
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link())
        answered = {}
        for look in LOOKS:
            if look.stranger or look.status != 200 or look.said:
                continue
            answered[look.at] = (await browser.get(look.at)).status_code
    assert f"/results/{WAVE}/conclusions" in answered
    assert {at: status for at, status in answered.items() if status >= 500} == {}


DOUBTED = examples.MESSAGES["decision_form_doubt"]


@pytest.mark.parametrize(
    ("command", "form"),
    [
        (MoveItem(item_id=ITEM, to=""), examples.MESSAGES["move_form"]),
        (LinkItem(item_id=ITEM), examples.MESSAGES["link_form"]),
        (DecideAdvice(recommendation_id=ADVICE, accept=True), DOUBTED),
        (
            WriteAdvice(recommendation_id=ADVICE, queue="network"),
            examples.MESSAGES["advice_form"],
        ),
        (
            TellOutcome(recommendation_id=ADVICE),
            replace(
                cast(AdviceView, examples.MESSAGES["advice_accepted"]),
                outcome="Harper Wing has one.",
                doubt=cast(FormView, DOUBTED).doubt,
            ),
        ),
    ],
    ids=lambda one: type(one).__name__,
)
async def test_a_form_that_asks_once_more_is_shown(
    site: Stand, client: httpx.AsyncClient, command: Command, form: Any
) -> None:
    site.conversation.instead(type(command), replace(form, unfit={}))
    home = await client.get("/help")
    page = await client.post(do(command), data=hidden(home.text, "/signout"))
    assert page.status_code == 200
    assert f'action="{do(command).partition("|")[0]}|' in page.text
    assert "Harper Wing has one." in page.text or not isinstance(command, TellOutcome)


async def test_decisions_stand_under_one_heading_with_their_number_and_what_is_done_below(
    site: Stand, client: httpx.AsyncClient
) -> None:
    names = ("advice_sent", "help_desk_offered", "taken_out", "told_asked", "approval_asked")
    done = ("told", "advice_settled")
    entries = tuple(
        replace(
            examples.INBOX.entries[0],
            delivery_id=examples.number(200 + place),
            message=examples.MESSAGES[name],
            order=order_of("", examples.MESSAGES[name]),
            participation=None,
        )
        for place, name in enumerate((*names, *done))
    )
    view = replace(examples.INBOX, entries=entries, items=(), open_items={}, urgent_cases=None)
    site.conversation.instead(ShowInbox, view)
    page = (await client.get("/")).text
    waiting, _, rest = page.partition('aria-labelledby="said"')
    assert "Waiting for you</h2>" in waiting
    assert "5 things wait for you" in waiting
    assert waiting.count('class="waiting"') == 5
    assert "Nothing is waiting for you." not in page
    assert rest.count('class="came"') == len(done)
    assert 'href="/earlier"' in rest
    page = (await client.get("/earlier")).text
    assert page.count('class="came"') == len(done)
    assert "Earlier messages</h1>" in page


TAGS = {
    "notice": ("Confirm", "Read and confirm"),
    "notice_lesson": ("Lesson", "Take the lesson"),
    "safeguards_asked": ("Assess", "Assess"),
    "brief": ("Assigned to you", "Read and answer"),
    "approval_asked": ("Approve", "Read and decide"),
    "taken_out": ("Check", "Check"),
    "told_asked": ("Reply", "Reply"),
    "advice_sent": ("Decide", "Read and decide"),
}
"""What each asks for, and the button that opens it."""


async def test_each_thing_that_waits_is_tagged_with_what_is_to_be_done(
    site: Stand, client: httpx.AsyncClient
) -> None:
    made = {
        "notice_lesson": replace(cast(Notice, examples.MESSAGES["notice"]), lesson=True),
        **examples.MESSAGES,
    }
    for name, (tag, press) in TAGS.items():
        entry = replace(
            examples.INBOX.entries[0],
            message=made[name],
            order=order_of("", made[name]) or Order.DUTY,
            participation=None,
        )
        view = replace(examples.INBOX, entries=(entry,), items=(), open_items={}, urgent_cases=None)
        site.conversation.instead(ShowInbox, view)
        waiting = (await client.get("/")).text.partition('id="waits"')[2].partition("</section>")[0]
        assert re.findall(r'class="tag [^"]*">([^<]+)<', waiting)[0] == tag, name
        assert f'aria-hidden="true">{press}</span></summary>' in waiting, name


async def test_a_survey_is_open_at_its_first_question(
    site: Stand, client: httpx.AsyncClient
) -> None:
    """Where it is the first thing that waits. The rest folds until that is answered."""
    survey = replace(
        examples.INBOX.entries[0],
        delivery_id=examples.number(310),
        message=replace(examples.INVITATION, inline=examples.PAGE_ONE.questions),
        order=Order.SURVEY,
        participation=None,
    )
    other = replace(
        survey, delivery_id=examples.number(311), message=examples.MESSAGES["advice_sent"]
    )
    other = replace(other, order=order_of("", other.message))
    for entries, is_open in (((survey,), True), ((other, survey), False)):
        view = replace(examples.INBOX, entries=entries, items=(), open_items={}, urgent_cases=None)
        site.conversation.instead(ShowInbox, view)
        waiting = (await client.get("/")).text.partition('id="waits"')[2].partition('id="said"')[0]
        rows = re.findall(r'<details class="waiting"[^>]*>', waiting)
        (shown,) = [row for row in rows if str(survey.delivery_id) in row]
        assert shown.endswith(" open>") is is_open, entries
    assert 'class="survey inline folds"' in waiting
    first, _, rest = waiting.partition('<div class="rest">')
    key = examples.PAGE_ONE.questions[0].key
    assert f'name="{key}"' in first
    assert f'name="{examples.PAGE_ONE.questions[1].key}"' not in first
    assert f'name="{examples.PAGE_ONE.questions[1].key}"' in rest


async def test_a_long_letter_is_shortened_and_does_not_hide_what_waits_below(
    site: Stand, client: httpx.AsyncClient
) -> None:
    letter = cast(Notice, examples.MESSAGES["notice"])
    begins = "The sign-in of the Wi-Fi changes."
    change = replace(letter.change, what=Text(default=f"{begins} " + "Word after word. " * 60))
    long = replace(letter, acknowledge=True, acknowledged_at=None, change=change)
    entries = tuple(
        replace(
            examples.INBOX.entries[0],
            delivery_id=examples.number(300 + place),
            message=message,
            order=order_of("", message),
            participation=None,
        )
        for place, message in enumerate((long, examples.MESSAGES["told_asked"]))
    )
    view = replace(examples.INBOX, entries=entries, items=(), open_items={}, urgent_cases=None)
    site.conversation.instead(ShowInbox, view)
    waiting = (await client.get("/")).text.partition('id="waits"')[2].partition("</section>")[0]
    of_letter = next(one for one in waiting.split("<details")[1:] if begins in one)
    row, _, whole = of_letter.partition("</summary>")
    assert " open" not in row.partition(">")[0], "it is opened by its reader"
    assert begins in row
    assert "Read and confirm" in row
    assert row.count("Word after word.") < 15
    assert whole.count("Word after word.") == 60


async def test_the_office_begins_a_survey_from_home(site: Stand, client: httpx.AsyncClient) -> None:
    site.conversation.instead(ShowInbox, replace(examples.INBOX, cto=True))
    home = (await client.get("/")).text
    assert re.search(r'href="/desk/surveys/new">\s*New survey<', home)


async def test_links_to_the_dashboard_of_before_lead_home(client: httpx.AsyncClient) -> None:
    for address in ("/desk", "/desk?surveys=2&announcements=1"):
        response = await client.get(address)
        assert (response.status_code, response.headers["location"]) == (303, "/")


# -- pages that are the answer to a form -----------------------------------------------------------

ASSESSES = AnswerSafeguard(assessment_id=WINTER, number="4.1", seen="")
ASSESSED_AT = addresses.answer(WINTER, "4.1")
ASKS_FOR_IT = do(ShowAnswerForm(item_id=ITEM))
_NAMED = replace(cast(FormView, ASSESSING["assess_form"]), doubt=cast(FormView, DOUBTED).doubt)
MONTH = examples.MESSAGES["monthly_figures"]


async def language_leads(client: httpx.AsyncClient, page: str) -> httpx.Response:
    """The page after another language was chosen at the bottom of one."""
    chosen = await client.post("/language", data={**hidden(page, "/language"), "locale": "es"})
    return await client.get(chosen.headers["location"])


@pytest.mark.parametrize(
    ("command", "answer", "leads"),
    [
        (
            AnswerItem(item_id=ITEM, text=""),
            Rejected(unfit={"text": Unfit(why="Too short.")}),
            ASKS_FOR_IT,
        ),
        (ASSESSES, _NAMED, ASSESSED_AT),
        (
            ReviewNext(assessment_id=WINTER),
            ASSESSING["review_form"],
            addresses.review(WINTER, "4.1"),
        ),
        (AcknowledgeItem(item_id=ITEM), Rejected(unfit={"item_id": Unfit(why="Gone.")}), "/"),
    ],
)
async def test_after_a_form_another_language_leads_to_where_it_is_filled_in(
    site: Stand, client: httpx.AsyncClient, command: Command, answer: Any, leads: str
) -> None:
    site.conversation.instead(type(command), answer)
    home = (await client.get("/help")).text
    token = hidden(home, "/signout")
    page = await client.post(do(command), data=token, follow_redirects=True)
    assert page.status_code in (200, 422)
    assert "on the web" not in page.text
    there = await language_leads(client, page.text)
    assert (there.status_code, unquote(there.url.raw_path.decode())) == (200, leads)


async def test_where_only_a_form_leads_another_language_leads_home(
    site: Stand, client: httpx.AsyncClient
) -> None:
    wrong = await client.get(f"/surveys/{WAVE}/decline")
    assert wrong.status_code == 405
    there = await language_leads(client, wrong.text)
    assert (there.status_code, there.url.path) == (200, "/")
    home = await client.get(do(AcknowledgeItem(item_id=ITEM)), follow_redirects=True)
    assert home.url.path == "/"
    assert "Nothing was done. To do something, press its button on the page." in home.text


async def test_a_form_that_asks_about_personal_data_begins_by_saying_it_is_not_saved(
    site: Stand, client: httpx.AsyncClient
) -> None:
    site.conversation.instead(AnswerSafeguard, _NAMED)
    home = (await client.get("/help")).text
    page = (await client.post(do(ASSESSES), data=hidden(home, "/signout"))).text
    told = '<a href="#f-put_back">Not saved yet. Check the text below.</a>'
    assert told in page
    assert page.index(told) < page.index("<h1>")
    assert 'id="f-put_back"' in page


async def test_a_bulk_reply_that_asks_about_personal_data_says_that_nothing_was_sent(
    site: Stand, client: httpx.AsyncClient
) -> None:
    asks = replace(CHAIR, doubt=cast(FormView, DOUBTED).doubt)
    site.conversation.instead(DisposeTogether, asks)
    at, typed = "/committees/network/chair", {"act": BulkAct.MOVE, "items": str(ITEM)}
    page = (await send(client, at, at, **typed)).text
    told = '<a href="#f-put_back">Check the text below.</a>'
    assert page.index("<h2>Nothing was sent</h2>") < page.index(told) < page.index("<h2 id=")
    assert 'id="f-put_back"' in page


async def test_a_problem_names_its_field(site: Stand, client: httpx.AsyncClient) -> None:
    long = Unfit(why="This is {n} characters long.", values={"n": 5000})
    unfit = {"evidence": long, "applies": Unfit(why="Choose one.")}
    site.conversation.instead(AnswerSafeguard, Rejected(unfit=unfit))
    home = (await client.get("/help")).text
    page = (await client.post(do(ASSESSES), data=hidden(home, "/signout"))).text
    assert '<a href="#f-evidence">Evidence: This is 5000 characters long.</a>' in page
    assert '<a href="#f-applies">Does it apply to the district? Choose one.</a>' in page


@pytest.mark.parametrize(
    "path",
    [
        ASSESSED_AT,
        addresses.control_review(WINTER, "4"),
        addresses.safeguard(WINTER, "4.1"),
        "/",
        "/learning",
    ],
)
async def test_no_page_offers_to_open_it_on_the_web(
    site: Stand, client: httpx.AsyncClient, path: str
) -> None:
    names = ("monthly_figures", "guide_asked", "decision_due")
    entries = tuple(
        replace(
            examples.INBOX.entries[0],
            delivery_id=examples.number(300 + place),
            message=examples.MESSAGES[name],
            order=Order.DECISION,
            participation=None,
        )
        for place, name in enumerate(names)
    )
    site.conversation.instead(ShowInbox, replace(examples.INBOX, entries=entries))
    page = await client.get(path)
    assert page.status_code == 200
    assert "on the web" not in page.text


async def test_among_other_messages_one_is_opened_without_saying_where(
    client: httpx.AsyncClient,
) -> None:
    guide = draw(examples.MESSAGES["guide_asked"], examples.READER, level=3)
    assert re.search(r'<a class="button plain" href="/guides/[^"]+">Open it<', guide)
    month = draw(examples.MESSAGES["monthly_figures"], examples.READER, level=3)
    assert '<a class="button plain" href="/what-came-of-it">See it<' in month
