"""What can be asked about what an item of a docket has to do with."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from governance.recommendations.model import LONGEST_RULE
from governance.redaction.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class LinkItem(Command):
    """``to``: a goal, a rule or an announcement (``Bound.token``); ``rule``: a rule's number, or
    that of a section; ``away``: a link that is taken away. At least one of them is given."""

    item_id: UUID
    to: str = form_field("A goal, a rule or an announcement", listed=True)
    rule: str = form_field(
        "Or a rule or section, by its number",
        hint="The author will see it with your answer. Leave names out.",
        longest=LONGEST_RULE,
    )
    away: str = form_field("Remove a link", listed=True)
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class SettleProposal(Command):
    """Whether an item is about the rule that the reader proposes. ``links``: it is."""

    item_id: UUID
    links: bool
