"""The doctor asks around: what each answers, in words, and never a secret."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from bot.app.core import Now, now, open_core
from bot.app.heartbeat import this_version
from bot.app.settings import Settings
from bot.doctor import asking_around, checking, own_findings
from bot.doctor.checking import examine
from bot.doctor.inside import look_inside
from bot.slack.packaging import wanted_scopes
from bot.teams.checking import _graph
from bot.teams.connector import Connector
from core.words import Words
from governance.reading import embedding
from storage.processes import Process, forget_process, note_process
from tests.attacks.hall import hall
from tests.journeys.running import SECRET, running
from tests.journeys.town import settle
from tests.postgres import migrated_database
from tests.stand_ins.mail import PASSWORD, USER, mail_stand_in
from tests.stand_ins.openid import CLIENT_SECRET, OpenIdStandIn
from tests.stand_ins.slack import BOT_TOKEN, SCOPES, SIGNING_SECRET, SlackStandIn
from tests.stand_ins.slack_world import Fault, refused
from tests.stand_ins.teams import TeamsStandIn
from tests.stand_ins.teams import refused as teams_refuses


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def told(
    tmp_path: Path, *, offline: bool = False, ahead: timedelta = timedelta(), **settings: Any
) -> str:
    """What the doctor says where no database is, and our clock is so much ahead."""
    url = f"sqlite:///{tmp_path / 'none' / 'd.sqlite3'}"
    given = Settings(database_url=url, secret_key=SECRET, **settings)
    lines, _ = await examine(given, offline=offline, clock=lambda: now() + ahead)
    assert not (tmp_path / "none").exists(), "looking makes no database and no folder"
    said = "\n".join(lines)
    for secret in (SECRET, BOT_TOKEN, SIGNING_SECRET, PASSWORD, "a-secret-that-was-made-up"):
        assert secret not in said
    return said


async def test_without_the_embedding_model_it_says_what_that_costs_and_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ok    Messages are read by what they mean" in await told(tmp_path, offline=True)
    embedding._session.cache_clear()
    monkeypatch.setattr(embedding, "SHA256", "of another file")
    said = await told(tmp_path, offline=True)
    monkeypatch.undo()
    embedding._session.cache_clear()
    assert "FIX   Reading falls back to wording alone: the model's file is missing, or" in said
    assert "requirements/product.txt" in said


@asynccontextmanager
async def on_slack() -> AsyncIterator[tuple[SlackStandIn, dict[str, Any]]]:
    async with SlackStandIn() as slack:
        yield (
            slack,
            {
                "slack_signing_secret": SIGNING_SECRET,
                "slack_bot_token": BOT_TOKEN,
                "slack_api_url": slack.api_url,
            },
        )


async def test_slack_says_who_we_are_and_that_nothing_is_missing(tmp_path: Path) -> None:
    async with on_slack() as (_, settings):
        said = await told(tmp_path, **settings)
    assert "ok    Slack takes the token: soundingboard in District" in said
    assert "ok    Slack's app has every permission of its manifest." in said


async def test_the_districts_sign_in_service_is_as_it_must_be_or_the_doctor_says_what_is_not(
    tmp_path: Path,
) -> None:
    async with OpenIdStandIn() as openid:
        settings = openid.settings | {"web_url": "http://127.0.0.1:1"}
        said = await told(tmp_path, **settings)
        assert f"ok    The district's sign-in service is {openid.issuer}." in said
        assert "list http://127.0.0.1:1/signin/openid/callback as a redirect URI" in said
        assert CLIENT_SECRET not in said
        wrong: dict[str, dict[str, Any]] = {
            "is of another issuer, https://evil.example": {"issuer": "https://evil.example"},
            "lacks token_endpoint": {"token_endpoint": None},
            "names jwks_uri without https": {"jwks_uri": "http://evil.example/keys"},
            "does not offer PKCE with S256": {"code_challenge_methods_supported": ["plain"]},
        }
        for words, discovery in wrong.items():
            openid.discovery = discovery
            said = await told(tmp_path, **settings)
            assert re.search(f"FIX   The district's sign-in service: .*{words}", said), said
        openid.discovery, openid.broken = {}, {"keys"}
        assert "/keys answers 500" in await told(tmp_path, **settings)
        said = await told(tmp_path, **openid.settings)
        assert "would send people back to this machine only" in said
    said = await told(tmp_path, **settings)
    assert "does not answer (ConnectError)" in said
    incomplete = settings | {"openid_client_secret": None}
    assert "FIX   SOUNDINGBOARD_OPENID_CLIENT_SECRET is missing" in await told(
        tmp_path, **incomplete
    )


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (10, "FIX   This machine's clock is 10 minutes ahead of Slack's, so none of its calls"),
        (-10, "FIX   This machine's clock is 10 minutes behind Slack's, so none of its calls"),
        (3, "FIX   This machine's clock is 3 minutes ahead of Slack's, and from 5 minutes on"),
        (-60 * 24 * 30, "FIX   This machine's clock is 30 days behind Slack's"),
        (0, "ok    This machine's clock agrees with Slack's."),
    ],
)
async def test_a_clock_that_is_off_says_by_how_much_and_which_way(
    tmp_path: Path, minutes: int, said: str
) -> None:
    async with on_slack() as (_, settings):
        ahead = timedelta(minutes=minutes)
        assert said in await told(tmp_path, ahead=ahead, **settings)
        wrong_token = settings | {"slack_bot_token": "xoxb-of-somebody-else"}
        assert said in await told(tmp_path, ahead=ahead, **wrong_token)


def test_the_stand_in_is_installed_from_our_manifest() -> None:
    assert set(SCOPES) == wanted_scopes()


async def test_permissions_that_slack_did_not_grant_are_named_with_what_they_are_for(
    tmp_path: Path,
) -> None:
    async with on_slack() as (slack, settings):
        slack.scopes = "chat:write,commands,channels:read,groups:read,im:read,im:write,im:history,"
        slack.scopes += "files:write,usergroups:read,users:read"
        said = await told(tmp_path, **settings)
    assert (
        "FIX   Slack's app lacks permissions: users:read.email (finds the roster's "
        "people by their email address). Paste its manifest again (soundingboard setup "
        "writes it), then reinstall the app."
    ) in said


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("invalid_auth", "Slack does not accept the app's token"),
        ("account_inactive", "The app is not in the workspace anymore"),
        ("something_new", "Slack says: something_new."),
    ],
)
async def test_a_token_that_slack_refuses(tmp_path: Path, error: str, words: str) -> None:
    async with on_slack() as (slack, settings):
        slack.fail("auth.test", refused(error))
        said = await told(tmp_path, **settings)
    assert f"FIX   {words}" in said


async def test_microsoft_takes_the_app_or_says_why_not(tmp_path: Path) -> None:
    async with TeamsStandIn() as teams:
        settings: dict[str, Any] = {
            "teams_app_id": teams.app_id,
            "teams_app_secret": teams.app_secret,
            "teams_tenant_id": teams.tenant,
            "teams_login_url": teams.url,
            "teams_graph_url": f"{teams.url}/graph/v1.0",
            "teams_service_url": teams.service_url,
            "teams_service_hosts": "127.0.0.1",
        }
        said = await told(tmp_path, **settings)
        assert "ok    Microsoft takes the Teams app's id and secret." in said
        assert "ok    Graph's permission User.Read.All is granted." in said
        said = await told(tmp_path, **settings | {"teams_service_url": "http://evil.example"})
        assert "FIX   " in said
        assert "evil.example" in said
        said = await told(tmp_path, **settings | {"teams_app_secret": "another"})
        assert "FIX   Microsoft's login does not accept the Teams app's secret. Make a new" in said
        said = await told(tmp_path, **settings | {"teams_app_id": "of-another-app"})
        assert "FIX   Microsoft's login does not know the Teams app's id in this tenant." in said
        teams.login_fault = teams_refuses("something_new", 400)
        said = await told(tmp_path, **settings)
        assert "does not accept the Teams app's id, secret or tenant" in said
        teams.login_fault, teams.roles = None, ["User.Read.All", "Group.Read.All"]
        said = await told(tmp_path, **settings)
        assert "ok    Graph's permission Group.Read.All is granted." in said
        assert (
            "Graph's permission ChannelMember.Read.All is not granted. Only committees with a "
            "channel in Teams need it."
        ) in said
        said = await told(tmp_path, **settings, teams_install_app=True)
        wanted = "TeamsAppInstallation.ReadWriteSelfForUser.All is not granted. SOUNDINGBOARD_TEAMS"
        assert f"FIX   Graph's permission {wanted}_INSTALL_APP needs it" in said
        assert "ok    Graph's permission User.Read.All is granted." in said
        said = await told(tmp_path, **settings, teams_activity_feed=True)
        wanted = "TeamsActivity.Send is not granted. SOUNDINGBOARD_TEAMS_ACTIVITY_FEED needs it"
        assert f"FIX   Graph's permission {wanted}" in said
        assert "TeamsAppInstallation.ReadWriteSelfForUser.All is not granted. Only inst" in said
        said = await told(tmp_path, ahead=timedelta(minutes=-10), **settings)
        assert "FIX   This machine's clock is 10 minutes behind Microsoft's" in said


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "is not granted. Only `people import graph`"), (500, "answered 500")],
)
async def test_a_missing_graph_permission_is_told_and_nothing_to_mend(
    status: int, words: str
) -> None:
    async with TeamsStandIn() as teams:
        settings = teams.settings()
        token = {"access_token": "t", "expires_in": 60}

        def answer(request: httpx.Request) -> httpx.Response:
            is_login = request.url.path.endswith("/token")
            return httpx.Response(200, json=token) if is_login else httpx.Response(status)

        connector = Connector(settings)
        connector._http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        ((good, said),) = await _graph(settings, connector)
        await connector.close()
    assert good
    assert words in said


async def test_the_mail_server_takes_us_or_says_why_not(tmp_path: Path) -> None:
    async with mail_stand_in(password=True) as server:
        settings = {
            "smtp_host": "127.0.0.1",
            "smtp_port": server.port,
            "smtp_user": USER,
            "smtp_password": PASSWORD,
            "mail_from": "board@schools.example.org",
        }
        said = await told(tmp_path, **settings)
        assert "ok    The mail server accepts the connection and our name and password" in said
        assert "FIX   Mails would lead to this machine only." in said
        said = await told(tmp_path, **settings | {"smtp_password": "guess"})
        assert "FIX   The mail server does not take our user name and password." in said
        assert server.arrived == []


async def test_the_public_address_leads_here_or_somewhere_else(tmp_path: Path) -> None:
    async with (
        running(tmp_path, settle(staff=5)) as service,
        SlackStandIn() as other,
        mail_stand_in() as silent,
    ):
        service.core.lock.say_url(service.url)  # type: ignore[union-attr]

        async def asked(url: str) -> list[str]:
            settings = service.settings.model_copy(update={"web_url": url})
            return (await examine(settings))[0]

        assert f"ok    {service.url} leads here." in await asked(service.url)
        wrong = other.base_url
        assert any("FIX " in line and "answers 404" in line for line in await asked(wrong))
        nowhere = f"http://127.0.0.1:{silent.port}"
        assert any("FIX " in line and "does not answer" in line for line in await asked(nowhere))


async def test_a_wrong_signing_secret_shows_in_the_calls_that_come(tmp_path: Path) -> None:
    async with (
        on_slack() as (slack, settings),
        running(tmp_path, settle(staff=5), **settings) as service,
    ):
        service.core.lock.say_url(service.url)  # type: ignore[union-attr]
        slack.app = f"{service.url}/slack/events"

        async def asked() -> str:
            return "\n".join((await examine(service.settings))[0])

        assert "ok    Slack has not called since the service started." in await asked()
        slack.signing_secret = "of-another-app"
        user = slack.add_user("somebody@d.example")
        assert (await slack.dm(user, "help")).status_code == 401
        said = await asked()
        assert "FIX   Slack: 1 call came, and none could be verified as Slack's." in said
        assert "the signing secret is another app's" in said
        slack.signing_secret = SIGNING_SECRET
        assert (await slack.dm(user, "help")).status_code == 200
        assert "ok    Slack calls arrive and are verified: 1 call since" in await asked()


async def test_nobody_is_waited_for_and_all_are_asked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_around, "SECONDS", 0.5)
    asked: list[str] = []

    async def silent(name: str) -> list[asking_around.Finding]:
        asked.append(name)
        await asyncio.sleep(3600)
        return []

    monkeypatch.setattr(asking_around, "_mail", lambda settings: silent("mail"))
    monkeypatch.setattr(asking_around, "_slack", lambda settings, clock: silent("slack"))
    settings = {
        "slack_signing_secret": SIGNING_SECRET,
        "slack_bot_token": BOT_TOKEN,
        "smtp_host": "127.0.0.1",
        "mail_from": "board@schools.example.org",
    }
    async with asyncio.timeout(60):
        said = await told(tmp_path, **settings)
    assert asked == ["slack", "mail"]
    assert "FIX   Slack did not answer within" in said
    assert "FIX   The mail server did not answer within" in said


async def test_a_fault_of_ours_does_not_quote_what_was_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(settings: Settings, clock: Now) -> list[asking_around.Finding]:
        raise RuntimeError(f"sent {BOT_TOKEN}")

    monkeypatch.setattr(asking_around, "_slack", broken)
    said = await told(tmp_path, slack_signing_secret=SIGNING_SECRET, slack_bot_token=BOT_TOKEN)
    assert "FIX   Slack could not be asked: RuntimeError." in said


async def test_offline_asks_nobody(tmp_path: Path) -> None:
    async with on_slack() as (slack, settings):
        slack.fail("auth.test", Fault(status=500))
        said = await told(tmp_path, offline=True, **settings)
        assert slack.calls("auth.test") == []
    assert "Slack is set up" in said
    assert "Slack takes" not in said


@pytest.mark.parametrize(
    ("free", "said"),
    [
        (80_000_000_000, "ok    80.0 GB are free on the disk of the database"),
        (300_000_000, "FIX   Only 0.3 GB are free on the disk of the database"),
    ],
)
async def test_a_disk_that_is_nearly_full_is_to_be_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'd.sqlite3'}", secret_key=SECRET)
    async with open_core(settings):
        pass
    monkeypatch.setattr(own_findings, "free_bytes", lambda path: free)
    lines, _ = await examine(settings, offline=True)
    assert [line for line in lines if line.startswith(said)]


async def test_a_deployment_without_workers_and_processes_of_an_older_version_are_named() -> None:
    program, tables = this_version()
    web = Process(id=UUID(int=1), kind="web", host="left", pid=4711, version=program, tables=tables)
    worker = replace(web, id=UUID(int=2), kind="worker", host="right", pid=4712)
    old = replace(worker, tables="0035")
    with migrated_database(hasty=True) as url:
        settings = Settings(database_url=url, secret_key=SECRET)

        async def told_of(*running: Process) -> tuple[list[str], bool]:
            async with open_core(settings) as core:
                for one in (web, worker):
                    await core.store.write(partial(forget_process, process_id=one.id))
                for one in running:
                    await core.store.write(partial(note_process, one=one, now=core.now()))
            lines, ok = await examine(settings, offline=True)
            return [line for line in lines if "process" in line.casefold()], ok

        assert (await told_of())[0] == []
        lines, ok = await told_of(web)
        assert not ok
        assert lines == [
            "FIX   Only web processes run: nothing is sent and nothing is read. Start a worker: "
            "soundingboard worker"
        ]
        lines, _ = await told_of(web, worker)
        assert lines == [
            "ok    Every process is of this version: web 4711 on left, worker 4712 on right."
        ]
        (line,), ok = await told_of(web, old)
        assert not ok
        assert line.startswith(
            f"FIX   Process 4712 on right (worker) is version {program} with tables 0035"
        )


async def test_that_nobody_is_reached_who_is_not_signed_in_is_something_to_fix(
    tmp_path: Path,
) -> None:
    bare = Settings(database_url=f"sqlite:///{tmp_path / 'd.sqlite3'}", secret_key=SECRET)
    [(good, said)] = [one for one in checking.platform_findings(bare) if "signed in" in one[1]]
    assert not good
    assert "An urgent message waits on the responders' Home" in said
    mailed = Settings(
        database_url=bare.database_url,
        secret_key=SECRET,
        smtp_host="127.0.0.1",
        mail_from="board@schools.example.org",
    )
    assert all("signed in" not in said for _, said in checking.platform_findings(mailed))


class _Marked(Words):
    """Marks what comes from the catalogue."""

    def say(self, message: str, /, **values: object) -> str:
        return f"<{super().say(message, **values)}>"

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        return f"<{super().count(one, many, n, **values)}>"


async def test_each_line_of_the_page_is_in_its_readers_words(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        english = await look_inside(town.core, Words())
        read = await look_inside(town.core, _Marked())
    assert len(english) == len(read) > 5
    assert [said for _, said in read if not said.startswith("<")] == []
    plain = [said for _, said in english]
    assert any(said.startswith("Urgent: safety. ") for said in plain)
    assert all(" min each" not in said for said in plain)
