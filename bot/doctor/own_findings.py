"""What the doctor finds by looking at the database and the settings alone, as sentences of the
catalogue: the command line prints them in English, the Health page in the reader's language."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.app.heartbeat import this_version
from bot.app.settings import LOOPBACK, Settings
from bot.doctor.asking_around import Finding
from bot.doctor.responder_findings import responder_findings
from core.words import Words
from governance.committees.model import OPTIONAL, District, Office
from storage.attending import Attended
from storage.processes import Process
from storage.transaction import Transaction
from storage.unavailable import free_bytes

_LITTLE = 500_000_000
"""Bytes. So much should be free, however small the database is."""

ENGLISH = Words()


def no_district(words: Words) -> str:
    """How a district is loaded."""
    return words.say(
        "Load your district's files (examples/district is a start): soundingboard district load "
        "FOLDER"
    )


def room_finding(path: Path, words: Words = ENGLISH) -> Finding:
    """A backup beside the database needs as much again, and so does the growth of a year."""
    free, size = free_bytes(path), path.stat().st_size
    room = {"free": f"{free / 1e9:.1f}", "size": f"{size / 1e6:.0f}"}
    if free >= max(_LITTLE, size):
        return True, words.say(
            "{free} GB are free on the disk of the database ({size} MB).", **room
        )
    return False, words.say(
        "Only {free} GB are free on the disk of the database ({size} MB). Make room: when it is "
        "full, nothing is saved.",
        **room,
    )


def district_findings(tx: Transaction, words: Words = ENGLISH) -> Iterator[Finding]:
    """Whether a district is loaded, and whether everybody is there whom it needs."""
    district, say = tx.loaded_district(), words.say
    if district is None:
        yield False, f"{say('No district is loaded.')} {no_district(words)}"
        return
    yield (
        True,
        words.count(
            "District {name} with {n} committee.",
            "District {name} with {n} committees.",
            len(district.committees),
            name=district.name,
        ),
    )
    yield True, _quiet(words, district)
    named = {officer.office: officer.person for officer in district.officers}
    for office in Office:
        if office not in named:
            if office not in OPTIONAL:
                yield (
                    False,
                    say(
                        "Nobody holds the office {office}. Name someone in district.yaml.",
                        office=office,
                    ),
                )
        elif not tx.holders(office):
            yield (
                False,
                say(
                    "{person} holds the office {office} but is not on the roster. Import the "
                    "roster, or name someone else in district.yaml.",
                    person=named[office],
                    office=office,
                ),
            )
    yield approvers_finding(district, words)
    yield from responder_findings(tx, district, words)


def _quiet(words: Words, district: District) -> str:
    if district.calendar is None:
        return words.say(
            'No quiet hours: district.yaml has no "calendar:". People get messages at any hour.'
        )
    last = max((holiday.last for holiday in district.calendar.holidays), default=None)
    if last is None:
        return words.say("Quiet hours are kept; no holiday is known.")
    return words.say(
        "Quiet hours are kept; holidays are known until {day}.", day=words.day(last, year=True)
    )


def approvers_finding(district: District, words: Words = ENGLISH) -> Finding:
    """Who may say yes to an urgent announcement, from the district's files alone."""
    named = district.named_for(Office.ANNOUNCEMENT_APPROVER)
    approvers = named or district.named_for(Office.ISO)
    if not approvers - district.named_for(Office.CTO):
        return False, words.say(
            "Nobody outside the CTO's office may approve an urgent announcement. Fix it in "
            'district.yaml: name one more as "announcement-approver".'
        )
    if not named:
        return True, words.say(
            "The ISO and deputies approve urgent announcements, but not their own."
        )
    return True, words.count(
        "Urgent announcements are approved by {n} person (never by the person who asked).",
        "Urgent announcements are approved by {n} people (never by the person who asked).",
        len(approvers),
    )


