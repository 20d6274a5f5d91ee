"""What the demo's visitor finds: weeks in which staff spoke and committees worked."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app.core import Core, open_core
from bot.app.settings import load_settings
from bot.conversation import Speaker
from bot.demo.acknowledging import OWING
from bot.demo.changes import demo_id
from bot.demo.examples import example_district, example_past
from bot.demo.office import PRIORITIES
from bot.demo.past import play_past
from bot.demo.pulses import past_pulse
from bot.demo.telling import Played, playing
from bot.files.said_yaml import read_past
from bot.operator.operations import OPERATIONS
from core.commands import Command
from core.home import BarsPanel, HomeElement
from core.people import Platform
from core.tiles import Tile
from core.words import Words
from governance.announcements.campaign_commands import ShowAsking
from governance.announcements.model import Outcome
from governance.committees.model import RESTRICTED, TRIAGE
from governance.digests.commands import ShowFigures
from governance.digests.views import FiguresView
from governance.duplicates.commands import ShowMatter, ShowTrends
from governance.duplicates.views import MatterView, TrendsView
from governance.duties.commands import ShowOwed
from governance.duties.messages import OwedView
from governance.feedback.model import ItemState
from governance.goal_changes.commands import ShowProposals
from governance.help_desk.handlers import TICKET
from governance.help_desk.model import HandOverState
from governance.home.commands import ShowDocket, ShowInbox, ShowOfficeFigures
from governance.messages import WaveProgress
from governance.priorities.commands import ShowIdeas
from governance.priorities.handlers import WAITING
from governance.priorities.messages import IdeaToRead
from governance.reading.examples import read_examples
from governance.reading.fixing import room_of
from governance.recommendations.commands import ShowChanges, ShowRecommendations
from governance.recommendations.model import AdviceState, ChangesView, RecommendationsView
from governance.rules.handlers import RULE_OPEN
from governance.school_days import calendar, today
from governance.urgent.commands import ShowCases
from governance.urgent.messages import CasesView
from governance.views import DocketView, InboxView, OverviewView
from storage.ledger_tables import delivery, fan_out
from storage.transaction import Transaction
from surveys.survey import WaveState
from tests.journeys.town import open_counts

CTO = "ramona.castellanos@schools.example.org"
ISO = "anders.holmquist@schools.example.org"
CHAIR = "nikolai.drobny@schools.example.org"
RESPONDER = "cormac.ashgrove@schools.example.org"
TEACHER = "naomi.whitehorse@schools.example.org"

_IDEAS_WAITING = select(delivery.c.subject).where(delivery.c.kind == WAITING)


async def _asked(core: Core, email: str, command: Command) -> object:
    person = await core.store.read(lambda tx: tx.person_by_email(email))
    assert person is not None
    reply = await core.dispatch.handle(Speaker(platform=Platform.WEB, person=person.id), command)
    return reply.message


async def _tiles(core: Core, email: str) -> list[Tile]:
    """The first four on somebody's Home."""
    return [one for one in await _drawn(core, email) if isinstance(one, Tile)]


async def _drawn(core: Core, email: str) -> list[HomeElement]:
    views = [await _asked(core, email, one) for one in (ShowInbox(parts=True), ShowOfficeFigures())]
    parts = [
        one for view in views if isinstance(view, InboxView | OverviewView) for one in view.parts
    ]
    return [draw(Words("en")) for _, draw in sorted(parts, key=lambda one: one[0])]


def _handed_over(tx: Transaction) -> list[tuple[str, str, bool]]:
    """Where it is, where it stands with the help desk, and whether its ticket was sent."""
    wanted = select(delivery.c.subject, delivery.c.state).where(delivery.c.kind == TICKET)
    found: list[tuple[str, str, bool]] = []
    for subject, state in tx.connection.execute(wanted):
        item, handed = tx.item(subject), tx.hand_over(subject)
        assert item is not None
        assert item.reading is not None
        assert handed is not None
        found.append((room_of(item.reading.redacted), handed.state, state == Outcome.SENT))
    return found


def _still_to_be_told(tx: Transaction) -> set[str]:
    """Rules of which staff are still to be told that they are open for comment."""
    wanted = select(fan_out.c.subject).where(fan_out.c.kind == RULE_OPEN)
    steps = [tx.rule_step(one) for one in tx.connection.scalars(wanted)]
    rules = [tx.rule(one.rule_id) for one in steps if one is not None]
    return {one.number for one in rules if one is not None}


