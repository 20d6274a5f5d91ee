"""The demo's colleagues: they answer, read and write at a pace one can watch.

They use the same door as everybody (``dispatch.handle``); nothing is put into the database
behind its back.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never
from uuid import UUID, uuid4

import structlog

from bot.app.core import Core
from bot.conversation import Speaker
from core.commands import Command
from core.people import Platform
from core.text import Text
from governance.announcements.commands import AcknowledgeAnnouncement
from governance.announcements.model import AnnouncementState
from governance.docket.commands import GiveFeedback
from governance.feedback.model import Naming
from governance.reading.examples import Example, read_examples
from governance.school_days import today
from storage.transaction import Transaction
from surveys.asking.pairing import preferred
from surveys.asking.presenting import as_asked
from surveys.commands import AnswerPage
from surveys.disclosure.live import following
from surveys.priorities.asked_pairs import pairs_of
from surveys.priorities.commands import BeginPairs, ComparePair, Verdict
from surveys.priorities.messages import Comparing
from surveys.questions import (
    CountedQuestion,
    Date,
    FreeText,
    Number,
    Pairwise,
    Ranking,
    RawAnswer,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.survey import Survey, WaveState

log = structlog.get_logger(__name__)

_MESSAGES = 12
"""Feedback messages that colleagues send in the first minutes."""
_FIRST = 2
_EARLY = 10
"""Rounds before a visitor comes, of two people each, beside those that the first look takes: live
figures are there from the start."""


@dataclass(frozen=True, kw_only=True)
class _Asked:
    wave_id: UUID
    survey: Survey
    people: Sequence[UUID]


class Colleagues:
    """``pace`` 1: one or two answers a second; 0: nobody does anything."""

    def __init__(
        self, core: Core, *, pace: float, spared: Collection[UUID] = (), seed: int = 7
    ) -> None:
        self._core = core
        self._spared = frozenset(spared)  # the parts a visitor plays answer for themselves
        self._pace = pace
        self._chance = random.Random(seed)  # noqa: S311  (a play, not a secret)
        self._to_say: list[str] = []
        self._comments: list[str] = []

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """They work while the block runs. The first have answered before it."""
        if self._pace > 0:
            await self._begin()
        task = asyncio.create_task(self._work()) if self._pace > 0 else None
        try:
            yield
        finally:
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _begin(self) -> None:
        self._to_say = list(await self._core.store.read(_things_to_say))
        self._chance.shuffle(self._to_say)
        self._comments = self._to_say[_MESSAGES:]
        self._to_say = self._to_say[:_MESSAGES]
        # Said first: what the chair whom a visitor plays finds in the docket.
        self._to_say += (await self._core.store.read(_about_the_network))[:_FIRST]
        for _ in range(_EARLY + await self._core.store.read(_first_look) // 2):
            try:
                await self._answer()
            except Exception:
                log.exception("colleagues.failed")

    async def _work(self) -> None:
        rounds = 0
        while True:
            await asyncio.sleep(0.7 / self._pace)
            rounds += 1
            try:
                await self._answer()
                await self._read()
                if rounds % 9 == 1 and self._to_say:
                    await self._say(self._to_say.pop())
            except Exception:
                log.exception("colleagues.failed")

    async def _answer(self) -> None:
        asked = await self._core.store.read(_open_waves)
        for wave in asked:
            for person_id in (p for p in wave.people if p not in self._spared):
                for number, page in enumerate(wave.survey.pages):
                    if (question := pairs_of(wave.survey, number)) is not None:
                        await self._compare(person_id, wave.wave_id, number, question)
                        continue
                    own = as_asked(page, wave.wave_id, person_id)
                    answers = {q.key: self._raw(q) for q in own.counted}
                    command = AnswerPage(wave_id=wave.wave_id, page=number, answers=answers)
                    await self._as(person_id, command)

    async def _compare(self, person: UUID, wave_id: UUID, page: int, question: Pairwise) -> None:
        """What an author names first is liked a little better."""
        keys = [choice.key for choice in question.choices]
        shown = await self._as(person, BeginPairs(wave_id=wave_id, page=page))
        while isinstance(shown, Comparing) and shown.pair is not None:
            one, other = (side.key for side in shown.pair)
            first = [key for key in keys if key in (one, other)][:1] == [one]
            weights = (6, 3, 1) if first else (3, 6, 1)
            said = (Verdict.ONE, Verdict.OTHER, Verdict.NEITHER)
            verdict = self._chance.choices(said, weights)[0]
            command = ComparePair(wave_id=wave_id, page=page, one=one, other=other, verdict=verdict)
            shown = await self._as(person, command)

    async def _read(self) -> None:
        for announcement_id, people in await self._core.store.read(
            partial(_unread, self._core.now())
        ):
            for person_id in (p for p in people if p not in self._spared):
                if self._chance.random() < 0.8:
                    await self._as(
                        person_id, AcknowledgeAnnouncement(announcement_id=announcement_id)
                    )

    async def _say(self, text: str) -> None:
        people = await self._core.store.read(lambda tx: tx.some_staff(1))
        naming = self._chance.choice([Naming.WITHHELD, Naming.WITHHELD, Naming.NAMED])
        for person_id in people:
            await self._as(person_id, GiveFeedback(item_id=uuid4(), text=text, naming=naming))

    async def _as(self, person: UUID, command: Command) -> object:
        speaker = Speaker(platform=Platform.WEB, person=person)
        return (await self._core.dispatch.handle(speaker, command)).message

    def _raw(self, question: CountedQuestion) -> RawAnswer:
        """A likely answer: opinions lean one way, so that charts look like a district's."""
        match question:
            case SingleChoice():
                return self._leaning([choice.key for choice in question.choices])[0]
            case SeveralChoice():
                most = question.at_most or len(question.choices)
                count = self._chance.randint(1, min(most, 3))
                return self._leaning([choice.key for choice in question.choices])[:count]
            case Scale():
                points = question.every_point
                return str(self._chance.choices(points, [(p + 1) ** 0.8 for p in points])[0])
            case Ranking():
                return self._leaning([c.key for c in question.choices])[: question.top]
            case Pairwise():
                keys = self._leaning([choice.key for choice in question.choices])
                return tuple(preferred(*sorted(pair, key=keys.index)) for pair in question.shown)
            case Number():
                low, high = question.minimum or 0, question.maximum or 10
                # Most say little, a few much: hours and counts are like that.
                value = min(high, low + self._chance.expovariate(12 / ((high - low) or 1)))
                return str(round(value)) if question.whole else f"{value:.1f}"
            case Date():
                days = (question.maximum - question.minimum).days
                day = question.minimum + timedelta(days=self._chance.randint(0, days))
                return day.isoformat()
            case FreeText(asked_in=Text()):
                return ""  # nobody wants to read the same other thing fifty times
            case FreeText():
                return self._comment(question.longest)
            case _:
                assert_never(question)

    def _comment(self, longest: int) -> str:
        """Most write nothing; who writes something, something of their own."""
        if not self._comments or self._chance.random() > 0.2:
            return ""
        return self._chance.choice(self._comments)[:longest]

    def _leaning(self, keys: list[str]) -> tuple[str, ...]:
        weight = {key: self._chance.random() * (1 + 1 / (at + 1)) for at, key in enumerate(keys)}
        return tuple(sorted(keys, key=lambda key: -weight[key]))


