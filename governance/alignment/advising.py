"""A proposal as the beginning of a recommendation. Its writer changes what they like."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from core.words import Words
from governance.access import Actor
from governance.alignment import wording as say
from governance.alignment.model import Alignment, Idea
from governance.ports import GovernanceStore
from governance.recommendations.model import LONGEST_TITLE, AdviceForm


def words_of(store: GovernanceStore, actor: Actor) -> Words:
    """Those of who writes."""
    locale = actor.person.locale if actor.person else "en"
    return Words(locale, store.district().timezone)


def advised(
    store: GovernanceStore, actor: Actor, form: AdviceForm, found: Alignment, idea: Idea
) -> AdviceForm:
    words = words_of(store, actor)
    there = {key for key, _ in form.goals}
    goals = (idea.goal.key,) if idea.goal and idea.goal.key in there else ()
    return replace(
        form,
        title=textwrap.shorten(say.idea_title(words, idea), LONGEST_TITLE, placeholder="…"),
        advice=say.idea_advice(words, found, idea),
        chosen_goals=goals,
    )
