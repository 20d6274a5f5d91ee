"""Who is who in Slack, within what Slack lets one ask."""

from __future__ import annotations

from bot.conversation import Speaker
from bot.slack.client import SlackClient
from bot.slack.directory import Member, SlackDirectory
from core.people import Platform
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.slack_world import broken, throttled


async def test_members_are_listed_without_bots_and_who_left(
    slack: SlackStandIn, client: SlackClient
) -> None:
    teacher = slack.add_user("T.Rivera@District.example")
    guest = slack.add_user("guest@elsewhere.example", is_restricted=True)
    slack.add_user(None, is_bot=True)
    slack.add_user("gone@district.example", deleted=True)
    found = [member async for member in SlackDirectory(client).members()]
    team = slack.world.team
    assert found == [
        Member(user=teacher, email="t.rivera@district.example", workspace=team, guest=False),
        Member(
            user=guest,
            email="guest@elsewhere.example",
            workspace=team,
            guest=True,
            left_out="guests",
        ),
    ]


async def test_a_large_list_is_read_page_by_page_and_waits_where_told(
    slack: SlackStandIn, client: SlackClient
) -> None:
    for number in range(450):
        slack.add_user(f"p{number}@district.example")
    slack.fail("users.list", throttled(21))
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    found = [member async for member in SlackDirectory(client, sleep=sleep).members()]
    assert len({member.user for member in found}) == 450
    assert len(slack.calls("users.list")) == 4
    assert waited == [21]


async def test_whoever_was_listed_costs_no_call(slack: SlackStandIn, client: SlackClient) -> None:
    teacher = slack.add_user("t.rivera@district.example")
    directory = SlackDirectory(client)
    assert [member async for member in directory.members()]
    speaker = await directory.who(slack.world.team, teacher)
    assert speaker == Speaker(
        platform=Platform.SLACK, workspace=slack.world.team, user=teacher,
        email="t.rivera@district.example",
    )  # fmt: skip
    assert slack.calls("users.info") == []


async def test_what_is_known_grows_old_and_can_be_forgotten(
    slack: SlackStandIn, client: SlackClient
) -> None:
    now = [0.0]
    teacher = slack.add_user("old@district.example")
    directory = SlackDirectory(client, clock=lambda: now[0])
    await directory.who(slack.world.team, teacher)
    slack.world.users[teacher]["profile"]["email"] = "new@district.example"
    assert (await directory.who(slack.world.team, teacher)).email == "old@district.example"
    now[0] = 3601
    assert (await directory.who(slack.world.team, teacher)).email == "new@district.example"
    slack.world.users[teacher]["deleted"] = True
    directory.forget(teacher)
    assert (await directory.who(slack.world.team, teacher)).guest


async def test_guests_and_strangers_have_no_address(
    slack: SlackStandIn, client: SlackClient
) -> None:
    directory = SlackDirectory(client)
    for marks in (
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"team_id": "T0ELSEWHERE"},
        {"is_bot": True},
    ):
        user = slack.add_user("cto@district.example", **marks)
        speaker = await directory.who(slack.world.team, user)
        assert (speaker.guest, speaker.email) == (True, None), marks


async def test_people_of_the_same_organisation_are_ours(
    slack: SlackStandIn, client: SlackClient
) -> None:
    slack.world.enterprise = "E0ORG"
    ours = slack.add_user(
        "a@district.example", team_id="T0SCHOOL", enterprise_user={"enterprise_id": "E0ORG"}
    )
    theirs = slack.add_user(
        "b@district.example", team_id="T0SCHOOL", enterprise_user={"enterprise_id": "E0OTHER"}
    )
    directory = SlackDirectory(client)
    assert not (await directory.who("T0SCHOOL", ours)).guest
    assert (await directory.who("T0SCHOOL", theirs)).guest


async def test_a_slack_that_fails_leaves_the_user_id(
    slack: SlackStandIn, client: SlackClient
) -> None:
    teacher = slack.add_user("t.rivera@district.example")
    directory = SlackDirectory(client)
    slack.fail("users.info", broken())
    speaker = await directory.who("T0DISTRICT", teacher)
    assert speaker == Speaker(platform=Platform.SLACK, workspace="T0DISTRICT", user=teacher)
    assert (await directory.who("T0DISTRICT", teacher)).email == "t.rivera@district.example"
