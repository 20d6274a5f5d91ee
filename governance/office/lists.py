"""The office's lists: people, and entries of the audit."""

from __future__ import annotations

from datetime import datetime

from core.cards import Bullets, Entries, Facts, Line, Page, Part, Secrecy
from core.lists import Cell, Column, Filter, ListView, Row
from core.people import STAFF_ROLES, Level, Platform, Role
from core.tiles import Tone
from core.words import Words
from governance import links
from governance.labels import Labels
from governance.languages import language_name
from governance.office.model import (
    AddressLine,
    AuditKind,
    AuditLine,
    AuditView,
    Connection,
    PeopleFilter,
    PeopleView,
    PersonLine,
    PersonReach,
)
from governance.people.rosters import RosterSource

# -- people ----------------------------------------------------------------------------------------


def people_list(words: Words, view: PeopleView) -> ListView:
    say = words.say
    named = Labels(words)
    return ListView(
        columns=(
            Column(key="name", label=say("Name")),
            Column(key="role", label=say("Role")),
            Column(key="level", label=say("Level"), phone=False),
            Column(key="building", label=say("Building")),
            Column(key="chat", label=say("Reached by"), sorts=False),
            Column(key="state", label=say("State"), sorts=False, phone=False),
        ),
        title="name",
        filters=(
            Filter(key=PeopleFilter.HERE, label=say("On the roster"), always=True),
            Filter(key=PeopleFilter.NOT_IN_CHAT, label=say("Not in chat yet")),
            Filter(key=PeopleFilter.WEB, label=say("Web only")),
            *(Filter(key=one, label=named(one)) for one in Role if one in STAFF_ROLES),
            Filter(key=PeopleFilter.LEFT, label=say("Left")),
        ),
        rows=tuple(_person(words, one) for one in view.people),
        empty=say("No one is on the roster yet. Import it to begin."),
    )


def _person(words: Words, one: PersonLine) -> Row:
    return Row(
        key=str(one.id),
        cells=(
            Cell(text=one.name),
            Cell(text=role(words, one.role)),
            Cell(text=level(words, one.level)),
            Cell(text=one.building),
            Cell(text=reached_by(words, one)),
            _on_roster(words, one),
        ),
    )


def _on_roster(words: Words, one: PersonLine) -> Cell:
    if one.active:
        return Cell(text=words.say("On the roster"), tone=Tone.PLAIN)
    return Cell(text=words.say("Left"), tone=Tone.CAUTION)


def role(words: Words, one: Role) -> str:
    """The role of one person."""
    say = words.say
    return {
        Role.TEACHER: say("Teacher"),
        Role.OFFICE: say("Office professional"),
        Role.SUPPORT: say("Support staff"),
        Role.ADMINISTRATOR: say("Administrator"),
        Role.BOARD: say("Board member"),
        Role.STUDENT: say("Student"),
    }[one]


def level(words: Words, one: Level) -> str:
    say = words.say
    return {
        Level.ELEMENTARY: say("Elementary"),
        Level.MIDDLE: say("Middle"),
        Level.HIGH: say("High school"),
        Level.DISTRICT: say("District"),
    }[one]


def reached_by(words: Words, one: PersonLine) -> str:
    where = Labels(words)(one.platform)
    match one.connection:
        case Connection.CHAT:
            return where
        case Connection.NEVER:
            return words.say("{platform}, not yet", platform=where)
        case Connection.CLOSED:
            return words.say("{platform}, app removed", platform=where)
        case Connection.WEB:
            return words.say("Web")


def person_parts(words: Words, one: PersonReach) -> tuple[Part, ...]:
    """One person's reach, and what they are on."""
    say, line, here = words.say, one.line, Secrecy.SIGNED_IN
    facts = (
        (say("Email"), line.email),
        (say("Role"), role(words, line.role)),
        (say("Building"), line.building),
        (say("Language"), language_name(words, one.locale)),
        (say("Time zone"), one.timezone.replace("_", " ")),
    )
    parts: list[Part] = [Facts(pairs=facts, secrecy=here)]
    if not line.active:
        parts.append(Line(text=say("Left the roster. Nothing is sent to them."), secrecy=here))
    reach = tuple(_address(words, address) for address in one.addresses)
    parts += _titled(say("How we reach them"), reach or (_unreached(words, line),))
    if one.committees:
        names = tuple(
            say("{committee}, leads it", committee=name) if leads else name
            for name, leads in one.committees
        )
        parts += _titled(say("Committees"), names)
    if one.lists:
        parts.append(Line(text=f"{say('Lists')}:", secrecy=here))
        rows = tuple(
            (Page(label=name, path=links.named_list("", key)), "") for key, name in one.lists
        )
        parts.append(Entries(rows=rows, secrecy=here))
    return tuple(parts)


