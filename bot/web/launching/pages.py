"""Launching a survey: the form, the page to look at before it, and the page after it.

The form is handed in again and again (``do``): "count" tells whom it reaches, "look" goes on to the
page that stands before every launch, "change" comes back from there, "launch" launches. What was
typed travels with it each time, and so does the id of the wave: a form sent twice launches once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.authoring import tables
from bot.web.forms import Form
from bot.web.launching import choosing, repeating, starting
from bot.web.launching.days import school_days, zone_name
from bot.web.launching.seen import Seen, choices, handed_in
from bot.web.launching.typed import Troubles, Typed, lines_of_strangers, read
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from bot.web.wave_pages import line_of
from governance import wording
from governance.authoring import plan_wording as plan_words
from governance.authoring.commands import ShowPlan
from governance.series.commands import CheckSeries, StartSeries
from governance.series.views import SeriesChecked, SeriesStarted
from governance.views import DeskView, PlanView
from governance.waves import reach_wording as reach_words
from surveys.authoring.cautions import cautions
from surveys.commands import CheckLaunch
from surveys.messages import LaunchChecked, Rejected, WaveLaunched
from surveys.questions import Unfit
from surveys.waves.launching import opening
from surveys.waves.sampling import part_of

CARRIED = (
    *("wave_id", "roles", "levels", "buildings", "committees", "lists", "people"),
    *("except_people", "except_committees", "except_buildings"),
    *("part", "part_number", "draw", "continues", "despite", "despite_why"),
    *("opens_at_date", "opens_at_time", "closes_at_date", "closes_at_time", "reminders"),
    *("tables", "told_to", "hold"),
    *repeating.INPUTS,
)
"""The inputs of the form, which the pages after it carry along."""

_INPUT_OF = {
    "opens_at": "opens_at_date",
    "closes_at": "closes_at_date",
    "audience": "f-audience",
    "selection": "f-part-number",
    "despite_limit": "f-despite-why",
    "tables": "f-tables",
    "people": "f-people",
    "except_people": "f-except-people",
    "continues": "f-continues",
    "reminders": "f-reminders",
    **repeating.INPUT_OF,
}


async def launch_form(visit: Visit) -> Response:
    view, reader = await choices(visit)
    now, form = visit.site.pages.now(), starting.first(view, visit.site.pages.now())
    if before := visit.request.query_params.get("continues"):
        wave = next((one for one in view.earlier if str(one.id) == before), None)
        if wave is None:
            raise TroubleError(404)
        form = starting.going_on(view, wave, now)
    typed = read(form, view, now)
    return await form_page(visit, Seen(view=view, form=form, typed=typed, reader=reader), {})


async def launch(visit: Visit) -> Response:
    seen = await handed_in(visit)
    match visit.form.one("do"):
        case "launch" if repeating.repeats(seen.form):
            return await _start(visit, seen)
        case "launch":
            return await _launch(visit, seen)
        case "count" | "change" as step:
            return await _counted(visit, seen, step)
        case _:
            return await _look(visit, seen)


async def _counted(visit: Visit, seen: Seen, step: str) -> Response:
    """Whom it reaches as far as that can be told, beside everything that does not fit."""
    if repeating.repeats(seen.form):
        start, wrong = repeating.start_of(seen, visit.site.pages.now())
        series = await _dates(visit, start)
        if not isinstance(series, SeriesChecked):
            return series
        unfit = _of_series(wrong, series) if step == "count" else {}
        return await form_page(visit, seen, unfit, _as_checked(series), (start, series))
    reply = await visit.ask(CheckLaunch(launch=seen.typed.launch))
    checked = reply.message
    if not isinstance(checked, LaunchChecked):
        return await visit.anything(checked, reply.reader)
    unfit = all_unfit(seen.typed, checked.unfit) if step == "count" else {}
    return await form_page(visit, seen, unfit, checked)


async def _look(visit: Visit, seen: Seen, *, unread: bool = False) -> Response:
    """The page before the launch: nothing is sent until the button on it is pressed."""
    launch, words = seen.typed.launch, seen.words
    dates: list[str] = []
    if repeating.repeats(seen.form):
        start, wrong = repeating.start_of(seen, visit.site.pages.now())
        series = await _dates(visit, start)
        if not isinstance(series, SeriesChecked):
            return series
        if unfit := _of_series(wrong, series):
            return await form_page(visit, seen, unfit, _as_checked(series), (start, series))
        launch = repeating.first_launch(launch, series)
        dates = repeating.told(words, start.repeat, series)
    reply = await visit.ask(ShowPlan(launch=launch))
    plan = reply.message
    if not isinstance(plan, PlanView):
        return await visit.anything(plan, reply.reader)
    if not dates and (unfit := all_unfit(seen.typed, plan.checked.unfit)):
        return await form_page(visit, seen, unfit, plan.checked)
    return await _look_page(visit, seen, plan, dates, unread=unread)


async def _look_page(
    visit: Visit, seen: Seen, plan: PlanView, dates: list[str], *, unread: bool
) -> Response:
    words = seen.words
    title = words.say("Before you launch “{title}”", title=words.text(plan.survey.title))
    why = words.say("Read them, then confirm that you did.") if unread else ""
    return await visit.page(
        "pages/launch_check.html",
        words.say("Error: {title}", title=title) if unread else title,
        seen.reader,
        status=422 if unread else 200,
        heading=title,
        at=seen.at,
        plan=plan,
        told=plan_words.Planned(plan=plan),
        reach=_reach(seen, plan.checked),
        days=school_days(words, seen.view.calendar, plan.opens_at, plan.closes_at),
        now=visit.site.pages.now(),
        dates=dates,
        carried=carried(seen.form),
        checked=_chosen(seen.form),
        why=why,
        problems=[("f-read", why)] if why else [],
    )


async def _launch(visit: Visit, seen: Seen) -> Response:
    """As it was looked at, or not at all."""
    command = seen.typed.launch
    if seen.typed.unfit or visit.form.one("checked") != _chosen(seen.form):
        return await _look(visit, seen)
    if cautions(command.survey) and not command.read_warnings:
        return await _look(visit, seen, unread=True)
    reply = await visit.ask(command)
    match reply.message:
        case WaveLaunched() as launched:
            note = _launched(visit, seen, launched)
            return visit.go(f"/desk/launched/{launched.wave_id}", note=note)
        case Rejected(unfit=unfit):
            found = await visit.ask(CheckLaunch(launch=command))
            checked = found.message if isinstance(found.message, LaunchChecked) else None
            return await form_page(
                visit, seen, {key: (why,) for key, why in unfit.items()}, checked
            )
        case message:
            return await visit.anything(message, reply.reader)


async def _start(visit: Visit, seen: Seen) -> Response:
    """What repeats, as it was looked at, or not at all."""
    start, wrong = repeating.start_of(seen, visit.site.pages.now())
    if wrong or visit.form.one("checked") != _chosen(seen.form):
        return await _look(visit, seen)
    if cautions(start.survey) and not start.read_warnings:
        return await _look(visit, seen, unread=True)
    reply = await visit.ask(start)
    match reply.message:
        case SeriesStarted(series_id=series_id, title=title):
            said = seen.words.say("“{title}” is now set to repeat.", title=seen.words.text(title))
            return visit.go(f"/desk/series/{series_id}", note=said)
        case Rejected(unfit=unfit):
            return await form_page(visit, seen, {key: (why,) for key, why in unfit.items()})
        case message:
            return await visit.anything(message, reply.reader)


async def _dates(visit: Visit, start: StartSeries) -> SeriesChecked | Response:
    """The dates of what repeats, and whom the first one would reach today."""
    reply = await visit.ask(CheckSeries(start=start))
    if isinstance(reply.message, SeriesChecked):
        return reply.message
    return await visit.anything(reply.message, reply.reader)


def _of_series(wrong: Troubles, checked: SeriesChecked) -> Troubles:
    """What does not fit in what repeats: what could not be read comes first."""
    return {**{key: (why,) for key, why in checked.unfit.items()}, **wrong}


def _as_checked(series: SeriesChecked) -> LaunchChecked:
    return LaunchChecked(reach=series.reach, held=series.held)


async def launched(visit: Visit, desk: DeskView, reader: Reader) -> Response:
    """The page after it: what stands now, and what can be done next."""
    line, words = line_of(visit, desk), visit.words(reader)
    title = words.say("Launched: {title}", title=words.text(line.wave.survey.title))
    return await visit.page("pages/launched.html", title, reader, heading=title, line=line)


def carried(form: Form) -> list[tuple[str, str]]:
    """(name, value) of everything that was typed or chosen."""
    return [(name, value) for name in CARRIED for value in form.all(name) if value]


def _chosen(form: Form) -> str:
    """So that nobody launches anything else than they looked at."""
    words = "\n".join(f"{name}={value.strip()}" for name, value in carried(form))
    return sha256(words.encode()).hexdigest()[:16]


def all_unfit(typed: Typed, found: Mapping[str, Unfit]) -> Troubles:
    """What could not be read comes first: another value stood in for it."""
    times = "closes_at" in typed.unfit or "opens_at" in typed.unfit
    of_times = ("opens_at", "closes_at", "reminders")
    later = {key: (why,) for key, why in found.items() if not (times and key in of_times)}
    return {**later, **typed.unfit}


async def form_page(
    visit: Visit,
    seen: Seen,
    unfit: Troubles,
    checked: LaunchChecked | None = None,
    repeated: tuple[StartSeries, SeriesChecked] | None = None,
) -> Response:
    """The form with everything that was typed, and what does not fit beside it."""
    words, view, form = seen.words, seen.view, seen.form
    title = words.say("Launch “{title}”", title=words.text(view.survey.title))
    opens_at = opening(seen.typed.launch, visit.site.pages.now())
    closes_at = seen.typed.launch.closes_at
    data = tables.data_of(view.survey)
    part = part_of(seen.typed.launch.selection, sum(view.sizes.values()))
    return await visit.page(
        "pages/launch.html",
        words.say("Error: {title}", title=title) if unfit else title,
        seen.reader,
        status=422 if unfit else 200,
        heading=title,
        at=seen.at,
        survey=view.survey,
        form=form,
        unfit={
            key: " ".join(map(partial(wording.unfit, words), why)) for key, why in unfit.items()
        },
        problems=[
            (_INPUT_OF.get(key, ""), wording.unfit(words, one))
            for key, why in unfit.items()
            for one in why
        ],
        reach=_reach(seen, checked) if checked else [],
        days=_days(seen, opens_at, closes_at, repeated) if checked else [],
        weeks=repeating.weeks(words),
        weekdays=repeating.days(words),
        zone=zone_name(words, view.timezone),
        buildings=choosing.buildings(view),
        committees=view.committees,
        named_lists=view.lists,
        earlier=choosing.earlier(view, words),
        rotation=choosing.rotation_to_continue(view),
        tables=tables.choices(data, words),
        notes=tables.notes(data, view.sizes, words, view.rules, part),
    )


def _days(
    seen: Seen,
    opens_at: datetime,
    closes_at: datetime,
    repeated: tuple[StartSeries, SeriesChecked] | None,
) -> list[str]:
    if repeated is not None:
        return repeating.told(seen.words, repeated[0].repeat, repeated[1])
    return school_days(seen.words, seen.view.calendar, opens_at, closes_at)


def _reach(seen: Seen, checked: LaunchChecked) -> list[str]:
    words = seen.words
    held = [wording.held(words, checked.held)] if checked.held else []
    return [*reach_words.lines(words, checked.reach), *held, *_strangers(seen)]


def _strangers(seen: Seen) -> list[str]:
    """Addresses that nobody of the staff has: said, never silently left out."""
    words = seen.words
    lines = [f"{line} ({address})" for _, line, address in lines_of_strangers(seen.form, seen.view)]
    if not lines:
        return []
    told = "; ".join(lines[:5]) + ("; …" if len(lines) > 5 else "")
    return [
        words.count(
            "{n} address of your lists is not on the staff roster: line {lines}.",
            "{n} addresses of your lists are not on the staff roster: lines {lines}.",
            len(lines),
            lines=told,
        )
    ]


def _launched(visit: Visit, seen: Seen, launched: WaveLaunched) -> str:
    words = seen.words
    if launched.again:
        return words.say(
            "“{title}” had already been launched like this. Nothing was sent twice.",
            title=words.text(launched.title),
        )
    told = {
        "title": words.text(launched.title),
        "people": words.count("{n} person", "{n} people", launched.people),
        "when": words.when(launched.closes_at),
    }
    if launched.opens_at > visit.site.pages.now():
        said = words.say(
            "“{title}” asks {people} from {opens} on and closes on {when}.",
            opens=words.when(launched.opens_at),
            **told,
        )
    else:
        said = words.say("“{title}” asks {people} now and closes on {when}.", **told)
    reach = reach_words.beside(words, launched.reach) if launched.reach else []
    held = [wording.held(words, launched.held)] if launched.held else []
    return " ".join([said, *reach, *held])
