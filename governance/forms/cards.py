"""Every form that is declared on a command, as one card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, get_origin

from babel.dates import format_date

from core.cards import (
    Card,
    ChoiceField,
    Confirm,
    DayField,
    Field,
    Form,
    Line,
    MomentField,
    Page,
    Part,
    Press,
    Prose,
    Quote,
    Secrecy,
    Style,
    TextField,
    flat,
)
from core.forms import NONE, YES, Above, Asked, Beside, Drawn, Label, Quoted, Said, asked_of
from core.people import Audience
from core.text import Text
from core.tokens import type_of
from core.words import Words, known_locale
from governance.card_parts import Drawings, audience_fields, put_back, why
from governance.forms.checking import key_of
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.languages import language_name, translations
from governance.lists.model import NAMED, AudienceChoices


def form(words: Words, message: FormView) -> Card:
    found, of = message.opening, message.of
    submit = flat(prose(words, found.submit))
    shows = flat(prose(words, found.shows)) if found.shows else submit
    return Card(
        title=prose(words, found.title),
        secrecy=found.secrecy,
        outside=flat(prose(words, found.outside)),
        badge=flat(prose(words, found.badge)),
        parts=tuple(part for one in found.above for part in _parts(words, one)),
        form=Form(
            fields=(*fields(words, message), *put_back(words, message.doubt)),
            submit=Press(
                label=submit, command=of, style=Style.DANGER if found.danger else Style.PLAIN
            ),
            opens=Press(label=shows, command=Open(of=message.shown_by), style=Style.PRIMARY),
            leave=Page(label=words.say("Not now"), path=found.leave),
            back=found.back,
        ),
        presses=tuple(_press(words, one) for one in found.beside if not one.more),
        more=tuple(_press(words, one) for one in found.beside if one.more),
        page=_way(words, found.page),
        up=_way(words, found.up),
        note=flat(prose(words, found.note)),
        kept=message.kept,
    )


def prose(words: Words, label: Label) -> Prose:
    """A label in the reader's language; what somebody wrote stays in its own."""
    match label:
        case str():
            return label
        case Text():
            return words.written(label)
        case date():
            return str(format_date(label, "long", locale=known_locale(words.locale)))
        case Said(text=one, many=many, n=n, values=values) if many:
            return words.count(one, many, n, **_flat(words, values))
        case Said(text=text, values=values) if any(isinstance(v, Text) for v in values.values()):
            return words.prose(text, **{name: prose(words, one) for name, one in values.items()})
        case Said(text=text, values=values):
            return words.say(text, **_flat(words, values))
        case _:
            return label(words)


def _flat(words: Words, values: Mapping[str, Label]) -> dict[str, str]:
    return {name: flat(prose(words, one)) for name, one in values.items()}


def _parts(words: Words, one: Label | Above | Quoted | Drawn | Part) -> tuple[Part, ...]:
    if isinstance(one, Drawn):
        return one.parts(words)
    if isinstance(one, Part):
        return (one,)
    if isinstance(one, Quoted):
        by = flat(prose(words, one.by))
        return (Quote(text=one.text, secrecy=Secrecy.SIGNED_IN, by=by),)
    line = one if isinstance(one, Above) else Above(one)
    text = flat(prose(words, line.label))
    return (Line(text=text, secrecy=line.secrecy, look=line.look),)


def _way(words: Words, one: tuple[Label, str] | None) -> Page | None:
    return Page.if_ours(flat(prose(words, one[0])), one[1]) if one else None


def _press(words: Words, one: Beside) -> Press:
    asked = [flat(prose(words, each)) for each in one.confirm or ()]
    return Press(
        label=flat(prose(words, one.label)),
        command=one.command,
        style=one.style,
        confirm=Confirm(title=asked[0], text=asked[1], yes=asked[2], no=asked[3])
        if asked
        else None,
    )


# -- its fields ----------------------------------------------------------------------------------


def fields(words: Words, message: FormView) -> tuple[Field, ...]:
    """An input for each field that is asked for, and that there is something to choose for."""
    kind = type(message.of)
    found: list[Field] = []
    others: list[Field] = []
    for one in asked_of(kind):
        if one.name in message.opening.without:
            continue
        hint, optional = type_of(kind, one.name)
        if hint is Audience:
            found += _audience(words, message, one)
        elif one.translated:
            text, translated = _translated(words, message, one)
            if one.either:
                found.append(text)
                others += translated
            elif message.opening.apart:
                found += (text, *translated)
            else:
                found.append(replace(text, beside=translated))
        else:
            field = _field(words, message, one, hint, optional)
            nothing = isinstance(field, ChoiceField) and field.several and not field.choices
            found += () if nothing else (field,)
    return (*found, *others)


