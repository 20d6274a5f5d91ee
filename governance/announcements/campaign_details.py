"""An announcement's page: how it stands, what to do about it, and whom it reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.cards import Page, Part, Press
from core.details import Detail, Live, Section
from core.lists import Cell, Column, Filter, ListView, Row
from core.reports import Cell as Told
from core.reports import Table
from core.tiles import Tag, Tile, Tone
from core.words import Words
from governance import links, wording
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.campaign_cards import step_press
from governance.announcements.editing_cards import edit_presses
from governance.announcements.model import (
    Announcement,
    AnnouncementState,
    Outcome,
    Recipient,
    RecipientFilter,
    Standing,
    Step,
    Tally,
    standing_of,
    steps,
)
from governance.card_parts import lines
from governance.duties.model import Count
from governance.labels import Labels
from governance.messages import Progress
from governance.read_reminders.cards import presses as unread_presses
from governance.views import CampaignView

_TONES = {
    Outcome.QUEUED: Tone.INFO,
    Outcome.LEASED: Tone.INFO,
    Outcome.SENT: Tone.GOOD,
    Outcome.UNKNOWN: Tone.CAUTION,
    Outcome.FAILED: Tone.NOW,
    Outcome.UNREACHABLE: Tone.CAUTION,
    Outcome.RECALLED: Tone.PLAIN,
}

_BUILDINGS = 8
"""Those that are in view; the rest open below them."""

_BY_ITSELF = (Standing.GOING, Standing.SENT)
"""How it stands where its tiles say all that there is to say."""


def campaign_detail(words: Words, message: Progress) -> Detail:
    announcement, tally = message.announcement, message.tally
    primary, actions, more = _ways(words, message)
    return Detail(
        title=words.written(announcement.change.title),
        state=Tag(
            text=campaign_words.tag(words, announcement, tally), tone=tone(announcement, tally)
        ),
        facts=" · ".join(_facts(words, announcement, tally)),
        primary=primary,
        actions=actions,
        more=more,
        notes=_notes(words, message),
        tiles=tuple(_tiles(words, announcement, tally)) if announcement.sent_at else (),
        ways=_pages(words, announcement),
        live=Live(
            path=f"{links.campaign('', announcement.id)}/numbers",
            says=campaign_words.said(words, announcement, tally),
            moving=tally.moving,
        ),
    )


def tone(announcement: Announcement, tally: Tally) -> Tone:
    """Of its state."""
    if announcement.state is AnnouncementState.DRAFT or announcement.recalled_at:
        return Tone.PLAIN
    if announcement.state is AnnouncementState.WAITING:
        return Tone.CAUTION
    if announcement.state is AnnouncementState.SCHEDULED:
        return Tone.INFO
    if announcement.stopped_at or tally.failed > tally.sent:
        return Tone.NOW
    return Tone.INFO if tally.queued else Tone.GOOD


def _facts(words: Words, announcement: Announcement, tally: Tally) -> Iterator[str]:
    if announcement.urgent:
        yield words.say("urgent")
    standing = standing_of(announcement, tally)
    if announcement.sent_at and standing is Standing.GOING:
        yield words.say("since {when}", when=words.when(announcement.sent_at))
    elif announcement.sent_at and standing is Standing.SENT:
        yield words.say("on {when}", when=words.when(announcement.sent_at))
    elif announcement.sent_at:
        yield words.say("sent on {when}", when=words.when(announcement.sent_at))
    elif announcement.state is AnnouncementState.SCHEDULED and announcement.send_at:
        yield words.say("goes out on {when}", when=words.when(announcement.send_at))
    yield Labels(words).audience(announcement.audience)
    if announcement.due:
        yield words.say("to be confirmed by {day}", day=words.day(announcement.due))
    if announcement.sent_at and standing not in _BY_ITSELF:
        yield campaign_words.said(words, announcement, tally)


def _notes(words: Words, message: Progress) -> tuple[Part, ...]:
    announcement = message.announcement
    ahead = ""
    if announcement.state is AnnouncementState.WAITING:
        ahead = campaign_words.unsent(words, announcement)
    return lines([*([ahead] if ahead else []), *campaign_words.notes(words, message)])


# -- what to do ------------------------------------------------------------------------------------


def _ways(
    words: Words, message: Progress
) -> tuple[Press | None, tuple[Press, ...], tuple[Press, ...]]:
    """What brings it to more people comes first; to stop it is always in view."""
    announcement, tally = message.announcement, message.tally
    presses = {step: step_press(words, message, step) for step in steps(announcement, tally)}
    onward = [presses[step] for step in (Step.RESUME, Step.RESEND) if step in presses]
    onward += unread_presses(words, announcement, tally)
    stop = (presses[Step.STOP],) if Step.STOP in presses else ()
    back = (presses[Step.RECALL],) if Step.RECALL in presses else ()
    edits = edit_presses(words, announcement, tally)
    return (onward[0] if onward else None), stop, (*onward[1:], *edits, *back)


# -- tiles -----------------------------------------------------------------------------------------


def _tiles(words: Words, announcement: Announcement, tally: Tally) -> Iterator[Tile]:
    of = words.say("of {n}", n=words.number(tally.people))
    yield Tile(
        label=words.say("Sent"),
        figure=words.number(tally.had),
        of=of,
        share=_share(tally.had, tally.people),
        says=_still(words, tally),
        path=_people(announcement, RecipientFilter.SENT),
    )
    if announcement.acknowledge:
        yield Tile(
            label=words.say("Confirmed"),
            figure=words.number(tally.acknowledged),
            of=of,
            share=_share(tally.acknowledged, tally.people),
            says=words.say(
                "{share}. Reading without confirming is not counted.",
                share=words.percent(_share(tally.acknowledged, tally.people)),
            ),
            path=_people(announcement, RecipientFilter.READ),
        )
    lost = tally.failed + tally.unreachable
    yield Tile(
        label=words.say("Could not be delivered"),
        figure=words.number(lost),
        says=words.count(
            "{n} more message may not have arrived.",
            "{n} more messages may not have arrived.",
            tally.unknown,
        )
        if tally.unknown
        else "",
        tone=Tone.CAUTION if lost else Tone.PLAIN,
        path=_people(announcement, RecipientFilter.MISSED),
    )
    if tally.stopped:
        yield Tile(
            label=words.say("Stopped before they were sent"),
            figure=words.number(tally.stopped),
            tone=Tone.CAUTION,
            path=_people(announcement, RecipientFilter.STOPPED),
        )
    yield from _undone(words, tally)


def _undone(words: Words, tally: Tally) -> Iterator[Tile]:
    """What was taken back or edited, where something was."""
    if tally.recalled or tally.recalling or tally.kept:
        yield Tile(
            label=words.say("Taken back"),
            figure=words.number(tally.recalled),
            says=_joined(
                (words.say("Being taken back: {n}.", n=words.number(tally.recalling)))
                if tally.recalling
                else "",
                words.say("Could not be taken back: {n}.", n=words.number(tally.kept))
                if tally.kept
                else "",
            ),
        )
    if tally.edited or tally.corrected or tally.editing:
        yield Tile(
            label=words.say("Message changed"),
            figure=words.number(tally.edited),
            says=_joined(
                words.say("Sent a correction: {n}.", n=words.number(tally.corrected))
                if tally.corrected
                else "",
                words.say("Waiting for the correction: {n}.", n=words.number(tally.editing))
                if tally.editing
                else "",
            ),
        )


def _still(words: Words, tally: Tally) -> str:
    return _joined(
        words.say("Waiting to be sent: {n}.", n=words.number(tally.to_go)) if tally.to_go else "",
        words.say("Have not opened the app yet: {n}.", n=words.number(tally.waiting))
        if tally.waiting
        else "",
    )


def _joined(*said: str) -> str:
    return " ".join(one for one in said if one)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _people(announcement: Announcement, shown: RecipientFilter) -> str:
    return f"{links.campaign('', announcement.id)}?state={shown}#people"


# -- people and buildings --------------------------------------------------------------------------


def people_list(words: Words, view: CampaignView) -> ListView:
    say = words.say
    shown = {
        RecipientFilter.ALL: say("All"),
        RecipientFilter.UNREAD: say("Not confirmed"),
        RecipientFilter.READ: say("Confirmed"),
        RecipientFilter.MISSED: say("Not delivered"),
        RecipientFilter.UNKNOWN: say("Not sure it arrived"),
        RecipientFilter.WAITING: say("Waiting to be sent"),
        RecipientFilter.SENT: say("Sent"),
        RecipientFilter.STOPPED: say("Stopped"),
        RecipientFilter.RECALLED: say("Taken back"),
    }
    return ListView(
        columns=(
            Column(key="person", label=say("Person"), detail=say("Reason")),
            Column(key="building", label=say("Building"), wraps=True),
            Column(key="where", label=say("Where"), sorts=False, phone=False),
            Column(key="state", label=say("Delivery"), sorts=False),
            Column(key="confirmed", label=say("Confirmed")),
        ),
        title="person",
        filters=tuple(
            Filter(key=key, label=label, always=key is RecipientFilter.ALL)
            for key, label in shown.items()
        ),
        rows=tuple(_row(words, one) for one in view.recipients),
        empty=say("There is nobody to list anymore.")
        if view.tally.forgotten
        else say("The audience is empty."),
        opens=False,
    )


def _row(words: Words, one: Recipient) -> Row:
    named = Labels(words)
    return Row(
        key=str(one.person),
        cells=(
            Cell(text=one.name, detail=wording.delivery_reason(words, one.why) if one.why else ""),
            Cell(text=one.building),
            Cell(text=named(one.platform) if one.platform else ""),
            Cell(text=named(one.outcome), tone=_TONES[one.outcome]),
            Cell(
                text=words.short_day(one.acknowledged_at)
                if one.acknowledged_at
                else words.say("Not yet")
            ),
        ),
    )


def building_sections(words: Words, view: CampaignView) -> tuple[Section, ...]:
    """How many people have confirmed, by building; nothing if that is not counted."""
    shown = worst_first(view.buildings)
    if not shown:
        return ()
    dated = view.announcement.due is not None
    first, rest = shown[:_BUILDINGS], shown[_BUILDINGS:]
    tables = [_buildings(words, first, words.say("Buildings with the lowest share first"), dated)]
    if rest:
        more = words.count("Show {n} more building", "Show {n} more buildings", len(rest))
        table = _buildings(words, rest, words.say("The other buildings"), dated)
        tables.append(replace(table, folded=more))
    return (Section(title=words.say("Confirmed by building"), blocks=tuple(tables)),)


def _buildings(words: Words, counts: Sequence[Count], name: str, dated: bool) -> Table:
    """``dated``: there is a day to confirm by, after which it is late."""
    say = words.say
    heads = [say("Building"), say("Asked") if dated else say("Sent"), say("Confirmed")]
    heads += [say("Late")] if dated else []

    def row(one: Count) -> tuple[Told, ...]:
        numbers = [one.asked, one.done, *([one.late] if dated else [])]
        share = _share(one.done, one.asked)
        last = Told(text=words.percent(share), share=share)
        return (Told(text=one.group), *(Told(text=words.number(n)) for n in numbers), last)

    return Table(name=name, heads=(*heads, say("Share")), rows=tuple(map(row, counts)))


def _pages(words: Words, found: Announcement) -> tuple[Page, ...]:
    """What it says, and of what has a date the counts by role and the file."""
    say, ways = words.say, list[Page]()
    if found.recalled_at is None:
        ways.append(Page(label=say("Read it"), path=links.announcement("", found.id)))
    if found.due is not None and found.sent_at is not None:
        ways.append(Page(label=say("Confirmed by role"), path=links.acknowledged("", found.id)))
        ways.append(
            Page(label=say("Download confirmations"), path=links.acknowledged_csv(found.id))
        )
    return tuple(ways)


def worst_first(counts: Sequence[Count]) -> list[Count]:
    """Buildings, from the one where the smallest share has confirmed."""
    return sorted(counts, key=lambda one: (_share(one.done, one.asked), -one.owe, one.group))
