"""What the bot answers to "which rule says that?"."""

from __future__ import annotations

from core.cards import Card, Link, Page, Part, Press, Quote, Run, Secrecy
from core.words import Words
from governance import links
from governance.card_parts import Drawings, lines
from governance.chat.model import PassOn
from governance.rules.messages import FoundSection, RuleAnswer


def answer(words: Words, message: RuleAnswer) -> Card:
    found = message.found
    title = words.say("The IT rules say this.")
    none = words.say("I found nothing about this in the IT rules.")
    pass_on = words.say(
        "Did you want to tell a committee something? Then I can pass your words on."
    )
    return Card(
        title=title if found else none,
        secrecy=Secrecy.ANYWHERE,
        parts=(*(part for one in found for part in section_parts(words, one)), *lines([pass_on])),
        presses=(
            Press(label=words.say("Yes, pass it on"), command=PassOn(item_id=message.item_id)),
        ),
        page=Page(label=words.say("IT rules"), path=links.rules("")),
    )


def section_parts(words: Words, one: FoundSection) -> tuple[Part, ...]:
    title = f"{one.number}: {one.title.in_locale(one.language)}"
    at = f"{title}, {one.section}. {one.heading}" if one.section else title
    label = words.say("Read it in {number}", number=one.number)
    return (
        Quote(text=(Run(one.words, one.language),), by=at, secrecy=Secrecy.SIGNED_IN),
        Link(
            label=label,
            url=links.rule("", one.rule_id, one.version, one.section),
            secrecy=Secrecy.SIGNED_IN,
        ),
    )


CARDS: Drawings = {RuleAnswer: answer}
