"""``soundingboard setup``: what an administrator is told, what is written, and what never shows."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from typer.testing import CliRunner

from bot.app.core import now
from bot.app.settings import PREFIX
from bot.cli import app
from bot.demo.examples import example_district
from bot.installing.greeting import hello
from tests.journeys.running import SECRET
from tests.plain_logs import plain_logs
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn
from tests.stand_ins.slack_socket import APP_TOKEN, SocketStandIn
from tests.stand_ins.slack_world import Fault
from tests.stand_ins.teams import TeamsStandIn

ADDRESS = "https://board.schools.example.org"
SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"
TEAMS_SECRET = TeamsStandIn.app_secret
SECRETS = (SECRET, BOT_TOKEN, SIGNING_SECRET, TEAMS_SECRET, "xoxb-of-another", "guessed-secret")


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of its own; the command sets up logs onto a stream that ends with the test."""
    monkeypatch.chdir(tmp_path)
    root, handlers, level = logging.getLogger(), logging.getLogger().handlers[:], logging.root.level
    yield
    plain_logs()
    root.handlers[:] = handlers
    root.setLevel(level)


class Setup:
    """The command in a folder, with stand-ins for what it asks."""

    def __init__(
        self, folder: Path, slack: SlackStandIn | None, teams: TeamsStandIn | None
    ) -> None:
        self.folder = folder
        self.env = {
            f"{PREFIX}DATABASE_URL": f"sqlite:///{folder / 'd.sqlite3'}",
            f"{PREFIX}SECRET_KEY": SECRET,
        }
        if slack is not None:
            self.env[f"{PREFIX}SLACK_API_URL"] = slack.api_url
        if teams is not None:
            self.env |= {
                f"{PREFIX}TEAMS_LOGIN_URL": teams.url,
                f"{PREFIX}TEAMS_GRAPH_URL": f"{teams.url}/graph/v1.0",
                f"{PREFIX}TEAMS_SERVICE_URL": teams.service_url,
                f"{PREFIX}TEAMS_SERVICE_HOSTS": "127.0.0.1",
            }

    async def __call__(self, *options: str, typed: str = "", ends: int = 1) -> str:
        """What it says; ``typed`` are the lines that somebody enters."""
        line = ["setup", *options]
        run = asyncio.to_thread(CliRunner().invoke, app, line, env=self.env, input=typed)
        result = await run
        assert isinstance(result.exception, SystemExit | None), result.exception
        assert result.exit_code == ends, result.output
        for secret in SECRETS:
            assert secret not in result.output
        assert "Traceback" not in result.output
        return result.output

    @property
    def kept(self) -> dict[str, str]:
        file = self.folder / "soundingboard.toml"
        return tomllib.loads(file.read_text()) if file.exists() else {}


def missing(said: str) -> str:
    """What it says at its end is missing."""
    return said.partition("What is missing")[2]


async def test_somebody_is_led_through_slack_and_both_secrets_are_kept_for_them_alone(
    tmp_path: Path,
) -> None:
    async with SlackStandIn() as slack:
        setup = Setup(tmp_path, slack, None)
        said = await setup(
            typed=f"http://no-tls.example\n{ADDRESS.removeprefix('https://')}/\ny\n{SIGNING_SECRET}\n{BOT_TOKEN}\nn\n\n"
        )
        assert "http://no-tls.example does not begin with https://" in said
        assert f"Slack will call {ADDRESS}/slack/events" in said
        assert "paste all of setup/slack-manifest.json" in said
        assert "Slack takes the token: soundingboard in District" in said
        assert "To add it later: soundingboard setup --teams" in said
        assert setup.kept == {
            "web_url": ADDRESS,
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
        }
        assert (tmp_path / "soundingboard.toml").stat().st_mode & 0o777 == 0o600
        made = json.loads((tmp_path / "setup" / "slack-manifest.json").read_text())
        schema = json.loads((SCHEMAS / "slack-manifest.2.0.0.json").read_text())
        jsonschema.validate(made, schema)
        assert made["settings"]["interactivity"]["request_url"] == f"{ADDRESS}/slack/events"
        assert "There is no database" in missing(said), "and nothing else"
        assert "(1)" in missing(said)


