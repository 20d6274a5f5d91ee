"""Service notices: the first message, its updates, the list and its pages, and the forms."""

from __future__ import annotations

from core.cards import (
    Card,
    Entries,
    Line,
    Look,
    Page,
    Part,
    Press,
    Prose,
    Secrecy,
    Style,
)
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines, sender
from governance.docket.commands import ShowFeedbackForm
from governance.forms.commands import Open
from governance.messages import Notice
from governance.service_notices import wording as say
from governance.service_notices.commands import (
    PostUpdate,
    ShowServiceNotice,
    WriteServiceNotice,
)
from governance.service_notices.messages import (
    EndPassed,
    ServiceLine,
    ServiceNoticeView,
    ServiceStatus,
    ServiceUpdated,
)
from governance.service_notices.model import (
    Service,
    ServiceKind,
    ServiceThread,
)


def notice(words: Words, message: Notice, service: Service) -> Card:
    """The first message, as it stands now."""
    thread, title = message.thread, words.text(message.change.title)
    over = _badge(words, service, thread)
    subject = words.say("Planned maintenance: {title}", title=title)
    if service.kind is ServiceKind.OUTAGE:
        subject = words.say("Outage: {title}", title=title)
    urgent = words.say("Urgent") if message.urgent else ""
    return Card(
        badge=words.say("Test") if message.trial else over or urgent,
        calm=message.trial or bool(over),
        title=words.written(message.change.title),
        secrecy=Secrecy.ANYWHERE,
        outside=f"{over}: {title}" if over else subject,
        parts=(
            *lines([words.say("This is a test. Only you got it.")] if message.trial else []),
            *say.parts(words, service, message.change.what, thread),
            sender(words, message.sender),
        ),
        page=Page(label=words.say("See the draft"), path=links.draft("", message.announcement_id))
        if message.trial
        else Page(
            label=words.say("Open it"), path=links.service_notice("", message.announcement_id)
        ),
    )


def _badge(words: Words, service: Service, thread: ServiceThread | None) -> str:
    if thread is None or thread.notice.ended_at is None:
        return ""
    outage = service.kind is ServiceKind.OUTAGE
    return words.say("Restored") if outage else words.say("Over")


def updated(words: Words, message: ServiceUpdated) -> Card:
    """One update; in Slack it stands in the thread of the first message."""
    title, update = words.written(message.title), message.update
    ends = (
        words.say("We now expect it to end by {when}.", when=words.when(update.ends))
        if update.ends
        else ""
    )
    return Card(
        title=_headline(words, message, title),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *_written(words, message),
            *lines([ends], Look.STRONG),
        ),
        page=Page(
            label=words.say("Open it"), path=links.service_notice("", update.announcement_id)
        ),
    )


def _headline(words: Words, message: ServiceUpdated, title: Prose) -> Prose:
    if not message.update.last:
        return words.prose("Update: {title}", title=title)
    if message.kind is ServiceKind.OUTAGE:
        return words.prose("Restored: {title}", title=title)
    return words.prose("Maintenance is over: {title}", title=title)


def _written(words: Words, message: ServiceUpdated) -> tuple[Line, ...]:
    said = message.update.words
    if said.default:
        return (Line(text=words.written(said), secrecy=Secrecy.ANYWHERE),)
    return lines([say.ended_on(words, message.kind, message.update.at)])


# -- what staff see ----------------------------------------------------------------------------


def standing(words: Words, message: ServiceStatus) -> tuple[Part, ...]:
    """What is broken now, or that nothing is."""
    now = _listed(words, message.now) or lines([words.say("No outages are reported.")])
    return (*lines([words.say("Happening now")], Look.STRONG), *now)


def status(words: Words, message: ServiceStatus) -> Card:
    parts = [*standing(words, message)]
    for label, those in (
        (words.say("Planned maintenance"), message.planned),
        (words.say("Over in the last 30 days"), message.ended),
    ):
        if those:
            parts += [*lines([label], Look.STRONG), *_listed(words, those)]
    parts += lines([words.say("Is something broken that is not listed here? Report it.")])
    report = Press(label=words.say("Report it"), command=ShowFeedbackForm())
    writes = Press(label=words.say("Write a service notice"), command=Open(of=WriteServiceNotice()))
    open_ones = tuple(
        Press(
            label=words.say("Update: {title}", title=words.text(one.title)),
            command=ShowServiceNotice(announcement_id=one.thread.notice.announcement_id),
        )
        for one in (*message.now, *message.planned)
    )
    return Card(
        title=words.say("Service status"),
        secrecy=Secrecy.ANYWHERE,
        parts=tuple(parts),
        presses=(writes, *open_ones, report) if message.writes else (report,),
        page=Page(label=words.say("Open the page"), path=links.service_status("")),
        up=Page(label=words.say("Home"), path=links.inbox("")),
    )


def _listed(words: Words, those: tuple[ServiceLine, ...]) -> tuple[Part, ...]:
    rows = tuple(
        (
            Page(
                label=words.text(one.title),
                path=links.service_notice("", one.thread.notice.announcement_id),
            ),
            _told(words, one),
        )
        for one in those
    )
    return (Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),) if rows else ()


def _told(words: Words, line: ServiceLine) -> str:
    """How it stands, and the newest word of an update."""
    said = [say.stands(words, line.service, line.thread)]
    if line.service.kind is ServiceKind.OUTAGE:
        said.append(words.say("Reported on {when}.", when=words.when(line.since)))
    newest = next((one for one in line.thread.updates if one.words.default), None)
    if newest is not None:
        said.append(words.text(newest.words))
    return " ".join(said)


def view(words: Words, message: ServiceNoticeView) -> Card:
    line, found = message.line, message.line.thread.notice.announcement_id
    reported = words.say("Reported on {when}.", when=words.when(line.since))
    return Card(
        badge=_badge(words, line.service, line.thread),
        calm=True,
        title=words.written(line.title),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *say.parts(words, line.service, message.what, line.thread),
            sender(words, message.sender),
            *lines([reported], Look.QUIET),
        ),
        presses=(
            Press(
                label=words.say("Post an update"),
                command=Open(of=PostUpdate(announcement_id=found, last=False)),
                style=Style.PRIMARY,
            ),
            Press(
                label=say.over(words, line.service.kind),
                command=Open(of=PostUpdate(announcement_id=found, last=True)),
            ),
        )
        if message.writes
        else (),
        page=Page(label=words.say("Open it"), path=links.service_notice("", found)),
        up=Page(label=words.say("Service status"), path=links.service_status("")),
    )


def end_passed(words: Words, message: EndPassed) -> Card:
    found = message.announcement_id
    return Card(
        title=words.prose("Is it over? {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                words.say(
                    "People were told to expect its end by {when}. Say that it is over, or post "
                    "an update.",
                    when=words.when(message.ends),
                )
            ]
        ),
        presses=(
            Press(
                label=say.over(words, message.kind),
                command=Open(of=PostUpdate(announcement_id=found, last=True)),
                style=Style.PRIMARY,
            ),
            Press(
                label=words.say("Post an update"),
                command=Open(of=PostUpdate(announcement_id=found, last=False)),
            ),
        ),
        page=Page(label=words.say("Open it"), path=links.service_notice("", found)),
    )


CARDS: Drawings = {
    ServiceStatus: status,
    ServiceNoticeView: view,
    ServiceUpdated: updated,
    EndPassed: end_passed,
}

NOTES: Notes = {
    PostUpdate: lambda words, *_: words.say("Posted. Everyone who has the notice gets the update."),
    WriteServiceNotice: lambda words, *_: words.say("Draft saved."),
}
