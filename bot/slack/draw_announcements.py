"""Announcements in Slack: the notice, its writing and sending, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot import links, urgent_words
from bot.languages import announcement_note, outdated
from bot.registry import encode
from bot.slack import labels
from bot.slack.blocks import (
    Block,
    Element,
    Pen,
    actions,
    bold,
    button,
    confirm,
    field,
    header,
    labelled,
    link,
    note,
    option,
    paragraph,
    typing,
)
from bot.slack.draw_feedback import troubles
from bot.slack.drawn import Drawn, Form
from governance.announcements import Change, Reach
from governance.commands import (
    AcknowledgeAnnouncement,
    SendAnnouncement,
    ShowAnnouncementForm,
    ShowUrgentForm,
    WriteAnnouncement,
)
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementForm,
    Notice,
)
from surveys.words import Text

LONGEST_TITLE = 150
LONGEST_LINK = 2000


# -- to everybody -----------------------------------------------------------------------------


def notice(message: Notice, pen: Pen) -> Drawn:
    change = message.change
    text = pen.say(
        "{sender} announces: {title}", sender=message.sender, title=pen.text(change.title)
    )
    blocks = [header(pen.text(change.title)), note(pen.say("From {who}.", who=message.sender))]
    if message.urgent:
        text = pen.say("Urgent. {said}", said=text)
        blocks.insert(0, paragraph(bold(pen.say("Urgent"))))
    foreign = announcement_note(pen.words, change)
    if foreign:
        blocks.append(note(foreign))
    blocks += change_blocks(change, pen)
    if message.acknowledged_at:
        blocks.append(note(_read_line(message.acknowledged_at, pen)))
    elif message.acknowledge:
        read = encode(AcknowledgeAnnouncement(announcement_id=message.announcement_id))
        blocks.append(actions(button(pen.say("I have read this"), read, style="primary")))
    return Drawn(text=text, blocks=blocks)


def _read_line(at: datetime, pen: Pen) -> str:
    return pen.say("You have read this: {when}.", when=pen.words.when(at))


def change_blocks(change: Change, pen: Pen) -> list[Block]:
    parts: Sequence[tuple[str, Text | None]] = (
        (pen.say("What changes"), change.what),
        (pen.say("Why"), change.why),
        (pen.say("When"), change.when),
        (pen.say("Who is affected"), change.who),
        (pen.say("What to do"), change.action),
        (pen.say("Where to learn"), change.learn),
        (pen.say("Whom to ask"), change.ask),
    )
    blocks: list[Block] = []
    for label, text in parts:
        if text is not None and pen.text(text).strip():
            blocks += labelled(label, pen.text(text))
    url = change.learn_url or ""
    if url.startswith(("https://", "http://")) and len(url) <= LONGEST_LINK:
        blocks.append(paragraph(link(url, pen.say("Learn more"))))
    return blocks


# -- writing ----------------------------------------------------------------------------------


def announcement_offer(message: AnnouncementForm, pen: Pen) -> Drawn:
    said = pen.say("Write an announcement: what changes, why, when and for whom.")
    # A form that was never kept has an id of its own making: opening it starts a new one.
    opens = button(pen.say("Open the form"), encode(ShowAnnouncementForm()), style="primary")
    return Drawn(
        text=said,
        blocks=[*troubles(message.unfit, pen), paragraph(said), actions(opens)],
    )


def announcement_form(message: AnnouncementForm, pen: Pen) -> Form:
    words = message.words
    long = [
        ("what", pen.say("What changes?"), True),
        ("why", pen.say("Why?"), True),
        ("when", pen.say("When?"), True),
        ("who", pen.say("Who is affected?"), True),
        ("action", pen.say("What should people do?"), True),
        ("learn", pen.say("Where can they learn it?"), False),
    ]
    url: Element = {"type": "url_text_input"}
    if words.get("learn_url", "").startswith(("https://", "http://")):
        url["initial_value"] = words["learn_url"]
    blocks = [
        *troubles(message.unfit, pen),
        *_declined(message.declined_why, pen),
        field(
            "title",
            pen.say("Title"),
            typing(words.get("title", ""), multiline=False, longest=LONGEST_TITLE),
        ),
    ]
    blocks += [
        field(key, label, typing(words.get(key, "")), optional=not needed)
        for key, label, needed in long
    ]
    blocks += [
        field("learn_url", pen.say("A link to learn more"), url, optional=True),
        field("ask", pen.say("Whom can they ask?"), typing(words.get("ask", "")), optional=True),
        _boxes("levels", pen.say("Only these levels"), labels.levels(pen), message, pen),
        _boxes("roles", pen.say("Only these roles"), labels.roles(pen), message, pen),
    ]
    return Form(
        title=pen.say("Announcement"),
        submit=pen.say("See it first"),
        token=encode(WriteAnnouncement(announcement_id=message.announcement_id, words={})),
        blocks=blocks,
        web_link=links.desk(pen.web_url),
    )


def _boxes(
    key: str, label: str, named: list[tuple[str, str]], message: AnnouncementForm, pen: Pen
) -> Block:
    options = [option(value, name) for value, name in named]
    meant = message.audience.levels if key == "levels" else message.audience.roles
    chosen = [o for o in options if o["value"] in {one.value for one in meant}]
    element: Element = {"type": "checkboxes", "options": options}
    if chosen:
        element["initial_options"] = chosen
    return field(key, label, element, optional=True, hint=pen.say("None chosen means all."))


# -- sending ----------------------------------------------------------------------------------


def drafted(message: AnnouncementDrafted, pen: Pen) -> Drawn:
    """The draft as a message: send now, or change it."""
    announcement = message.announcement
    said = _reach(message.reach, pen)
    send = button(
        pen.say("Send now"),
        encode(SendAnnouncement(announcement_id=announcement.id)),
        style="primary",
        ask=confirm(pen.say("Send it now?"), said, pen.say("Send now"), pen.say("Not yet")),
    )
    change = encode(ShowAnnouncementForm(announcement_id=announcement.id))
    return Drawn(
        text=pen.say(
            "Your draft “{title}”. {reach}", title=pen.text(announcement.change.title), reach=said
        ),
        blocks=[
            *_preview(message, pen),
            note(urgent_words.offer(pen.words)),
            actions(send, _as_urgent(announcement.id, pen), button(pen.say("Change it"), change)),
        ],
    )


def drafted_form(message: AnnouncementDrafted, pen: Pen) -> Form:
    """The draft in a modal: handing it in sends it, now or at a time."""
    announcement = message.announcement
    change = encode(ShowAnnouncementForm(announcement_id=announcement.id))
    at: Element = {"type": "datetimepicker"}
    if announcement.send_at:
        at["initial_date_time"] = int(announcement.send_at.timestamp())
    return Form(
        title=pen.say("Send it?"),
        submit=pen.say("Send"),
        token=encode(SendAnnouncement(announcement_id=announcement.id)),
        web_link=links.desk(pen.web_url),
        blocks=[
            *_preview(message, pen),
            field(
                "at",
                pen.say("Send at"),
                at,
                optional=True,
                hint=pen.say("Empty means now."),
            ),
            note(urgent_words.offer(pen.words)),
            actions(_as_urgent(announcement.id, pen), button(pen.say("Change it"), change)),
        ],
    )


def _as_urgent(announcement_id: UUID, pen: Pen) -> Element:
    token = encode(ShowUrgentForm(announcement_id=announcement_id))
    return button(pen.say("Send it as urgent"), token)


def _preview(message: AnnouncementDrafted, pen: Pen) -> list[Block]:
    change = message.announcement.change
    return [
        *_declined(message.announcement.declined_why or "", pen),
        *(paragraph(bold(old)) for old in outdated(pen.words, change)),
        paragraph(bold(_reach(message.reach, pen))),
        note(pen.say("This is not an emergency alert system: it takes its time.")),
        header(pen.text(change.title)),
        note(pen.say("From {who}.", who=message.sender)),
        *change_blocks(change, pen),
    ]


def _declined(why: str, pen: Pen) -> list[Block]:
    """Why a draft came back, where somebody wanted to send it as urgent."""
    return [paragraph(bold(urgent_words.declined(pen.words, why)))] if why else []


def _reach(reach: Reach, pen: Pen) -> str:
    said = pen.words.count(
        "It reaches {n} person. Sending takes {time}.",
        "It reaches {n} people. Sending takes {time}.",
        reach.people,
        time=pen.words.duration(reach.seconds),
    )
    where = ", ".join(
        f"{labels.platform(name, pen)} {pen.words.number(count)}"
        for name, count in reach.by_platform
    )
    parts = [said, f"{where}."] if where else [said]
    if reach.waiting:
        parts.append(
            pen.words.count(
                "{n} of them cannot be reached yet.",
                "{n} of them cannot be reached yet.",
                reach.waiting,
            )
        )
    if reach.held:
        parts.append(pen.words.held(reach.held))
    return " ".join(parts)
