"""What can be asked about acknowledging the IT rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from core.commands import Command
from governance.acknowledgements.model import ExportedRow


@dataclass(frozen=True, kw_only=True)
class AskAcknowledgements(Command):
    """Ask all staff to acknowledge the rules in force: once a school year."""


@dataclass(frozen=True, kw_only=True)
class ShowAcknowledgement(Command):
    """What the reader is asked to acknowledge, or has acknowledged."""

    set_id: UUID


@dataclass(frozen=True, kw_only=True)
class AcknowledgeRules(Command):
    """``mark``: of the versions that were shown (``handlers.mark_of``). ``opened``: the proof of
    how many of them, in their order, had been opened where the button stood
    (``Acknowledgement.proofs``); none, or one that nobody gave them, where it was none."""

    set_id: UUID
    mark: int
    opened: Annotated[str | None, re.compile(r"[0-9a-f]{1,16}", re.ASCII)] = None


@dataclass(frozen=True, kw_only=True)
class ShowAcknowledgements(Command):
    """How many have acknowledged the rules this school year."""


@dataclass(frozen=True, kw_only=True)
class ExportAcknowledgements(Command):
    """Get all acknowledgements as a file, which the audit notes."""


Seal = Callable[[str], str]
"""HMAC-SHA256, in hexadecimal, under the vault's key for acknowledgements."""

WriteRows = Callable[[Iterator[ExportedRow], Seal], None]


@dataclass(frozen=True, kw_only=True)
class ReadAcknowledgements(Command):
    """Give all rows for such a file to ``write``, from one read of the database. It may be begun
    again."""

    write: WriteRows
