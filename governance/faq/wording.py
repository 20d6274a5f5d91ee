"""Buttons of the FAQ on other features' cards."""

from __future__ import annotations

from core.cards import Press
from core.words import Words
from governance.docket.commands import ShowFeedbackForm
from governance.faq.commands import PublishFaqEntry
from governance.forms.commands import Open
from governance.messages import Brief


def asking(words: Words, about: str) -> tuple[Press, ...]:
    """To ask about a change, by its token; nothing where there is none."""
    if not about:
        return ()
    label = words.say("Ask about this change")
    return (Press(label=label, command=ShowFeedbackForm(about=about)),)


def adding(words: Words, item: Brief) -> tuple[Press, ...]:
    """To make an answered question an entry of the FAQ."""
    if item.answers_change is None:
        return ()
    publishes = PublishFaqEntry(change_id=item.answers_change, item_id=item.item_id)
    return (Press(label=words.say("Add to the FAQ"), command=Open(of=publishes)),)
