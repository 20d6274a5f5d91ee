"""Records that are kept although they would be deleted otherwise, as a list."""

from __future__ import annotations

from core.cards import Facts, Line, Part, Secrecy
from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words
from governance import links
from governance.office.model import FeedbackHold, HeldView
from surveys.survey import Wave, WaveState

_SURVEYS, _FEEDBACK = "surveys", "feedback"


def held_list(words: Words, view: HeldView) -> ListView:
    """``Row.key``: its place among those of its kind."""
    say = words.say
    return ListView(
        columns=(
            Column(key="what", label=say("Record"), sorts=False),
            Column(key="kind", label=say("Kind"), sorts=False),
            Column(key="since", label=say("State"), sorts=False),
            Column(key="why", label=say("Reason"), sorts=False, wraps=True, phone=False),
        ),
        title="what",
        filters=(
            Filter(key="", label=say("All"), always=True),
            Filter(key=_SURVEYS, label=say("Surveys")),
            Filter(key=_FEEDBACK, label=say("Messages from staff")),
        ),
        rows=(
            *(_wave(words, one) for one in view.waves),
            *(_feedback(words, str(n), one) for n, one in enumerate(view.feedback)),
        ),
        empty=say("No record is under a hold. Records are deleted when they are due."),
    )


def _wave(words: Words, one: Wave) -> Row:
    title = words.text(one.survey.title)
    closed = one.state is WaveState.CLOSED
    says = (
        words.say("Closed on {day}", day=words.day(one.closes_at))
        if closed
        else words.say("Open until {day}", day=words.day(one.closes_at))
    )
    return Row(
        key=f"{_SURVEYS}-{one.id}",
        cells=(
            Cell(text=title),
            Cell(text=words.say("Answers to a survey")),
            Cell(text=says, tone=Tone.CAUTION if closed else Tone.PLAIN),
            Cell(text=one.hold_why or words.say("Set at the launch")),
        ),
        filters=frozenset(("", _SURVEYS)),
        searched=f"{title} {one.hold_why}",
        path=links.lift_hold("", one.id),
    )


def _feedback(words: Words, n: str, one: FeedbackHold) -> Row:
    what = (
        words.say("Original words of all messages")
        if one.of_all
        else words.say("Original words of one message")
    )
    return Row(
        key=f"{_FEEDBACK}-{n}",
        cells=(
            Cell(text=what),
            Cell(text=words.say("Messages from staff")),
            Cell(text=words.say("Since {day}", day=words.day(one.at)), tone=Tone.CAUTION),
            Cell(text=""),
        ),
        filters=frozenset(("", _FEEDBACK)),
        searched=what,
    )


def held_parts(words: Words, one: FeedbackHold) -> tuple[Part, ...]:
    """A hold on what staff wrote. Which message it is stays with those who handle it."""
    here = Secrecy.SIGNED_IN
    return (
        Facts(
            pairs=(
                (words.say("Since"), words.when(one.at)),
                (words.say("By"), one.by or words.say("Whoever runs the service")),
            ),
            secrecy=here,
        ),
        Line(
            text=words.say(
                "While it is held, the original stays encrypted and nobody reads it here. Whoever "
                "runs the service lifts the hold, with “soundingboard feedback lift-hold”."
            ),
            secrecy=here,
        ),
    )


def held_lead(words: Words) -> str:
    """What a hold does, and what else keeps an original."""
    return words.say(
        "A records hold keeps what would be deleted otherwise: a survey’s answers, and the "
        "original words of what staff wrote. The original of an urgent message is also kept until "
        "its case is closed."
    )
