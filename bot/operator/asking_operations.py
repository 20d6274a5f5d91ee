"""What the command line asks about surveys: launch one, see whom it would reach, close a wave."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bot.app.core import Core
from bot.doctor.checking import NO_SCHEDULE
from bot.files.addresses import read_addresses
from bot.files.audience_yaml import load_audience
from bot.files.launch_yaml import LaunchPlan, Once, load_launch
from bot.files.problems import Problem
from bot.files.survey_yaml import load_survey
from bot.operator.arguments import each, id_of, moment_of, share_of, zone_of
from bot.operator.series_operations import begin_series, repeat_of
from bot.operator.telling import Arguments, Told, by_operator, problems_told
from core.local_time import moment
from core.people import STAFF_ROLES, Audience, Level
from core.words import Words
from governance import wording
from governance.access import Source
from governance.authoring.caution_wording import caution_lines, small_lines
from governance.authoring.commands import ShowPlan
from governance.languages import languages
from governance.series.model import Repeat
from governance.views import PlanView
from storage.transaction import Transaction
from storage.waiting import may_draw
from surveys.commands import CheckLaunch, CloseWave, ExtendWave, LaunchSurvey, LiftHold
from surveys.survey import USUAL, Survey, WaveState
from surveys.waves.closing import end_without_results, forget_answers
from surveys.waves.sampling import Rotation, Sample, Selection, part_of


def audience_of(given: Arguments) -> Audience:
    """An audience from the command line's lists, and from files of addresses beside them."""
    people = {email.lower() for email in given.get("person") or ()}
    but = {email.lower() for email in given.get("except_person") or ()}
    for path in given.get("people_from") or ():
        people |= read_addresses(Path(path))
    for path in given.get("except_from") or ():
        but |= read_addresses(Path(path))
    return Audience(
        roles=each("roles", sorted(STAFF_ROLES), given.get("role") or ()),
        levels=each("levels", Level, given.get("level") or ()),
        buildings=frozenset(given.get("building") or ()),
        committees=frozenset(given.get("committee") or ()),
        lists=frozenset(given.get("list") or ()),
        people=frozenset(people),
        except_people=frozenset(but),
        except_committees=frozenset(given.get("except_committee") or ()),
        except_buildings=frozenset(given.get("except_building") or ()),
    )


def selection_of(given: Arguments) -> Selection | None:
    """``sample``: "500" people or a share such as "10%", ``simple`` without strata; or ``rotate``
    among so many groups."""
    sample, rotate = given.get("sample"), given.get("rotate")
    if sample and rotate:
        raise ValueError("give --sample or --rotate, not both.")
    if rotate:
        return Rotation(groups=int(rotate))
    if not sample:
        return None
    stratified, written = not given.get("simple"), str(sample).strip()
    if written.isascii() and written.isdigit():
        return Sample(people=int(written), stratified=stratified)
    share = share_of(written)
    if share is None:
        raise ValueError(f'"{sample}" is not a sample size. Write "500", or "10%".')
    return Sample(share=share, stratified=stratified)


async def survey_launch(core: Core, given: Arguments) -> Told:
    """What ``_launch_of`` reads. With ``check`` it says whom it would reach, and launches
    nothing."""
    command = await _launch_of(core, given)
    if isinstance(command, list):
        return problems_told(command)
    repeat = await _repeat_of(core, given)
    if isinstance(repeat, list):
        return problems_told(repeat)
    warned = await _warned(core, command)
    if repeat is not None:
        told = await begin_series(core, command, repeat, check=bool(given.get("check")))
    else:
        asked = CheckLaunch(launch=command) if given.get("check") else command
        told = await by_operator(core, asked)
    return Told(lines=(*warned, *told.lines), ok=told.ok)


async def _launch_of(core: Core, given: Arguments) -> LaunchSurvey | list[Problem]:
    """``path``, ``opens``, ``closes``, ``remind`` (ISO, local), an audience's lists or its
    file (``audience``), a sample or a rotation, ``continues``, ``despite_limit``, ``hold``;
    ``read``: its warnings were shown and answered."""
    survey = load_survey(Path(given["path"]))
    if isinstance(survey, list):
        return survey
    audience = load_audience(Path(given["audience"])) if given.get("audience") else None
    if isinstance(audience, list):
        return audience
    zone, now = await zone_of(core), core.now()
    if given.get("plan"):
        plan = load_launch(Path(given["plan"]), today=now.astimezone(zone).date())
        if isinstance(plan, list):
            return plan
        once = plan.when if isinstance(plan.when, Once) else Once()
        starts = moment(once.opens, zone) if once.opens else now
        usual = await _usual_closing(core, starts, zone)
        return _planned(survey, plan, given, zone, usual)
    opens = moment_of(given["opens"], zone) if given.get("opens") else None
    usual = await _usual_closing(core, opens or now, zone)
    closes = moment_of(given["closes"], zone) if given.get("closes") else usual
    return LaunchSurvey(
        wave_id=uuid4(),
        survey=survey,
        audience=audience or audience_of(given),
        opens_at=opens,
        closes_at=closes,
        reminders=tuple(moment_of(at, zone) for at in given.get("remind") or ()),
        selection=selection_of(given),
        despite_limit=given.get("despite_limit"),
        continues=id_of(given["continues"]) if given.get("continues") else None,
        hold=bool(given.get("hold")),
        read_warnings=bool(given.get("read")),
    )


