"""Editing what was sent, and the correction for those whose message cannot change."""

from __future__ import annotations

from collections.abc import Mapping

from core.cards import Card, Form, Look, Page, Press, Secrecy, Style, TextField
from core.commands import Command
from core.words import Words
from governance import links
from governance.announcements.asked import LIMITS, TEXTS
from governance.announcements.campaign_commands import (
    EditAnnouncement,
    ShowEditForm,
    ShowProgress,
)
from governance.announcements.cards import notice
from governance.announcements.model import Announcement, AnnouncementState, Tally
from governance.announcements.urgent_wording import everyone_field
from governance.card_parts import Drawings, Notes, lines, why
from governance.languages import language_name
from governance.messages import AnnouncementEdited, EditForm, Progress
from governance.service_notices.commands import ShowServiceNotice
from surveys.questions import Unfit


def edit_presses(words: Words, announcement: Announcement, tally: Tally) -> tuple[Press, ...]:
    """The button to the form, where it can be edited; a service notice is updated instead."""
    out = announcement.state is AnnouncementState.SENDING and announcement.recalled_at is None
    if not out or tally.forgotten:
        return ()
    if announcement.change.service is not None:
        opens = ShowServiceNotice(announcement_id=announcement.id)
        return (Press(label=words.say("Open the service notice"), command=opens),)
    shows = ShowEditForm(announcement_id=announcement.id)
    return (Press(label=words.say("Edit what was sent"), command=shows),)


def _texts(
    words: Words, given: Mapping[str, str], unfit: Mapping[str, Unfit]
) -> tuple[TextField, ...]:
    """The words of an announcement, each with its own limit."""
    return tuple(
        TextField(
            key=one.name,
            label=words.say(one.label),
            value=given.get(one.name, ""),
            longest=one.longest,
            hint=words.say(one.hint) if one.hint else "",
            why=why(words, unfit, one.name),
            rows=one.rows,
            optional=not one.required,
        )
        for one in TEXTS
    )


def form(words: Words, message: EditForm) -> Card:
    """Every text, and under each its translations."""
    fields = []
    for one in _texts(words, message.words, message.unfit):
        fields.append(one)
        for key in sorted(key for key in message.words if key.startswith(f"{one.key}.")):
            language = language_name(words, key.partition(".")[2]).capitalize()
            fields.append(
                TextField(
                    key=key,
                    label=words.say("{language}: {part}", language=language, part=one.label),
                    value=message.words[key],
                    longest=LIMITS[one.key],
                    why=why(words, message.unfit, key),
                    rows=one.rows,
                    optional=True,
                )
            )
    if message.to_everyone:
        fields.append(everyone_field(words, why=why(words, message.unfit, "everyone")))
    shows = ShowEditForm(announcement_id=message.announcement_id)
    return Card(
        title=words.say("Edit what was sent"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                words.count(
                    "{n} person has it. Their message changes and says that it was edited. "
                    "Where it can’t be changed, as in mail, a correction is sent.",
                    "{n} people have it. Their message changes and says that it was edited. "
                    "Where it can’t be changed, as in mail, a correction is sent.",
                    message.sent,
                )
            ]
        ),
        form=Form(
            fields=tuple(fields),
            submit=Press(
                label=words.say("Save and send the change"),
                command=EditAnnouncement(announcement_id=message.announcement_id),
            ),
            opens=Press(label=words.say("Edit what was sent"), command=shows, style=Style.PRIMARY),
            leave=Page(
                label=words.say("Not now"), path=links.campaign("", message.announcement_id)
            ),
            back=ShowProgress(announcement_id=message.announcement_id),
        ),
    )


def correction(words: Words, message: AnnouncementEdited) -> Card:
    """The whole announcement once more, under a title that says why."""
    card = notice(words, message.notice)
    title = words.written(message.notice.change.title)
    return Card(
        title=words.prose("Correction: {title}", title=title),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([words.say("This replaces what you were sent before.")], Look.STRONG),
            *card.parts,
        ),
        presses=card.presses,
        page=card.page,
    )


def _said(words: Words, _: Command, message: Progress) -> str:
    return words.say("Saved. The messages that people have are being changed.")


CARDS: Drawings = {EditForm: form, AnnouncementEdited: correction}
NOTES: Notes = {EditAnnouncement: _said}
