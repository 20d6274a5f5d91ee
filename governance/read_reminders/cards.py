"""Who has not read an announcement, and the reminder to read it."""

from __future__ import annotations

from core.cards import Bullets, Card, Figures, Look, Page, Part, Press, Secrecy, Share, Style
from core.words import Words
from governance import links
from governance.announcements.commands import AcknowledgeAnnouncement
from governance.announcements.model import Announcement, Tally
from governance.card_parts import Drawings, Notes, lines
from governance.read_reminders.commands import RemindUnread, ShowUnread
from governance.read_reminders.handlers import not_to_be_reminded
from governance.read_reminders.messages import ReadReminder, Unread
from governance.read_reminders.model import BuildingUnread

MOST_BUILDINGS = 15


def presses(words: Words, announcement: Announcement, tally: Tally) -> tuple[Press, ...]:
    """The button to the counts, where somebody has got it and not confirmed it."""
    if not_to_be_reminded(announcement) or tally.acknowledged >= tally.sent:
        return ()
    label = words.say("Who has not read it")
    return (Press(label=label, command=ShowUnread(announcement_id=announcement.id)),)


def unread(words: Words, message: Unread) -> Card:
    read = message.people - message.unread
    return Card(
        title=words.prose("Not read yet: {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Figures(
                pairs=(
                    (words.say("Have not read it"), words.number(message.unread)),
                    (words.say("Have read it"), words.number(read)),
                ),
                share=Share(part=read, whole=message.people, label=words.say("read")),
                secrecy=Secrecy.ANYWHERE,
            ),
            *_buildings(words, message.buildings),
            *lines(_reminded(words, message), Look.QUIET),
        ),
        presses=_remind(words, message),
        page=Page(
            label=words.say("See it person by person"),
            path=f"{links.campaign('', message.announcement_id)}?outcome=unread",
        ),
    )


def _buildings(words: Words, all_of_them: tuple[BuildingUnread, ...]) -> tuple[Part, ...]:
    waiting = [one for one in all_of_them if one.unread]
    shown, rest = waiting[:MOST_BUILDINGS], waiting[MOST_BUILDINGS:]
    said = [
        words.say(
            "{building}: {unread} of {people} have not read it",
            building=one.building,
            unread=words.number(one.unread),
            people=words.number(one.people),
        )
        for one in shown
    ]
    if rest:
        said.append(
            words.say(
                "{n} other buildings: {unread} have not read it",
                n=words.number(len(rest)),
                unread=words.number(sum(one.unread for one in rest)),
            )
        )
    return (Bullets(lines=tuple(said), secrecy=Secrecy.ANYWHERE),) if said else ()


def _reminded(words: Words, message: Unread) -> list[str]:
    if not message.unread:
        return [words.say("Everyone who got it has read it.")]
    if message.reminded_at is None:
        return []
    when = words.when(message.reminded_at)
    told = words.say("You reminded them on {when}.", when=when)
    if message.may_remind:
        return [told]
    return [told, words.say("You can remind them again tomorrow.")]


def _remind(words: Words, message: Unread) -> tuple[Press, ...]:
    if not (message.unread and message.may_remind):
        return ()
    return (
        Press(
            label=words.say("Remind those who have not read it"),
            command=RemindUnread(announcement_id=message.announcement_id),
            style=Style.PRIMARY,
        ),
    )


def reminder(words: Words, message: ReadReminder) -> Card:
    announcement = message.announcement_id
    return Card(
        title=words.prose("Please read: {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                words.say(
                    "{sender} sent this on {when} and asks you to confirm that you have read it.",
                    sender=message.sender,
                    when=words.when(message.sent_at),
                )
            ]
        ),
        presses=(
            Press(
                label=words.say("I have read this"),
                command=AcknowledgeAnnouncement(announcement_id=announcement),
            ),
        ),
        page=Page(label=words.say("Read it"), path=links.announcement("", announcement)),
    )


def _reminded_now(words: Words, _: RemindUnread, message: Unread) -> str:
    return words.count(
        "A reminder goes to {n} person.", "A reminder goes to {n} people.", message.unread
    )


CARDS: Drawings = {Unread: unread, ReadReminder: reminder}

NOTES: Notes = {RemindUnread: _reminded_now}
