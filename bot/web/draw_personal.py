"""The form that shows an author what was removed, as accessible HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.conversation import Reader
from bot.web.notices import Ask, drawn_ask, lines
from bot.web.render_card import rendered
from core.cards import Card, ChoiceField, Page, Quote, Secrecy, TextField
from core.words import Words
from governance import links, wording
from governance.redaction import wording as personal_words
from governance.redaction.commands import LONGEST_MARKS
from governance.redaction.messages import Kept, Piece, TakenOutForm


def draw_personal(message: TakenOutForm, reader: Reader, *, csrf: str, level: int) -> Markup:
    """``csrf`` is the token of the forms inside; ``level`` the heading's."""
    words = Words(reader.locale, reader.timezone)
    gone = message.kept is Kept.GONE
    title = personal_words.form_title(words)
    card = Card(
        title=title,
        secrecy=Secrecy.SIGNED_IN,
        outside=title,
        parts=(
            *lines(personal_words.form_said(words, gone)),
            Quote(text=_marked(words, message.pieces), secrecy=Secrecy.SIGNED_IN),
        ),
    )
    form = drawn_ask(_ask(words, message), reader, csrf)
    return rendered(card, reader, csrf=csrf, level=level, end=form)


def _marked(words: Words, pieces: Sequence[Piece]) -> Markup:
    """Their words, with what was taken out struck through."""
    taken = Markup('<del><span class="unseen">{} </span>{}</del>')
    return Markup("").join(
        taken.format(words.say("taken out:"), one.text) if one.kind else one.text for one in pieces
    )


def _ask(words: Words, message: TakenOutForm) -> Ask:
    back = [(one.key, personal_words.piece(words, one)) for one in message.pieces if one.key]
    returning = ChoiceField(
        key="put_back",
        label=personal_words.put_back(words),
        choices=tuple(back),
        chosen=message.put_back,
        several=True,
    )
    unfit = message.unfit.get("also")
    also = TextField(
        key="also",
        label=personal_words.also(words),
        value=message.also,
        longest=LONGEST_MARKS,
        hint=personal_words.one_a_line(words),
        why=wording.unfit(words, unfit) if unfit else "",
        rows=3,
    )
    return Ask(
        at=links.taken_out("", message.item_id),
        submit=personal_words.save(words),
        fields=(returning, also) if back else (also,),
        leave=Page(label=words.say("Not now"), path=links.inbox("")),
    )
