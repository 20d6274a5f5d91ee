"""A card as HTML: its parts, its form and its buttons. What people typed is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any, assert_never
from uuid import uuid4

from markupsafe import Markup

from bot.charts.results import progress_bar
from bot.conversation import Reader
from bot.registry import encode, operation_of
from bot.web.card_figures import picture, shown, table
from bot.web.rendering import drawn_by, local, on_the_web, phones_unbroken, template_module
from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    DayField,
    Entries,
    Facts,
    Field,
    Figures,
    Fill,
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
    Style,
    Table,
    TextField,
    flat,
    says_optional,
)
from core.commands import Command
from core.words import Words
from governance import links
from governance.filling import PUT_BACK, SEEN

_NOTHING = Markup("")
_MOST_ROWS = 10
"""Choices that are seen all at once; more of them are a list to open."""


def rendered(
    card: Card,
    reader: Reader,
    *,
    csrf: str,
    level: int,
    here: str = "",
    picture: Markup = _NOTHING,
    end: Markup = _NOTHING,
) -> Markup:
    """A section with its heading at ``level``; 1 where the card is the page. ``here``: the path of
    the page that it stands on, to which it needs no link. ``picture``: drawn below its sentences.
    ``end``: drawn after everything else, such as links to pages that are no card's."""
    return _Drawing(reader, csrf, level, here).card(card, picture, end)


def presses(shown: Sequence[Press], reader: Reader, csrf: str) -> Markup:
    """Buttons of a page that is not one card."""
    drawing = _Drawing(reader, csrf, level=1)
    return Markup('<div class="buttons">{}</div>').format(
        Markup(" ").join(drawing.press(one, "") for one in shown if not one.chat_only)
    )


def each_press(shown: Sequence[Press], reader: Reader, csrf: str, about: str = "") -> list[Markup]:
    """The same buttons, each by itself. ``about``: what they are about, for whoever hears them
    among others."""
    drawing = _Drawing(reader, csrf, level=2 if about else 1)
    return [drawing.press(one, about) for one in shown if not one.chat_only]


def one_button(
    reader: Reader, at: str, label: str, csrf: str, kind: str, about: str, **carries: str
) -> Markup:
    """A form that is one button, of no command. ``about``: what it is about, for whoever hears it
    among others. ``kind``: how it looks; "" as most do."""
    button = at, label, csrf, kind, about, carries
    return drawn_by("macros/forms.html", "press", reader, *button)


def drawn_parts(parts: Sequence[Part], reader: Reader) -> Markup:
    """Parts on a page that is not one card."""
    drawing = _Drawing(reader, csrf="", level=1)
    return Markup("\n").join(drawing.part(one) for one in parts)


def drawn_fields(fields: Sequence[Field], reader: Reader) -> Markup:
    """Inputs of a form that is not one card's."""
    return _Drawing(reader, csrf="", level=1).fields(fields)


def problems(form: Form, words: Words) -> list[tuple[str, str]]:
    """(the input's id, why it does not fit), for the summary above a page. Each line of a reason is
    a problem of its own. A question about personal data is in it too: until it is answered nothing
    is saved."""
    asked = (*((form.fill.field,) if form.fill else ()), *form.fields)
    inputs = [each for one in asked for each in (one, *getattr(one, "beside", ()))]
    found = [(_first_input(one), line) for one in inputs for line in _reasons(one)]
    if any(one.key == PUT_BACK and not one.why for one in form.fields):
        found.append((_id(PUT_BACK), words.say("Not saved yet. Check the text below.")))
    return found


def _reasons(one: Field) -> list[str]:
    """Why a field does not fit, where it is alone. Several lines name their lines."""
    lines = one.why.splitlines()
    label = one.label if one.label.endswith(("?", ":")) else f"{one.label}:"
    return [f"{label} {lines[0]}"] if len(lines) == 1 else lines


