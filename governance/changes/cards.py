"""Changes: the calendar, one change with what can be done about it, its forms, and the news."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from core.cards import (
    Bullets,
    Card,
    Entries,
    Facts,
    Look,
    Page,
    Part,
    Press,
    Prose,
    Secrecy,
    Style,
)
from core.text import Text
from core.words import Words
from governance import links
from governance.announcements.asked import REQUIRED
from governance.card_parts import Drawings, Notes, lines
from governance.card_parts import change as written
from governance.changes import wording as say
from governance.changes.commands import (
    ShowChange,
    ShowSequence,
    TakeChangeStep,
    TranslateChange,
    WriteChange,
)
from governance.changes.facets import FacetLine, drawn
from governance.changes.handlers import STEPS
from governance.changes.messages import (
    ChangeCalendar,
    ChangeNews,
    ChangeView,
)
from governance.changes.model import (
    ChangeState,
    ChangeStep,
)
from governance.feeds.commands import ShowCalendarAddress
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.languages import lacking
from governance.references import wording as reference_words

_OVER = (ChangeState.DONE, ChangeState.WITHDRAWN)

_AT_HAND = 20
"""Changes that can be opened from the calendar in a chat."""

_SHORT = 40
"""Characters of a title on a button."""

_FORWARD = (ChangeStep.PROPOSED, ChangeStep.APPROVED, ChangeStep.STARTED, ChangeStep.DONE)


def calendar(words: Words, message: ChangeCalendar) -> Card:
    """Month by month; the first day comes first."""
    parts: list[Part] = []
    for month, rows in groupby(message.rows, lambda one: one.day.replace(day=1)):
        parts += lines([say.month_of(words, month)], Look.STRONG)
        entries = tuple(
            (
                Page(label=words.text(one.title), path=links.change("", one.change_id)),
                " · ".join((words.day(one.day), say.state(words, one.state), words.text(one.who))),
            )
            for one in rows
        )
        parts.append(Entries(rows=entries, secrecy=Secrecy.SIGNED_IN))
    label = words.say("Propose a change")
    writes = (Press(label=label, command=Open(of=WriteChange())),) if message.writes else ()
    own = Press(label=words.say("Dates in your calendar"), command=ShowCalendarAddress())
    return Card(
        title=words.say("Change calendar"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([words.say("What changes in technology, when, and for whom.")]),
            *(parts or lines([words.say("No changes are planned.")])),
        ),
        presses=(*writes, own),
        more=_each(words, message),
        page=Page(label=words.say("Open the calendar"), path=links.change_calendar("")),
        up=Page(label=words.say("Home"), path=links.inbox("")),
    )


def _each(words: Words, message: ChangeCalendar) -> tuple[Press, ...]:
    """For a chat, where the list's own links lead to the web."""
    return tuple(
        Press(
            label=words.say(
                "{title} ({day})", title=_short(words, one.title), day=words.day(one.day)
            ),
            command=ShowChange(change_id=one.change_id),
        )
        for one in [row for row in message.rows if row.state not in _OVER][:_AT_HAND]
    )


def _short(words: Words, title: Text) -> str:
    said = words.text(title)
    return said if len(said) <= _SHORT else f"{said[:_SHORT].rstrip()}…"


# -- one change ------------------------------------------------------------------------------------


def change(words: Words, message: ChangeView) -> Card:
    record, facets = message.record, drawn(words, message.facets)
    ways = tuple(one.press for one in facets if one.press)
    stands = words.say(
        "{state}. Planned for {day}.",
        state=say.state(words, record.state),
        day=words.day(record.day),
    )
    return Card(
        title=words.written(record.words.title),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([stands], Look.STRONG),
            *lines(lacking(words, record.words) if message.works else [], Look.QUIET),
            *(_facets(words, facets) if message.works else ()),
            *written(words, record.words),
            *(() if message.works else _facets(words, facets)),
            *decided(words, message),
            *background(words, message),
            *_history(words, message),
        ),
        presses=(*steps_to_take(words, message), *(() if message.works else ways)),
        more=(*(ways if message.works else ()), *other_steps(words, message)),
        page=Page(label=words.say("Open the change"), path=links.change("", record.id)),
        up=Page(label=words.say("Change calendar"), path=links.change_calendar("")),
    )


def _facets(words: Words, facets: Sequence[FacetLine]) -> tuple[Part, ...]:
    """Where it stands in one look, and what to do next."""
    pairs = tuple((one.name, one.said) for one in facets if one.said)
    next_steps = tuple(one.todo for one in facets if one.todo)
    told = (Facts(pairs=pairs, secrecy=Secrecy.SIGNED_IN),) if pairs else ()
    if not next_steps:
        return told
    heading = lines([words.say("What to do next")], Look.STRONG)
    return (*told, *heading, Bullets(lines=next_steps, secrecy=Secrecy.SIGNED_IN))


