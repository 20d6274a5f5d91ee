"""A change from its draft until it is done: who may move what, what goes out when, and what its
day takes along."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.people import Audience, Level, Role
from core.school_calendar import Calendar, Holiday, Period
from core.words import Words
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import EditAnnouncement, StopCampaign
from governance.announcements.commands import (
    SendAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.forms import words_of
from governance.announcements.model import Announcement, AnnouncementState
from governance.changes import wording as say
from governance.changes.commands import (
    AddMessage,
    DropMessage,
    PlanMessage,
    ScheduleMessages,
    ShowCalendar,
    ShowChange,
    ShowPlanned,
    ShowSequence,
    TakeChangeStep,
    TranslateChange,
    WriteChange,
)
from governance.changes.messages import (
    ChangeCalendar,
    ChangeNews,
    ChangeView,
    PlannedView,
    SequenceView,
)
from governance.changes.model import ChangeState, ChangeStep, Phase
from governance.changes.reached import Reached
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.lists.commands import DeleteList, WriteList
from governance.messages import Refused
from governance.references.binding import goals_of
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import audited, became, rows
from tests.governance.test_composing import composed
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER

COMMITTEE = "network"
DAY = date(2026, 11, 9)
"""A Monday, five weeks after the hall opens."""

WORDS = {
    "title": "New sign-in page",
    "what": "You sign in with your badge number.",
    "why": "The old page is no longer supported.",
    "who": "Everyone who signs in to a district computer.",
    "action": "Have your badge with you.",
    "learn_url": "https://schools.example.org/sign-in",
    "ask": "The help desk, 402-555-0100.",
}
SPANISH = {
    "title.es": "Nueva página de inicio",
    "what.es": "Entre con el número de su credencial.",
    "why.es": "La página anterior ya no tiene soporte.",
    "who.es": "Quienes inician sesión en una computadora del distrito.",
    "action.es": "Tenga su credencial a la mano.",
    "ask.es": "La mesa de ayuda, 402-555-0100.",
}
TEACHERS = Audience(roles=frozenset({Role.TEACHER}))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def translated(change: UUID) -> TranslateChange:
    said = {key.removesuffix(".es"): one for key, one in SPANISH.items()}
    return TranslateChange(change_id=change, **said)


def written(change: UUID, words: Mapping[str, str] = WORDS, **more: object) -> WriteChange:
    given: dict[str, object] = {**by_name(words), "day": DAY, "committee": COMMITTEE}
    return WriteChange(change_id=change, **(given | more))  # type: ignore[arg-type]


async def take(
    town: Hall, who: str, change: UUID, step: ChangeStep, why: str = "", day: date | None = None
) -> object:
    return await town.ask(who, TakeChangeStep(change_id=change, step=step, why=why, day=day))


async def drafted(town: Hall, who: str = CTO, **more: object) -> UUID:
    """A change with its five messages, in two languages."""
    change = uuid4()
    kept = await town.ask(who, written(change, **more))
    assert isinstance(kept, ChangeView), kept
    assert isinstance(await town.ask(who, translated(change)), ChangeView)
    await town.ask(who, AddMessage(change_id=change))
    return change


async def approved(town: Hall, **more: object) -> UUID:
    change = await drafted(town, **more)
    await take(town, CTO, change, ChangeStep.PROPOSED)
    view = await take(town, CHAIR, change, ChangeStep.APPROVED, "Good timing.")
    assert isinstance(view, ChangeView), view
    assert view.record.state is ChangeState.APPROVED
    return change


async def messages(town: Hall, change: UUID) -> dict[Phase, Announcement]:
    view = await town.ask(CTO, ShowSequence(change_id=change))
    assert isinstance(view, SequenceView)
    return {one.planned.phase: one.announcement for one in view.lines}


async def on_the_clock(town: Hall, change: UUID) -> dict[Phase, str]:
    """When each scheduled message goes out, as the district's clock shows it."""
    words = Words("en", "America/Chicago")
    return {
        phase: words.when(one.send_at).replace("\xa0", " ")
        for phase, one in (await messages(town, change)).items()
        if one.send_at and one.state is AnnouncementState.SCHEDULED
    }


