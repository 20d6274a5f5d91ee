"""Surveys written on the web: saved at each step, never over somebody else's words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import inspect

from bot.files.district import LoadedDistrict
from bot.files.survey_yaml import load_survey
from bot.operator.loading import load
from bot.operator.operations import district_export
from core.people import Audience
from core.text import text
from governance.authoring.commands import (
    DropDraft,
    FinishDraft,
    SaveDraft,
    ShowDraft,
    ShowSurveys,
    TrySurvey,
)
from governance.home.commands import KeepHouse, ShowInbox
from governance.messages import Done, Refused
from governance.views import DraftChanged, DraftView, InboxView, ReadyLine, SurveysView
from surveys.commands import AnswerPage, DeclineWave, LaunchSurvey, ShowPage
from surveys.messages import (
    Answered,
    Declined,
    Invitation,
    QuestionPage,
    Rejected,
    WaveLaunched,
)
from surveys.survey import Survey
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, TEACHER, example

WEEK = timedelta(days=7)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def survey(key: str = "weekly-pulse", **changed: object) -> Survey:
    found = next(one for one in example().surveys if one.key == key)
    return replace(found, **changed)  # type: ignore[arg-type]


async def save(town: Hall, body: str, after: int = 0, *, draft: UUID | None = None) -> DraftView:
    saved = await town.ask(CTO, SaveDraft(draft_id=draft or uuid4(), after=after, body=body))
    assert isinstance(saved, DraftView), saved
    return saved


async def ready(town: Hall, key: str) -> ReadyLine | None:
    found = await town.ask(CTO, ShowSurveys())
    assert isinstance(found, SurveysView)
    return next((line for line in found.ready if line.survey.key == key), None)


async def finish(
    town: Hall, wanted: Survey, *, replaces: str | None = None
) -> DraftView | Rejected:
    draft = uuid4()
    await town.ask(CTO, SaveDraft(draft_id=draft, after=0, body="{}", replaces=replaces))
    done = await town.ask(CTO, FinishDraft(draft_id=draft, after=1, survey=wanted))
    assert isinstance(done, DraftView | Rejected), done
    return done


async def launch(town: Hall, wanted: Survey) -> None:
    closes = town.clock() + WEEK
    launched = await town.ask(
        CTO,
        LaunchSurvey(
            wave_id=uuid4(),
            survey=wanted,
            audience=Audience(people=frozenset({TEACHER})),
            opens_at=None,
            closes_at=closes,
        ),
    )
    assert isinstance(launched, WaveLaunched), launched


async def load_files(town: Hall, files: LoadedDistrict, *, overwrite: bool = False) -> list[str]:
    again = replace(files, roster=None, district=replace(files.district, calendar=None))
    found = await load(town.core.store, again, town.clock(), apply=True, overwrite=overwrite)
    return [str(one) for one in found]


# -- drafts ---------------------------------------------------------------------------------------


async def test_each_saving_is_kept_with_who_saved_it(town: Hall) -> None:
    first = await save(town, "one")
    second = await save(town, "two", 1, draft=first.draft.id)
    assert (second.draft.version, second.draft.body) == (2, "two")
    assert [edit.version for edit in second.edits] == [2, 1]
    assert {edit.by for edit in second.edits} == {"Ramona Castellanos"}
    earlier = await town.ask(CTO, ShowDraft(draft_id=first.draft.id, version=1))
    assert isinstance(earlier, DraftView)
    assert earlier.draft.body == "one"


async def test_who_saves_over_what_they_have_not_seen_is_told(town: Hall) -> None:
    draft = (await save(town, "one")).draft.id
    await save(town, "theirs", 1, draft=draft)
    mine = await town.ask(CTO, SaveDraft(draft_id=draft, after=1, body="mine"))
    assert isinstance(mine, DraftChanged)
    assert mine.theirs.draft.body == "theirs"
    assert mine.theirs.draft.version == 2
    assert (await save(town, "mine", 2, draft=draft)).draft.version == 3


async def test_the_same_form_sent_twice_is_saved_once(town: Hall) -> None:
    draft = (await save(town, "one")).draft.id
    await save(town, "two", 1, draft=draft)
    assert (await save(town, "two", 1, draft=draft)).draft.version == 2


async def test_what_was_thrown_away_is_gone_and_cannot_be_saved(town: Hall) -> None:
    draft = (await save(town, "one")).draft.id
    assert isinstance(await town.ask(CTO, DropDraft(draft_id=draft)), Done)
    view = await town.ask(CTO, ShowSurveys())
    assert isinstance(view, SurveysView)
    assert view.drafts == ()
    refused = await town.ask(CTO, SaveDraft(draft_id=draft, after=1, body="two"))
    assert isinstance(refused, Refused)


async def test_a_draft_that_is_far_too_large_is_refused(town: Hall) -> None:
    large = SaveDraft(draft_id=uuid4(), after=0, body="x" * 300_001)
    assert isinstance(await town.ask(CTO, large), Refused)


# -- ready surveys and their versions -------------------------------------------------------------


async def test_a_finished_draft_can_be_launched(town: Hall) -> None:
    new = replace(survey(title=text("Something new")), key="something-new")
    assert isinstance(await finish(town, new), DraftView)
    line = await ready(town, "something-new")
    assert line is not None
    assert line.on_web
    assert line.versions == ()
    await launch(town, line.survey)
    launched = await ready(town, "something-new")
    assert launched is not None
    assert [version.number for version in launched.versions] == [1]


async def test_a_new_survey_does_not_take_anothers_place(town: Hall) -> None:
    refused = await finish(town, survey(minutes=2))
    assert isinstance(refused, Rejected)
    assert "key" in refused.unfit
    assert isinstance(await finish(town, survey(minutes=2), replaces="weekly-pulse"), DraftView)
    line = await ready(town, "weekly-pulse")
    assert line is not None
    assert line.survey.minutes == 2


async def test_a_launched_text_is_a_version_that_never_changes(town: Hall) -> None:
    first, second = survey(), survey(minutes=2)
    for one in (first, first, second):
        await launch(town, one)
        town.clock.forward(days=31)  # nobody is asked more often than the district allows
    line = await ready(town, "weekly-pulse")
    assert line is not None
    assert [(v.number, v.survey) for v in line.versions] == [(2, second), (1, first)]


# -- beside the district's files ------------------------------------------------------------------


async def test_the_files_do_not_overwrite_what_was_edited_on_the_web(town: Hall) -> None:
    await finish(town, survey(minutes=9), replaces="weekly-pulse")
    await finish(town, replace(survey(), key="mine"))
    changed = replace(
        example(),
        surveys=tuple(
            replace(one, minutes=4) if one.key == "weekly-pulse" else one
            for one in example().surveys
        ),
    )
    assert sorted(await load_files(town, changed)) == [
        "! survey mine was written on the web and is kept (--overwrite retires it)",
        "! survey weekly-pulse was edited on the web and is kept (--overwrite)",
    ]
    pulse, mine = await ready(town, "weekly-pulse"), await ready(town, "mine")
    assert pulse is not None
    assert mine is not None
    assert (pulse.survey.minutes, pulse.on_web, mine.on_web) == (9, True, True)
    assert sorted(await load_files(town, changed, overwrite=True)) == [
        "- survey mine: retired",
        "~ survey weekly-pulse; waves keep their copy",
    ]
    pulse = await ready(town, "weekly-pulse")
    assert pulse is not None
    assert (pulse.survey.minutes, pulse.on_web) == (4, False)
    assert await ready(town, "mine") is None


async def test_an_export_writes_it_back_and_then_it_is_the_files(
    town: Hall, tmp_path: Path
) -> None:
    mine = replace(survey(), key="mine", minutes=5)
    await finish(town, mine)
    told = await district_export(town.core, {"path": str(tmp_path / "out")})
    assert told.ok
    assert load_survey(tmp_path / "out" / "surveys" / "mine.yaml") == mine
    files = replace(example(), surveys=(*example().surveys, mine))
    assert await load_files(town, files) == []
    line = await ready(town, "mine")
    assert line is not None
    assert not line.on_web


# -- trying it alone ------------------------------------------------------------------------------


async def test_a_test_is_answered_like_the_real_one_and_kept_nowhere(town: Hall) -> None:
    trial, wanted = uuid4(), survey("technology-priorities")
    asked = await town.ask(CTO, TrySurvey(trial_id=trial, survey=wanted, send=True))
    assert isinstance(asked, Invitation)
    assert asked.title.in_locale("en") == "Test: Technology priorities for next year"
    assert asked.title.in_locale("es").startswith("Prueba: ")
    first = await town.ask(
        CTO,
        AnswerPage(wave_id=trial, page=0, answers={"wifi": "4", "main-device": "laptop"}),
    )
    assert isinstance(first, QuestionPage)
    back = await town.ask(CTO, ShowPage(wave_id=trial, page=0))
    assert isinstance(back, QuestionPage)
    assert back.given == {"wifi": 4, "main-device": "laptop"}
    ranked = ("better-wifi", "fewer-apps", "paid-practice")
    second = await town.ask(CTO, AnswerPage(wave_id=trial, page=1, answers={"priorities": ranked}))
    assert isinstance(second, QuestionPage)
    done = await town.ask(CTO, AnswerPage(wave_id=trial, page=2, answers={"one-change": "All"}))
    assert isinstance(done, Answered)
    assert done.trial
    assert done.thanks == wanted.thanks
    kept = await town.core.store.read(lambda tx: tx.trial(trial))
    assert kept is not None
    assert kept.answers == {}
    assert not await town.core.store.read(lambda tx: tx.waves())
    tables = inspect(town.core.store.engine).get_table_names()
    assert [name for name in tables if trial.hex in name] == [], "no table of answers either"


async def test_a_test_is_its_authors_alone_and_ends_after_a_day(town: Hall) -> None:
    trial = uuid4()
    await town.ask(CTO, TrySurvey(trial_id=trial, survey=survey(), send=True))
    assert isinstance(await town.ask(TEACHER, ShowPage(wave_id=trial)), Refused)
    assert isinstance(await town.ask(CTO, DeclineWave(wave_id=trial)), Declined)
    inbox = await town.ask(CTO, ShowInbox())
    assert isinstance(inbox, InboxView)
    town.clock.forward(days=1, minutes=1)
    assert isinstance(await town.ask(CTO, ShowPage(wave_id=trial)), Refused)
    await town.core.dispatch.by_itself(KeepHouse())
    assert await town.core.store.read(lambda tx: tx.trial(trial)) is None
