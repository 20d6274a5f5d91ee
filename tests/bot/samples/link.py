"""What an item has to do with, as every platform draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from governance.messages import Message, News, Told
from governance.references import forms
from governance.references.commands import LinkItem
from governance.references.model import Bound, BoundKind, BoundLine, Place
from surveys.questions import Unfit
from tests.bot.samples.forms import form

GOAL = BoundLine(
    bound=Bound(kind=BoundKind.GOAL, key="reliable-wifi", version=2),
    name="Wi-Fi that works in every room where people teach",
)
RULE = BoundLine(bound=Bound(kind=BoundKind.RULE, key="ITR 4.2"), name="ITR 4.2")
SECTION = BoundLine(
    bound=Bound(kind=BoundKind.RULE, key="ITR 4 §6", version=2),
    name="ITR 4: Passwords and passphrases, 6. A second step",
    place=Place(rule_id=UUID(int=0xC4), version=2, section=6),
)
ANNOUNCED = BoundLine(
    bound=Bound(kind=BoundKind.ANNOUNCEMENT, key=str(UUID(int=77))),
    name="New access points in the portables",
)
LINKS = (
    GOAL,
    RULE,
    ANNOUNCED,
    replace(GOAL, now=3),
    replace(GOAL, now=0),
    replace(ANNOUNCED, now=0),
    SECTION,
)


def linked(hostile: str, now: datetime) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    offered = (GOAL, SECTION, replace(ANNOUNCED, name=hostile))
    linked = (RULE, replace(ANNOUNCED, name=hostile))
    typed = LinkItem(
        item_id=UUID(int=4242),
        to=GOAL.bound.token,
        rule=hostile[:80],
        away=RULE.bound.token,
    )
    told = Told(
        item_id=UUID(int=4242),
        news=News.BECAME,
        said="The wifi in the portables drops every afternoon",
        received_at=now,
        committee="Network",
        became=(ANNOUNCED, replace(GOAL, name=hostile), RULE, SECTION),
    )
    return {
        "link_form": form(
            LinkItem(item_id=UUID(int=4242)),
            forms.linking(
                UUID(int=4242), "The wifi in the portables drops every afternoon", offered, ()
            ),
        ),
        "link_form_unfit": form(
            typed,
            forms.linking(UUID(int=4242), hostile, offered, linked),
            unfit={"to": Unfit(why="Choose what it is about, or enter a rule’s number.")},
        ),
        "told_became": told,
        "told_answered_and_became": replace(
            told, news=News.ANSWERED, answer="In March.", answered_by="Priya Raman"
        ),
    }
