"""Lessons as a list: the reader's own, and how far each is for whoever is responsible."""

from __future__ import annotations

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words
from governance import links
from governance.lessons.messages import LessonsView
from governance.lessons.model import LessonLine, MyLesson

_TO_DO, _DONE, _ASKED = "to-do", "done", "asked"


def lessons_list(words: Words, view: LessonsView) -> ListView:
    """What is to do first."""
    say, responsible = words.say, view.responsible
    mine = sorted(view.mine, key=lambda one: one.done_at is not None)
    return ListView(
        columns=(
            Column(key="title", label=say("Lesson")),
            Column(key="state", label=say("State")),
            Column(key="due", label=say("Due")),
            *(
                (
                    Column(key="done", label=say("Done"), number=True),
                    Column(key="right", label=say("Right on the first try"), number=True),
                )
                if responsible
                else ()
            ),
        ),
        title="title",
        filters=(
            Filter(key="", label=say("All"), always=True),
            Filter(key=_TO_DO, label=say("To do")),
            Filter(key=_DONE, label=say("Done")),
            Filter(key=_ASKED, label=say("Asked of staff")),
        ),
        rows=(
            *(_mine(words, one, responsible=responsible) for one in mine),
            *(_line(words, one) for one in view.lines),
        ),
        empty=say("You have no lesson to do."),
    )


def _mine(words: Words, one: MyLesson, *, responsible: bool) -> Row:
    title, done = words.text(one.title), one.done_at
    state = (
        Cell(text=words.say("Done {day}", day=words.short_day(done)), tone=Tone.GOOD, order=2)
        if done
        else Cell(text=words.say("To do"), tone=Tone.CAUTION, order=0)
    )
    return Row(
        key=str(one.announcement_id),
        cells=(
            Cell(text=title, order=title.casefold()),
            state,
            Cell(text=words.short_day(one.due) if one.due else "", order=one.due),
            *((Cell(text=""), Cell(text="")) if responsible else ()),
        ),
        filters=frozenset(("", _DONE if done else _TO_DO)),
        searched=title,
        path=links.announcement("", one.announcement_id),
        group=words.say("Your lessons") if responsible else "",
    )


def _line(words: Words, one: LessonLine) -> Row:
    title = words.text(one.title)
    link = links.acknowledged if one.sent else links.draft if one.draft else links.campaign
    return Row(
        key=f"asked:{one.announcement_id}",
        cells=(
            Cell(text=title, order=title.casefold()),
            _state(words, one),
            Cell(text=words.short_day(one.due) if one.due else "", order=one.due),
            Cell(
                text=words.say(
                    "{done} of {asked}", done=words.number(one.done), asked=words.number(one.asked)
                )
                if one.sent
                else "",
                order=one.done / one.asked if one.sent and one.asked else None,
            ),
            Cell(
                text=words.say("about {share}", share=words.percent(one.right / 100))
                if one.right is not None
                else "",
                order=one.right,
            ),
        ),
        filters=frozenset(("", _ASKED)),
        searched=title,
        path=link("", one.announcement_id),
        group=words.say("What staff were asked to do"),
    )


def _state(words: Words, one: LessonLine) -> Cell:
    if one.sent:
        return Cell(text=words.say("Sent"), tone=Tone.GOOD, order=2)
    if one.draft:
        return Cell(text=words.say("Draft"), tone=Tone.PLAIN, order=0)
    return Cell(text=words.say("Not sent yet"), tone=Tone.CAUTION, order=1)
