"""Where a rule is written: its text beside the Spanish one, and a preview of both."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.cards import card_of
from bot.conversation import Reader
from bot.web.documents import Clause
from bot.web.render_card import at, drawn_fields
from bot.web.rendering import render
from bot.web.rules.drawing import drawn
from core.cards import Field, Form, TextField
from core.words import Words
from governance.languages import language_name
from governance.rules import wording as say
from governance.rules.messages import DraftForm

_TEXTS = ("text", "spanish")


def draw_editor(message: DraftForm, reader: Reader, *, csrf: str, level: int) -> Markup:
    """The form of a draft. What was typed is there again beside its preview."""
    words = Words(reader.locale, reader.timezone)
    card = card_of(message, words)
    if card.form is None:
        raise TypeError("a draft's card is its form")
    first, texts, last = _three(card.form)
    return render(
        "messages/rule_editor.html",
        reader,
        m=message,
        csrf=csrf,
        level=level,
        heading=card.title,
        at=at(card.form.submit.command),
        form=card.form,
        about=drawn_fields(first, reader),
        texts=[drawn_fields([one], reader) for one in texts],
        rest=drawn_fields(last, reader),
        state=say.draft_tag(words),
        previews=_previews(message, words) if message.previewed else [],
    )


def _three(form: Form) -> tuple[Sequence[Field], Sequence[TextField], Sequence[Field]]:
    """What stands above the texts, these, and what stands below."""
    texts = [one for one in form.fields if isinstance(one, TextField) and one.key in _TEXTS]
    place = form.fields.index(texts[0])
    rest = [one for one in form.fields[place:] if one.key not in _TEXTS]
    return form.fields[:place], texts, rest


def _previews(message: DraftForm, words: Words) -> list[tuple[str, str, tuple[Clause, ...]]]:
    """(language, its name, its sections) of each text that has words."""
    own = message.language
    texts = {one: text for one, text in message.draft.texts.items() if text}
    return [
        (one, language_name(words, one).capitalize(), drawn(texts[one], words))
        for one in sorted(texts, key=lambda one: one != own)
    ]
