"""IT rules in words that chat, pages and mails share."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from core.tiles import Tag, Tone
from core.words import Words, known_locale
from governance import wording
from governance.rules.messages import CommentLine, LinkedWords, RuleNews, RuleView
from governance.rules.model import (
    DISPOSITIONS,
    ENDED,
    Comment,
    Disposition,
    Exemption,
    Rule,
    RuleKind,
    RuleState,
    RuleStep,
)

FORWARD = (
    RuleStep.PROPOSED,
    RuleStep.OPENED,
    RuleStep.AMENDED,
    RuleStep.SUBMITTED,
    RuleStep.RATIFIED,
    RuleStep.PUBLISHED,
)
"""Steps on the way to a rule that holds."""

ASKS = frozenset(
    {
        RuleStep.PROPOSED,
        RuleStep.RETURNED,
        RuleStep.CLOSED,
        RuleStep.SUBMITTED,
        RuleStep.RATIFIED,
        RuleStep.NOT_RATIFIED,
        RuleStep.NOT_APPROVED,
        RuleStep.REVIEW_DUE,
        RuleStep.INTERIM_ENDED,
    }
)
"""Steps after which it is somebody's turn who is told so."""


def day_of(words: Words, day: date) -> str:
    """A calendar day, whatever the reader's zone. With its year, for rules are read for long."""
    return words.day(day, year=True)


def dated(words: Words, day: date | datetime) -> str:
    """A short date with its year, for rules are read for long; a moment in the reader's zone."""
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(words.timezone)).date()
    return format_date(day, format="medium", locale=known_locale(words.locale))


def kind(words: Words, one: RuleKind) -> str:
    return {
        RuleKind.REGULATION: words.say("Regulation"),
        RuleKind.PROCEDURE: words.say("Procedure"),
        RuleKind.PRACTICE: words.say("Practice"),
    }[one]


def state(words: Words, one: RuleState) -> str:
    return {
        RuleState.DRAFT: words.say("Draft"),
        RuleState.PROPOSED: words.say("Proposed to its committee"),
        RuleState.COMMENTING: words.say("Open for comment"),
        RuleState.CONSIDERING: words.say("Comments are being answered"),
        RuleState.RATIFYING: words.say("With its committee, to be ratified"),
        RuleState.RATIFIED: words.say("Waiting for approval"),
        RuleState.PUBLISHED: words.say("In effect"),
        RuleState.SUPERSEDED: words.say("Replaced"),
        RuleState.RETIRED: words.say("Retired"),
    }[one]


def version_tag(words: Words, found: Rule, number: int) -> Tag:
    """How one version stands, in a word or two. ``number`` 0: what is being written. Whatever is
    not in effect yet is called a draft."""
    if found.state in ENDED:
        return Tag(text=state(words, found.state))
    if found.interim and number == found.interim.version:
        return Tag(text=words.say("Interim rule"), tone=Tone.CAUTION)
    if number and number == found.in_force:
        return Tag(text=words.say("In effect"), tone=Tone.GOOD)
    if found.coming and number == found.coming.version:
        return Tag(text=words.say("Published, not in effect yet"), tone=Tone.INFO)
    if number and number < (found.in_force or 0):
        return Tag(text=words.say("Earlier version"))
    if number and number < found.version:
        return Tag(text=words.say("Earlier draft"))
    text = {
        RuleState.PROPOSED: words.say("Draft: proposed"),
        RuleState.COMMENTING: words.say("Draft: open for comment"),
        RuleState.CONSIDERING: words.say("Draft: comments are being answered"),
        RuleState.RATIFYING: words.say("Draft: waiting for a vote"),
        RuleState.RATIFIED: words.say("Draft: waiting for approval"),
    }
    said = text.get(found.state)
    return Tag(text=said, tone=Tone.CAUTION) if said else draft_tag(words)


def draft_tag(words: Words) -> Tag:
    return Tag(text=words.say("Draft"), tone=Tone.CAUTION)


def is_draft(found: Rule, number: int) -> bool:
    """Whether a version is not in effect, and never was. ``number`` 0: what is being written."""
    coming = found.coming.version if found.coming else None
    if found.state in ENDED or number in (found.holds, coming):
        return False
    return not 0 < number <= (found.in_force or 0)


def on_paper(words: Words, found: Rule, number: int) -> str:
    """What each sheet of a printed draft says on top; "" where it is none."""
    return words.say("Draft. Not in effect.") if is_draft(found, number) else ""


