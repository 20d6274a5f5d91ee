"""What the fork server imports once, so that no life has to: Alembic, Slack's and Teams' SDKs."""

from __future__ import annotations

import warnings

import alembic.command
import alembic.runtime.migration  # noqa: F401

import bot.wiring_mail
import bot.wiring_slack
import bot.wiring_teams
import bot.wiring_worker  # noqa: F401
import tests.attacks.conftest
import tests.faults.child  # noqa: F401
from tests.journeys.town import example

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says that parts of it are in preview
    import microsoft_teams.api
    import microsoft_teams.apps
    import microsoft_teams.apps.http  # noqa: F401

example()
