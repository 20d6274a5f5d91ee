"""Looking before leaping: a survey's file, the database's version, and the doctor."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.app.core import Now, bring_up_to_date, now, open_core
from bot.app.keys import exposed_files, secret_key
from bot.app.locking import AlreadyRunningError
from bot.app.settings import Settings, SettingsError
from bot.doctor.arrivals import arrivals
from bot.doctor.asking_around import Finding, ask_around
from bot.doctor.channel_watch import channel_findings
from bot.doctor.closing_findings import closing_findings
from bot.doctor.own_findings import (
    approvers_finding,
    attendance_finding,
    district_findings,
    no_district,
    platform_findings,
    process_findings,
    room_finding,
)
from bot.doctor.reading_findings import reading_finding
from bot.doctor.responder_findings import reader_findings, responder_lines
from bot.doctor.restored_findings import restored_findings, restored_here
from bot.files.district import LoadedDistrict, load_district
from bot.files.survey_yaml import load_survey, question_lines
from bot.rosters.daily_rosters import roster_findings
from bot.rosters.list_groups import list_findings
from core.text import places
from core.words import Words
from governance.announcements.model import Change
from governance.authoring.caution_wording import caution_line, small_lines
from governance.languages import base_of, lacking, language_name, texts
from storage.attending import attended
from storage.backing_up import damaged
from storage.connection import Surroundings
from storage.migrating import WrongVersionError
from storage.processes import processes
from storage.proving import prove_key
from storage.store import Store, database_file, without_password
from storage.transaction import Transaction
from storage.unavailable import UnavailableError
from storage.vault import Vault, WrongSecretError
from surveys.authoring.cautions import cautions
from surveys.survey import Survey

NO_SCHEDULE = (
    "No entry of a records schedule is named. When a survey closes, its answers are deleted, and "
    'that needs one. Add "records: {schedule: ...}" to district.yaml.'
)


def survey_lines(path: Path, folder: Path | None = None) -> tuple[list[str], bool]:
    """What is wrong in a survey's file; else what it is, what will not fit on a platform, and what
    to think about before it is asked. ``folder``: a district's, whose roster is counted."""
    survey = load_survey(path)
    if isinstance(survey, list):
        return [str(problem) for problem in survey], False
    left = [f"{path.name}: {place} is still to be filled in." for place in places(survey)]
    if left:
        return left, False
    lines = [
        f"{survey.title.default}: {len(survey.questions)} questions on {len(survey.pages)} "
        f"pages, about {survey.effort} min. Nothing to fix."
    ]
    words = Words()
    lines += [*_platform_lines(survey), *lacking(words, survey), *_cautions(words, survey, path)]
    if folder is None:
        return lines, True
    loaded = load_district(folder)
    if isinstance(loaded, list):
        return [*lines, *(str(problem) for problem in loaded)], False
    people = loaded.roster.people if loaded.roster else ()
    asked = Counter((one.role.value, one.level.value, one.building) for one in people)
    return [*lines, *small_lines(words, survey, asked, loaded.district.results)], True


def _cautions(words: Words, survey: Survey, path: Path) -> Iterator[str]:
    """What to think about, with the line of the file that it is about."""
    lines = question_lines(path)
    for caution in cautions(survey):
        place = f"{path.name}:{lines[caution.question]}: " if caution.question in lines else ""
        yield f"{place}{caution_line(words, caution)}"


def district_lines(path: Path) -> tuple[list[str], int]:
    """What is wrong in a district's folder, and how much; else what it is, and what is lawful but
    unwise in it."""
    loaded = load_district(path)
    if isinstance(loaded, list):
        return [str(problem) for problem in loaded], len(loaded)
    found = loaded.district
    staff = len(loaded.roster.people) if loaded.roster else 0
    line = (
        f"{found.name}: {len(found.committees)} committees, {len(found.buildings)} buildings, "
        f"{staff} staff, {len(loaded.surveys)} surveys, "
        f"{len(loaded.announcements)} announcements. Nothing to fix."
    )
    more = [approvers_finding(found)[1], *responder_lines(found)]
    if not found.records_schedule:
        more.append(NO_SCHEDULE)
    return [line, *more, *_roster_findings(loaded, Words())], 0


def _roster_findings(loaded: LoadedDistrict, words: Words) -> list[str]:
    """Whose language a survey or an announcement lacks."""
    own = base_of(loaded.district.locale)
    people = loaded.roster.people if loaded.roster else ()
    readers = Counter(base_of(person.locale) for person in people)
    things: list[tuple[str, Survey | Change]] = [
        *((f"survey {survey.key}", survey) for survey in loaded.surveys),
        *((f"announcement {draft.key}", draft.change) for draft in loaded.announcements),
    ]
    found = []
    for language, number in sorted(readers.items()):
        for name, thing in things if language != own else ():
            given = list(texts(thing))
            lack = sum(base_of(text.language_for(language)) != language for text in given)
            if lack:
                speak = language_name(words, language)
                found.append(
                    f"{number} people on the roster read {speak}; {name} lacks {lack} of "
                    f"{len(given)} texts in it."
                )
    return found


