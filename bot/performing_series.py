"""The activities of surveys that repeat, in one ``match``."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from governance import commands as g
from governance import repeating, series_desk
from governance.access import Actor
from governance.messages import Done, Refused
from governance.ports import GovernanceStore
from governance.series_views import SeriesViews
from surveys.messages import Rejected


def repeat(
    store: GovernanceStore, actor: Actor, command: g.SeriesCommand, now: datetime
) -> SeriesViews | Done | Rejected | Refused:
    match command:
        case g.StartSeries():
            return series_desk.start(store, actor, command, now)
        case g.CheckSeries():
            return series_desk.check(store, actor, command, now)
        case g.ShowSeries():
            return series_desk.show(store, command, now)
        case g.PauseSeries():
            return series_desk.pause(store, actor, command, now)
        case g.ResumeSeries():
            return series_desk.resume(store, actor, command, now)
        case g.StopSeries():
            return series_desk.stop(store, actor, command, now)
        case g.MoveDate():
            return series_desk.move(store, actor, command, now)
        case g.RepeatSurvey():
            repeating.look(store, command, now)
            return Done()
        case _:
            assert_never(command)
