"""The stand-ins refuse what the real platforms refuse, by the real numbers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from fractions import Fraction
from typing import Any

import httpx
import pytest

from tests.stand_ins.journal import Window, most_in
from tests.stand_ins.slack import BOT_TOKEN, SlackStandIn
from tests.stand_ins.slack_limits import HIDDEN, POST, Moods, SlackLimits
from tests.stand_ins.teams import TeamsStandIn
from tests.stand_ins.teams_kinds import CONVERSATION_LIMITS, TENANT_LIMITS


def let_in(limits: SlackLimits, method: str, most: int, *, at: float = 0.0) -> int:
    """How many calls in a moment are let in, each about another channel, before one is refused."""
    for count in range(most):
        if limits.retry_after(method, f"C{count}", at) is not None:
            return count
    return most


@pytest.mark.parametrize(
    ("method", "a_minute"),
    [
        ("users.list", 20),
        ("conversations.list", 20),
        ("conversations.history", 50),
        ("conversations.replies", 50),
        ("conversations.open", 50),
        ("users.lookupByEmail", 50),
        ("chat.update", 50),
        ("views.open", 100),
        ("views.publish", 100),
        ("chat.postEphemeral", 100),
        ("users.info", 100),
    ],
)
def test_slack_lets_each_method_in_by_its_tier(method: str, a_minute: int) -> None:
    limits = SlackLimits()
    assert let_in(limits, method, 1000) == a_minute
    assert limits.retry_after(method, "", 20.0) == 40, "Retry-After says when there is room"
    assert limits.retry_after("auth.test", "", 20.0) is None, "each method counts for itself"
    assert let_in(limits, method, 1000, at=60.0) == a_minute


@pytest.mark.parametrize("seed", range(20))
def test_slacks_limit_of_a_workspace_is_hidden_and_within_what_was_observed(seed: int) -> None:
    least, most = HIDDEN
    assert (least, most) == (230, 525)
    found = let_in(SlackLimits(seed=seed), POST, 1000)
    assert least <= found <= most
    assert found == let_in(SlackLimits(seed=seed), POST, 1000), "a seed decides"


def test_seeds_hide_different_limits() -> None:
    assert len({SlackLimits(seed=seed).workspace for seed in range(20)}) > 10


def test_slack_takes_one_message_a_second_for_a_channel_and_short_bursts() -> None:
    limits = SlackLimits()
    burst = [limits.retry_after(POST, "C1", 0.0) for _ in range(4)]
    assert burst == [None, None, None, 1]
    assert limits.retry_after(POST, "C2", 0.0) is None, "another channel"
    # From then on, one a second: offered ten a second for a minute, sixty are taken.
    taken = [at / 10 for at in range(1, 601) if limits.retry_after(POST, "C1", at / 10) is None]
    assert 59 <= len(taken) <= 61
    assert most_in(10.0, taken) <= 11


def test_a_faster_slack_is_the_same_in_less_time() -> None:
    limits = SlackLimits(speed=20)
    assert let_in(limits, "users.list", 100) == 20
    assert limits.retry_after("users.list", "", 2.9) == 1
    assert limits.retry_after("users.list", "", 3.0) is None


@pytest.fixture
async def web() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


async def test_slack_answers_429_as_the_real_one(web: httpx.AsyncClient) -> None:
    async with SlackStandIn(limits=SlackLimits()) as slack:
        user = slack.add_user("t.rivera@example.org")

        async def post(text: str) -> httpx.Response:
            headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
            body = {"channel": user, "text": text}
            return await web.post(slack.api_url + POST, json=body, headers=headers)

        answers = await asyncio.gather(*(post(str(n)) for n in range(30)))
        refused = [answer for answer in answers if answer.status_code == 429]
        assert {answer.headers["Retry-After"] for answer in refused} == {"1"}
        assert refused[0].json() == {"ok": False, "error": "ratelimited"}
        assert len(slack.from_app(user)) == 30 - len(refused)
        assert slack.journal.throttled(POST) == [c for c in slack.journal.calls if not c.taken]
        assert slack.journal.most_in(1.0, POST) <= 4
        await asyncio.sleep(1.05)
        assert (await post("again")).json()["ok"]
        nobody = await web.post(slack.api_url + POST)
        assert nobody.json()["error"] == "not_authed"


async def test_teams_takes_no_more_of_a_conversation_or_a_tenant_than_the_real_one(
    web: httpx.AsyncClient,
) -> None:
    async with TeamsStandIn(limits=True) as teams:
        people = [teams.person(f"Person {n}") for n in range(60)]
        teams.installed |= {one.user for one in people}
        form = {"client_id": teams.app_id, "client_secret": teams.app_secret}
        token = (await web.post(f"{teams.url}/t/oauth2/v2.0/token", data=form)).json()

        async def post(place: int) -> httpx.Response:
            path = f"{teams.service_url}/v3/conversations/{people[place].chat}/activities"
            headers = {"Authorization": f"Bearer {token['access_token']}"}
            return await web.post(path, json={"type": "message", "text": "hi"}, headers=headers)

        own = await asyncio.gather(*(post(0) for _ in range(40)))
        refused = [answer for answer in own if answer.status_code == 429]
        assert all(int(answer.headers["Retry-After"]) >= 1 for answer in refused)
        assert refused[0].json()["error"]["code"] == "TooManyRequests"
        await asyncio.gather(*(post(place) for place in range(1, 60)))
        for most, seconds in CONVERSATION_LIMITS:
            assert teams.journal.most_in(seconds, "post", people[0].chat) <= most
        # The journal's clock is read after the decision, so on a busy machine two moments that were
        # a second apart can be nearer in it.
        assert teams.journal.most_in(0.9, "post") <= 50
        assert len(teams.posted) == len([c for c in teams.journal.calls if c.taken])


@pytest.mark.parametrize(("most", "seconds"), [*CONVERSATION_LIMITS, *TENANT_LIMITS])
def test_teams_windows_are_the_real_ones(most: int, seconds: float) -> None:
    limits = CONVERSATION_LIMITS if (most, seconds) in CONVERSATION_LIMITS else TENANT_LIMITS
    window = Window(limits)
    taken: list[Any] = []
    for step in range(4 * most):  # twice as fast as this window allows
        at: Any = Fraction(seconds) * step / most / 2
        if window.room_in(at) == 0:
            window.take(at)
            taken.append(at)
    assert most_in(seconds, taken) == most
    assert all(most_in(span, taken) <= n for n, span in limits)


def test_moods_are_as_frequent_as_they_were_told_and_the_same_for_a_seed() -> None:
    def drawn() -> list[Any]:
        moods = Moods(seed=7, throttled=0.05, broken=0.02, lost=0.01)
        return [moods.next() for _ in range(20_000)]

    found = drawn()
    assert found == drawn()
    share = {word: found.count(word) / len(found) for word in set(found)}
    assert share["throttled"] == pytest.approx(0.05, abs=0.01)
    assert share["broken"] + share["broken and taken"] == pytest.approx(0.02, abs=0.006)
    assert share["lost"] + share["cut"] == pytest.approx(0.01, abs=0.004)