def linked_title(words: Words) -> str:
    return words.say("Feedback linked to this rule")


def linked(words: Words, one: LinkedWords) -> str:
    """Above what was said about a rule: when, and about which section."""
    came = words.say("Received {when}.", when=words.day(one.received_at))
    if not one.section:
        return came
    n = words.number(one.section)
    return f"{came} {words.say('About section {n}.', n=n)}"


def stands(words: Words, message: RuleView) -> str:
    """Where a rule is, in a sentence or two."""
    found = message.rule
    said = [f"{standing(words, found)}."]
    if found.interim:
        said.append(
            words.say(
                "Version {n} is an interim rule until {day}.",
                n=words.number(found.interim.version),
                day=day_of(words, found.interim.until),
            )
        )
    elif found.in_force and found.state is not RuleState.PUBLISHED:
        said.append(
            words.say("Version {n} stays in effect until then.", n=words.number(found.in_force))
        )
    if found.state is RuleState.COMMENTING and found.comments_end:
        said.append(words.say("Comments end on {day}.", day=last_day(words, found.comments_end)))
    if found.state is RuleState.PROPOSED and not message.not_led:
        said.append(
            words.say(
                "{committee} acts next: its chair opens it for comment or sends it back.",
                committee=wording.queue(words, message.committee),
            )
        )
    if message.not_led:
        said.append(
            words.say(
                "{committee} has no chair or deputy, so no one can decide. Ask for one to be "
                "named, or withdraw the draft.",
                committee=wording.queue(words, message.committee),
            )
        )
    if message.successor:
        said.append(words.say("See {number}.", number=message.successor))
    return " ".join(said)


def standing(words: Words, found: Rule) -> str:
    if found.coming:
        return words.say("Takes effect on {day}", day=day_of(words, found.coming.day))
    if found.state is RuleState.PUBLISHED and found.effective:
        return words.say("In effect from {day}", day=day_of(words, found.effective))
    return state(words, found.state)


_A_MOMENT = timedelta(seconds=1)


def last_moment(ends: datetime) -> datetime:
    """A comment period ends at midnight. Its last moment is in its last day, which is the day that
    people read everywhere."""
    return ends - _A_MOMENT


def last_day(words: Words, ends: datetime) -> str:
    """The last day for comments, in a sentence."""
    return words.day(last_moment(ends), year=True)


def short_last_day(words: Words, ends: datetime) -> str:
    """The same in a table."""
    return words.short_day(last_moment(ends))


def step(words: Words, one: RuleStep) -> str:
    """The label of a step that somebody can take."""
    return {
        RuleStep.PROPOSED: words.say("Propose it to the committee"),
        RuleStep.RETURNED: words.say("Send it back"),
        RuleStep.WITHDRAWN: words.say("Withdraw the draft"),
        RuleStep.OPENED: words.say("Open it for comment"),
        RuleStep.EXTENDED: words.say("Extend the comment period"),
        RuleStep.AMENDED: words.say("Save the draft as a new version"),
        RuleStep.SUBMITTED: words.say("Send it to be ratified"),
        RuleStep.RATIFIED: words.say("Record the vote"),
        RuleStep.PUBLISHED: words.say("Approve and publish"),
        RuleStep.NOT_APPROVED: words.say("Decline to approve"),
        RuleStep.REVISING: words.say("Revise it"),
        RuleStep.REVIEWED: words.say("Mark as reviewed, no changes"),
        RuleStep.INTERIM: words.say("Make it an interim rule"),
        RuleStep.SUPERSEDED: words.say("Replace it with another rule"),
        RuleStep.RETIRED: words.say("Retire it"),
    }[one]


def asked_of_committee(words: Words, one: RuleState) -> str:
    """What a committee has to do about a rule that waits for it."""
    if one is RuleState.PROPOSED:
        return words.say("Open it for comment, or send it back with a reason.")
    return words.say("Vote on it. A chair records the vote.")


def day(words: Words, one: RuleStep) -> str:
    """The label of the day that a step asks for."""
    return {
        RuleStep.EXTENDED: words.say("New last day for comments"),
        RuleStep.RATIFIED: words.say("When did the committee vote?"),
        RuleStep.PUBLISHED: words.say("When does it take effect?"),
        RuleStep.INTERIM: words.say("When does the interim rule end?"),
    }[one]


