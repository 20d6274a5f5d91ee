"""Personal data as cards: what was taken out, to its author; student data, marked and gone."""

from __future__ import annotations

from bot import personal_words
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
    quoted,
    run_safe,
    short,
    text_input,
)
from bot.teams.draw_feedback import LONGEST_SHOWN, reason
from bot.words import Words
from governance.commands import (
    ConfirmTakenOut,
    CorrectTakenOut,
    RemoveStudentData,
    ShowItem,
    ShowTakenOut,
)
from governance.personal_messages import (
    Kept,
    StudentDataForm,
    StudentDataRemoved,
    TakenOut,
    TakenOutForm,
)
from governance.taking_out import LONGEST_MARKS


def taken_out(words: Words, message: TakenOut) -> Drawn:
    said = personal_words.title(words)
    look = execute(personal_words.look(words), ShowTakenOut(item_id=message.item_id))
    fine = execute(
        personal_words.confirm(words), ConfirmTakenOut(item_id=message.item_id), primary=True
    )
    body = [
        heading(said),
        line(personal_words.shown_so(words, message), quiet=True),
        quoted(short(message.redacted, LONGEST_SHOWN)),
        line(personal_words.original(words, message)),
    ]
    actions = [fine, look] if message.kept is Kept.WAITING else [look]
    return card(body, actions, summary=said, locale=words.locale)


def taken_out_form(words: Words, form: TakenOutForm) -> Drawn:
    """Answered in place of a card, to who pressed a button: a message would stay in the chat."""
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
                error=words.say("Please choose from the list."),
            )
        )
    body += [
        *reason(words, form.unfit, "also"),
        text_input(
            f"{FIELD}also",
            f"{personal_words.also(words)}. {personal_words.one_a_line(words)}",
            value=form.also,
            longest=LONGEST_MARKS,
            error=words.say("Please write something shorter."),
        ),
    ]
    save = execute(
        personal_words.save(words),
        CorrectTakenOut(item_id=form.item_id),
        primary=True,
        inputs=True,
    )
    return card(body, [save], summary=title, locale=words.locale)


def student_data_form(words: Words, form: StudentDataForm) -> Drawn:
    title = personal_words.student_data_title(words)
    body = [
        heading(title),
        line(personal_words.student_data_said(words)),
        quoted(short(form.redacted, LONGEST_SHOWN)),
        *reason(words, form.unfit, "words"),
        text_input(
            f"{FIELD}words",
            personal_words.one_a_line(words),
            value=form.words,
            longest=LONGEST_MARKS,
            error=words.say("Please write something shorter."),
        ),
        choice_set(
            f"{MANY}whole",
            words.say("Or everything"),
            [("whole", personal_words.whole(words))],
            value="whole" if form.whole else "",
            several=True,
            error=words.say("Please choose from the list."),
        ),
    ]
    actions = [
        execute(
            personal_words.remove(words),
            RemoveStudentData(item_id=form.item_id),
            primary=True,
            inputs=True,
        ),
        execute(words.say("Back"), ShowItem(item_id=form.item_id)),
    ]
    return card(body, actions, summary=title, locale=words.locale)


def student_data_removed(words: Words, message: StudentDataRemoved) -> Drawn:
    said = personal_words.removed_title(words)
    body = [
        heading(said),
        line(personal_words.removed(words, message)),
        line(personal_words.removed_what(words, message), quiet=True),
    ]
    return card(body, summary=said, locale=words.locale)
