"""Before anybody asks for what somebody else has to approve, they read that, and who may approve
it; the button says that it asks for approval."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any, cast

import httpx
import pytest

from bot.registry import OPERATIONS
from bot.web.render_card import at as do
from core.people import Audience
from governance import links
from governance.access import PERSON
from governance.acknowledgements.commands import AskAcknowledgements, ShowAcknowledgements
from governance.acknowledgements.messages import AcknowledgementFigures
from governance.authoring.commands import ShowPlan
from governance.board_reports.commands import PublishReport, ShowReport
from governance.conclusions.commands import PublishConclusions, ShowConclusionsForm
from governance.forms.commands import Open
from governance.learning import forms
from governance.learning.commands import WriteGuide
from governance.pulses.commands import AskPulse, PlanPulse
from governance.rules.commands import ShowRule, TakeStep
from governance.rules.model import RuleStep
from governance.second_person.commands import AskSecondPerson
from governance.second_person.messages import SecondAsked, SecondForm
from governance.second_person.model import SecondPerson
from governance.series.commands import StartSeries
from surveys.commands import LaunchSurvey
from surveys.messages import Rejected
from surveys.questions import Unfit
from tests.bot.samples.board_report import REPORT, board_reports
from tests.bot.samples.change import CHANGE
from tests.bot.samples.forms import form
from tests.bot.samples.pulse import pulses
from tests.bot.samples.second_person import second_person
from tests.bot.web import examples
from tests.bot.web.examples import NOW, WAVE
from tests.bot.web.rules.views import RULE, SHOWN
from tests.bot.web.site import CTO, Stand, stand, visitor
from tests.bot.web.test_launching import handed_in, press
from tests.bot.web.test_pages import hidden, sign_in
from tests.bot.web.test_repeating import typed

NAMES = ("Cormac Ashgrove", "Anders Holmquist")
SECOND = SecondPerson(approvers=NAMES)
NEEDED = (
    "A second person has to approve it first: Cormac Ashgrove or Anders Holmquist. Nothing is sent "
    "before that."
)
ASKS = "Ask for approval"

Page = Callable[[Stand, httpx.AsyncClient, SecondPerson | None], Awaitable[str]]


async def _launch(site: Stand, client: httpx.AsyncClient, second: SecondPerson | None) -> str:
    site.conversation.instead(ShowPlan, replace(examples.PLAN, second=second))
    return (await handed_in(client)).text


async def _series(site: Stand, client: httpx.AsyncClient, second: SecondPerson | None) -> str:
    site.conversation.instead(ShowPlan, replace(examples.PLAN, second=second))
    return (await typed(client, do="look")).text


def _page(path: str, shows: type, message: Any) -> Page:
    async def shown(site: Stand, client: httpx.AsyncClient, second: SecondPerson | None) -> str:
        site.conversation.instead(shows, replace(message, second=second))
        return (await client.get(path)).text

    return shown


async def _guide(site: Stand, client: httpx.AsyncClient, second: SecondPerson | None) -> str:
    write = WriteGuide(change_id=CHANGE)
    opening = forms.guide(None, Audience(), {}, change_id=CHANGE, second=second)
    site.conversation.instead(Open, form(write, opening))
    return (await client.get(do(Open(of=write)))).text


async def _pulse(site: Stand, client: httpx.AsyncClient, second: SecondPerson | None) -> str:
    site.conversation.instead(
        PlanPulse, replace(cast(Any, pulses("")["ready_preview"]), second=second)
    )
    home = await client.get("/help")
    at = do(PlanPulse(change_id=CHANGE))
    return (await client.post(at, data=hidden(home.text, "/signout"))).text


PUBLISHED = replace(cast(Any, board_reports("")["board_report"]), writes=True)
PAGES: Mapping[type, tuple[Page, str]] = {
    LaunchSurvey: (_launch, "Launch it"),
    StartSeries: (_series, "Launch it"),
    AskAcknowledgements: (
        _page(
            links.acknowledgements(""),
            ShowAcknowledgements,
            AcknowledgementFigures(given=None, year="2026-27", may_ask=True),
        ),
        "Ask all staff for 2026-27",
    ),
    PublishReport: (
        _page(links.board_report("", REPORT), ShowReport, PUBLISHED),
        "Publish on the public page",
    ),
    PublishConclusions: (
        _page(
            links.conclusions("", WAVE),
            ShowConclusionsForm,
            replace(examples.CONCLUSIONS_FORM, published=None),
        ),
        "Publish it",
    ),
    AskPulse: (_pulse, "Schedule it"),
    TakeStep: (
        _page(
            links.rule("", RULE),
            ShowRule,
            replace(SHOWN, can=frozenset({RuleStep.OPENED})),
        ),
        "Open it for comment",
    ),
    WriteGuide: (_guide, "Save"),
}


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link(CTO))
        site.conversation.heard.clear()
        yield browser


def test_each_operation_that_may_need_a_second_person_has_its_page_here() -> None:
    asked = {one.command for one in OPERATIONS.values() if one.second and one.by & PERSON}
    assert set(PAGES) == asked


@pytest.mark.parametrize("command", PAGES)
async def test_the_page_says_who_approves_it_and_the_button_asks_for_that(
    site: Stand, client: httpx.AsyncClient, command: type
) -> None:
    page, usual = PAGES[command]
    html = unescape(await page(site, client, SECOND))
    if command is not WriteGuide:
        assert NEEDED in html
        assert f"{ASKS}" in html.partition(NEEDED)[2].partition("</form>")[0], "the button after it"
        assert f">{usual}<" not in html
    html = unescape(await page(site, client, None))
    assert f">{usual}<" in html
    assert ASKS not in html
    assert "second person" not in html


async def test_while_nobody_knows_to_how_many_it_goes_the_form_says_from_when_on(
    site: Stand, client: httpx.AsyncClient
) -> None:
    page, _ = PAGES[WriteGuide]
    html = unescape(await page(site, client, replace(SECOND, above=500)))
    assert (
        "If it goes to more than 500 people, a second person has to approve it first: Cormac "
        "Ashgrove or Anders Holmquist." in html
    )
    assert ">Save<" in html


@pytest.mark.parametrize("everyone", [False, True])
async def test_a_launch_asks_for_approval_at_once_unless_it_takes_a_word(
    site: Stand, client: httpx.AsyncClient, everyone: bool
) -> None:
    asks = next(one for one in second_person("", NOW).values() if isinstance(one, SecondForm))
    asks = replace(asks, reaching=replace(asks.reaching, everyone=everyone))
    asked_for = next(one for one in second_person("", NOW).values() if isinstance(one, SecondAsked))
    site.conversation.instead(LaunchSurvey, asks)
    site.conversation.instead(AskSecondPerson, replace(asked_for, to_asker=True))
    check = await _launch(site, client, SECOND)
    after = await press(client, check, "launch")
    asked = [one for one in site.conversation.heard if isinstance(one, AskSecondPerson)]
    assert len(asked) == (0 if everyone else 1)
    if everyone:
        assert "A second person has to approve this" in after.text
    else:
        assert after.headers["location"] == links.second_request("", asks.request_id)


@pytest.mark.parametrize("page", [_launch, _series])
async def test_what_goes_to_everyone_takes_its_word_on_the_page_with_the_button(
    site: Stand, client: httpx.AsyncClient, page: Page
) -> None:
    asks = next(one for one in second_person("", NOW).values() if isinstance(one, SecondForm))
    assert asks.reaching.everyone
    asked_for = next(one for one in second_person("", NOW).values() if isinstance(one, SecondAsked))
    for kind in (LaunchSurvey, StartSeries):
        site.conversation.instead(kind, asks)
    check = await page(site, client, replace(SECOND, everyone=True))
    assert check.index('name="everyone"') < check.index(ASKS)

    wrong = Rejected(unfit={"everyone": Unfit(why="Type “everyone” to confirm.")})
    site.conversation.instead(AskSecondPerson, wrong)
    again = await press(client, check, "launch", everyone="every")
    assert (again.status_code, again.headers.get("location")) == (422, None)
    assert 'href="#f-everyone"' in again.text
    assert again.text.index('name="everyone"') < again.text.index(ASKS)

    site.conversation.instead(AskSecondPerson, replace(asked_for, to_asker=True))
    after = await press(client, again.text, "launch", everyone="everyone")
    assert after.headers["location"] == links.second_request("", asks.request_id)
    asked = [one for one in site.conversation.heard if isinstance(one, AskSecondPerson)]
    assert [one.everyone for one in asked] == ["every", "everyone"]


async def test_no_word_is_asked_for_what_does_not_go_to_everyone(
    site: Stand, client: httpx.AsyncClient
) -> None:
    assert 'name="everyone"' not in await _launch(site, client, SECOND)
    assert 'name="everyone"' not in await _launch(site, client, None)
