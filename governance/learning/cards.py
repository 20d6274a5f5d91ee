"""Training: the list, one session with what can be done about it, guides, and the news."""

from __future__ import annotations

from datetime import date

from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Entries,
    Facts,
    Form,
    Link,
    Look,
    Page,
    Part,
    Press,
    Prose,
    Secrecy,
    Style,
    TextField,
)
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines, link, why
from governance.forms.commands import Open
from governance.labels import Labels
from governance.learning import wording as say
from governance.learning.commands import (
    CancelSeat,
    CancelSession,
    RecordAttendance,
    ShowAttendance,
    ShowGuide,
    ShowSession,
    SignUp,
    WriteGuide,
    WriteSession,
)
from governance.learning.messages import (
    AttendanceForm,
    LearningView,
    SessionLine,
    SessionNews,
    SessionTold,
    SessionView,
)
from governance.learning.model import LONGEST_LINK

_AT_ONCE = 3
"""Sessions that can be signed up for in the list itself."""

_SHORT = 30
"""Characters of a title on a button."""


# -- the list --------------------------------------------------------------------------------------


def learning(words: Words, message: LearningView) -> Card:
    title = (
        words.prose("Training: {title}", title=words.written(message.change[1]))
        if (message.change)
        else words.say("Training")
    )
    change_id = message.change[0] if message.change else None
    nothing = not (message.sessions or message.recorded or message.guides)
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([words.say("Nothing is planned yet.")] if nothing else []),
            *_group(words, words.say("Sessions"), [_row(words, one) for one in message.sessions]),
            *_group(
                words,
                words.say("Self-paced guides"),
                [
                    (
                        Page(label=words.text(one.guide.title), path=links.guide("", one.guide.id)),
                        words.say("Done on {day}", day=words.day(one.done_at))
                        if one.done_at
                        else _due(words, one.guide.due),
                    )
                    for one in message.guides
                ],
            ),
            *_group(
                words,
                words.say("Recordings"),
                [(_page(words, one), words.day(one.starts, year=True)) for one in message.recorded],
            ),
        ),
        presses=_offers(words, message),
        more=_each(words, message),
        page=Page(label=words.say("Open it on the web"), path=links.learning("", change_id)),
        up=Page(label=words.say("Back to the change"), path=links.change("", change_id))
        if change_id
        else Page(label=words.say("Home"), path=links.inbox("")),
    )


def _due(words: Words, due: date | None) -> str:
    return words.say("Due on {day}", day=words.day(due)) if due else ""


def _group(words: Words, heading: str, rows: list[tuple[Page, str]]) -> tuple[Part, ...]:
    if not rows:
        return ()
    entries = Entries(rows=tuple(rows), secrecy=Secrecy.SIGNED_IN)
    return (*lines([heading], Look.STRONG), entries)


def _page(words: Words, line: SessionLine) -> Page:
    session = line.session
    return Page(label=words.text(session.title), path=links.training("", session.id))


def _row(words: Words, line: SessionLine) -> tuple[Page, str]:
    own = say.mine(words, line)
    told = (say.when(words, line), say.where(words, line.session), own or say.seats(words, line))
    return _page(words, line), " · ".join(one for one in told if one)


def _short(words: Words, line: SessionLine) -> str:
    title = words.text(line.session.title)
    return title if len(title) <= _SHORT else f"{title[:_SHORT].rstrip()}…"


def _open_to(message: LearningView) -> tuple[SessionLine, ...]:
    """What the reader can sign up for with one press in the list itself."""
    free = (one for one in message.sessions if one.mine is None and one.left != 0)
    return tuple(free)[:_AT_ONCE]


def _offers(words: Words, message: LearningView) -> tuple[Press, ...]:
    """Signing up at once for what comes next, and adding to it."""
    presses = [
        Press(
            label=words.say(
                "Sign up: {title}, {day}", title=_short(words, one), day=words.day(one.starts)
            ),
            command=SignUp(session_id=one.session.id),
        )
        for one in _open_to(message)
    ]
    if message.writes:
        change_id = message.change[0] if message.change else None
        presses += [
            Press(
                label=words.say("Add a session"), command=Open(of=WriteSession(change_id=change_id))
            ),
            Press(label=words.say("Add a guide"), command=Open(of=WriteGuide(change_id=change_id))),
        ]
    return tuple(presses)