async def keep_time(town: Hall, days: int) -> None:
    for _ in range(days):
        town.clock.moved += timedelta(days=1)
        await town.core.dispatch.keep_time()


# -- the record ----------------------------------------------------------------------------------


async def test_a_change_is_proposed_approved_carried_out_and_done(town: Hall) -> None:
    change = await drafted(town)
    hidden = await town.ask(TEACHER, ShowChange(change_id=change))
    assert isinstance(hidden, Refused), "staff do not see a draft"
    await take(town, CTO, change, ChangeStep.PROPOSED)
    hidden = await town.ask(TEACHER, ShowChange(change_id=change))
    assert isinstance(hidden, Refused), "nor a proposal"
    told = await rows(town, "change-news")
    assert CHAIR in told
    assert CTO not in told
    news = await composed(town, "change-news", told[CHAIR].subject)
    assert isinstance(news, ChangeNews)
    assert news.step.step is ChangeStep.PROPOSED

    await take(town, CHAIR, change, ChangeStep.APPROVED, "Good timing.")
    seen = await town.ask(TEACHER, ShowChange(change_id=change))
    assert isinstance(seen, ChangeView)
    assert seen.record.decision is not None
    assert seen.record.decision.words == "Good timing."
    assert seen.decided_by == "Nikolai Drobny"
    assert not seen.works
    assert not seen.can
    listed = await town.ask(TEACHER, ShowCalendar())
    assert isinstance(listed, ChangeCalendar)
    assert [(one.change_id, one.day) for one in listed.rows] == [(change, DAY)]

    await take(town, CTO, change, ChangeStep.STARTED)
    empty = await take(town, CTO, change, ChangeStep.DONE)
    assert isinstance(empty, FormView)
    assert set(empty.unfit) == {"why"}, "nothing was learned"
    done = await take(town, CTO, change, ChangeStep.DONE, "Two schools had no badges.")
    assert isinstance(done, ChangeView)
    assert done.record.state is ChangeState.DONE
    assert done.record.learned == "Two schools had no badges."
    assert "change done" in await audited(town)


async def test_nobody_approves_what_they_proposed(town: Hall) -> None:
    change = await drafted(town, CHAIR)
    await take(town, CHAIR, change, ChangeStep.PROPOSED)
    for step in (ChangeStep.APPROVED, ChangeStep.RETURNED):
        refused = await take(town, CHAIR, change, step, "It is mine.")
        assert isinstance(refused, Refused)
    assert isinstance(await take(town, ISO, change, ChangeStep.APPROVED), Refused)
    view = await take(town, CTO, change, ChangeStep.APPROVED)
    assert isinstance(view, ChangeView)
    assert view.record.state is ChangeState.APPROVED


async def test_without_a_committee_the_cto_decides(town: Hall) -> None:
    change = await drafted(town, CHAIR, committee="")
    await take(town, CHAIR, change, ChangeStep.PROPOSED)
    assert CTO in await rows(town, "change-news")
    assert isinstance(await take(town, CHAIR, change, ChangeStep.APPROVED), Refused)
    view = await take(town, CTO, change, ChangeStep.APPROVED)
    assert isinstance(view, ChangeView)
    assert view.record.state is ChangeState.APPROVED


async def test_what_is_sent_back_says_why_and_is_proposed_again(town: Hall) -> None:
    change = await drafted(town)
    await take(town, CTO, change, ChangeStep.PROPOSED)
    again = await town.ask(CTO, written(change))
    assert isinstance(again, Refused), "what is being decided does not change"
    back = await take(town, CHAIR, change, ChangeStep.RETURNED, "Not in exam week.")
    assert isinstance(back, ChangeView)
    assert back.record.state is ChangeState.DRAFT
    assert back.record.why == "Not in exam week."
    assert isinstance(await town.ask(CTO, written(change)), ChangeView)
    view = await take(town, CTO, change, ChangeStep.PROPOSED)
    assert isinstance(view, ChangeView)
    assert view.record.state is ChangeState.PROPOSED


