"""A proposal as the beginning of a recommendation. Its writer changes what they like."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from core.forms import Opening
from core.words import Words
from governance.access import Actor
from governance.alignment import wording as say
from governance.alignment.model import Alignment, Idea
from governance.forms.messages import FormView, opened
from governance.ports import GovernanceStore
from governance.recommendations.commands import WriteAdvice
from governance.recommendations.model import LONGEST_TITLE


def words_of(store: GovernanceStore, actor: Actor) -> Words:
    """Those of who writes."""
    locale = actor.person.locale if actor.person else "en"
    return Words(locale, store.district().timezone)


def advised(
    store: GovernanceStore,
    actor: Actor,
    asked: WriteAdvice,
    opening: Opening,
    found: Alignment,
    idea: Idea,
) -> FormView:
    words = words_of(store, actor)
    there = {key for key, _ in opening.choices["goals"]}
    begun = replace(
        asked,
        title=textwrap.shorten(say.idea_title(words, idea), LONGEST_TITLE, placeholder="…"),
        advice=say.idea_advice(words, found, idea),
        goals=(idea.goal.key,) if idea.goal and idea.goal.key in there else (),
    )
    return opened(begun, opening)
