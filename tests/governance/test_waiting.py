"""What waits for a person is first, wherever it is listed, and never under "Earlier"."""

from __future__ import annotations

import types
import typing
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.conversation import Reader
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_home
from bot.teams.draw_views import part_of_home
from core.messages import Asks, Order
from core.words import Words
from governance.changes.model import ChangeStep
from governance.composing import deliveries
from governance.feedback.model import Urgency
from governance.home.commands import HomePart, ShowHome, ShowInbox
from governance.messages import Message, News, Notice
from governance.rules.handlers import REVIEW_AFTER
from governance.rules.model import RuleStep
from governance.views import HomeView, InboxEntry, InboxView
from governance.waiting import order_of
from surveys.messages import Invitation
from surveys.survey import Participation
from tests.attacks.hall import Hall, hall
from tests.bot.slack.samples import FRESH, SAMPLES
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_campaigning import rows
from tests.governance.changes.test_process import take as take_change
from tests.governance.changes.test_process import written as written_change
from tests.governance.rules.test_process import VOTE, proposed, take, until_comments_end
from tests.governance.service_notices.test_notices import out, post
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER
from tests.stand_ins.slack import texts

AT = datetime(2026, 10, 5, 15, tzinfo=UTC)
PEN = pen_for(Reader(web_url="https://soundingboard.example.org"), FRESH)

QUEUE = "its queue is listed, with how many items are open"
NEWS = "it tells what happened, and nobody has to press anything"
NOT_WAITING = {
    "RuleNews": "where a rule stands says whose turn it is (governance/rules/waits.py)",
    "ChangeNews": "where a change stands says whose turn it is (governance/changes/waits.py)",
    "Brief": QUEUE + "; one that was assigned to its reader waits by its delivery",
    "TriageWaiting": QUEUE,
    "RestrictedWaiting": QUEUE,
    "DocketOverdue": QUEUE,
    "IdeasWaiting": "it waits by its delivery: it is composed while ideas wait",
    "ReadReminder": "the announcement itself waits, and stands there once",
    "AnnouncementEdited": "the announcement itself waits",
    "CaseNews": "the case itself waits, for everybody who responds to such cases",
    "AdviceSettled": NEWS,
    "AlignmentView": NEWS,
    "ApprovalSettled": NEWS,
    "ChannelOpened": NEWS,
    "ChatAnswer": NEWS,
    "Conclusions": NEWS,
    "Digest": NEWS,
    "GoalNotes": NEWS,
    "Growing": NEWS,
    "MonthlyFigures": NEWS,
    "Withdrawn": "each message it counts waits as a case of its own",
    "OwedNews": "it lists people who were reminded and owe something; nothing is left to press",
    "ProposalView": "as it is delivered for a decision it is a ProposalAsked",
    "RecordsHold": NEWS,
    "Repetition": NEWS,
    "Results": NEWS,
    "RosterRefused": NEWS,
    "SafeguardsHandedOver": NEWS,
    "ServiceUpdated": NEWS,
    "SessionTold": "a seat can be given back, and nothing waits for that",
    "StudentDataRemoved": NEWS,
    "Ticket": NEWS,
}
"""Of what is delivered and does not wait by its class: why."""


def delivered() -> set[type]:
    """Every class of message that a declared delivery can bring, read off its code."""
    return {one for kind in deliveries().values() for one in classes(kind.compose, set())}


def classes(function: Any, seen: set[Any]) -> set[type]:
    if function in seen:
        return set()
    seen.add(function)
    hint = typing.get_type_hints(function).get("return")
    if hint is not None:
        parts = set(typing.get_args(hint)) or {hint}
        found = parts & set(typing.get_args(Message))
        if found and len(found) < 20:  # else it brings whatever the next function does
            return found
    code = function.__code__
    called = [function.__globals__.get(name) for name in code.co_names]
    called += [cell.cell_contents for cell in function.__closure__ or ()]
    functions = [one for one in called if isinstance(one, types.FunctionType)]
    return {one for next_one in functions for one in classes(next_one, seen)}


def test_everything_that_is_delivered_says_whether_it_waits() -> None:
    found = delivered()
    assert len(found) > 40
    silent = {one.__name__ for one in found if not issubclass(one, Asks) and one is not Invitation}
    assert silent == set(NOT_WAITING), "make it an Asks, or write down here why it does not wait"


