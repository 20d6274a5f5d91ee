"""A Board report from its period to its public page: who may do what, and what stays as it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from bot.cards import card_of, note_after
from bot.registry import decode, encode
from core.cards import Link
from core.people import Audience
from core.school_calendar import Calendar, Holiday, Summer
from core.words import Words
from governance import card_parts
from governance.alignment.model import NO_GOAL, Binding
from governance.announcements.commands import (
    SendAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.model import AnnouncementState
from governance.board_reports import handlers
from governance.board_reports.commands import (
    ChoosePeriod,
    CorrectReport,
    DiscardReport,
    DraftYouSaid,
    IssueReport,
    PublishReport,
    ReadReportInPublic,
    ShowReport,
    ShowReports,
    ShowReportWords,
    ShowStories,
    WriteReportWords,
    WriteStories,
)
from governance.board_reports.messages import (
    Missing,
    ReportsView,
    ReportView,
    ReportWordsForm,
    StoriesForm,
)
from governance.board_reports.model import BoardReport, Heard
from governance.board_reports.periods import Period, Preset, presets
from governance.digests.messages import MonthlyFigures
from governance.digests.monthly import figures_for
from governance.forms.cards import prose
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.goals.model import Goal
from governance.messages import AnnouncementDrafted, Refused
from governance.recommendations.model import AdviceState, Recommendation
from governance.redaction.put_back import PutBack
from governance.refusals import CTO_ONLY, NOT_HERE
from governance.second_person.messages import SecondForm
from storage.board_reports import board_report_issued
from storage.transaction import Transaction
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.governance.board_reports.filled import released_wave
from tests.journeys.town import CHAIR, CTO, TEACHER, small_roster, teachers
from tests.postgres import migrated_database
from tests.second_person import approve_all

FIRST, LAST = date(2026, 8, 11), date(2026, 10, 4)
"""The hall opens on October 5, 2026."""

LOOKED = PutBack(seen="")
"""Somebody looks: words that look like personal data are asked about."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgres"])
async def either(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def draft(town: Hall, first: date = FIRST, last: date = LAST) -> UUID:
    found = uuid4()
    done = await town.ask(
        CTO, ChoosePeriod(report_id=found, preset=Preset.OWN, first=first, last=last)
    )
    assert isinstance(done, ReportView), done
    assert done.draft
    return done.report_id


async def issue(town: Hall, found: UUID) -> Any:
    """As somebody who sees it now."""
    seen = (await shown(town, found)).seen
    return await town.ask(CTO, IssueReport(report_id=found, seen=seen))


async def issued(town: Hall, **more: Any) -> UUID:
    found = await draft(town, **more)
    done = await issue(town, found)
    assert isinstance(done, ReportView)
    assert not done.draft
    return found


async def shown(town: Hall, found: UUID, email: str = CTO) -> Any:
    return await town.ask(email, ShowReport(report_id=found))


def why(answer: Any) -> str:
    assert isinstance(answer, Refused), answer
    return answer.why.why


async def in_public(town: Hall, found: UUID | None = None) -> Any:
    reply = await town.core.dispatch.unsigned(ReadReportInPublic(report_id=found))
    return reply.message


async def body(town: Hall, found: UUID) -> str:
    wanted = "SELECT body FROM board_report_issued WHERE report_id = :id"

    def read(tx: Transaction) -> str:
        query = text(wanted).bindparams(id=found).columns()
        same = board_report_issued.c.report_id == found
        del query
        return str(tx.connection.execute(board_report_issued.select().where(same)).one().body)

    return await town.core.store.read(read)


# -- who may -----------------------------------------------------------------------------------


async def test_a_draft_is_the_offices_and_what_was_issued_everybodys(town: Hall) -> None:
    found = await draft(town)
    for email in (TEACHER, CHAIR):
        assert why(await shown(town, found, email)) == NOT_HERE
        assert (await town.ask(email, ShowReports())).rows == ()
        for command in (
            Open(of=ChoosePeriod()),
            ChoosePeriod(report_id=found, preset=Preset.OWN, first=FIRST, last=LAST),
            ShowReportWords(report_id=found),
            WriteReportWords(report_id=found, words={"headline": "Mine"}),
            ShowStories(report_id=found),
            WriteStories(report_id=found),
            IssueReport(report_id=found),
            DiscardReport(report_id=found),
            Open(of=CorrectReport(report_id=found)),
            CorrectReport(report_id=found, correction="Mine"),
            PublishReport(report_id=found, public=True),
            DraftYouSaid(report_id=found),
        ):
            assert why(await town.ask(email, command)) == CTO_ONLY
    await issue(town, found)
    view = await shown(town, found, TEACHER)
    assert isinstance(view, ReportView)
    assert not view.writes
    assert [row.report_id for row in (await town.ask(TEACHER, ShowReports())).rows] == [found]


async def test_nobody_in_particular_reads_only_what_was_put_on_the_public_page(town: Hall) -> None:
    found = await issued(town)
    assert why(await in_public(town, found)) == NOT_HERE
    assert why(await in_public(town)) == NOT_HERE
    asked = await town.ask(CTO, PublishReport(report_id=found, public=True))
    assert isinstance(asked, SecondForm), "the public takes a second person, however small the town"
    assert asked.reaching.public
    assert why(await in_public(town, found)) == NOT_HERE
    assert await approve_all(town) == 1
    view = await in_public(town, found)
    assert isinstance(view, ReportView)
    assert not view.writes
    listed = await in_public(town)
    assert isinstance(listed, ReportsView)
    assert [row.report_id for row in listed.rows] == [found]
    await draft(town, last=date(2026, 9, 30))
    assert len((await in_public(town)).rows) == 1
    await town.ask(CTO, PublishReport(report_id=found, public=False))
    assert why(await in_public(town, found)) == NOT_HERE
    assert why(
        await town.ask(
            CTO, PublishReport(report_id=await draft(town, last=date(2026, 9, 30)), public=True)
        )
    )


# -- the period --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (LAST, FIRST, "before the first one"),
        (FIRST, date(2026, 10, 5), "has not passed yet"),
        (FIRST, date(2027, 5, 1), "has not passed yet"),
        (date(2024, 10, 3), LAST, "two years at most"),
        (date(2026, 9, 8), LAST, "at least {n} days"),
    ],
)
async def test_a_period_that_cannot_be(town: Hall, first: date, last: date, said: str) -> None:
    found = uuid4()
    done = await town.ask(
        CTO, ChoosePeriod(report_id=found, preset=Preset.OWN, first=first, last=last)
    )
    assert isinstance(done, FormView)
    assert said in done.unfit["last"].why
    assert why(await shown(town, found)) == NOT_HERE


