"""Small districts surveyed with the product itself, and everything that anybody is then shown.

Each district is a copy of one database: the same people, the same survey with the same id, the
same clock. Two of them differ by what was answered and by nothing else.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from governance.access import Source
from governance.commands import (
    Command,
)
from surveys import pulsing
from surveys.commands import CloseWave, DeclineWave, ShowResults
from surveys.messages import Answered, Declined, QuestionPage, Results
from surveys.ports import OpenResponse
from surveys.questions import Choice, SingleChoice
from surveys.results import WaveResults
from surveys.survey import Page, Survey, Wave
from surveys.tabulating import Atom
from surveys.words import text
from tests.attacks.hall import Hall
from tests.attacks.privacy.places import wave_of
from tests.attacks.privacy.reading import GateCall, Shown, look, read_all
from tests.attacks.privacy.replaying import Case, World, outcomes
from tests.attacks.privacy.towns import (
    COMMITTEES,
    FIRST,
    ROOM,
    WAVE,
    copied,
    email_of,
    launched,
    page_of,
    says,
)
from tests.journeys.town import CTO


@dataclass(frozen=True, kw_only=True)
class Script:
    """Who does what, in which order, whatever they say: emails."""

    people: Mapping[Atom, Sequence[str]]
    """Who answers to the end."""
    decline: Sequence[str]
    stop: Sequence[str]
    silent: Sequence[str]
    order: Sequence[str]
    change: frozenset[str]
    looks: frozenset[int]
    """After how many of ``order`` the CTO's office looks."""
    by_clock: bool

    @property
    def asked(self) -> frozenset[str]:
        return frozenset((*self.order, *self.silent))

    @property
    def quiet(self) -> Script:
        """The same, but that nobody declines or stops: they do nothing."""
        return replace(self, decline=(), stop=(), silent=(*self.silent, *self.decline, *self.stop))

    @property
    def unanswered(self) -> Script:
        """Nobody does anything."""
        return replace(self.quiet, silent=tuple(sorted(self.asked)))


def scripted(case: Case, chance: random.Random) -> Script:
    """Beside those who answer, some of each group decline, stop halfway or do nothing."""
    people: dict[Atom, Sequence[str]] = {}
    others: dict[str, list[str]] = {"decline": [], "stop": [], "silent": []}
    for atom in case.place.atoms:
        here = [email_of(atom, number) for number in range(ROOM[atom])]
        chance.shuffle(here)
        n = case.place.people[atom]
        people[atom], rest = here[:n], here[n:]
        for does in others.values():
            does += [rest.pop() for _ in range(chance.choice((0, 0, 1, 2)))]
    answering = [one for some in people.values() for one in some]
    order = [*answering, *others["decline"], *others["stop"]]
    chance.shuffle(order)
    return Script(
        people=people,
        decline=others["decline"],
        stop=others["stop"],
        silent=others["silent"],
        order=order,
        change=frozenset(chance.sample(answering, k=min(3, len(answering)))),
        looks=frozenset(chance.sample(range(len(order)), k=min(4, len(order)))),
        by_clock=chance.random() < 0.5,
    )


def saying(case: Case, script: Script, world: World, chance: random.Random) -> dict[str, str]:
    """Who says what, so that the district answered as ``world`` says."""
    said: dict[str, str] = {}
    answers = [str(one) for one in outcomes(case.question)]
    for atom, counts in zip(case.place.atoms, world, strict=True):
        known = case.friends.get(atom, (0,) * len(answers))
        here = list(script.people[atom])
        for some, mixed in ((known, False), (counts, True)):
            given = [a for a, n in zip(answers, some, strict=True) for _ in range(n)]
            if mixed:
                chance.shuffle(given)
            said |= {here.pop(0): answer for answer in given}
    return said


def survey_of(case: Case) -> Survey:
    begun = SingleChoice(
        key=FIRST,
        prompt=text("Shall we begin?"),
        choices=(Choice(key="yes", label=text("Yes")), Choice(key="no", label=text("No"))),
    )
    survey = wave_of(case.question, case.place.plan).survey
    pages = (Page(questions=(begun,)), *survey.pages)
    return replace(survey, pages=pages, committees=COMMITTEES)


async def played(
    founded: Path,
    folder: Path,
    case: Case,
    script: Script,
    said: Mapping[str, str],
    gate: Callable[..., WaveResults],
    *,
    pages: bool = True,
) -> Shown:
    """Launched, answered, changed, declined, begun and not finished, looked at, and closed.
    ``pages``: all surfaces are read, and not the messages of the results alone."""
    shutil.copytree(founded, folder)
    shown = Shown()
    with pytest.MonkeyPatch.context() as patch:

        def asked(wave: Wave, responses: Sequence[OpenResponse], *more: Any) -> WaveResults:
            shown.calls.append(GateCall(wave=wave, responses=responses, more=more))
            return gate(wave, responses, *more)

        patch.setattr(pulsing, "final_results", asked)
        async with copied(folder) as town:
            await _surveyed(town, case, script, said, shown)
            found = await town.ask(CTO, ShowResults(wave_id=WAVE))
            assert isinstance(found, Results)
            shown.final = found.results
            if pages:
                await read_all(town, case, shown)
    shutil.rmtree(folder)
    return shown


async def _surveyed(
    town: Hall, case: Case, script: Script, said: Mapping[str, str], shown: Shown
) -> None:
    ids = await launched(town, survey_of(case), script.asked)

    async def tell(email: str, command: Command, expected: type) -> None:
        assert isinstance(await says(town, ids[email], command), expected), command

    async def acts(email: str) -> None:
        """What somebody does who does something."""
        if email in script.decline:
            await tell(email, DeclineWave(wave_id=WAVE), Declined)
            return
        await tell(email, page_of(0, FIRST, "yes"), QuestionPage)
        if email in script.change:
            await tell(email, page_of(1, "q", str(outcomes(case.question)[0])), Answered)
        if email in said:
            await tell(email, page_of(1, "q", said[email]), Answered)

    waiting: list[str] = []
    for place, email in enumerate(script.order):
        town.clock.forward(minutes=1)
        waiting += [email] * (email not in script.silent)
        if place in script.looks or place == len(script.order) - 1:
            await asyncio.gather(*map(acts, waiting))  # at once, as they would
            waiting.clear()
        if place in script.looks:
            await look(town, shown, place)
    if script.by_clock:
        town.clock.forward(days=8)
        await town.core.dispatch.keep_time()
    else:
        town.clock.forward(hours=1)
        await town.core.dispatch.by_itself(CloseWave(wave_id=WAVE), Source.OPERATOR)