async def test_what_does_not_fit_is_said_and_nothing_is_kept(town: Hall) -> None:
    change = uuid4()
    bad = written(
        change,
        words={**WORDS, "title": "x" * 91, "what": ""},
        day=date(2026, 10, 1),
        serves="nonsense",
        owner="nobody@schools.example.org",
        committee="nowhere",
    )
    rejected = await town.ask(CTO, bad)
    assert isinstance(rejected, FormView)
    assert set(rejected.unfit) == {"title", "what", "day", "serves", "owner", "committee"}
    form = await town.ask(CTO, Open(of=WriteChange(change_id=change)))
    assert isinstance(form, FormView)
    assert form.opening.anew


async def test_what_it_supports_is_short_and_named_once(town: Hall) -> None:
    district = await town.core.store.read(lambda tx: tx.district())
    key = next(one.key for one in goals_of(district) if not one.retired)
    change = uuid4()
    many = await town.ask(CTO, written(change, serves=",".join([key] * 100_000)))
    assert isinstance(many, FormView)
    assert set(many.unfit) == {"serves"}
    view = await town.ask(CTO, written(change, serves=f"{key}, {key},{key}"))
    assert isinstance(view, ChangeView)
    assert view.record.serves == (key,)


# -- the messages --------------------------------------------------------------------------------


async def test_the_messages_begin_with_the_words_of_the_change_in_both_languages(
    town: Hall,
) -> None:
    change = await drafted(town, audience=TEACHERS)
    found = await messages(town, change)
    assert set(found) == set(Phase)
    live = found[Phase.LIVE]
    assert live.audience == TEACHERS
    assert live.change.title.default == "Now live: New sign-in page"
    assert live.change.title.in_locale("es") == "Ya disponible: Nueva página de inicio"
    assert live.change.when.default == "Monday, November 9"
    assert live.change.when.in_locale("es") == "lunes 9 de noviembre"
    assert live.change.what.in_locale("es") == SPANISH["what.es"]


async def test_an_edited_draft_brings_its_words_along_and_keeps_what_was_rewritten(
    town: Hall,
) -> None:
    change = await drafted(town)
    found = (await messages(town, change))[Phase.HOW_TO]
    theirs = {**words_of(found.change), "action": "Collect your badge at the front desk."}
    await town.ask(
        CTO,
        WriteAnnouncement(announcement_id=found.id, **by_name(theirs), audience=found.audience),
    )
    await town.ask(CTO, written(change, words={**WORDS, "what": "You sign in with your badge."}))
    now = (await messages(town, change))[Phase.HOW_TO].change
    assert now.what.default == "You sign in with your badge."
    assert now.action.default == "Collect your badge at the front desk."


async def test_approving_puts_the_messages_on_the_clock_on_school_days(town: Hall) -> None:
    change = await approved(town)
    assert await on_the_clock(town, change) == {
        Phase.HEADS_UP: "Monday, October 26 at 8:00 AM",
        Phase.HOW_TO: "Monday, November 2 at 8:00 AM",
        Phase.DAY_BEFORE: "Friday, November 6 at 8:00 AM",
        Phase.LIVE: "Monday, November 9 at 7:30 AM",
        Phase.FOLLOW_UP: "Monday, November 16 at 8:00 AM",
    }
    await keep_time(town, 22)
    assert (await messages(town, change))[Phase.HEADS_UP].state is AnnouncementState.SENDING
    assert (await messages(town, change))[Phase.HOW_TO].state is AnnouncementState.SCHEDULED


async def test_what_is_late_when_it_is_approved_is_not_sent_unasked(town: Hall) -> None:
    change = await approved(town, day=date(2026, 10, 13))
    view = await town.ask(CTO, ShowSequence(change_id=change))
    assert isinstance(view, SequenceView)
    passed = {one.planned.phase for one in view.lines if one.passed}
    assert passed == {Phase.HEADS_UP}  # ten school days before would have been in September
    assert not await rows(town, "notice")


