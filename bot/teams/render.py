"""A card in Teams: its parts as elements of an Adaptive Card, its form inside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.conversation import Reader
from bot.registry import operation_of
from bot.teams import dialogs
from bot.teams.act_list import act_list
from bot.teams.cards import (
    FIELD,
    MANY,
    Drawn,
    Element,
    card,
    choice_set,
    date_input,
    execute,
    heading,
    labelled,
    line,
    link,
    misfit,
    paragraphs,
    quoted,
    short,
    text_input,
    time_input,
)
from bot.teams.charting import count_bars
from bot.teams.pictures import Named, PictureLinks
from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    DayField,
    Entries,
    Facts,
    Field,
    Figures,
    Form,
    Line,
    Link,
    Look,
    MomentField,
    Page,
    Part,
    Picture,
    Press,
    Preview,
    Quote,
    Style,
    Table,
    TextField,
    flat,
    says_optional,
)
from core.forms import FROM_THE_LIST
from core.words import Words
from governance.waves.question_wording import too_long

LONGEST_SHOWN = 4000
"""Characters of what somebody wrote: the card stays under what Teams takes."""

_MOST_EXPANDED = 10

MOST_BUTTONS = 5
"""In one row: Microsoft's own library takes no more."""

MOST_ON_CARD = 6
"""Teams shows no more of them."""


@dataclass(frozen=True, kw_only=True)
class _Pen:
    words: Words
    web_url: str
    pictures: PictureLinks | None


def rendered(
    words: Words,
    message: Card,
    reader: Reader,
    *,
    pictures: PictureLinks | None = None,
    window: bool = False,
) -> Drawn:
    """As one card, with its form in it. Unless it is for a ``window``, only the title of what no
    chat keeps. ``pictures`` gives charts their addresses."""
    if not (message.kept or window):
        return _title_alone(words, message, reader)
    badge = [line(message.badge, strong=True, alarm=not message.calm)] if message.badge else []
    pen = _Pen(words=words, web_url=reader.web_url, pictures=pictures)
    body = [*badge, heading(flat(message.title)), *_parts(message.every_part, pen)]
    actions: list[Element] = []
    if message.form is not None:
        body += [element for one in message.form.fields for element in _field(words, one)]
        actions.append(_hand_in(words, message.form))
        if message.form.back is not None and not window:
            actions.append(execute(message.form.leave.label, message.form.back))
    body += [line(message.note, quiet=True)] if message.note else []
    way = _page(message, reader)
    room = min(MOST_BUTTONS, MOST_ON_CARD - len(way) - _links(body)) - len(actions)
    if len(message.presses) > room:  # a button less: what has no room is in a list, which has one
        room = max(room - 1, 0)
    actions += [_action(press) for press in message.presses[:room]]
    full = len(actions) + len(way) > MOST_BUTTONS
    message = replace(message, more=(*message.presses[room:], *message.more))
    body += _more(words, message, way if full else [])
    actions += [] if full else way
    return card(body, actions, summary=message.subject, locale=words.locale)


def _links(body: list[Element]) -> int:
    """How many buttons a card has among its parts."""
    return sum(len(one["actions"]) for one in body if one["type"] == "ActionSet")


def _title_alone(words: Words, message: Card, reader: Reader) -> Drawn:
    actions: list[Element] = []
    if message.form is not None:
        opens = message.form.opens
        actions = [dialogs.opens(opens.label, opens.command, primary=True)]
    actions += _page(message, reader)
    title = message.subject
    return card([heading(title)], actions, summary=title, locale=words.locale)


def _page(message: Card, reader: Reader) -> list[Element]:
    """The way to the whole on the web."""
    if message.page is None or not reader.web_url:
        return []
    return [link(message.page.label, f"{reader.web_url}{message.page.path}")]


def _parts(parts: Iterable[Part], pen: _Pen) -> list[Element]:
    return [element for part in parts for element in _part(part, pen)]


def _part(part: Part, pen: _Pen) -> list[Element]:
    match part:
        case Line(text=text, look=look):
            strong = look in (Look.STRONG, Look.ALARM)
            quiet, alarm = look is Look.QUIET, look is Look.ALARM
            return [line(flat(text), strong=strong, quiet=quiet, alarm=alarm)]
        case Quote(text=text, by=by):
            said = [line(by, quiet=True)] if by else []
            return [*said, quoted(short(flat(text), LONGEST_SHOWN))]
        case Bullets(lines=lines):
            return [_bullet(one, pen.web_url) for one in lines]
        case Facts(pairs=pairs):
            return [element for label, text in pairs for element in _fact(label, flat(text))]
        case Entries(rows=rows):
            return [element for page, said in rows for element in _entry(page, said, pen.web_url)]
        case Figures(pairs=pairs):
            return [labelled(f"{label}:", number) for label, number in pairs]
        case Link(label=label):
            url = part.at(pen.web_url)
            return [{"type": "ActionSet", "actions": [link(label, url)]}] if url else []
        case Preview(label=label, title=title, parts=inside):
            said = [
                line(label, quiet=True),
                line(flat(title), strong=True),
                *_parts(inside, pen),
            ]
            return [{"type": "Container", "style": "emphasis", "items": said}]
        case Picture():
            return _picture(part, pen)
        case Table(caption=caption, rest=rest):
            return [
                *([line(caption, strong=True)] if caption else []),
                *(line(f"• {one}", gap="Small") for one in part.lines),
                *([_bullet(rest, pen.web_url)] if rest else []),
            ]
        case _:
            assert_never(part)


