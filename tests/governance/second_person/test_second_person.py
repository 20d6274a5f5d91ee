"""Nothing reaches many by one person alone, whatever it is: a second person's press does it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.cards import card_of
from core.deciding import UNDECIDED, Basis, Exempt, SecondPersonNeededError
from core.people import Audience
from core.words import Words
from governance import links
from governance.acknowledgements.commands import AskAcknowledgements, ShowAcknowledgements
from governance.authoring.commands import ShowPlan, ShowSurveys
from governance.conclusions.commands import (
    PublishConclusions,
    ShowConclusionsForm,
    WriteConclusions,
)
from governance.forms.commands import Open
from governance.home.commands import ShowInbox
from governance.learning.commands import WriteGuide
from governance.messages import Refused
from governance.second_person.commands import (
    ApproveRequest,
    AskSecondPerson,
    DeclineRequest,
    ShowSecondRequest,
    WithdrawRequest,
)
from governance.second_person.handlers import NOBODY_MAY
from governance.second_person.messages import SecondAsked, SecondDeclineForm, SecondForm
from governance.second_person.model import HOLDS, RequestState, SecondPerson
from governance.second_person.wording import first
from storage.deciding_tables import campaign_decision
from storage.ledger_tables import delivery, fan_out
from storage.tables import person as people
from surveys.commands import LaunchSurvey
from surveys.messages import Rejected, WaveLaunched
from surveys.waves.sampling import Sample
from tests.attacks.hall import Hall, hall
from tests.bot.exports.closing import closed
from tests.bot.web.rules.house import browser
from tests.bot.web.test_pages import hidden
from tests.governance.acknowledgements.rules_in_force import publish
from tests.governance.announcements.test_approving import appoint
from tests.journeys.town import CTO, ISO, TEACHER, example, person
from tests.postgres import migrated_database
from tests.second_person import approve_all, held

WORDS = {"heard": "The Wi-Fi drops.", "what_1": "New access points", "by_1": "March 1"}


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    """A district with 25 more teachers, in which one person may tell ten people something."""
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        found = await stack.enter_async_context(hall(tmp_path, url=url, staff=25))
        await few(found, 10)
        yield found


async def few(town: Hall, above: int) -> None:
    """More people than this are many."""
    from governance.committees.model import AnnouncementSettings

    def lower(tx: Any) -> None:
        district = tx.district()
        changed = replace(district, announcements=AnnouncementSettings(approve_above=above))
        tx.put_district(changed, "", town.clock())

    await town.core.store.write(lower)


async def queued(town: Hall, kind: str) -> int:
    wanted = select(delivery.c.id).where(delivery.c.kind == kind)
    found = await town.core.store.read(lambda tx: tx.connection.execute(wanted).all())
    return len(found)


async def decisions(town: Hall, kind: str) -> list[Any]:
    wanted = select(campaign_decision).where(campaign_decision.c.kind == kind)
    return await town.core.store.read(lambda tx: list(tx.connection.execute(wanted).all()))


def launch_of(town: Hall, **more: Any) -> LaunchSurvey:
    return LaunchSurvey(
        wave_id=uuid4(),
        survey=example().surveys[0],
        audience=Audience(),
        closes_at=town.clock() + timedelta(days=7),
        opens_at=None,
        **more,
    )


async def waits_for(town: Hall) -> set[UUID | None]:
    """The requests that the list of surveys leads to."""
    return {one.request for one in (await town.ask(CTO, ShowSurveys())).ready}


async def test_a_survey_to_many_waits_for_a_second_person(town: Hall) -> None:
    launch = launch_of(town)
    form = await town.ask(CTO, launch)
    assert isinstance(form, SecondForm)
    assert form.reaching.everyone
    assert form.reaching.people > 10
    assert "Cormac Ashgrove" in form.approvers
    assert await queued(town, "invitation") == 0
    again = await town.ask(CTO, launch)
    assert again.request_id == form.request_id, "pressed twice, it is kept once"
    typo = await town.ask(CTO, AskSecondPerson(request_id=form.request_id, everyone="every"))
    assert isinstance(typo, Rejected)
    ask = AskSecondPerson(request_id=form.request_id, everyone="everyone")
    waits = await town.ask(CTO, ask)
    assert isinstance(waits, SecondAsked)
    assert (waits.open, waits.to_asker, waits.waiting) == (True, True, False)
    inbox = (await town.ask(ISO, ShowInbox())).waiting
    assert [type(one.message) for one in inbox].count(SecondAsked) == 1, "it waits on their page"
    assert form.request_id in await waits_for(town), "and it is said in the list of surveys"
    approve = ApproveRequest(request_id=form.request_id, number=waits.number)
    assert isinstance(await town.ask(CTO, approve), Refused), "nobody approves their own"
    assert isinstance(await town.ask(TEACHER, approve), Refused)
    ended = await town.ask(ISO, approve)
    assert ended.state is RequestState.APPROVED
    assert await queued(town, "invitation") == form.reaching.people
    assert form.request_id not in await waits_for(town)
    (row,) = await decisions(town, "invitation")
    assert (row.basis, row.people, row.above) == (Basis.APPROVED, form.reaching.people, 10)
    assert row.asked_by != row.approved_by
    twice = await town.ask(ISO, approve)
    assert twice.state is RequestState.APPROVED
    assert await queued(town, "invitation") == form.reaching.people


async def test_who_approves_it_is_known_before_it_is_asked_for(town: Hall) -> None:
    """As whoever is asked afterwards, and only where somebody is."""
    await few(town, 500)
    wave = await closed(town, 12)
    await few(town, 10)
    launch = launch_of(town)
    plan = await town.ask(CTO, ShowPlan(launch=launch))
    form = await town.ask(CTO, launch)
    assert isinstance(form, SecondForm)
    assert plan.second == SecondPerson(approvers=form.approvers, everyone=True)
    assert form.reaching.everyone
    some = launch_of(town, selection=Sample(people=25))
    part = await town.ask(CTO, ShowPlan(launch=some))
    asks_part = await town.ask(CTO, some)
    assert isinstance(asks_part, SecondForm)
    assert part.second == SecondPerson(approvers=form.approvers)
    assert not asks_part.reaching.everyone
    guide = await town.ask(CTO, Open(of=WriteGuide()))
    before = first(Words(), SecondPerson(approvers=form.approvers, above=10))
    assert "a second person has to approve it first" in before
    assert guide.opening.hints["due"](Words()).endswith(before)
    conclusions = await town.ask(CTO, ShowConclusionsForm(wave_id=wave))
    assert conclusions.people > 10
    assert conclusions.second == SecondPerson(approvers=form.approvers)
    await town.core.store.write(lambda tx: publish(tx, "ITR 9", town.clock()))
    asks = await town.ask(ISO, ShowAcknowledgements())
    acknowledged = await town.ask(ISO, AskAcknowledgements())
    assert isinstance(acknowledged, SecondForm)
    assert asks.second == SecondPerson(approvers=acknowledged.approvers, everyone=True)
    iso = await person(town.core, ISO)
    assert iso.name in form.approvers
    assert iso.name not in acknowledged.approvers, "nobody approves their own"
    await few(town, 500)
    assert (await town.ask(CTO, ShowPlan(launch=launch))).second is None
    assert (await town.ask(ISO, ShowAcknowledgements())).second is None


async def test_what_opens_later_is_approved_at_the_press_and_opens_by_itself(town: Hall) -> None:
    launch = replace(launch_of(town), opens_at=town.clock() + timedelta(days=2))
    assert isinstance(await town.ask(CTO, launch), SecondForm)
    assert await town.core.store.read(lambda tx: tx.wave(launch.wave_id)) is None
    await approve_all(town)
    assert await queued(town, "invitation") == 0
    town.clock.forward(days=2, minutes=1)
    await town.core.dispatch.keep_time()
    assert await queued(town, "invitation") > 10


async def test_the_operator_asks_at_once(town: Hall) -> None:
    from governance.access import Source

    reply = await town.core.dispatch.by_itself(launch_of(town), Source.OPERATOR)
    assert isinstance(reply.message, SecondAsked)
    assert await queued(town, "invitation") == 0
    await approve_all(town)
    assert await queued(town, "invitation") > 10


async def test_a_yes_counts_only_for_what_was_shown(town: Hall) -> None:
    await few(town, 1000)
    wave = await closed(town, 12)
    await few(town, 10)
    await town.ask(CTO, WriteConclusions(wave_id=wave, words=WORDS))
    form = await town.ask(CTO, PublishConclusions(wave_id=wave, version=1))
    assert isinstance(form, SecondForm)
    waits = await town.ask(CTO, AskSecondPerson(request_id=form.request_id, everyone="everyone"))
    await town.ask(CTO, WriteConclusions(wave_id=wave, words={**WORDS, "heard": "Nothing."}))
    ended = await town.ask(ISO, ApproveRequest(request_id=form.request_id, number=waits.number))
    assert ended.state is RequestState.OVERTAKEN
    assert await queued(town, "conclusions") == 0


async def test_why_a_survey_no_longer_fits_is_told_in_the_language_of_who_asked(
    town: Hall,
) -> None:
    """Its numbers are filled in when it is read: a sentence with them in it has no translation."""
    await town.ask(CTO, launch_of(town, selection=Sample(people=20)))
    (request,) = await held(town, RequestState.DRAFT)
    waits = await town.ask(CTO, AskSecondPerson(request_id=request.id))
    assert isinstance(waits, SecondAsked)
    staff = people.c.email.in_([CTO, ISO])
    gone = update(people).where(~staff).values(active=False)
    await town.core.store.write(lambda tx: tx.connection.execute(gone))
    ended = await town.ask(ISO, ApproveRequest(request_id=request.id, number=waits.number))
    assert ended.state is RequestState.OVERTAKEN
    free = ended.values["n"]
    for words, sentence in (
        (Words(), f"Only {free} people may be asked. Draw fewer, or ask all of them."),
        (Words("es"), f"Solo se puede preguntar a {free} personas. "),
    ):
        assert sentence in repr(card_of(ended, words))


async def test_a_no_a_withdrawal_and_the_end_of_the_time_send_nothing(town: Hall) -> None:
    for how in ("declined", "withdrawn", "lapsed"):
        await town.ask(CTO, launch_of(town))
        (request,) = await held(town, RequestState.DRAFT)
        waits = await town.ask(CTO, AskSecondPerson(request_id=request.id, everyone="everyone"))
        if how == "declined":
            empty = DeclineRequest(request_id=request.id, number=waits.number)
            assert isinstance(await town.ask(ISO, empty), Rejected)
            await town.ask(ISO, replace(empty, why="Not this week."))
            other = await town.ask(ISO, replace(empty, why="It asks the wrong people."))
            assert isinstance(other, SecondDeclineForm), "nothing that was typed is dropped"
            assert other.why == "It asks the wrong people."
            assert other.unfit["why"].values == {"reason": "Not this week."}
        elif how == "withdrawn":
            await town.ask(CTO, WithdrawRequest(request_id=request.id))
        else:
            town.clock.forward(days=HOLDS.days, minutes=2)
            await town.core.dispatch.keep_time()
        seen = await town.ask(CTO, ShowSecondRequest(request_id=request.id))
        assert (seen.state, seen.open) == (RequestState(how), False)
        late = ApproveRequest(request_id=request.id, number=waits.number)
        assert (await town.ask(ISO, late)).state is RequestState(how)
        stored = await town.core.store.read(lambda tx: tx.held_request(request.id))  # noqa: B023
        assert stored is not None
        assert stored.body == "", "what it would have done is not kept"
    assert await queued(town, "invitation") == 0
    assert await queued(town, "second-told") == 2


async def test_to_a_few_one_person_is_enough(town: Hall) -> None:
    await few(town, 1000)
    assert isinstance(await town.ask(CTO, launch_of(town)), WaveLaunched)
    assert [one.basis for one in await decisions(town, "invitation")] == [Basis.FEW]


async def test_the_database_keeps_no_campaign_to_many_without_its_decision(town: Hall) -> None:
    row = {
        "campaign": "made-up",
        "kind": "notice",
        "subject": uuid4(),
        "people": 11,
        "above": 10,
        "basis": Basis.FEW,
        "at": town.clock(),
    }
    both = uuid4()
    for wrong in (
        row,
        {**row, "basis": Basis.APPROVED},
        {**row, "basis": Basis.APPROVED, "asked_by": both, "approved_by": both},
        {**row, "basis": Basis.EXEMPT},
        {**row, "basis": Basis.EXEMPT, "exempt": "because"},
    ):
        with pytest.raises(IntegrityError):
            await town.core.store.write(
                lambda tx, wrong=wrong: tx.connection.execute(insert(campaign_decision), wrong)
            )
    queue = {
        "campaign": "made-up",
        "kind": "notice",
        "subject": uuid4(),
        "priority": 9,
        "panel": False,
        "turns": "{}",
        "begun_at": town.clock(),
    }
    with pytest.raises(IntegrityError):
        await town.core.store.write(lambda tx: tx.connection.execute(insert(fan_out), queue))


async def test_neither_slices_nor_single_messages_get_past_it(town: Hall) -> None:
    people = await town.core.store.read(lambda tx: tx.ids_of(Audience()))
    rest = {"kind": "news", "subject": uuid4(), "now": town.clock(), "priority": 9}

    def slices(tx: Any) -> None:
        for at in range(0, len(people), 5):
            tx.fan_out(people[at : at + 5], campaign="news", decision=UNDECIDED, **rest)

    with pytest.raises(SecondPersonNeededError):
        await town.core.store.write(slices)

    def one_by_one(tx: Any) -> None:
        for n in range(60):
            one = tx.person(people[n % len(people)])
            tx.deliver_to_person(
                one, campaign=f"news:{n}", kind="news", subject=uuid4(), now=town.clock()
            )

    with pytest.raises(SecondPersonNeededError):
        await town.core.store.write(one_by_one)
    await town.core.store.write(
        lambda tx: tx.fan_out(people, campaign="news", decision=Exempt.REMINDER, **rest)
    )
    assert [one.exempt for one in await decisions(town, "news")] == [Exempt.REMINDER]


async def test_who_began_what_the_clock_goes_on_with_cannot_approve_it(town: Hall) -> None:
    await few(town, 1000)
    await appoint(town, CTO, (ISO,))
    launch = replace(launch_of(town), opens_at=town.clock() + timedelta(days=1))
    assert isinstance(await town.ask(CTO, launch), WaveLaunched)
    await few(town, 10)  # it was for a few, and is for many when it opens
    town.clock.forward(days=1, minutes=1)
    await town.core.dispatch.keep_time()
    (request,) = await held(town, RequestState.WAITING)
    cto = await person(town.core, CTO)
    assert request.asked_by == cto.id

    approve = ApproveRequest(request_id=request.id, number=request.number)
    assert isinstance(await town.ask(CTO, approve), Refused)
    assert await queued(town, "invitation") == 0
    assert (await town.ask(ISO, approve)).state is RequestState.APPROVED
    assert await queued(town, "invitation") == request.reaching.people


async def test_what_nobody_may_approve_is_not_sent_and_stands_in_the_audit(town: Hall) -> None:
    await few(town, 1000)
    launch = replace(launch_of(town), opens_at=town.clock() + timedelta(days=1))
    assert isinstance(await town.ask(CTO, launch), WaveLaunched)
    await few(town, 10)
    await appoint(town, CTO, ())  # who launched it is the only one who might
    town.clock.forward(days=1, minutes=1)
    await town.core.dispatch.keep_time()
    assert await held(town, RequestState.WAITING) == []
    assert await queued(town, "invitation") == 0
    noted = await town.core.store.read(lambda tx: tx.last_audited(launch.wave_id, NOBODY_MAY))
    assert noted is not None


async def test_everyone_but_those_asked_often_is_no_sample(town: Hall) -> None:
    """Of whom an earlier sample leaves out no exact number is told either."""
    for _ in range(2):
        few_asked = launch_of(town, selection=Sample(people=8))
        assert isinstance(await town.ask(CTO, few_asked), WaveLaunched)
    form = await town.ask(CTO, launch_of(town))
    assert isinstance(form, SecondForm)
    drawn = str(card_of(form, Words("en", "UTC")))
    assert f"It reaches about {form.reaching.told} people: everyone except those who got" in drawn
    assert "got 2 surveys within 30 days." in drawn
    assert "chosen at random" not in drawn
    anyway = await town.ask(CTO, launch_of(town, despite_limit="It is the law."))
    assert "everyone except" not in str(card_of(anyway, Words("en", "UTC")))


async def test_of_a_sample_no_exact_number_and_no_platform_is_told(town: Hall) -> None:
    launch = launch_of(town, selection=Sample(people=13))
    form = await town.ask(CTO, launch)
    assert isinstance(form, SecondForm)
    assert (form.reaching.by_lot, form.reaching.by_platform) == (True, ())
    assert form.reaching.told % 5 == 0
    drawn = str(card_of(form, Words("en", "UTC")))
    assert "It reaches about 10 people, chosen at random." in drawn
    assert "Through " not in drawn


async def test_a_launch_to_everyone_waits_for_the_second_person_after_one_press(
    town: Hall,
) -> None:
    """The last step says whom it reaches and asks for the word; no other page comes between."""
    await few(town, 10)
    at = "/desk/launch/weekly-pulse"
    async with browser(town, CTO) as client:
        step = (await client.get(at)).text
        closes = (town.clock() + timedelta(days=7)).date().isoformat()
        times = {"closes_at_date": closes, "closes_at_time": "16:00", "reminders": "1"}
        look = await client.post(at, data={**hidden(step, at), **times, "do": "look"})
        check = (await client.get(look.headers["location"])).text
        assert "Messages that were sent stay." in check, "what can be undone is said before it"
        tables = re.findall(r'name="tables" value="([^"]*)" checked', check)
        launch = {**hidden(check, at), "tables": tables, "do": "launch"}

        untyped = await client.post(at, data={**launch, "everyone": ""})
        assert untyped.status_code == 422
        assert "Type “everyone” to confirm" in untyped.text
        assert [one.state for one in await held(town, *RequestState)] == [RequestState.DRAFT]

        pressed = await client.post(at, data={**launch, "everyone": "everyone"})
        (request,) = await held(town, *RequestState)
        assert request.state is RequestState.WAITING
        assert pressed.headers["location"] == links.second_request("", request.id)
    assert await queued(town, "invitation") == 0, "nothing goes out before the second yes"
    await approve_all(town)
    assert await queued(town, "invitation") == request.reaching.people
