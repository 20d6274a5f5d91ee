"""``district load``: the difference says what would happen, and applying it loses nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import delete

from bot.files.announcement_yaml import AnnouncementDraft
from bot.files.district import LoadedDistrict
from bot.operator.loading import load
from core.people import Audience
from core.text import Text, text
from governance.announcements.commands import (
    SendAnnouncement,
    WriteAnnouncement,
)
from governance.committees.model import District, Office
from governance.forms.commands import Open
from governance.goals.model import Component, Goal, Indicator, StepKind
from governance.goals.stepping import steps_between
from storage.goal_tables import goal_step
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, TEACHER, example, small_roster

MFA = "mfa-for-staff"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def files(**district: object) -> LoadedDistrict:
    """The town's files, with another district in them; without a roster, which stays."""
    settings = {"calendar": None, **district}
    changed = replace(example().district, **settings)  # type: ignore[arg-type]
    return replace(example(), district=changed, roster=None)


async def differences(
    town: Hall, loaded: LoadedDistrict, *, apply: bool = True, overwrite: bool = False
) -> list[str]:
    found = await load(town.core.store, loaded, town.clock(), apply=apply, overwrite=overwrite)
    return [str(one) for one in found]


async def district(town: Hall) -> District:
    return await town.core.store.read(lambda tx: tx.district())


async def test_the_same_files_change_nothing(town: Hall) -> None:
    assert await differences(town, files()) == []


async def test_a_page_of_the_districts_own_is_a_difference_and_is_applied(town: Hall) -> None:
    own = {"privacy": Text(default="Ours.", translations={"es": "Nuestra."}, language="en")}
    assert await differences(town, files(pages=own), apply=False) == ["~ district: pages"]
    assert (await district(town)).pages == {}
    await differences(town, files(pages=own))
    assert (await district(town)).pages == own
    assert await differences(town, files(pages=own)) == []
    await differences(town, files())
    assert (await district(town)).pages == {}


async def test_a_first_load_is_all_new(tmp_path: Path) -> None:
    from bot.app.core import open_core
    from bot.app.settings import Settings
    from tests.journeys.running import SECRET

    settings = Settings(database_url=f"sqlite:///{tmp_path / 'new.sqlite3'}", secret_key=SECRET)
    async with open_core(settings) as core:
        loaded = replace(example(), roster=small_roster(3))
        found = await load(core.store, loaded, core.now(), apply=False)
        assert {one.sign for one in found} == {"+"}
        assert await core.store.read(lambda tx: tx.loaded_district()) is None, "a dry run"


async def test_each_kind_of_difference_has_its_sign(town: Hall) -> None:
    first, second, *rest = example().district.committees
    new = replace(second, key="robots", name="Robots")
    officers = tuple(
        replace(one, person=TEACHER) if one.office is Office.ISO else one
        for one in example().district.officers
        if one.office is not Office.OPERATOR
    )
    loaded = replace(
        files(
            name="Bluestem",
            committees=(replace(first, answer_days=3), new, *rest),
            officers=officers,
        ),
        surveys=example().surveys[1:],
    )
    expected = {
        "~ district: name",
        f"~ office iso: {TEACHER}",
        "- office operator: nobody holds it",
        f"~ committee {first.key}: {first.name}",
        "+ committee robots: Robots",
        f"- committee {second.key}: retired; its open items go to triage",
        f"- survey {example().surveys[0].key}: retired",
    }
    before = await district(town)
    assert set(await differences(town, loaded, apply=False)) == expected
    assert await district(town) == before
    assert set(await differences(town, loaded)) == expected
    assert await differences(town, loaded) == []
    ready = await town.core.store.read(lambda tx: tx.ready_surveys())
    assert [one.key for one in ready] == [one.key for one in example().surveys[1:]]
    assert set(await differences(town, files())) >= {f"+ survey {example().surveys[0].key}"}


async def test_people_who_came_and_left_are_counted(town: Hall) -> None:
    roster = small_roster(5)
    fewer = replace(roster, people=roster.people[:-1])
    loaded = replace(files(), roster=fewer)
    assert await differences(town, loaded) == ["- people: 1 left"]
    assert await differences(town, replace(files(), roster=roster)) == ["~ people: 1 changed"]


# -- goals ----------------------------------------------------------------------------------------


def plan(*goals: Goal) -> tuple[Component, ...]:
    return (Component(key="classrooms", name=text("Connected classrooms"), goals=goals),)


WIFI = Goal(key="wifi", title=text("Wi-Fi in every room"), description=text("Everywhere."))


async def version(town: Hall) -> int:
    found = (await district(town)).components[0].goals
    return next(goal.version for goal in found if goal.key == "wifi")


