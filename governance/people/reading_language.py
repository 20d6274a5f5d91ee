"""The language in which somebody reads."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Command


@dataclass(frozen=True, kw_only=True)
class ChooseLanguage(Command):
    """Who speaks reads in this language from now on, whatever the roster says."""

    locale: str
