"""A committee's items as a list."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from core.cards import Page
from core.details import Tabs
from core.lists import Cell, Column, Filter, ListView, Pick, Row
from core.people import Level
from core.tiles import Tone
from core.words import Words
from governance import links, wording
from governance.committees.model import DESKS, RESTRICTED, TRIAGE
from governance.docket import wording as docket_words
from governance.docket.messages import DocketLine
from governance.feedback.model import OPEN_STATES
from governance.labels import Labels
from governance.urgent import wording as case_words
from governance.views import DocketView

LATE, MINE, DUE = "late", "mine", "due"
"""Filters to which the figures on Home lead."""

_OPEN, _WAITING, _ASIDE, _DONE = "", "asked", "aside", "done"

SOON = timedelta(days=7)
"""What is due by then, and not late, is due soon."""


def committee_tabs(words: Words, queue: str, name: str) -> Tabs:
    """The pages of one committee. ``name``: what it is called."""
    say = words.say
    return Tabs(
        name=wording.queue(words, name),
        pages=(
            Page(label=say("Messages"), path=links.docket("", queue)),
            Page(label=say("Bulk reply"), path=links.chair("", queue)),
            Page(label=say("The week"), path=links.week("", queue)),
            Page(label=say("Trends"), path=links.trends("", queue)),
            Page(label=say("Agenda"), path=links.agenda("", queue)),
            Page(label=say("Recommendations"), path=links.recommendations("", queue)),
            Page(label=say("Saved answers"), path=links.saved_answers("", queue)),
        ),
    )


def docket_list(words: Words, view: DocketView, now: datetime) -> ListView:
    """What needs a person now first, then what is late, then what is due first."""
    items = sorted(
        view.open_items,
        key=lambda one: (not one.needs_a_person, one.due_at or one.received_at),
    )
    named = Labels(words)
    rows = [_row(words, named, view, one, now) for one in (*items, *view.done_items)]
    is_committee = view.queue not in (TRIAGE, RESTRICTED, *DESKS)
    return ListView(
        columns=_columns(words, view.queue),
        title="subject",
        filters=(
            Filter(key=_OPEN, label=words.say("All open"), always=True),
            Filter(key=LATE, label=words.say("Late")),
            Filter(key=MINE, label=words.say("Mine"), always=is_committee),
            Filter(key=_ASIDE, label=words.say("Put aside")),
            Filter(key=_DONE, label=words.say("Done")),
            *_states(words, named),
            *_themes(words, view),
            *_schools(words, named),
        ),
        rows=tuple(rows),
        opens_first=False,
        picks=_picks(words) if is_committee else (),
        picks_at=links.together("", view.queue),
        downloads=False,  # its own file has the words, and is for fewer people
        empty=words.say("Messages from staff to this committee appear here."),
    )


def _states(words: Words, named: Labels) -> tuple[Filter, ...]:
    behind = words.say("State")
    return (
        Filter(key=DUE, label=words.say("Due within 7 days"), group=behind),
        Filter(key=_WAITING, label=words.say("Waiting for the author"), group=behind),
        *(Filter(key=state.value, label=named(state), group=behind) for state in OPEN_STATES),
    )


def _themes(words: Words, view: DocketView) -> tuple[Filter, ...]:
    """Of what is open, by name."""
    behind, there = words.say("Theme"), {one.theme for one in view.open_items if one.theme}
    named = sorted((words.name(one), _of_theme(one)) for one in there)
    return tuple(Filter(key=key, label=name, group=behind) for name, key in named)


def _schools(words: Words, named: Labels) -> tuple[Filter, ...]:
    """A committee may know the level of a school where enough people share it, never the school."""
    behind = words.say("School")
    return tuple(Filter(key=_of_level(one), label=named(one), group=behind) for one in Level)


def _of_theme(name: str) -> str:
    return f"theme-{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}"


def _of_level(level: Level) -> str:
    return f"school-{level.value}"


ANSWER, ASSIGN, ASIDE = "answer", "assign", "aside"
"""What can be done with several messages."""


def _picks(words: Words) -> tuple[Pick, ...]:
    return (
        Pick(key=ASSIGN, label=words.say("Assign")),
        Pick(key=ASIDE, label=words.say("Put aside")),
        Pick(key=ANSWER, label=words.say("Answer")),
    )


def _columns(words: Words, queue: str) -> tuple[Column, ...]:
    sorting = queue in (TRIAGE, RESTRICTED)
    return (
        Column(key="state", label=words.say("State"), sorts=False),
        Column(key="subject", label=words.say("What it is about")),
        Column(key="theme", label=words.say("Theme"), phone=False, beside=True),
        Column(key="people", label=words.say("People"), number=True),
        Column(key="received", label=words.say("Age"), phone=sorting),
        Column(key="due", label=words.say("Answer by")),
        Column(key="with", label=words.say("With")),
    )


def _row(words: Words, named: Labels, view: DocketView, item: DocketLine, now: datetime) -> Row:
    is_open = item.state in OPEN_STATES
    late = is_open and docket_words.is_late(item, now)
    about = docket_words.clause(words, item)
    theme = words.name(item.theme)
    told = [
        docket_words.short_aside(words, item.aside) if item.aside else "",
        case_words.stands(words, item.case) if item.case and is_open else "",
    ]
    due = item.due_at if is_open else None
    people = item.said_by.people if item.said_by else 1
    return Row(
        key=str(item.item_id),
        cells=(
            _state(words, named, item, late=late),
            Cell(
                text=about,
                order=about.casefold(),
                detail=" ".join(filter(None, told)),
                lead="" if item.subject else theme,
            ),
            Cell(text=theme, order=theme.casefold() or None),
            Cell(text=_people(words, people), order=people or 2),
            Cell(text=docket_words.age(words, item), order=-item.received_at.timestamp()),
            Cell(text=words.short_day(due) if due else "", order=due),
            Cell(text=item.assigned_to or "", order=(item.assigned_to or "").casefold() or None),
        ),
        filters=frozenset(_filters(view, item, now, late=late)),
        searched="" if item.unopened else _searched(item, theme),
    )


def _searched(item: DocketLine, theme: str) -> str:
    why = item.aside.why if item.aside else ""
    return " ".join((item.subject, item.redacted, theme, item.assigned_to or "", why))


def _people(words: Words, people: int | None) -> str:
    """How many say it. Of fewer than five it is not said exactly."""
    return words.number(people) if people else words.say("2 to 4")


def _state(words: Words, named: Labels, item: DocketLine, *, late: bool) -> Cell:
    if item.urgency and item.needs_a_person and item.state in OPEN_STATES:
        return Cell(text=named(item.urgency), tone=Tone.NOW)
    if late:
        return Cell(text=words.say("Late"), tone=Tone.NOW)
    if item.aside:
        return Cell(text=words.say("Put aside"), tone=Tone.PLAIN)
    if item.case and item.case.closed_at and item.state in OPEN_STATES:
        return Cell(text=words.say("Case closed"), tone=Tone.PLAIN)
    if item.asked_back and item.state in OPEN_STATES:
        return Cell(text=words.say("Waiting for the author"), tone=Tone.CAUTION)
    return Cell(text=named(item.state), tone=Tone.PLAIN)


def _filters(view: DocketView, item: DocketLine, now: datetime, *, late: bool) -> list[str]:
    if item.state not in OPEN_STATES:
        return [_DONE]
    if item.aside:  # its day to answer by stays, so it may be late
        return [_ASIDE, *([LATE] if late else [])]
    more = {
        LATE: late,
        DUE: item.due_at is not None and now <= item.due_at <= now + SOON,
        MINE: item.item_id in view.mine,
        _WAITING: item.asked_back,
    }
    of = [_of_theme(item.theme)] if item.theme else []
    if item.byline.level:
        of.append(_of_level(item.byline.level))
    return [_OPEN, item.state.value, *(key for key, fits in more.items() if fits), *of]
