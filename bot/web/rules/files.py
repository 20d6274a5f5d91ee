"""Rules as files for other programs: an Atom feed, a calendar, and comments as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as Xml

from icalendar import Calendar, Event

from bot.exports.safe_cells import guarded
from core.words import Words
from governance import links
from governance.rules import wording as say
from governance.rules.messages import CommentsView, RuleDate
from governance.rules.model import RuleStep

_ATOM = "http://www.w3.org/2005/Atom"
_LOOK_EVERY = timedelta(hours=12)


def atom(
    dates: Sequence[RuleDate], words: Words, web_url: str, now: datetime, *, key: str = ""
) -> bytes:
    """RFC 4287. What was opened for comment and published, the newest first. ``key``: of the
    private address that it has."""
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed", {"xml:lang": words.tag})
    shown = [one for one in dates if one.step is not RuleStep.REVIEW_DUE]
    _add(feed, "id", links.rules(web_url))
    _add(feed, "title", words.say("IT rules"))
    _add(feed, "updated", max((one.at for one in shown), default=now).isoformat())
    _add(_add(feed, "author"), "name", "Sounding Board")
    _add(feed, "link", rel="self", href=links.rule_calendar(web_url, key, ends="xml"))
    for one in shown:
        where = links.rule(web_url, one.rule_id, one.version)
        entry = _add(feed, "entry")
        _add(entry, "id", f"{where}#{one.step}")
        _add(entry, "title", _title(one, words))
        _add(entry, "updated", one.at.isoformat())
        _add(entry, "link", rel="alternate", href=where)
        _add(entry, "summary", _happens(one, words))
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + Xml.tostring(feed, "unicode").encode()


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    made = Xml.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    made.text = text or None
    return made


def calendar(dates: Sequence[RuleDate], words: Words, web_url: str, now: datetime) -> bytes:
    """RFC 5545: each date as a day of its own. Programs that subscribe look twice a day."""
    made = Calendar()
    made.add("prodid", "-//Sounding Board//IT rules//EN")
    made.add("version", "2.0")
    made.add("name", words.say("IT rules"))
    made.add("x-wr-calname", words.say("IT rules"))
    made.add("refresh-interval", _LOOK_EVERY, parameters={"VALUE": "DURATION"})
    for one in dates:
        event = Event()
        event.add("uid", f"{one.rule_id}-{one.version}-{one.step}@{web_url.partition('://')[2]}")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", " ".join(f"{_happens(one, words)} {_title(one, words)}".split()))
        event.add("url", links.rule(web_url, one.rule_id, one.version))
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    written: bytes = made.to_ical()
    return written


def _title(one: RuleDate, words: Words) -> str:
    return f"{one.number}: {words.text(one.title)}"


def _happens(one: RuleDate, words: Words) -> str:
    day = say.day_of(words, one.day)
    match one.step:
        case RuleStep.OPENED:
            return words.say("Comments end on {day}.", day=day)
        case RuleStep.PUBLISHED:
            return words.say("In effect from {day}", day=day) + "."
        case _:
            return words.say("Review due on {day}.", day=day)


def comments_csv(view: CommentsView, words: Words) -> bytes:
    """With a mark in front, by which spreadsheets know UTF-8."""
    file = io.StringIO(newline="")
    write = csv.writer(file).writerow
    write(
        [
            words.say("Section"),
            words.say("Heading"),
            words.say("Comment"),
            words.say("Similar comments"),
            words.say("Decision"),
            words.say("Reason"),
            words.say("Answered in version"),
        ]
    )
    for one in view.lines:
        became = one.comment.disposition
        told = [
            one.heading,
            one.comment.words or words.say("(removed)"),
            str(one.alike),
            say.disposition(words, became) if became else "",
            one.comment.reason,
            str(one.answered_in or ""),
        ]
        write([str(one.comment.section or ""), *map(guarded, told)])
    return f"\ufeff{file.getvalue()}".encode(errors="replace")
