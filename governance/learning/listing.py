"""Training sessions, guides and recordings as one list."""

from __future__ import annotations

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words
from governance import links
from governance.learning import wording as training_words
from governance.learning.messages import GuideLine, LearningView, SessionLine

_SESSIONS, _GUIDES, _RECORDINGS, _MINE = "sessions", "guides", "recordings", "mine"


def learning_list(words: Words, view: LearningView) -> ListView:
    say = words.say
    return ListView(
        columns=(
            Column(key="title", label=say("Training")),
            Column(key="state", label=say("State"), sorts=False),
            Column(key="when", label=say("When")),
            Column(key="where", label=say("Where"), sorts=False),
        ),
        title="title",
        filters=(
            Filter(key="", label=say("All"), always=True),
            Filter(key=_SESSIONS, label=say("Sessions")),
            Filter(key=_GUIDES, label=say("Self-paced guides")),
            Filter(key=_RECORDINGS, label=say("Recordings")),
            Filter(key=_MINE, label=say("Signed up")),
        ),
        rows=(
            *(_session(words, one) for one in view.sessions),
            *(_guide(words, one) for one in view.guides),
            *(_recording(words, one) for one in view.recorded),
        ),
        empty=say("Nothing is planned yet."),
    )


def _session(words: Words, one: SessionLine) -> Row:
    title = words.text(one.session.title)
    return Row(
        key=str(one.session.id),
        cells=(
            Cell(text=title, order=title.casefold()),
            _seat(words, one),
            Cell(text=training_words.short_when(words, one), order=one.starts),
            Cell(text=training_words.where(words, one.session)),
        ),
        filters=frozenset(("", _SESSIONS, *((_MINE,) if one.mine else ()))),
        searched=f"{title} {training_words.where(words, one.session)}",
        path=links.training("", one.session.id),
        group=words.say("Sessions"),
    )


def _seat(words: Words, one: SessionLine) -> Cell:
    if one.session.cancelled:
        return Cell(text=words.say("Canceled"), tone=Tone.NOW)
    if one.mine is not None and one.mine.seated:
        return Cell(text=words.say("You have a seat"), tone=Tone.GOOD)
    if one.mine is not None:
        waits = words.say("Number {n} on the waiting list", n=words.number(one.place))
        return Cell(text=waits, tone=Tone.CAUTION)
    full = one.left == 0
    return Cell(text=training_words.seats(words, one), tone=Tone.CAUTION if full else Tone.INFO)


def _guide(words: Words, one: GuideLine) -> Row:
    title, due = words.text(one.guide.title), one.guide.due
    state = Cell(text="")
    if one.done_at:
        done = words.say("Done {day}", day=words.short_day(one.done_at))
        state = Cell(text=done, tone=Tone.GOOD)
    elif due:
        state = Cell(text=words.say("Due {day}", day=words.short_day(due)), tone=Tone.CAUTION)
    return Row(
        key=str(one.guide.id),
        cells=(
            Cell(text=title, order=title.casefold()),
            state,
            Cell(text=words.say("Any time")),
            Cell(text=words.say("Self-paced")),
        ),
        filters=frozenset(("", _GUIDES)),
        searched=title,
        path=links.guide("", one.guide.id),
        group=words.say("Self-paced guides"),
    )


def _recording(words: Words, one: SessionLine) -> Row:
    title = words.text(one.session.title)
    return Row(
        key=f"recorded:{one.session.id}",
        cells=(
            Cell(text=title, order=title.casefold()),
            Cell(text=words.say("Recording"), tone=Tone.PLAIN),
            Cell(text=words.short_day(one.starts), order=one.starts),
            Cell(text=words.say("Online")),
        ),
        filters=frozenset(("", _RECORDINGS)),
        searched=title,
        path=links.training("", one.session.id),
        group=words.say("Recordings"),
    )
