"""Asking how ready people are for a change: planned, moved along, asked, answered and told."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.cards import card_of
from core.cards import Figures, Press
from core.people import Person
from core.words import Words
from governance.changes.commands import ShowChange
from governance.changes.facets import FacetLine, drawn
from governance.changes.messages import ChangeView
from governance.changes.model import ChangeStep
from governance.committees.model import AnnouncementSettings
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Refused
from governance.pulses.commands import AskPulse, DropPulse, PlanPulse, ShowReady
from governance.pulses.handlers import ASKED
from governance.pulses.messages import PulsePlanView, Ready, ReadyView
from governance.pulses.model import STATEMENTS, Moment, PulseState
from governance.second_person.messages import SecondForm
from surveys.commands import AnswerPage
from surveys.messages import Answered, Rejected
from surveys.questions import Unfit
from surveys.survey import Wave, WaveState
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import audited
from tests.governance.changes.test_process import (
    COMMITTEE,
    approved,
    drafted,
    keep_time,
    take,
)
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER
from tests.second_person import approve_all

WORDS = Words("en", "America/Chicago")
ZONE = ZoneInfo("America/Chicago")

pytestmark = pytest.mark.usefixtures("real_launches", "real_sizes")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=120) as found:
        yield found


async def planned(
    town: Hall, change: UUID, moment: Moment = Moment.BEFORE, who: str = CTO, **more: str
) -> PulsePlanView:
    said = await town.ask(
        who, PlanPulse(change_id=change, moment=moment, **({"part": "100%"} | more))
    )
    assert isinstance(said, PulsePlanView), said
    return said


async def ask(
    town: Hall, change: UUID, moment: Moment = Moment.BEFORE, who: str = CTO, **more: str
) -> ReadyView:
    await planned(town, change, moment, who, **more)
    said = await town.ask(who, AskPulse(change_id=change, moment=moment))
    assert isinstance(said, ReadyView), said
    return said


async def wave_of(town: Hall, change: UUID, moment: Moment = Moment.BEFORE) -> Wave | None:
    pulse = await town.core.store.read(lambda tx: tx.pulse(change, moment))
    return await town.core.store.read(lambda tx: tx.wave(pulse.wave_id)) if pulse else None


async def launched(town: Hall, change: UUID, moment: Moment = Moment.BEFORE) -> Wave:
    wave = await wave_of(town, change, moment)
    assert wave is not None
    return wave


async def answer(town: Hall, wave: UUID, said: Mapping[str, int], *, most: int = 10_000) -> int:
    """Everybody who was asked answers alike. How many."""
    asked = await town.core.store.read(
        lambda tx: (
            tx.connection.execute(
                text("SELECT person_id FROM participation WHERE wave_id = :wave"),
                {"wave": wave.hex},
            )
            .scalars()
            .all()
        )
    )
    everybody = [
        await town.core.store.read(lambda tx, one=one: tx.person(UUID(str(one)))) for one in asked
    ]
    people: list[Person] = [one for one in everybody if one is not None][:most]
    for one in people:
        given = {key: str(point) for key, point in said.items()}
        found = await town.ask(one.email, AnswerPage(wave_id=wave, page=0, answers=given))
        assert isinstance(found, Answered), found
    return len(people)


async def close(town: Hall, wave: Wave) -> None:
    """The clock closes it, and the results are computed."""
    town.clock.moved += wave.closes_at - town.clock() + timedelta(minutes=1)
    await town.core.dispatch.keep_time()
    assert (await town.core.store.read(lambda tx: tx.results(wave.id))) is not None


def facet(view: object) -> FacetLine:
    assert isinstance(view, ChangeView), view
    [found] = [one for one in view.facets if isinstance(one, Ready)]
    return drawn(WORDS, [found])[0]


LOW = {"awareness": 5, "desire": 4, "knowledge": 2, "ability": 3, "reinforcement": 4}
HIGH = dict.fromkeys(STATEMENTS, 5) | {"knowledge": 4}


# -- asked -----------------------------------------------------------------------------------------


async def test_who_works_on_a_change_asks_before_it_and_sees_first_what_that_does(
    town: Hall,
) -> None:
    change = await approved(town)
    shown = await town.ask(CTO, ShowChange(change_id=change))
    line = facet(shown)
    assert line.said == "Nobody has been asked yet."
    assert isinstance(line.press, Press)
    form = await town.ask(CTO, line.press.command)
    assert isinstance(form, FormView)
    assert form.values["moment"] is Moment.BEFORE
    preview = await planned(town, change)
    assert preview.opens_at is not None
    assert WORDS.when(preview.opens_at).replace("\xa0", " ") == "Monday, November 2 at 8:00 AM"
    assert WORDS.when(preview.closes_at).replace("\xa0", " ") == "Friday, November 6 at 4:00 PM"
    assert preview.reach.people == preview.reach.audience > 120
    assert await wave_of(town, change) is None, "nobody is asked by looking"
    view = await town.ask(CTO, AskPulse(change_id=change, moment=Moment.BEFORE))
    assert isinstance(view, ReadyView)
    assert await wave_of(town, change) is None, "nor before its time"
    await keep_time(town, 28)
    wave = await launched(town, change)
    assert wave.state is WaveState.OPEN
    assert wave.closes_at == preview.closes_at
    assert wave.survey.committees == (COMMITTEE,)
    assert "readiness survey planned: before" in await audited(town)


async def test_staff_and_a_change_that_is_not_approved_are_left_alone(town: Hall) -> None:
    draft = await drafted(town)
    refused = await town.ask(CTO, PlanPulse(change_id=draft, part="100%"))
    assert isinstance(refused, Refused)
    change = await approved(town)
    for who in (TEACHER, OFFICE):
        for command in (
            ShowReady(change_id=change),
            Open(of=PlanPulse(change_id=change)),
            PlanPulse(change_id=change, part="100%"),
            AskPulse(change_id=change, moment=Moment.BEFORE),
            DropPulse(change_id=change, moment=Moment.BEFORE),
        ):
            assert isinstance(await town.ask(who, command), Refused)
    view = await town.ask(TEACHER, ShowChange(change_id=change))
    assert isinstance(view, ChangeView)
    assert not [one for one in view.facets if isinstance(one, Ready)]


async def test_what_no_survey_may_do_it_may_not_either(town: Hall) -> None:
    change = await approved(town)
    for part, why in (
        ("19", "Draw at least {least} people."),
        ("5%", "Draw at least {least} people."),
        ("101%", "A share must be more than 0 and at most 100 percent."),
        ("9999", "Only {n} people may be asked. Draw fewer, or ask all of them."),
        ("some", "Enter a whole number, or a share such as 10%."),
    ):
        said = await town.ask(CTO, PlanPulse(change_id=change, part=part))
        assert isinstance(said, Rejected | FormView), part
        assert said.unfit["part"].why == why
    late = await town.ask(CTO, PlanPulse(change_id=change, part="100%", days="soon"))
    assert isinstance(late, FormView)
    assert set(late.unfit) == {"days"}
    assert late.values["part"] == "100%", "what was typed is kept"


async def test_a_moved_change_moves_what_was_not_asked_yet(town: Hall) -> None:
    change = await approved(town)
    await ask(town, change)
    await ask(town, change, Moment.AFTER, days="2")
    await take(town, CTO, change, ChangeStep.MOVED, "The badges are late.", date(2026, 11, 16))
    view = await town.ask(CTO, ShowReady(change_id=change))
    assert isinstance(view, ReadyView)
    opens = [one.opens_at.astimezone(ZONE) for one in view.ready.lines]
    assert [f"{one:%a %d %H:%M}" for one in opens] == ["Mon 09 08:00", "Wed 18 08:00"]
    await keep_time(town, 29)  # past the old moment
    assert await wave_of(town, change) is None
    await take(town, CTO, change, ChangeStep.MOVED, "They came.", date(2026, 11, 10))
    wave = await launched(town, change)
    assert wave.state is WaveState.OPEN, "its new moment has passed, so it opened at once"
    assert f"{wave.closes_at.astimezone(ZONE):%a %d %H:%M}" == "Mon 09 16:00"


async def test_a_withdrawn_change_asks_nobody_and_a_dropped_pulse_neither(town: Hall) -> None:
    change, other = await approved(town), await approved(town)
    for one in (change, other):
        await ask(town, one)
    await take(town, CTO, change, ChangeStep.WITHDRAWN, "No budget.")
    view = await town.ask(CTO, DropPulse(change_id=other, moment=Moment.BEFORE))
    assert isinstance(view, ReadyView)
    assert not view.ready.lines
    await keep_time(town, 30)
    assert await wave_of(town, change) is None
    assert await wave_of(town, other) is None
    said = facet(await town.ask(CTO, ShowChange(change_id=change))).said
    assert said == "Before: not asked. The change was withdrawn."


async def test_only_who_writes_the_change_asks_and_only_the_office_asks_many(town: Hall) -> None:
    change = await approved(town)
    asks = AskPulse(change_id=change, moment=Moment.BEFORE)
    drops = DropPulse(change_id=change, moment=Moment.BEFORE)
    plans = PlanPulse(change_id=change, part="100%")
    view = await town.ask(CHAIR, ShowReady(change_id=change))
    assert isinstance(view, ReadyView), "the committee sees how ready people are"
    assert card_of(view, WORDS).presses == ()
    assert not [one for one in (await seen_by(town, CHAIR, change)).facets if type(one) is Ready]
    await planned(town, change)
    for command in (Open(of=plans), plans, asks, drops):
        assert isinstance(await town.ask(CHAIR, command), Refused), command

    await limited_to(town, 50)
    assert isinstance(await town.ask(CTO, asks), SecondForm)
    assert await approve_all(town)
    assert await approved_pulse(town, asks)

    theirs = await approved(town, owner=TEACHER)
    await planned(town, theirs)
    for who in (TEACHER, CTO):
        many = await town.ask(who, replace(asks, change_id=theirs))
        assert isinstance(many, SecondForm), "the CTO's office, too"
    await ask(town, theirs, who=TEACHER, part="50")


async def test_planned_anew_it_takes_a_new_approval(town: Hall) -> None:
    change = await approved(town)
    asks = AskPulse(change_id=change, moment=Moment.BEFORE)
    await limited_to(town, 50)
    await planned(town, change)
    assert isinstance(await town.ask(CTO, asks), SecondForm)
    assert await approve_all(town) == 1
    assert await approved_pulse(town, asks)
    await planned(town, change, days="2")
    assert isinstance(await town.ask(CTO, asks), SecondForm)
    assert not await approved_pulse(town, asks)


async def approved_pulse(town: Hall, asks: AskPulse) -> bool:
    """Whether it is planned or asked."""
    pulse = await town.core.store.read(lambda tx: tx.pulse(asks.change_id, asks.moment))
    return pulse is not None and pulse.state is not PulseState.DRAFT


async def seen_by(town: Hall, who: str, change: UUID) -> ChangeView:
    view = await town.ask(who, ShowChange(change_id=change))
    assert isinstance(view, ChangeView), view
    return view


async def limited_to(town: Hall, people: int) -> None:
    """Announcements to more people need a second person."""
    settings = AnnouncementSettings(approve_above=people)
    district = replace(await town.core.store.read(lambda tx: tx.district()), announcements=settings)
    await town.core.store.write(lambda tx: tx.put_district(district, tx.examples(), town.clock()))


# -- told ------------------------------------------------------------------------------------------


async def told_before(town: Hall) -> UUID:
    """A change with its pulse before it told: knowledge is the barrier."""
    change = await approved(town, day=town.clock().date() + timedelta(days=7))
    await ask(town, change)
    wave = await launched(town, change)
    assert wave.opens_at <= town.clock()
    await answer(town, wave.id, LOW)
    await close(town, wave)
    return change


async def test_the_page_of_a_change_names_the_barrier_and_what_helps(town: Hall) -> None:
    change = await told_before(town)
    line = facet(await town.ask(CTO, ShowChange(change_id=change)))
    assert line.said.startswith("Before: knowledge is the barrier (2")
    assert line.todo.startswith("Knowledge is low among ")
    assert line.todo.endswith(": add a session.")
    await town.ask(CHAIR, ShowReady(change_id=change))
    assert facet(await town.ask(CHAIR, ShowChange(change_id=change))) == line

    town.clock.moved += timedelta(days=14)
    await ask(town, change, Moment.AFTER, days="1")
    wave = await launched(town, change, Moment.AFTER)
    before = await launched(town, change)
    assert wave.continues == before.id
    assert wave.survey.questions == before.survey.questions
    assert wave.audience == before.audience
    await answer(town, wave.id, HIGH)
    await close(town, wave)
    line = facet(await town.ask(CTO, ShowChange(change_id=change)))
    assert line.said.endswith(" After: no barrier.")
    assert line.todo == ""


async def test_its_figures_are_those_that_were_released(town: Hall) -> None:
    change = await told_before(town)
    view = await town.ask(CTO, ShowReady(change_id=change))
    [figures] = [one for one in card_of(view, WORDS).parts if isinstance(one, Figures)]
    wave = await launched(town, change)
    body = await town.core.store.read(lambda tx: tx.results_body(wave.id))
    assert body is not None
    [district] = [one for one in json.loads(body)["tables"] if not one["plan"]["by"]]
    questions = {one["question"]: one for one in district["cells"][0]["questions"]}
    expected, barrier = [], "none"
    for key in ("awareness", "desire", "knowledge", "ability", "reinforcement"):
        one = questions[key]
        shares = {int(share["key"]): share["share"] for share in one["shares"]}
        mean = sum(point * share for point, share in shares.items()) / sum(shares.values())
        assert mean == pytest.approx(one["mean"], abs=0.05)
        half = max(round((one["mean_high"] - one["mean_low"]) / 2, 1), 0.1)
        expected.append((key.capitalize(), f"{round(one['mean'], 1):g} ± {half:g}"))
        if barrier == "none" and round(one["mean"], 1) <= 3:
            barrier = key
    assert list(figures.pairs) == expected
    assert isinstance(view, ReadyView)
    [line] = view.ready.lines
    assert line.findings is not None
    assert line.findings.barrier == barrier == "knowledge"
    counted = {one["key"]: one["share"] or 0 for one in questions["adkar.barrier"]["shares"]}
    most = max((key for key in counted if key != "none"), key=lambda key: counted[key])
    assert line.findings.first is not None
    assert line.findings.first.key == most == "knowledge"
    assert line.findings.first.share == counted[most]
    told = await town.core.store.read(
        lambda tx: tx.connection.execute(text("SELECT what FROM release_note")).scalars().all()
    )
    assert any(one.startswith("final: district") for one in told), "who looked is in the ledger"


async def test_the_change_shows_nothing_that_the_ledger_does_not_say(town: Hall) -> None:
    change = await told_before(town)
    wave = await launched(town, change)
    gone = text("DELETE FROM release_note WHERE wave_id = :wave")
    await town.core.store.write(lambda tx: tx.connection.execute(gone, {"wave": wave.id.hex}))
    for who in (CTO, CHAIR):
        line = facet(await town.ask(who, ShowChange(change_id=change)))
        assert (line.said, line.todo) == ("Before: the results are ready.", "")
        assert isinstance(line.press, Press)
        await town.ask(who, line.press.command)
        line = facet(await town.ask(who, ShowChange(change_id=change)))
        assert line.said.startswith("Before: knowledge is the barrier (2")


@pytest.mark.usefixtures("exact")
async def test_below_the_floor_nothing_is_told(town: Hall) -> None:
    change = await approved(town, day=town.clock().date() + timedelta(days=7))
    await ask(town, change)
    wave = await launched(town, change)
    await answer(town, wave.id, LOW, most=3)
    await close(town, wave)
    line = facet(await town.ask(CTO, ShowChange(change_id=change)))
    assert line.said == "Before: not shown; there were too few answers."
    assert line.todo == ""
    card = card_of(await town.ask(CTO, ShowReady(change_id=change)), WORDS)
    assert not [one for one in card.parts if isinstance(one, Figures)]


async def test_it_is_asked_once_before_and_once_after(town: Hall) -> None:
    """A second pulse the next day on almost the same people would tell more of each of them."""
    change = await told_before(town)
    for part in ("100%", "150"):
        said = await town.ask(CTO, PlanPulse(change_id=change, part=part))
        assert isinstance(said, FormView)
        assert said.unfit == {"moment": Unfit(why=ASKED)}
        assert [value for value, _ in said.opening.choices["moment"]] == [Moment.AFTER]
    drops = DropPulse(change_id=change, moment=Moment.BEFORE)
    assert isinstance(await town.ask(CTO, drops), Refused)
    wave = await launched(town, change)
    await town.ask(CTO, AskPulse(change_id=change, moment=Moment.BEFORE))
    assert (await launched(town, change)).id == wave.id
    pulse = await town.core.store.read(lambda tx: tx.pulse(change, Moment.BEFORE))
    assert pulse is not None
    assert pulse.state is PulseState.ASKED
