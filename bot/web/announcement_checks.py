"""The last look at an announcement before it goes out: who gets it, what else goes out, how each
platform shows it, and when it is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from markupsafe import Markup
from starlette.responses import Response

from bot.conversation import Reader, Reply
from bot.mail.draw import draw as draw_letter
from bot.mail.drawn import Drawn
from bot.web.authoring.seeing import seen
from bot.web.composing import steps
from bot.web.composing.steps import Step
from bot.web.render_card import at, drawn_parts
from bot.web.rendering import local
from bot.web.visiting import Visit
from core.people import Platform
from core.text import Text
from core.tiles import Step as Shown
from core.words import Words
from governance import links, wording
from governance.announcements import ahead
from governance.announcements import campaign_wording as campaign_words
from governance.announcements import urgent_wording as urgent_words
from governance.announcements.checked import said, state_of
from governance.announcements.commands import (
    CheckAnnouncement,
    SendAnnouncement,
    SendUrgent,
    TryAnnouncement,
)
from governance.announcements.model import Announcement
from governance.card_parts import change as announced
from governance.card_parts import why
from governance.forms.commands import Open
from governance.labels import Labels
from governance.languages import base_of, language_name, texts
from governance.lessons.commands import WriteLesson
from governance.lessons.wording import due_line, question_parts
from governance.lists import wording as list_words
from governance.messages import AnnouncementDrafted, AnnouncementScheduled, Notice, Progress
from surveys.messages import Rejected
from surveys.questions import Unfit

_PLACES = {"everyone": "everyone"}
"""Where on the page a problem is, if not at the time."""

_IN_VIEW = 3
"""Lines of what else goes out soon."""


async def draft(visit: Visit) -> Response:
    """The draft as people will see it, with its reach, before it is sent."""
    return await _draft(visit, visit.subject("announcement"), {})


async def send(visit: Visit) -> Response:
    """Send the draft now, or at a time in the CTO's zone; or look at that day first."""
    announcement = visit.subject("announcement")
    command = SendAnnouncement(
        announcement_id=announcement,
        everyone=visit.form.one("everyone"),
        checked=visit.form.one("checked"),
    )
    chosen = visit.form.one("send")
    if chosen == "go":
        chosen = visit.form.one("when")
    if chosen in ("at", "look"):
        moment = visit.form.moment("at", visit.reader.timezone)
        if moment is None:
            late = Unfit(why="Enter a date and a time for it to go out.")
            return await _draft(visit, announcement, {"at": late})
        if chosen == "look":
            return await _draft(visit, announcement, {}, looked=moment)
        command = replace(command, at=moment)
    reply = await visit.ask(command)
    match reply.message:
        case AnnouncementScheduled() as scheduled:
            note = _on_its_way(visit, scheduled, reply.reader)
            path = links.campaign("", announcement)
            return visit.go(path, note=note, did="announce")
        case Progress() as waiting:
            note = urgent_words.waiting(visit.words(reply.reader), waiting.announcement)
            return visit.go(links.campaign("", announcement), note=note, did="announce")
        case Rejected(unfit=unfit):
            return await _draft(visit, announcement, unfit)
        case _:
            return await _shown(visit, reply, {}, None)


async def _draft(
    visit: Visit,
    announcement: UUID,
    unfit: Mapping[str, Unfit],
    *,
    looked: datetime | None = None,
) -> Response:
    reply = await visit.ask(CheckAnnouncement(announcement_id=announcement))
    return await _shown(visit, reply, unfit, looked)


async def _shown(
    visit: Visit, reply: Reply, unfit: Mapping[str, Unfit], looked: datetime | None
) -> Response:
    """The draft with its check, or what was said instead."""
    if isinstance(reply.message, AnnouncementDrafted):
        return await _check(visit, reply.message, reply.reader, unfit, looked)
    return await visit.anything(reply.message, reply.reader)


def _steps(words: Words, found: Announcement) -> Sequence[Shown]:
    """The steps of writing it; a lesson and a service notice are written on one page."""
    if found.lesson or found.change.service:
        return ()
    return steps.shown(words, Step.CHECK, asks=found.question is not None)


