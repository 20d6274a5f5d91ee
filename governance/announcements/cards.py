"""Announcements: reading one, and writing and sending one in chat."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from core.cards import (
    Bullets,
    Card,
    Field,
    Form,
    Look,
    MomentField,
    Page,
    Part,
    Press,
    Preview,
    Secrecy,
    Style,
)
from core.commands import Command
from core.words import Words
from governance import links, wording
from governance.announcements import campaign_wording as campaign_words
from governance.announcements import urgent_wording as urgent_words
from governance.announcements.checked import said, state_of
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    SendAnnouncement,
    SendUrgent,
    TryAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.model import Reach
from governance.card_parts import (
    Drawings,
    Notes,
    change,
    lines,
    sender,
    why,
)
from governance.faq import wording as faq_words
from governance.forms.commands import Open
from governance.labels import Labels
from governance.languages import outdated
from governance.learning.offered import see_sessions
from governance.lessons.commands import WriteLesson, WriteQuestion
from governance.lessons.wording import due_line, question_form, question_parts
from governance.lists import wording as list_words
from governance.messages import AnnouncementDrafted, Notice
from governance.service_notices.cards import notice as service_notice


def notice(words: Words, message: Notice) -> Card:
    if message.change.service is not None:
        return service_notice(words, message, message.change.service)
    announcement, title = message.announcement_id, words.written(message.change.title)
    asked = message.acknowledge and message.acknowledged_at is None
    answers = message.question if asked else None
    edited = (
        [words.say("Edited on {day}.", day=words.day(message.edited_at))]
        if message.edited_at
        else []
    )
    return Card(
        badge=words.say("Urgent") if message.urgent else words.say("Test") if message.trial else "",
        calm=not message.urgent,
        title=title,
        secrecy=Secrecy.ANYWHERE,
        outside=words.say("Urgent: {title}", title=words.text(message.change.title))
        if message.urgent
        else "",
        parts=(
            *lines([words.say("This is a test. Only you got it.")] if message.trial else []),
            *lines(
                [words.say("A lesson of about two minutes")] if message.lesson else [], Look.QUIET
            ),
            sender(words, message.sender),
            *change(words, message.change),
            *(question_parts(words, message.question, solved=False) if message.trial else ()),
            *lines(edited, Look.QUIET),
            *lines(_asks(words, message) if asked else _has_read(words, message)),
        ),
        form=question_form(words, announcement, answers) if answers else None,
        presses=(
            *(
                (
                    Press(
                        label=words.say("I have read this"),
                        command=AcknowledgeAnnouncement(announcement_id=announcement),
                        style=Style.PRIMARY,
                    ),
                )
                if asked and answers is None
                else ()
            ),
            *see_sessions(words, message.training),
            *faq_words.asking(words, message.about),
        ),
        page=Page(label=words.say("See the draft"), path=links.draft("", announcement))
        if message.trial
        else Page(label=words.say("Open it"), path=links.announcement("", announcement)),
    )


def _asks(words: Words, message: Notice) -> list[str]:
    """What its reader is asked to do, and until when."""
    day = words.day(message.due) if message.due else ""
    if message.question and day:
        return [words.say("Read this and answer the question by {day}.", day=day)]
    if message.question:
        return [words.say("Read this and answer the question.")]
    if day:
        return [words.say("Please confirm by {day} that you have read this.", day=day)]
    return [words.say("Please confirm that you have read this.")]


def _has_read(words: Words, message: Notice) -> list[str]:
    if message.acknowledged_at is None:
        return []
    when = words.when(message.acknowledged_at)
    if message.question:
        said = words.say("You answered and confirmed this on {when}.", when=when)
    else:
        said = words.say("You confirmed this on {when}.", when=when)
    late = words.say("It was due on {day}.", day=words.day(message.due)) if message.due else ""
    why = words.text(message.question.explanation) if message.question else ""
    return [f"{said} {late}" if message.late else said, why]


_TIMES = ("at", "at_date", "at_time")


def drafted(words: Words, message: AnnouncementDrafted) -> Card:
    """A preview with its reach, and the form to send it."""
    draft = message.announcement
    edits: Command = Open(of=WriteAnnouncement(announcement_id=draft.id))
    if draft.lesson:
        edits = Open(of=WriteLesson(announcement_id=draft.id))
    changes = Press(label=words.say("Change it"), command=edits)
    tries = Press(
        label=words.say("Send a test to me"), command=TryAnnouncement(announcement_id=draft.id)
    )
    urgent = Press(
        label=words.say("Send it as urgent"),
        command=Open(of=SendUrgent(announcement_id=draft.id, checked=state_of(draft))),
    )
    usual = (urgent, tries, changes, asks_question(words, draft.id))
    page = Page(label=words.say("Open it on the web"), path=links.draft("", draft.id))
    if message.lacks:
        return Card(
            title=words.say("Check before you send"),
            secrecy=Secrecy.ANYWHERE,
            parts=(*lines(_lacks(words, message), Look.STRONG), *_preview(words, message)),
            presses=(replace(changes, style=Style.PRIMARY),),
            page=page,
        )
    return Card(
        title=words.say("Check before you send"),
        secrecy=Secrecy.ANYWHERE,
        parts=_checked(words, message),
        form=_sending(words, message, changes),
        presses=(tries, changes) if draft.lesson else usual,
        note="" if draft.lesson else urgent_words.offer(words),
        page=page if draft.lesson else None,
    )


def _checked(words: Words, message: AnnouncementDrafted) -> tuple[Part, ...]:
    """Whom a draft reaches, what comes before it goes out, and how people will see it."""
    draft = message.announcement
    reaches = words.count(
        "It reaches {n} person. Sending takes {time}.",
        "It reaches {n} people. Sending takes {time}.",
        message.reach.people,
        time=words.duration(message.reach.seconds),
    )
    return (
        *lines([said(words, message.changed)], Look.ALARM),
        *lines([urgent_words.declined(words, draft.declined_why or "")], Look.STRONG),
        *lines(outdated(words, draft.change), Look.ALARM),
        *lines([reaches], Look.STRONG),
        Bullets(lines=tuple(_reach(words, message.reach)), secrecy=Secrecy.ANYWHERE),
        *lines(list_words.stale(words, message.stale), Look.ALARM),
        *lines(campaign_words.joiners(words, draft)),
        *lines(urgent_words.guard_lines(words, message.guard), Look.STRONG),
        *lines([words.say("This is not an emergency alert system. In danger, call 911.")]),
        *_preview(words, message),
    )


def _lacks(words: Words, message: AnnouncementDrafted) -> list[str]:
    return [wording.unfit(words, one) for one in message.lacks]


def _preview(words: Words, message: AnnouncementDrafted) -> tuple[Part, ...]:
    draft = message.announcement
    return (
        Preview(
            label=words.say("As people will see it"),
            title=words.written(draft.change.title),
            parts=(sender(words, message.sender), *change(words, draft.change)),
            secrecy=Secrecy.ANYWHERE,
        ),
        *question_parts(words, draft.question, solved=False),
        *lines([due_line(words, draft.due)]),
    )


def _sending(words: Words, message: AnnouncementDrafted, changes: Press) -> Form:
    draft, unfit = message.announcement, message.unfit
    sends = SendAnnouncement(announcement_id=draft.id, checked=state_of(draft))
    fields: list[Field] = [
        MomentField(
            key="at",
            label=words.say("Send at"),
            value=draft.send_at,
            hint=words.say(
                "Leave it empty to send now. In quiet hours and on days off, people get it "
                "when those end."
            ),
            why=next(filter(None, (why(words, unfit, key) for key in _TIMES)), ""),
        )
    ]
    if message.guard.everyone:
        fields.append(urgent_words.everyone_field(words, why=why(words, unfit, "everyone")))
    return Form(
        fields=tuple(fields),
        submit=Press(label=words.say("Send"), command=sends),
        opens=changes,
        leave=Page(
            label=words.say("Not now"),
            path=links.lessons("") if draft.lesson else links.announcements(""),
        ),
    )


def asks_question(words: Words, announcement_id: UUID) -> Press:
    """The button to the form of the draft's question."""
    return Press(
        label=words.say("Ask a question"),
        command=Open(of=WriteQuestion(announcement_id=announcement_id)),
    )


def _reach(words: Words, reach: Reach) -> list[str]:
    named = Labels(words)
    said = [
        words.say("{platform}: {n}", platform=named(lane), n=words.number(people))
        for lane, people in reach.by_platform
    ]
    said += urgent_words.waiting_lines(words, reach)
    return [*said, wording.held(words, reach.held)] if reach.held else said


def _read(words: Words, _: Command, message: Notice) -> str:
    return words.say("Thank you. You confirmed “{title}”.", title=words.text(message.change.title))


CARDS: Drawings = {Notice: notice, AnnouncementDrafted: drafted}


def _tested(words: Words, _: Command, __: AnnouncementDrafted) -> str:
    return words.say("A test is on its way to you.")


NOTES: Notes = {AcknowledgeAnnouncement: _read, TryAnnouncement: _tested}
