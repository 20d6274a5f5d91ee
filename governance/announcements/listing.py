"""All announcements, as a list."""

from __future__ import annotations

from datetime import datetime

from core.lists import Cell, Column, Filter, ListView, Row
from core.words import Words
from governance import links
from governance.access import Actor, office
from governance.announcements.campaign_commands import ShowAnnouncements
from governance.announcements.campaign_details import tone
from governance.announcements.campaign_wording import tag
from governance.announcements.model import Announcement, AnnouncementFilter, AnnouncementState
from governance.announcements.urgent_wording import declined
from governance.labels import Labels
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.views import AnnouncementLine, AnnouncementsView


def show(
    store: GovernanceStore, _: Actor, command: ShowAnnouncements, __: datetime
) -> AnnouncementsView:
    found, of = store.announcements_listed(command.asked)
    tallies = store.brief_tallies([one.id for one in found])
    return AnnouncementsView(
        lines=tuple(AnnouncementLine(announcement=one, tally=tallies[one.id]) for one in found),
        found=of,
    )


def announcements_list(words: Words, view: AnnouncementsView) -> ListView:
    say = words.say
    return ListView(
        columns=(
            Column(key="title", label=say("Announcement"), sorts=False),
            Column(key="state", label=say("State"), sorts=False),
            Column(key="audience", label=say("For"), sorts=False, phone=False),
            Column(key="sent", label=say("Sent to"), sorts=False, number=True),
            Column(key="confirmed", label=say("Confirmed"), sorts=False, number=True),
            Column(key="when", label=say("Date")),
        ),
        title="title",
        filters=(
            Filter(key=AnnouncementFilter.ALL, label=say("All"), always=True),
            Filter(key=AnnouncementFilter.DRAFT, label=say("Drafts")),
            Filter(key=AnnouncementFilter.WAITING, label=say("Waiting for approval")),
            Filter(key=AnnouncementFilter.SCHEDULED, label=say("Scheduled")),
            Filter(key=AnnouncementFilter.SENT, label=say("Sent")),
            Filter(key=AnnouncementFilter.TAKEN_BACK, label=say("Taken back")),
        ),
        rows=tuple(_row(words, line) for line in view.lines),
        empty=say("Nothing has been announced yet. Write the first announcement."),
    )


def _row(words: Words, line: AnnouncementLine) -> Row:
    one, tally = line.announcement, line.tally
    at = one.sent_at or one.send_at
    title = one.change.title
    language = title.language_for(words.locale)
    confirmed = ""
    if one.sent_at and one.acknowledge:
        confirmed = words.say(
            "{done} of {asked}",
            done=words.number(tally.acknowledged),
            asked=words.number(tally.people),
        )
    return Row(
        key=str(one.id),
        cells=(
            Cell(
                text=words.text(title),
                language="" if language.partition("-")[0] == words.spoken else language,
                detail=declined(words, one.declined_why),
            ),
            Cell(text=tag(words, one, tally), tone=tone(one, tally)),
            Cell(text=Labels(words).audience(one.audience)),
            Cell(text=words.number(tally.sent) if one.sent_at else ""),
            Cell(text=confirmed),
            Cell(text=words.short_day(at) if at else ""),
        ),
        path=_path(one),
    )


def _path(one: Announcement) -> str:
    """A draft is written on; what was sent, or is to be, has its progress."""
    if one.state is not AnnouncementState.DRAFT:
        return links.campaign("", one.id)
    return links.draft("", one.id) if one.lesson else links.edited("", one.id)


OPERATIONS: Operations = (Operation(command=ShowAnnouncements, run=show, may=office, reads=True),)
