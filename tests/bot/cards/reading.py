"""A card as plain lines, to be read by whoever reviews it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.registry import encode
from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    DayField,
    Entries,
    Facts,
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
    Prose,
    Quote,
    Secrecy,
    Style,
    Table,
    TextField,
)
from core.words import Words


def read(card: Card) -> str:
    """What is secret is marked with a lock; who gets it in a mail never sees those lines."""
    said = [f"# {_mark(card.secrecy)}{_prose(card.title)}"]
    if card.outside:
        said.append(f"outside: {card.outside}")
    if card.badge:
        said.append(f"badge: {card.badge}")
    said += _parts(card.parts)
    if card.form:
        said += _form(card.form)
    said += [_press(press) for press in card.presses]
    said += [f"more: {_press(press)}" for press in card.more]
    said += [f"after: {line}" for line in _parts(card.after)]
    if card.page:
        said.append(f"page: {card.page.label} -> {card.page.path}")
    if card.up:
        said.append(f"up: {card.up.label} -> {card.up.path}")
    if card.note:
        said.append(f"note: {card.note}")
    return "\n".join(said) + "\n"


def _parts(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        yield from (f"{_mark(part.secrecy)}{line}" for line in _part(part))


def _part(part: Part) -> Iterator[str]:
    match part:
        case Line(text=text, look=look):
            yield _prose(text) if look is Look.PLAIN else f"({look.value}) {_prose(text)}"
        case Quote(text=text, by=by):
            yield from [by] if by else []
            yield from (f"> {line}" for line in _prose(text).splitlines())
        case Bullets(lines=lines):
            yield from (f"- {_bullet(line)}" for line in lines)
        case Facts(pairs=pairs):
            yield from (f"{label}: {_prose(text)}" for label, text in pairs)
        case Entries(rows=rows):
            yield from (f"{page.label} -> {page.path}: {said}" for page, said in rows)
        case Figures(pairs=pairs, share=share):
            yield from (f"{label}: {number}" for label, number in pairs)
            if share:
                yield f"bar: {share.part} of {share.whole} {share.label}"
        case Link(label=label, url=url):
            yield f"link: {label} -> {url}"
        case Preview(label=label, title=title, parts=parts):
            yield f"{label} [{_prose(title)}]"
            yield from (f"  {line}" for line in _parts(parts))
        case Picture(of=counts, source=source):
            found = f", found again as {source.kind} {source.subject}" if source else ""
            yield f"picture: {counts.title} ({counts.caption}){found}"
            yield from (f"  {line}" for line in counts.lines(Words()))
        case Table(caption=caption, rest=rest):
            yield f"table: {caption}"
            heads = (f"{one.label} (number)" if one.number else one.label for one in part.columns)
            yield f"  | {' | '.join(heads)}"
            yield from (f"  | {' | '.join(row)}" for row in part.rows)
            yield from [f"  rest: {_bullet(rest)}"] if rest else []


def _bullet(one: str | Page) -> str:
    return one if isinstance(one, str) else f"{one.label} -> {one.path}"


def _form(form: Form) -> Iterator[str]:
    yield f"form, opened by {_press(form.opens)}"
    for one in form.fields:
        free = ", optional" if one.optional else ""
        match one:
            case TextField():
                yield f"  {one.key}: {one.label} ({one.longest} characters{free}) = {one.value!r}"
            case ChoiceField():
                kind = "boxes" if one.several else "choice"
                yield f"  {one.key}: {one.label} ({kind}{free}) = {', '.join(one.chosen)}"
                yield from (f"    {key}: {label}" for key, label in one.choices)
            case MomentField():
                yield f"  {one.key}: {one.label} (moment{free}) = {one.value or ''}"
            case DayField():
                yield f"  {one.key}: {one.label} (day{free}) = {one.value or ''}"
        if one.hint:
            yield f"    hint: {one.hint}"
        if one.why:
            yield f"    why not: {one.why}"
    yield f"  handed in by {_press(form.submit)}"
    back = f", in chat {encode(form.back)}" if form.back else ""
    yield f"  left by {form.leave.label} -> {form.leave.path}{back}"


def _press(press: Press) -> str:
    style = "" if press.style is Style.PLAIN else f" ({press.style.value})"
    asks = press.confirm
    sure = f" asks: {asks.title} {asks.text} {asks.yes}/{asks.no}" if asks else ""
    chat = " (chat only)" if press.chat_only else ""
    return f"[{press.label}]{style}{chat} {encode(press.command)}{sure}"


def _mark(secrecy: Secrecy) -> str:
    return "🔒 " if secrecy is Secrecy.SIGNED_IN else ""


def _prose(text: Prose) -> str:
    if isinstance(text, str):
        return text
    return "".join(
        f"{{{run.language}|{run.text}}}" if run.language not in ("", "en") else run.text
        for run in text
    )
