"""Looking before leaping: a survey's file, the database's version, and the doctor."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

from bot.core import open_core
from bot.files.survey_yaml import load_survey
from bot.locking import AlreadyRunningError
from bot.settings import Settings, SettingsError, exposed_files, secret_key
from bot.words import Words
from governance.committees import Office
from storage import migrating
from storage.attending import Attended, attended
from storage.connection import Surroundings
from storage.migrating import WrongVersionError
from storage.store import Store, database_file, without_password
from storage.transaction import Transaction
from storage.vault import Vault, WrongSecretError
from surveys.survey import Survey


def survey_lines(path: Path) -> tuple[list[str], bool]:
    """What is wrong in a survey's file; else what it is, and what will not fit on a platform."""
    survey = load_survey(path)
    if isinstance(survey, list):
        return [str(problem) for problem in survey], False
    lines = [
        f"{survey.title.default}: {len(survey.questions)} questions on {len(survey.pages)} "
        f"pages, about {survey.minutes} min. Nothing to mend."
    ]
    return [*lines, *_platform_lines(survey)], True


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
        import asyncio

        async def open_and_close() -> None:
            async with open_core(settings):
                pass

        asyncio.run(open_and_close())
        return
    vault = Vault(secret_key(settings, None))
    store = Store(settings.database_url, Surroundings(vault=vault))
    migrating.upgrade(store.engine)
    store.engine.dispose()


async def examine(settings: Settings) -> tuple[list[str], bool]:
    """The doctor: one line per finding, and whether all is well."""
    lines, ok = (
        [_line(True, f"Settings read; database {without_password(settings.database_url)}.")],
        True,
    )
    try:
        async with open_core(settings) as core:
            lines.append(_line(True, "Database opened and at this version."))
            for good, said in await core.store.read(lambda tx: list(_district_findings(tx))):
                ok = ok and good
                lines.append(_line(good, said))
            if not core.store.embedded:
                waits = await core.store.read(lambda tx: attended(tx, core.now()))
                good, said = _attendance(waits)
                ok = ok and good
                lines.append(_line(good, said))
    except AlreadyRunningError as running:
        lines.append(_line(True, f"The service is running: {running.url or 'starting'}."))
    except (SettingsError, WrongVersionError, WrongSecretError, OSError) as error:
        return [*lines, _line(False, str(error))], False
    for exposed in exposed_files(settings):
        ok = False
        lines.append(_line(False, f"{exposed} can be read by others. Run: chmod 600 {exposed}"))
    for good, said in _platform_findings(settings):
        ok = ok and good
        lines.append(_line(good, said))
    return lines, ok


def _line(good: bool, said: str) -> str:
    return f"{'ok  ' if good else 'MEND'}  {said}"


def _district_findings(tx: Transaction) -> Iterator[tuple[bool, str]]:
    district = tx.loaded_district()
    if district is None:
        yield False, "No district is loaded. Run: soundingboard district load PATH"
        return
    yield True, f"District {district.name} with {len(district.committees)} committees."
    if district.calendar is None:
        yield True, 'No quiet hours: district.yaml has no "calendar:". People hear at any hour.'
    else:
        last = max((holiday.last for holiday in district.calendar.holidays), default=None)
        until = f"; holidays are known until {last}" if last else "; no holiday is known"
        yield True, f"Quiet hours are kept{until}."
    named = {officer.office: officer.person for officer in district.officers}
    for office in Office:
        if office not in named:
            yield False, f"Nobody holds the office {office}. Name somebody in district.yaml."
        elif not tx.holders(office):
            said = f"{named[office]} holds the office {office} but is not in the roster."
            yield False, f"{said} Import the roster, or name somebody else in district.yaml."


def _attendance(waits: Attended) -> tuple[bool, str]:
    if waits.worker:
        return True, "A worker is there: it gave a sign of life within the last minute."
    if not (waits.messages or waits.items):
        return True, "No worker is there, and nothing waits for one."
    return False, (
        f"{waits.messages} messages wait to be sent and {waits.items} to be read, and no worker "
        "was seen for a minute. Start one: soundingboard worker (or soundingboard run)."
    )


def _platform_findings(settings: Settings) -> Iterator[tuple[bool, str]]:
    if settings.slack:
        yield True, f"Slack is set up ({settings.slack_api_url})."
    if settings.teams:
        there = importlib.util.find_spec("microsoft_teams") is not None
        yield (
            there,
            (
                "Teams is set up."
                if there
                else "Teams' libraries are missing. Run: pip install 'soundingboard[teams]'"
            ),
        )
    if not (settings.slack or settings.teams):
        yield True, "No chat platform is set up: the web pages serve everybody."
    if settings.web_url.startswith("http://") and settings.host not in ("127.0.0.1", "::1"):
        yield False, "SOUNDINGBOARD_WEB_URL is http: put TLS in front and give the https address."