async def test_moving_the_day_moves_what_was_not_sent_and_says_whom_that_concerns(
    town: Hall,
) -> None:
    change = await approved(town)
    await keep_time(town, 22)
    view = await take(
        town, CTO, change, ChangeStep.MOVED, "The badges are late.", date(2026, 11, 16)
    )
    assert isinstance(view, SequenceView)
    assert view.moved_from == DAY
    assert await on_the_clock(town, change) == {
        Phase.HOW_TO: "Monday, November 9 at 8:00 AM",
        Phase.DAY_BEFORE: "Friday, November 13 at 8:00 AM",
        Phase.LIVE: "Monday, November 16 at 7:30 AM",
        Phase.FOLLOW_UP: "Monday, November 23 at 8:00 AM",
    }
    found = await messages(town, change)
    assert found[Phase.LIVE].change.when.default == "Monday, November 16"
    assert found[Phase.HEADS_UP].change.when.default == "Monday, November 9", "it was sent"
    told = [one for one in view.lines if one.announcement.sent_at]
    assert [one.planned.phase for one in told] == [Phase.HEADS_UP]
    assert {one.planned.phase for one in view.lines if one.was} == set(Phase) - {Phase.HEADS_UP}
    edits = EditAnnouncement(announcement_id=told[0].announcement.id)
    offered = await town.ask(CTO, Open(of=edits))
    assert isinstance(offered, FormView)
    when = {"": "Monday, November 16", "es": "lunes 16 de noviembre"}
    assert offered.values["when"] == when, "the new day, to be sent by hand"
    sent = len(await rows(town, "notice"))
    await keep_time(town, 13)  # until the old day: nothing of it goes out
    assert len(await rows(town, "notice")) == sent
    assert found[Phase.LIVE].state is AnnouncementState.SCHEDULED


async def test_moving_needs_a_reason_and_another_day(town: Hall) -> None:
    change = await approved(town)
    rejected = await take(town, CTO, change, ChangeStep.MOVED, "", DAY)
    assert isinstance(rejected, FormView)
    assert set(rejected.unfit) == {"why", "day"}


async def test_a_withdrawn_change_sends_nothing_more(town: Hall) -> None:
    change = await approved(town)
    view = await take(town, CTO, change, ChangeStep.WITHDRAWN, "The vendor went out of business.")
    assert isinstance(view, ChangeView)
    assert view.record.state is ChangeState.WITHDRAWN
    assert not await on_the_clock(town, change)
    await keep_time(town, 45)
    assert not await rows(town, "notice")
    listed = await town.ask(TEACHER, ShowCalendar())
    assert isinstance(listed, ChangeCalendar)
    assert [one.state for one in listed.rows] == [ChangeState.WITHDRAWN]


async def test_a_message_gets_its_own_day_time_and_audience(town: Hall) -> None:
    change = await drafted(town)
    found = await messages(town, change)
    plan = PlanMessage(
        change_id=change,
        announcement_id=found[Phase.HOW_TO].id,
        days="3",
        at="15:45",
        audience=TEACHERS,
        acknowledge=True,
    )
    assert isinstance(await town.ask(CTO, plan), SequenceView)
    for unfit in ({"days": "soon"}, {"days": "61"}, {"at": "noon"}):
        said = await town.ask(CTO, replace(plan, **unfit))  # type: ignore[arg-type]
        assert isinstance(said, FormView)
        assert set(said.unfit) == set(unfit)
        assert said.values["audience"] == TEACHERS, "what was chosen is kept"
    await take(town, CTO, change, ChangeStep.PROPOSED)
    await take(town, CHAIR, change, ChangeStep.APPROVED)
    assert (await on_the_clock(town, change))[Phase.HOW_TO] == "Wednesday, November 4 at 3:45 PM"
    scheduled = await town.ask(CTO, plan)
    assert isinstance(scheduled, Refused), "what is on the clock is taken off it first"


