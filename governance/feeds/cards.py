"""How somebody has dates in their own calendar."""

from __future__ import annotations

from core.cards import Card, Confirm, Link, Look, Page, Part, Press, Secrecy, Style
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines
from governance.feeds.commands import DropCalendarAddress, MakeCalendarAddress
from governance.feeds.messages import CalendarAddress


def calendar_address(words: Words, message: CalendarAddress) -> Card:
    parts: tuple[Part, ...] = lines(
        [
            words.say(
                "A calendar program or a feed reader can show when technology changes, when "
                "comment periods end and when rules take effect. It cannot sign in, so it "
                "needs a private address."
            ),
            words.say(
                "Anyone who has the address can read what any member of staff can read about "
                "rules and changes, and nothing else. Keep it to yourself. A new address "
                "replaces the old one."
            ),
        ]
    )
    if message.key:
        copy = words.say("Copy the links now and subscribe to them. They are not shown again.")
        parts += lines([copy], Look.STRONG)
        parts += tuple(
            Link(label=label, url=url, secrecy=Secrecy.SIGNED_IN)
            for label, url in _addresses(words, message.key)
        )
    elif message.made_at:
        day = words.day(message.made_at)
        parts += lines([words.say("Your address was made on {day}.", day=day)])
    once = tuple(
        Link(label=label, url=url, secrecy=Secrecy.ANYWHERE)
        for label, url in (
            (words.say("Download the dates of changes once"), links.change_dates("")),
            (words.say("Download the dates of rules once"), links.rule_calendar("")),
        )
    )
    return Card(
        title=words.say("Dates in your calendar"),
        secrecy=Secrecy.ANYWHERE,
        parts=parts if message.key else (*parts, *once),
        presses=_presses(words, message),
        page=None
        if message.key
        else Page(label=words.say("Open the page"), path=links.own_calendar("")),
        up=Page(label=words.say("Change calendar"), path=links.change_calendar("")),
    )


def _addresses(words: Words, key: str) -> tuple[tuple[str, str], ...]:
    return (
        (words.say("Changes: my calendar address"), links.change_dates("", key)),
        (words.say("Changes: my feed address (Atom)"), links.change_dates("", key, ends="xml")),
        (words.say("IT rules: my calendar address"), links.rule_calendar("", key)),
        (words.say("IT rules: my feed address (Atom)"), links.rule_calendar("", key, ends="xml")),
    )


def _presses(words: Words, message: CalendarAddress) -> tuple[Press, ...]:
    if message.made_at is None:
        label = words.say("Make my address")
        return (Press(label=label, command=MakeCalendarAddress(), style=Style.PRIMARY),)
    off = words.say("Switch off my address")
    return (
        Press(label=words.say("Make a new address"), command=MakeCalendarAddress()),
        Press(
            label=off,
            command=DropCalendarAddress(),
            confirm=Confirm(
                title=off,
                text=words.say("Programs that use it no longer get new dates."),
                yes=off,
                no=words.say("Not now"),
            ),
        ),
    )


CARDS: Drawings = {CalendarAddress: calendar_address}

NOTES: Notes = {
    DropCalendarAddress: lambda words, *_: words.say("Your address is switched off."),
}
