"""Announcements: asking for a second person's yes, and giving or refusing it."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    Confirm,
    Page,
    Press,
    Preview,
    Prose,
    Secrecy,
    Style,
)
from core.words import Words
from governance import links
from governance.announcements import urgent_wording as say
from governance.announcements.approval_messages import (
    ApprovalAsked,
    ApprovalSettled,
    EditAsked,
    Settlement,
)
from governance.announcements.campaign_commands import ShowProgress
from governance.announcements.commands import (
    ApproveAnnouncement,
    ApproveEdit,
    DeclineAnnouncement,
    DeclineEdit,
    WriteAnnouncement,
)
from governance.card_parts import Drawings, change, lines, sender
from governance.forms.commands import Open
from governance.lessons.wording import due_line, question_parts


def asked(words: Words, message: ApprovalAsked) -> Card:
    """All that people will read, and what a yes does."""
    announcement = message.announcement_id
    return Card(
        badge=words.say("Urgent") if message.urgent else "",
        title=_asks(words, message),
        secrecy=Secrecy.ANYWHERE,
        outside=words.say("Approve or decline: {title}", title=words.text(message.change.title)),
        parts=(
            Bullets(lines=tuple(say.asked_lines(words, message)), secrecy=Secrecy.ANYWHERE),
            Preview(
                label=words.say("This is what people will read:"),
                title=words.written(message.change.title),
                parts=(
                    sender(words, message.sender),
                    *change(words, message.change),
                ),
                secrecy=Secrecy.ANYWHERE,
            ),
            *question_parts(words, message.question),
            *lines([due_line(words, message.due)]),
        ),
        presses=(
            Press(
                label=say.approve_label(words, message),
                command=ApproveAnnouncement(announcement_id=announcement, request=message.request),
                style=Style.PRIMARY,
                confirm=Confirm(
                    title=words.say("Approve it?") if message.at else words.say("Send it now?"),
                    text=" ".join(say.reach_lines(words, message.reach, urgent=message.urgent)),
                    yes=words.say("Approve"),
                    no=words.say("Not yet"),
                ),
            ),
            Press(
                label=words.say("Decline"),
                command=Open(
                    of=DeclineAnnouncement(announcement_id=announcement, request=message.request)
                ),
            ),
        ),
        page=Page(label=words.say("Approve or decline it"), path=links.approval("", announcement)),
    )


def _asks(words: Words, message: ApprovalAsked) -> Prose:
    who, title = say.asker(words, message.asked_by), words.written(message.change.title)
    if message.urgent:
        return words.prose(
            "{who} asks you to approve an urgent announcement: {title}", who=who, title=title
        )
    return words.prose("{who} asks you to approve an announcement: {title}", who=who, title=title)


def settled(words: Words, message: ApprovalSettled) -> Card:
    announcement = message.announcement_id
    approved = message.settlement is Settlement.APPROVED
    follows = (
        Press(
            label=words.say("See its progress"), command=ShowProgress(announcement_id=announcement)
        )
        if approved
        else Press(
            label=words.say("Change it"),
            command=Open(of=WriteAnnouncement(announcement_id=announcement)),
        )
    )
    page = (
        Page(label=words.say("See all announcements"), path=links.announcements(""))
        if message.to_asker
        else None
    )
    return Card(
        title=say.settled(words, message),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(say.settled_lines(words, message)),
        presses=(follows,) if message.to_asker else (),
        page=page,
    )


def edit_asked(words: Words, message: EditAsked) -> Card:
    """All that people would read then, and what a yes does; or what was decided."""
    request = message.request
    announcement, number = request.announcement_id, request.number
    deciding = message.open and not message.to_asker
    confirm = words.count(
        "The message of {n} person changes.", "The messages of {n} people change.", message.people
    )
    approve = Press(
        label=words.say("Approve"),
        command=ApproveEdit(announcement_id=announcement, request=number),
        style=Style.PRIMARY,
        confirm=Confirm(
            title=words.say("Send the edited version?"),
            text=confirm,
            yes=words.say("Approve"),
            no=words.say("Not yet"),
        ),
    )
    decline = Press(
        label=words.say("Decline"),
        command=DeclineEdit(announcement_id=announcement, request=number),
    )
    return Card(
        title=words.prose(
            "{who} asks to edit an announcement that was sent: {title}",
            who=message.asked_by,
            title=words.written(message.title),
        ),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(say.edit_lines(words, message)),
            Preview(
                label=words.say("This is what people will read:"),
                title=words.written(request.change.title),
                parts=change(words, request.change),
                secrecy=Secrecy.ANYWHERE,
            ),
        ),
        presses=(approve, decline) if deciding else (),
        page=Page(label=words.say("Open the announcement"), path=links.campaign("", announcement))
        if message.to_asker
        else Page(
            label=words.say("Approve or decline it"), path=links.edit_approval("", announcement)
        ),
    )


CARDS: Drawings = {
    EditAsked: edit_asked,
    ApprovalAsked: asked,
    ApprovalSettled: settled,
}
