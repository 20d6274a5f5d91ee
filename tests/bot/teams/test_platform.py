"""Sending: what each of Teams' answers means for a delivery, and how tokens are kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import UUID

import httpx
import pytest
from starlette.applications import Starlette

from bot.teams.platform import TeamsPlatform, result_of
from bot.teams.refusals import FAILED, FINAL, NOBODY, UNREACHABLE
from core.people import Platform
from core.words import Words
from governance import wording
from governance.delivery_reasons import DeliveryReason
from governance.messages import Done
from scheduler.ports import (
    Away,
    ChatPlatform,
    Failed,
    NotTaken,
    Outgoing,
    Result,
    Sent,
    Throttled,
    Unknown,
    Unreachable,
)
from tests.bot.teams.samples import BRIEF, INVITATION
from tests.stand_ins.teams import Fault, TeamsStandIn, TeamsUser, lost, refused, throttled


@pytest.fixture
async def teams() -> AsyncIterator[TeamsStandIn]:
    async with TeamsStandIn() as stand_in:
        yield stand_in


@pytest.fixture
async def platform(teams: TeamsStandIn) -> AsyncIterator[TeamsPlatform]:
    made = TeamsPlatform(teams.settings())
    yield made
    await made.close()


@pytest.fixture
def ana(teams: TeamsStandIn) -> TeamsUser:
    made = teams.person("Ana Silva")
    teams.installed.add(made.user)
    return made


def _to(teams: TeamsStandIn, conversation: str) -> Outgoing:
    return Outgoing(
        delivery_id=UUID(int=7),
        message=INVITATION,
        workspace=teams.tenant,
        conversation=conversation,
        service_url=None,
        locale="en",
        timezone="America/Chicago",
    )


async def test_a_message_arrives_as_a_card_with_a_sentence_for_notifications(
    teams: TeamsStandIn, platform: TeamsPlatform, ana: TeamsUser
) -> None:
    as_port: ChatPlatform = platform
    result = await as_port.send(_to(teams, ana.chat))
    (told,) = teams.messages(ana.chat)
    assert result == Sent(reference=told.id)
    assert platform.name is Platform.TEAMS
    assert "How is your classroom Wi-Fi?" in told.text
    assert told.summary.startswith("Computing Services asks: How is your classroom Wi-Fi?")
    assert "text" not in told.activity


async def test_a_committees_brief_arrives_in_its_channel(
    teams: TeamsStandIn, platform: TeamsPlatform
) -> None:
    channel = teams.channel("Connected Classrooms")
    outgoing = replace(_to(teams, channel), message=BRIEF, channel=True)
    assert isinstance(await platform.send(outgoing), Sent)
    assert "Message for Connected Classrooms" in teams.messages(channel)[0].text


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (refused("BotNotInConversationRoster"), "is not in the team of this channel anymore"),
        (refused("ForbiddenOperationException"), "is not in the team of this channel anymore"),
        (refused("SomethingNew"), "is not in the team of this channel anymore"),
        (refused("ConversationNotFound", 404), "does not know this channel"),
        (refused("", 404), "does not know this channel"),
    ],
)
async def test_what_keeps_a_channel_from_its_brief_is_said_of_the_channel(
    teams: TeamsStandIn, platform: TeamsPlatform, fault: Fault, said: str
) -> None:
    teams.script(fault)
    to = replace(_to(teams, teams.channel("A")), message=BRIEF, channel=True)
    result = await platform.send(to)
    assert isinstance(result, Unreachable)
    told = wording.delivery_reason(Words(), result.why)
    assert said in told
    assert "committee's page has everything" in told


async def test_the_token_is_asked_for_once_and_renewed_when_it_is_refused(
    teams: TeamsStandIn, platform: TeamsPlatform, ana: TeamsUser
) -> None:
    for _ in range(3):
        assert isinstance(await platform.send(_to(teams, ana.chat)), Sent)
    assert len(teams.token_requests) == 1
    assert teams.token_requests[0]["tenant"] == teams.tenant
    assert teams.token_requests[0]["scope"] == "https://api.botframework.com/.default"
    teams.revoke_tokens()
    assert isinstance(await platform.send(_to(teams, ana.chat)), Sent)
    assert len(teams.token_requests) == 2
    assert len(teams.messages(ana.chat)) == 4


RULES: list[tuple[Fault, Result]] = [
    (throttled(3), Throttled(seconds=3)),
    (Fault(status=429), Throttled(seconds=5)),  # no Retry-After: a pause of our own
    (Fault(status=503, retry_after="7"), Throttled(seconds=7)),
    (Fault(status=412), NotTaken(why=DeliveryReason.TEAMS_NOT_NOW.about("412"))),
    # Any other fault of theirs, and of a gateway before it, may have come after it was taken.
    (
        Fault(status=502),
        Unknown(why=DeliveryReason.TEAMS_FAULT.about("502")),
    ),
    (
        Fault(status=503),
        Unknown(why=DeliveryReason.TEAMS_FAULT.about("503")),
    ),
    (
        Fault(status=504),
        Unknown(why=DeliveryReason.TEAMS_FAULT.about("504")),
    ),
    (
        Fault(status=500),
        Unknown(why=DeliveryReason.TEAMS_FAULT.about("500")),
    ),
    (lost(), Unknown(why=DeliveryReason.TEAMS_BROKE)),
    (
        Fault(taken=True, hang=60, status=200),
        Unknown(why=DeliveryReason.TEAMS_NO_ANSWER),
    ),
    # They can be written to again only when they, or an administrator, change something.
    (refused("ConversationBlockedByUser"), Unreachable(why=DeliveryReason.TEAMS_BLOCKED)),
    (refused("BotDisabledByUser"), Unreachable(why=DeliveryReason.TEAMS_BLOCKED)),
    (refused("MessageWritesBlocked"), Unreachable(why=DeliveryReason.TEAMS_BLOCKED)),
    (refused("BotDisabledByAdmin"), Unreachable(why=DeliveryReason.TEAMS_SWITCHED_OFF)),
    (refused("TenantNoPermission"), Unreachable(why=DeliveryReason.TEAMS_SWITCHED_OFF)),
    (
        refused("BotNotInConversationRoster"),
        Unreachable(why=DeliveryReason.TEAMS_NOT_INSTALLED, absent=True),
    ),
    (
        refused("ForbiddenOperationException"),
        Unreachable(why=DeliveryReason.TEAMS_NOT_INSTALLED, absent=True),
    ),
    (
        refused("ConversationNotFound", 404),
        Unreachable(why=DeliveryReason.TEAMS_NOT_INSTALLED, absent=True),
    ),
    (refused("", 404), Unreachable(why=DeliveryReason.TEAMS_NOT_INSTALLED, absent=True)),
    (
        refused("NotEnoughPermissions"),
        Unreachable(why=DeliveryReason.TEAMS_MAY_NOT_WRITE),
    ),
    # The code stands inside a JSON text, and the answer is not always a 403.
    (
        refused("ServiceError", 400, '{"errorCode":209,"message":"MessageWritesBlocked-x"}'),
        Unreachable(why=DeliveryReason.TEAMS_BLOCKED),
    ),
    (
        refused("Forbidden", 403, 'Failed: {"subCode":"MessageWritesBlocked","errorCode":"209"}'),
        Unreachable(why=DeliveryReason.TEAMS_BLOCKED),
    ),
    # Something new: what is surely known is said.
    (
        refused("SomethingNew"),
        Unreachable(why=DeliveryReason.TEAMS_NO_ACCESS),
    ),
    # It has to do with us, and with everybody.
    (
        refused("MessageSizeTooBig", 413),
        Failed(why=DeliveryReason.TEAMS_TOO_LONG),
    ),
    (
        refused("BadSyntax", 400),
        Failed(why=DeliveryReason.TEAMS_MISFIT.about("BadSyntax")),
    ),
]


@pytest.mark.parametrize(("fault", "meaning"), RULES)
async def test_an_answer_of_teams_means(
    teams: TeamsStandIn,
    platform: TeamsPlatform,
    ana: TeamsUser,
    fault: Fault,
    meaning: Result,
) -> None:
    assert isinstance(await platform.send(_to(teams, ana.chat)), Sent)
    teams.script(fault)
    if fault.hang:
        platform.connector.http.timeout = httpx.Timeout(1)  # once it has a token and a connection
    assert await platform.send(_to(teams, ana.chat)) == meaning
    # Nothing is sent a second time by itself, whatever came back.
    assert len(teams.messages(ana.chat)) == 1 + fault.taken


def test_a_pause_may_be_told_as_a_date() -> None:
    at = datetime.now(UTC) + timedelta(seconds=60)
    answer = httpx.Response(429, headers={"Retry-After": format_datetime(at, usegmt=True)})
    result = result_of(answer)
    assert isinstance(result, Throttled)
    assert 50 < result.seconds <= 60


async def test_blocked_removed_and_gone_people_are_unreachable(
    teams: TeamsStandIn, platform: TeamsPlatform, ana: TeamsUser
) -> None:
    teams.blocked.add(ana.user)
    assert isinstance(await platform.send(_to(teams, ana.chat)), Unreachable)
    teams.blocked.clear()
    teams.installed.clear()
    assert isinstance(await platform.send(_to(teams, ana.chat)), Unreachable)
    assert isinstance(await platform.send(_to(teams, "a:nobody")), Unreachable)
    assert teams.posted == []


async def test_real_limits_answer_with_a_pause(ana: TeamsUser) -> None:
    async with TeamsStandIn(limits=True, speed=0.01) as teams:  # a second lasts a hundred
        ana = teams.person("Ana Silva")
        teams.installed.add(ana.user)
        platform = TeamsPlatform(teams.settings())
        results = [await platform.send(_to(teams, ana.chat)) for _ in range(9)]
        await platform.close()
    assert [type(one) for one in results[:7]] == [Sent] * 7
    assert isinstance(results[7], Throttled)


async def test_without_a_connection_nothing_was_taken(
    teams: TeamsStandIn, platform: TeamsPlatform, ana: TeamsUser
) -> None:
    await platform.send(_to(teams, ana.chat))
    gone = replace(_to(teams, ana.chat), service_url="http://127.0.0.1:9/teams")
    assert await platform.send(gone) == Away(why=DeliveryReason.TEAMS_AWAY)


async def test_our_token_is_never_sent_to_an_address_that_is_not_microsofts(
    teams: TeamsStandIn, ana: TeamsUser
) -> None:
    platform = TeamsPlatform(teams.settings())
    for url in (
        "https://evil.example/teams",
        "https://smba.trafficmanager.net.evil.example",
        "http://smba.trafficmanager.net/amer",
        "https://evil.example/?x=127.0.0.1",
        "file:///etc/passwd",
        "http://[::1",
    ):
        result = await platform.send(replace(_to(teams, ana.chat), service_url=url))
        assert isinstance(result, Failed), url
    assert teams.token_requests == []
    await platform.close()


async def test_a_conversations_id_cannot_lead_elsewhere(
    teams: TeamsStandIn, platform: TeamsPlatform
) -> None:
    for conversation in ("../../graph/v1.0/users?x=", "a/b", "a#b"):
        result = await platform.send(_to(teams, conversation))
        assert isinstance(result, Unreachable), conversation


LOGIN = [
    (Fault(status=401, code="invalid_client"), Away),
    (Fault(status=400, code="unauthorized_client"), Away),
    (Fault(status=429, retry_after="9"), Throttled),
    (Fault(status=503), Away),
]


@pytest.mark.parametrize(("fault", "kind"), LOGIN)
async def test_without_a_token_nothing_was_sent(
    teams: TeamsStandIn,
    platform: TeamsPlatform,
    ana: TeamsUser,
    fault: Fault,
    kind: type[Result],
) -> None:
    teams.login_fault = fault
    assert isinstance(await platform.send(_to(teams, ana.chat)), kind)
    teams.login_fault = None
    assert isinstance(await platform.send(_to(teams, ana.chat)), Sent)


async def test_a_wrong_secret_is_told_in_an_operators_words(
    teams: TeamsStandIn, ana: TeamsUser
) -> None:
    platform = TeamsPlatform(teams.settings(app_secret="wrong"))
    result = await platform.send(_to(teams, ana.chat))
    await platform.close()
    assert isinstance(result, Away), "it goes out when the secret is mended"
    told = wording.delivery_reason(Words(), result.why)
    assert "does not accept the Teams app's secret" in told
    assert "wrong" not in told + result.why


async def test_what_cannot_be_drawn_fails_without_raising(
    teams: TeamsStandIn, platform: TeamsPlatform, ana: TeamsUser
) -> None:
    nowhere = replace(_to(teams, ana.chat), timezone="Nowhere/Land")
    assert isinstance(await platform.send(nowhere), Failed)
    nothing = replace(_to(teams, ana.chat), message=Done())
    assert isinstance(await platform.send(nothing), Failed)


# -- taking back ---------------------------------------------------------------------------------


async def test_a_card_is_taken_back_and_twice_does_no_harm(
    teams: TeamsStandIn, platform: TeamsPlatform, ana: TeamsUser
) -> None:
    sent = await platform.send(_to(teams, ana.chat))
    other = await platform.send(_to(teams, ana.chat))
    assert isinstance(sent, Sent)
    assert isinstance(other, Sent)
    for _ in range(2):
        gone = await platform.recall(_to(teams, ana.chat), sent.reference)
        assert gone == Sent(reference=sent.reference)
    assert [one.id for one in teams.messages(ana.chat)] == [other.reference]


async def test_a_card_of_somebody_who_blocked_the_app_says_why_it_stays(
    teams: TeamsStandIn, platform: TeamsPlatform, ana: TeamsUser
) -> None:
    sent = await platform.send(_to(teams, ana.chat))
    assert isinstance(sent, Sent)
    teams.blocked.add(ana.user)
    assert await platform.recall(_to(teams, ana.chat), sent.reference) == Unreachable(
        why=DeliveryReason.TEAMS_BLOCKED
    )


# -- drawing again -------------------------------------------------------------------------------


async def test_a_card_is_replaced_and_one_that_is_gone_needs_nothing(
    teams: TeamsStandIn, platform: TeamsPlatform, ana: TeamsUser
) -> None:
    sent = await platform.send(_to(teams, ana.chat))
    assert isinstance(sent, Sent)
    (posted,) = teams.messages(ana.chat)
    again = replace(_to(teams, ana.chat), message=BRIEF)
    assert await platform.renew(again, sent.reference) == sent
    assert posted.updates == 1
    assert "The projector in" in posted.text
    teams.posted.clear()
    assert await platform.renew(again, sent.reference) == sent
    assert not teams.posted, "it is not sent anew"


async def test_what_a_person_wrote_is_not_the_apps_to_change(
    teams: TeamsStandIn, platform: TeamsPlatform, ana: TeamsUser
) -> None:
    teams.reach(Starlette())
    await teams.say(ana, "help")
    ((_, theirs),) = teams.written
    for changed in (platform.renew, platform.recall):
        result = await changed(_to(teams, ana.chat), theirs)
        assert result == Unreachable(why=DeliveryReason.TEAMS_MAY_NOT_WRITE)


def test_each_word_of_teams_says_what_is_the_matter_and_what_helps() -> None:
    for code in (*FINAL.values(), *UNREACHABLE.values(), *FAILED.values(), *NOBODY.values()):
        why = code.sentence
        assert why[0].isupper()
        assert why[-1] in ".?"
        assert why.count(". ") >= 1