def decided(words: Words, message: ChangeView) -> tuple[Part, ...]:
    record = message.record
    pairs: list[tuple[str, Prose]] = []
    if record.decision:
        said = words.say(
            "Approved by {name} on {day}.",
            name=message.decided_by,
            day=words.day(record.decision.at),
        )
        pairs.append((words.say("Decision"), f"{said} {record.decision.words}".strip()))
    if record.learned:
        pairs.append((words.say("What we learned"), record.learned))
    return (Facts(pairs=tuple(pairs), secrecy=Secrecy.SIGNED_IN),) if pairs else ()


def background(words: Words, message: ChangeView) -> tuple[Part, ...]:
    """Why it is done and who stands behind it; the risk is for those who work on it."""
    record = message.record
    supports = "; ".join(reference_words.named(words, one) for one in message.serves)
    pairs = [
        (words.say("Supports"), supports),
        (words.say("Owner"), message.owner),
        (words.say("Sponsor"), record.sponsor),
        (words.say("Overseen by"), say.overseer(words, message.committee)),
    ]
    if message.led:
        led = words.say("At least {n} staff messages asked for it.", n=words.number(message.led))
        pairs.append((words.say("Feedback"), led))
    if message.works:
        risk = f"{say.risk(words, record.risk)}. {record.risk_note}".strip()
        pairs.append((words.say("Risk"), risk))
    given = tuple((label, told) for label, told in pairs if told)
    return (Facts(pairs=given, secrecy=Secrecy.SIGNED_IN),)


def _history(words: Words, message: ChangeView) -> tuple[Part, ...]:
    told = []
    for one, name in message.steps:
        said = f"{words.day(one.at)}: {say.took(words, one.step)}"
        if one.step is ChangeStep.MOVED and one.day:
            said = words.say("{at}: Moved to {day}", at=words.day(one.at), day=words.day(one.day))
        told.append(" · ".join(part for part in (said, name, one.why) if part))
    return (Bullets(lines=tuple(told), secrecy=Secrecy.SIGNED_IN),) if told else ()


def steps_to_take(words: Words, message: ChangeView) -> tuple[Press, ...]:
    record, presses = message.record, list[Press]()
    edits = ChangeStep.PROPOSED in message.can
    unwritten = edits and not all(getattr(record.words, key).default for key in REQUIRED)
    if unwritten:
        presses.append(_edit(words, message, Style.PRIMARY))
    for one in (step for step in _FORWARD if step in message.can):
        plain = bool(presses) or one is ChangeStep.DONE
        style = Style.PLAIN if plain else Style.PRIMARY
        presses.append(_step(words, message, one, style))
    if edits and not unwritten:
        presses.append(_edit(words, message, Style.PLAIN))
    if message.works:
        label = words.say("Messages ({n})", n=words.number(message.messages))
        presses.append(Press(label=label, command=ShowSequence(change_id=record.id)))
    return tuple(presses)


def _edit(words: Words, message: ChangeView, style: Style) -> Press:
    shows = Open(of=WriteChange(change_id=message.record.id))
    return Press(label=words.say("Edit"), command=shows, style=style)


def other_steps(words: Words, message: ChangeView) -> tuple[Press, ...]:
    rest = [step for step in STEPS if step in message.can and step not in _FORWARD]
    presses = [_step(words, message, one, Style.PLAIN) for one in rest]
    if ChangeStep.PROPOSED in message.can:
        translates = Open(of=TranslateChange(change_id=message.record.id))
        presses.insert(0, Press(label=words.say("Translate it"), command=translates))
    return tuple(presses)


def _step(words: Words, message: ChangeView, step: ChangeStep, style: Style) -> Press:
    """A step that must be told something opens its form."""
    takes = TakeChangeStep(change_id=message.record.id, step=step)
    return Press(
        label=say.step(words, step),
        command=Open(of=takes) if STEPS[step].asks else takes,
        style=style,
    )


# -- news ------------------------------------------------------------------------------------------


def news(words: Words, message: ChangeNews) -> Card:
    step = message.step
    happened = say.took(words, step.step)
    by = f"{happened} · {message.by}" if message.by else happened
    return Card(
        title=words.prose("Change: {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([by], Look.STRONG),
            *lines([words.say("Planned for {day}.", day=words.day(message.day))]),
            *lines([say.what_next(words, step.step)]),
            *(
                (
                    Facts(
                        pairs=((say.asked(words, step.step), step.why),), secrecy=Secrecy.SIGNED_IN
                    ),
                )
                if step.why
                else ()
            ),
        ),
        presses=(
            Press(
                label=words.say("Open the change"),
                command=ShowChange(change_id=step.change_id),
                style=Style.PRIMARY,
                chat_only=True,
            ),
        ),
        page=Page(label=words.say("Open the change"), path=links.change("", step.change_id)),
    )


CARDS: Drawings = {
    ChangeCalendar: calendar,
    ChangeView: change,
    ChangeNews: news,
}

NOTES: Notes = {
    WriteChange: lambda words, *_: words.say("Draft saved."),
    TranslateChange: lambda words, *_: words.say("Translation saved."),
    TakeChangeStep: lambda words, _, message: (
        words.say("The draft is not complete. Open it to see what is missing.")
        if isinstance(message, FormView) and isinstance(message.of, WriteChange)
        else words.say("Done. The people who act next have been notified.")
    ),
}