async def _usual_closing(core: Core, starts: datetime, zone: ZoneInfo) -> datetime:
    """As on the web: in the afternoon of the first school day in a week."""
    from bot.web.launching.days import usual_closing

    district = await core.store.read(lambda tx: tx.loaded_district())
    return usual_closing(starts, district.calendar if district else None, str(zone))


def _planned(
    survey: Survey, plan: LaunchPlan, given: Arguments, zone: ZoneInfo, usual: datetime
) -> LaunchSurvey:
    """As a launch's file says. What repeats has its times from its dates."""
    typed = [name for name in _IN_THE_FILE if given.get(name)]
    if typed:
        raise ValueError(f"the file says that already: leave out --{typed[0].replace('_', '-')}.")
    once = plan.when if isinstance(plan.when, Once) else Once()
    opens = moment(once.opens, zone) if once.opens else None
    return LaunchSurvey(
        wave_id=uuid4(),
        survey=survey,
        audience=plan.audience,
        opens_at=opens,
        closes_at=moment(once.closes, zone) if once.closes else usual,
        reminders=tuple(moment(at, zone) for at in once.remind),
        selection=plan.selection,
        despite_limit=plan.despite_limit,
        continues=id_of(given["continues"]) if given.get("continues") else None,
        hold=plan.hold,
    )


_IN_THE_FILE = (
    *("opens", "closes", "remind", "role", "level", "building", "committee", "person"),
    *("people_from", "except_person", "except_committee", "except_building", "except_from"),
    *("audience", "sample", "simple", "rotate", "despite_limit", "hold"),
    *("repeat", "begins", "days", "until", "reminders", "skip_days_off"),
)
"""What a launch's file says: with one there are no options for it."""


async def _repeat_of(core: Core, given: Arguments) -> Repeat | list[Problem] | None:
    """On which dates; None: once."""
    today = core.now().astimezone(await zone_of(core)).date()
    if given.get("plan"):
        plan = load_launch(Path(given["plan"]), today=today)
        if isinstance(plan, list):
            return plan
        return plan.when if isinstance(plan.when, Repeat) else None
    if given.get("repeat"):
        return repeat_of(given, today)
    for name in ("begins", "days", "until", "reminders", "skip_days_off"):
        if given.get(name) is not None and given.get(name) is not False:
            raise ValueError(f"--{name.replace('_', '-')} goes with --repeat.")
    return None


async def _warned(core: Core, launch: LaunchSurvey) -> tuple[str, ...]:
    """What to think about before: questions, and groups of this audience that are too small."""
    asked = await core.store.read(lambda tx: tx.sizes_of(launch.audience))
    words = Words()
    questions = caution_lines(words, launch.survey)
    district = await core.store.read(lambda tx: tx.loaded_district())
    rules = district.results if district else USUAL
    missing = () if district is None or district.records_schedule else (NO_SCHEDULE,)
    part = part_of(launch.selection, sum(asked.values()))
    return (*questions, *small_lines(words, launch.survey, asked, rules, part), *missing)


async def association_page(core: Core, given: Arguments) -> Told:
    """What a launch reads, with ``out`` (a new HTML file) and ``locale``: what the association is
    shown before a launch."""
    from bot.web.association_pages import association_file

    locale = given.get("locale")
    if locale and locale not in dict(languages()):
        spoken = ", ".join(tag for tag, _ in languages())
        return Told(lines=(f'"{locale}" is not one of the languages: {spoken}.',), ok=False)
    launch = await _launch_of(core, given)
    if isinstance(launch, list):
        return problems_told(launch)
    reply = await core.dispatch.by_itself(ShowPlan(launch=launch), Source.OPERATOR)
    if not isinstance(reply.message, PlanView):
        raise TypeError(f"a plan was expected: {reply.message}")
    zone, out = await zone_of(core), Path(given["out"])
    reader = replace(reply.reader, timezone=str(zone), locale=locale or reply.reader.locale)
    try:
        await asyncio.to_thread(_write_new, out, association_file(reply.message, reader))
    except FileExistsError:
        return Told(lines=(f"{out} already exists; choose a new name.",), ok=False)
    wrote = f"Wrote {out}. Open it in a browser; it prints on a few pages."
    unfit = [wording.unfit(Words(), why) for why in reply.message.checked.unfit.values()]
    left = (f"It cannot be launched like this: {' '.join(unfit)}",) if unfit else ()
    return Told(lines=(wrote, *left))