async def _check(
    visit: Visit,
    drafted: AnnouncementDrafted,
    reader: Reader,
    unfit: Mapping[str, Unfit],
    looked: datetime | None,
) -> Response:
    words, found = visit.words(reader), drafted.announcement
    title = words.say("Check before you send")
    changed = said(words, drafted.changed)
    wrong = bool(unfit or changed)
    now = visit.site.pages.now()
    typed = (visit.form.one("at_date"), visit.form.one("at_time"))
    if not any(typed) and not wrong:
        tomorrow = local(now, reader.timezone).date() + timedelta(days=1)
        typed = (f"{drafted.calendar.school_day_from(tomorrow):%Y-%m-%d}", "07:30")
    return await visit.page(
        "pages/announcement.html",
        words.say("Error: {title}", title=title) if wrong else title,
        reader,
        status=422 if wrong else 200,
        heading=title,
        problems=[
            *([("seen-h", changed)] if changed else []),
            *(
                (_PLACES.get(key, "at_date"), wording.unfit(words, one))
                for key, one in unfit.items()
            ),
        ],
        step=Step.CHECK.value,
        steps_shown=_steps(words, found),
        carried=(),
        standing="",
        at="" if drafted.lacks else f"/announcements/{found.id}/send",
        m=drafted,
        a=found,
        checked=state_of(found),
        change_it=f"{_edits(found)}{'' if found.lesson else '?step=what'}",
        change_who=f"{links.edited('', found.id)}?step=who",
        chosen_when="at" if looked or visit.form.one("when") == "at" or "at" in unfit else "now",
        declined=urgent_words.declined(words, found.declined_why),
        waiting=urgent_words.waiting_lines(words, drafted.reach),
        stale=list_words.stale(words, drafted.stale),
        joiners=campaign_words.joiners(words, found),
        guard=urgent_words.guard_lines(words, drafted.guard),
        everyone=urgent_words.everyone_field(words, why=why(words, unfit, "everyone"))
        if drafted.guard.everyone
        else None,
        typed=typed,
        late=wording.unfit(words, unfit["at"]) if "at" in unfit else "",
        day=ahead.about_day(words, drafted.calendar, looked, drafted.ahead) if looked else (),
        ahead=ahead.lines_of(words, drafted.ahead[:_IN_VIEW]),
        **_as_seen(visit, drafted, reader),
        others=_in_other_languages(found, reader),
        change=drawn_parts(announced(words, found.change), reader),
        question=drawn_parts(question_parts(words, found.question, solved=False), reader),
        due=due_line(words, found.due),
        offer=urgent_words.offer(words),
        urgent=at(Open(of=SendUrgent(announcement_id=found.id, checked=state_of(found)))),
        test=at(TryAnnouncement(announcement_id=found.id)),
    )


def _edits(draft: Announcement) -> str:
    """Where a draft is changed."""
    if draft.lesson:
        return at(Open(of=WriteLesson(announcement_id=draft.id)))
    return links.edited("", draft.id)


# -- as each platform shows it ---------------------------------------------------------------------


def _as_seen(visit: Visit, drafted: AnnouncementDrafted, reader: Reader) -> dict[str, Any]:
    """As each platform shows it, that of most people first; the page draws the web's itself."""
    words, reached = visit.words(reader), Counter(dict(drafted.reach.by_platform))
    here = reached[Platform.WEB]
    return {
        "previews": list(previews(visit, drafted.notice, reached, reader)),
        "web_first": here > reached.total() - here,
        "on_web_people": words.count("{n} person", "{n} people", here) if here else "",
    }


@dataclass(frozen=True, kw_only=True)
class Preview:
    """``body``: as a chat platform gets it; ``letter``: as a mail. ``people``: how many get it
    there, "" where that is not told. ``phone``: as wide as on a phone."""

    kind: str
    name: str
    people: str = ""
    body: Any = None
    letter: Drawn | None = None
    phone: bool = False


def previews(
    visit: Visit, notice: Notice | None, reached: Mapping[str, int], reader: Reader
) -> Iterator[Preview]:
    """Drawn by each platform from what is sent, the one first on which most get it, and that one on
    a phone as well. ``reached``: how many get it where."""
    words = visit.words(reader)
    if notice is None:
        return
    chats = []
    for sight in sorted(visit.site.pages.sights, key=lambda one: -reached.get(one.platform, 0)):
        people = reached.get(sight.platform)
        chats.append(
            Preview(
                kind=str(sight.platform),
                name=Labels(words)(sight.platform),
                people=words.count("{n} person", "{n} people", people) if people else "",
                body=seen(sight.drawn(notice, reader)),
            )
        )
    yield from chats
    for one in chats[:1]:
        name = words.say("{platform} on a phone", platform=one.name)
        yield replace(one, name=name, people="", phone=True)
    letter = draw_letter(notice, words, reader.web_url)
    yield Preview(kind="mail", name=words.say("Email"), letter=letter)


def _in_other_languages(draft: Announcement, reader: Reader) -> list[tuple[str, Markup, Markup]]:
    """(language, the title, the words drawn) for each other language that it is written in, with
    our labels as whoever reads that language sees them."""
    words, change = Words(reader.locale, reader.timezone), draft.change
    spoken = {tag for one in texts(change) for tag in (one.language, *one.translations)}

    def written(text: Text, tag: str) -> Markup:
        language = text.language_for(tag)
        return Markup('<span lang="{}">{}</span>').format(language, text.in_locale(tag))

    def drawn(tag: str) -> Markup:
        there = replace(reader, locale=tag)
        labels = Words(tag).spoken
        parts = drawn_parts(announced(Words(tag), change), there)
        return Markup('<div lang="{}">{}</div>').format(labels, parts)

    return [
        (language_name(words, tag), written(change.title, tag), drawn(tag))
        for tag in sorted(spoken)
        if base_of(tag) != words.spoken
    ]


def _on_its_way(visit: Visit, scheduled: AnnouncementScheduled, reader: Reader) -> str:
    words = visit.words(reader)
    people = words.count("{n} person", "{n} people", scheduled.people)
    if scheduled.at is not None:
        said = words.say(
            "It goes out to {people} on {when}.", people=people, when=words.when(scheduled.at)
        )
    else:
        said = words.say(
            "It is going out to {people} now; that takes {time}.",
            people=people,
            time=words.duration(scheduled.seconds),
        )
    return f"{said} {wording.held(words, scheduled.held)}" if scheduled.held else said
