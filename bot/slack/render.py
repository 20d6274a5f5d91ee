"""A card in Slack: its parts as blocks, its form as a modal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.registry import encode
from bot.slack.asking import listed
from bot.slack.blocks import (
    TEXT,
    Block,
    Element,
    Pen,
    actions,
    bold,
    bullets,
    button,
    confirm,
    field,
    header,
    labelled,
    link,
    more,
    note,
    option,
    paragraph,
    plain,
    quote,
    run,
    typing,
)
from bot.slack.drawn import Drawn
from bot.slack.drawn import Form as Modal
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
)
from core.charts import Counts
from governance import links

LONGEST_LINK = 2000
"""Characters of an address that is shown as a link."""

_MOST_BOXES = 10

_AT_ONCE = 5
"""Entries in one block: a message takes 50 blocks."""


def rendered(card: Card, pen: Pen) -> Drawn:
    """As a message. A form is opened from it, for only a modal can be filled in. Of what no chat
    keeps it says only the title."""
    if not (card.kept or pen.window):
        return _title_alone(card, pen)
    blocks = _head(card, pen)
    if card.form is not None:
        blocks += [*_reasons(card.form, pen), actions(press_button(card.form.opens))]
    blocks += _whole(card.page, pen)
    rest = [one for one in card.presses if card.form is None or one != card.form.opens]
    if rest or card.more:
        blocks.append(actions(*(press_button(one) for one in rest), *_more(card, pen)))
    blocks += _blocks(card.after, pen)
    return Drawn(text=card.subject, blocks=blocks)


def modal(card: Card, pen: Pen) -> Modal | None:
    """Its form as a modal; None where it has none."""
    form = card.form
    if form is None:
        return None
    return Modal(
        title=form.opens.label,
        submit=form.submit.label,
        token=encode(form.submit.command),
        web_link=links.doing(pen.web_url, encode(form.opens.command)),
        blocks=[
            *_head(card, pen),
            *_reasons(form, pen),
            *(_field(one) for one in form.fields),
            *([actions(*(press_button(one) for one in card.presses))] if card.presses else []),
            *_blocks(card.after, pen),
            *_whole(card.page, pen),
        ],
    )


def _title_alone(card: Card, pen: Pen) -> Drawn:
    opens = [actions(press_button(card.form.opens))] if card.form else []
    blocks = [paragraph(bold(card.subject)), *opens, *_whole(card.page, pen)]
    return Drawn(text=card.subject, blocks=blocks)


def _whole(page: Page | None, pen: Pen) -> list[Block]:
    """The way to the whole on the web."""
    return [paragraph(_way(page, pen))] if page and pen.web_url else []


def _head(card: Card, pen: Pen) -> list[Block]:
    badge = [header(card.badge)] if card.badge else []
    small = [note(card.note)] if card.note else []
    return [*badge, paragraph(bold(flat(card.title))), *_blocks(card.parts, pen), *small]


def _blocks(parts: Sequence[Part], pen: Pen) -> list[Block]:
    return [block for part in parts for block in _part(part, pen)]


def _part(part: Part, pen: Pen) -> list[Block]:
    match part:
        case Line(text=text, look=Look.QUIET):
            return [note(flat(text))]
        case Line(text=text, look=look):
            strong = look in (Look.STRONG, Look.ALARM)
            return [paragraph(bold(flat(text)) if strong else flat(text))]
        case Quote(text=text, by=by):
            return [*([note(by)] if by else []), *quote(flat(text))]
        case Bullets(lines=lines):
            return [bullets([_bullet(one, pen) for one in lines])] if lines else []
        case Facts(pairs=pairs):
            return [block for label, text in pairs for block in labelled(label, flat(text))]
        case Entries(rows=rows):
            some = (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))
            return [paragraph(*_entries(one, pen)) for one in some]
        case Figures(pairs=pairs):
            return [paragraph("\n".join(f"{label}: {number}" for label, number in pairs))]
        case Link(label=label):
            url = part.at(pen.web_url)
            return [paragraph(link(url, label))] if 0 < len(url) <= LONGEST_LINK else []
        case Preview(label=label, title=title, parts=parts):
            inside = [block for one in parts for block in _part(one, pen)]
            return [note(label), header(flat(title)), *inside]
        case Picture(of=counts):
            return _picture(counts, pen)
        case Table(caption=caption, rest=rest):
            said = [paragraph(bold(caption))] if caption else []
            return [*said, *([bullets(part.lines)] if part.rows else []), *_whole(rest, pen)]
        case _:
            assert_never(part)


def _bullet(one: str | Page, pen: Pen) -> Element | str:
    return one if isinstance(one, str) else _way(one, pen)


def _way(page: Page, pen: Pen) -> Element:
    """A link; words alone where the service has no address."""
    return link(f"{pen.web_url}{page.path}", page.label) if pen.web_url else run(page.label)


def _picture(counts: Counts, pen: Pen) -> list[Block]:
    """What was uploaded with its numbers in small print, or these alone."""
    if shown := pen.pictures.get(counts.key):
        return [shown, note(counts.told(pen.words))]
    caption = [note(counts.caption)] if counts.caption else []
    numbers = [bullets(counts.lines(pen.words))] if counts.rows else []
    return [paragraph(bold(counts.title)), *numbers, *caption]


def _entries(rows: Sequence[tuple[Page, str]], pen: Pen) -> Iterator[Element | str]:
    for number, (page, said) in enumerate(rows):
        yield from ["\n\n"] if number else []
        yield link(f"{pen.web_url}{page.path}", page.label) if pen.web_url else bold(page.label)
        yield from [f"\n{said}"] if said else []


def _more(card: Card, pen: Pen) -> list[Element]:
    """What else can be done: one thing as a button, several behind one."""
    if len(card.more) < 2:
        return [press_button(one) for one in card.more]
    options = [option(encode(one.command), one.label) for one in card.more]
    return [more(options, pen.say("Something else"))]


def press_button(press: Press) -> Element:
    asked = press.confirm
    return button(
        press.label,
        encode(press.command),
        style="" if press.style is Style.PLAIN else press.style.value,
        ask=confirm(asked.title, asked.text, asked.yes, asked.no) if asked else None,
    )


def _reasons(form: Form, pen: Pen) -> list[Block]:
    """Why it does not fit, above it, for where Slack cannot show it beside the input; and what
    Slack has cut."""
    why = [paragraph(bold(one.why)) for one in form.fields if one.why]
    if any(isinstance(one, TextField) and len(one.value) > TEXT for one in form.fields):
        said = pen.say("The message is too long for Slack: only its beginning is here.")
        why.append(paragraph(said))
    return why


def _field(one: Field) -> Block:
    match one:
        case TextField():
            typed = typing(one.value, multiline=one.rows > 1, longest=one.longest)
            return field(one.key, one.label, typed, optional=one.optional, hint=one.hint)
        case ChoiceField():
            # A modal has no input that is not seen: what was shown is in the key.
            key = f"{one.key}.{one.seen}" if one.seen else one.key
            optional = one.optional or one.several
            return field(key, one.label, _choices(one), optional=optional, hint=one.hint)
        case MomentField():
            at: Element = {"type": "datetimepicker"}
            at |= {"initial_date_time": int(one.value.timestamp())} if one.value else {}
            return field(one.key, one.label, at, optional=one.optional, hint=one.hint)
        case DayField():
            day: Element = {"type": "datepicker"}
            day |= {"initial_date": one.value.isoformat()} if one.value else {}
            return field(one.key, one.label, day, optional=one.optional, hint=one.hint)
        case _:
            assert_never(one)


def _choices(one: ChoiceField) -> Element:
    options = [option(key, said) for key, said in one.choices]
    chosen = [each for each in options if each["value"] in one.chosen]
    few = len(options) <= _MOST_BOXES and (one.several or not one.optional)  # a radio stays chosen
    if one.several:
        kind, start = "checkboxes" if few else "multi_static_select", "initial_options"
    else:
        kind, start = "radio_buttons" if few else "static_select", "initial_option"
    made: Element = {"type": kind, **listed(options)}
    if not few:
        made["placeholder"] = plain(one.label, 150)
    if chosen:
        made[start] = chosen if one.several else chosen[0]
    return made
