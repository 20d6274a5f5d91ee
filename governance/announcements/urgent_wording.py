"""A second person's yes to an announcement, in words that all platforms share."""

from __future__ import annotations

from typing import assert_never

from core.cards import TextField
from core.people import Platform
from core.words import Words
from governance import wording
from governance.announcements.approval_messages import (
    ApprovalAsked,
    ApprovalSettled,
    EditAsked,
    Settlement,
)
from governance.announcements.asked import TO_EVERYONE
from governance.announcements.model import (
    LONGEST_WORD,
    Announcement,
    AnnouncementState,
    Approval,
    Guard,
    Reach,
)
from governance.labels import Labels


def offer(words: Words) -> str:
    """Beside a draft: what the other way of sending it is."""
    return words.say(
        "If it can’t wait until morning, send it as urgent. It goes out right away, even in "
        "quiet hours, once a second person approves it."
    )


def guard_lines(words: Words, guard: Guard) -> list[str]:
    """What comes before a draft goes out to many; nothing for a few."""
    if not guard.second:
        return []
    if not guard.approvers:
        return [_nobody_else(words)]
    return [
        words.say(
            "It goes to so many people that a second person has to approve it first: {names}. They "
            "are asked when you send it.",
            names=words.any_of(guard.approvers),
        )
    ]


def everyone_label(words: Words) -> str:
    """Asks for the word without which nothing goes to everyone."""
    return words.say(TO_EVERYONE)


def everyone_field(words: Words, *, why: str) -> TextField:
    """The typed word without which nothing goes to everyone."""
    return TextField(
        key="everyone",
        label=everyone_label(words),
        value="",
        longest=LONGEST_WORD,
        why=why,
    )


def needs_a_yes(words: Words, approvers: tuple[str, ...]) -> str:
    return words.say(
        "A second person has to approve it first, within 24 hours: {names}. They are asked now.",
        names=words.any_of(approvers),
    )


def _nobody_else(words: Words) -> str:
    return words.say(
        "A second person has to approve it, and nobody but you is named for that in the "
        "district’s files."
    )


def no_alarm(words: Words, safety: str) -> str:
    said = words.say("This is not an emergency alert system. In danger, call 911.")
    return f"{said} {words.say('In the district: {how}', how=safety)}" if safety else said


def reach_lines(words: Words, reach: Reach, *, urgent: bool = True) -> list[str]:
    """How many, whom it wakes, and after how long the last one has it, lane by lane."""
    said = [
        words.count("It reaches {n} person.", "It reaches {n} people.", reach.people),
        *(
            words.say(
                "{platform}: everyone has it within {time}.",
                platform=Labels(words)(platform),
                time=words.duration(seconds),
            )
            for platform, seconds in reach.lasting
        ),
    ]
    if reach.held and not urgent:
        said.append(wording.held(words, reach.held))
    elif reach.held:
        said.append(
            words.count(
                "It is quiet hours now for {n} person. They will get it anyway.",
                "It is quiet hours now for {n} people. They will get it anyway.",
                reach.held.people,
            )
        )
    return said


def waiting_lines(words: Words, reach: Reach) -> list[str]:
    """Who does not get it at once, and what happens with them."""
    said = []
    for platform, people in reach.waiting_by:
        if platform == Platform.SLACK:
            line = words.count(
                "{n} person is not in Slack yet. They get it when they join.",
                "{n} people are not in Slack yet. They get it when they join.",
                people,
            )
        else:
            line = words.count(
                "{n} person has not installed the app in Teams. They get it when they do.",
                "{n} people have not installed the app in Teams. They get it when they do.",
                people,
            )
        said.append(line)
    for platform, people in reach.away_by:
        said.append(
            words.count(
                "{n} person can’t be reached in {platform}: their account or the app is "
                "switched off. They get it once that changes.",
                "{n} people can’t be reached in {platform}: their accounts or the app are "
                "switched off. They get it once that changes.",
                people,
                platform=Labels(words)(platform),
            )
        )
    if reach.page_only:
        said.append(
            words.count(
                "{n} person has no chat, and no mail is sent. They see it when they sign in here.",
                "{n} people have no chat, and no mail is sent. They see it when they sign in here.",
                reach.page_only,
            )
        )
    return said


def asked(words: Words, message: ApprovalAsked) -> str:
    """What an approver is asked, in one sentence."""
    who, title = asker(words, message.asked_by), words.text(message.change.title)
    if message.urgent:
        return words.say(
            "{who} asks you to approve an urgent announcement: {title}", who=who, title=title
        )
    return words.say("{who} asks you to approve an announcement: {title}", who=who, title=title)


def asker(words: Words, name: str) -> str:
    """Who asks; without a name it was done from the command line."""
    return name or words.say("The operator")


def asked_lines(words: Words, message: ApprovalAsked) -> list[str]:
    """What an approver has to know beside the words that people will read."""
    return [
        _follows(words, message),
        *(
            [words.say("Its updates and its closing message then go out without another approval.")]
            if message.change.service
            else []
        ),
        *reach_lines(words, message.reach, urgent=message.urgent),
        words.say(
            "Approval requested on {when}. If nobody decides, it becomes a draft again on {end}.",
            when=words.when(message.asked_at),
            end=words.when(message.lapses_at),
        ),
    ]


