"""The form that shows an author what was removed, as accessible HTML."""

from __future__ import annotations

from markupsafe import Markup

from bot.conversation import Reader
from bot.web.rendering import render
from core.words import Words
from governance.redaction import wording as personal_words
from governance.redaction.messages import TakenOutForm


def draw_personal(message: TakenOutForm, reader: Reader, *, csrf: str, level: int) -> Markup:
    """``csrf`` is the token of the forms inside; ``level`` the heading's."""
    words = Words(reader.locale, reader.timezone)
    pieces = [(one.key, personal_words.piece(words, one)) for one in message.pieces if one.key]
    return render(
        "messages/taken_out_form.html",
        reader,
        m=message,
        csrf=csrf,
        level=level,
        personal=personal_words,
        returning=pieces,
    )