async def test_a_goal_whose_words_change_is_a_new_version_and_never_an_edit(town: Hall) -> None:
    await differences(town, files(components=plan(WIFI)))
    assert await version(town) == 1
    other = replace(WIFI, description=text("Also in the gym."))
    assert await differences(town, files(components=plan(other))) == [
        "~ goal wifi: version 2, Wi-Fi in every room"
    ]
    assert await differences(town, files(components=plan(other))) == [], "the same words again"
    assert await version(town) == 2
    await differences(town, files(components=plan(replace(other, version=7, title=text("More")))))
    assert await version(town) == 7, "as the file counts, where it counts on"
    await differences(town, files(components=plan(replace(other, version=1))))
    assert await version(town) == 8, "going back is a change, too"


async def test_a_goal_that_is_absent_is_retired_and_stays_for_the_record(town: Hall) -> None:
    other = Goal(key="help", title=text("Help within a day"))
    await differences(town, files(components=plan(WIFI, other)))
    assert await differences(town, files(components=plan(other))) == ["- goal wifi: retired"]
    goals = (await district(town)).components[0].goals
    assert [(goal.key, goal.retired) for goal in goals] == [("help", False), ("wifi", True)]
    assert await differences(town, files(components=plan(other))) == []
    assert await differences(town, files(components=plan(WIFI, other))) == [
        "~ goal wifi: version 1, Wi-Fi in every room"
    ], "it is back"


async def test_every_step_of_a_goal_stays_in_its_history(town: Hall) -> None:
    other = replace(WIFI, description=text("Also in the gym."))
    await differences(town, files(components=plan(WIFI)))
    await differences(town, files(components=plan(other)))
    await differences(town, files(components=plan(replace(other, retired=True, reason="Reached."))))
    await differences(town, files(components=plan(other)))
    steps = await town.core.store.read(lambda tx: tx.plan_steps("wifi"))
    assert [(step.kind, step.goal.version, step.goal.reason) for step in steps] == [
        (StepKind.ADOPTED, 1, ""),
        (StepKind.ADAPTED, 2, ""),
        (StepKind.RETIRED, 2, "Reached."),
        (StepKind.RESTORED, 2, ""),
    ]
    assert steps[0].goal.description.default == "Everywhere."


async def test_what_was_decided_on_the_web_is_not_overwritten(town: Hall) -> None:
    await differences(town, files(components=plan(WIFI)))
    now = town.clock()
    decided = replace(WIFI, version=2, title=text("Wi-Fi also outdoors"))
    new = plan(decided)
    steps = list(steps_between(plan(WIFI), new, now, proposal=uuid4()))
    await town.core.store.write(lambda tx: tx.put_plan(new, steps, now))
    kept = "! goal wifi was changed on the web and is kept (--overwrite)"
    assert await differences(town, files(components=plan(WIFI))) == [kept]
    assert (await district(town)).components == new
    found = await differences(town, files(components=plan(WIFI)), overwrite=True)
    assert found == ["~ goal wifi: version 3, Wi-Fi in every room"]


async def test_a_component_that_is_absent_loses_none_of_its_goals(town: Hall) -> None:
    """Those decided on the web stay, the others are retired."""
    web = Goal(key="quiet", title=text("Quiet rooms"))
    await differences(town, files(components=plan(WIFI)))
    now = town.clock()
    steps = list(steps_between(plan(WIFI), plan(WIFI, web), now, proposal=uuid4()))
    await town.core.store.write(lambda tx: tx.put_plan(plan(WIFI, web), steps, now))
    other = replace(plan()[0], key="rooms")
    found = await differences(town, files(components=(other,)))
    assert found == [
        "! component classrooms is not in the files and stays for the record",
        "! goal quiet was changed on the web and is kept (--overwrite)",
        "- goal wifi: retired",
    ]
    empty, stays = (await district(town)).components
    assert (empty.key, empty.goals, stays.key) == ("rooms", (), "classrooms")
    assert [(one.key, one.retired) for one in stays.goals] == [("quiet", False), ("wifi", True)]
    assert await differences(town, files(components=(other,))) == found[:2]
    found = await differences(town, files(components=(other,)), overwrite=True)
    assert found == [found[0], "- goal quiet: retired"]
    assert await differences(town, files(components=(other,))) == []
    renamed = replace(plan(WIFI, web)[0], key="rooms")
    await differences(town, files(components=(renamed,)))
    assert (await district(town)).components == (renamed,), "its goals moved along"


async def test_a_goal_retired_by_its_absence_says_nothing_of_its_adoption(town: Hall) -> None:
    adopted = replace(
        WIFI, reason="Staff asked.", decided_by="The Board", decided_on=date(2026, 9, 1)
    )
    await differences(town, files(components=plan(adopted)))
    await differences(town, files(components=plan()))
    last = (await town.core.store.read(lambda tx: tx.plan_steps("wifi")))[-1]
    assert last.kind is StepKind.RETIRED
    assert (last.goal.reason, last.goal.decided_by, last.goal.decided_on) == ("", "", None)
    assert await differences(town, files(components=plan())) == []


