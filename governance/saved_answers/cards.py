"""What is said of saved answers."""

from __future__ import annotations

from uuid import uuid5

from core.lists import Cell, Column, Filter, ListView, Row
from core.words import Words
from governance.card_parts import Notes
from governance.feedback.model import ItemState
from governance.forms.commands import Open
from governance.messages import Brief
from governance.saved_answers.commands import DropSavedAnswer, WriteSavedAnswer
from governance.saved_answers.model import SavedAnswersView


def saving(brief: Brief) -> Open | None:
    """The form to keep the answer of an item; None where it has none, or no committee sent it."""
    if brief.state is not ItemState.ANSWERED or not brief.answer or not brief.of_a_committee:
        return None
    kept = uuid5(brief.item_id, "saved-answer")  # the same form each time it is opened
    made_of = brief.item_id
    return Open(of=WriteSavedAnswer(queue=brief.queue, answer_id=kept, item_id=made_of))


def saved_answers_list(words: Words, view: SavedAnswersView) -> ListView:
    return ListView(
        columns=(
            Column(key="title", label=words.say("Title")),
            Column(key="text", label=words.say("Answer"), sorts=False, wraps=True, phone=False),
        ),
        title="title",
        filters=(Filter(key="", label=words.say("All")),),
        rows=tuple(
            Row(
                key=str(one.id),
                cells=(
                    Cell(text=one.title, order=one.title.casefold()),
                    Cell(text=_beginning(one.text)),
                ),
                searched=f"{one.title} {one.text}",
            )
            for one in view.answers
        ),
        empty=words.say(
            "Save answers that you send often. You can choose them when you answer a message."
        ),
    )


_SHOWN = 120
"""Characters of an answer in the list."""


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"


NOTES: Notes = {
    WriteSavedAnswer: lambda words, *_: words.say("Answer saved."),
    DropSavedAnswer: lambda words, *_: words.say("Saved answer deleted."),
}