def _each(words: Words, message: LearningView) -> tuple[Press, ...]:
    """For a chat, where the list's own links lead to the web: what has no button of its own."""
    sessions = [
        Press(
            label=words.say("{title} ({day})", title=_short(words, one), day=words.day(one.starts)),
            command=ShowSession(session_id=one.session.id),
        )
        for one in message.sessions
        if one not in _open_to(message)
    ]
    guides = [
        Press(label=words.text(one.guide.title), command=ShowGuide(guide_id=one.guide.id))
        for one in message.guides
        if one.done_at is None
    ]
    return (*sessions, *guides)


# -- one session -----------------------------------------------------------------------------------


def session(words: Words, message: SessionView) -> Card:
    line = message.line
    return Card(
        title=words.written(line.session.title),
        secrecy=Secrecy.ANYWHERE,
        parts=(*lines(_stands(words, message), Look.STRONG), *_about(words, message)),
        presses=_presses(words, message),
        more=_runs(words, message),
        page=_way(words, line),
        up=Page(label=words.say("Training"), path=links.learning("")),
        note=words.say("The person who leads it sees your name.")
        if _open(message) and line.mine is None and not message.leads
        else "",
    )


def _way(words: Words, line: SessionLine) -> Page:
    return Page(label=words.say("Open it on the web"), path=links.training("", line.session.id))


def _open(message: SessionView) -> bool:
    return not (message.over or message.line.session.cancelled)


def _stands(words: Words, message: SessionView) -> list[str]:
    line = message.line
    if line.session.cancelled:
        cancelled = words.say("This session was canceled.")
        return [cancelled, line.session.why]
    if message.over:
        return [words.say("This session has begun or is over.")]
    if line.mine is None:
        full = words.say("It is full. You can join the waiting list.")
        return [full if line.left == 0 else say.seats(words, line)]
    told = words.say("You’ll get a message as soon as a seat is free.")
    return [say.mine(words, line), "" if line.mine.seated else told]


def _about(words: Words, message: SessionView) -> tuple[Part, ...]:
    line, session = message.line, message.line.session
    pairs: list[tuple[str, Prose]] = [
        (words.say("When"), say.when(words, line)),
        (words.say("Place"), say.where(words, session)),
        (words.say("Led by"), message.leader),
    ]
    if session.about:
        pairs.append((words.say("What you’ll learn"), words.written(session.about)))
    if message.change:
        pairs.append((words.say("For the change"), words.written(message.change)))
    seated = line.mine is not None and line.mine.seated
    return (
        Facts(pairs=tuple(one for one in pairs if one[1]), secrecy=Secrecy.ANYWHERE),
        *(_counts(words, message) if message.runs else ()),
        *(_joining(words, message) if (seated or message.runs) and _open(message) else ()),
        *link(words.say("Watch the recording"), session.recording, Secrecy.SIGNED_IN),
    )


def _counts(words: Words, message: SessionView) -> tuple[Part, ...]:
    """For who runs it."""
    line, session = message.line, message.line.session
    said = say.taken(words, line.seats.taken, session.capacity)
    if waiting := line.seats.waiting:
        said = f"{said} · {words.count('{n} person waiting', '{n} people waiting', waiting)}"
    pairs: tuple[tuple[str, Prose], ...] = (
        (words.say("Signed up"), said),
        (words.say("Offered to"), Labels(words).audience(session.audience)),
    )
    return (Facts(pairs=pairs, secrecy=Secrecy.SIGNED_IN),)


def _joining(words: Words, message: SessionView) -> tuple[Part, ...]:
    """The link to join is for those who have a seat."""
    session = message.line.session
    file = links.training_calendar("", session.id)
    return (
        *link(words.say("Join online"), session.link, Secrecy.SIGNED_IN),
        Link(label=words.say("Add to your calendar"), url=file, secrecy=Secrecy.SIGNED_IN),
    )


def _presses(words: Words, message: SessionView) -> tuple[Press, ...]:
    line, found = message.line, list[Press]()
    which = line.session.id
    if _open(message) and line.mine is None and not message.leads:
        full = words.say("Join the waiting list")
        label = full if line.left == 0 else words.say("Sign up")
        found.append(Press(label=label, command=SignUp(session_id=which), style=Style.PRIMARY))
    elif _open(message) and line.mine:
        waits = words.say("Leave the waiting list")
        label = words.say("Cancel my seat") if line.mine.seated else waits
        found.append(Press(label=label, command=CancelSeat(session_id=which)))
    if message.leads:
        label = words.say("Attendance") if message.over else words.say("Who signed up")
        found.append(Press(label=label, command=ShowAttendance(session_id=which)))
    return tuple(found)


