"""How people come in on the web, and of whom the district's own account is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.commands import Command
from governance.committees.model import Office

CHAIRS, MEMBERS, EVERYBODY = "chairs", "members", "everybody"

DUTIES: tuple[str, ...] = (*Office, CHAIRS, MEMBERS, EVERYBODY)
"""Of whom the district's account can be asked: an office's holders and deputies, chairs and
deputies of committees, everybody on a committee, or everybody."""


class How(StrEnum):
    """How somebody came in."""

    LINK = "link"
    OPENID = "openid"
    DEMO = "demo"


@dataclass(frozen=True, kw_only=True)
class AskSignInLink(Command):
    """In chat: a link to one's own page on the web, which signs one in once."""


@dataclass(frozen=True, kw_only=True)
class WaysIn:
    """How the district lets people in on the web. ``openid``: with the district's accounts;
    ``required_for`` holds those of ``DUTIES`` that come in no other way."""

    openid: bool = False
    required_for: frozenset[str] = frozenset()


def unknown_duties(named: Iterable[str]) -> list[str]:
    """What was named and is no duty."""
    return sorted(set(named) - set(DUTIES))
