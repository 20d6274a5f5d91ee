"""The doors that anybody can knock at: the operator's, the forms, and bodies without an end."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from bot.app.bodies import TooLargeError, TooSlowError, read_body
from bot.app.server import application
from bot.operator.operating import from_here, operate
from bot.web.anonymous import turnstile
from bot.web.render_card import at as do
from governance.announcements.commands import AcknowledgeAnnouncement
from governance.docket.commands import AnswerItem, MoveItem
from storage.vault import Vault
from tests.attacks.visiting import send, signed_in, stranger, token
from tests.journeys.running import SECRET, Running, running
from tests.journeys.town import CTO, TEACHER, settle
from tests.journeys.trips import launch
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn

BODY = json.dumps({"operation": "signin-link", "arguments": {"email": TEACHER}}).encode()


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, settle(staff=5)) as found:
        yield found


# -- the operator's door ---------------------------------------------------------------------------


def proven(body: bytes = BODY, *, moment: str | None = None, once: str = "n1") -> dict[str, str]:
    at = moment or str(int(time.time() * 1000))
    key = Vault(SECRET.encode()).key("operator")
    proof = hmac.new(key, f"{at}\n{once}\n".encode() + body, hashlib.sha256).hexdigest()
    return {"x-moment": at, "x-once": once, "x-proof": proof}


async def test_a_captured_request_of_the_operator_opens_the_door_once(service: Running) -> None:
    async with stranger(service) as client:
        headers = proven()
        first = await client.post("/operator", content=BODY, headers=headers)
        assert first.status_code == 200
        assert "/signin?token=" in first.text
        again = await client.post("/operator", content=BODY, headers=headers)
        assert again.status_code == 401
        assert "signin" not in again.text
        await service.restart()
        again = await client.post("/operator", content=BODY, headers=headers)
        assert again.status_code == 401, "what a process forgot when it ended stays used"


async def test_the_operators_door_stays_shut(service: Running) -> None:
    attempts: tuple[dict[str, str], ...] = (
        {},
        proven(b"another body"),
        {**proven(), "x-proof": "0" * 64},
        {**proven(), "x-once": "n2"},
        proven(moment=str(int((time.time() - 120) * 1000))),
        proven(moment="9" * 400),
        {**proven(), "x-moment": "²"},
        {**proven(), "x-proof": "é"},
        {**proven(once="p"), "x-forwarded-for": "127.0.0.1"},
        {**proven(once="q"), "forwarded": "for=127.0.0.1"},
    )
    async with stranger(service) as client:
        for headers in attempts:
            raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
            answer = await client.post("/operator", content=BODY, headers=raw)
            assert answer.status_code == 401, headers


@pytest.mark.parametrize(
    ("client", "server", "here"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("::1", "::1", True),
        ("10.0.0.5", "10.0.0.5", True),
        ("10.0.0.6", "10.0.0.5", False),
        ("203.0.113.9", "127.0.0.1", False),
        ("testclient", "127.0.0.1", False),
        (None, None, False),
    ],
)
def test_only_this_machine_is_here(client: str | None, server: str | None, here: bool) -> None:
    scope: dict[str, Any] = {"type": "http", "headers": [], "client": client and (client, 1)}
    scope["server"] = server and (server, 8080)
    assert from_here(Request(scope)) is here


@pytest.mark.parametrize(
    "passed_on",
    [
        {"x-real-ip": "203.0.113.9"},
        {"x-forwarded-for": "127.0.0.1"},
        {"x-forwarded-proto": "https"},
        {"forwarded": "for=203.0.113.9"},
        {"host": "board.schools.example.org"},
        {"host": "[not an address"},
    ],
)
async def test_what_a_proxy_on_this_machine_passes_on_does_not_come_from_here(
    service: Running, passed_on: dict[str, str]
) -> None:
    async with stranger(service) as client:
        assert (await client.get("/metrics")).status_code == 200
        assert (await client.get("/metrics", headers=passed_on)).status_code == 401
        proof = {**proven(), **passed_on}
        assert (await client.post("/operator", content=BODY, headers=proof)).status_code == 401


async def test_the_command_line_still_gets_in_twice_in_one_second(service: Running) -> None:
    assert service.core.lock is not None
    service.core.lock.say_url(service.url)
    links = [await operate(service.settings, "signin-link", {"email": TEACHER}) for _ in range(2)]
    assert all(told.ok for told in links)
    assert links[0].lines != links[1].lines


# -- bodies without an end -----------------------------------------------------------------------


class Flood:
    """A client that sends as long as it is listened to."""

    def __init__(self, path: str, *, slow: bool = False) -> None:
        self.sent, self.status, self._slow = 0, 0, slow
        self.scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }

    async def receive(self) -> dict[str, Any]:
        if self._slow:
            await asyncio.sleep(0.02)
        assert self.sent < 20_000_000, "somebody reads without an end"
        self.sent += 65536
        return {"type": "http.request", "body": b"a" * 65536, "more_body": True}

    async def send(self, message: Any) -> None:
        self.status = message.get("status", self.status)


@pytest.mark.parametrize("path", ["/slack/events", "/operator", "/signin", "/feedback"])
async def test_nobody_can_make_the_service_hold_a_body_without_an_end(
    tmp_path: Path, path: str
) -> None:
    async with SlackStandIn() as slack:
        settings = {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
            "slack_api_url": slack.api_url,
        }
        async with running(tmp_path, settle(staff=5), **settings) as service:
            flood = Flood(path)
            await application(service.house)(flood.scope, flood.receive, flood.send)
    assert 400 <= flood.status < 500
    assert flood.sent <= 1_200_000


async def test_a_body_that_trickles_is_given_up() -> None:
    flood = Flood("/", slow=True)
    with pytest.raises(TooSlowError):
        await read_body(Request(flood.scope, flood.receive), 10**9, seconds=0.1)
    with pytest.raises(TooLargeError):
        await read_body(Request(flood.scope, flood.receive), 70_000, seconds=5)


# -- too many at the pages where nobody is known -------------------------------------------------


async def test_one_connection_cannot_shut_the_anonymous_pages_for_everybody(
    service: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turnstile, "FROM_ONE_NETWORK", 3)
    monkeypatch.setattr(turnstile, "FROM_ALL", 12)

    async def collect(client: httpx.AsyncClient, address: str) -> int:
        form = {"code": "AAAA-BBBB-CCCC-DDDD-EEEE"}
        headers = {"x-forwarded-for": address}
        return (await client.post("/collect", data=form, headers=headers)).status_code

    async with stranger(service) as client:
        one_prefix = [await collect(client, f"2001:db8:1:2::{n:x}") for n in range(1, 30)]
        assert one_prefix == [404] * 3 + [429] * 26
        assert await collect(client, "::ffff:203.0.113.9") == 404
        for _ in range(20):
            headers = {"x-forwarded-for": "2001:db8:1:2::1"}
            assert (await client.get("/collect", headers=headers)).status_code == 200
        others = [await collect(client, f"203.0.113.{n}") for n in (9, 9, 9, 10, 11)]
        assert others == [404, 404, 429, 404, 404], "each network has its own share"


class Crowd:
    """Somebody with as many addresses as they like, at the pages where nobody is known."""

    def __init__(self, client: httpx.AsyncClient, at: str) -> None:
        self._client = client
        self._at = at

    async def speak(self, address: str, words: str = "The heron is back.") -> httpx.Response:
        form = {"nonce": secrets.token_hex(8), "text": words}
        return await self._post(self._at, form, address)

    async def garbage(self, address: str) -> int:
        return (await self._post(self._at, {"x": "y"}, address)).status_code

    async def at_a_shut_door(self, address: str) -> int:
        form = {"nonce": secrets.token_hex(8), "text": "x"}
        return (await self._post("/say-anonymously/nowhere", form, address)).status_code

    async def collect(self, code: str, address: str) -> int:
        return (await self._post("/collect", {"code": code}, address)).status_code

    async def _post(self, path: str, form: dict[str, str], address: str) -> httpx.Response:
        return await self._client.post(path, data=form, headers={"x-forwarded-for": address})


@pytest.fixture
async def crowd(service: Running, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Crowd]:
    monkeypatch.setattr(turnstile, "FROM_ONE_NETWORK", 3)
    monkeypatch.setattr(turnstile, "FROM_ALL", 12)
    async with signed_in(service, TEACHER) as client:
        found = re.search(r'href="(/say-anonymously/[^"]+)"', (await client.get("/feedback")).text)
        assert found is not None
    async with stranger(service) as client:
        yield Crowd(client, found.group(1))


async def test_what_does_not_fit_takes_nobodys_place(crowd: Crowd) -> None:
    """600 forms without anything in them, from one home, shut the page for the district."""
    for n in range(40):
        assert await crowd.garbage(f"2001:db8:1:{n:x}::1") == 400
        assert await crowd.at_a_shut_door(f"2001:db8:2:{n:x}::1") == 403
        empty = await crowd.speak(f"2001:db8:{n:x}::1", words="")
        assert empty.status_code == 422, "somebody who has the link and says nothing"
    assert (await crowd.speak("203.0.113.5")).status_code == 200
    assert (await crowd.speak("2001:db8:1:5::1")).status_code == 200, "of the same home"


@pytest.mark.parametrize(
    ("addresses", "taken"),
    [
        ([f"2001:db8:1:{n:x}::1" for n in range(30)], 3),  # a home's /56 has 256 times /64
        ([f"2001:db8:1:{n:x}00::1" for n in range(30)], 6),  # a /48 has 256 times /56
        ([f"198.51.100.{n}" for n in range(30)], 6),
        ([f"::ffff:198.51.100.{n}" for n in range(30)], 6),
    ],
    ids=["a home", "a /48", "a /24", "a /24 in IPv6"],
)
async def test_many_prefixes_of_one_owner_are_one_network(
    crowd: Crowd, addresses: list[str], taken: int
) -> None:
    found = [(await crowd.speak(address)).status_code for address in addresses]
    assert found.count(200) == taken
    assert set(found) == {200, 429}
    assert (await crowd.speak("203.0.113.5")).status_code == 200, "everybody else"


async def test_who_has_a_receipt_is_never_kept_out(crowd: Crowd) -> None:
    first = await crowd.speak("203.0.113.5")
    code = re.search(r"<strong>([0-9A-Z-]{24})</strong>", first.text)
    assert code is not None
    flood = [await crowd.speak(f"2001:db8:{n:x}::1") for n in range(1, 40)]
    assert [one.status_code for one in flood].count(200) == 11, "all places are taken"
    assert (await crowd.speak("203.0.113.6")).status_code == 429
    assert await crowd.collect("AAAA-BBBB-CCCC-DDDD-EEEE", "203.0.113.6") == 404, "counted apart"
    tried = [await crowd.collect("AAAA-BBBB-CCCC-DDDD-EEEE", "203.0.113.5") for _ in range(9)]
    assert tried == [404] * 3 + [429] * 6, "whoever makes up codes shuts out themselves"
    for address in ("203.0.113.5", "2001:db8:1::1", "203.0.113.6"):
        assert await crowd.collect(code.group(1), address) == 200


# -- forms -----------------------------------------------------------------------------------------


async def test_no_form_of_the_real_service_is_taken_without_its_token(service: Running) -> None:
    wave = await launch(service, [TEACHER])
    forms = [
        f"/surveys/{wave}",
        f"/surveys/{wave}/decline",
        "/feedback",
        "/signout",
        f"/desk/close/{wave}",
        "/desk/launch/weekly-pulse",
        f"/announcements/{wave}/edit",
        f"/announcements/{wave}/send",
        do(AcknowledgeAnnouncement(announcement_id=wave)),
        do(AnswerItem(item_id=wave, text="")),
        do(MoveItem(item_id=wave, to="")),
        f"/items/{wave}/acknowledge",
    ]
    async with signed_in(service, CTO) as client, signed_in(service, TEACHER) as other:
        theirs = await token(other, "/")
        for path in forms:
            for fields in ({"x": "y"}, {"csrf": ""}, {"csrf": theirs}, {"csrf": "é"}):
                answer = await client.post(path, data=fields)
                assert answer.status_code == 403, (path, fields)
            cross = {"sec-fetch-site": "cross-site"}
            mine = {"csrf": await token(client, "/")}
            assert (await client.post(path, data=mine, headers=cross)).status_code == 403
    assert (await service.core.store.read(lambda tx: tx.wave(wave))) is not None


async def test_a_sign_in_link_is_worth_nothing_to_a_second_browser_or_after_its_time(
    service: Running,
) -> None:
    link = await service.signin_url(TEACHER)
    value = link.partition("token=")[2]
    async with stranger(service) as first, stranger(service) as second:
        for client, status in ((first, 303), (second, 410)):
            page = await client.get(f"/signin?token={value}")
            csrf = page.text.partition('name="csrf" value="')[2].partition('"')[0]
            answer = await client.post("/signin", data={"csrf": csrf, "token": value})
            assert answer.status_code == status
    late = (await service.signin_url(TEACHER)).partition("token=")[2]
    service.clock.forward(minutes=16)
    async with stranger(service) as client:
        assert (await client.get(f"/signin?token={late}")).status_code == 410


@pytest.mark.parametrize(
    "onward", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"]
)
async def test_signing_in_leads_nowhere_else(service: Running, onward: str) -> None:
    value = (await service.signin_url(TEACHER)).partition("token=")[2]
    async with stranger(service) as client:
        page = await client.get("/signin", params={"token": value, "next": onward})
        csrf = page.text.partition('name="csrf" value="')[2].partition('"')[0]
        form = {"csrf": csrf, "token": value, "next": onward}
        answer = await client.post("/signin", data=form)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


async def test_the_demos_doors_are_not_there_outside_it(service: Running) -> None:
    async with signed_in(service, TEACHER) as client:
        assert (await client.get("/demo")).status_code == 404
        assert (await send(client, "/demo/become", person="x")).status_code in (404, 405)


async def test_what_is_typed_stays_words_on_every_page(service: Running) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'"
    fields = {
        "title": evil,
        "what": evil,
        "why": evil,
        "when": evil,
        "who": evil,
        "action": evil,
        "learn": evil,
        "ask": evil,
    }
    draft = "11111111-2222-4333-8444-555555555555"
    async with signed_in(service, CTO) as client:
        pages = [
            await send(
                client, f"/announcements/{draft}/edit", **fields, learn_url="https://x.example/a"
            )
        ]
        pages += [
            await client.get(f"/announcements/{draft}{path}") for path in ("", "/edit", "/progress")
        ]
        for url in ("javascript:alert(1)", "data:text/html,x", 'https://x"onclick=y', "//x"):
            wrong = await send(client, f"/announcements/{draft}/edit", **fields, learn_url=url)
            assert wrong.status_code == 422
            pages.append(wrong)
        pages.append(await client.get("/announcements"))
    for page in pages:
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert 'href="javascript:' not in page.text


async def test_browsers_come_by_https_alone_where_the_public_address_says_so(
    service: Running,
) -> None:
    house = service.house
    over_https = replace(house, web=replace(house.web, web_url="https://board.example.org"))
    for served, expected in ((house, None), (over_https, "max-age=31536000")):
        transport = httpx.ASGITransport(app=application(served))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            for path in ("/", "/say-anonymously", "/nowhere", "/healthz"):
                answer = await client.get(path)
                assert answer.headers.get("strict-transport-security") == expected, path


async def test_a_page_of_somebody_is_kept_by_nobody(service: Running) -> None:
    async with signed_in(service, TEACHER) as client:
        for path in ("/", "/feedback", "/no-such-page", f"/results/{TEACHER}"):
            answer = await client.get(path)
            assert answer.headers["cache-control"] == "no-store", path
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        for path in ("/static/../settings.py", "/static/%2e%2e/settings.py", "/static//etc/passwd"):
            raw = httpx.Request("GET", service.url + path)
            assert (await client.send(raw)).status_code == 404
