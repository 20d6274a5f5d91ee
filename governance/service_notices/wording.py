"""Service notices in words and parts that previews, messages and pages share."""

from __future__ import annotations

from datetime import datetime

from core.cards import Facts, Line, Look, Part, Secrecy
from core.text import Text
from core.words import Words
from governance.service_notices.model import Service, ServiceKind, ServiceThread


def over(words: Words, one: ServiceKind) -> str:
    """The label of the button that ends it."""
    return {
        ServiceKind.OUTAGE: words.say("It is restored"),
        ServiceKind.MAINTENANCE: words.say("Maintenance is over"),
    }[one]


def span(words: Words, begins: datetime, ends: datetime) -> str:
    """From when until when, in the reader's zone; the day once where it is the same."""
    if words.day(begins, year=True) == words.day(ends, year=True):
        until = words.time(ends)
        return words.say("{begins} to {ends}", begins=words.when(begins), ends=until)
    return words.say("{begins} to {ends}", begins=words.when(begins), ends=words.when(ends))


def ended_on(words: Words, one: ServiceKind, at: datetime) -> str:
    if one is ServiceKind.OUTAGE:
        return words.say("Restored on {when}.", when=words.when(at))
    return words.say("This maintenance ended on {when}.", when=words.when(at))


def stands(words: Words, service: Service, thread: ServiceThread | None) -> str:
    """What it is and when it ends, or that it is over."""
    outage = service.kind is ServiceKind.OUTAGE
    ended = thread.notice.ended_at if thread else None
    ends = (thread.notice.ends if thread else None) or service.ends
    if ended is not None:
        return ended_on(words, service.kind, ended)
    if not outage and service.begins and ends:
        when = span(words, service.begins, ends)
        return words.say("Planned maintenance: {when}.", when=when)
    if ends is not None:
        return words.say("Outage. We expect it to end by {when}.", when=words.when(ends))
    return words.say("Outage. We don’t know yet when it will end.")


def parts(
    words: Words, service: Service, what: Text, thread: ServiceThread | None = None
) -> tuple[Part, ...]:
    """How it stands, what happens, and the updates, the newest first."""
    told = tuple(
        (words.when(one.at), words.written(one.words))
        for one in (thread.updates if thread else ())
        if one.words.default
    )
    anywhere = Secrecy.ANYWHERE
    return (
        Line(text=stands(words, service, thread), secrecy=anywhere, look=Look.STRONG),
        Line(text=words.written(what), secrecy=anywhere),
        *((Facts(pairs=told, secrecy=anywhere),) if told else ()),
    )