def _titled(title: str, lines: tuple[str, ...]) -> list[Part]:
    here = Secrecy.SIGNED_IN
    return [Line(text=f"{title}:", secrecy=here), Bullets(lines=lines, secrecy=here)]


def _unreached(words: Words, line: PersonLine) -> str:
    if line.platform is Platform.WEB:
        return words.say("On the web pages, and by email where mail is set up")
    where = Labels(words)(line.platform)
    return words.say("{platform}: has not opened the app yet", platform=where)


def _address(words: Words, one: AddressLine) -> str:
    platform, say = Labels(words)(one.platform), words.say
    if not one.reachable:
        return say("{platform}: removed the app, or the account is off", platform=platform)
    if one.opened:
        return say("{platform}: connected", platform=platform)
    return say("{platform}: known, but has not opened the app yet", platform=platform)


def roster_lines(words: Words, view: PeopleView) -> list[str]:
    """The state of the roster: its last import, and daily imports that changed nothing."""
    say, count = words.say, words.count
    lines = []
    if (last := view.imported) is not None:
        did = ", ".join(
            (
                count("{n} added", "{n} added", last.added),
                count("{n} changed", "{n} changed", last.changed),
                count("{n} left", "{n} left", last.left),
            )
        )
        lines.append(
            say(
                "Last changed by an import: {when}, from {source}. {did}.",
                when=words.when(last.at),
                source=source(words, last.source),
                did=did,
            )
        )
    lines += [
        say(
            "The daily import from {source} was refused on {when}: {why}",
            source=source(words, one.source),
            when=words.when(one.at),
            why=one.why,
        )
        for one in view.refused
    ]
    return lines


def source(words: Words, one: RosterSource) -> str:
    return {
        RosterSource.ONEROSTER: words.say("OneRoster files"),
        RosterSource.CSV: words.say("a CSV file"),
        RosterSource.SLACK: "Slack",
        RosterSource.GRAPH: "Microsoft Graph",
    }[one]


# -- the audit -------------------------------------------------------------------------------------


def audit_list(words: Words, view: AuditView) -> ListView:
    say = words.say
    return ListView(
        columns=(
            Column(key="when", label=say("When"), sorts=False),
            Column(key="what", label=say("What happened"), sorts=False),
            Column(key="kind", label=say("About"), sorts=False),
            Column(key="who", label=say("By"), sorts=False),
            Column(key="number", label=say("Entry"), sorts=False, number=True, phone=False),
        ),
        title="what",
        filters=(
            Filter(key="", label=say("All"), always=True),
            *(Filter(key=one, label=about(words, one)) for one in AuditKind),
        ),
        rows=tuple(_entry(words, one) for one in view.lines),
        empty=say("Nothing has been recorded yet."),
    )


def about(words: Words, kind: AuditKind) -> str:
    say = words.say
    return {
        AuditKind.SURVEYS: say("Surveys"),
        AuditKind.ANNOUNCEMENTS: say("Announcements"),
        AuditKind.RULES: say("IT rules"),
        AuditKind.CHANGES: say("Changes"),
        AuditKind.PLAN: say("Plan and reports"),
        AuditKind.PRACTICES: say("Security practices"),
        AuditKind.TRAINING: say("Training"),
        AuditKind.OPERATION: say("Roster and files"),
    }[kind]


def _entry(words: Words, one: AuditLine) -> Row:
    return Row(
        key=str(one.number),
        cells=(
            Cell(text=_when(words, one.at)),
            Cell(text=one.what[:1].upper() + one.what[1:], language="en"),
            Cell(text=about(words, one.kind)),
            Cell(text=one.by or words.say("Automatic")),
            Cell(text=words.number(one.number)),
        ),
    )


def _when(words: Words, at: datetime) -> str:
    """For a table."""
    return words.say("{day}, {time}", day=words.short_day(at), time=words.time(at))


def audit_parts(words: Words, one: AuditLine) -> tuple[Part, ...]:
    facts = (
        (words.say("When"), words.when(one.at)),
        (words.say("By"), one.by or words.say("Automatic")),
        (words.say("About"), about(words, one.kind)),
        (words.say("Entry"), words.number(one.number)),
    )
    return (Facts(pairs=facts, secrecy=Secrecy.SIGNED_IN),)


def checked_line(words: Words, view: AuditView) -> str:
    """The result of the check in words; "" where it was not asked for."""
    found = view.checked
    if found is None:
        return ""
    if found.broken_at is not None:
        return words.say(
            "The audit is broken at entry {n}. That entry is missing or was changed. The entries "
            "before it are intact.",
            n=words.number(found.broken_at),
        )
    return words.count(
        "The audit is intact. We checked {n} entry.",
        "The audit is intact. We checked all {n} entries.",
        found.lines,
    )
