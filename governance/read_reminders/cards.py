"""Who has not read an announcement, and the reminder to read it."""

from __future__ import annotations

from core.cards import Bullets, Card, Figures, Link, Look, Page, Part, Press, Secrecy, Share, Style
from core.words import Words
from governance import links
from governance.announcements.campaign_commands import ShowProgress
from governance.announcements.commands import AcknowledgeAnnouncement
from governance.announcements.model import Announcement, Tally
from governance.card_parts import Drawings, Notes, lines
from governance.duties.cards import bullets, by_group
from governance.lessons.model import FLOOR
from governance.lessons.wording import answer
from governance.read_reminders.commands import RemindUnread, ShowUnread
from governance.read_reminders.handlers import not_to_be_reminded
from governance.read_reminders.messages import Acknowledged, ReadReminder, Unread
from governance.read_reminders.model import READ_BY, BuildingUnread

MOST_BUILDINGS = 15


def presses(words: Words, announcement: Announcement, tally: Tally) -> tuple[Press, ...]:
    """The button to the counts, where somebody has got it and not confirmed it."""
    if announcement.due is not None and announcement.sent_at is not None:
        label = words.say("Who has confirmed it")
        return (Press(label=label, command=ShowUnread(announcement_id=announcement.id)),)
    if not_to_be_reminded(announcement) or tally.acknowledged >= tally.sent:
        return ()
    label = words.say("Who has not confirmed it")
    return (Press(label=label, command=ShowUnread(announcement_id=announcement.id)),)


def unread(words: Words, message: Unread) -> Card:
    read = message.people - message.unread
    return Card(
        title=words.prose("Not confirmed yet: {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            Figures(
                pairs=(
                    (words.say("Not confirmed yet"), words.number(message.unread)),
                    (words.say("Confirmed"), words.number(read)),
                ),
                share=Share(part=read, whole=message.people, label=words.say("confirmed")),
                secrecy=Secrecy.ANYWHERE,
            ),
            *_buildings(words, message.buildings),
            *lines(_reminded(words, message), Look.QUIET),
        ),
        presses=_remind(words, message),
        page=Page(
            label=words.say("See it person by person"),
            path=f"{links.campaign('', message.announcement_id)}?state=unread",
        ),
    )


def _buildings(words: Words, all_of_them: tuple[BuildingUnread, ...]) -> tuple[Part, ...]:
    waiting = [one for one in all_of_them if one.unread]
    shown, rest = waiting[:MOST_BUILDINGS], waiting[MOST_BUILDINGS:]
    said = [
        words.say(
            "{building}: {unread} of {people} have not confirmed it",
            building=one.building,
            unread=words.number(one.unread),
            people=words.number(one.people),
        )
        for one in shown
    ]
    if rest:
        said.append(
            words.say(
                "{n} other buildings: {unread} have not confirmed it",
                n=words.number(len(rest)),
                unread=words.number(sum(one.unread for one in rest)),
            )
        )
    return (Bullets(lines=tuple(said), secrecy=Secrecy.ANYWHERE),) if said else ()


def _reminded(words: Words, message: Unread) -> list[str]:
    if not message.unread:
        return [words.say("Everyone who got it has confirmed it.")]
    if message.reminded_at is None:
        return []
    when = words.when(message.reminded_at)
    told = words.say("You sent a reminder on {when}.", when=when)
    if message.may_remind:
        return [told]
    return [told, words.say("You can remind them again tomorrow.")]


def _remind(words: Words, message: Unread) -> tuple[Press, ...]:
    if not (message.unread and message.may_remind):
        return ()
    return (
        Press(
            label=words.say("Remind people who have not confirmed it"),
            command=RemindUnread(announcement_id=message.announcement_id),
            style=Style.PRIMARY,
        ),
    )


