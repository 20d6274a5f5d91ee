"""What the forms about an assessment show beside their fields."""

from __future__ import annotations

from collections.abc import Mapping

from core.forms import Opening, Said, counted
from core.words import Words
from governance.controls import addresses
from governance.controls.answer_commands import HandsOver
from governance.controls.figure_wording import framework, numbered
from governance.controls.model import Assessment, Control, Framework


def target(
    assessment: Assessment, given: Framework, control: Control | None, values: Mapping[str, object]
) -> Opening:
    number = control.number if control else ""
    path = (
        addresses.control(assessment.id, number) if number else addresses.assessment(assessment.id)
    )

    def of(words: Words) -> str:
        if control is None:
            return framework(words, given)
        return f"{numbered(given, number)} {words.text(control.name)}"

    return Opening(
        title=Said("Set a target"),
        above=(
            of,
            Said("It replaces any earlier target and applies to later assessments too."),
        ),
        values=values,
        submit=Said("Save"),
        shows=Said("Set a target"),
        leave=path,
        up=(Said("Back"), path),
    )


def handing_over(assessment: Assessment, which: str, others: int) -> Opening:
    """``which``: the safeguard. ``others``: the reader's other ones without an answer."""
    path = addresses.assessment(assessment.id)
    all_ = counted("This one and my other one", "This one and my other {n}", others)
    label = Said("Hand {number} to someone else", {"number": which})
    return Opening(
        title=label,
        above=(
            Said("They will be asked to assess it."),
            Said("You will no longer see it in this assessment."),
        ),
        choices={
            "which": (
                (HandsOver.ONE, Said("Only {number}", {"number": which})),
                (HandsOver.ALL, all_),
            )
        },
        without=frozenset() if others else frozenset({"which"}),
        submit=Said("Hand over"),
        shows=label,
        leave=path,
        up=(Said("Back to the assessment"), path),
    )
