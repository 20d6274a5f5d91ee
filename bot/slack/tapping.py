"""A question that is answered with one tap: its choices are the buttons of the message."""

from __future__ import annotations

from bot.slack.blocks import Block, Pen, actions, bold, note, paragraph, tap
from surveys.questions import Question, Scale, SingleChoice

MOST_TAPS = 11
"""A scale has up to eleven points; more buttons than that are a list, and a list is a select."""

LABEL = 30
"""Characters of a button on a phone: a longer choice would be cut, so it is asked in full."""

_LONGEST_KEY = 100


def tappable(questions: tuple[Question, ...], pen: Pen) -> bool:
    """Whether one tap can answer all of it: where something may be written beside, it cannot."""
    match questions:
        case (SingleChoice(other=None) | Scale() as question,):
            choices = _choices(question, pen)
        case _:
            return False
    return len(choices) <= MOST_TAPS and all(
        len(label) <= LABEL and len(choice) <= _LONGEST_KEY for choice, label in choices
    )


def tap_blocks(question: Question, pen: Pen, token: str) -> list[Block]:
    """The question and a button for each choice; ``token`` is the answer without the choice."""
    if not isinstance(question, SingleChoice | Scale):
        raise TypeError(f"{type(question).__name__} is not answered with one tap")
    buttons = (tap(label, token, question.key, choice) for choice, label in _choices(question, pen))
    hint = [note(pen.text(question.hint))] if question.hint else []
    return [paragraph(bold(pen.text(question.prompt))), *hint, actions(*buttons)]


def _choices(question: SingleChoice | Scale, pen: Pen) -> list[tuple[str, str]]:
    if isinstance(question, SingleChoice):
        return [(choice.key, pen.text(choice.label)) for choice in question.choices]
    return [(str(point), _point(question, point, pen)) for point in question.every_point]


def _point(question: Scale, point: int, pen: Pen) -> str:
    label = question.labels.get(point)
    return f"{point} – {pen.text(label)}" if label else str(point)