def _runs(words: Words, message: SessionView) -> tuple[Press, ...]:
    if not (message.runs and _open(message)):
        return ()
    which = message.line.session.id
    return (
        Press(label=words.say("Edit or move it"), command=Open(of=WriteSession(session_id=which))),
        Press(
            label=words.say("Cancel the session"), command=Open(of=CancelSession(session_id=which))
        ),
    )


# -- forms -----------------------------------------------------------------------------------------


def attendance(words: Words, message: AttendanceForm) -> Card:
    label = words.say("Attendance") if message.begun else words.say("Who signed up")
    path = links.training("", message.session_id)
    waiting = words.say("Waiting list")
    return Card(
        title=words.prose("{label}: {title}", label=label, title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([] if message.people or message.waiting else [words.say("No one signed up.")]),
            *(() if message.begun else _names("", [name for _, name in message.people])),
            *(() if message.begun else _names(waiting, list(message.waiting))),
        ),
        form=_marking(words, message, label) if message.begun else None,
        page=Page(label=words.say("Open it on the web"), path=path),
        up=Page(label=words.text(message.title), path=path),
    )


def _names(heading: str, names: list[str]) -> tuple[Part, ...]:
    if not names:
        return ()
    told = Bullets(lines=tuple(names), secrecy=Secrecy.SIGNED_IN)
    return (*lines([heading], Look.STRONG), told)


def _marking(words: Words, message: AttendanceForm, label: str) -> Form:
    people = ChoiceField(
        key="attended",
        label=words.say("Who was there?"),
        choices=message.people,
        chosen=message.attended,
        several=True,
    )
    recording = TextField(
        key="recording",
        label=words.say("Link to the recording"),
        value=message.recording,
        longest=LONGEST_LINK,
        hint=words.say("People who signed up and were not there get it once."),
        why=why(words, message.unfit, "recording"),
        rows=1,
        optional=True,
    )
    which = message.session_id
    return Form(
        fields=(*((people,) if message.people else ()), recording),
        submit=Press(label=words.say("Save"), command=RecordAttendance(session_id=which)),
        opens=Press(label=label, command=ShowAttendance(session_id=which)),
        leave=Page(label=words.say("Not now"), path=links.training("", which)),
        back=ShowSession(session_id=which),
    )


# -- news ------------------------------------------------------------------------------------------


def news(words: Words, message: SessionTold) -> Card:
    view, line = message.view, message.view.line
    title = words.written(line.session.title)
    titles = {
        SessionNews.SEAT: words.prose("You have a seat: {title}", title=title),
        SessionNews.REMINDER: words.prose("Reminder: {title}", title=title),
        SessionNews.MOVED: words.prose("Changed: {title}", title=title),
        SessionNews.CANCELLED: words.prose("Canceled: {title}", title=title),
        SessionNews.RECORDING: words.prose("Recording: {title}", title=title),
    }
    return Card(
        title=titles[message.news],
        secrecy=Secrecy.ANYWHERE,
        parts=(*lines(_happened(words, message)), *_about(words, view)),
        presses=_presses(words, view),
        page=_way(words, line),
    )


def _happened(words: Words, message: SessionTold) -> list[str]:
    line = message.view.line
    match message.news:
        case SessionNews.SEAT:
            said = "A seat opened up, and it’s yours. If you can’t come, please cancel it."
            return [words.say(said)]
        case SessionNews.REMINDER:
            return [words.say("You have a seat. If you can’t come, please cancel it.")]
        case SessionNews.MOVED if line.session.moved_from:
            was = words.when(line.session.moved_from)
            return [words.say("It was planned for {was}.", was=was), say.mine(words, line)]
        case SessionNews.MOVED:
            changed = "The place, the link or who leads it has changed."
            return [words.say(changed), say.mine(words, line)]
        case SessionNews.CANCELLED:
            return [words.say("This session was canceled."), line.session.why]
        case SessionNews.RECORDING:
            return [words.say("You signed up for it. Here is the recording.")]


CARDS: Drawings = {
    LearningView: learning,
    SessionView: session,
    AttendanceForm: attendance,
    SessionTold: news,
}

NOTES: Notes = {
    SignUp: lambda words, _, message: (
        say.mine(words, message.line) if isinstance(message, SessionView) else ""
    ),
    CancelSeat: lambda words, *_: words.say("You are no longer signed up."),
    WriteSession: lambda words, *_: words.say("Saved."),
    CancelSession: lambda words, *_: words.say(
        "Canceled. Everyone who signed up will be notified."
    ),
    RecordAttendance: lambda words, *_: words.say("Saved."),
}