def _audience(words: Words, message: FormView, one: Asked) -> tuple[ChoiceField, ...]:
    """The inputs of an audience, each with what there is to choose."""
    offered = {name: message.opening.choices.get(name, ()) for name in NAMED}
    choices = AudienceChoices(
        **{
            name: tuple((value, flat(prose(words, label))) for value, label in some)
            for name, some in offered.items()
        }
    )
    chosen: Any = message.values.get(one.name) or Audience()
    return audience_fields(words, chosen, message.unfit, choices)


def _field(words: Words, message: FormView, one: Asked, kind: Any, optional: bool) -> Field:
    value: Any = message.values.get(one.name)
    common = _common(words, message, one)
    if kind is bool:
        boxes = _listed(words, message, one) or ((YES, words.say(one.box or one.label)),)
        chosen = (YES,) if value else ()
        return ChoiceField(
            **common, choices=boxes, chosen=chosen, several=True, depends=one.depends
        )
    if one.listed or one.choices:
        several = get_origin(kind) is tuple
        return ChoiceField(
            **common,
            choices=_choices(words, message, one),
            chosen=tuple(value or ()) if several else _chosen(value, one),
            several=several,
            depends=one.depends,
        )
    if kind is datetime:
        halves = (why(words, message.unfit, f"{one.name}_{half}") for half in ("date", "time"))
        common["why"] = common["why"] or next(filter(None, halves), "")
        return MomentField(**common, value=value)
    if kind is date:
        return DayField(**common, value=value)
    return TextField(
        **common,
        value=value or "",
        longest=one.longest,
        rows=one.rows,
        depends=one.depends,
        uploads=words.say(one.uploads) if one.uploads else "",
    )


def _common(words: Words, message: FormView, one: Asked) -> dict[str, Any]:
    """What every input has."""
    return {
        "key": one.name,
        "label": _said(words, message.opening.labels, one.name, one.label),
        "hint": _said(words, message.opening.hints, one.name, one.hint),
        "why": why(words, message.unfit, one.name),
        "optional": _may_stay_empty(message, one),
    }


def _may_stay_empty(message: FormView, one: Asked) -> bool:
    here = message.opening
    needed = one.required or None in one.choices or one.name in here.required
    return not needed or one.name in here.optional


def _said(words: Words, here: Mapping[str, Label], name: str, usual: str) -> str:
    """What is said of a field here, else what its declaration says."""
    if found := here.get(name):
        return flat(prose(words, found))
    return words.say(usual) if usual else ""


def _choices(words: Words, message: FormView, one: Asked) -> tuple[tuple[str, str], ...]:
    if one.listed:
        return _listed(words, message, one)
    return tuple(
        (NONE if value is None else str(value), words.say(label))
        for value, label in one.choices.items()
    )


def _listed(words: Words, message: FormView, one: Asked) -> tuple[tuple[str, str], ...]:
    """What ``opens`` offers."""
    listed = message.opening.choices.get(one.name, ())
    return tuple((value, flat(prose(words, label))) for value, label in listed)


def _chosen(value: str | StrEnum | None, one: Asked) -> tuple[str, ...]:
    if value is None and None in one.choices:
        return (NONE,)
    return (str(value),) if value else ()


def _translated(
    words: Words, message: FormView, one: Asked
) -> tuple[TextField, tuple[TextField, ...]]:
    """A text, and its translations."""
    said: Mapping[str, str] = message.values.get(one.name) or {}  # type: ignore[assignment]
    common, own = _common(words, message, one), message.opening.language

    def label(language: str) -> str:
        return words.say("{language}: {part}", language=language, part=common["label"])

    named = label(language_name(words, own).capitalize()) if one.either else common["label"]
    others = tuple(
        TextField(
            key=key_of(one.name, tag),
            label=label(language),
            value=said.get(tag, ""),
            longest=one.longest,
            why=why(words, message.unfit, key_of(one.name, tag)),
            rows=one.rows,
            optional=True,
            language=tag,
        )
        for tag, language in translations(words, own)
        if tag in said or not message.opening.apart
    )
    text = TextField(
        **{**common, "label": named},
        value=said.get("", ""),
        longest=one.longest,
        rows=one.rows,
    )
    return text, others


CARDS: Drawings = {FormView: form}