TOLD_ONLY = {
    f"told-{news}"
    for news in News
    if news not in (News.ASKED, News.URGENT, News.TAKEN, News.TAKEN_OUT)
}
"""What the author of a message hears and cannot reply to: only a question waits for a reply."""


def test_home_composes_each_kind_that_can_ask_for_something() -> None:
    """A kind that is not declared so would never wait for anybody."""
    asks = {
        kind
        for kind, one in deliveries().items()
        if one.waits
        or any(issubclass(of, Asks) or of is Invitation for of in classes(one.compose, set()))
    }
    assert len(asks) > 30
    assert asks > TOLD_ONLY
    assert asks - TOLD_ONLY == {kind for kind, one in deliveries().items() if one.may_wait}


ASKED = sorted(
    name
    for name, one in SAMPLES.items()
    if type(one) in delivered() and order_of("", one, Participation.ASKED) is not None
)


@pytest.mark.parametrize("name", ASKED)
async def test_what_asks_for_a_press_comes_before_surveys_and_not_under_earlier(
    name: str,
) -> None:
    """On the web, in Slack's tab and in Teams: a survey came later, and news later still."""
    one: Any = SAMPLES[name]
    entries = tuple(
        InboxEntry(
            delivery_id=UUID(int=n),
            at=AT.replace(hour=n),
            message=message,
            order=order_of("", message, Participation.ASKED),
        )
        for n, message in enumerate((one, SAMPLES["invitation_modal"], SAMPLES["case_taken"]), 1)
    )
    inbox = InboxView(entries=entries, items=(), queues=(), cto=False)
    waiting = [entry.message for entry in inbox.waiting]
    assert one in waiting
    assert SAMPLES["case_taken"] not in waiting
    if not isinstance(one, Invitation) and order_of("", one) is not Order.DUTY:
        assert waiting.index(one) == 0
        assert waiting.index(one) < waiting.index(SAMPLES["invitation_modal"])


def test_what_is_due_first_comes_first_among_duties_and_surveys() -> None:
    """Then what has no day, the newest first."""
    letter, asked = SAMPLES["notice"], SAMPLES["told_asked"]
    assert isinstance(letter, Notice)
    pulse = SAMPLES["invitation_modal"]
    assert isinstance(pulse, Invitation)
    ends = pulse.closes_at.date()
    given: list[Any] = [
        asked,
        replace(letter, acknowledge=True, due=ends + timedelta(days=1)),
        replace(letter, acknowledge=True, due=ends - timedelta(days=1)),
        pulse,
        replace(asked, said="Newer."),
    ]
    entries = tuple(
        InboxEntry(
            delivery_id=UUID(int=n),
            at=AT.replace(hour=n),
            message=one,
            order=order_of("", one, Participation.ASKED),
        )
        for n, one in enumerate(given, 1)
    )
    inbox = InboxView(entries=entries, items=(), queues=(), cto=False)
    shown = [given.index(entry.message) for entry in inbox.waiting]
    assert shown == [2, 3, 1, 4, 0]


# -- at the doors -----------------------------------------------------------------------------


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def look(town: Hall, email: str) -> tuple[str, str, str, str]:
    """What waits, on the web, in Slack's tab and in Teams; and what is under "Earlier"."""
    async with browser(town, email) as client:
        page = (await client.get("/")).text
        earlier = (await client.get("/earlier")).text.partition("<h1")[2]
    waits, _, rest = page.partition('<section aria-labelledby="said">')
    home = await town.ask(email, ShowHome())
    assert isinstance(home, HomeView)
    teams = part_of_home(Words(), replace(home, part=HomePart.ALL), Reader())
    tab = texts(draw_home(home, PEN)).partition("All surveys")[0]
    earlier += rest.partition('aria-labelledby="came"')[2]
    return waits, tab, str(teams), earlier


async def waits(town: Hall, email: str, words: str, turn: str = "") -> None:
    """``turn``: what it says to whoever acts next, where older news has the same title."""
    web, tab, teams, earlier = await look(town, email)
    for there in (web, tab, teams):
        assert words in there, there
        assert "Nothing is waiting for you." not in there
    assert (turn or words) not in earlier
    assert turn in web


