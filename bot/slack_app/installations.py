"""Where Slack's installations are kept: which may be, which are, and the operator's say in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.app.core import Core
from bot.app.settings import PREFIX, Settings
from bot.operator.telling import Arguments, Told
from bot.slack.checking import check_slack
from bot.slack.client import SlackClient
from bot.slack.oauth import SlackOAuth, may_install
from bot.slack.workspaces import Installation, InstalledWorkspaces, OneWorkspace, Workspaces
from bot.slack_app.settings import slack_settings
from bot.web.sessions import sign, unsign
from storage.slack_installations import SlackInstallation
from storage.transaction import Transaction

LINK = "slack-install"
"""What a link to install is signed for."""

GOOD_FOR = timedelta(hours=1)

_CLOCKS = timedelta(seconds=60)
"""As much as Slack's clock may be behind ours: an installation that is younger than Slack's word of
a removal by no more than that is the one that was removed."""


class KeptInstallations:
    """Implements ``bot.slack.workspaces.Installations`` on the database."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._named = frozenset(core.settings.slack_workspaces.replace(",", " ").split())

    async def known(self) -> list[Installation]:
        """Those that the operator did not name are as if they were not there."""
        kept = await self._core.store.read(lambda tx: tx.slack_installations())
        found = [_told(one) for one in kept]
        return [one for one in found if not self._named or may_install(one, self._named, ())]

    async def removed(self, workspace: str, at: datetime) -> bool:
        now = self._core.now()
        return await self._core.store.write(
            lambda tx: tx.remove_slack_installation(workspace, now, installed_before=at + _CLOCKS)
        )

    async def keep(self, new: Installation) -> bool:
        """Keep an installation. False: that workspace may not have the app."""
        now = self._core.now()

        def work(tx: Transaction) -> bool:
            known = [_told(one) for one in tx.slack_installations()]
            if not may_install(new, self._named, known):
                return False
            tx.keep_slack_installation(
                workspace=new.workspace,
                enterprise=new.enterprise,
                organization=new.organization,
                name=new.name,
                token=new.token,
                now=now,
            )
            return True

        return await self._core.store.write(work)


def workspaces(core: Core) -> Workspaces:
    """Those of these settings. Who asks for them closes them."""
    settings = slack_settings(core.settings, core.web_url)
    if core.settings.slack_oauth:
        return InstalledWorkspaces(settings, KeptInstallations(core))
    return OneWorkspace(SlackClient(settings))


def _told(one: SlackInstallation) -> Installation:
    return Installation(
        workspace=one.workspace,
        enterprise=one.enterprise,
        organization=one.organization,
        name=one.name,
        token=one.token,
        key=one.id.hex[:16],
    )


# -- a link to install by ----------------------------------------------------------------------


def link_token(secret: bytes, expires: datetime) -> str:
    return sign(secret, LINK, int(expires.timestamp()))


def is_link_token(secret: bytes, token: str, now: datetime) -> bool:
    expires = unsign(secret, LINK, token)
    return isinstance(expires, int) and now.timestamp() < expires


# -- what the operator asks --------------------------------------------------------------------


async def slack_link(core: Core, given: Arguments) -> Told:
    """The address of a page that installs the app, good for an hour."""
    if not core.settings.slack_oauth:
        return Told(lines=(_by_token(core.settings),), ok=False)
    token = link_token(core.vault.key("web"), core.now() + GOOD_FOR)
    await core.store.write(lambda tx: tx.audit(None, "Slack install link made", None, core.now()))
    return Told(lines=(f"{core.web_url}/slack/install?token={token}",))


async def slack_list(core: Core, given: Arguments) -> Told:
    """Where the app is installed, and where it was."""
    if not core.settings.slack_oauth:
        return Told(lines=(_by_token(core.settings),))
    kept = await core.store.read(lambda tx: tx.slack_installations())
    lines = [f"{_line(one)}" for one in kept]
    return Told(
        lines=tuple(lines or ["Nobody has installed the app yet. Run: soundingboard slack link"])
    )


async def slack_remove(core: Core, given: Arguments) -> Told:
    """``workspace``: revoke its token at Slack, and forget it."""
    workspace = str(given["workspace"])
    kept = await core.store.read(lambda tx: tx.slack_installations())
    found = next((one for one in kept if one.workspace == workspace and one.token), None)
    if found is None:
        return Told(lines=(f"The app is not installed in {workspace}.",), ok=False)
    oauth = SlackOAuth(slack_settings(core.settings, core.web_url))
    try:
        revoked = await oauth.give_back(_told(found))
    finally:
        await oauth.close()
    now = core.now()
    await core.store.write(lambda tx: tx.remove_slack_installation(workspace, now))
    lines = [f"The app is removed from {workspace}: nothing is sent there any more."]
    if not revoked:
        lines.append("Slack did not confirm it. Remove the app in Slack's own settings as well.")
    return Told(lines=tuple(lines))


async def slack_doctor(core: Core, given: Arguments) -> Told:
    """For the doctor, a finding a line: "+" it is well, "-" it is to be fixed."""
    settings = slack_settings(core.settings, core.web_url)
    found = await KeptInstallations(core).known()
    here = [one for one in found if one.token]
    if not here:
        return Told(lines=("-Nobody has installed Slack's app. Run: soundingboard slack link",))
    findings: list[tuple[bool, str]] = []
    for one in here:
        findings += await check_slack(settings.by_token(one.token), core.now)
    return Told(lines=tuple(f"{'+' if good else '-'}{said}" for good, said in findings))


def _line(one: SlackInstallation) -> str:
    what = "organization" if one.organization else "workspace"
    state = f"installed {one.installed_at:%Y-%m-%d}" if one.token else "removed"
    return f"{one.workspace}  {one.name} ({what}): {state}"


def _by_token(settings: Settings) -> str:
    if settings.slack:
        return f"Slack is set up by {PREFIX}SLACK_BOT_TOKEN, for one workspace. It needs no link."
    return f"Slack is not set up. Set {PREFIX}SLACK_CLIENT_ID and {PREFIX}SLACK_CLIENT_SECRET."