@pytest.mark.timeout(900)  # the reader learns the whole district
async def test_a_visitor_finds_a_district_in_the_middle_of_its_work(tmp_path: Path) -> None:
    settings = load_settings(
        database_url=f"sqlite:///{tmp_path / 'demo.sqlite3'}",
        port=0,
        help_desk_webhook="http://127.0.0.1:9/",
        help_desk_secret="of-the-demo",
    )
    async with open_core(settings) as core:
        told = await OPERATIONS["district-load"](core, {"path": str(example_district())})
        assert told.ok, told.lines
        lines: list[str] = []
        await play_past(core, example_past(), tell=lines.append)
        assert lines[0].startswith("Playing earlier years: ")
        assert all(one.startswith("Playing ") for one in lines)
        assert len(lines) >= 4, "a line for each month"

        surveys = await core.store.read(lambda tx: tx.waves())
        closed = [one for one in surveys if one.state is WaveState.CLOSED]
        assert closed
        for one in closed:
            asking = await _asked(core, CTO, ShowAsking(wave_id=one.id))
            assert isinstance(asking, WaveProgress)
            assert asking.tally is not None
            assert asking.tally.sent == asking.tally.people > 0, one.survey.title

        docket = await _asked(core, CHAIR, ShowDocket(queue="network"))
        assert isinstance(docket, DocketView)
        states = {one.state for one in docket.open_items}
        assert states == {ItemState.NEW, ItemState.ACKNOWLEDGED, ItemState.IN_DISCUSSION}
        assert docket.done_items
        [aside] = [one.aside for one in docket.open_items if one.aside]
        assert aside.why.startswith("The access points")
        advice = await _asked(core, CHAIR, ShowRecommendations(queue="network"))
        assert isinstance(advice, RecommendationsView)
        assert {one.state for one in advice.recommendations} == {
            AdviceState.SENT,
            AdviceState.ACCEPTED,
        }
        [many] = [one for one in docket.open_items if one.said_by and one.said_by.people]
        matter = await _asked(core, CHAIR, ShowMatter(item_id=many.item_id))
        assert isinstance(matter, MatterView)
        assert len(matter.others) >= 5
        assert any(one.due_at and one.due_at < core.now() for one in docket.open_items), "late"

        trends = await _asked(core, CHAIR, ShowTrends(queue="network"))
        assert isinstance(trends, TrendsView)
        assert trends.growing is not None

        queues = await core.store.read(open_counts)
        assert len(set(queues) - {TRIAGE, RESTRICTED}) >= 8, queues
        assert queues[TRIAGE] >= 2
        assert queues[RESTRICTED] == 2, "what is no harm is not treated as if it were"
        security = await core.store.read(lambda tx: tx.items_in("information-security"))
        said = [one.reading.redacted for one in security if one.reading]
        assert any("recognize phishing" in one for one in said), "offered as evidence"
        urgent = await _asked(core, RESPONDER, ShowCases())
        assert isinstance(urgent, CasesView)
        assert len(urgent.open_cases) == 1

        assert not (await _asked(core, ISO, ShowCases())).open_cases, "what was no danger is closed"
        owed = await _asked(core, ISO, ShowOwed())
        assert isinstance(owed, OwedView)
        assert [one.building for one in owed.rows] == ["Prairie Creek Elementary School"] * OWING
        notice = demo_id("phones-down")
        tally = await core.store.read(lambda tx: tx.brief_tallies([notice])[notice])
        assert tally.sent == 218
        assert not tally.failed, "it went out before it was over"

        handed = await core.store.read(_handed_over)
        assert handed == [("room 118", HandOverState.NUMBERED, True)], "nothing waits to be sent"
        assert await core.store.read(_still_to_be_told) == {"ITR 4"}

        tiles = await _tiles(core, CTO)
        assert len(tiles) == 4, "how technology works, who says so, and what is answered"
        assert all(one.figure != "–" for one in tiles if one.trend), tiles
        assert len(tiles[0].trend) >= 4, "a trend"
        (themes,) = [one for one in await _drawn(core, CTO) if isinstance(one, BarsPanel)]
        assert len(themes.bars) >= 3, themes
        pulse = await core.store.read(lambda tx: tx.results(past_pulse(-1)))
        assert pulse is not None
        shown = [cell for table in pulse.tables if table.plan.by for cell in table.cells if cell.n]
        assert len(shown) >= 3, "a heat map of several groups"
        assert len(await _tiles(core, CHAIR)) == 4
        told = await core.store.read(lambda tx: tx.connection.scalars(_IDEAS_WAITING).all())
        at_school = await core.store.read(
            lambda tx: calendar(tx).is_school_day(today(tx, core.now()))
        )
        assert bool(told) is at_school, "the moderator hears of ideas on school days"
        idea = await _asked(core, CHAIR, ShowIdeas(wave_id=PRIORITIES))
        assert isinstance(idea, IdeaToRead)
        proposals = await _asked(core, CTO, ShowProposals())
        assert "outdoors" in repr(proposals)

        changes = await _asked(core, TEACHER, ShowChanges())
        assert isinstance(changes, ChangesView)
        assert len(changes.changes) == 1
        figures = await _asked(core, TEACHER, ShowFigures())
        assert isinstance(figures, FiguresView)
        assert figures.months
        assert figures.months[0].received
        own = await _asked(core, TEACHER, ShowInbox())
        assert isinstance(own, InboxView)
        assert "fake sign-in page" in repr(own.waiting), "a lesson waits"
        assert [one.state for one in own.items] == [ItemState.ANSWERED] * 2, "one on a rule"
        rules = await core.store.read(lambda tx: tx.rules())
        assert len({one.state for one in rules}) == 4
        assert len(rules) == 5, "one is the draft that a gap became"


def test_what_is_played_is_said_in_a_line() -> None:
    counts = {Played.SURVEY: 3, Played.MESSAGE: 41}
    assert playing("October", counts) == "Playing October: 3 surveys, 41 messages"
    one = {Played.MESSAGE: 1, Played.STEP: 1}
    assert playing("May", one) == "Playing May: 1 message, 1 step by committees and offices"


def test_nothing_that_is_said_is_an_example_to_learn_from() -> None:
    files = sorted((example_district() / "feedback").glob("*.jsonl"))
    known = {one.text for file in files for one in read_examples(file.read_text().splitlines())}
    assert known.isdisjoint(saying.text for saying in read_past(example_past()).said)
