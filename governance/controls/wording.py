"""Sentences about safeguards that several cards share. Those about scores and answers are only for
windows and pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.cards import Bullets, Facts, Link, Look, Part, Prose, Quote, Secrecy
from core.forms import asked_of
from core.words import Words
from governance.card_parts import lines
from governance.controls.answer_commands import AnswerSafeguard
from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Dimension,
    Framework,
    SafeguardPlace,
)
from governance.controls.screening import ADDRESS

OURS = Secrecy.SIGNED_IN

_MOST_LINKS = 10


def number_of(place: SafeguardPlace) -> str:
    """Such as "CIS 4.1"."""
    return f"{place.framework.short} {place.safeguard.number}"


def named(words: Words, framework: Framework, number: str) -> str:
    """Such as "CIS 4.1 Settings of devices"."""
    safeguard = framework.safeguard(number)
    name = words.text(safeguard.name) if safeguard else ""
    return f"{framework.short} {number} {name}".strip()


def framework(words: Words, found: Framework) -> str:
    """Such as "CIS Controls 8.1"."""
    return f"{words.text(found.name)} {found.version}"


def numbers(said: Sequence[str]) -> str:
    return ", ".join(said)


def dimension(words: Words, one: Dimension) -> str:
    return words.say(
        next(asks.label for asks in asked_of(AnswerSafeguard) if asks.name == one.value)
    )


def step(words: Words, found: Framework, one: Dimension, score: int) -> str:
    """A score with its meaning: "3: Written and approved"."""
    steps = found.steps.get(one, ())
    meaning = words.text(steps[score - 1]) if 0 < score <= len(steps) else ""
    return f"{words.number(score)}: {meaning}" if meaning else words.number(score)


def state(words: Words, given: Assessment) -> str:
    return {
        AssessmentState.DRAFT: words.say("Draft"),
        AssessmentState.OPEN: words.say("Open until {day}", day=words.day(given.due)),
        AssessmentState.CLOSED: words.say(
            "Closed on {day}", day=words.day(given.closed_at or given.made_at, year=True)
        ),
    }[given.state]


def state_of(words: Words, given: Assessment, one: AnswerState, due: date) -> str:
    """The state of a safeguard, without its answer."""
    if given.state is AssessmentState.CLOSED and one is not AnswerState.CONFIRMED:
        done = one is AnswerState.DONE
        return words.say("Not confirmed") if done else words.say("Not assessed")
    return {
        AnswerState.OPEN: words.say("Due on {day}", day=words.day(due)),
        AnswerState.SENT_BACK: words.say("Sent back, due on {day}", day=words.day(due)),
        AnswerState.DONE: words.say("Done, waiting for confirmation"),
        AnswerState.CONFIRMED: words.say("Confirmed by ISO"),
    }[one]


def stale(words: Words) -> str:
    return words.say("Last assessed more than a year ago. Please check it again.")


def sent_back(words: Words, row: Assessed) -> tuple[Part, ...]:
    """Why it was sent back."""
    if row.state is not AnswerState.SENT_BACK:
        return ()
    return (
        *lines([words.say("It was sent back:")], Look.STRONG, OURS),
        Quote(text=row.answer.word, secrecy=OURS),
    )


# -- only for windows and pages -------------------------------------------------------------------


def about(words: Words, place: SafeguardPlace) -> tuple[Part, ...]:
    """Which safeguard it is."""
    safeguard = place.safeguard
    control, full = place.framework.control_of(safeguard.number), safeguard.about
    return (
        *lines([words.text(safeguard.name)], Look.STRONG),
        *lines([f"{control.number} {words.text(control.name)}" if control else ""], Look.QUIET),
        *((Quote(text=words.written(full), secrecy=OURS),) if full else ()),
    )


def answer(words: Words, found: Framework, said: Answer) -> tuple[Part, ...]:
    """What was answered."""
    if said.applicable is None:
        return lines([words.say("There is no answer yet.")], secrecy=OURS)
    pairs: list[tuple[str, Prose]] = [
        (dimension(words, one), step(words, found, one, said.scores[one]))
        for one in Dimension
        if one in said.scores
    ]
    if not said.applicable:
        pairs.append((words.say("Does not apply"), said.why_not))
    if said.evidence:
        pairs.append((words.say("Evidence"), said.evidence))
    if said.next_step:
        pairs.append((words.say("What would raise the score"), said.next_step))
    return (Facts(pairs=tuple(pairs), secrecy=OURS), *links(said.evidence))


def links(evidence: str) -> tuple[Part, ...]:
    """The web addresses in the evidence."""
    words = (one.rstrip(".,;:!?") for one in evidence.split())
    plain = (one if "(" in one else one.rstrip(")") for one in words)
    found = dict.fromkeys(one for one in plain if ADDRESS.fullmatch(one))
    return tuple(Link(label=one, url=one, secrecy=OURS) for one in list(found)[:_MOST_LINKS])


def given_by(words: Words, row: Assessed, by: str) -> str:
    """Who answered it, and when."""
    if row.answered_at is None:
        return ""
    day = words.day(row.answered_at, year=True)
    if not by:
        return words.say("Answered on {day}.", day=day)
    return words.say("Answered by {name} on {day}.", name=by, day=day)


def confirmed_by(words: Words, row: Assessed, by: str) -> str:
    if row.confirmed_at is None:
        return ""
    day = words.day(row.confirmed_at, year=True)
    if not by:
        return words.say("Confirmed on {day}.", day=day)
    return words.say("Confirmed by {name} on {day}.", name=by, day=day)


def bullets(said: Sequence[str]) -> tuple[Part, ...]:
    return (Bullets(lines=tuple(said), secrecy=OURS),) if said else ()