async def test_a_message_is_taken_off_the_clock_edited_and_put_back(town: Hall) -> None:
    change = await approved(town)
    live = (await messages(town, change))[Phase.LIVE]
    await town.ask(CTO, StopCampaign(subject=live.id))
    await town.ask(CTO, Open(of=WriteAnnouncement(announcement_id=live.id)))
    assert Phase.LIVE not in await on_the_clock(town, change)
    await town.ask(CTO, ScheduleMessages(change_id=change))
    again = (await on_the_clock(town, change))[Phase.LIVE]
    assert again == "Monday, November 9 at 7:30 AM"


async def test_a_message_is_added_and_removed(town: Hall) -> None:
    change = await drafted(town)
    view = await town.ask(CTO, AddMessage(change_id=change, phase=Phase.HOW_TO))
    assert isinstance(view, SequenceView)
    assert len(view.lines) == 6
    removed = view.lines[0].announcement.id
    view = await town.ask(CTO, DropMessage(change_id=change, announcement_id=removed))
    assert isinstance(view, SequenceView)
    assert len(view.lines) == 5
    gone = await town.ask(CTO, ShowPlanned(change_id=change, announcement_id=removed))
    assert isinstance(gone, Refused)


async def test_only_those_who_work_on_it_see_its_messages(town: Hall) -> None:
    change = await approved(town)
    for who in (TEACHER, OFFICE):
        assert isinstance(await town.ask(who, ShowSequence(change_id=change)), Refused)
    seen = await town.ask(CHAIR, ShowSequence(change_id=change))
    assert isinstance(seen, SequenceView)
    assert not seen.edits
    one = seen.lines[0].announcement.id
    shown = await town.ask(CHAIR, ShowPlanned(change_id=change, announcement_id=one))
    assert isinstance(shown, PlannedView)
    assert not shown.announces


# -- collisions ----------------------------------------------------------------------------------


async def test_whoever_plans_is_told_of_a_full_week_and_of_exams(town: Hall) -> None:
    exams = Period(name="Midterm exams", first=date(2026, 11, 5), last=date(2026, 11, 6))
    fall = Holiday(name="Fall break", first=date(2026, 10, 30), last=date(2026, 11, 2))
    district = await town.core.store.read(lambda tx: tx.district())
    kept = replace(district, calendar=Calendar(periods=(exams,), holidays=(fall,)))
    await town.core.store.write(lambda tx: tx.put_district(kept, "", town.clock()))
    change = await drafted(town, audience=TEACHERS)
    for _ in range(3):
        other = uuid4()
        write = WriteAnnouncement(
            announcement_id=other,
            **by_name({**WORDS, "when": "Soon"}),
            audience=Audience(levels=frozenset({Level.ELEMENTARY})),
        )
        await town.ask(CTO, write)
        at = town.clock() + timedelta(days=30)  # a Wednesday, in the week of exams
        await town.ask(CTO, SendAnnouncement(announcement_id=other, at=at))
    view = await town.ask(CTO, ShowSequence(change_id=change))
    assert isinstance(view, SequenceView)
    told = [line for one in view.collisions for line in say.busy(Words("en"), one)]
    assert told == [
        "In the week of Monday, November 2: Midterm exams.",
        "In the week of Monday, November 2, Teachers (Elementary schools) get 4 messages.",
    ]


# -- one look --------------------------------------------------------------------------------------


async def test_who_works_on_a_change_sees_how_far_its_messages_got(town: Hall) -> None:
    change = await approved(town, audience=TEACHERS)
    before = await _reached(town, CTO, change)
    assert (before.sent, before.messages, before.reached, before.late) == (0, 5, 0, 0)
    assert before.next_at is not None
    await keep_time(town, 25)  # the heads-up is ten school days before
    after = await _reached(town, CTO, change)
    assert (after.sent, after.reached) == (1, 0)
    await became(town, TEACHER, state="sent")
    assert (await _reached(town, CTO, change)).reached == 1
    assert after.people == len(await rows(town))
    view = await town.ask(TEACHER, ShowChange(change_id=change))
    assert isinstance(view, ChangeView)
    assert not [one for one in view.facets if isinstance(one, Reached)]


async def _reached(town: Hall, who: str, change: UUID) -> Reached:
    view = await town.ask(who, ShowChange(change_id=change))
    assert isinstance(view, ChangeView)
    return next(one for one in view.facets if isinstance(one, Reached))


