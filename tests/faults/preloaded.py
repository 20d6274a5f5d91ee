"""What the fork server imports once, so that no life has to: Alembic, Slack's and Teams' SDKs.
What is there then is frozen for the garbage collector: a life would copy every page of it."""

from __future__ import annotations

import gc
import warnings
from importlib import import_module

from governance.reading import worker
from tests import learned_once
from tests.journeys.town import example

_NAMES = (
    "alembic.command",
    "alembic.config",
    "alembic.migration",
    "apscheduler.executors.asyncio",
    "apscheduler.triggers.cron",
    "bot.app.wiring_mail",
    "bot.app.wiring_slack",
    "bot.app.wiring_teams",
    "bot.app.wiring_worker",
    "microsoft_teams.api",
    "microsoft_teams.apps.http",
    "procrastinate.builtin_tasks",
    "procrastinate.worker",
    "prometheus_client",
    "slack_bolt.listener_matcher.async_builtins",
    "tests.attacks.conftest",
    "tests.faults.child",
    "tzdata.zoneinfo",
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Teams' SDK says that parts of it are in preview
    for _name in _NAMES:
        import_module(_name)

worker.SERVE = learned_once.SERVE
example()
gc.collect()
gc.freeze()
