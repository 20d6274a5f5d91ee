"""Announcements as cards: reading one, writing one, and what became of it."""

from __future__ import annotations

from bot import urgent_words
from bot.languages import announcement_note, outdated
from bot.teams.cards import (
    FIELD,
    MANY,
    Drawn,
    Element,
    card,
    choice_set,
    execute,
    heading,
    labelled,
    line,
    link,
    moment_inputs,
    text_input,
)
from bot.teams.draw_feedback import reason
from bot.teams.labels import level_name, role_name
from bot.words import Words
from governance.announcements import Change
from governance.announcing import LIMITS
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
from surveys.people import STAFF_ROLES, Level, Role

_REQUIRED = frozenset({"title", "what", "why", "when", "who", "action"})


def notice(words: Words, message: Notice) -> Drawn:
    title = words.text(message.change.title)
    body = [heading(title), *change_lines(words, message.change)]
    body.append(line(words.say("Sent by {sender}.", sender=message.sender), quiet=True))
    foreign = announcement_note(words, message.change)
    if foreign:
        body.append(line(foreign, quiet=True))
    if message.urgent:
        body.insert(0, line(words.say("Urgent"), strong=True, alarm=True))
    actions: list[Element] = []
    if message.acknowledged_at:
        when = words.when(message.acknowledged_at)
        body.append(line(words.say("You have read this: {when}.", when=when), strong=True))
    elif message.acknowledge:
        read = AcknowledgeAnnouncement(announcement_id=message.announcement_id)
        actions.append(execute(words.say("I have read this"), read, primary=True))
    actions += _learn_more(words, message.change)
    summary = words.say(
        "{sender} announces: {title}. {what}",
        sender=message.sender,
        title=title,
        what=words.text(message.change.what),
    )
    if message.urgent:
        summary = words.say("Urgent. {said}", said=summary)
    return card(body, actions, summary=summary, locale=words.locale)


def change_lines(words: Words, change: Change) -> list[Element]:
    parts = (
        (words.say("What changes"), change.what),
        (words.say("Why"), change.why),
        (words.say("When"), change.when),
        (words.say("Who is affected"), change.who),
        (words.say("What to do"), change.action),
        (words.say("Where to learn"), change.learn),
        (words.say("Whom to ask"), change.ask),
    )
    return [
        labelled(f"{label}:", words.text(said))
        for label, said in parts
        if said is not None and words.text(said)
    ]


def _learn_more(words: Words, change: Change) -> list[Element]:
    url = change.learn_url or ""
    if not url.startswith(("https://", "http://")):
        return []
    return [link(words.say("Learn more"), url)]


# -- writing -----------------------------------------------------------------------------------


def announcement_form(words: Words, form: AnnouncementForm) -> Drawn:
    title = words.say("Announce a change")
    body = [
        heading(title),
        line(words.say("Nothing is sent yet: you see first how many people it reaches.")),
    ]
    if form.declined_why:
        body.append(line(urgent_words.declined(words, form.declined_why), strong=True))
    for key in LIMITS:
        body += [*reason(words, form.unfit, key), _field(words, key, form.words.get(key, ""))]
    body += _audience(words, form)
    command = WriteAnnouncement(announcement_id=form.announcement_id, words={})
    send = execute(words.say("See the draft"), command, primary=True, inputs=True)
    return card(body, [send], summary=title, locale=words.locale)


def _field(words: Words, key: str, value: str) -> Element:
    one_line = key in {"title", "learn_url"}
    return text_input(
        FIELD + key,
        _field_label(words, key),
        value=value,
        required=key in _REQUIRED,
        longest=LIMITS[key],
        multiline=not one_line,
        error=words.say("Please fill this in."),
    )


def _field_label(words: Words, key: str) -> str:
    labels = {
        "title": words.say("Title"),
        "what": words.say("What changes"),
        "why": words.say("Why"),
        "when": words.say("When"),
        "who": words.say("Who is affected"),
        "action": words.say("What to do"),
        "learn": words.say("Where to learn (optional)"),
        "learn_url": words.say("Page to learn more, starting with https:// (optional)"),
        "ask": words.say("Whom to ask (optional)"),
    }
    return labels[key]


def _audience(words: Words, form: AnnouncementForm) -> list[Element]:
    audience = form.audience
    levels = [(level.value, level_name(words, level)) for level in Level]
    roles = [(role.value, role_name(words, role)) for role in Role if role in STAFF_ROLES]
    error = words.say("Please choose from the list.")
    return [
        line(words.say("Who gets it? Nothing chosen means everyone."), strong=True),
        *reason(words, form.unfit, "levels"),
        choice_set(
            f"{MANY}levels",
            words.say("Only these schools and offices (optional)"),
            levels,
            value=",".join(level.value for level in Level if level in audience.levels),
            several=True,
            error=error,
        ),
        *reason(words, form.unfit, "roles"),
        choice_set(
            f"{MANY}roles",
            words.say("Only these roles (optional)"),
            roles,
            value=",".join(role.value for role in Role if role in audience.roles),
            several=True,
            error=error,
        ),
    ]


def announcement_drafted(words: Words, message: AnnouncementDrafted) -> Drawn:
    announcement, reach = message.announcement, message.reach
    title = words.text(announcement.change.title)
    said = words.say(
        "Your draft reaches {people} in {time}.",
        people=words.count("{n} person", "{n} people", reach.people),
        time=words.duration(reach.seconds),
    )
    body = [heading(title), *change_lines(words, announcement.change), line(said, strong=True)]
    for platform, people in reach.by_platform:
        body.append(line(_through(words, platform, people), gap="Small"))
    if reach.waiting:
        waiting = words.count(
            "{n} person has no address there yet; they get it once they are known.",
            "{n} people have no address there yet; they get it once they are known.",
            reach.waiting,
        )
        body.append(line(waiting))
    if reach.held:
        body.append(line(words.held(reach.held)))
    for old in outdated(words, announcement.change):
        body.insert(1, line(old, strong=True))
    if announcement.declined_why:
        body.insert(1, line(urgent_words.declined(words, announcement.declined_why), strong=True))
    body.append(line(urgent_words.offer(words), quiet=True))
    body += moment_inputs(
        words.say("Day to send it (empty: now)"),
        words.say("Time to send it (empty: now)"),
        error=words.say("Please give a day and a time."),
    )
    send = SendAnnouncement(announcement_id=announcement.id)
    change = ShowAnnouncementForm(announcement_id=announcement.id)
    urgent = ShowUrgentForm(announcement_id=announcement.id)
    actions = [
        execute(words.say("Send"), send, primary=True, inputs=True, timezone=words.timezone),
        execute(words.say("Send it as urgent"), urgent),
        execute(words.say("Change it"), change),
        *_learn_more(words, announcement.change),
    ]
    return card(body, actions, summary=said, locale=words.locale)


def _through(words: Words, platform: str, people: int) -> str:
    names = {
        "slack": words.say("Slack"),
        "teams": words.say("Teams"),
        "web": words.say("Web"),
    }
    return words.say(
        "{platform}: {people}",
        platform=names.get(platform, platform),
        people=words.count("{n} person", "{n} people", people),
    )