def _bullet(one: str | Page, web_url: str) -> Element:
    """A sentence, or a link."""
    if isinstance(one, str):
        return line(one, gap="Small")
    made = line(one.label, gap="Small")
    if web_url:
        made["inlines"][0]["selectAction"] = link(one.label, f"{web_url}{one.path}")
    return made


def _picture(picture: Picture, pen: _Pen) -> list[Element]:
    """Its chart, if it has an address for clients that draw none, with the numbers in small print:
    no chart is read out. Else the numbers alone."""
    counts, words = picture.of, pen.words
    drawn = count_bars(counts, words, _address(picture, pen))
    if drawn is not None:
        said = " ".join(one for one in (counts.told(words), counts.caption) if one)
        return [drawn, line(said, quiet=True)]
    return [
        line(counts.title, strong=True),
        *(line(f"• {one}", gap="Small") for one in counts.lines(words)),
        *([line(counts.caption, quiet=True)] if counts.caption else []),
    ]


def _address(picture: Picture, pen: _Pen) -> str:
    """ "" where it has none."""
    source, words = picture.source, pen.words
    if source is None or pen.pictures is None:
        return ""
    named = Named(
        wave=source.subject,
        sums=source.kind,
        beside=picture.of.key,
        locale=words.locale,
        timezone=words.timezone,
    )
    return pen.pictures.address(named, source.at)


def _fact(label: str, text: str) -> list[Element]:
    return [line(label, strong=True), *paragraphs(short(text, LONGEST_SHOWN))]


def _entry(page: Page, said: str, web_url: str) -> list[Element]:
    title = line(page.label, strong=True)
    if web_url:
        title["inlines"][0]["selectAction"] = link(page.label, f"{web_url}{page.path}")
    return [title, *([line(said, gap="None")] if said else [])]


def _more(words: Words, message: Card, left: list[Element]) -> list[Element]:
    """What else can be done: several things in a list below the card; one in a row of its own, with
    what is ``left`` where the card's own row is full. Beside a form there is no list: no client
    hands a form in while something is to be chosen there."""
    listed: list[Element] = []
    if len(message.more) > 1 and message.form is None:
        listed = act_list(
            words.say("Something else"),
            words.say("Continue"),
            [(one.label, one.command) for one in message.more],
            error=words.say(FROM_THE_LIST),
            placeholder=words.say("Choose one"),
        )
    row = [*([] if listed else map(_action, message.more)), *left]
    return [*listed, *([{"type": "ActionSet", "actions": row}] if row else [])]


def _action(press: Press) -> Element:
    primary = press.style is Style.PRIMARY
    if operation_of(press.command).window:
        return dialogs.opens(press.label, press.command, primary=primary)
    return execute(press.label, press.command, primary=primary)


def _hand_in(words: Words, form: Form) -> Element:
    choices = (one for one in form.fields if isinstance(one, ChoiceField))
    seen = next((one.seen for one in choices if one.seen), "")
    dated = any(isinstance(one, MomentField) for one in form.fields)
    return execute(
        form.submit.label,
        form.submit.command,
        primary=True,
        inputs=True,
        timezone=words.timezone if dated else None,
        seen=seen,
    )


def _field(words: Words, one: Field) -> list[Element]:
    said = [line(one.hint)] if one.hint else []
    said += [misfit(one.why)] if one.why else []
    label = words.say("{label} (optional)", label=one.label) if says_optional(one) else one.label
    match one:
        case TextField():
            made = text_input(
                f"{FIELD}{one.key}",
                label,
                value=one.value,
                required=not one.optional,
                longest=one.longest,
                multiline=one.rows > 1,
                error=too_long(words, one.longest)
                if one.optional
                else words.say("Write something."),
            )
        case ChoiceField():
            made = choice_set(
                f"{MANY if one.several else FIELD}{one.key}",
                label,
                one.choices,
                value=",".join(one.chosen),
                required=not (one.several or one.optional),
                several=one.several,
                expanded=len(one.choices) <= _MOST_EXPANDED and not one.optional,
                error=words.say(FROM_THE_LIST),
                placeholder=words.say("Choose"),
            )
        case MomentField():
            return [*said, *_moment(words, one)]
        case DayField():
            made = date_input(
                f"{FIELD}{one.key}",
                label,
                value=one.value.isoformat() if one.value else "",
                required=not one.optional,
                error=words.say("Choose a day."),
            )
        case _:
            assert_never(one)
    return [*said, made]


def _moment(words: Words, one: MomentField) -> list[Element]:
    """Teams asks for a day and for a time, each by itself."""
    at = one.value.astimezone(ZoneInfo(words.timezone)) if one.value else None
    error = words.say("Enter a day and a time.")
    return [
        date_input(
            f"{FIELD}{one.key}_date",
            words.say("{label} (day)", label=one.label),
            value=f"{at:%Y-%m-%d}" if at else "",
            required=not one.optional,
            error=error,
        ),
        time_input(
            f"{FIELD}{one.key}_time",
            words.say("{label} (time)", label=one.label),
            value=f"{at:%H:%M}" if at else "",
            required=not one.optional,
            error=error,
        ),
    ]