def attendance_finding(waits: Attended, words: Words = ENGLISH) -> Finding:
    """Whether a worker is there for what waits."""
    if waits.worker:
        return True, words.say("A worker is running: it reported within the last minute.")
    if not (waits.messages or waits.items):
        return True, words.say("No worker is running, and nothing is waiting for one.")
    return False, words.say(
        "{messages} messages wait to be sent and {items} to be read, and no worker was seen for a "
        "minute. Start one: soundingboard worker (or soundingboard run).",
        messages=words.number(waits.messages),
        items=words.number(waits.items),
    )


def process_findings(running: Sequence[Process], words: Words = ENGLISH) -> list[Finding]:
    """Whether what runs on the database does all the work, and is of this version."""
    findings: list[Finding] = []
    if running and all(one.kind == "web" for one in running):
        said = words.say(
            "Only web processes run: nothing is sent and nothing is read. Start a worker: "
            "soundingboard worker"
        )
        findings.append((False, said))
    program, tables = this_version()
    for one in running:
        if (one.version, one.tables) != (program, tables):
            said = words.say(
                "Process {pid} on {host} ({kind}) is version {version} with tables {tables}; this "
                "is {program} with {own}. Restart it with the version that is installed here.",
                pid=one.pid,
                host=one.host,
                kind=one.kind,
                version=one.version,
                tables=one.tables,
                program=program,
                own=tables,
            )
            findings.append((False, said))
    if running and not findings:
        named = ", ".join(
            words.say("{kind} {pid} on {host}", kind=one.kind, pid=one.pid, host=one.host)
            for one in running
        )
        findings.append(
            (True, words.say("Every process is of this version: {processes}.", processes=named))
        )
    return findings


def platform_findings(settings: Settings, words: Words = ENGLISH) -> Iterator[Finding]:
    """Whether people can be reached, by what is set up."""
    say = words.say
    if settings.slack:
        yield True, say("Slack is set up ({address}).", address=settings.slack_api_url)
    if settings.mail:
        yield from _mail_findings(settings, words)
    if settings.openid and not settings.web_url:
        yield (
            False,
            say(
                "The district's sign-in service would send people back to this machine only. Set "
                "SOUNDINGBOARD_WEB_URL to the public address."
            ),
        )
    if settings.llm_url:
        yield (
            True,
            say(
                "A language model may suggest committees to triage: it gets redacted words, and "
                "only those that the reader is not sure of ({address}).",
                address=settings.llm_url,
            ),
        )
        if settings.llm_url.startswith("http://"):
            yield (
                True,
                say("What it gets crosses the network unencrypted: its address is http."),
            )
    if settings.teams:
        there = importlib.util.find_spec("microsoft_teams") is not None
        missing = say("Teams' libraries are missing. Run in the checkout: pip install '.[teams]'")
        yield there, say("Teams is set up.") if there else missing
    if not (settings.slack or settings.teams or settings.mail):
        yield (
            False,
            say(
                "Nobody can be reached who is not signed in: neither a chat platform nor mail is "
                "set up. An urgent message waits on the responders' Home until one of them opens "
                "it. Set up Slack, Teams or mail."
            ),
        )
    if settings.web_url.startswith("http://") and settings.host not in ("127.0.0.1", "::1"):
        yield (
            False,
            say("SOUNDINGBOARD_WEB_URL is http: put TLS in front and give the https address."),
        )


def _mail_findings(settings: Settings, words: Words) -> Iterator[Finding]:
    if not settings.web_url:
        yield (
            False,
            words.say(
                "Mails would lead to this machine only. Set SOUNDINGBOARD_WEB_URL to the public "
                "address."
            ),
        )
    if settings.mail_security == "none" and settings.smtp_host not in LOOPBACK:
        yield (
            True,
            words.say("Mail crosses the network unencrypted, as SOUNDINGBOARD_SMTP_SECURITY says."),
        )
    if not (settings.slack or settings.teams):
        yield (
            True,
            words.say(
                "No chat platform is set up: the web pages serve everyone, and mails tell people."
            ),
        )
