"""Whole pages as cards: the way to the page."""

from __future__ import annotations

from bot.cards import card_of
from bot.conversation import Reader
from bot.teams.cards import Drawn, Element, card, heading, labelled, line, link
from bot.teams.draw_said import MOST_BUTTONS, all_mine
from core.words import Words
from governance import links, wording
from governance.announcements.approval_messages import ApprovalAsked
from governance.home.commands import HomePart
from governance.messages import Message, Notice
from governance.views import HomeView, InboxEntry, OpenCases, OpenQueue
from surveys.messages import Invitation

MOST_LINES = 8


def part_of_home(words: Words, view: HomeView, reader: Reader) -> Drawn:
    """What waits for somebody, or their committees' dockets, with the way to each."""
    if view.part is HomePart.DOCKETS:
        return _dockets(words, view, reader)
    said = words.say("Waiting for you")
    told = [_waits(words, one) for one in view.inbox.in_order[:MOST_LINES]]
    body = [line(one) for one in told or [words.say("Nothing is waiting for you.")]]
    actions = [all_mine(words)]
    if reader.web_url:
        actions.append(link(words.say("Open the page"), links.inbox(reader.web_url)))
    return card([heading(said), *body], actions, summary=said, locale=words.locale)


def _dockets(words: Words, view: HomeView, reader: Reader) -> Drawn:
    said = words.say("Your committees’ messages")
    told: list[Element] = []
    actions: list[Element] = []
    for key, name in view.inbox.queues:
        open_items = view.inbox.open_items.get(key, 0)
        shown = wording.queue(words, name)
        is_open = words.count("{n} item is open", "{n} items are open", open_items)
        told.append(labelled(f"{shown}:", is_open))
        actions.append(link(shown, links.docket(reader.web_url, key)))
    if not told:
        told = [line(words.say("You are not on a committee, so there are no messages to show."))]
    shown_actions = actions[:MOST_BUTTONS] if reader.web_url else []
    return card([heading(said), *told], shown_actions, summary=said, locale=words.locale)


def _waits(words: Words, one: InboxEntry | OpenCases | OpenQueue) -> str:
    match one:
        case OpenCases(cases=cases):
            return wording.open_cases(words, cases)
        case OpenQueue(name=name, items=items):
            said = words.count("{n} item is open", "{n} items are open", items)
            return f"{wording.queue(words, name)}: {said}"
        case InboxEntry(message=message):
            return _asked(words, message)


def _asked(words: Words, message: Message) -> str:
    match message:
        case Invitation(title=title, closes_at=closes_at):
            until = words.say("Open until {when}.", when=words.when(closes_at))
            return f"{words.text(title)}: {until}"
        case Notice(change=change) | ApprovalAsked(change=change):
            return words.text(change.title)
        case _:
            return card_of(message, words).subject
