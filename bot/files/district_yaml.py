"""district.yaml: who the district is, whom the bot names, and who holds which office."""

from __future__ import annotations

import re
import zoneinfo

from bot.files.asking_limit_yaml import read_asking_limit
from bot.files.calendar_yaml import read_calendar, read_hours
from bot.files.fields import LOCALE, Entry
from bot.files.problems import did_you_mean
from core.people import Platform
from governance.committees.model import (
    ANSWER_WITHIN,
    OPTIONAL,
    AnnouncementSettings,
    Channel,
    District,
    Office,
    Officer,
    RuleSettings,
)
from surveys.survey import SCORES_FROM, USUAL, Rules

DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
ACCENT = re.compile(r"#[0-9a-fA-F]{6}")
CONTACTS = (
    "help-desk",
    "human-resources",
    "title-ix",
    "association",
    "security",
    "privacy",
    "safety",
)
RESPONDERS = frozenset(
    {Office.RESPONDER_SAFETY, Office.RESPONDER_SECURITY, Office.RESPONDER_PRIVACY}
)
LONGEST_WAIT = 240
"""Minutes. Who is called when something is urgent answers within hours, not days."""

LEAST_EPSILON, MOST_EPSILON = 1, 2
"""Of one answer. With less, most figures would be noise; with more, attacks were not tried."""

LARGEST_LEAST = 100
"""People in the smallest group that is shown: with more, most districts would see nothing."""

MOST_DAYS = 180
MOST_PEOPLE = 1_000_000
"""Longest that staff can comment on a rule, or have to acknowledge it."""

READABLE = 4.5
"""Least contrast of text with its ground (WCAG 2.2, 1.4.3, level AA)."""


def read_locale(entry: Entry) -> str:
    """First of all: the texts of every file are in it unless they say otherwise."""
    locale = entry.string("locale", required=False, default="en")
    if not LOCALE.fullmatch(locale):
        entry.wrong(
            "locale", f'"{locale}" is not a language.', 'Use a tag such as "en" or "es-MX".'
        )
        return "en"
    return locale


def read_district(entry: Entry) -> District:
    """What district.yaml says; buildings, components and committees come from their own files."""
    entry.only(
        "key",
        "name",
        "timezone",
        "locale",
        "accent",
        "platform",
        "student_email_domains",
        "contacts",
        "triage_channels",
        "officers",
        "calendar",
        "asking_limit",
        "records",
        "results",
        "rules",
        "announcements",
    )
    return District(
        key=entry.key(),
        name=entry.string("name", longest=80),
        timezone=_timezone(entry),
        locale=read_locale(entry),
        accent=_accent(entry),
        platform=entry.member("platform", Platform, Platform.WEB),
        student_email_domains=_domains(entry),
        contacts=_contacts(entry),
        triage_channels=read_channels(entry, "triage_channels"),
        officers=_officers(entry),
        calendar=read_calendar(entry),
        asking_limit=read_asking_limit(entry),
        records_schedule=_records_schedule(entry),
        results=_results(entry),
        rules=_rules(entry),
        announcements=_announcements(entry),
    )


def read_channels(entry: Entry, name: str) -> tuple[Channel, ...]:
    """None at all is fine: then the queue's own page is where it is told."""
    channels = []
    for channel in entry.entries(name, "channel"):
        channel.only("platform", "workspace", "conversation", "team")
        channels.append(
            Channel(
                platform=channel.member("platform", Platform, Platform.WEB, required=True),
                workspace=channel.string("workspace", required=False),
                conversation=channel.string("conversation"),
                team=channel.string("team", required=False),
            )
        )
    return tuple(channels)


def _records_schedule(entry: Entry) -> str:
    if entry.value("records", required=False) is None:
        return ""
    found = entry.entry("records")
    if found is None:
        return ""
    records = found.called("the records")
    records.only("schedule")
    return records.string("schedule", longest=80)


def _results(entry: Entry) -> Rules:
    """Left out, the usual ones."""
    if entry.value("results", required=False) is None:
        return USUAL
    found = entry.entry("results")
    if found is None:
        return USUAL
    results = found.called("what results may reveal")
    results.only("epsilon", "smallest_group")
    epsilon = results.decimal("epsilon")
    if epsilon is not None and not LEAST_EPSILON <= epsilon <= MOST_EPSILON:
        message = f'"epsilon" of what results may reveal is "{epsilon:g}".'
        fix = f"Use a number from {LEAST_EPSILON} to {MOST_EPSILON}, such as 1.5."
        results.wrong("epsilon", message, fix)
    return Rules(
        epsilon=USUAL.epsilon if epsilon is None else epsilon,
        smallest_group=results.whole("smallest_group", least=SCORES_FROM, most=LARGEST_LEAST)
        or USUAL.smallest_group,
    )


