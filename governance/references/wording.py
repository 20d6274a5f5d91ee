"""What an item has to do with, in words that every place shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from core.cards import Link, Press, Secrecy
from core.words import Words
from governance import wording
from governance.messages import Brief, News, Progress, Told
from governance.references.commands import SettleProposal
from governance.references.model import BoundKind, BoundLine


def opens(words: Words) -> str:
    """Of a button, beside others."""
    return words.say("Link")


def offered(words: Words) -> str:
    """Of a line in a list."""
    return words.say("Link it to a goal, a rule or an announcement")


def title(words: Words) -> str:
    return words.say("What is it about?")


def named(words: Words, one: BoundLine) -> str:
    """A link by its kind and its name, and what happened to that since."""
    return marked(words, _kind(words, one), one)


def marked(words: Words, said: str, one: BoundLine) -> str:
    """A name, and what became of what it names since."""
    if one.now is None:
        return said
    if one.now:
        return words.say("{goal} (reworded since)", goal=said)
    if one.bound.kind is BoundKind.ANNOUNCEMENT:
        return words.say("{announcement} (taken back since)", announcement=said)
    return words.say("{goal} (retired since)", goal=said)


def name(words: Words, one: BoundLine) -> str:
    """Without its kind, in the reader's language."""
    return words.text(one.title) if one.title else one.name


def since(words: Words, one: BoundLine) -> str:
    """What became of a goal since something was bound to it, beside that; "" where nothing."""
    return words.say("The goal has been reworded since.") if one.now else ""


def _kind(words: Words, one: BoundLine) -> str:
    match one.bound.kind:
        case BoundKind.GOAL:
            return words.say("Goal: {title}", title=name(words, one))
        case BoundKind.RULE:
            return words.say("Rule: {title}", title=one.name)
        case BoundKind.ANNOUNCEMENT:
            return words.say("Announcement: {title}", title=one.name)
        case _:
            assert_never(one.bound.kind)


def beside(words: Words, links: tuple[BoundLine, ...]) -> list[str]:
    """Of a brief, a digest or an agenda: a line for each."""
    return [named(words, one) for one in links]


def ways(words: Words, links: Iterable[BoundLine]) -> tuple[Link, ...]:
    """To the pages of what it has to do with, where these have any."""
    return tuple(
        Link(label=way(words, one), url=one.path, secrecy=Secrecy.SIGNED_IN)
        for one in links
        if one.path
    )


def way(words: Words, one: BoundLine) -> str:
    if one.bound.kind is BoundKind.GOAL:
        return words.say("Read about this goal")
    return words.say("Read it in {number}", number=one.bound.key.partition(" §")[0])


# -- what the reader proposes ----------------------------------------------------------------------


def may_be_about(words: Words, one: BoundLine) -> str:
    return words.say("This may be about {rule}.", rule=one.name)


def settling(words: Words, item: Brief, *, links: bool) -> tuple[Press, ...]:
    """Yes or no to that; nothing where nothing is proposed."""
    if item.proposed is None:
        return ()
    said = words.say("Link it to this rule") if links else words.say("Not about this rule")
    return (Press(label=said, command=SettleProposal(item_id=item.item_id, links=links)),)


def settled(words: Words, command: SettleProposal, item: Brief) -> str:
    return saved(words, item) if command.links else words.say("Noted. It is not linked.")


# -- what has followed from it ---------------------------------------------------------------------


def saved(words: Words, item: Brief) -> str:
    """What was done, on the committee's page."""
    if not item.links:
        return words.say("It is not linked to anything now.")
    return words.say("Saved. {links}", links="; ".join(beside(words, item.links)))


# -- those whom it concerns ------------------------------------------------------------------------


def heard(words: Words, message: Told) -> list[str]:
    """What an author hears of it, a line for each link."""
    return [_became(words, one) for one in message.became]


def news(words: Words, message: Told) -> str:
    """The sentence where that is the news; "" where the news is another."""
    if message.news is not News.BECAME:
        return ""
    committee = wording.answerer(words, message.committee)
    return words.say("{committee} has news about your message.", committee=committee)


def _became(words: Words, one: BoundLine) -> str:
    match one.bound.kind:
        case BoundKind.ANNOUNCEMENT:
            return words.say("This became an announcement: {title}", title=one.name)
        case BoundKind.GOAL:
            said = name(words, one)
            return words.say("It is part of a goal of the plan: {title}", title=said)
        case BoundKind.RULE:
            return words.say("It is about a rule: {title}", title=one.name)
        case _:
            assert_never(one.bound.kind)


def led(words: Words, message: Progress) -> list[str]:
    """How many messages led to an announcement; nothing where that is not told."""
    if message.led is None:
        return []
    return [
        words.say(
            "Committees linked at least {n} staff messages that led to it.",
            n=words.number(message.led),
        )
    ]
