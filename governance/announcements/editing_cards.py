"""Editing what was sent, and the correction for those whose message cannot change."""

from __future__ import annotations

from core.cards import Card, Look, Press, Secrecy
from core.commands import Command
from core.words import Words
from governance.announcements.campaign_commands import EditAnnouncement
from governance.announcements.cards import notice
from governance.announcements.model import Announcement, AnnouncementState, Tally
from governance.card_parts import Drawings, Notes, lines
from governance.forms.commands import Open
from governance.messages import AnnouncementEdited, Progress
from governance.service_notices.commands import ShowServiceNotice


def edit_presses(words: Words, announcement: Announcement, tally: Tally) -> tuple[Press, ...]:
    """The button to the form, where it can be edited; a service notice is updated instead."""
    out = announcement.state is AnnouncementState.SENDING and announcement.recalled_at is None
    if not out or tally.forgotten:
        return ()
    if announcement.change.service is not None:
        opens = ShowServiceNotice(announcement_id=announcement.id)
        return (Press(label=words.say("Open the service notice"), command=opens),)
    shows = Open(of=EditAnnouncement(announcement_id=announcement.id))
    return (Press(label=words.say("Edit what was sent"), command=shows),)


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


CARDS: Drawings = {AnnouncementEdited: correction}
NOTES: Notes = {EditAnnouncement: _said}