async def test_a_second_run_goes_on_where_the_first_one_ended(tmp_path: Path) -> None:
    async with SlackStandIn() as slack, TeamsStandIn() as teams:
        setup = Setup(tmp_path, slack, teams)
        await setup(typed=f"{ADDRESS}\ny\n\nn\n")
        assert setup.kept == {"web_url": ADDRESS}
        said = await setup("--slack", "--no-teams", typed=f"{SIGNING_SECRET}\n{BOT_TOKEN}\n\n")
        assert "The https address that staff" not in said, "it was told already"
        said = await setup(
            "--teams",
            typed=f"{teams.app_id}\n{teams.tenant}\n{TEAMS_SECRET}\n\n",
        )
        assert "The Signing Secret and Bot User OAuth Token are set, and are kept." in said
        assert "Microsoft takes the Teams app's id and secret." in said
        assert f"{ADDRESS}/api/teams/messages" in said
        package = zipfile.ZipFile(
            io.BytesIO((tmp_path / "setup/soundingboard-teams.zip").read_bytes())
        )
        schema = json.loads((SCHEMAS / "MicrosoftTeams.v1.23.schema.json").read_text())
        made = json.loads(package.read("manifest.json"))
        jsonschema.Draft4Validator(schema).validate(made)
        assert made["bots"][0]["botId"] == teams.app_id
        assert made["developer"]["websiteUrl"] == ADDRESS
        said = await setup("--yes")
        assert "Do your staff use" not in said
        assert "The app's id, tenant and secret are set, and are kept." in said
        assert set(setup.kept) == {
            "web_url", "slack_signing_secret", "slack_bot_token", "teams_app_id",
            "teams_app_secret", "teams_tenant_id",
        }  # fmt: skip


async def test_a_token_that_slack_does_not_take_is_asked_for_again_and_not_kept(
    tmp_path: Path,
) -> None:
    async with SlackStandIn() as slack:
        setup = Setup(tmp_path, slack, None)
        said = await setup(
            "--web-url", ADDRESS, "--slack", "--no-teams",
            typed=f"guessed-secret\nguessed-secret\nxoxb-of-another\n{SIGNING_SECRET}\n{BOT_TOKEN}\n\n",
        )  # fmt: skip
        assert "That is not a bot token: those begin with xoxb-. Nothing was sent." in said
        assert "Slack does not accept the app's token" in said
        assert setup.kept["slack_bot_token"] == BOT_TOKEN


async def test_a_secret_that_microsoft_does_not_take_is_asked_for_again_and_not_kept(
    tmp_path: Path,
) -> None:
    async with TeamsStandIn() as teams:
        setup = Setup(tmp_path, None, teams)
        wrong = f"{teams.app_id}\n{teams.tenant}\nguessed-secret\n"
        again = "\n\nguessed-secret\n\n\nguessed-secret\n"
        said = await setup(
            "--web-url", ADDRESS, "--no-slack", "--teams", typed=f"jo\n{wrong}{again}"
        )
        assert said.count("does not accept the Teams app's secret.") == 3, "ids are typed once"
        assert "That is not an id: it looks like" in said
        assert "Microsoft's login does not accept the Teams app's secret." in said
        assert setup.kept == {"web_url": ADDRESS}
        assert not (tmp_path / "setup" / "soundingboard-teams.zip").exists()


