"""Urgent announcements as cards: asking for a second person's yes, and giving or refusing it."""

from __future__ import annotations

from bot import urgent_words as say
from bot.teams.cards import FIELD, Drawn, card, execute, heading, line, text_input
from bot.teams.draw_announcements import change_lines
from bot.teams.draw_feedback import reason
from bot.words import Words
from governance.approval_messages import (
    ApprovalAsked,
    ApprovalSettled,
    DeclineForm,
    Settlement,
    UrgentForm,
)
from governance.approving import LONGEST_WHY
from governance.commands import (
    ApproveAnnouncement,
    DeclineAnnouncement,
    SendAnnouncement,
    ShowAnnouncementForm,
    ShowApproval,
    ShowDeclineForm,
    ShowProgress,
)


def urgent_form(words: Words, message: UrgentForm) -> Drawn:
    """What it means, before anybody is asked."""
    said = words.say("Send “{title}” as urgent?", title=words.text(message.title))
    announcement = message.announcement_id
    actions = [execute(words.say("Change it"), ShowAnnouncementForm(announcement_id=announcement))]
    if message.approvers:
        asks = SendAnnouncement(announcement_id=announcement, urgent=True)
        actions.insert(0, execute(words.say("Ask for approval"), asks, primary=True))
    body = [heading(said), *(line(one) for one in say.form_lines(words, message))]
    return card(body, actions, summary=said, locale=words.locale)


def approval_asked(words: Words, message: ApprovalAsked) -> Drawn:
    """All that people will read, and what a yes does."""
    said, announcement = say.asked(words, message), message.announcement_id
    body = [
        line(said, strong=True, alarm=True),
        *(line(one, gap="Small") for one in say.asked_lines(words, message)),
        heading(words.text(message.change.title)),
        line(words.say("Sent by {sender}.", sender=message.sender), quiet=True),
        *change_lines(words, message.change),
    ]
    yes = ApproveAnnouncement(announcement_id=announcement, request=message.request)
    actions = [
        execute(say.approve_label(words, message), yes, primary=True),
        execute(words.say("Decline"), ShowDeclineForm(announcement_id=announcement)),
    ]
    return card(body, actions, summary=said, locale=words.locale)


def decline_form(words: Words, message: DeclineForm) -> Drawn:
    said = words.say("Decline to send “{title}” as urgent?", title=words.text(message.title))
    announcement = message.announcement_id
    body = [
        heading(said),
        line(
            words.say(
                "The person who asked will see your reason. The announcement becomes a draft again."
            )
        ),
        *reason(words, message.unfit, "why"),
        text_input(
            FIELD + "why",
            words.say("Why?"),
            value=message.why,
            required=True,
            longest=LONGEST_WHY,
            error=words.say("Please fill this in."),
        ),
    ]
    no = DeclineAnnouncement(announcement_id=announcement, request=message.request)
    actions = [
        execute(words.say("Decline"), no, primary=True, inputs=True),
        execute(words.say("Not now"), ShowApproval(announcement_id=announcement)),
    ]
    return card(body, actions, summary=said, locale=words.locale)


def approval_settled(words: Words, message: ApprovalSettled) -> Drawn:
    said, lines = say.settled(words, message), say.settled_lines(words, message)
    body = [line(said, strong=True), *(line(one) for one in lines)]
    announcement, actions = message.announcement_id, []
    if message.to_asker and message.settlement is Settlement.APPROVED:
        progress = ShowProgress(announcement_id=announcement)
        actions.append(execute(words.say("See what became of it"), progress))
    elif message.to_asker:
        change = ShowAnnouncementForm(announcement_id=announcement)
        actions.append(execute(words.say("Change it"), change))
    return card(body, actions, summary=" ".join([said, *lines]), locale=words.locale)
