"""The form that shows an author what was removed, as a Teams card."""

from __future__ import annotations

from bot.teams.cards import (
    FIELD,
    MANY,
    Drawn,
    Element,
    card,
    choice_set,
    execute,
    heading,
    line,
    misfit,
    run_safe,
    text_input,
)
from core.forms import FROM_THE_LIST
from core.words import Words
from governance import wording
from governance.redaction import wording as personal_words
from governance.redaction.commands import LONGEST_MARKS, CorrectTakenOut
from governance.redaction.messages import Kept, TakenOutForm
from governance.waves.question_wording import too_long


def taken_out_form(words: Words, form: TakenOutForm) -> Drawn:
    """Answered in place of a card, to whoever pressed a button: a message would stay in the
    chat."""
    title = personal_words.form_title(words)
    marked: Element = {
        "type": "RichTextBlock",
        "inlines": [
            {"type": "TextRun", "text": run_safe(one.text)}
            | ({"strikethrough": True, "weight": "Bolder"} if one.kind else {})
            for one in form.pieces
        ],
    }
    body = [
        heading(title),
        line(personal_words.form_said(words, form.kept is Kept.GONE), quiet=True),
        {"type": "Container", "style": "emphasis", "items": [marked]},
    ]
    returning = [(one.key, personal_words.piece(words, one)) for one in form.pieces if one.key]
    if returning:
        body.append(
            choice_set(
                f"{MANY}put_back",
                personal_words.put_back(words),
                returning,
                value=",".join(key for key, _ in returning if key in form.put_back),
                several=True,
                error=words.say(FROM_THE_LIST),
            )
        )
    body += [
        *([misfit(wording.unfit(words, form.unfit["also"]))] if "also" in form.unfit else []),
        text_input(
            f"{FIELD}also",
            f"{personal_words.also(words)}. {personal_words.one_a_line(words)}",
            value=form.also,
            longest=LONGEST_MARKS,
            error=too_long(words, LONGEST_MARKS),
        ),
    ]
    save = execute(
        personal_words.save(words),
        CorrectTakenOut(item_id=form.item_id),
        primary=True,
        inputs=True,
    )
    return card(body, [save], summary=title, locale=words.locale)
