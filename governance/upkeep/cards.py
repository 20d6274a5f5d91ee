"""What the service noticed by itself."""

from __future__ import annotations

from typing import assert_never, get_args

from core.cards import Card, Page, Secrecy
from core.words import Words
from governance import wording
from governance.card_parts import Drawings, lines
from governance.committees.model import Openness
from governance.people.rosters import RosterSource
from governance.series import wording as repeat_words
from governance.upkeep import trend_wording as trend_words
from governance.upkeep import triage_wording as triage_words
from governance.upkeep.messages import (
    ChannelOpened,
    DocketOverdue,
    Growing,
    RecordsHold,
    Repetition,
    RosterRefused,
    TriageWaiting,
    WatchMessage,
)


def card(words: Words, message: WatchMessage) -> Card:
    path = page(message)
    return Card(
        title=title(words, message),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(following(words, message)),
        page=Page(label=press(words, message), path=path) if path else None,
    )


def title(words: Words, message: WatchMessage) -> str:
    """What happened, in one sentence."""
    match message:
        case ChannelOpened():
            return words.say(
                "The channel of {committee} is open to more than staff",
                committee=wording.queue(words, message.committee),
            )
        case RosterRefused():
            return words.say(
                "The daily import from {source} changed nothing", source=_source(message.source)
            )
        case Repetition():
            return repeat_words.became(words, message)
        case DocketOverdue():
            late = words.count("{n} answer is late", "{n} answers are late", message.items)
            return words.say(
                "{committee}: {late}", committee=wording.queue(words, message.committee), late=late
            )
        case TriageWaiting():
            return triage_words.title(words, message)
        case Growing():
            return trend_words.title(words, message)
        case RecordsHold(title=survey, why=None):
            return words.say(
                "The answers to “{title}” will be deleted after all", title=words.text(survey)
            )
        case RecordsHold(title=survey):
            return words.say(
                "The answers to “{title}” will be kept for now", title=words.text(survey)
            )
        case _:
            assert_never(message)


def following(words: Words, message: WatchMessage) -> list[str]:
    """What follows from it, and what to do."""
    match message:
        case ChannelOpened():
            return [_opened(words, message)]
        case RosterRefused():
            return [
                words.say(
                    "We tried on {when}. We don’t know who has joined or left since the last "
                    "import. We try again once a day.",
                    when=words.when(message.at),
                ),
                words.say("What the import said: {why}", why=message.why),
                words.say(
                    "To see what it would change: {command}",
                    command=f"soundingboard people import {message.source} --dry-run",
                ),
            ]
        case Repetition():
            return repeat_words.following(words, message)
        case DocketOverdue():
            return [
                words.say(
                    "The oldest was due on {day}. An answer may be short: what happens next, and "
                    "when.",
                    day=words.day(message.oldest_due),
                )
            ]
        case TriageWaiting():
            return triage_words.lines(words, message)
        case Growing():
            return trend_words.lines(words, message)
        case RecordsHold():
            return _hold(words, message)
        case _:
            assert_never(message)


def page(message: WatchMessage) -> str:
    """The path of the page that it leads to; "" where there is none."""
    match message:
        case TriageWaiting():
            return "/committees/triage"
        case Growing(queue=queue):
            return f"/committees/{queue}/trends"
        case ChannelOpened(queue=queue) | DocketOverdue(queue=queue):
            return f"/committees/{queue}"
        case Repetition(series_id=series_id):
            return f"/desk/series/{series_id}"
        case RecordsHold(wave_id=wave_id):
            return f"/surveys/{wave_id}"
        case RosterRefused():
            return ""
        case _:
            assert_never(message)


def press(words: Words, message: WatchMessage) -> str:
    """The words of the link to that page."""
    if isinstance(message, Repetition):
        return words.say("See its dates")
    if isinstance(message, RecordsHold):
        return words.say("Open the survey")
    return words.say("Open the committee’s page")


def _hold(words: Words, message: RecordsHold) -> list[str]:
    when = words.when(message.closes_at)
    if message.why is None:
        return [
            words.say(
                "You were asked to answer this survey. Its records hold is lifted: when the survey "
                "closes on {when}, all answers are deleted.",
                when=when,
            )
        ]
    return [
        words.say(
            "You were asked to answer this survey, and told that all answers are deleted when it "
            "closes on {when}. A records hold changes that.",
            when=when,
        ),
        words.say("The reason: “{why}”", why=message.why),
        words.say(
            "Until the hold is lifted, your answers are kept, and an operator who broke the rules "
            "could link you to them. Results are shown as promised. Until the survey closes you "
            "can change your answers."
        ),
    ]


def _opened(words: Words, message: ChannelOpened) -> str:
    name = wording.queue(words, message.committee)
    match message.openness:
        case Openness.PUBLIC:
            return words.say(
                "Messages for {committee} now appear only on its page, because its channel is "
                "public. Make it private, and they go there again within a day.",
                committee=name,
            )
        case Openness.GUESTS:
            return words.say(
                "Messages for {committee} now appear only on its page, because there are "
                "guests in its channel. Remove them, and they go there again within a day.",
                committee=name,
            )
        case Openness.SHARED:
            return words.say(
                "Messages for {committee} now appear only on its page, because its channel is "
                "shared with others. Stop sharing it, and they go there again within a day.",
                committee=name,
            )
        case _:
            assert_never(message.openness)


def _source(source: RosterSource) -> str:
    return "Microsoft Graph" if source is RosterSource.GRAPH else source.value.title()


CARDS: Drawings = dict.fromkeys(get_args(WatchMessage), card)