async def test_a_missing_permission_is_named_with_what_it_is_for_and_how_to_mend_it(
    tmp_path: Path,
) -> None:
    async with SlackStandIn() as slack:
        slack.scopes = slack.scopes.replace("im:history,", "")
        setup = Setup(tmp_path, slack, None)
        both = {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_BOT_TOKEN": BOT_TOKEN}
        setup.env |= {f"{PREFIX}{name}": value for name, value in both.items()}
        said = missing(await setup("--yes", "--web-url", ADDRESS))
        assert "Slack's app lacks permissions: im:history (reads what people write to it" in said
        assert "then reinstall the app" in said


async def test_a_clock_that_is_ten_minutes_off_says_exactly_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with SlackStandIn() as slack:
        setup = Setup(tmp_path, slack, None)
        monkeypatch.setattr("bot.app.core.now", lambda: now() + timedelta(minutes=10))
        said = await setup(
            "--web-url",
            ADDRESS,
            "--slack",
            "--no-teams",
            typed=f"{SIGNING_SECRET}\n{BOT_TOKEN}\n\n",
        )
        assert (
            "This machine's clock is 10 minutes ahead of Slack's, so none of its calls"
            in missing(said)
        )


async def test_when_nothing_is_missing_it_says_so(tmp_path: Path) -> None:
    async with SlackStandIn() as slack:
        setup = Setup(tmp_path, slack, None)
        loading = ["district", "load", str(example_district())]
        await asyncio.to_thread(CliRunner().invoke, app, loading, env=setup.env)
        said = await setup(
            "--web-url", ADDRESS, "--slack", "--no-teams",
            typed=f"{SIGNING_SECRET}\n{BOT_TOKEN}\n\n",
            ends=0,
        )  # fmt: skip
        assert "All is well. Nothing is missing." in said
        assert "If not, press Retry" in said, "a wrong signing secret shows only there"
        assert "This machine's clock agrees with Slack's." in said
        assert "Slack's app has every permission of its manifest." in said


async def test_without_an_address_nothing_is_written_that_would_lead_nowhere(
    tmp_path: Path,
) -> None:
    setup = Setup(tmp_path, None, None)
    said = await setup("--yes", "--slack", "--web-url", "http://127.0.0.1:8080")
    assert "The public https address. Set SOUNDINGBOARD_WEB_URL, or give --web-url." in missing(
        said
    )
    assert not list((tmp_path / "setup").iterdir())
    assert setup.kept == {}


async def test_what_the_file_said_besides_stays_and_a_file_that_cannot_be_kept_whole_is_left(
    tmp_path: Path,
) -> None:
    file = tmp_path / "soundingboard.toml"
    file.write_text('# ours\nweb_url = "https://old.example"\nport = 8090  # as ever\n')
    setup = Setup(tmp_path, None, None)
    await setup("--yes", "--no-slack", "--no-teams", "--web-url", ADDRESS)
    assert file.read_text() == f'# ours\nport = 8090  # as ever\nweb_url = "{ADDRESS}"\n'
    file.write_text(odd := 'web_url = """\nhttps://old.example"""\n')
    said = await setup("--yes", "--no-slack", "--no-teams", "--web-url", ADDRESS)
    assert "soundingboard.toml cannot be changed without harm" in said
    assert file.read_text() == odd


async def test_what_the_environment_sets_is_not_written_over(tmp_path: Path) -> None:
    async with SlackStandIn() as slack:
        setup = Setup(tmp_path, slack, None)
        named = {
            "WEB_URL": ADDRESS,
            "SLACK_SIGNING_SECRET": "x",
            "SLACK_BOT_TOKEN": "xoxb-of-another",
        }
        setup.env |= {f"{PREFIX}{name}": value for name, value in named.items()}
        said = await setup("--web-url", "https://other.example", "--no-teams", typed="\n")
        assert "SOUNDINGBOARD_WEB_URL says another address: change it there." in said
        assert "SOUNDINGBOARD_SLACK_BOT_TOKEN is set in the environment: change it there." in said
        assert setup.kept == {}


async def test_the_administrator_gets_a_test_message_in_slack_and_nobody_else(
    tmp_path: Path,
) -> None:
    async with SlackStandIn() as slack:
        setup = Setup(tmp_path, slack, None)
        me, other = slack.add_user("jo@d.example"), slack.add_user("kim@d.example")
        said = await setup(
            "--web-url", ADDRESS, "--slack", "--no-teams",
            typed=f"{SIGNING_SECRET}\n{BOT_TOKEN}\njo\njo@d.example\n",
        )  # fmt: skip
        assert "That is not an email address." in said
        assert "Slack accepted a test message to jo@d.example." in said
        assert "test message" not in missing(said)
        assert [m["text"] for m in slack.from_app(me)] == [hello()]
        assert not slack.from_app(other)


async def test_a_test_message_that_slack_does_not_take_is_missing_at_the_end(
    tmp_path: Path,
) -> None:
    async with SlackStandIn() as slack:
        setup = Setup(tmp_path, slack, None)
        both = {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_BOT_TOKEN": BOT_TOKEN}
        setup.env |= {f"{PREFIX}{name}": value for name, value in both.items()}
        options = ("--yes", "--web-url", ADDRESS, "--test-to", "jo@d.example")
        said = missing(await setup(*options))
        assert "Slack: Nobody in the workspace has the address jo@d.example." in said
        slack.add_user("jo@d.example")
        slack.fail("chat.postMessage", Fault(error="missing_scope"))
        said = missing(await setup(*options))
        assert "Slack: The app lacks a permission in Slack." in said


async def test_the_administrator_gets_a_test_message_in_teams_once_the_app_is_there(
    tmp_path: Path,
) -> None:
    async with TeamsStandIn() as teams:
        setup = Setup(tmp_path, None, teams)
        three = {
            "TEAMS_APP_ID": teams.app_id,
            "TEAMS_TENANT_ID": teams.tenant,
            "TEAMS_APP_SECRET": TEAMS_SECRET,
        }
        setup.env |= {f"{PREFIX}{name}": value for name, value in three.items()}
        options = ("--yes", "--web-url", ADDRESS, "--test-to", "jo@d.example")
        said = missing(await setup(*options))
        assert "Teams: Nobody in the tenant has the address jo@d.example." in said
        teams.person("Kim", "kim@d.example")
        jo = teams.person("Jo", "jo@d.example")
        said = missing(await setup(*options))
        assert "it is not installed for them. Install it for yourself in Teams" in said
        teams.installed.add(jo.user)
        said = await setup(*options)
        assert "Teams accepted a test message to jo@d.example." in said
        assert "test message" not in missing(said)
        assert [(p.conversation, p.activity["text"]) for p in teams.posted] == [(jo.chat, hello())]
        setup.env[f"{PREFIX}TEAMS_APP_SECRET"] = "guessed-secret"
        said = missing(await setup(*options))
        assert said.count("does not accept the Teams app's secret") == 1, "and nothing else twice"
        assert "test message" not in said


async def test_by_socket_mode_slack_is_given_no_address_and_its_token_is_tried(
    tmp_path: Path,
) -> None:
    async with SocketStandIn() as slack:
        setup = Setup(tmp_path, slack, None)
        asked = ("--slack", "--no-teams", "--socket", "--web-url", ADDRESS)
        said = await setup(
            *asked, typed=f"xapp-of-another\n{BOT_TOKEN}\n{APP_TOKEN}\n{BOT_TOKEN}\n\n"
        )
        assert "Slack does not take the app-level token (invalid_auth)" in said
        assert "xapp-" in said, "how it begins"
        assert APP_TOKEN not in said
        assert setup.kept == {
            "web_url": ADDRESS,
            "slack_app_token": APP_TOKEN,
            "slack_bot_token": BOT_TOKEN,
        }
        made = json.loads((tmp_path / "setup" / "slack-manifest.json").read_text())
        jsonschema.validate(made, json.loads((SCHEMAS / "slack-manifest.2.0.0.json").read_text()))
        assert made["settings"]["socket_mode_enabled"] is True
        assert "/slack/events" not in json.dumps(made)


async def test_for_several_workspaces_the_apps_id_and_secret_are_kept_and_no_token(
    tmp_path: Path,
) -> None:
    async with SlackStandIn() as slack:
        setup = Setup(tmp_path, slack, None)
        asked = ("--slack", "--no-teams", "--several", "--web-url", ADDRESS)
        said = await setup(*asked, typed=f"{SIGNING_SECRET}\n1234.5678\na-client-secret\n\n")
        assert "a-client-secret" not in said
        assert "soundingboard slack link" in said
        assert setup.kept == {
            "web_url": ADDRESS,
            "slack_signing_secret": SIGNING_SECRET,
            "slack_client_id": "1234.5678",
            "slack_client_secret": "a-client-secret",
        }
        made = json.loads((tmp_path / "setup" / "slack-manifest.json").read_text())
        assert made["settings"]["org_deploy_enabled"] is True
        assert f"{ADDRESS}/slack/oauth_redirect" in made["oauth_config"]["redirect_urls"]