def at(command: Command) -> str:
    """Where a button's command is given."""
    return links.doing("", encode(command))


def opened_at(card: Card, *, posted: bool) -> str:
    """Where a card with a form can be opened; "" where that is not known, or where it is opened
    already. ``posted``: it answers a form."""
    if card.form is None:
        return ""
    if operation_of(card.form.opens.command).reads:
        return at(card.form.opens.command) if posted else ""
    return card.page.path if card.page else ""


def prose(text: Prose, spoken: str) -> Markup:
    """A paragraph; what is in another language than ``spoken`` says so (WCAG 2.2, 3.1.2)."""
    if isinstance(text, str):
        return Markup("{}").format(text)
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(run.language, run.text)
        if run.language and run.language.partition("-")[0] != spoken
        else run.text
        for run in text
    )


def _is_sentence(part: Part) -> bool:
    return isinstance(part, Line) and part.look is not Look.STRONG


def _id(key: str) -> str:
    return f"f-{key}"


def _first_input(field: Field) -> str:
    return f"{field.key}_date" if isinstance(field, MomentField) else _id(field.key)


class _Drawing:
    """One card for one reader."""

    def __init__(self, reader: Reader, csrf: str, level: int, here: str = "") -> None:
        self._reader, self._words = reader, Words(reader.locale, reader.timezone)
        self._csrf, self._level, self._here = csrf, level, here

    def card(self, card: Card, picture: Markup, end: Markup) -> Markup:
        title = flat(card.title)
        first = tuple(takewhile(_is_sentence, card.parts))
        inside = [
            Markup('<p class="tags"><span class="tag{}">{}</span></p>').format(
                "" if card.calm else " now", card.badge
            )
            if card.badge
            else Markup(""),
            Markup("<h{0}>{1}</h{0}>").format(self._level, self._prose(card.title)),
            *(self.part(part) for part in first),
            picture,
            *(self.part(part) for part in card.parts[len(first) :]),
            self._form(card.form) if card.form else Markup(""),
            self._ways(card, title),
            self._more(card, title),
            self._after(card, title),
            Markup('<p class="quiet small">{}</p>').format(card.note) if card.note else Markup(""),
            end,
        ]
        body = Markup("\n").join(one for one in inside if one)
        return Markup('<section class="message">\n{}\n</section>').format(body)

    def part(self, part: Part) -> Markup:
        match part:
            case Line(text=text, look=look):
                return self._line(text, look)
            case Quote(text=text, by=by):
                said = Markup('<p class="quiet">{}</p>\n').format(by) if by else Markup("")
                words = self._prose(text)
                return said + Markup('<blockquote class="typed">{}</blockquote>').format(words)
            case Bullets(lines=lines):
                listed = Markup("").join(Markup("<li>{}</li>").format(shown(one)) for one in lines)
                return Markup("<ul>{}</ul>").format(listed) if lines else Markup("")
            case Facts(pairs=pairs):
                return Markup('<dl class="change">\n{}\n</dl>').format(
                    Markup("\n").join(
                        Markup('<dt>{}</dt><dd class="typed">{}</dd>').format(
                            label, phones_unbroken(self._prose(text))
                        )
                        for label, text in pairs
                    )
                )
            case Entries(rows=rows):
                return Markup('<dl class="change">\n{}\n</dl>').format(
                    Markup("\n").join(
                        Markup('<dt><a href="{}">{}</a></dt><dd>{}</dd>').format(
                            page.path, page.label, said
                        )
                        for page, said in rows
                    )
                )
            case Figures():
                return self._figures(part)
            case Link(label=label, url=url):
                return Markup('<p><a href="{}" rel="noreferrer">{}</a></p>').format(url, label)
            case Preview(label=label, title=title, parts=parts):
                return Markup(
                    '<div class="preview" role="group" aria-label="{0}">\n'
                    '<p class="quiet small">{0}</p>\n'
                    '<h{1} class="sub">{2}</h{1}>\n{3}\n</div>'
                ).format(
                    label,
                    self._level + 1,
                    self._prose(title),
                    Markup("\n").join(self.part(one) for one in parts),
                )
            case Picture(of=counts):
                return picture(counts, self._words)
            case Table():
                return table(part)
            case _:
                assert_never(part)

    def _line(self, text: Prose, look: Look) -> Markup:
        said = self._prose(text)
        match look:
            case Look.PLAIN:
                return Markup("<p>{}</p>").format(said)
            case Look.STRONG:
                return Markup("<p><strong>{}</strong></p>").format(said)
            case Look.QUIET:
                return Markup('<p class="quiet small">{}</p>').format(said)
            case Look.ALARM:
                return Markup('<p class="warning">{}</p>').format(said)
            case _:
                assert_never(look)

    def _figures(self, figures: Figures) -> Markup:
        listed = Markup("").join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(label, number)
            for label, number in figures.pairs
        )
        said = Markup('<dl class="facts">{}</dl>').format(listed)
        if figures.share is None:
            return said
        share = figures.share
        bar = progress_bar(
            share.part, share.whole, share.label, self._words, ident=f"share-{uuid4().hex[:8]}"
        )
        return said + Markup('\n<div class="figure">{}</div>').format(bar)

    def _ways(self, card: Card, title: str) -> Markup:
        """The buttons, and the link to the whole: the first thing to press where chat opens it."""
        made = [self.press(one, title) for one in card.presses if not one.chat_only]
        if page := self._whole(card):
            opens = (one.style for one in card.presses if one.chat_only)
            kind = "primary" if Style.PRIMARY in opens else "plain"
            made.append(
                Markup('<a class="button {}" href="{}">{}{}</a>').format(
                    kind, page.path, page.label, self._unseen(title)
                )
            )
        if not made:
            return Markup("")
        return Markup('<div class="buttons">{}</div>').format(Markup(" ").join(made))

    def _whole(self, card: Card) -> Page | None:
        """Where the whole is, unless it is here: nobody on the web has to be sent there."""
        if card.page is None or card.page.path == self._here:
            return None
        label = on_the_web(self._words, card.page.label)
        if self._level == 1 and label != card.page.label:
            return None
        return replace(card.page, label=label)

    def _more(self, card: Card, title: str) -> Markup:
        made = Markup(" ").join(self.press(one, title) for one in card.more if not one.chat_only)
        return Markup('<div class="buttons more-ways">{}</div>').format(made) if made else made

    def _after(self, card: Card, title: str) -> Markup:
        """The parts below the buttons, folded if other messages are on the page."""
        if not card.after:
            return Markup("")
        said = Markup("\n").join(self.part(one) for one in card.after)
        if self._level == 1:
            return said
        return Markup("<details><summary>{}{}</summary>\n{}</details>").format(
            self._words.say("Details"), self._unseen(title), said
        )

    def press(self, press: Press, title: str) -> Markup:
        where, label = at(press.command), press.label
        first = Markup('<p class="quiet small">{}</p>').format(press.first) if press.first else ""
        kind = "" if press.style is Style.PLAIN else press.style.value
        if operation_of(press.command).reads:
            return Markup('<a class="button {}" href="{}">{}{}</a>').format(
                kind, where, label, self._unseen(title)
            )
        return Markup(
            '<form class="press" method="post" action="{}">'
            '<input type="hidden" name="csrf" value="{}">{}{}'
            '<button class="{}">{}{}</button></form>'
        ).format(where, self._csrf, self._back(), first, kind, label, self._unseen(title))

    def _back(self) -> Markup:
        """To the page with other messages on it that the button is pressed on."""
        if self._level == 1 or not self._here:
            return Markup("")
        return Markup('<input type="hidden" name="back" value="{}">').format(self._here)

    def _unseen(self, title: str) -> Markup:
        """What a button is about, for whoever hears it among those of other messages."""
        if self._level == 1:
            return Markup("")
        return Markup('<span class="unseen">: {}</span>').format(title)

    def _form(self, form: Form) -> Markup:
        uploads = any(getattr(one, "uploads", "") for one in form.fields)
        kind = Markup(' enctype="multipart/form-data"') if uploads else ""
        return Markup(
            '<form method="post" action="{}"{} novalidate>\n'
            '<input type="hidden" name="csrf" value="{}">\n{}{}\n'
            '<div class="buttons"><button class="primary">{}</button> '
            '<a class="button plain" href="{}">{}</a></div>\n</form>'
        ).format(
            at(form.submit.command),
            kind,
            self._csrf,
            self._fill(form.fill) if form.fill else Markup(""),
            self.fields(form.fields),
            form.submit.label,
            form.leave.path,
            form.leave.label,
        )

    def _fill(self, fill: Fill) -> Markup:
        return Markup(
            '<div class="fill">{}<button class="plain" formaction="{}">{}</button></div>\n'
        ).format(self.fields((fill.field,)), at(fill.press.command), fill.press.label)

    def fields(self, fields: Sequence[Field]) -> Markup:
        forms = template_module("macros/forms.html", self._reader)
        return Markup("\n").join(self._with_beside(one, forms) for one in fields)

    def _with_beside(self, one: Field, forms: Any) -> Markup:
        """An input, with what belongs to it under it or beside it."""
        drawn = self._field(one, forms)
        if isinstance(one, TextField) and one.uploads:
            drawn += Markup(forms.upload(_id(one.key), one.key, one.uploads))  # noqa: S704
        if not isinstance(one, TextField) or not one.beside:
            return drawn
        others = Markup("").join(
            forms.translated(
                _id(each.key),
                each.key,
                each.label,
                each.value,
                each.language,
                each.rows,
                each.hint,
                each.why,
            )
            for each in one.beside
        )
        return Markup('<div class="languages">\n<div>{}</div>\n{}</div>').format(drawn, others)

    def _field(self, one: Field, forms: Any) -> Markup:
        ident, label = _id(one.key), one.label
        if says_optional(one):
            label = self._words.say("{label} (optional)", label=label)
        match one:
            case TextField(rows=1):
                drawn = forms.text_input(ident, one.key, label, one.value, one.hint, one.why)
            case TextField():
                drawn = forms.text_area(
                    ident, one.key, label, one.value, one.hint, one.why, rows=one.rows
                )
            case ChoiceField(several=False) if one.optional or len(one.choices) > _MOST_ROWS:
                chosen = "".join(one.chosen)
                first = one.none or self._words.say("Choose")
                if chosen and not one.optional:
                    first = ""
                drawn = forms.select(
                    ident, one.key, label, one.choices, chosen, one.hint, one.why, first
                )
            case ChoiceField():
                kind = "checkbox" if one.several else "radio"
                drawn = forms.group(
                    kind, ident, one.key, label, one.choices, one.chosen, one.hint, one.why
                )
                if one.several and len(one.choices) > _MOST_ROWS:
                    drawn = forms.many(one.label, one.chosen, one.why, drawn)
                if one.seen:
                    drawn += forms.hidden(SEEN, one.seen)
            case MomentField():
                at = local(one.value, self._reader.timezone) if one.value else None
                day, time = (f"{at:%Y-%m-%d}", f"{at:%H:%M}") if at else one.typed
                drawn = forms.day_and_time(one.key, label, day, time, one.hint, one.why)
            case DayField():
                day = one.value.isoformat() if one.value else ""
                drawn = forms.text_input(
                    ident, one.key, label, day, one.hint, one.why, type="date", narrow=True
                )
            case _:
                assert_never(one)
        return Markup(drawn)  # noqa: S704 - a macro's: it is escaped

    def _prose(self, text: Prose) -> Markup:
        return prose(text, self._words.spoken)