def acknowledged(words: Words, message: Acknowledged) -> Card:
    announcement = message.announcement_id
    return Card(
        title=words.prose("Confirmed: {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(
                [words.say("In your building: {building}.", building=message.building)]
                if message.building
                else []
            ),
            Figures(
                pairs=(
                    (words.say("Asked"), words.number(message.asked)),
                    (words.say("Confirmed"), words.number(message.done)),
                    (words.say("Late"), words.number(message.late)),
                    (words.say("Not yet"), words.number(message.asked - message.done)),
                ),
                share=Share(part=message.done, whole=message.asked, label=words.say("confirmed")),
                secrecy=Secrecy.ANYWHERE,
            ),
            *lines(
                [
                    words.say("Due on {day}.", day=words.day(message.due)),
                    words.say(
                        "People who have not done it are reminded up to three times, five school "
                        "days apart."
                    ),
                ],
                Look.QUIET,
            ),
            *_answers(words, message),
            *by_group(words, message.roles, message.buildings),
            *_listed(words, message),
            Link(
                label=words.say("Download confirmations"),
                url=links.acknowledged_csv(announcement),
                secrecy=Secrecy.SIGNED_IN,
            ),
        ),
        presses=(
            Press(label=words.say("Progress"), command=ShowProgress(announcement_id=announcement)),
        )
        if message.office
        else (),
        page=Page(label=words.say("Open it on the web"), path=links.acknowledged("", announcement)),
        up=_back(words, message),
    )


def _listed(words: Words, message: Acknowledged) -> tuple[Part, ...]:
    """The way to the list of people, for those who have one."""
    if message.building:
        label = words.say("See who has not confirmed yet")
        url = links.owed("", f"{READ_BY}:{message.announcement_id}")
    elif message.lesson:
        label, url = words.say("See who is overdue"), links.owed("")
    else:
        return ()  # the office sees it person by person on the announcement's own page
    return (Link(label=label, url=url, secrecy=Secrecy.SIGNED_IN),)


def _back(words: Words, message: Acknowledged) -> Page:
    if message.lesson:
        return Page(label=words.say("Lessons"), path=links.lessons(""))
    if message.building:
        return Page(label=words.say("Not confirmed yet"), path=links.owed(""))
    return Page(label=words.say("Progress"), path=links.campaign("", message.announcement_id))


def _answers(words: Words, message: Acknowledged) -> tuple[Part, ...]:
    """How many chose what at their first try, as far as that is shown."""
    if message.question is None:
        return ()
    title = lines([words.say("First answers")], Look.STRONG)
    if message.shares is None:
        few = words.say(
            "Shown once there are {n} answers, so that no one’s answer can be known.", n=FLOOR
        )
        return (*title, *lines([few]))

    def percent(share: int) -> str:
        return words.percent(share / 100)

    said = [
        words.say("{choice} (right): about {share}", choice=words.text(one), share=percent(share))
        if place == message.question.right
        else words.say("{choice}: about {share}", choice=words.text(one), share=percent(share))
        for place, (one, share) in enumerate(
            zip(message.question.choices, message.shares, strict=True)
        )
    ]
    noise = words.say(
        "Each number is changed slightly at random, so that no one’s answer can be known."
    )
    return (*title, bullets(said), *lines([noise], Look.QUIET))


def reminder(words: Words, message: ReadReminder) -> Card:
    announcement = message.announcement_id
    by = words.say("Please do this by {day}.", day=words.day(message.due)) if message.due else ""
    return Card(
        title=words.prose("Please read: {title}", title=words.written(message.title)),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                words.say(
                    "{sender} sent this on {when} and asks you to confirm that you have read it.",
                    sender=message.sender,
                    when=words.when(message.sent_at),
                ),
                by,
            ]
        ),
        presses=(
            answer(words, announcement)
            if message.question
            else Press(
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


CARDS: Drawings = {Unread: unread, ReadReminder: reminder, Acknowledged: acknowledged}

NOTES: Notes = {RemindUnread: _reminded_now}