def _rules(entry: Entry) -> RuleSettings:
    """Left out, the usual ones."""
    usual = RuleSettings()
    if entry.value("rules", required=False) is None or (found := entry.entry("rules")) is None:
        return usual
    rules = found.called("the settings for IT rules")
    rules.only("comment_days", "public", "acknowledge_days", "new_staff_days")

    def days(name: str, default: int) -> int:
        return rules.whole(name, least=1, most=MOST_DAYS) or default

    return RuleSettings(
        comment_days=days("comment_days", usual.comment_days),
        public=rules.flag("public", default=usual.public),
        acknowledge_days=days("acknowledge_days", usual.acknowledge_days),
        new_staff_days=days("new_staff_days", usual.new_staff_days),
    )


def _announcements(entry: Entry) -> AnnouncementSettings:
    """Left out, the usual ones."""
    usual = AnnouncementSettings()
    if entry.value("announcements", required=False) is None:
        return usual
    if (found := entry.entry("announcements")) is None:
        return usual
    settings = found.called("the settings of announcements")
    settings.only("approve_above")
    above = settings.whole("approve_above", least=1, most=MOST_PEOPLE)
    return AnnouncementSettings(approve_above=above or usual.approve_above)


def _timezone(entry: Entry) -> str:
    name = entry.string("timezone")
    try:
        if name:
            zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        meant = did_you_mean(name, {z.lower() for z in zoneinfo.available_timezones()})
        exact = next((z for z in zoneinfo.available_timezones() if z.lower() == meant), None)
        fix = f'Did you mean "{exact}"?' if exact else 'Use a name such as "America/Chicago".'
        entry.wrong("timezone", f'There is no time zone "{name}".', fix)
    return name


def _accent(entry: Entry) -> str:
    accent = entry.string("accent", required=False, default="#1d5fa8")
    if not ACCENT.fullmatch(accent):
        entry.wrong(
            "accent", f'"{accent}" is not a color.', 'Use six hex digits in quotes: "#1d5fa8".'
        )
    elif contrast_with_white(accent) < READABLE:
        message = f'White text on "{accent}" are hard to read.'
        entry.wrong("accent", message, f"Use a darker color (contrast of {READABLE} or more).")
    return accent


def contrast_with_white(colour: str) -> float:
    """Contrast ratio (1..21) by WCAG 2.2's relative luminance of an sRGB ``#rrggbb``."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def _domains(entry: Entry) -> tuple[str, ...]:
    domains = []
    for node, word in entry.words("student_email_domains"):
        domain = word.lower()
        if not DOMAIN.fullmatch(domain):
            fix = "Write the part after the @, such as students.example.org."
            entry.source.problem(node, f'"{word}" is not a domain.', fix)
        domains.append(domain)
    return tuple(domains)


def _contacts(entry: Entry) -> dict[str, str]:
    """All of them: the bot's refusals and the restricted reply name every one."""
    contacts = entry.entry("contacts", required=True)
    if contacts is None:
        return {}
    contacts = contacts.called("contacts")
    contacts.only(*CONTACTS)
    for name in CONTACTS:
        contacts.string(name, longest=200)
    return {name: contacts.string(name) for name in contacts.fields if name in CONTACTS}


def _officers(entry: Entry) -> tuple[Officer, ...]:
    officers = entry.entry("officers", required=True)
    if officers is None:
        return ()
    officers = officers.called("officers")
    officers.only(*Office)
    for office in Office:
        if office.value not in officers.fields and office not in OPTIONAL:
            duty = "Urgent messages" if office in RESPONDERS else "Its work"
            message = f'Nobody is named as "{office.value}".'
            fix = f'{duty} must reach someone: add "{office.value}:" with "person:", "deputies:".'
            officers.source.problem(officers.node, message, fix)
    named = [Office(name) for name in officers.fields if name in set(Office)]
    return tuple(officer for office in named if (officer := _officer(officers, office)))


def _officer(officers: Entry, office: Office) -> Officer | None:
    entry = officers.entry(office.value, required=True)
    if entry is None:
        return None
    entry = entry.called(f'the office "{office.value}"')
    responds = office in RESPONDERS
    entry.only("person", "deputies", *(("hours", "answer_within") if responds else ()))
    person = entry.address("person")
    deputies = entry.addresses("deputies", required=responds)
    if person and person in deputies:
        entry.wrong("deputies", f"{person} cannot stand in for themselves.", "Name someone else.")
    if not responds:
        return Officer(office=office, person=person, deputies=deputies)
    within = entry.whole("answer_within", least=1, most=LONGEST_WAIT, default=ANSWER_WITHIN)
    return Officer(
        office=office,
        person=person,
        deputies=deputies,
        hours=read_hours(entry, "hours", f'the hours of "{office}"'),
        answer_within=within or ANSWER_WITHIN,
    )