async def test_indicators_of_the_files_reach_a_goal_that_was_decided_on_the_web(
    town: Hall,
) -> None:
    await differences(town, files(components=plan(WIFI)))
    now, decided = town.clock(), replace(WIFI, version=2, title=text("Wi-Fi also outdoors"))
    steps = list(steps_between(plan(WIFI), plan(decided), now, proposal=uuid4()))
    await town.core.store.write(lambda tx: tx.put_plan(plan(decided), steps, now))
    measured = replace(WIFI, indicators=(Indicator(key="rooms", name=text("Rooms"), target=98),))
    assert await differences(town, files(components=plan(measured))) == [
        "! goal wifi was changed on the web and is kept (--overwrite)",
        "~ goal wifi: indicators",
    ]
    (found,) = (await district(town)).components[0].goals
    assert found == replace(decided, indicators=measured.indicators)


async def test_a_history_that_begins_with_a_load_begins_with_the_goal_as_it_was(
    town: Hall,
) -> None:
    """As after an upgrade, when a district is there and no step yet."""
    await differences(town, files(components=plan(WIFI)))
    await town.core.store.write(lambda tx: tx.connection.execute(delete(goal_step)))
    town.clock.forward(days=2)
    later = replace(WIFI, title=text("More"), version=2, decided_on=date(2026, 9, 1))
    await differences(town, files(components=plan(later)))
    steps = await town.core.store.read(lambda tx: tx.plan_steps("wifi"))
    assert [one.goal.version for one in steps] == [1, 2]
    assert steps[0].at < steps[1].at


# -- drafts ---------------------------------------------------------------------------------------


def with_title(title: str) -> LoadedDistrict:
    drafts = tuple(
        replace(draft, change=replace(draft.change, title=Text(default=title)))
        if draft.key == MFA
        else draft
        for draft in example().announcements
    )
    return replace(files(), announcements=drafts)


async def title(town: Hall) -> str:
    found = await town.core.store.read(lambda tx: tx.announcement_by_key(MFA))
    assert found is not None
    return found.change.title.default


async def edit_on_the_web(town: Hall) -> None:
    found = await town.core.store.read(lambda tx: tx.announcement_by_key(MFA))
    assert found is not None
    form = await town.ask(CTO, Open(of=WriteAnnouncement(announcement_id=found.id)))
    edited = WriteAnnouncement(
        announcement_id=found.id,
        **{**form.values, "title": {"": "As the CTO wrote it"}},
    )
    await town.ask(CTO, edited)
    assert await title(town) == "As the CTO wrote it"


async def test_a_draft_that_nobody_touched_follows_its_file(town: Hall) -> None:
    assert await differences(town, with_title("New")) == [f"~ announcement {MFA} (draft)"]
    assert await title(town) == "New"


async def test_a_draft_edited_on_the_web_is_kept_unless_one_says_so(town: Hall) -> None:
    await edit_on_the_web(town)
    kept = f"! announcement {MFA} was edited on the web and is kept (--overwrite)"
    assert await differences(town, with_title("From the file")) == [kept]
    assert await title(town) == "As the CTO wrote it"
    assert await differences(town, with_title("From the file"), overwrite=True) == [
        f"~ announcement {MFA} (draft)"
    ]
    assert await title(town) == "From the file"


async def test_a_file_says_until_when_late_joiners_get_it(town: Hall) -> None:
    until = town.clock().date() + timedelta(days=30)
    drafts = tuple(replace(one, joiners_until=until) for one in example().announcements)
    more = replace(files(), announcements=drafts)
    assert f"~ announcement {MFA} (draft)" in await differences(town, more)
    await load(town.core.store, more, town.clock(), apply=True)
    found = await town.core.store.read(lambda tx: tx.announcement_by_key(MFA))
    assert found is not None
    assert found.joiners_until == until
    assert await differences(town, more) == []


async def test_what_is_out_stays_as_it_went_out(town: Hall) -> None:
    found = await town.core.store.read(lambda tx: tx.announcement_by_key(MFA))
    assert found is not None
    await town.ask(CTO, SendAnnouncement(announcement_id=found.id))
    for overwrite in (False, True):
        assert await differences(town, with_title("Too late"), overwrite=overwrite) == [
            f"! announcement {MFA} was sent; it stays as it is"
        ]
    assert await title(town) == found.change.title.default


async def test_a_new_draft_keeps_its_id_from_load_to_load(town: Hall) -> None:
    draft = AnnouncementDraft(
        key="phones", change=example().announcements[0].change, audience=Audience()
    )
    more = replace(files(), announcements=(*example().announcements, draft))
    assert await differences(town, more) == ["+ announcement phones (draft)"]
    assert await differences(town, more) == []
    found = await town.core.store.read(lambda tx: tx.announcements())
    assert sorted(one.key or "" for one in found) == sorted(
        [*(one.key for one in example().announcements), "phones"]
    )