def took(words: Words, one: RuleStep) -> str:
    """What was done, as a line of the history."""
    return {
        RuleStep.DRAFTED: words.say("Started"),
        RuleStep.PROPOSED: words.say("Proposed to the committee"),
        RuleStep.RETURNED: words.say("Sent back by the committee"),
        RuleStep.WITHDRAWN: words.say("Draft withdrawn"),
        RuleStep.OPENED: words.say("Opened for comment"),
        RuleStep.EXTENDED: words.say("Comment period extended"),
        RuleStep.CLOSED: words.say("Comment period ended"),
        RuleStep.AMENDED: words.say("Amended"),
        RuleStep.SUBMITTED: words.say("Sent to the committee, to be ratified"),
        RuleStep.RATIFIED: words.say("Ratified by the committee"),
        RuleStep.NOT_RATIFIED: words.say("Not ratified by the committee"),
        RuleStep.PUBLISHED: words.say("Approved and published"),
        RuleStep.NOT_APPROVED: words.say("Not approved"),
        RuleStep.REVISING: words.say("Revision started"),
        RuleStep.REVIEW_DUE: words.say("Review due"),
        RuleStep.REVIEWED: words.say("Reviewed, no changes"),
        RuleStep.INTERIM: words.say("Made an interim rule"),
        RuleStep.INTERIM_ENDED: words.say("Interim rule ended"),
        RuleStep.EXCEPTION: words.say("An exception was granted"),
        RuleStep.RETIRED: words.say("Retired"),
        RuleStep.SUPERSEDED: words.say("Replaced by another rule"),
    }[one]


def happened(words: Words, message: RuleNews) -> str:
    one = message.step
    if one.step is RuleStep.OPENED and message.comments_end:
        return words.say(
            "This draft is open for comment until {day}.",
            day=last_day(words, message.comments_end),
        )
    if one.step is RuleStep.PUBLISHED and one.day:
        return words.say(
            "Approved and published. It takes effect on {day}.", day=day_of(words, one.day)
        )
    if one.step is RuleStep.INTERIM and one.day:
        return words.say(
            "It is in effect from today until {day}, unless it is ratified first.",
            day=day_of(words, one.day),
        )
    return f"{took(words, one.step)}."


def what_next(words: Words, message: RuleNews) -> list[str]:
    """Whose turn it is, and what they can do."""
    committee = wording.queue(words, message.committee)
    said = {
        RuleStep.PROPOSED: words.say(
            "The chairs of {committee} can open it for comment or send it back. Members can "
            "comment on each section.",
            committee=committee,
        ),
        RuleStep.OPENED: words.say(
            "Tell us what works and what doesn’t: with your name, without it, or anonymously. "
            "Every comment gets an answer."
        ),
        RuleStep.CLOSED: words.say(
            "Answer each comment, amend the rule if it needs it, then send it to be ratified."
        ),
        RuleStep.SUBMITTED: words.say(
            "{committee} votes on it in its meeting. A chair records the vote.",
            committee=committee,
        ),
        RuleStep.RATIFIED: words.say("It takes effect once you approve it."),
        RuleStep.RETURNED: words.say("Change the draft, then propose it again."),
        RuleStep.NOT_RATIFIED: words.say("Change the draft, then send it to be ratified again."),
        RuleStep.NOT_APPROVED: words.say("Change the draft, then send it to be ratified again."),
        RuleStep.REVIEW_DUE: words.say("Confirm that it needs no changes, or revise it."),
        RuleStep.INTERIM_ENDED: words.say("It was not ratified in time, so it no longer applies."),
    }
    return [said[message.step.step]] if message.step.step in said else []


def exemption(words: Words, one: Exemption, whom: str) -> str:
    return words.say(
        "Exception until {day}: {whom}. {why}",
        day=day_of(words, one.until),
        whom=whom,
        why=one.why,
    )


def disposition(words: Words, one: Disposition) -> str:
    return words.say(DISPOSITIONS[one])


def became(words: Words, one: Comment) -> str:
    """What became of a comment, with the reason; "" where nothing did yet."""
    if one.disposition is None:
        return ""
    return f"{disposition(words, one.disposition)}: {one.reason}"


def section(words: Words, number: int, heading: str) -> str:
    return f"{number}. {heading}" if number else words.say("The whole rule")


def on_section(words: Words, one: CommentLine) -> str:
    """What a comment is on, and how many say the same."""
    at = section(words, one.comment.section, one.heading)
    alike = (
        words.count("{n} similar comment", "{n} similar comments", one.alike) if one.alike else ""
    )
    return f"{at} · {alike}" if alike else at