def _write_new(path: Path, words: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(words)


_WAITS = (
    "This survey was open in the backup that was restored, so its results may have "
    "been seen before. New results next to them could reveal how a person answered.",
    "Did anyone see its results while it was open, even live ones? Then end it without results: "
    "soundingboard survey close {wave} --without-results",
    "If you are sure that nobody saw any: soundingboard survey close {wave} --no-result-was-seen",
)


async def survey_close(core: Core, given: Arguments) -> Told:
    """``wave``: a wave's id. ``restored``: of a wave that was open in a backup that was restored,
    whether it ends "without-results", or results were "never-seen"."""
    wave_id, word = id_of(given["wave"]), given.get("restored")
    found = await core.store.read(lambda tx: tx.wave(wave_id))
    if found is None:
        return Told(lines=(f"There is no open survey with the id {wave_id}.",), ok=False)
    waits = await core.store.read(lambda tx: tx.results_wait(wave_id))
    if waits and not word:
        return Told(lines=tuple(line.format(wave=wave_id) for line in _WAITS), ok=False)
    if word and not waits:
        said = "This survey is not on hold because of a restore. Close it without that option."
        return Told(lines=(said,), ok=False)
    if word == "without-results":
        return await _end_without_results(core, wave_id)
    if waits:
        await core.store.write(lambda tx: may_draw(tx, wave_id))
        if found.state is not WaveState.CLOSED and core.now() < found.closes_at:
            when = found.closes_at.astimezone(await zone_of(core))
            said = f"It stays open until {when:%Y-%m-%d %H:%M} and then closes like any other."
            return Told(lines=(said,))
    told = await by_operator(core, CloseWave(wave_id=wave_id))
    if not told.ok:
        return told
    if await core.store.read(lambda tx: tx.final_count(wave_id)) is None:
        said = "Closed, but without results yet: its answers are kept, and the log says why."
        return Told(lines=(said,), ok=False)
    if found.hold:
        return Told(lines=("Closed. Its answers are kept until its records hold is lifted.",))
    return Told(lines=("Closed. Its results are ready, and its answers are deleted.",))


async def _end_without_results(core: Core, wave_id: UUID) -> Told:
    def end(tx: Transaction) -> bool:
        wave = tx.wave(wave_id)
        ended = wave is not None and end_without_results(tx, wave, core.now())
        may_draw(tx, wave_id)
        return ended

    if not await core.store.write(end):
        return Told(lines=("It has its results already.",), ok=False)
    while not await core.store.write(lambda tx: forget_answers(tx, wave_id)):
        pass
    said = "Closed without results. Its answers are deleted, and its page says why it has none."
    found = await core.store.read(lambda tx: tx.wave(wave_id))
    if found is not None and found.hold:
        said = "Closed without results. Its answers are kept until its records hold is lifted."
    return Told(lines=(said,))


async def survey_lift_hold(core: Core, given: Arguments) -> Told:
    """``wave``: a wave's id."""
    wave_id = id_of(given["wave"])
    found = await core.store.read(lambda tx: tx.wave(wave_id))
    if found is None or not found.hold:
        return Told(lines=(f"No survey with the id {wave_id} is under a records hold.",), ok=False)
    told = await by_operator(core, LiftHold(wave_id=wave_id))
    closed = found.state is WaveState.CLOSED
    lifted = "The hold is lifted, and the answers are deleted." if closed else "The hold is lifted."
    return Told(lines=(lifted,)) if told.ok else told


async def survey_extend(core: Core, given: Arguments) -> Told:
    """``wave``: a wave's id; ``closes``: its new closing (ISO, local)."""
    wave_id, zone = id_of(given["wave"]), await zone_of(core)
    closes = moment_of(given["closes"], zone)
    told = await by_operator(core, ExtendWave(wave_id=wave_id, closes_at=closes))
    said = f"Closes at {closes.astimezone(zone):%Y-%m-%d %H:%M} now."
    return Told(lines=(said,)) if told.ok else told
