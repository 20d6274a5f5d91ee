"""What one can do here, and the way to sign in elsewhere, as cards of the pages alone: chat says
both in its own way."""

from __future__ import annotations

from core.cards import Card, Entries, Facts, Line, Link, Look, Page, Part, Secrecy
from core.words import Words
from governance import links, wording
from governance.messages import Help

_HERE = Secrecy.SIGNED_IN


def signin_card(words: Words, web_url: str) -> Card:
    """For whoever asks for a link while they are signed in."""
    title = words.say("Home on the web")
    said = words.say(
        "You are already signed in. To sign in on another device, open this address there:"
    )
    return Card(
        title=title,
        secrecy=_HERE,
        outside=title,
        parts=(
            Line(text=said, secrecy=_HERE),
            Link(label=f"{web_url}/signin", url="/signin", secrecy=_HERE),
        ),
    )


def help_card(words: Words, message: Help) -> Card:
    say = words.say
    title = say("What you can do here")
    asks = say(
        "{district} asks its staff about technology, listens, and tells them what changes.",
        district=message.district,
    )
    parts: list[Part] = [
        Line(text=asks, secrecy=_HERE),
        Entries(rows=_pages(words, message), secrecy=_HERE),
        Line(
            text=say("Read announcements, and press “I have read this” to confirm."),
            secrecy=_HERE,
        ),
        Line(text=wording.not_monitored(words), secrecy=_HERE, look=Look.ALARM),
    ]
    if message.contacts:
        pairs = tuple(wording.contacts(words, message.contacts))
        parts.append(Line(text=say("Who to contact"), secrecy=_HERE, look=Look.STRONG))
        parts.append(Facts(pairs=pairs, secrecy=_HERE))
    return Card(title=title, secrecy=_HERE, outside=title, parts=tuple(parts))


def _pages(words: Words, message: Help) -> tuple[tuple[Page, str], ...]:
    """The pages of whoever asks, each with what is there."""
    say = words.say
    rows = [
        (
            Page(label=say("Answer surveys"), path=links.inbox("")),
            say("Short surveys, confidential: results show only for groups."),
        ),
        (
            Page(label=say("Your surveys"), path=links.my_surveys("")),
            say(
                "The surveys you were asked, your answers while a survey is open, and the outcome."
            ),
        ),
        (
            Page(label=say("Tell us something"), path=links.feedback("")),
            say("It goes to the committee that can act on it, and you’ll get the reply here."),
        ),
        (
            Page(label=say("IT rules"), path=links.rules("")),
            say("Read the rules for technology, and comment on drafts."),
        ),
        (
            Page(label=say("Board reports"), path=links.board_reports("")),
            say("What the Board was told about technology, and what the district did."),
        ),
        (
            Page(label=say("Change calendar"), path=links.change_calendar("")),
            say("What changes in technology, when, and for whom."),
        ),
        (
            Page(label=say("The plan"), path=links.plan("")),
            say("Goals, progress, and what staff said about them."),
        ),
        *(
            (
                Page(label=name, path=links.docket("", key)),
                say("What staff brought to this committee."),
            )
            for key, name in wording.queues(words, message.committees)
        ),
    ]
    if message.cto:
        rows += [
            (
                Page(label=say("Surveys"), path=links.surveys("")),
                say("Launch surveys and see how they went."),
            ),
            (
                Page(label=say("Announcements"), path=links.announcements("")),
                say("Write announcements and see how they went."),
            ),
        ]
    return tuple(rows)
