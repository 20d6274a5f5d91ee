"""The Board report of the demo's year: a survey on priorities that has closed, and the report that
the CTO's office issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.app.core import Core
from bot.app.watching import Unwatched
from bot.conversation import Speaker
from bot.demo.approving import approve_what_waits
from bot.demo.colleagues import Colleagues
from bot.demo.telling import Played
from bot.jobs.closings import Closings
from core.people import Platform
from governance.alignment.commands import AlignPriorities, SendAlignment
from governance.alignment.finding import goals_today
from governance.alignment.handlers import field_of, value_of
from governance.alignment.priorities import priorities_of
from governance.board_reports.commands import (
    ChoosePeriod,
    IssueReport,
    PublishReport,
    ShowReport,
    WriteReportWords,
    WriteStories,
)
from governance.board_reports.gathering import sources
from governance.board_reports.messages import ReportView
from governance.board_reports.model import STORIES, StoryKind
from governance.board_reports.periods import Period, Preset, presets
from governance.committees.model import Office
from governance.school_days import calendar, today
from storage.transaction import Transaction
from surveys.commands import AnswerPage, CloseWave
from surveys.survey import Survey
from surveys.waves.sampling import Sample

if TYPE_CHECKING:
    from bot.demo.past import Player

REPORT = uuid5(NAMESPACE_URL, "demo/board-report")
PRIORITIES = uuid5(NAMESPACE_URL, "demo/technology-priorities")

_SURVEY = "technology-priorities"
_ASKED, _ANSWERED = 240, 150
_OPENED, _CLOSED = -30, -25
"""School days from today."""


def plan_survey(player: Player) -> None:
    """A survey that asked what comes first, in this school year."""
    asked = partial(
        player.ask_some,
        PRIORITIES,
        _SURVEY,
        Sample(people=_ASKED, seed=7),
        closes_at=player.school_day(_CLOSED),
    )
    player.plan(player.school_day(_OPENED), asked, Played.SURVEY)
    player.plan(player.school_day(_OPENED) + timedelta(hours=2), partial(_answer, player))
    close = CloseWave(wave_id=PRIORITIES)
    player.plan(player.school_day(_CLOSED), partial(player.by_itself, close))


async def _answer(player: Player) -> None:
    found = await player.store.read(_panel)
    if found is not None:
        survey, people = found
        await Respondents(player).answer(
            PRIORITIES, survey, [p for p in people if p not in player.spared]
        )


def _panel(tx: Transaction) -> tuple[Survey, Sequence[UUID]] | None:
    wave = tx.wave(PRIORITIES)
    return (wave.survey, tx.some_waiting(PRIORITIES, _ANSWERED)) if wave else None


class Respondents(Colleagues):
    """Staff who answered then."""

    def __init__(self, player: Player, seed: int = 7) -> None:
        super().__init__(player.core, pace=0, seed=seed)
        self._player = player

    async def answer(self, wave_id: UUID, survey: Survey, people: Sequence[UUID]) -> None:
        for person in people:
            for number, page in enumerate(survey.pages):
                answers = {one.key: self._raw(one) for one in page.counted}
                command = AnswerPage(wave_id=wave_id, page=number, answers=answers)
                await self._player.act(person, command)


async def issue_report(core: Core) -> None:
    """After the past was played. The report is about the school year so far."""
    await Closings(core.store, core.now, Unwatched()).take_up()
    cto = await core.store.read(lambda tx: next(iter(tx.holders(Office.CTO)), None))
    if cto is None:
        return
    period = await core.store.read(lambda tx: presets(calendar(tx), today(tx, core.now())))
    preset = Preset.YEAR if Preset.YEAR in period else Preset.YEAR_BEFORE
    intro = (
        "This page says what staff told us about technology this school year, what they put "
        "first, and what the district did about it."
    )
    stories = await core.store.read(partial(_stories, period[preset]))
    speaker = Speaker(platform=Platform.WEB, person=cto.id)
    for command in (
        AlignPriorities(wave_id=PRIORITIES, goals=await core.store.read(_aligned)),
        SendAlignment(wave_id=PRIORITIES),
        ChoosePeriod(report_id=REPORT, preset=preset),
        WriteReportWords(report_id=REPORT, words={"intro": intro}),
        WriteStories(report_id=REPORT, words=stories),
    ):
        await core.dispatch.handle(speaker, command)
    draft = (await core.dispatch.handle(speaker, ShowReport(report_id=REPORT))).message
    if isinstance(draft, ReportView):
        issue = IssueReport(report_id=REPORT, seen=draft.seen)
        await core.dispatch.handle(speaker, issue)
        await core.dispatch.handle(speaker, PublishReport(report_id=REPORT, public=True))
        await approve_what_waits(core.store, core.dispatch)


def _aligned(tx: Transaction) -> dict[str, str]:
    """Each priority with the goal that its author named."""
    wave, goals = tx.wave(PRIORITIES), {one.key: one for one in goals_today(tx)}
    there = priorities_of(wave.survey, tx.results(PRIORITIES)) if wave else ()
    return {field_of(*one.key): value_of(goals[one.goal]) for one in there if one.goal in goals}


def _stories(period: Period, tx: Transaction) -> dict[str, str]:
    """Of recommendations, in the words in which their outcome was told."""
    stories: dict[str, str] = {}
    told = [one for one in sources(tx, period) if one.kind is StoryKind.RECOMMENDATION]
    for n, one in enumerate(told[:STORIES], start=1):
        advice = tx.recommendation(UUID(one.key))
        if advice is not None:
            stories |= {f"source_{n}": one.token, f"story_{n}": advice.outcome or ""}
    return stories