async def test_a_period_without_its_days_asks_for_them(town: Hall) -> None:
    done = await town.ask(CTO, ChoosePeriod(report_id=uuid4(), preset=Preset.OWN, first=FIRST))
    assert isinstance(done, FormView)
    assert done.values["first"] == FIRST, "nothing that was chosen is lost"
    assert done.unfit["last"].why == "Choose a day."


def test_the_presets_are_of_the_school_calendar() -> None:
    calendar = Calendar(
        summer=Summer(first=(6, 5), last=(8, 10)),
        holidays=(Holiday(name="Winter", first=date(2026, 12, 21), last=date(2027, 1, 4)),),
    )
    fall = presets(calendar, date(2026, 11, 29))
    assert fall[Preset.MONTH] == Period(first=date(2026, 10, 1), last=date(2026, 10, 31))
    so_far = Period(first=date(2026, 8, 11), last=date(2026, 11, 28))
    assert fall[Preset.SEMESTER] == fall[Preset.YEAR] == so_far
    # No calendar of the last winter is known: the year turns on its day.
    assert fall[Preset.SEMESTER_BEFORE] == Period(first=date(2026, 1, 1), last=date(2026, 6, 4))
    assert fall[Preset.YEAR_BEFORE] == Period(first=date(2025, 8, 11), last=date(2026, 6, 4))
    spring = presets(calendar, date(2027, 6, 20))
    assert spring[Preset.SEMESTER] == Period(first=date(2027, 1, 5), last=date(2027, 6, 4))
    assert spring[Preset.SEMESTER_BEFORE] == Period(first=FIRST, last=date(2026, 12, 20))
    assert spring[Preset.YEAR] == Period(first=FIRST, last=date(2027, 6, 4))
    early = presets(calendar, date(2026, 8, 20))
    assert Preset.SEMESTER not in early
    assert Preset.YEAR not in early
    assert presets(Calendar(), date(2026, 11, 29))[Preset.YEAR].first == date(2026, 8, 1)