async def test_a_change_is_written_with_its_translation_which_chat_leaves_alone(
    town: Hall,
) -> None:
    change = uuid4()
    both = {**WORDS, **SPANISH}
    view = await town.ask(CTO, written(change, words=both))
    assert isinstance(view, ChangeView), view
    said = words_of(view.record.words)
    assert {key: said[key] for key in SPANISH} == SPANISH
    other = {**WORDS, "action": "Bring your badge."}
    view = await town.ask(CTO, written(change, words=other))
    assert words_of(view.record.words)["title.es"] == SPANISH["title.es"]
    assert view.record.words.outdated == {"action.es"}
    view = await town.ask(CTO, written(change, words={**both, "title.es": ""}))
    assert "title.es" not in words_of(view.record.words)
    no = await town.ask(CTO, written(change, words={**both, "title.es": "x" * 91}))
    assert isinstance(no, FormView)
    assert set(no.unfit) == {"title.es"}


async def test_a_translation_that_is_too_long_is_shown_again_with_the_rest(town: Hall) -> None:
    change = await drafted(town)
    form = await town.ask(CTO, Open(of=TranslateChange(change_id=change)))
    assert isinstance(form, FormView)
    assert form.values["what"] == SPANISH["what.es"]
    assert form.opening.hints["what"] == WORDS["what"]
    assert form.opening.without == {"learn"}, "only what was written is translated"
    said = await town.ask(CTO, replace(translated(change), title="x" * 91, why=""))
    assert isinstance(said, FormView)
    assert set(said.unfit) == {"title"}
    assert said.values["what"] == SPANISH["what.es"]
    await town.ask(CTO, replace(translated(change), why=""))
    form = await town.ask(CTO, Open(of=TranslateChange(change_id=change)))
    assert form.values["why"] == "", "an emptied one is removed"
    await take(town, CTO, change, ChangeStep.PROPOSED)
    for command in (translated(change), Open(of=TranslateChange(change_id=change))):
        assert isinstance(await town.ask(CTO, command), Refused)


async def test_a_change_and_its_messages_go_to_a_list_and_to_late_joiners(town: Hall) -> None:
    await town.ask(CTO, WriteList(key="users", name="Users", addresses=f"{TEACHER}\n{OFFICE}"))
    change = await drafted(town, audience=Audience(lists=frozenset({"users"})))
    how_to = (await messages(town, change))[Phase.HOW_TO]
    assert how_to.audience.lists == {"users"}
    until = town.clock().date() + timedelta(days=60)
    plan = PlanMessage(
        change_id=change,
        announcement_id=how_to.id,
        days="5",
        at="08:00",
        audience=Audience(committees=frozenset({COMMITTEE})),
        joiners_until=until,
    )
    assert isinstance(await town.ask(CTO, plan), SequenceView)
    kept = (await messages(town, change))[Phase.HOW_TO]
    assert (kept.audience.committees, kept.joiners_until) == ({COMMITTEE}, until)
    for wrong in (
        replace(plan, audience=Audience(lists=frozenset({"gone"}))),
        replace(plan, audience=Audience(buildings=frozenset({"gone"}))),
        replace(plan, joiners_until=town.clock().date()),
    ):
        assert isinstance(await town.ask(CTO, wrong), Rejected)
    no = await town.ask(CTO, DeleteList(key="users"))
    assert isinstance(no, Refused), "the change and four of its messages go to it"


async def test_an_edited_draft_still_goes_to_single_people_that_no_form_asks_for(
    town: Hall,
) -> None:
    change, alone = uuid4(), frozenset({TEACHER})
    kept = await town.ask(CTO, written(change, audience=replace(TEACHERS, people=alone)))
    assert isinstance(kept, ChangeView), kept
    await town.ask(CTO, written(change, audience=Audience(roles=frozenset({Role.OFFICE}))))
    record = await town.core.store.read(lambda tx: tx.change(change))
    assert record is not None
    assert record.audience == Audience(roles=frozenset({Role.OFFICE}), people=alone)
