"""What somebody said and was asked, at the door: pairs and an order of their own, a records hold, a
survey that others were asked, one that was published."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.people import Audience
from core.text import text
from core.words import Words
from governance.access import Source
from governance.conclusions.commands import PublishConclusions, WriteConclusions
from governance.messages import Refused
from governance.waves import said_wording as said_words
from governance.waves.my_surveys import MySurvey, MySurveys, ShowMySurveys
from surveys.commands import (
    AnswerPage,
    CloseWave,
    DeclineWave,
    LaunchSurvey,
    LiftHold,
    ShowPage,
    ShowSaid,
)
from surveys.messages import AnswersDeleted, QuestionPage, StillKnown, WhatYouSaid
from surveys.questions import Choice, Pairwise, RawAnswer, SingleChoice
from surveys.survey import Page, Participation
from tests.attacks.hall import Hall, hall
from tests.bot.samples.pairs import PAIRS
from tests.journeys.town import CTO, TEACHER, example, small_roster, teachers

OTHER = teachers(small_roster(40), 1)[0].email
TOOL = SingleChoice(
    key="tool",
    prompt=text("Which tool?", es="¿Qué herramienta?"),
    random_order=True,
    choices=tuple(Choice(key=f"t{n}", label=text(f"Tool {n}")) for n in range(8)),
)
FIRST = replace(PAIRS, shown=(), pairs=3)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=5) as found:
        yield found


async def asked(town: Hall, *emails: str, hold: bool = False) -> UUID:
    pulse = next(one for one in example().surveys if one.key == "weekly-pulse")
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=replace(pulse, pages=(Page(questions=(TOOL, FIRST)),)),
        audience=Audience(people=frozenset(emails)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
        despite_limit="One survey after another.",
        hold=hold,
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    return command.wave_id


async def answer(town: Hall, wave: UUID, email: str = TEACHER) -> QuestionPage:
    """Choose a tool, prefer the first of the first pair, do not decide the second."""
    page = await town.ask(email, ShowPage(wave_id=wave))
    assert isinstance(page, QuestionPage)
    pairs = page.questions[1]
    assert isinstance(pairs, Pairwise)
    (a, b), (c, d), (e, f) = pairs.shown
    given: dict[str, RawAnswer] = {
        "tool": "t3",
        "first": (f"{a}>{b}", "=".join(sorted((c, d))), f"{f}>{e}"),
    }
    await town.ask(email, AnswerPage(wave_id=wave, page=0, answers=given))
    return page


async def said(town: Hall, wave: UUID, email: str = TEACHER) -> WhatYouSaid:
    shown = await town.ask(email, ShowSaid(wave_id=wave))
    assert isinstance(shown, WhatYouSaid)
    return shown


async def mine(town: Hall, email: str = TEACHER) -> tuple[MySurvey, ...]:
    listed = await town.ask(email, ShowMySurveys())
    assert isinstance(listed, MySurveys)
    return listed.surveys


async def test_it_is_in_the_order_that_they_saw_with_their_own_pairs(town: Hall) -> None:
    wave = await asked(town, TEACHER, OTHER)
    page = await answer(town, wave)
    shown = await said(town, wave)
    assert shown.questions == page.questions
    pairs = page.questions[1]
    assert isinstance(pairs, Pairwise)
    labels = {one.key: one.label.default for one in pairs.choices}
    tool, first = said_words.said(Words(), shown)
    assert [one.said for one in tool.lines] == ["Tool 3"]
    wanted = [labels[pairs.shown[0][0]], "You could not decide.", labels[pairs.shown[2][1]]]
    assert [one.said for one in first.lines] == wanted
    assert first.lines[0].label == " or ".join(labels[key] for key in pairs.shown[0]) + "?"


async def test_it_is_read_in_their_language(town: Hall) -> None:
    wave = await asked(town, TEACHER)
    await answer(town, wave)
    tool, first = said_words.said(Words("es"), await said(town, wave))
    assert tool.prompt == "¿Qué herramienta?"
    assert first.lines[1].said == "Usted no pudo decidir."


async def test_nobody_else_is_shown_it_and_another_who_was_asked_sees_their_own(
    town: Hall,
) -> None:
    wave = await asked(town, TEACHER, OTHER)
    await answer(town, wave)
    theirs = await said(town, wave, OTHER)
    assert (theirs.became, dict(theirs.answers)) == (Participation.ASKED, {})
    assert isinstance(await town.ask(CTO, ShowSaid(wave_id=wave)), Refused)
    assert isinstance(await town.ask(TEACHER, ShowSaid(wave_id=uuid4())), Refused)


async def test_what_was_answered_is_not_in_what_a_log_would_write_of_it(town: Hall) -> None:
    wave = await asked(town, TEACHER)
    await answer(town, wave)
    shown = await said(town, wave)
    assert shown.answers["tool"] == "t3"
    assert "answers" not in repr(shown)


@pytest.mark.parametrize("hold", [False, True])
async def test_after_the_closing_it_is_known_only_under_a_hold(town: Hall, hold: bool) -> None:
    wave = await asked(town, TEACHER, hold=hold)
    await answer(town, wave)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    if hold:
        held = await said(town, wave)
        assert held.known is StillKnown.HELD
        assert held.answers["tool"] == "t3"
        assert said_words.press(Words(), held) == ""
        assert (await mine(town))[0].held
        await town.core.dispatch.by_itself(LiftHold(wave_id=wave), Source.OPERATOR)
    sealed = await town.ask(TEACHER, ShowSaid(wave_id=wave))
    assert isinstance(sealed, AnswersDeleted)
    assert town.clock() - sealed.closed_at < timedelta(minutes=5)


async def test_between_its_time_and_the_sealing_it_can_be_read_and_not_changed(town: Hall) -> None:
    wave = await asked(town, TEACHER)
    await answer(town, wave)
    town.clock.forward(days=8)
    late = await said(town, wave)
    assert late.known is StillKnown.CLOSING
    assert said_words.press(Words(), late) == ""


async def test_who_says_no_has_said_nothing(town: Hall) -> None:
    wave = await asked(town, TEACHER)
    await town.ask(TEACHER, DeclineWave(wave_id=wave))
    no = await said(town, wave)
    assert said_words.said(Words(), no) == ()
    assert said_words.press(Words(), no) == "Answer anyway"


async def test_the_list_follows_a_survey_from_the_asking_to_what_was_heard(town: Hall) -> None:
    assert await mine(town) == ()
    wave = await asked(town, TEACHER)
    (one,) = await mine(town)
    assert (one.became, one.open, one.heard_at) == (Participation.ASKED, True, None)
    await answer(town, wave)
    assert (await mine(town))[0].became is Participation.ANSWERED
    later = await asked(town, TEACHER, OTHER)
    town.clock.forward(hours=1)
    assert {one.wave_id for one in await mine(town)} == {later, wave}
    assert [one.wave_id for one in await mine(town, OTHER)] == [later]

    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    words = {"heard": "Much.", "not_done": "Nothing."}
    await town.ask(CTO, WriteConclusions(wave_id=wave, words=words))
    listed = next(one for one in await mine(town) if one.wave_id == wave)
    assert (listed.open, listed.heard_at) == (False, None), "a draft is nobody's to read"
    await town.ask(CTO, PublishConclusions(wave_id=wave, version=1))
    listed = next(one for one in await mine(town) if one.wave_id == wave)
    assert listed.heard_at is not None
    assert town.clock() - listed.heard_at < timedelta(minutes=5)
