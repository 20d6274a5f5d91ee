"""What was taken out, and student data, as accessible HTML."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from bot import personal_words
from bot.conversation import Reader
from bot.web.rendering import render
from bot.words import Words
from governance.personal_messages import (
    PersonalMessage,
    StudentDataForm,
    StudentDataRemoved,
    TakenOut,
    TakenOutForm,
)


def draw_personal(message: PersonalMessage, reader: Reader, *, csrf: str, level: int) -> Markup:
    """``csrf`` is the token of the forms inside; ``level`` the heading's."""
    words = Words(reader.locale, reader.timezone)

    def ink(template: str, **more: object) -> Markup:
        name = f"messages/{template}.html"
        return render(
            name, reader, m=message, csrf=csrf, level=level, personal=personal_words, **more
        )

    match message:
        case TakenOut():
            return ink("taken_out")
        case TakenOutForm(pieces=pieces):
            returning = [(one.key, personal_words.piece(words, one)) for one in pieces if one.key]
            return ink("taken_out_form", returning=returning)
        case StudentDataForm():
            return ink("student_data_form")
        case StudentDataRemoved():
            return ink("student_data_removed")
        case _:
            assert_never(message)
