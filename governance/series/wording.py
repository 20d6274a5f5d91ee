"""Surveys that repeat, in words: their rule, their dates, and what became of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from typing import assert_never

from babel.dates import format_time, get_day_names

from core.words import Words, known_locale
from governance import wording
from governance.series.model import DaysOff, PastDate, Repeat, SeriesDate, Skipped
from governance.upkeep.messages import Repetition
from governance.waves import reach_wording as reach_words
from surveys.promise import OverAYear

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKLY = re.compile(rf"([0-9]+) ([0-9]+) \* \* ({'|'.join(DAYS)})")
_MONTHLY = re.compile(r"([0-9]+) ([0-9]+) 1 \* \*")


def rule(words: Words, repeat: Repeat) -> str:
    """On which dates, as one would say it: "Every second Tuesday at 9:00 AM"."""
    weekly, monthly = _WEEKLY.fullmatch(repeat.rule), _MONTHLY.fullmatch(repeat.rule)
    if weekly:
        day = weekday(words, weekly[3])
        return _every_week(words, repeat.every, day, _clock(words, weekly))
    if monthly and repeat.every == 1 and repeat.days_off is DaysOff.SHIFT:
        at = _clock(words, monthly)
        return words.say("On the first school day of each month at {time}", time=at)
    if repeat.every == 1:
        return words.say("By the rule “{rule}”", rule=repeat.rule)
    return words.say("By the rule “{rule}”, every {n} dates", rule=repeat.rule, n=repeat.every)


def sentence(words: Words, repeat: Repeat) -> str:
    """The rule with one point at its end: a Spanish time has its own ("a.m.")."""
    return f"{rule(words, repeat).removesuffix('.')}."


def weekday(words: Words, day: str) -> str:
    """A day of the week: "Tuesday", "martes"."""
    return str(get_day_names("wide", locale=known_locale(words.locale))[DAYS.index(day)])


def clock(words: Words, at: time) -> str:
    return str(format_time(at, "h:mm a", locale=known_locale(words.locale)))


def off_days(words: Words, repeat: Repeat) -> str:
    if repeat.days_off is DaysOff.SKIP:
        return words.say("A date on a day off is skipped.")
    return words.say("A date on a day off moves to the next school day. In a break it is skipped.")


def coming(words: Words, dates: Iterable[SeriesDate]) -> list[str]:
    """The next dates, a line each, with why one is left out."""
    return [_date(words, one) for one in dates]


def lasts(words: Words, repeat: Repeat) -> str:
    """How long each one is open, and how often it reminds."""
    at = clock(words, repeat.closes)
    if repeat.days == 0:
        said = words.say("Each one closes at {time} on the same day.", time=at)
    else:
        said = words.count(
            "Each one closes {n} day later at {time}.",
            "Each one closes {n} days later at {time}.",
            repeat.days,
            time=at,
        )
    if repeat.reminders == 0:
        return f"{said} {words.say('Reminds nobody.')}"
    often = words.count(
        "It sends one reminder to people who have not answered.",
        "It sends {n} reminders to people who have not answered.",
        repeat.reminders,
    )
    return f"{said} {often}"


def over_a_year(words: Words, told: OverAYear | None) -> list[str]:
    """What all waves of a year tell of one person together, where somebody is asked twice."""
    if told is None:
        return []
    return [
        words.say(
            "Answers add up. Someone who is 50% sure of one answer can become {once}% sure "
            "at most (ε = {epsilon}); of an answer that stays the same in {n} waves, the "
            "most in which one person is asked in a year, more than {sure}% sure (ε = "
            "{sum}).",
            once=told.each.most_sure,
            epsilon=words.number(float(told.each.epsilon)),
            n=told.waves,
            sure=told.most_sure,
            sum=words.number(float(told.epsilon)),
        )
    ]


def past(words: Words, one: PastDate) -> str:
    """What became of a date, in a few words."""
    day = words.day(one.day)
    if one.skipped is None:
        return words.say("{day}: launched", day=day)
    return words.say("{day}: skipped. {why}", day=day, why=_why(words, one.skipped, one, ""))


def why_skipped(words: Words, one: PastDate) -> str:
    """Why a date had no launch; "" where it had one."""
    return _why(words, one.skipped, one, "") if one.skipped else ""


def became(words: Words, message: Repetition) -> str:
    title = words.text(message.title)
    if message.skipped is None:
        return words.say("“{title}” was launched on {day}", title=title, day=words.day(message.at))
    return words.say("“{title}” was not launched on {day}", title=title, day=words.day(message.at))


def following(words: Words, message: Repetition) -> list[str]:
    """Whom it reaches, or why it was left out; and when it comes next."""
    said = []
    if message.reach is not None and message.closes_at is not None:
        said += reach_words.lines(words, message.reach)
        said.append(words.say("It closes on {when}.", when=words.when(message.closes_at)))
    elif message.skipped is not None:
        said.append(_why(words, message.skipped, message, message.off))
    if message.next_at is not None:
        said.append(words.say("Next: {when}.", when=words.when(message.next_at)))
    else:
        said.append(words.say("No other date is planned."))
    return said


def _date(words: Words, one: SeriesDate) -> str:
    if one.at is not None:
        return words.when(one.at)
    why = words.say("{holiday}: skipped", holiday=one.off) if one.off else words.say("skipped")
    return words.say("{day} ({why})", day=words.day(one.due), why=why)


def _why(words: Words, skipped: Skipped, about: PastDate | Repetition, off: str) -> str:
    match skipped:
        case Skipped.DAY_OFF if off:
            return words.say("It is a day off: {holiday}.", holiday=off)
        case Skipped.DAY_OFF:
            return words.say("It is a day off.")
        case Skipped.LATE:
            return words.say(
                "The service was not running at that time, and it was too late to launch it "
                "afterward."
            )
        case Skipped.OPEN:
            return words.say("The one before was still open.")
        case Skipped.PAUSED:
            return words.say("It was paused.")
        case Skipped.UNFIT:
            return wording.unfit(words, about.unfit)
        case _:
            assert_never(skipped)


def _every_week(words: Words, every: int, day: str, at: str) -> str:
    match every:
        case 1:
            return words.say("Every {day} at {time}", day=day, time=at)
        case 2:
            return words.say("Every second {day} at {time}", day=day, time=at)
        case _:
            return words.say("Every {n} weeks on {day} at {time}", n=every, day=day, time=at)


def _clock(words: Words, found: re.Match[str]) -> str:
    return clock(words, time(int(found[2]) % 24, int(found[1]) % 60))
