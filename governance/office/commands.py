"""What the CTO's office looks up: the roster, the audit, and how the service is."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Command
from core.lists import ListRequest

_AS_IT_IS = ListRequest()


@dataclass(frozen=True, kw_only=True)
class ShowPeople(Command):
    """Everybody on the roster and everybody who has left it, with one person opened."""

    asked: ListRequest = _AS_IT_IS


@dataclass(frozen=True, kw_only=True)
class ShowAudit(Command):
    """Entries of the audit. ``check``: also whether all of it is whole."""

    asked: ListRequest = _AS_IT_IS
    check: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowHealth(Command):
    """What needs attention in the running service."""


@dataclass(frozen=True, kw_only=True)
class ShowImport(Command):
    """Import people from a file: choose it, and see what it would change."""


@dataclass(frozen=True, kw_only=True)
class StartImport(Command):
    """Do what an import would change, as it was seen. The audit knows who did."""


@dataclass(frozen=True, kw_only=True)
class ShowFileCheck(Command):
    """Check the district's files, and compare them with what is loaded."""


@dataclass(frozen=True, kw_only=True)
class ShowHeld(Command):
    """The records that are kept although they would be deleted otherwise."""