def _follows(words: Words, message: ApprovalAsked) -> str:
    """What a yes does."""
    if message.urgent:
        return words.say(
            "If you approve, it goes out right away, even in quiet hours, ahead of everything else."
        )
    if message.at:
        return words.say("If you approve, it goes out on {when}.", when=words.when(message.at))
    return words.say("If you approve, it goes out now, outside quiet hours.")


def approve_label(words: Words, message: ApprovalAsked) -> str:
    return words.count(
        "Approve: send it to {n} person",
        "Approve: send it to {n} people",
        message.reach.people,
    )


def settled(words: Words, message: ApprovalSettled) -> str:
    """How it ended, in one sentence."""
    title = words.text(message.title)
    match message.settlement:
        case Settlement.APPROVED:
            when = words.when(message.at) if message.at else "–"
            if message.goes_at:
                return words.say(
                    "{who} approved “{title}” on {when}. It goes out on {goes}.",
                    who=message.by,
                    title=title,
                    when=when,
                    goes=words.when(message.goes_at),
                )
            return words.say(
                "{who} approved “{title}” on {when}. It went out at once.",
                who=message.by,
                title=title,
                when=when,
            )
        case Settlement.DECLINED:
            if message.at is None:
                return words.say("{who} declined to send “{title}”.", who=message.by, title=title)
            return words.say(
                "{who} declined on {when} to send “{title}”.",
                who=message.by,
                when=words.when(message.at),
                title=title,
            )
        case Settlement.LAPSED:
            return words.say("Nobody approved “{title}” in time.", title=title)
        case Settlement.WITHDRAWN:
            return words.say("This request was withdrawn: {title}", title=title)
        case _:
            assert_never(message.settlement)


def settled_lines(words: Words, message: ApprovalSettled) -> list[str]:
    """What follows from it."""
    became = words.say("Nothing was sent. It became a draft again.")
    match message.settlement:
        case Settlement.APPROVED:
            return []
        case Settlement.DECLINED:
            return [words.say("The reason: {why}", why=message.why), became]
        case Settlement.LAPSED:
            return [became]
        case Settlement.WITHDRAWN:
            return [words.say("There is nothing to decide.")]
        case _:
            assert_never(message.settlement)


def edit_lines(words: Words, message: EditAsked) -> list[str]:
    """What a yes to an edit does, or how asking for it ended."""
    request = message.request
    if request.approved is not None and request.decided_at is not None:
        when = words.when(request.decided_at)
        if request.approved:
            return [
                words.say("{who} approved it on {when}.", who=message.decided_by, when=when),
                words.say("The messages that people have are being changed."),
            ]
        return [
            words.say("{who} declined it on {when}.", who=message.decided_by, when=when),
            words.say("Nothing was changed."),
        ]
    if not message.open:
        return [words.say("Nobody approved it in time."), words.say("Nothing was changed.")]
    return [
        words.count(
            "{n} person has the announcement. If a second person approves, their message changes "
            "and says that it was edited.",
            "{n} people have the announcement. If a second person approves, their messages change "
            "and say that they were edited.",
            message.people,
        ),
        words.say(
            "Approval requested on {when}. If nobody decides by {end}, nothing changes.",
            when=words.when(request.at),
            end=words.when(request.lapses_at),
        ),
    ]


def declined(words: Words, why: str | None) -> str:
    """Beside a draft that came back; "" where it did not."""
    return words.say("Declined: {why}", why=why) if why else ""


def waiting(words: Words, announcement: Announcement) -> str:
    """How it stands before anybody has decided; "" at any other time."""
    if announcement.state is not AnnouncementState.WAITING:
        return ""
    title = words.text(announcement.change.title)
    return words.say("“{title}” is waiting for a second person’s approval.", title=title)


def approval_lines(words: Words, approval: Approval | None) -> list[str]:
    """The two people behind an announcement, where its progress is told."""
    if approval is None:
        return []
    asked_on, who = words.when(approval.asked_at), asker(words, approval.asked_by)
    if approval.approved_by and approval.approved_at:
        both = {
            "asker": who,
            "asked": asked_on,
            "approver": approval.approved_by,
            "approved": words.when(approval.approved_at),
        }
        if approval.urgent:
            return [
                words.say(
                    "Urgent: {asker} asked for it on {asked}, {approver} approved it on "
                    "{approved}.",
                    **both,
                )
            ]
        return [
            words.say("{asker} asked on {asked}, {approver} approved it on {approved}.", **both)
        ]
    said = (
        words.say("{who} asked on {when} to send it as urgent.", who=who, when=asked_on)
        if approval.urgent
        else words.say("{who} asked on {when} to send it.", who=who, when=asked_on)
    )
    if not approval.approvers:
        return [said, words.say("Nobody else can approve it now. Withdraw the request.")]
    return [said, _waits_for(words, approval)]


def _waits_for(words: Words, approval: Approval) -> str:
    """When it goes out, and who has to approve it before that."""
    names, end = words.any_of(approval.approvers), words.when(approval.lapses_at)
    if approval.goes_at is None:
        return words.say(
            "It goes out when one of these people approves it: {names}. If nobody does, it "
            "becomes a draft again on {end}.",
            names=names,
            end=end,
        )
    return words.say(
        "It goes out on {when} if one of these people approves it before {end}: {names}. "
        "Otherwise it becomes a draft again.",
        when=words.when(approval.goes_at),
        names=names,
        end=end,
    )