def _open_waves(tx: Transaction) -> list[_Asked]:
    return [
        _Asked(wave_id=w.id, survey=w.survey, people=tx.some_waiting(w.id, 2))
        for w in tx.waves()
        if w.state is WaveState.OPEN
    ]


def _first_look(tx: Transaction) -> int:
    """After how many answers the surveys that are open show figures."""
    sizes = [tx.panel_size(wave.id) for wave in tx.waves() if wave.state is WaveState.OPEN]
    return max((following(asked, 0) or 0 for asked in sizes), default=0)


def _unread(now: datetime, tx: Transaction) -> list[tuple[UUID, Sequence[UUID]]]:
    """Announcements whose day to confirm has not passed, with some who have not confirmed."""
    day = today(tx, now)
    return [
        (one.id, tx.some_unread(one.id, 3))
        for one in tx.announcements()
        if one.state is AnnouncementState.SENDING and (one.due is None or one.due >= day)
    ]


def _things_to_say(tx: Transaction) -> list[str]:
    """Real-sounding feedback: the district's own examples, harmless ones."""
    return [example.text for example in _harmless(tx)]


def _about_the_network(tx: Transaction) -> list[str]:
    return [e.text for e in _harmless(tx) if e.committees == ("network",)]


def _harmless(tx: Transaction) -> list[Example]:
    examples = read_examples(tx.examples().splitlines())
    return [e for e in examples if e.committees and not e.urgent and not e.personal]
