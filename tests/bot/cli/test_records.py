"""The operator sees which answers are still kept of closed surveys, and deletes sealed ones."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from bot.demo.examples import example_district
from bot.doctor.checking import NO_SCHEDULE, district_lines
from bot.doctor.closing_findings import closing_findings
from bot.operator.operations import district_export, do
from core.people import Audience
from core.words import Words
from governance.access import Source
from governance.authoring.commands import ShowPlan
from governance.views import PlanView
from governance.waves import promise_wording as promise_words
from governance.waves.promise_wording import protection
from storage.tables import sealed_response
from storage.transaction import Transaction
from surveys.commands import CloseWave, LaunchSurvey, ShowPage
from surveys.messages import QuestionPage
from surveys.promise import Promise
from surveys.results.model import Withheld
from surveys.survey import Rules
from tests.attacks.hall import Hall, hall
from tests.journeys.town import TEACHER, example
from tests.postgres import migrated_database

WORD = "zebra-crossing"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    if request.param == "sqlite":
        async with hall(tmp_path, staff=20) as found:
            yield found
    else:
        with migrated_database() as url:
            async with hall(tmp_path, staff=20, url=url) as found:
                yield found


async def closed(town: Hall, *, sealed: int, hold: bool = False) -> UUID:
    """A closed survey, with as many rows as an earlier version would have kept."""
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
        audience=Audience(),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
        despite_limit="One after the other, to the same people.",
        hold=hold,
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    await town.core.dispatch.by_itself(CloseWave(wave_id=command.wave_id), Source.OPERATOR)
    rows = [
        {"wave_id": command.wave_id, "id": uuid4(), "answers": json.dumps({"week": WORD})}
        for _ in range(sealed)
    ]
    if rows:
        await town.core.store.write(
            lambda tx: tx.connection.execute(sealed_response.insert(), rows)
        )
    return command.wave_id


def rows(tx: Transaction) -> int:
    return tx.connection.execute(select(func.count()).select_from(sealed_response)).scalar_one()


async def test_sealed_answers_are_deleted_of_the_surveys_that_are_named(town: Hall) -> None:
    core = town.core
    one, other, held = [
        await closed(town, sealed=200),
        await closed(town, sealed=30),
        await closed(town, sealed=0, hold=True),
    ]
    listed = await do(core, "records-list", {})
    assert [line.split()[0] for line in listed.lines] == [str(held), str(one), str(other)]
    assert "200 sealed answers" in listed.lines[1]
    assert "records hold" in listed.lines[0]
    (hold, left) = await core.store.read(closing_findings)
    assert (hold[0], left[0]) == (True, False)
    assert "2 surveys" in left[1]
    assert "230 sealed answers" in left[1]

    unknown = await do(core, "records-delete", {"waves": [str(one), str(held)]})
    assert not unknown.ok
    assert await core.store.read(rows) == 230, "all of them, or none"
    done = await do(core, "records-delete", {"waves": [str(one)]})
    assert done.ok, done.lines
    assert await core.store.read(rows) == 30
    await do(core, "records-delete", {"waves": [str(other)]})
    await core.store.write(lambda tx: None)  # what a reader was in the way of
    assert [good for good, _ in await core.store.read(closing_findings)] == [True]
    path = core.store.path
    if path is not None:
        files = sorted(path.parent.glob(f"{path.name}*"))
        on_disk = await asyncio.to_thread(lambda: b"".join(file.read_bytes() for file in files))
        assert WORD.encode() not in on_disk


async def test_nothing_is_listed_where_nothing_is_kept(town: Hall) -> None:
    await closed(town, sealed=0)
    listed = await do(town.core, "records-list", {})
    assert listed.lines == ("No answers are kept from closed surveys.",)
    assert await town.core.store.read(closing_findings) == []


def test_a_district_that_names_no_records_schedule_is_told_so_and_not_refused(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "district"
    shutil.copytree(example_district(), folder)
    assert NO_SCHEDULE not in district_lines(folder)[0]
    file = folder / "district.yaml"
    kept = re.sub(r"records:\n  schedule: [^\n]*\n", "", file.read_text(encoding="utf-8"))
    file.write_text(kept, encoding="utf-8")
    lines, problems = district_lines(folder)
    assert problems == 0
    assert NO_SCHEDULE in lines


@pytest.mark.usefixtures("exact")
async def test_a_survey_keeps_the_rules_that_its_district_had_at_the_launch(
    town: Hall, tmp_path: Path
) -> None:
    async def chosen(rules: Rules) -> None:
        district = await town.core.store.read(lambda tx: tx.district())
        changed = replace(district, results=rules)
        await town.core.store.write(lambda tx: tx.put_district(changed, "", town.clock()))

    async def promised() -> Promise:
        launch = LaunchSurvey(
            wave_id=uuid4(),
            survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
            audience=Audience(),
            opens_at=None,
            closes_at=town.clock() + timedelta(days=2),
        )
        plan = await town.core.dispatch.by_itself(ShowPlan(launch=launch), Source.OPERATOR)
        assert isinstance(plan.message, PlanView)
        return plan.message.promise

    await chosen(Rules(epsilon=1, smallest_group=15))
    told = await district_export(town.core, {"path": str(tmp_path / "out")})
    assert told.ok
    written = (tmp_path / "out" / "district.yaml").read_text(encoding="utf-8")
    assert "results:\n  epsilon: 1\n  smallest_group: 15\n" in written.replace("1.0", "1")
    first = await promised()
    assert "groups of about 15 or more answers" in promise_words.promised(Words(), first)
    assert any("become at most 82% sure (ε = 1.5)" in one for one in protection(Words(), first))

    launched = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
        audience=Audience(),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
    )
    await town.core.dispatch.by_itself(launched, Source.OPERATOR)
    await chosen(Rules(epsilon=2, smallest_group=13))
    page = await town.ask(TEACHER, ShowPage(wave_id=launched.wave_id))
    assert isinstance(page, QuestionPage)
    assert page.promise == first, "what was promised at the launch holds"
    assert (await promised()).rules == Rules(epsilon=2, smallest_group=13, themes=True)
    await town.core.dispatch.by_itself(CloseWave(wave_id=launched.wave_id), Source.OPERATOR)
    results = await town.core.store.read(lambda tx: tx.results(launched.wave_id))
    assert results is not None
    assert results.smallest_group == 15
    (question, *_) = results.tables[0].cells[0].questions
    assert isinstance(question, Withheld)
    assert question.least == 15


async def test_a_launch_says_whether_the_schedule_is_named(town: Hall) -> None:
    launch = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
        audience=Audience(),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
    )
    for schedule in ("item 3", ""):
        district = await town.core.store.read(lambda tx: tx.district())
        named = replace(district, records_schedule=schedule)
        await town.core.store.write(
            lambda tx, named=named: tx.put_district(named, "", town.clock())  # type: ignore[misc]
        )
        plan = await town.core.dispatch.by_itself(ShowPlan(launch=launch), Source.OPERATOR)
        assert isinstance(plan.message, PlanView)
        assert plan.message.scheduled is bool(schedule)