async def test_the_form_offers_the_presets_and_shows_what_a_draft_has(town: Hall) -> None:
    form = await town.ask(CTO, Open(of=ChoosePeriod()))
    assert isinstance(form, FormView)
    assert form.opening.anew
    offered = {key: prose(Words(), label) for key, label in form.opening.choices["preset"]}
    assert offered[Preset.MONTH] == "Last month: September 2026"
    assert list(offered)[-1] == Preset.OWN
    assert form.values["preset"] is Preset.MONTH, "the usual one is chosen"
    month = Period(first=date(2026, 9, 1), last=date(2026, 9, 30))
    done = await town.ask(CTO, ChoosePeriod(report_id=form.of.report_id, preset=Preset.MONTH))
    assert done.period == month
    again = await town.ask(CTO, Open(of=ChoosePeriod(report_id=form.of.report_id)))
    assert (again.opening.anew, again.values["preset"]) == (False, Preset.MONTH)
    await town.ask(
        CTO, ChoosePeriod(report_id=form.of.report_id, preset=Preset.OWN, first=FIRST, last=LAST)
    )
    own = await town.ask(CTO, Open(of=ChoosePeriod(report_id=form.of.report_id)))
    assert own.values == {"preset": Preset.OWN, "first": FIRST, "last": LAST}


# -- words -------------------------------------------------------------------------------------


async def test_words_are_kept_and_figures_are_not_in_the_form(town: Hall) -> None:
    found = await draft(town)
    words = {"headline": "A year of Wi-Fi", "intro": "What you said.", "heard": "Thank you."}
    done = await town.ask(CTO, WriteReportWords(report_id=found, words=words))
    assert isinstance(done, ReportView)
    assert done.words.headline == "A year of Wi-Fi"
    assert done.words.notes == {"heard": "Thank you."}
    form = await town.ask(CTO, ShowReportWords(report_id=found))
    assert {key: one for key, one in form.words.items() if one} == words


async def test_words_too_long_or_with_a_name_come_back_as_they_were_typed(town: Hall) -> None:
    found = await draft(town)
    long = {"headline": "x" * 121, "intro": "Kept."}
    form = await town.ask(CTO, WriteReportWords(report_id=found, words=long))
    assert isinstance(form, ReportWordsForm)
    assert set(form.unfit) == {"headline"}
    assert form.words == long
    named = {"intro": "Thanks to Naomi Whitehorse, call 402-555-0199."}
    command = WriteReportWords(report_id=found, words=named, put_back=LOOKED)
    form = await town.ask(CTO, command)
    assert isinstance(form, ReportWordsForm)
    assert form.doubt is not None
    assert "402-555-0199" in [one.words for one in form.doubt.found]
    again = replace(command, put_back=PutBack(seen=form.doubt.seen))
    view = await town.ask(CTO, again)
    assert isinstance(view, ReportView)
    assert "402-555-0199" not in view.words.intro


async def advised(town: Hall, **more: Any) -> Recommendation:
    """A recommendation that was decided while the hall is open."""
    now = town.clock() - timedelta(days=3)
    made: dict[str, Any] = {
        "id": uuid4(),
        "queue": "network",
        "title": "Add access points to the portables",
        "advice": "Do it.",
        "written_at": now,
        "sent_at": now,
        "state": AdviceState.ACCEPTED,
        "decided_at": now,
        "reason": "The budget allows it.",
    }
    one = Recommendation(**{**made, **more})
    await town.core.store.write(lambda tx: tx.put_recommendation(one))
    return one


