"""An export from the command line, piece by piece: the command asks where the database is, and
writes the file itself, so that it is the operator's file and any size of it takes little memory.

An operator looks after the machine, not after the answers: an export is always for somebody of the
roster who may see the results, and the ledger says so.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from bot.app.core import Core
from bot.conversation import Reply, Speaker
from bot.operator.telling import Arguments, Told
from core.commands import Command
from core.people import Platform
from core.words import Words
from governance import wording
from governance.messages import Refused
from surveys.commands import ExportResults, ReadComments
from surveys.encoding import decode, encode
from surveys.results.exporting import Exported, SomeComments


async def survey_export(core: Core, given: Arguments) -> Told:
    """``wave``, ``email`` (for whom), ``form``: one line of JSON, an ``Exported`` and its
    reader's language."""
    asked = ExportResults(wave_id=_id(given["wave"]), form=f"{given['form']}, command line")
    reply = await _for(core, given["email"], asked)
    match reply:
        case Reply(message=Exported() as exported, reader=reader):
            told = {
                "exported": json.loads(encode(Exported, exported)),
                "locale": reader.locale,
                "timezone": reader.timezone,
            }
            return Told(lines=(json.dumps(told),))
        case _:
            return _refused(reply)


async def survey_export_comments(core: Core, given: Arguments) -> Told:
    """``wave``, ``email``, ``question``, ``after``: one line of JSON, a ``SomeComments``."""
    after = _id(given["after"]) if given.get("after") else None
    asked = ReadComments(wave_id=_id(given["wave"]), question=given["question"], after=after)
    reply = await _for(core, given["email"], asked)
    match reply:
        case Reply(message=SomeComments() as some):
            return Told(lines=(encode(SomeComments, some),))
        case _:
            return _refused(reply)


def told_export(line: str) -> tuple[Exported, Words]:
    """What ``survey_export`` told, read back."""
    told: dict[str, Any] = json.loads(line)
    exported: Exported = decode(Exported, json.dumps(told["exported"]))
    return exported, Words(told["locale"], told["timezone"])


def told_comments(line: str) -> SomeComments:
    """What ``survey_export_comments`` told, read back."""
    some: SomeComments = decode(SomeComments, line)
    return some


async def _for(core: Core, email: str, command: Command) -> Reply | Told:
    person = await core.store.read(lambda tx: tx.person_by_email(email.lower()))
    if person is None or not person.active:
        return Told(lines=(f"{email} is not in the staff roster.",), ok=False)
    speaker = Speaker(platform=Platform.WEB, person=person.id)
    return await core.dispatch.handle(speaker, command)


def _refused(reply: Reply | Told) -> Told:
    if isinstance(reply, Told):
        return reply
    if isinstance(reply.message, Refused):
        words = Words(reply.reader.locale, reply.reader.timezone)
        return Told(lines=(wording.unfit(words, reply.message.why),), ok=False)
    raise TypeError(f"an export came as {type(reply.message).__name__}")


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise ValueError(f'"{written}" is no id. Copy it as it was printed.') from None
