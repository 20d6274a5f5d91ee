"""Dates of IT rules and of changes for other programs, as a calendar and as an Atom feed: signed
in, or at a private address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as Xml

from icalendar import Calendar, Event
from starlette.responses import Response
from starlette.routing import Route

from bot.conversation import Reader
from bot.web.anonymous.turnstile import WINDOW, count_each
from bot.web.doing import PageOf, of, showing
from bot.web.endpoints import page
from bot.web.settings import Site
from bot.web.troubles import TroubleError
from bot.web.visiting import Handler, Visit
from core.words import Words
from governance import links
from governance.changes import wording as change_words
from governance.changes.model import ChangeState
from governance.feeds.commands import ReadCalendar, ShowCalendarAddress, ShowChangeDates
from governance.feeds.messages import CalendarDates
from governance.feeds.model import ChangeDate, Feed
from governance.rules import wording as rule_words
from governance.rules.messages import RuleDate
from governance.rules.model import RuleStep

OF_ONE_ADDRESS, MADE_UP = 20, 200
"""Readings of one private address in ten minutes, and keys that are nobody's from one network."""

_ATOM = "http://www.w3.org/2005/Atom"
_LOOK_EVERY = timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """``summary``: in a calendar, on its day. ``title`` and ``said``: in a feed, where it stands
    unless they are empty. ``part``: of its page, which tells it from others there. ``at``: when it
    was said. ``revision`` rises each time it is moved."""

    uid: str
    day: date
    summary: str
    url: str
    at: datetime
    title: str = ""
    said: str = ""
    part: str = ""
    details: str = ""
    revision: int = 0
    cancelled: bool = False


# -- as files ------------------------------------------------------------------------------------


def atom(
    entries: Sequence[Entry], words: Words, now: datetime, *, title: str, home: str, own: str
) -> bytes:
    """RFC 4287, the newest first. ``own``: the feed's address."""
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed", {"xml:lang": words.tag})
    shown = [one for one in entries if one.title]
    _add(feed, "id", home)
    _add(feed, "title", title)
    _add(feed, "updated", max((one.at for one in shown), default=now).isoformat())
    _add(_add(feed, "author"), "name", "Sounding Board")
    _add(feed, "link", rel="self", href=own)
    for one in shown:
        entry = _add(feed, "entry")
        _add(entry, "id", f"{one.url}{one.part}")
        _add(entry, "title", one.title)
        _add(entry, "updated", one.at.isoformat())
        _add(entry, "link", rel="alternate", href=one.url)
        _add(entry, "summary", one.said)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + Xml.tostring(feed, "unicode").encode()


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    made = Xml.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    made.text = text or None
    return made


def calendar(entries: Sequence[Entry], now: datetime, *, title: str) -> bytes:
    """RFC 5545: each date as a day of its own. Programs that subscribe look twice a day."""
    made = Calendar()
    made.add("prodid", f"-//Sounding Board//{title}//EN")
    made.add("version", "2.0")
    made.add("name", title)
    made.add("x-wr-calname", title)
    made.add("refresh-interval", _LOOK_EVERY, parameters={"VALUE": "DURATION"})
    for one in entries:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("last-modified", one.at.astimezone(UTC))
        event.add("sequence", one.revision)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", " ".join(one.summary.split()))
        if one.details:
            event.add("description", one.details)
        event.add("url", one.url)
        event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    written: bytes = made.to_ical()
    return written


# -- what they say -------------------------------------------------------------------------------


def of_rule(one: RuleDate, words: Words, web_url: str) -> Entry:
    title, happens = f"{one.number}: {words.text(one.title)}", _happens(one, words)
    reviewed = one.step is RuleStep.REVIEW_DUE
    return Entry(
        uid=f"{one.rule_id}-{one.version}-{one.step}@{web_url.partition('://')[2]}",
        day=one.day,
        summary=f"{happens} {title}",
        url=links.rule(web_url, one.rule_id, one.version),
        at=one.at,
        title="" if reviewed else title,
        said=happens,
        part=f"#{one.step}",
    )


