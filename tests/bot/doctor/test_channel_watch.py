"""Committees' channels: refused when open, watched daily; no brief goes to one that became so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.doctor.channel_watch import channel_findings
from bot.files.exporting import export_district
from bot.operator.operations import do
from core.people import Platform
from governance.committees.model import Channel
from governance.delivery_reasons import DeliveryReason
from storage.chat_teams import ChatTeam, note_team
from tests.bot.doctor.chat_town import Town, chat_town
from tests.journeys.town import example

NETWORK_CHAIR = next(c.chair for c in example().district.committees if c.key == "network")
OPERATOR = next(o.person for o in example().district.officers if o.office == "operator")
TEAM = "5c9a3f1e-8d2b-4a6f-9e0c-1b2d3f4a5c6d"
THREAD = "19:abc@thread.tacv2"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with chat_town(tmp_path) as found:
        yield found


def public(town: Town) -> None:
    town.slack.world.channels[town.channel]["is_private"] = False


def shared(town: Town) -> None:
    town.slack.world.channels[town.channel]["is_ext_shared"] = True


def guested(town: Town) -> None:
    guest = town.slack.add_user("g@elsewhere.example", is_ultra_restricted=True)
    town.slack.world.channels[town.channel]["members"].append(guest)


Opening = pytest.mark.parametrize(
    ("opening", "words"), [(public, "public"), (shared, "shared with others"), (guested, "guests")]
)


@Opening
async def test_briefs_stop_going_to_a_channel_that_became_open(
    town: Town, opening: Callable[[Town], None], words: str
) -> None:
    assert await town.look()
    assert await town.briefs() == {"slack": "queued", "web": "queued"}
    opening(town)
    assert not await town.look(), "once a day"
    assert await town.tomorrow()
    waiting = await town.rows(
        "SELECT state, why FROM delivery WHERE kind = 'brief' AND platform = 'slack'"
    )
    assert [tuple(row) for row in waiting] == [("recalled", DeliveryReason.OPEN_CHANNEL)], (
        "what still waited does not go there either"
    )
    assert await town.briefs() == {"web": "queued"}, "they stay on the page"
    assert await town.told() == {NETWORK_CHAIR, OPERATOR}
    findings = {said: well for well, said in await channel_findings(town.core)}
    assert any(not well and words.split()[0] in said for said, well in findings.items())


async def test_it_is_told_once_and_a_channel_that_is_private_again_gets_briefs_again(
    town: Town,
) -> None:
    public(town)
    assert await town.look()
    assert await town.tomorrow()
    told = await town.rows("SELECT id FROM delivery WHERE kind = 'channel-open'")
    assert len(told) == 2, "the chair and the operator, on the first day"
    town.slack.world.channels[town.channel]["is_private"] = True
    assert await town.tomorrow()
    assert await town.briefs() == {"slack": "queued", "web": "queued"}


async def test_what_slack_does_not_tell_changes_nothing(town: Town) -> None:
    public(town)
    assert await town.look()
    del town.slack.world.channels[town.channel]
    assert await town.tomorrow()
    assert await town.briefs() == {"web": "queued"}, "open until it is seen to be private"
    told = [said for well, said in await channel_findings(town.core) if not well]
    assert "Invite the app there" in told[0]


async def test_of_three_at_once_one_looks(town: Town) -> None:
    assert sorted(await asyncio.gather(*(town.look() for _ in range(3)))) == [False, False, True]


async def test_a_district_with_an_open_channel_is_not_loaded(town: Town, tmp_path: Path) -> None:
    other = town.slack.add_channel("open", is_private=False)
    place = Channel(platform=Platform.SLACK, workspace="T1", conversation=other)
    district = replace(
        example().district,
        committees=tuple(
            replace(c, channels=(place,)) if c.key == "network" else c
            for c in example().district.committees
        ),
    )
    folder = tmp_path / "district"
    await asyncio.to_thread(export_district, folder, district=district)
    before = await town.rows("SELECT body FROM district")
    told = await do(town.core, "district-load", {"path": str(folder)})
    assert not told.ok
    assert told.lines[0] == f"channel {other} of network: It is public. Make it private."
    assert await town.rows("SELECT body FROM district") == before


# -- Teams ---------------------------------------------------------------------------------------


async def in_teams(town: Town, *, team: str = TEAM) -> None:
    district = await town.core.store.read(lambda tx: tx.district())
    place = Channel(platform=Platform.TEAMS, workspace="t", conversation=THREAD, team=team)
    moved = replace(
        district,
        committees=tuple(
            replace(c, channels=(place,)) if c.key == "network" else c for c in district.committees
        ),
    )
    await town.core.store.write(lambda tx: tx.put_district(moved, "", town.core.now()))


def teams_channel(town: Town, kind: str, visibility: str, **more: Any) -> None:
    ann = town.graph.add("ann@schools.example.org", "Ann Lee", **more)
    town.graph.teams[TEAM] = {"id": TEAM, "visibility": visibility}
    town.graph.channels[THREAD] = {"id": THREAD, "membershipType": kind, "members": [ann]}


@pytest.mark.parametrize(
    ("kind", "visibility", "more", "said"),
    [
        ("standard", "Private", {}, None),
        ("private", "Public", {}, None),
        ("standard", "Public", {}, "It is public."),
        ("shared", "Private", {}, "It is shared with others."),
        ("standard", "Private", {"userType": "Guest"}, "There are guests in it."),
    ],
)
async def test_teams_channels_are_asked_of_graph(
    town: Town, kind: str, visibility: str, more: dict[str, str], said: str | None
) -> None:
    await in_teams(town)
    teams_channel(town, kind, visibility, **more)
    mend = [line for well, line in await channel_findings(town.core) if not well]
    assert (mend == []) if said is None else (said in mend[0])


async def test_a_teams_channel_without_its_team_cannot_be_looked_at(town: Town) -> None:
    await in_teams(town, team="")
    mend = [line for well, line in await channel_findings(town.core) if not well]
    assert 'does not name its team. Add "team".' in mend[0]


async def test_the_doctor_says_whether_a_channels_team_has_the_app(town: Town) -> None:
    await in_teams(town)
    teams_channel(town, "standard", "Private")

    async def told() -> list[str]:
        lines = await channel_findings(town.core)
        return [f"{well} {line}" for well, line in lines if "the app" in line]

    assert ["True" in line and "mention it there once" in line for line in await told()] == [True]
    seen = ChatTeam(
        workspace="t", thread="19:first@thread.tacv2", team=TEAM, service_url="", installed=True
    )
    await town.core.store.write(lambda tx: note_team(tx, seen, town.core.now()))
    assert await told() == []
    gone = replace(seen, installed=False)
    await town.core.store.write(lambda tx: note_team(tx, gone, town.core.now()))
    assert ["False" in line and "Add it there" in line for line in await told()] == [True]
