"""What the service says of a launch so far: whom it reaches, its plan, and what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from bot.web.launching import repeating
from bot.web.launching.seen import Seen
from bot.web.launching.typed import Troubles, Typed
from bot.web.visiting import Visit
from governance.authoring.commands import ShowPlan
from governance.series.commands import CheckSeries, StartSeries
from governance.series.views import SeriesChecked
from governance.views import PlanView
from surveys.commands import CheckLaunch
from surveys.messages import LaunchChecked
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What the service says of a launch so far. ``dates``: of one that repeats."""

    checked: LaunchChecked
    unfit: Troubles
    dates: list[str] | None = None
    series: SeriesChecked | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The whole plan of a launch, and what does not fit in it."""

    plan: PlanView
    looked: Looked
    unfit: Troubles


async def look(visit: Visit, seen: Seen) -> Looked | Response:
    """Whom it reaches as far as that can be told, and everything that does not fit."""
    if repeating.repeats(seen.form):
        start, wrong = repeating.start_of(seen, visit.site.pages.now())
        series = await _dates(visit, start)
        if not isinstance(series, SeriesChecked):
            return series
        return _repeated(seen, start, wrong, series)
    reply = await visit.ask(CheckLaunch(launch=seen.typed.launch))
    checked = reply.message
    if not isinstance(checked, LaunchChecked):
        return await visit.anything(checked, reply.reader)
    return Looked(checked=checked, unfit=all_unfit(seen.typed, checked.unfit))


def _repeated(seen: Seen, start: StartSeries, wrong: Troubles, series: SeriesChecked) -> Looked:
    """What does not fit in what repeats: what could not be read comes first."""
    return Looked(
        checked=LaunchChecked(reach=series.reach, held=series.held),
        unfit={**{key: (why,) for key, why in series.unfit.items()}, **wrong},
        dates=repeating.told(seen.words, start.repeat, series),
        series=series,
    )


async def planned(visit: Visit, seen: Seen) -> Plan | Response:
    """The whole plan of a launch; of what repeats, that of its first date."""
    launch, looked = seen.typed.launch, None
    if repeating.repeats(seen.form):
        found = await look(visit, seen)
        if not isinstance(found, Looked):
            return found
        looked = found
        if found.series and not found.unfit:
            launch = repeating.first_launch(launch, found.series)
    reply = await visit.ask(ShowPlan(launch=launch))
    plan = reply.message
    if not isinstance(plan, PlanView):
        return await visit.anything(plan, reply.reader)
    if looked is None:
        unfit = all_unfit(seen.typed, plan.checked.unfit)
        looked = Looked(checked=plan.checked, unfit=unfit)
    return Plan(plan=plan, looked=looked, unfit=looked.unfit)


async def _dates(visit: Visit, start: StartSeries) -> SeriesChecked | Response:
    """The dates of what repeats, and whom the first one would reach today."""
    reply = await visit.ask(CheckSeries(start=start))
    if isinstance(reply.message, SeriesChecked):
        return reply.message
    return await visit.anything(reply.message, reply.reader)


def all_unfit(typed: Typed, found: Mapping[str, Unfit]) -> Troubles:
    """What could not be read comes first: another value stood in for it."""
    times = "closes_at" in typed.unfit or "opens_at" in typed.unfit
    of_times = ("opens_at", "closes_at", "reminders")
    later = {key: (why,) for key, why in found.items() if not (times and key in of_times)}
    return {**later, **typed.unfit}
