"""Comparing pairs: one verdict at a time, each with the next pair behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.people import Person
from surveys.asking.answering import AskedWave, go_on, open_for, page_at, said_so_far
from surveys.asking.answering import keep as keep_response
from surveys.asking.presenting import promise_of
from surveys.asking.showing import shown_pages
from surveys.messages import Answered, NotForYou, QuestionPage, WaveClosedAlready
from surveys.ports import Response, SurveyStore
from surveys.priorities.asked_pairs import (
    Asked,
    asked_of,
    comparing,
    decided_ideas,
    pairs_of,
    with_next,
)
from surveys.priorities.commands import (
    BeginPairs,
    ComparePair,
    RestartPairs,
    ShowProtection,
    StopPairs,
)
from surveys.priorities.messages import Comparing, Stage
from surveys.questions import Unfit

Shown = Answered | QuestionPage | Comparing | WaveClosedAlready | NotForYou

GONE = NotForYou(why=Unfit(why="This survey is not here anymore."))
NOT_YOURS = NotForYou(why=Unfit(why="That is not one of your pairs. Please choose again."))


class OfPairs(Protocol):
    """A command about a page that asks pair by pair."""

    @property
    def wave_id(self) -> UUID: ...

    @property
    def page(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One person at one question of pairs, in a survey that is open."""

    wave: AskedWave
    page: int
    before: Response
    asked: Asked

    @property
    def trial(self) -> bool:
        return self.wave.trial is not None


def turn_of(
    store: SurveyStore,
    actor: Person,
    command: OfPairs,
    now: datetime,
) -> Turn | QuestionPage | Comparing | WaveClosedAlready | NotForYou:
    """Where somebody stands; what there is instead, where that page does not ask pair by pair."""
    wave = open_for(store, actor, command.wave_id, now)
    if not isinstance(wave, AskedWave):
        return wave
    before, survey = said_so_far(store, wave, actor), wave.wave.survey
    question = None
    if command.page in shown_pages(survey, before.answers):
        question = pairs_of(survey, command.page)
    if question is None:
        return page_at(store, wave.wave, actor, command.page, before.answers, now)
    asked = asked_of(question, before.answers)
    return Turn(wave=wave, page=command.page, before=before, asked=asked)


def begin(store: SurveyStore, actor: Person, command: BeginPairs, now: datetime) -> Shown:
    """The first pair. Where all were compared: what comes after them."""
    turn = turn_of(store, actor, command, now)
    return _on(store, actor, turn, turn.asked, now) if isinstance(turn, Turn) else turn


def compare(store: SurveyStore, actor: Person, command: ComparePair, now: datetime) -> Shown:
    """Keep a verdict. One that comes twice, or late from an older message, changes nothing."""
    turn = turn_of(store, actor, command, now)
    if not isinstance(turn, Turn):
        return turn
    pair = (command.one, command.other)
    if pair not in turn.asked.pairs:
        return NOT_YOURS
    if pair != turn.asked.open:
        return _shown(store, turn, turn.asked, now)
    said = turn.asked.with_verdict(pair, command.verdict)
    return _on(store, actor, turn, said, now)


def stop(store: SurveyStore, actor: Person, command: StopPairs, now: datetime) -> Shown:
    turn = turn_of(store, actor, command, now)
    return _shown(store, turn, turn.asked, now, stopped=True) if isinstance(turn, Turn) else turn


def restart(store: SurveyStore, actor: Person, command: RestartPairs, now: datetime) -> Shown:
    turn = turn_of(store, actor, command, now)
    if not isinstance(turn, Turn):
        return turn
    return _on(store, actor, turn, turn.asked.restarted(), now)


def protection(store: SurveyStore, actor: Person, command: ShowProtection, now: datetime) -> Shown:
    turn = turn_of(store, actor, command, now)
    if not isinstance(turn, Turn):
        return turn
    shown = _shown(store, turn, turn.asked, now)
    promised = promise_of(store, turn.wave.wave)
    return replace(shown, stage=Stage.PROTECTED, promise=promised, pair=None, news=())


def keep(store: SurveyStore, actor: Person, turn: Turn, asked: Asked) -> None:
    """Keep where somebody stands, without going on."""
    answers = asked.kept_in(turn.before.answers)
    after = Response(answers=answers, complete=turn.before.complete)
    keep_response(store, turn.wave, actor, turn.before, after)


def _on(store: SurveyStore, actor: Person, turn: Turn, asked: Asked, now: datetime) -> Shown:
    """With the next pair, or on to what comes after the last one. Whoever is told what became of
    their ideas is told once."""
    wave = turn.wave.wave
    asked = with_next(store, wave, actor, asked, trial=turn.trial)
    if asked.open is None:
        kept = asked.kept_in(turn.before.answers)
        return go_on(store, turn.wave, actor, turn.page, turn.before, kept, now)
    keep(store, actor, turn, asked.told(decided_ideas(store, wave, asked)))
    return _shown(store, turn, asked, now)


def _shown(
    store: SurveyStore, turn: Turn, asked: Asked, now: datetime, *, stopped: bool = False
) -> Comparing:
    wave = turn.wave.wave
    last = turn.page == shown_pages(wave.survey, turn.before.answers)[-1]
    return comparing(store, wave, turn.page, asked, now, stopped=stopped, last=last)
