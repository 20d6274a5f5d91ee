"""Launching a survey in three steps: whom it asks, when, and one more look before the launch.

The form is handed in again and again (``do``): "count" tells whom it reaches so far, "whom",
"when" and "look" lead to a step, "launch" launches. What was typed travels with it each time, and
so does the id of the wave: a form sent twice launches once. It is kept as a draft as well, so each
step has an address that can be opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256

from starlette.responses import Response

from bot.web.authoring import tables
from bot.web.launching import (
    approving,
    choosing,
    drafts,
    launched_pages,
    repeating,
    starting,
    summary,
)
from bot.web.launching.days import school_days, zone_name
from bot.web.launching.looking import Looked, Plan, look, planned
from bot.web.launching.seen import Seen, choices, handed_in
from bot.web.launching.steps import INPUTS, Step, carried, first_of, of_trouble, shown
from bot.web.launching.typed import Troubles, audience_of, read
from bot.web.troubles import TroubleError
from bot.web.unsent import FIELD
from bot.web.visiting import Visit
from governance import wording
from governance.announcements import urgent_wording as urgent_words
from governance.authoring import plan_wording as plan_words
from governance.second_person import wording as approval
from governance.second_person.messages import SecondForm
from governance.series.views import SeriesStarted
from governance.views import PlanView
from surveys.authoring.cautions import cautions
from surveys.messages import Rejected, WaveLaunched
from surveys.questions import Unfit
from surveys.waves.sampling import part_of

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
    "everyone": "f-everyone",
    **repeating.INPUT_OF,
}


async def launch_form(visit: Visit) -> Response:
    """A step of a launch. Without a draft there is only the first one."""
    asked = visit.request.query_params
    at = f"/desk/launch/{visit.path('survey')}"
    before = asked.get("continues")
    draft = None if before else await drafts.kept(visit, at)
    seen = await _drafted(visit, draft) if draft else None
    step = next((one for one in Step if one == asked.get("step")), None)
    if seen is None:
        if step is not None and not before:
            return visit.go(at)
        return await _step_page(visit, await _fresh(visit, before), Step.WHOM, {})
    if step is Step.CHECK:
        return await _check(visit, seen)
    since = draft if step is None else None
    return await _step_page(visit, seen, step or Step.WHOM, {}, draft=since)


async def launch(visit: Visit) -> Response:
    seen = await handed_in(visit)
    match visit.form.one("do"):
        case "launch" if repeating.repeats(seen.form):
            return await _start(visit, seen)
        case "launch":
            return await _launch(visit, seen)
        case "count":
            here = Step.WHEN if visit.form.one("step") == Step.WHEN else Step.WHOM
            return await _on(visit, seen, here, validated=here, at="#reach-told")
        case "when":
            return await _on(visit, seen, Step.WHEN, validated=Step.WHOM)
        case "whom" | "change":
            return await _on(visit, seen, Step.WHOM)
        case _:
            return await _on_to_check(visit, seen)


# -- from one step to another ----------------------------------------------------------------------


async def _fresh(visit: Visit, before: str | None) -> Seen:
    """A launch in which nothing was chosen yet, or one that goes on with an earlier run."""
    view, reader = await choices(visit)
    now = visit.site.pages.now()
    form = starting.first(view, now)
    if before:
        wave = next((one for one in view.earlier if str(one.id) == before), None)
        if wave is None:
            raise TroubleError(404)
        form = starting.going_on(view, wave, now)
    return Seen(view=view, form=form, typed=read(form, view, now), reader=reader)


async def _drafted(visit: Visit, draft: drafts.Draft) -> Seen | None:
    """A draft as it was left; None where it was no form of ours."""
    try:
        audience = audience_of(draft.form)
        draft.form.uuid("wave_id")
    except TroubleError:
        return None
    view, reader = await choices(visit, audience)
    typed = read(draft.form, view, visit.site.pages.now())
    return Seen(view=view, form=draft.form, typed=typed, reader=reader)


async def _on(
    visit: Visit, seen: Seen, to: Step, *, validated: Step | None = None, at: str = ""
) -> Response:
    """Keep what was typed, and go to a step; back to one of whose inputs some do not fit."""
    looked: Looked | None = None
    if validated:
        found = await look(visit, seen)
        if not isinstance(found, Looked):
            return found
        looked = found
        wrong = {key: why for key, why in looked.unfit.items() if of_trouble(key) is validated}
        if wrong:
            await drafts.keep(visit, seen)
            return await _step_page(visit, seen, validated, wrong, looked)
    if await drafts.keep(visit, seen):
        return visit.go(f"{seen.at}?step={to}{at}")
    return await _step_page(visit, seen, to, {}, looked)


async def _on_to_check(visit: Visit, seen: Seen) -> Response:
    plan = await planned(visit, seen)
    if not isinstance(plan, Plan):
        return plan
    kept = await drafts.keep(visit, seen)
    if kept and not plan.unfit:
        return visit.go(f"{seen.at}?step={Step.CHECK}")
    return await _plan_page(visit, seen, plan)


async def _check(visit: Visit, seen: Seen, *, why: str = "") -> Response:
    """The page before the launch: nothing is sent until the button on it is pressed."""
    plan = await planned(visit, seen)
    if not isinstance(plan, Plan):
        return plan
    return await _plan_page(visit, seen, plan, why=why)


async def _plan_page(visit: Visit, seen: Seen, plan: Plan, *, why: str = "") -> Response:
    if plan.unfit and (step := first_of(plan.unfit)) is not Step.CHECK:
        return await _step_page(visit, seen, step, plan.unfit, plan.looked)
    return await _check_page(visit, seen, plan, why=why)


async def form_page(visit: Visit, seen: Seen, unfit: Troubles, plan: PlanView) -> Response:
    """The step on which something does not fit, with everything that was typed."""
    looked = Looked(checked=plan.checked, unfit=unfit)
    return await _plan_page(visit, seen, Plan(plan=plan, looked=looked, unfit=unfit))


# -- the launch ------------------------------------------------------------------------------------


async def _launch(visit: Visit, seen: Seen) -> Response:
    """As it was looked at, or not at all."""
    command = seen.typed.launch
    if seen.typed.unfit or visit.form.one("checked") != _chosen(seen):
        return await _changed(visit, seen)
    if cautions(command.survey) and not command.read_warnings:
        return await _check(visit, seen, why=_unread(seen))
    reply = await visit.ask(command)
    match reply.message:
        case WaveLaunched() as launched:
            note = launched_pages.note(visit, seen, launched)
            return visit.go(f"/desk/launched/{launched.wave_id}", note=note)
        case Rejected(unfit=unfit):
            return await _refused(visit, seen, unfit)
        case SecondForm() as held:
            again = partial(_refused, visit, seen)
            return await approving.asked(visit, held, reply.reader, again)
        case message:
            return await visit.anything(message, reply.reader)


async def _start(visit: Visit, seen: Seen) -> Response:
    """What repeats, as it was looked at, or not at all."""
    start, wrong = repeating.start_of(seen, visit.site.pages.now())
    if wrong or visit.form.one("checked") != _chosen(seen):
        return await _changed(visit, seen)
    if cautions(start.survey) and not start.read_warnings:
        return await _check(visit, seen, why=_unread(seen))
    reply = await visit.ask(start)
    match reply.message:
        case SeriesStarted(series_id=series_id, title=title):
            said = seen.words.say("“{title}” is now set to repeat.", title=seen.words.text(title))
            return visit.go(f"/desk/series/{series_id}", note=said)
        case Rejected(unfit=unfit):
            return await _refused(visit, seen, unfit)
        case SecondForm() as held:
            again = partial(_refused, visit, seen)
            return await approving.asked(visit, held, reply.reader, again)
        case message:
            return await visit.anything(message, reply.reader)


async def _changed(visit: Visit, seen: Seen) -> Response:
    """The page before the launch once more, for what its reader has not seen so far."""
    await drafts.keep(visit, seen)
    plan = await planned(visit, seen)
    if not isinstance(plan, Plan):
        return plan
    if plan.unfit:
        return await _plan_page(visit, seen, plan)
    return await _check_page(visit, seen, plan, changed=bool(visit.form.one("checked")))


async def _refused(visit: Visit, seen: Seen, unfit: Mapping[str, Unfit]) -> Response:
    """What the launch itself does not take, on the step where it is put right."""
    await drafts.keep(visit, seen)
    wrong: Troubles = {key: (why,) for key, why in unfit.items()}
    if (step := first_of(wrong)) is Step.CHECK:
        plan = await planned(visit, seen)
        if not isinstance(plan, Plan):
            return plan
        return await _check_page(visit, seen, replace(plan, unfit=wrong))
    return await _step_page(visit, seen, step, wrong)


def _unread(seen: Seen) -> str:
    return seen.words.say("Read them, then confirm that you did.")


def _chosen(seen: Seen) -> str:
    """So that nobody launches anything else than they looked at."""
    words = "\n".join(f"{name}={value.strip()}" for name, value in carried(seen.form))
    return sha256(words.encode()).hexdigest()[:16]


# -- the pages -------------------------------------------------------------------------------------


async def _step_page(
    visit: Visit,
    seen: Seen,
    step: Step,
    unfit: Troubles,
    looked: Looked | None = None,
    *,
    draft: drafts.Draft | None = None,
) -> Response:
    """Whom or when, with everything that was typed, and what does not fit beside it."""
    if step is Step.CHECK:
        return await _check(visit, seen)
    if looked is None:
        found = await look(visit, seen)
        if not isinstance(found, Looked):
            return found
        looked = found
    words, view = seen.words, seen.view
    return await _page(
        visit,
        seen,
        step,
        unfit,
        draft_at=draft.at if draft else None,
        discards=FIELD,
        standing=drafts.standing(seen.at).written,
        summary=summary.parts(seen, looked.checked, looked.dates, visit.site.pages.now()),
        weeks=repeating.weeks(words),
        weekdays=repeating.days(words),
        zone=zone_name(words, view.timezone),
        buildings=choosing.buildings(view),
        earlier=choosing.earlier(view, words),
        rotation=choosing.rotation_to_continue(view) if step is Step.WHOM else None,
        survey=view.survey,
    )


async def _check_page(
    visit: Visit, seen: Seen, plan: Plan, *, why: str = "", changed: bool = False
) -> Response:
    words, view = seen.words, plan.plan
    unread = [("f-read", why)] if why else []
    return await _page(
        visit,
        seen,
        Step.CHECK,
        plan.unfit,
        more=unread,
        standing=drafts.standing(seen.at).written,
        plan=view,
        approves=approval.first(words, view.second),
        launches=approval.label(words, view.second, words.say("Launch it")),
        confirms=urgent_words.everyone_label(words) if view.second and view.second.everyone else "",
        told=plan_words.Planned(plan=view),
        reach=summary.reach(seen, plan.looked.checked),
        days=school_days(words, seen.view.calendar, view.opens_at, view.closes_at),
        now=visit.site.pages.now(),
        dates=plan.looked.dates or [],
        checked=_chosen(seen),
        why_read=why,
        changed=changed,
    )


async def _page(
    visit: Visit,
    seen: Seen,
    step: Step,
    unfit: Troubles,
    /,
    *,
    more: list[tuple[str, str]] | None = None,
    **context: object,
) -> Response:
    words, view = seen.words, seen.view
    title = words.say("Launch “{title}”", title=words.text(view.survey.title))
    problems = [
        (_INPUT_OF.get(key, ""), wording.unfit(words, one))
        for key, why in unfit.items()
        for one in why
    ]
    problems += more or []
    data = tables.data_of(view.survey)
    part = part_of(seen.typed.launch.selection, sum(view.sizes.values()))
    return await visit.page(
        "pages/launch.html",
        words.say("Error: {title}", title=title) if problems else title,
        seen.reader,
        step=step.value,
        status=422 if problems else 200,
        heading=title,
        at=seen.at,
        form=seen.form,
        steps_shown=shown(words, step),
        carried=carried(seen.form, INPUTS[step]),
        unfit={
            key: " ".join(map(partial(wording.unfit, words), why)) for key, why in unfit.items()
        },
        problems=problems,
        committees=view.committees,
        named_lists=view.lists,
        tables=tables.choices(data, words),
        notes=tables.notes(data, view.sizes, words, view.rules, part),
        **context,  # type: ignore[arg-type]  # names of a page's own, none of them a parameter
    )
