"""Opening a form."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Command


@dataclass(frozen=True, kw_only=True)
class Open(Command):
    """Show the form of a command, which has its ids. Whoever may give the command may open its
    form, and nobody else may."""

    of: Command
