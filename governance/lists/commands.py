"""What can be asked about named lists."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Command
from core.forms import FILL_IN, form_field
from core.tokens import Slug
from governance.committees.model import GroupKind
from governance.lists.model import LARGEST, LONGEST_GROUP, LONGEST_NAME

KINDS = {
    None: "Addresses that I paste or upload",
    GroupKind.MICROSOFT: "A Microsoft 365 group",
    GroupKind.SLACK: "A user group in Slack",
    GroupKind.SLACK_CHANNEL: "The members of a Slack channel",
}
"""Where the people on a list come from; None: they are imported."""


@dataclass(frozen=True, kw_only=True)
class ShowLists(Command):
    """All lists."""


@dataclass(frozen=True, kw_only=True)
class ShowList(Command):
    key: Slug


@dataclass(frozen=True, kw_only=True)
class WriteList(Command):
    """Make a list, or replace who is on it. Without a key it is made of the name. ``kind`` and
    ``group`` name the group that it follows; else ``addresses`` are imported, with whatever stands
    round them."""

    key: Slug = ""
    name: str = form_field(
        "Name",
        hint="For example: PowerSchool users",
        missing=FILL_IN,
        longest=LONGEST_NAME,
    )
    kind: GroupKind | None = form_field("Where do the people come from?", None, choices=KINDS)
    addresses: str = form_field(
        "Email addresses",
        hint="One on each line; other columns don’t matter. They replace who is on the list now.",
        longest=LARGEST,
        rows=8,
        uploads="Or a file with the addresses",
    )
    group: str = form_field(
        "The group’s ID",
        hint="For a group only. Its members are updated each school morning.",
        longest=LONGEST_GROUP,
    )


@dataclass(frozen=True, kw_only=True)
class AskGroup(Command):
    """Ask a list's group anew, within seconds."""

    key: Slug


@dataclass(frozen=True, kw_only=True)
class DeleteList(Command):
    """Refused while something that is still to go out names it."""

    key: Slug