async def test_a_story_is_about_something_published_and_has_no_name(town: Hall) -> None:
    at = town.clock() - timedelta(days=2)
    told = await advised(town, outcome="All 40 have them.", outcome_at=at)
    await advised(town, title="No outcome yet")
    found = await draft(town)
    form = await town.ask(CTO, ShowStories(report_id=found))
    assert isinstance(form, StoriesForm)
    token = f"recommendation:{told.id}"
    assert [one.token for one in form.sources] == [token]
    cases = {
        ("source_1", "Please choose from the list."): {
            "source_1": "announcement:1",
            "story_1": "x",
        },
        ("source_1", "Choose what this story is about."): {"story_1": "Something"},
        ("story_1", "Tell it in a sentence or two."): {"source_1": token},
        ("source_2", "You chose this one already."): {
            "source_1": token,
            "story_1": "One.",
            "source_2": token,
            "story_2": "Two.",
        },
    }
    for (key, reason), words in cases.items():
        back = await town.ask(CTO, WriteStories(report_id=found, words=words))
        assert isinstance(back, StoriesForm)
        assert back.unfit[key].why == reason
        assert back.words == words
    typed = {"source_1": token, "story_1": "Dana Whitcombe’s class has Wi-Fi at 402-555-0177."}
    doubt = await town.ask(CTO, WriteStories(report_id=found, words=typed, put_back=LOOKED))
    assert isinstance(doubt, StoriesForm)
    assert doubt.doubt is not None
    typed["story_1"] = "Forty portables have Wi-Fi now."
    view = await town.ask(CTO, WriteStories(report_id=found, words=typed, put_back=LOOKED))
    assert isinstance(view, ReportView)
    assert [one.words for one in view.words.stories] == ["Forty portables have Wi-Fi now."]
    # Its source is taken back: the story goes with it.
    await advised(town, id=told.id, outcome=None)
    assert (await shown(town, found)).words.stories == ()


# -- issuing -----------------------------------------------------------------------------------


async def test_a_draft_is_gathered_anew_and_what_was_issued_stays(either: Hall) -> None:
    found = await draft(either)
    assert (await shown(either, found)).figures.decisions == ()
    await advised(either)
    assert len((await shown(either, found)).figures.decisions) == 1
    await issue(either, found)
    before = await body(either, found)
    await advised(either, title="Another one")
    view = await shown(either, found)
    assert [one.title for one in view.figures.decisions] == ["Add access points to the portables"]
    assert await body(either, found) == before
    for command in (
        ChoosePeriod(report_id=found, preset=Preset.OWN, first=FIRST, last=LAST),
        WriteReportWords(report_id=found, words={"headline": "Other"}),
        WriteStories(report_id=found),
        DiscardReport(report_id=found),
    ):
        assert why(await either.ask(CTO, command)) == handlers.ISSUED
    same = board_report_issued.c.report_id == found
    for attack in (
        update(board_report_issued).where(same).values(body="{}"),
        delete(board_report_issued).where(same),
    ):
        with pytest.raises(DBAPIError, match="an issued report is never changed"):
            await either.core.store.write(lambda tx, attack=attack: tx.connection.execute(attack))
    assert await body(either, found) == before


async def test_issued_twice_at_once_it_is_issued_once(either: Hall) -> None:
    found = await draft(either)
    both = await asyncio.gather(issue(either, found), issue(either, found))
    assert [one.draft for one in both] == [False, False]
    assert both[0].as_of == both[1].as_of
    steps = await either.core.store.read(
        lambda tx: tx.connection.execute(
            text("SELECT count(*) FROM audit WHERE what LIKE 'Board report issued%'")
        ).scalar()
    )
    assert steps == 1


