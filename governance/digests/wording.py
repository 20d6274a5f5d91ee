"""What is told in sums, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import assert_never

from babel.dates import format_time

from core.charts import Counts
from core.words import Words, known_locale
from governance import wording
from governance.digests.messages import (
    CameOfIt,
    ChangeKind,
    Digest,
    DigestLine,
    DigestMessage,
    MonthlyFigures,
    ThemeCount,
)
from governance.digests.model import BriefChoice, Briefs, SchoolDay
from governance.reach import posted
from governance.references import wording as link_words

PICTURE = "counts"
"""The key of the one picture of such a message."""


def title(words: Words, message: DigestMessage) -> str:
    match message:
        case Digest():
            return words.say(
                "{committee}: the week", committee=wording.queue(words, message.queue_name)
            )
        case MonthlyFigures():
            return words.say("Staff feedback: {month}", month=month(words, message.month))
        case _:
            assert_never(message)


def lines(words: Words, message: DigestMessage) -> list[str]:
    """The sums, in sentences."""
    match message:
        case Digest():
            return _sums(words, message)
        case MonthlyFigures():
            return [received(words, message), answered(words, message)]
        case _:
            assert_never(message)


def counts(words: Words, message: DigestMessage) -> Counts:
    """What its picture shows."""
    match message:
        case Digest():
            since = words.say("New since {day}.", day=words.day(message.since))
            return Counts(
                key=PICTURE,
                title=words.say("New messages by theme"),
                caption=since,
                rows=theme_rows(words, message.themes),
            )
        case MonthlyFigures():
            return Counts(
                key=PICTURE,
                title=words.say("Messages from staff by month"),
                caption=words.say("Whole district. Nothing is shown for fewer than 5 people."),
                rows=tuple(
                    (month(words, first), n)
                    for first, n in (*message.earlier, (message.month, message.received))
                ),
            )
        case _:
            assert_never(message)


# -- a committee's week ------------------------------------------------------------------------


def _sums(words: Words, digest: Digest) -> list[str]:
    since = words.day(digest.since)
    new = words.count(
        "{n} new message since {day}.", "{n} new messages since {day}.", digest.new, day=since
    )
    still = words.count("{n} message is open.", "{n} messages are open.", digest.open)
    said = [f"{new} {still}"]
    if digest.late:
        said.append(words.count("{n} answer is late.", "{n} answers are late.", digest.late))
    if digest.growing:
        themes = words.all_of([words.name(one) for one in digest.growing])
        said.append(words.say("More people than usual wrote about this: {themes}.", themes=themes))
    return said


def parts(words: Words, digest: Digest) -> list[tuple[str, Sequence[DigestLine]]]:
    """The lists of a digest, each with its heading; only those that have something."""
    found = [
        (words.say("Due within a week"), digest.due),
        (words.say("Waiting the longest"), digest.oldest),
    ]
    return [(heading, listed) for heading, listed in found if listed]


def theme_rows(words: Words, themes: Sequence[ThemeCount]) -> tuple[tuple[str, int], ...]:
    """(theme, count); what has no theme is called so."""
    return tuple((words.name(one.name) or words.say("Something else"), one.count) for one in themes)


def theme_lines(words: Words, themes: Sequence[ThemeCount]) -> list[str]:
    return [f"{name}: {words.number(n)}" for name, n in theme_rows(words, themes)]


def about(words: Words, line: DigestLine) -> str:
    """When an item came and is due, and what it has to do with."""
    said = [words.say("Received {day}.", day=words.day(line.received_at))]
    if line.due_at is not None and line.late:
        said.append(words.say("Was due {day}.", day=words.day(line.due_at)))
    elif line.due_at is not None:
        said.append(words.say("Answer by {day}.", day=words.day(line.due_at)))
    return " · ".join([" ".join(said), *link_words.beside(words, line.links)])


# -- the district's month --------------------------------------------------------------------------


def month(words: Words, first: date) -> str:
    """A month by its first day: "October 2026"."""
    return words.month(first)


def received(words: Words, figures: MonthlyFigures) -> str:
    if figures.received is None:
        return words.say(
            "The number of messages is not shown. It could reveal something about fewer than "
            "5 people."
        )
    return words.count(
        "{n} message about technology came in.",
        "{n} messages about technology came in.",
        figures.received,
    )


def answered(words: Words, figures: MonthlyFigures) -> str:
    """How many of the month before were answered in time: of this one, time is not over."""
    told = figures.answered
    then = month(words, told.month)
    if told.base is None:
        return words.say(
            "{month} is not shown. It could reveal something about fewer than 5 people.",
            month=then,
        )
    base = words.number(told.base)
    if told.within is not None:
        return words.say(
            "Of {base} messages from {month}, {share} were answered within 30 days.",
            base=base,
            month=then,
            share=words.percent(told.within / told.base),
        )
    if told.few_left:
        return words.say(
            "Of {base} messages from {month}, nearly all were answered within 30 days.",
            base=base,
            month=then,
        )
    return words.say(
        "Of {base} messages from {month}, few or none were answered within 30 days.",
        base=base,
        month=then,
    )


def came(words: Words, one: CameOfIt) -> str:
    """One thing that changed."""
    said = words.text(one.title)
    match one.kind:
        case ChangeKind.RECOMMENDATION:
            return words.say("Recommended and accepted: {title}", title=said)
        case ChangeKind.CONCLUSIONS:
            return words.say("Published after a survey: {title}", title=said)
        case ChangeKind.ANNOUNCEMENT:
            return words.say("Announced: {title}", title=said)
        case _:
            assert_never(one.kind)


def nothing_came(words: Words) -> str:
    return words.say("No changes are on record for this month.")


# -- how a committee hears of it -------------------------------------------------------------------


def day_name(words: Words, day: SchoolDay) -> str:
    names = {
        SchoolDay.MONDAY: words.say("Monday"),
        SchoolDay.TUESDAY: words.say("Tuesday"),
        SchoolDay.WEDNESDAY: words.say("Wednesday"),
        SchoolDay.THURSDAY: words.say("Thursday"),
        SchoolDay.FRIDAY: words.say("Friday"),
    }
    return names[day]


def hour_name(words: Words, hour: int) -> str:
    """An hour of the district's wall clock: "7:00 AM"."""
    return str(format_time(time(hour), "h:mm a", locale=known_locale(words.locale)))


def chosen(words: Words, choice: BriefChoice, *, chat: bool) -> str:
    """How a committee hears of items now. ``chat``: it has a channel there."""
    if choice.briefs is Briefs.EACH:
        return posted(words, chat=chat)
    return words.say(
        "Once a week, on {day} at {time}. Urgent or late messages come right away.",
        day=day_name(words, choice.day),
        time=hour_name(words, choice.hour),
    )
