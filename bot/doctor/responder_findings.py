"""Whether somebody is there for what is urgent, in the files, in the roster and at the start; and
for what is sensitive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.app.core import Core
from bot.app.settings import SettingsError
from bot.doctor.asking_around import Finding
from core.people import Audience
from governance.committees.model import RESPONDERS, District, Officer
from governance.feedback.model import Urgency
from governance.sensitive.handlers import unreadable
from storage.transaction import Transaction


def responder_lines(district: District) -> Iterator[str]:
    """How each kind of urgent message is answered, as the district's files say."""
    for urgency, office in RESPONDERS.items():
        officer = district.officer(office)
        if officer is not None:
            yield f"Urgent, {urgency}: {_ladder(officer)}"


def _ladder(officer: Officer) -> str:
    hours = (
        f"{officer.hours.begins:%H:%M} to {officer.hours.ends:%H:%M} on school days"
        if officer.hours
        else "at any hour"
    )
    count = len(officer.deputies)
    deputies = f"{count} deput{'y' if count == 1 else 'ies'}"
    return (
        f"{officer.person}, then {deputies}, {officer.answer_within} min each; at work {hours}. "
        "At other times the case goes to them as well, and the author is told."
    )


def responder_findings(tx: Transaction, district: District) -> Iterator[Finding]:
    """The same, and whether there are two people of the roster for each kind."""
    yield from ((True, line) for line in responder_lines(district))
    for urgency, office in RESPONDERS.items():
        there = len(tx.holders(office))
        if there == 1:
            said = f"Only one person on the roster is left for urgent messages ({urgency})."
            yield False, f'{said} Name a deputy as "{office}" in district.yaml.'


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