def _happens(one: RuleDate, words: Words) -> str:
    day = rule_words.day_of(words, one.day)
    match one.step:
        case RuleStep.OPENED:
            return words.say("Comments end on {day}.", day=day)
        case RuleStep.PUBLISHED:
            return words.say("In effect from {day}", day=day) + "."
        case _:
            return words.say("Review due on {day}.", day=day)


def of_change(one: ChangeDate, words: Words, web_url: str) -> Entry:
    title, day = words.text(one.title), words.day(one.day)
    stands = words.say(
        "{state}. Planned for {day}.", state=change_words.state(words, one.state), day=day
    )
    return Entry(
        uid=f"{one.change_id}@{web_url.partition('://')[2]}",
        day=one.day,
        summary=title,
        url=links.change(web_url, one.change_id),
        at=one.at,
        title=title,
        said=f"{stands} {words.text(one.who)}".strip(),
        details="\n".join(filter(None, (words.text(one.what), words.text(one.who)))),
        revision=one.revision,
        cancelled=one.state is ChangeState.WITHDRAWN,
    )


# -- where they are ------------------------------------------------------------------------------


def answered(
    visit: Visit, found: CalendarDates, feed: Feed, ends: str, reader: Reader, key: str = ""
) -> Response:
    """A feed as a file. ``key``: of the private address that it has."""
    words, now, web_url = visit.words(reader), visit.site.pages.now(), visit.site.settings.web_url
    if feed is Feed.RULES:
        title, home, address = words.say("IT rules"), links.rules(web_url), links.rule_calendar
        entries = [of_rule(one, words, web_url) for one in found.rules]
    else:
        title, home = words.say("Change calendar"), links.change_calendar(web_url)
        address = links.change_dates
        entries = [of_change(one, words, web_url) for one in found.changes]
    if ends == "xml":
        own = address(web_url, key, ends="xml")
        made = atom(entries, words, now, title=title, home=home, own=own)
        return Response(made, media_type="application/atom+xml")
    name = _NAMES[feed]
    return Response(
        calendar(entries, now, title=title),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )


_NAMES: Mapping[Feed, str] = {Feed.RULES: "it-rules", Feed.CHANGES: "changes"}


def feed_routes(site: Site) -> list[Route]:
    """Before the pages of the same folders, whose addresses have any name in that place."""
    private = _private(site.pages.now)
    return [
        page(site, "/rules/calendar", get=showing(of(ShowCalendarAddress))),
        page(site, "/rules/private/{key}/{form}", get=private(Feed.RULES), open_door=True),
        page(site, "/calendar/private/{key}/{form}", get=private(Feed.CHANGES), open_door=True),
        page(site, "/calendar/changes.ics", get=showing(of(ShowChangeDates), _changes("ics"))),
        page(site, "/calendar/changes.xml", get=showing(of(ShowChangeDates), _changes("xml"))),
    ]


def _changes(ends: str) -> PageOf:
    async def show(visit: Visit, found: CalendarDates, reader: Reader) -> Response:
        return answered(visit, found, Feed.CHANGES, ends, reader)

    return show


def _private(now: Callable[[], datetime]) -> Callable[[Feed], Handler]:
    """Somebody's own address. Who asks is a program, so nothing leads to the sign-in page."""
    by_key = count_each(now, from_one=OF_ONE_ADDRESS)
    made_up = count_each(now, from_one=MADE_UP)

    def of_feed(feed: Feed) -> Handler:
        async def answer(visit: Visit) -> Response:
            key, (name, _, ends) = visit.path("key"), visit.path("form").partition(".")
            if name != _NAMES[feed] or ends not in ("ics", "xml"):
                raise TroubleError(404)
            reply = await visit.site.conversation.unsigned(ReadCalendar(key=key, feed=feed))
            if not isinstance(reply.message, CalendarDates):
                if made_up.lets_in(visit.networks):
                    raise TroubleError(404)
                return _later()
            if not by_key.lets_in([(f"{feed} {key}", 1)]):
                return _later()
            found = reply.message
            reader = replace(reply.reader, locale=found.locale, timezone=found.timezone)
            return answered(visit, found, feed, ends, reader, key)

        return answer

    return of_feed


def _later() -> Response:
    wait = str(int(WINDOW.total_seconds()))
    return Response(status_code=429, headers={"Retry-After": wait})