async def test_nothing_is_issued_that_was_not_seen(either: Hall) -> None:
    """Words or figures changed since somebody opened the page."""
    found = await draft(either)
    seen = (await shown(either, found)).seen
    await either.ask(CTO, WriteReportWords(report_id=found, words={"headline": "Other words"}))
    old = IssueReport(report_id=found, seen=seen)
    done = await either.ask(CTO, old)
    assert done.draft
    assert done.words.headline == "Other words"
    assert "changed since you opened it" in note_after(old, done, Words("en", "America/Chicago"))
    await advised(either)
    newer = await either.ask(CTO, replace(old, seen=done.seen))
    assert newer.draft
    assert len(newer.figures.decisions) == 1
    press = next(
        one.command
        for one in card_of(newer, Words("en", "America/Chicago")).presses
        if isinstance(one.command, IssueReport)
    )
    assert decode(encode(press)) == press
    assert not (await either.ask(CTO, press)).draft


async def test_there_is_one_report_of_the_same_days(town: Hall) -> None:
    found = await draft(town)
    again = ChoosePeriod(report_id=uuid4(), preset=Preset.OWN, first=FIRST, last=LAST)
    done = await town.ask(CTO, again)
    assert done.report_id == found
    assert "already a report" in note_after(again, done, Words("en", "America/Chicago"))
    assert why(await shown(town, again.report_id)) == NOT_HERE
    await issue(town, found)
    assert (await town.ask(CTO, again)).report_id == found
    other = await draft(town, last=date(2026, 9, 30))
    moved = await town.ask(
        CTO, ChoosePeriod(report_id=other, preset=Preset.OWN, first=FIRST, last=LAST)
    )
    assert moved.report_id == found
    assert (await shown(town, other)).period.last == date(2026, 9, 30)
    # Two of the same days that were begun before this was refused.
    twin = BoardReport(id=uuid4(), period=Period(first=FIRST, last=LAST), written_at=town.clock())
    await town.core.store.write(lambda tx: tx.put_board_report(twin))
    assert why(await issue(town, twin.id)) == handlers.ONE_ALREADY


async def test_a_correction_is_a_new_edition_that_says_what_changed(town: Hall) -> None:
    found = await issued(town)
    await town.ask(CTO, PublishReport(report_id=found, public=True))
    await approve_all(town)
    empty = await town.ask(CTO, CorrectReport(report_id=found, correction=" "))
    assert isinstance(empty, FormView)
    assert set(empty.unfit) == {"correction"}
    command = CorrectReport(report_id=found, correction="The number of messages was wrong.")
    newer = await town.ask(CTO, command)
    assert isinstance(newer, ReportView)
    assert (newer.draft, newer.edition) == (True, 2)
    again = await town.ask(CTO, command)
    assert again.report_id == newer.report_id
    other = ChoosePeriod(
        report_id=newer.report_id, preset=Preset.OWN, first=FIRST, last=date(2026, 9, 30)
    )
    assert isinstance(await town.ask(CTO, other), FormView)
    assert (await shown(town, found, TEACHER)).newer is None
    await issue(town, newer.report_id)
    old = await shown(town, found, TEACHER)
    assert old.newer == newer.report_id
    assert old.edition == 1
    read = await shown(town, newer.report_id, TEACHER)
    assert read.correction == "The number of messages was wrong."
    public = await in_public(town, newer.report_id)
    assert isinstance(public, ReportView), "its predecessor was public"
    assert why(await town.ask(CTO, command)) == handlers.REPLACED


# -- you said, we did --------------------------------------------------------------------------


