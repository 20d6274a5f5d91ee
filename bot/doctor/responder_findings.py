"""Whether somebody is there for what is urgent, in the files, in the roster and at the start; and
for what is sensitive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.app.core import Core
from bot.app.settings import SettingsError
from bot.doctor.asking_around import Finding
from core.people import Audience
from core.words import Words
from governance.committees.model import RESPONDERS, District, Officer
from governance.feedback.model import Urgency
from governance.sensitive.handlers import unreadable
from governance.urgent.wording import kind
from storage.transaction import Transaction


def responder_lines(district: District, words: Words | None = None) -> Iterator[str]:
    """How each kind of urgent message is answered, as the district's files say."""
    words = words or Words()
    for urgency, office in RESPONDERS.items():
        officer = district.officer(office)
        if officer is not None:
            first = words.say(
                "{kind}. {person} is alerted first.",
                kind=kind(words, urgency),
                person=officer.person,
            )
            yield f"{first} {_deputies(words, officer)} {_hours(words, officer)}"


def _deputies(words: Words, officer: Officer) -> str:
    wait = words.number(officer.answer_within)
    if not officer.deputies:
        return words.say("There is no deputy.")
    return words.count(
        "If nobody takes the case in {wait} minutes, it goes to {n} deputy.",
        "If nobody takes the case in {wait} minutes, it goes to the next of {n} deputies.",
        len(officer.deputies),
        wait=wait,
    )


def _hours(words: Words, officer: Officer) -> str:
    if officer.hours is None:
        return words.say("They respond at any hour.")
    return words.say(
        "They are at work from {begins} to {ends} on school days. At other times they are alerted "
        "as well, and the author is told.",
        begins=_clock(words, officer.hours.begins),
        ends=_clock(words, officer.hours.ends),
    )


def _clock(words: Words, at: time) -> str:
    """A time of the district's day, which no zone moves."""
    return words.time(datetime.combine(date.min.replace(year=2026), at, ZoneInfo(words.timezone)))


def responder_findings(
    tx: Transaction, district: District, words: Words | None = None
) -> Iterator[Finding]:
    """The same, and whether there are two people of the roster for each kind."""
    words = words or Words()
    yield from ((True, line) for line in responder_lines(district, words))
    for urgency, office in RESPONDERS.items():
        if len(tx.holders(office)) == 1:
            said = words.say(
                "{kind}. Only one person on the roster is left for these messages. Name a deputy "
                'as "{office}" in district.yaml.',
                kind=kind(words, urgency),
                office=office,
            )
            yield False, said


def reader_findings(tx: Transaction, now: datetime) -> list[Finding]:
    """Whether something sensitive waits that nobody may read, as a number and no more."""
    count = unreadable(tx, now) if tx.loaded_district() else 0
    if not count:
        return []
    said = f"{count} sensitive message{' waits' if count == 1 else 's wait'} that nobody may read."
    return [
        (
            False,
            f"{said} The people who wrote them were told so. Name someone independent as a deputy "
            'of "restricted-reader" in district.yaml: they read them from then on. This can '
            "reveal something about people who hold offices here, so share it with care.",
        )
    ]


async def refuse_without_responders(core: Core) -> None:
    """``SettingsError`` where staff could tell us of danger and nobody would be called. A roster
    that is still empty is filled by the running service itself, so that is no reason."""
    missing = await core.store.read(_unanswered)
    if missing:
        kinds = ", ".join(missing)
        raise SettingsError(
            f"Nobody on the roster responds to urgent messages ({kinds}), so this does not start. "
            "Name people in district.yaml (responder-safety, responder-security, "
            "responder-privacy), each with a deputy, and load it: soundingboard district load "
            "FOLDER. Or import the roster that they are in: soundingboard people import."
        )


def _unanswered(tx: Transaction) -> list[Urgency]:
    if tx.loaded_district() is None or not tx.sizes_of(Audience()):
        return []
    return [urgency for urgency, office in RESPONDERS.items() if not tx.holders(office)]
