"""Where Slack's app is installed, with its tokens: only the vault can read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import and_, select, update

from core.people import Platform
from storage.events import Events
from storage.tables import address, slack_installation

_PURPOSE = "slack"


@dataclass(frozen=True, kw_only=True)
class SlackInstallation:
    """A workspace (T…), or an organization (E…), with its bot's token.

    ``token`` empty: it was removed there. ``enterprise`` is the organization that a workspace
    belongs to, where it does. ``id`` is another with each installation.
    """

    id: UUID
    workspace: str
    enterprise: str
    organization: bool
    name: str
    token: str = field(repr=False)
    installed_at: datetime


class SlackInstallations(Events):
    """Slack's installations inside one transaction."""

    def slack_installations(self) -> Sequence[SlackInstallation]:
        """All that ever were, the first one first. ``WrongSecretError``."""
        rows = self.connection.execute(
            select(slack_installation).order_by(
                slack_installation.c.installed_at, slack_installation.c.workspace
            )
        )
        return [
            SlackInstallation(
                id=row.id,
                workspace=row.workspace,
                enterprise=row.enterprise,
                organization=row.organization,
                name=row.name,
                token=self.vault.decrypt(_PURPOSE, row.id, row.encrypted).decode()
                if row.encrypted
                else "",
                installed_at=row.installed_at,
            )
            for row in rows
        ]

    def keep_slack_installation(
        self,
        *,
        workspace: str,
        enterprise: str,
        organization: bool,
        name: str,
        token: str,
        now: datetime,
    ) -> None:
        """A workspace installed the app: in the place of what it had before."""
        new = uuid4()
        row = {
            "workspace": workspace,
            "id": new,
            "enterprise": enterprise,
            "organization": organization,
            "name": name[:200],
            "encrypted": self.vault.encrypt(_PURPOSE, new, token.encode()),
            "installed_at": now,
        }
        self.put(slack_installation, row, ("workspace",))
        self.audit(None, f"Slack app installed: {workspace}", new, now)

    def remove_slack_installation(
        self, workspace: str, now: datetime, *, installed_before: datetime | None = None
    ) -> bool:
        """Forget a workspace's token. False: there is none, or only one that was installed after
        ``installed_before``. People who can be reached elsewhere in Slack are written to there."""
        here = and_(
            slack_installation.c.workspace == workspace,
            slack_installation.c.encrypted.is_not(None),
        )
        if installed_before is not None:
            here = and_(here, slack_installation.c.installed_at <= installed_before)
        gone = self.connection.execute(
            update(slack_installation).where(here).values(encrypted=None)
        ).rowcount
        if not gone:
            return False
        self._write_elsewhere(workspace)
        self.audit(None, f"Slack app removed: {workspace}", None, now)
        return True

    def _write_elsewhere(self, workspace: str) -> None:
        other = address.alias("other")
        elsewhere = (
            select(other.c.person_id)
            .where(
                other.c.person_id == address.c.person_id,
                other.c.platform == Platform.SLACK,
                other.c.workspace != workspace,
                other.c.reachable,
            )
            .exists()
        )
        self.connection.execute(
            update(address)
            .where(
                address.c.platform == Platform.SLACK, address.c.workspace == workspace, elsewhere
            )
            .values(reachable=False)
        )