async def test_you_said_we_did_is_an_ordinary_draft_that_is_written_once(town: Hall) -> None:
    await advised(town)
    await advised(town, title="Buy tablets", state=AdviceState.DECLINED, reason="Too dear.")
    found = await draft(town)
    assert why(await town.ask(CTO, DraftYouSaid(report_id=found))) == handlers.NOT_ISSUED
    await issue(town, found)
    drafted = await town.ask(CTO, DraftYouSaid(report_id=found))
    assert isinstance(drafted, AnnouncementDrafted)
    change = drafted.announcement.change
    assert drafted.announcement.state is AnnouncementState.DRAFT
    assert drafted.announcement.audience == Audience()
    assert (
        "Accepted: Add access points to the portables. The budget allows it." in change.what.default
    )
    assert "Declined: Buy tablets. Too dear." in change.what.default
    assert "Aceptada" in change.what.translations["es"]
    assert change.learn_url == f"/board/{found}"
    drawn = card_parts.change(Words("en", "America/Chicago"), change)
    (link,) = [one for one in drawn if isinstance(one, Link)]
    assert link.at("https://board.example") == f"https://board.example/board/{found}"
    form = await town.ask(CTO, Open(of=WriteAnnouncement(announcement_id=drafted.announcement.id)))
    texts = {**form.values, "title": {"": "You said, we did"}}
    same = WriteAnnouncement(announcement_id=drafted.announcement.id, **texts)
    assert isinstance(await town.ask(CTO, same), AnnouncementDrafted), "its link is kept"
    again = await town.ask(CTO, DraftYouSaid(report_id=found))
    assert again.announcement.id == drafted.announcement.id
    sent = await town.ask(CTO, SendAnnouncement(announcement_id=drafted.announcement.id))
    assert not isinstance(sent, Refused | Rejected)
    assert isinstance(await town.ask(CTO, DraftYouSaid(report_id=found)), ReportView)


# -- what is missing ---------------------------------------------------------------------------


async def test_a_draft_says_what_is_missing(town: Hall) -> None:
    lacks = dict((await shown(town, await draft(town))).missing)
    assert set(lacks) == {Missing.READINGS, Missing.SURVEYS, Missing.HEARD, Missing.STORIES}
    assert lacks[Missing.STORIES] == 3

    def without_plan(tx: Transaction) -> None:
        bare = replace(tx.district(), components=(), plan=type(tx.district().plan)())
        tx.put_district(bare, tx.examples(), town.clock())

    await town.core.store.write(without_plan)
    lacks = dict((await shown(town, await draft(town))).missing)
    assert {Missing.GOALS, Missing.VISION} <= set(lacks)
    assert Missing.READINGS not in lacks
    view = await shown(town, await issued(town))
    assert view.figures.components == ()


# -- small counts ------------------------------------------------------------------------------


async def heard_in(town: Hall, last: date) -> Heard:
    """Of a report that is issued then."""
    view = await shown(town, await issued(town, last=last))
    heard: Heard = view.figures.heard
    return heard


async def test_two_reports_do_not_differ_by_what_a_few_people_said(town: Hall) -> None:
    people = [one.email for one in teachers(small_roster(5), 5)]
    for email in (*people, TEACHER):
        await town.item(email, "The Wi-Fi drops.")
    town.clock.forward(days=10)
    for email in people[:2]:
        await town.item(email, "It drops again.")
    town.clock.forward(days=2)
    first, second = (town.clock().date() - timedelta(days=days) for days in (5, 1))
    assert (await heard_in(town, first)).received == 6
    (kept,) = (await town.ask(CTO, ShowReports())).rows
    correction = CorrectReport(report_id=kept.report_id, correction="A story was wrong.")
    same = await issue(town, (await town.ask(CTO, correction)).report_id)
    assert same.figures.heard.received == 6, "the same days tell nothing new"
    assert await heard_in(town, second) == Heard()
    for email in (*people, TEACHER):
        await town.item(email, "And again.")
    town.clock.forward(days=2)
    assert (await heard_in(town, town.clock().date() - timedelta(days=1))).received == 14


