"""A survey's asking under way: counted, stopped, gone on with, asked again; and what its counts
must not tell: who answered, and how many did."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.jobs.composing import composing
from bot.web.platform import WebPlatform
from core.people import Audience, Platform
from core.words import Words
from governance.announcements.campaign_commands import (
    AskAgain,
    CheckAskAgain,
    ResumeCampaign,
    ShowAsking,
    StopCampaign,
)
from governance.announcements.model import Missed, Outcome, Reason, Step, Tally
from governance.delivery_reasons import DeliveryReason
from governance.home.commands import ShowDesk
from governance.messages import AskAgainCheck, Done, Refused, WaveProgress
from governance.views import DeskView
from governance.waves.asking import steps_of_asking
from governance.waves.asking_wording import lines, step_label
from scheduler.ports import Outgoing, Result, Sent
from scheduler.pump import Pump
from storage.ledger import LedgerStore
from surveys.commands import AnswerPage, CloseWave, DeclineWave, ExtendWave, LaunchSurvey
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import audited, became, leave, rows, states
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, example, small_roster, teachers

OTHERS = [one.email for one in teachers(small_roster(5), 4)]
PANEL = (TEACHER, OFFICE, CHAIR, ISO, *OTHERS)
ANSWERS = {"week": "3", "help": "yes", "note": "Fine."}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def launched(town: Hall, people: tuple[str, ...] = PANEL, *, hours: float = 0) -> UUID:
    """A survey that is open to eight people (or opens in some hours), with a reminder."""
    wave, now = uuid4(), town.clock()
    command = LaunchSurvey(
        wave_id=wave,
        survey=next(s for s in example().surveys if s.key == "weekly-pulse"),
        audience=Audience(people=frozenset(people)),
        opens_at=now + timedelta(hours=hours) if hours else None,
        closes_at=now + timedelta(days=7),
        reminders=(now + timedelta(days=2),),
    )
    await town.ask(CTO, command)
    return wave


async def asking(town: Hall, wave: UUID) -> WaveProgress:
    found = await town.ask(CTO, ShowAsking(wave_id=wave))
    assert isinstance(found, WaveProgress)
    return found


async def tally(town: Hall, wave: UUID) -> Tally:
    found = (await asking(town, wave)).tally
    assert found is not None
    return found


async def answer(town: Hall, email: str, wave: UUID) -> None:
    await town.ask(email, AnswerPage(wave_id=wave, page=0, answers=ANSWERS))


async def pumped(town: Hall) -> list[str]:
    """Let everything that waits go out by mail; to whom it went."""
    letters: list[str] = []

    async def mail(outgoing: Outgoing) -> Result:
        letters.append(outgoing.conversation)
        return Sent(reference=str(outgoing.delivery_id))

    ledger = LedgerStore(town.core.store, town.core.budgets, locale="en", timezone="UTC")
    pump = Pump(ledger, {Platform.WEB: WebPlatform(mail)}, composing(town.core), town.clock)
    while lanes := await pump.lanes_with_work():
        for lane in lanes:
            await pump.step(lane)
    return letters


async def reminding(town: Hall) -> None:
    """Two days later."""
    town.clock.forward(days=2, minutes=1)
    await town.core.dispatch.keep_time()


# -- how it goes ---------------------------------------------------------------------------------


async def test_an_asking_is_counted_with_reasons_and_its_expected_end(town: Hall) -> None:
    wave = await launched(town)
    first = await tally(town, wave)
    assert (first.people, first.queued, first.sent) == (8, 8, 0)
    assert first.expected_end is not None
    await became(town, TEACHER, "invitation", state="sent")
    await became(town, OFFICE, "invitation", state="failed", why=DeliveryReason.SLACK_TOO_LONG)
    await became(town, CHAIR, "invitation", state="unknown", why=DeliveryReason.NO_ANSWER)
    await became(town, ISO, "invitation", state="unreachable", why=DeliveryReason.TEAMS_BLOCKED)
    found = await tally(town, wave)
    counted = (found.queued, found.sent, found.unknown, found.failed, found.unreachable)
    assert counted == (4, 1, 1, 1, 1)
    assert set(found.reasons) == {
        Reason(outcome=Outcome.FAILED, why=DeliveryReason.SLACK_TOO_LONG, people=1),
        Reason(outcome=Outcome.UNREACHABLE, why=DeliveryReason.TEAMS_BLOCKED, people=1),
    }
    said = "\n".join(lines(Words("en", "America/Chicago"), await asking(town, wave)))
    for words in (
        "Waiting to be sent: 4",
        "All asked by about",
        "1 person: Has blocked",
    ):
        assert words in said
    assert not [name for name in ("Naomi", TEACHER) if name in said]


async def test_it_stops_goes_on_and_says_so_and_pressing_twice_changes_nothing(town: Hall) -> None:
    wave = await launched(town)
    await became(town, TEACHER, "invitation", state="sent")
    for _ in range(2):
        stopped = await town.ask(CTO, StopCampaign(subject=wave))
        assert isinstance(stopped, WaveProgress)
        assert stopped.stopped_at is not None
        assert stopped.tally is not None
        assert (stopped.tally.stopped, stopped.tally.sent) == (7, 1)
        assert steps_of_asking(stopped) == (Step.RESUME,)
    for _ in range(2):
        going = await town.ask(CTO, ResumeCampaign(subject=wave))
        assert going.stopped_at is None
        assert (going.tally.queued, going.tally.stopped) == (7, 0)
        assert steps_of_asking(going) == (Step.STOP,)
    heard = [what for what in await audited(town) if what.startswith("campaign")]
    assert heard == ["campaign stopped", "campaign resumed"]


async def test_once_all_is_sent_only_reminders_can_be_stopped(town: Hall) -> None:
    wave = await launched(town)
    await pumped(town)
    for email in PANEL:
        await became(town, email, "invitation", state="sent")
    sent = await asking(town, wave)
    assert sent.tally is not None
    assert (sent.tally.sent, sent.tally.to_go, sent.tally.waiting) == (len(PANEL), 0, 0)
    assert steps_of_asking(replace(sent, reminders=(), reminded=())) == (), "nothing goes out"
    assert steps_of_asking(sent) == (Step.STOP,)
    assert step_label(Words(), sent, Step.STOP) == "Stop reminders"
    due = replace(sent, reminders=(), reminded=(town.clock(),))
    assert steps_of_asking(due) == (Step.STOP,), "nobody can tell whether it is through"
    waits = replace(sent, tally=replace(sent.tally, queued=1), reminders=(), reminded=())
    assert steps_of_asking(waits) == (Step.STOP,)
    assert step_label(Words(), waits, Step.STOP) == "Stop sending"


async def test_a_closed_survey_has_nothing_to_stop_and_nobody_to_ask_again(town: Hall) -> None:
    wave = await launched(town)
    await became(town, OFFICE, "invitation", state="failed", why=DeliveryReason.SLACK_TOO_LONG)
    await town.ask(CTO, CloseWave(wave_id=wave))
    for command in (
        StopCampaign(subject=wave),
        ResumeCampaign(subject=wave),
        CheckAskAgain(wave_id=wave),
        AskAgain(wave_id=wave),
    ):
        assert isinstance(await town.ask(CTO, command), Refused)
    assert steps_of_asking(await asking(town, wave)) == ()


async def test_before_it_opens_there_is_nobody_to_ask_again(town: Hall) -> None:
    wave = await launched(town, hours=3)
    assert (await asking(town, wave)).tally is None
    assert isinstance(await town.ask(CTO, AskAgain(wave_id=wave)), Refused)
    assert isinstance(await town.ask(CTO, ShowAsking(wave_id=uuid4())), Refused)
    assert isinstance(await town.ask(CTO, AskAgain(wave_id=uuid4())), Refused)


# -- asking again --------------------------------------------------------------------------------


async def test_those_whom_it_did_not_reach_are_asked_again_in_the_same_rows(town: Hall) -> None:
    wave = await launched(town)
    for email in (TEACHER, *OTHERS):
        await became(town, email, "invitation", state="sent")
    await became(
        town, OFFICE, "invitation", state="failed", why=DeliveryReason.SLACK_TOO_LONG, attempts=3
    )
    await became(town, CHAIR, "invitation", state="unknown", why=DeliveryReason.NO_ANSWER, looks=5)
    await became(town, ISO, "invitation", state="unreachable", why=DeliveryReason.TEAMS_BLOCKED)
    before = {row.id for row in (await rows(town, "invitation")).values()}
    form = await town.ask(CTO, CheckAskAgain(wave_id=wave))
    assert isinstance(form, AskAgainCheck)
    missed = Missed(failed=1, unreachable=1, unknown=1, seconds=form.missed.seconds)
    assert form.missed == missed
    again = await town.ask(CTO, AskAgain(wave_id=wave))
    assert isinstance(again, WaveProgress)
    assert await states(town, "invitation") == Counter(sent=5, queued=2, unknown=1)
    assert {row.id for row in (await rows(town, "invitation")).values()} == before
    assert "survey asked again of 2" in await audited(town)
    await town.ask(CTO, AskAgain(wave_id=wave, unknown=True))
    assert await states(town, "invitation") == Counter(sent=5, queued=3)
    assert len(await pumped(town)) == 3


async def test_asking_again_goes_on_with_what_was_stopped_and_not_to_who_left(town: Hall) -> None:
    wave = await launched(town)
    await town.ask(CTO, StopCampaign(subject=wave))
    await leave(town, ISO)
    await town.ask(CTO, AskAgain(wave_id=wave))
    found = await asking(town, wave)
    assert found.stopped_at is None
    assert await states(town, "invitation") == Counter(queued=7, recalled=1)


# -- who answered --------------------------------------------------------------------------------


async def test_who_answers_or_says_no_while_it_waits_is_spared_and_counts_as_sent(
    town: Hall,
) -> None:
    wave = await launched(town)
    await answer(town, OFFICE, wave)
    await town.ask(CHAIR, DeclineWave(wave_id=wave))
    assert len(await pumped(town)) == 6
    found = await rows(town, "invitation")
    assert {found[email].why for email in (OFFICE, CHAIR)} == {DeliveryReason.SPARED}
    now = await tally(town, wave)
    assert (now.sent, now.failed, now.reasons) == (8, 0, ())
    assert (await asking(town, wave)).tally == replace(now, expected_end=None)
    form = await town.ask(CTO, CheckAskAgain(wave_id=wave))
    assert form.missed == Missed()
    await town.ask(CTO, AskAgain(wave_id=wave, unknown=True))
    assert await pumped(town) == []


async def test_a_reminder_that_waits_spares_who_answers_meanwhile(town: Hall) -> None:
    wave = await launched(town)
    await pumped(town)
    await answer(town, OFFICE, wave)
    await reminding(town)
    await answer(town, CHAIR, wave)
    assert len(await pumped(town)) == 6
    assert (await rows(town, "reminder"))[CHAIR].why == DeliveryReason.SPARED


async def test_nobody_gets_an_invitation_and_its_reminder_at_once(town: Hall) -> None:
    wave = await launched(town)
    await became(town, TEACHER, "invitation", state="sent")
    await town.ask(CTO, StopCampaign(subject=wave))
    await reminding(town)
    assert await states(town, "reminder") == Counter(recalled=8)
    await town.ask(CTO, ResumeCampaign(subject=wave))
    assert await states(town, "invitation") == Counter(queued=7, sent=1)
    assert await states(town, "reminder") == Counter(queued=1, recalled=7)


async def test_no_count_tells_how_many_answered(town: Hall, tmp_path: Path) -> None:
    """The same story where nobody answers and where three do: the office sees the same."""
    (tmp_path / "twin").mkdir()
    async with hall(tmp_path / "twin") as twin:
        silent = [told async for told in story(town, ())]
        spoken = [told async for told in story(twin, (OFFICE, CHAIR, OTHERS[0]))]
    assert silent == spoken


async def story(
    town: Hall, who: tuple[str, ...]
) -> AsyncIterator[tuple[Tally | None, tuple[Step, ...], Missed | None, int]]:
    """What the office sees of an asking that goes wrong, step by step; ``who`` answers early."""
    wave = await launched(town)

    async def seen() -> tuple[Tally | None, tuple[Step, ...], Missed | None, int]:
        found = await asking(town, wave)
        desk = await town.ask(CTO, ShowDesk())
        assert isinstance(desk, DeskView)
        form = await town.ask(CTO, CheckAskAgain(wave_id=wave))
        missed = replace(form.missed, seconds=0) if isinstance(form, AskAgainCheck) else None
        counted = replace(found.tally, expected_end=None) if found.tally else None
        return counted, steps_of_asking(found), missed, desk.waves[0].queued

    yield await seen()
    await became(town, TEACHER, "invitation", state="sent")
    await became(town, ISO, "invitation", state="unreachable", why=DeliveryReason.TEAMS_BLOCKED)
    await became(town, OTHERS[0], "invitation", state="failed", why=DeliveryReason.SLACK_TOO_LONG)
    for email in who:
        await answer(town, email, wave)
    await town.ask(CTO, StopCampaign(subject=wave))
    yield await seen()
    await town.ask(CTO, ResumeCampaign(subject=wave))
    yield await seen()
    await town.ask(CTO, AskAgain(wave_id=wave))
    yield await seen()
    await pumped(town)
    yield await seen()
    await reminding(town)
    yield await seen()
    await town.ask(CTO, StopCampaign(subject=wave))
    await town.ask(CTO, ResumeCampaign(subject=wave))
    yield await seen()
    await pumped(town)
    yield await seen()
    await town.ask(CTO, CloseWave(wave_id=wave))
    yield await seen()


async def test_of_a_small_panel_no_count_is_told(town: Hall) -> None:
    wave = await launched(town, PANEL[:4])
    await became(town, ISO, "invitation", state="unreachable", why=DeliveryReason.TEAMS_BLOCKED)
    found = await asking(town, wave)
    assert found.tally is None
    assert steps_of_asking(found) == (Step.STOP,), "it can be stopped all the same"
    said = "\n".join(lines(Words("en", "UTC"), found))
    assert "fewer than 5 people" in said
    assert "blocked" not in said
    for command in (CheckAskAgain(wave_id=wave), AskAgain(wave_id=wave)):
        assert isinstance(await town.ask(CTO, command), Refused)


async def test_who_waited_for_an_invitation_gets_it_in_the_time_that_was_added(town: Hall) -> None:
    wave = await launched(town)
    later = town.clock() + timedelta(days=14)
    assert isinstance(await town.ask(CTO, ExtendWave(wave_id=wave, closes_at=later)), Done)
    town.clock.forward(days=8)  # past the first closing: no platform took anything until now
    assert len(await pumped(town)) == len(PANEL)


async def test_who_launched_extended_and_closed_a_survey_is_on_record(town: Hall) -> None:
    wave = await launched(town)
    later = town.clock() + timedelta(days=14)
    await town.ask(CTO, ExtendWave(wave_id=wave, closes_at=later))
    for _ in range(2):
        await town.ask(CTO, CloseWave(wave_id=wave))
    told = [what for what in await audited(town) if what.startswith("survey")]
    assert told == ["survey launched", "survey extended", "survey closed"]


async def test_the_clocks_closing_is_nobodys_doing(town: Hall) -> None:
    await launched(town)
    town.clock.forward(days=8)
    await town.core.dispatch.keep_time()
    assert "survey closed" not in await audited(town)
