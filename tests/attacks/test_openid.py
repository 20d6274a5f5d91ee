"""Coming in with the district's account: through a provider that behaves, and one that does not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.app import doorkeeping
from bot.operator.operations import do
from tests.attacks.visiting import signed_in, stranger, token
from tests.journeys.running import Running, running, until
from tests.journeys.town import CHAIR, CTO, TEACHER, settle
from tests.stand_ins.mail import mail_stand_in
from tests.stand_ins.openid import CLIENT, TENANT, OpenIdStandIn

ENTRA = {"openid_provider": "entra", "openid_tenant_id": TENANT}
GOOGLE = {"openid_provider": "google", "openid_hosted_domain": "schools.example.org"}


@asynccontextmanager
async def district(
    tmp_path: Path, **settings: Any
) -> AsyncIterator[tuple[OpenIdStandIn, Running, httpx.AsyncClient]]:
    """A provider, a service that asks it, and a browser that nobody has signed in yet."""
    async with OpenIdStandIn() as openid:
        openid.signs_in(TEACHER)
        async with (
            running(tmp_path, settle(staff=5), **openid.settings, **settings) as service,
            stranger(service) as client,
        ):
            yield openid, service, client


async def way_back(openid: OpenIdStandIn, client: httpx.AsyncClient, path: str = "/") -> str:
    """To the provider and through it: the address that it sends the browser back to."""
    there = await client.get("/signin/openid", params={"next": path})
    assert there.status_code == 303, there.text
    return openid.answer(there.headers["location"])


async def come(openid: OpenIdStandIn, client: httpx.AsyncClient, path: str = "/") -> httpx.Response:
    return await client.get(await way_back(openid, client, path))


async def is_in(client: httpx.AsyncClient) -> bool:
    return (await client.get("/")).status_code == 200


async def test_a_person_of_the_roster_comes_in_and_goes_on_to_where_they_wanted(
    tmp_path: Path,
) -> None:
    async with district(tmp_path) as (openid, _, client):
        page = await client.get("/feedback")
        assert page.status_code == 401
        assert '"/signin/openid?next=%2Ffeedback"' in page.text
        openid.signs_in(TEACHER.title())
        back = await come(openid, client, "/feedback")
        assert (back.status_code, back.headers["location"]) == (303, "/feedback")
        assert "Signed in as Naomi Whitehorse" in (await client.get("/feedback")).text


async def test_what_goes_to_the_provider_is_fresh_each_time_and_holds_no_secret(
    tmp_path: Path,
) -> None:
    async with district(tmp_path) as (_, _, client):
        asked = [
            parse_qs(urlsplit((await client.get("/signin/openid")).headers["location"]).query)
            for _ in range(2)
        ]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name][0]) >= 32
    assert set(asked[0]) == {
        "client_id", "response_type", "redirect_uri", "scope", "state", "nonce",
        "code_challenge", "code_challenge_method", "prompt",
    }  # fmt: skip


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-app"},
        {"aud": [CLIENT, "another-app"]},
        {"aud": [CLIENT, "another-app"], "azp": "another-app"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"sub": None},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=str,
)
async def test_a_token_that_is_not_of_this_errand_lets_nobody_in(
    tmp_path: Path, claims: dict[str, Any]
) -> None:
    async with district(tmp_path) as (openid, _, client):
        openid.signs_in(TEACHER, **claims)
        back = await come(openid, client)
        assert back.status_code == 400
        assert "You are not signed in" in back.text
        assert not await is_in(client)
        openid.signs_in(TEACHER)
        assert (await come(openid, client)).status_code == 303, "the next try is a new one"


async def test_a_token_without_the_providers_own_signature_lets_nobody_in(tmp_path: Path) -> None:
    async with district(tmp_path) as (openid, _, client):
        for algorithm in ("none", "HS256"):
            openid.algorithm = algorithm
            assert (await come(openid, client)).status_code == 400, algorithm
        openid.algorithm, openid.stranger = "RS256", True
        assert (await come(openid, client)).status_code == 400
        assert not await is_in(client)


async def test_the_provider_may_change_its_key_at_any_time(tmp_path: Path) -> None:
    async with district(tmp_path) as (openid, service, client):
        assert (await come(openid, client)).status_code == 303
        assert (await come(openid, client)).status_code == 303
        assert openid.calls.count("keys") == 1, "the keys are kept"
        openid.rotate()
        service.clock.forward(seconds=11)
        assert (await come(openid, client)).status_code == 303
        assert openid.calls.count("keys") == 2
        openid.stranger = True
        for _ in range(3):
            assert (await come(openid, client)).status_code == 400
        assert openid.calls.count("keys") == 2, "made-up tokens do not make us ask"


@pytest.mark.parametrize(
    ("email", "claims", "says"),
    [
        ("nobody@schools.example.org", {}, "Ask the help desk to add you"),
        (TEACHER, {"email_verified": False}, "no verified email address"),
        (TEACHER, {"email_verified": None}, "no verified email address"),
        ("", {}, "no verified email address"),
        ("pat@students.schools.example.org", {}, "This service is for staff"),
    ],
)
async def test_strangers_students_and_the_unverified_are_refused_politely(
    tmp_path: Path, email: str, claims: dict[str, Any], says: str
) -> None:
    async with district(tmp_path) as (openid, _, client):
        openid.signs_in(email, **claims)
        back = await come(openid, client)
        assert back.status_code == 403
        assert says in back.text
        assert not await is_in(client)


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"tid": TENANT, "preferred_username": TEACHER}, ""),
        ({"tid": TENANT, "preferred_username": "x@y.example", "email": TEACHER}, "help desk"),
        ({"tid": TENANT, "email": TEACHER}, "no verified email address"),
        ({"tid": TENANT, "email": TEACHER, "email_verified": True}, "no verified email address"),
        ({"tid": TENANT, "preferred_username": "x@y", "email": TEACHER, "xms_edov": True}, ""),
        ({"tid": TENANT[:-1] + "0", "preferred_username": TEACHER}, "not one of the district"),
        ({"preferred_username": TEACHER}, "not one of the district"),
        ({"tid": TENANT, "preferred_username": TEACHER, "acct": 1}, "Guest accounts"),
        ({"tid": TENANT, "preferred_username": TEACHER, "idp": "https://x"}, "Guest accounts"),
        ({"tid": TENANT, "preferred_username": "n_x#EXT#@d.example"}, "Guest accounts"),
    ],
    ids=str,
)
async def test_of_entra_only_members_of_the_one_tenant_come_in(
    tmp_path: Path, claims: dict[str, Any], says: str
) -> None:
    async with district(tmp_path, **ENTRA) as (openid, _, client):
        openid.claims = claims
        back = await come(openid, client)
        assert says in back.text
        assert (back.status_code == 303) is (not says)
        assert await is_in(client) is (not says)


@pytest.mark.parametrize(
    ("domain", "comes_in"), [("schools.example.org", True), ("gmail.com", False), (None, False)]
)
async def test_of_google_only_the_hosted_domain_comes_in(
    tmp_path: Path, domain: str | None, comes_in: bool
) -> None:
    async with district(tmp_path, **GOOGLE) as (openid, _, client):
        openid.signs_in(TEACHER, hd=domain)
        await come(openid, client)
        assert await is_in(client) is comes_in


# -- what comes back ---------------------------------------------------------------------------


async def test_an_answer_counts_once_and_in_the_browser_that_asked(tmp_path: Path) -> None:
    async with district(tmp_path) as (openid, service, client), stranger(service) as other:
        back = await way_back(openid, client)
        assert (await other.get(back)).status_code == 400, "somebody else's answer"
        await way_back(openid, other)
        assert (await other.get(back)).status_code == 400, "somebody else's answer on one's own way"
        held = dict(client.cookies)
        assert (await client.get(back)).status_code == 303
        assert (await client.get(back)).status_code == 400, "the errand is done"
        async with stranger(service) as thief:
            thief.cookies.update(held)
            assert (await thief.get(back)).status_code == 400, "also with the cookie of before"


async def test_an_answer_that_comes_late_or_says_no_lets_nobody_in(tmp_path: Path) -> None:
    async with district(tmp_path) as (openid, service, client):
        back = await way_back(openid, client)
        service.clock.forward(minutes=11)
        assert (await client.get(back)).status_code == 400
        openid.declines = True
        said = await come(openid, client)
        assert said.status_code == 400
        assert "<b>no</b>" not in said.text
        assert "access_denied" not in said.text
        for query in ("", "?state=", "?code=x", "?code=x&state=é", "?error=a%00b&state=x"):
            assert (await client.get(f"/signin/openid/callback{query}")).status_code == 400


async def test_an_answer_of_another_issuer_is_not_taken(tmp_path: Path) -> None:
    async with district(tmp_path) as (openid, _, client):
        back = await way_back(openid, client)
        assert (await client.get(f"{back}&iss=https%3A%2F%2Fevil.example")).status_code == 400
        openid.discovery = {"authorization_response_iss_parameter_supported": True}
    async with district(tmp_path / "more") as (openid, _, client):
        openid.discovery = {"authorization_response_iss_parameter_supported": True}
        assert (await come(openid, client)).status_code == 400, "it says that it names itself"
        back = await way_back(openid, client)
        assert (await client.get(f"{back}&iss={openid.issuer}")).status_code == 303


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/\\evil.example"])
async def test_the_way_back_leads_to_a_page_of_ours_only(tmp_path: Path, onward: str) -> None:
    async with district(tmp_path) as (openid, _, client):
        assert (await come(openid, client, onward)).headers["location"] == "/"


async def test_too_many_failures_from_one_network_have_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorkeeping, "FAILURES", 5)  # a hundred are as slow as they are many
    async with district(tmp_path) as (openid, service, client):
        back = await way_back(openid, client)
        for _ in range(5):
            answer = await client.get("/signin/openid/callback?code=x&state=x")
            assert answer.status_code == 400
        assert (await client.get(back)).status_code == 429
        service.clock.forward(hours=1, seconds=1)
        assert (await come(openid, client)).status_code == 303


@pytest.mark.parametrize(
    ("broken", "discovery"),
    [
        ("openid-configuration", {}),
        ("keys", {}),
        ("token", {}),
        ("", {"issuer": "https://evil.example"}),
        ("", {"token_endpoint": "http://evil.example/token"}),
        ("", {"jwks_uri": None}),
        ("", {"code_challenge_methods_supported": ["plain"]}),
    ],
    ids=str,
)
async def test_a_provider_that_does_not_work_is_not_the_persons_fault(
    tmp_path: Path, broken: str, discovery: dict[str, Any]
) -> None:
    async with district(tmp_path) as (openid, _, client):
        openid.broken, openid.discovery = {broken}, discovery
        there = await client.get("/signin/openid")
        if there.status_code == 303:
            there = await client.get(openid.answer(there.headers["location"]))
        assert there.status_code == 503
        assert "working right now. Try again in a few minutes." in there.text


async def test_where_it_is_not_set_up_its_doors_are_not_there(tmp_path: Path) -> None:
    async with running(tmp_path, settle(staff=5)) as service, stranger(service) as client:
        assert (await client.get("/signin/openid")).status_code == 404
        assert (await client.get("/signin/openid/callback?code=x")).status_code == 404
        assert "district account" not in (await client.get("/")).text


# -- who needs it --------------------------------------------------------------------------------


async def test_whose_duties_need_the_account_come_in_by_no_link(tmp_path: Path) -> None:
    async with district(tmp_path, openid_required_for="cto iso chairs") as (openid, service, _):
        async with signed_in(service, TEACHER) as client:
            assert await is_in(client)
        for email in (CTO, CHAIR):
            async with stranger(service) as client:
                link = await service.signin_url(email)
                page = await client.get(link)
                assert page.status_code == 403
                assert "Use your district account" in page.text
                assert "/signin/openid" in page.text
                csrf = await token(client, await service.signin_url(TEACHER))
                form = {"csrf": csrf, "token": link.partition("=")[2]}
                assert (await client.post("/signin", data=form)).status_code == 403
                assert not await is_in(client)
                openid.signs_in(email)
                assert (await come(openid, client)).status_code == 303
                assert await is_in(client)
            told = await do(service.core, "signin-link", {"email": email})
            assert not told.ok
            assert "district account only" in told.lines[0]


async def test_the_mailed_link_goes_to_nobody_who_needs_the_account_and_the_page_says_the_same(
    tmp_path: Path,
) -> None:
    async with mail_stand_in() as mail:
        more = posting(mail.port) | {"openid_required_for": "cto"}
        async with district(tmp_path, **more) as (_, _, client):
            told = set()
            for email in (CTO, TEACHER):
                form = {"csrf": await token(client, "/signin"), "email": email}
                sent = await client.post("/signin/link", data=form)
                told.add((sent.status_code, sent.headers["location"]))
            assert len(told) == 1
            assert "only with their district account" in (await client.get("/signin/sent")).text

            async def arrived() -> bool:
                return bool(mail.to(TEACHER))

            await until(arrived)
            assert mail.to(CTO) == []
        async with district(tmp_path / "all", **more | {"openid_required_for": "everybody"}) as (
            *_,
            client,
        ):
            assert "Email me a link" not in (await client.get("/")).text


def posting(port: int) -> dict[str, Any]:
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "mail_from": "sounding-board@schools.example.org",
    }


async def test_who_comes_to_need_it_is_out_at_the_next_page(tmp_path: Path) -> None:
    async with (
        district(tmp_path, openid_required_for="chairs") as (_, service, _),
        signed_in(service, TEACHER) as client,
    ):
        assert await is_in(client)
        duty = ("chair", "network", TEACHER, 0)
        await service.core.store.write(lambda tx: tx.assign_duties([duty]))
        assert not await is_in(client)


async def test_signing_out_says_that_the_account_stays_and_how_to_leave_it(tmp_path: Path) -> None:
    async with district(tmp_path) as (openid, service, client):
        await come(openid, client)
        out = await client.post("/signout", data={"csrf": await token(client, "/")})
        assert out.headers["location"] == "/signed-out?account=1"
        page = await client.get(out.headers["location"])
        assert (
            f"{openid.issuer}/logout?client_id={CLIENT}&amp;post_logout_redirect_uri=" in page.text
        )
        assert f"{service.url}/signed-out".replace(":", "%3A").replace("/", "%2F") in page.text
        assert not await is_in(client)