@pytest.mark.parametrize("whole_first", [True, False])
async def test_a_year_without_its_semesters_does_not_tell_what_a_few_people_said(
    town: Hall, whole_first: bool
) -> None:
    """Two wrote in the break; beside one semester alone the year tells of more people."""
    people = [*(one.email for one in teachers(small_roster(5), 5)), TEACHER]
    begin = town.clock().date()
    for email in people:
        await town.item(email, "The Wi-Fi drops.")
    town.clock.forward(days=35)
    for email in people[:2]:
        await town.item(email, "It drops again.")
    town.clock.forward(days=5)
    for email in people:
        await town.item(email, "And again.")
    town.clock.forward(days=40)
    end = town.clock().date() - timedelta(days=1)
    year = (begin, end)
    fall, spring = (begin, begin + timedelta(days=33)), (begin + timedelta(days=38), end)
    order = [year, fall, spring] if whole_first else [fall, spring, year]
    told = []
    for first, last in order:
        view = await shown(town, await issued(town, first=first, last=last))
        told.append(view.figures.heard.received)
    assert told == ([14, 6, None] if whole_first else [6, 6, None])


@pytest.mark.parametrize("month_first", [True, False])
async def test_a_report_without_a_months_figures_does_not_tell_of_one_day(
    town: Hall, month_first: bool
) -> None:
    """At 589ad58b a report to November 1, less October's figures, was the exact count of a day."""
    people = [*(one.email for one in teachers(small_roster(5), 5)), TEACHER]
    for email in people:
        await town.item(email, "The Wi-Fi drops.")
    month = town.clock().date().replace(day=1)
    after = (month + timedelta(days=31)).replace(day=1)
    town.clock.forward(days=(after - town.clock().date()).days)
    for email in people[:2]:
        await town.item(email, "It drops again.")
    town.clock.forward(days=3)
    now = town.clock()

    async def of_the_month() -> MonthlyFigures:
        def work(tx: Transaction) -> MonthlyFigures:
            found = figures_for(tx, month, now)
            tx.put_figures(found, now)
            return found

        return await town.core.store.write(work)

    async def of_the_report() -> Heard:
        view = await shown(town, await issued(town, first=month, last=after))
        heard: Heard = view.figures.heard
        return heard

    if month_first:
        assert (await of_the_month()).received == 6
        assert await of_the_report() == Heard()
    else:
        assert (await of_the_report()).received == 8
        found = await of_the_month()
        assert (found.received, found.themes) == (None, ())


# -- what staff put first, and the goals that answer it --------------------------------------------


async def test_a_priority_has_the_goal_that_a_person_confirmed(town: Hall) -> None:
    closed = town.clock() - timedelta(days=3)
    wave, goals = await town.core.store.write(partial(ranked, closed))
    found = await draft(town)
    view = await shown(town, found)
    assert [one.goals for one in view.figures.rankings[0].first] == [None, None, None]
    assert dict(view.missing)[Missing.ALIGNMENT] == 3
    for n, goal in enumerate((goals[0].key, NO_GOAL, goals[1].key)):
        version = goals[0].version if goal else 0
        binding = Binding(
            wave_id=wave, question="first", choice=f"c{n}", goal=goal, version=version, at=closed
        )
        await town.core.store.write(partial(bind, binding))
    view = await shown(town, found)
    told = [one.goals for one in view.figures.rankings[0].first]
    assert told == [(goals[0].title,), (), (goals[1].title,)]
    assert Missing.ALIGNMENT not in dict(view.missing)
    await town.core.store.write(partial(retire, goals[1].key, closed))
    view = await shown(town, found)
    assert view.figures.rankings[0].first[2].goals is None, "it has to be said again"
    assert dict(view.missing)[Missing.ALIGNMENT] == 1


def ranked(closed: datetime, tx: Transaction) -> tuple[UUID, list[Goal]]:
    goals = [one for part in tx.district().components for one in part.goals if not one.retired]
    return released_wave(tx, "released", closed, "Better Wi-Fi", closed=True), goals


def bind(binding: Binding, tx: Transaction) -> None:
    tx.bind(binding)


def retire(key: str, now: datetime, tx: Transaction) -> None:
    parts = tuple(
        replace(
            part,
            goals=tuple(replace(one, retired=one.retired or one.key == key) for one in part.goals),
        )
        for part in tx.district().components
    )
    tx.put_plan(parts, (), now)