def _platform_lines(survey: Survey) -> Iterator[str]:
    from bot.slack.objections import objections as in_slack
    from bot.teams.objections import objections as in_teams

    words = Words()
    for platform, objections in (
        ("Slack", in_slack(survey, words)),
        ("Teams", in_teams(words, survey)),
    ):
        for objection in objections:
            yield f"{platform}: {objection}"


def upgrade_database(settings: Settings) -> None:
    """Bring a database to this version (the embedded one does so at every start)."""
    if database_file(settings.database_url) is not None:

        async def open_and_close() -> None:
            async with open_core(settings):
                pass

        asyncio.run(open_and_close())
        return
    vault = Vault(secret_key(settings, None))
    store = Store(settings.database_url, Surroundings(vault=vault))
    try:
        bring_up_to_date(store, vault, upgrades=True)
    finally:
        store.engine.dispose()


async def examine(
    settings: Settings, *, offline: bool = False, clock: Now = now
) -> tuple[list[str], bool]:
    """The doctor: one line per finding, and whether all is well. ``offline``: only this machine
    is looked at, and nobody is asked. It makes no database where there is none."""
    findings = [(True, f"Settings read; database {without_password(settings.database_url)}.")]
    running = False
    try:
        path = database_file(settings.database_url)
        if path is not None and not path.exists():
            findings.append(_no_database(settings, path))
        else:
            if path is not None:
                findings += [room_finding(path), await _whole(path)]
            findings += await _database_findings(settings, offline=offline)
    except AlreadyRunningError as already:
        running = True
        findings.append((True, f"The service is running: {already.url or 'starting'}."))
        findings += _other_key(settings, already.database)
        if already.url:
            findings += await restored_here(already.url)
        if already.url and not offline:
            findings += await arrivals(settings, already.url)
    except (
        SettingsError,
        UnavailableError,
        WrongVersionError,
        WrongSecretError,
        OSError,
    ) as error:
        findings.append((False, str(error)))
        return _told(findings)
    for exposed in exposed_files(settings):
        findings.append((False, f"{exposed} can be read by others. Run: chmod 600 {exposed}"))
    findings += platform_findings(settings)
    findings.append(reading_finding())
    if not offline:
        findings += await ask_around(settings, running=running, clock=clock)
    return _told(findings)


def _told(findings: Sequence[Finding]) -> tuple[list[str], bool]:
    return [_line(good, said) for good, said in findings], all(good for good, _ in findings)


def _no_database(settings: Settings, path: Path) -> Finding:
    """``SettingsError`` where the first start would refuse the key."""
    if settings.secret_key is not None:
        secret_key(settings, path)
    return False, f"There is no database at {path} yet. {no_district(Words())}"


async def _whole(path: Path) -> Finding:
    """``DamagedError`` where it is not: nothing else can be looked at then."""
    wrong = await asyncio.to_thread(damaged, path)
    if wrong is not None:
        raise wrong
    return True, "The database file is intact."


def _other_key(settings: Settings, path: Path) -> list[Finding]:
    """Whether these settings have another key than the database that the service has open."""
    try:
        vault = Vault(secret_key(settings, path))
        store = Store(f"sqlite:///{path}", Surroundings(vault=vault))
        try:
            prove_key(store.engine, vault)
        finally:
            store.engine.dispose()
    except (SettingsError, WrongSecretError, WrongVersionError) as error:
        return [(False, str(error))]
    return []


async def _database_findings(settings: Settings, *, offline: bool) -> list[Finding]:
    async with open_core(settings) as core:
        findings = [(True, "Database opened and at this version.")]
        findings += await core.store.read(lambda tx: list(district_findings(tx)))
        findings += await core.store.read(lambda tx: reader_findings(tx, core.now()))
        findings += await core.store.read(unsettled_findings)
        findings += await core.store.read(closing_findings)
        findings += await core.store.read(restored_findings)
        findings += await roster_findings(core)
        findings += await list_findings(core)
        if not offline:
            findings += await channel_findings(core)
            if settings.teams and settings.teams_activity_feed:
                from bot.jobs.feed_telling import feed_findings

                findings += await feed_findings(core)
        if not core.store.embedded:
            waits = await core.store.read(lambda tx: attended(tx, core.now()))
            findings.append(attendance_finding(waits))
            findings += process_findings(
                await core.store.read(lambda tx: processes(tx, core.now()))
            )
    return findings


def _line(good: bool, said: str) -> str:
    return f"{'ok  ' if good else 'FIX '}  {said}"


def unsettled_findings(tx: Transaction) -> list[Finding]:
    """Messages to committees' channels that may not have arrived: a person has to look."""
    counts = Counter(post.queue for post in tx.unsettled_posts())
    if not counts:
        return []
    where = ", ".join(f"{queue}: {count}" for queue, count in sorted(counts.items()))
    count = counts.total()
    said = f"{count} message{'' if count == 1 else 's'} to committees' channels may not have"
    fix = "Someone on the committee says on its page whether it arrived, or sends it again."
    return [(False, f"{said} arrived ({where}). {fix}")]