async def gone(town: Hall, email: str, words: str) -> None:
    web, *_ = await look(town, email)
    assert words not in web


async def test_a_rule_waits_for_whoever_takes_its_next_step(town: Hall) -> None:
    rule = await proposed(town)
    await waits(town, CHAIR, "ITR 4: Passwords", "can open it for comment or send it back")
    await gone(town, CTO, "ITR 4: Passwords")
    await take(town, CHAIR, rule, RuleStep.OPENED)
    await gone(town, CHAIR, "ITR 4: Passwords")
    await until_comments_end(town)
    await waits(town, ISO, "ITR 4: Passwords", "Answer each comment")
    await take(town, ISO, rule, RuleStep.SUBMITTED)
    await waits(town, CHAIR, "ITR 4: Passwords", "A chair records the vote")
    await take(town, CHAIR, rule, RuleStep.RATIFIED, on=town.clock().date(), **VOTE)
    await gone(town, CHAIR, "ITR 4: Passwords")
    await waits(town, CTO, "ITR 4: Passwords", "It takes effect once you approve it")


async def test_a_reviewed_or_withdrawn_rule_waits_for_nobody(town: Hall) -> None:
    """A step that was taken is not asked for again, not even where it becomes possible again."""
    rule = await proposed(town)
    await take(town, CHAIR, rule, RuleStep.OPENED)
    await until_comments_end(town)
    await take(town, ISO, rule, RuleStep.SUBMITTED)
    await take(town, CHAIR, rule, RuleStep.RATIFIED, on=town.clock().date(), **VOTE)
    await take(town, CTO, rule, RuleStep.PUBLISHED, on=town.clock().date())
    town.clock.moved += timedelta(days=REVIEW_AFTER + 1)
    await town.core.dispatch.keep_time()
    await waits(town, ISO, "ITR 4: Passwords", "Confirm that it needs no changes")
    await take(town, ISO, rule, RuleStep.REVISING)
    await gone(town, ISO, "ITR 4: Passwords")
    await take(town, ISO, rule, RuleStep.WITHDRAWN, why="Nothing to change.")
    await waits(town, ISO, "ITR 4: Passwords", "Confirm that it needs no changes")
    await take(town, ISO, rule, RuleStep.REVIEWED)
    await gone(town, ISO, "ITR 4: Passwords")

    await take(town, ISO, rule, RuleStep.REVISING)
    await take(town, ISO, rule, RuleStep.PROPOSED)
    await take(town, CHAIR, rule, RuleStep.RETURNED, why="Shorter, please.")
    await waits(town, ISO, "ITR 4: Passwords", "Shorter, please.")
    await take(town, ISO, rule, RuleStep.WITHDRAWN, why="Not needed.")
    await take(town, ISO, rule, RuleStep.REVISING)
    await gone(town, ISO, "ITR 4: Passwords")


async def test_a_change_waits_for_whoever_decides_it(town: Hall) -> None:
    change = uuid4()
    await town.ask(ISO, written_change(change, committee="network"))
    await take_change(town, ISO, change, ChangeStep.PROPOSED)
    view = await town.ask(CHAIR, ShowInbox())
    assert [type(one.message).__name__ for one in view.waiting] == ["ChangeNews"]


async def test_a_case_of_danger_waits_first_for_its_responder(town: Hall) -> None:
    await proposed(town)
    item = await town.item(TEACHER, "He has a knife.", "restricted", urgency=Urgency.SAFETY)
    responder = next(iter(await rows(town, "urgent-safety")))
    view = await town.ask(responder, ShowInbox())
    first = view.in_order[0]
    assert isinstance(first, InboxEntry)
    assert first.order is Order.DANGER
    assert first.message.item_id == item
    *_, earlier = await look(town, responder)
    assert "knife" not in earlier


async def test_a_running_outage_stands_above_and_goes_with_its_end(town: Hall) -> None:
    found = await out(town)
    title = (await town.core.store.read(lambda tx: tx.announcement(found))).change.title.default
    await waits(town, TEACHER, title)
    await post(town, found, "It works again.", last=True)
    web, _, _, earlier = await look(town, TEACHER)
    assert title not in web
    assert title in earlier
