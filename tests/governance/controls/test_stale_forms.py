"""An owner hands in a form that was opened before its safeguard was sent back or changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.cards import card_of
from core.words import Words
from governance.controls.answer_commands import AnswerSafeguard
from governance.controls.answer_messages import SafeguardDone
from governance.controls.model import AnswerState
from governance.controls.running_commands import Verdict
from governance.forms.commands import Open
from governance.forms.messages import FormView
from tests.attacks.hall import Hall
from tests.governance.controls.assessed import answer, carried, opened, review, row
from tests.journeys.town import TEACHER

WORDS = Words("en", "America/Chicago")
CHANGED = "sent back or changed while you were writing"


def handed_in(form: FormView, score: int, evidence: str) -> AnswerSafeguard:
    """As the form's press does it, which carries what was shown."""
    of = carried(form)
    assert isinstance(of, AnswerSafeguard)
    typed = answer(of.assessment_id, of.number, score, evidence=evidence)
    return replace(typed, seen=of.seen)


async def test_a_window_from_before_it_was_sent_back_is_shown_again(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.1"))
    opens = Open(of=AnswerSafeguard(assessment_id=which, number="1.1"))
    stale = await town.ask(TEACHER, opens)
    await review(town, which, "1.1", Verdict.SEND_BACK, "The proof is missing.")
    again = await town.ask(TEACHER, handed_in(stale, 2, "Typed before"))
    assert isinstance(again, FormView)
    assert again.changed
    assert not again.unfit, "Slack then keeps the old window"
    assert (again.values["policy"], again.values["evidence"]) == ("2", "Typed before")
    shown = str(card_of(again, WORDS).parts)
    assert "The proof is missing." in shown
    assert CHANGED in shown
    kept = await row(town, which, "1.1")
    assert (kept.state, kept.answer.word) == (AnswerState.SENT_BACK, "The proof is missing.")

    done = await town.ask(TEACHER, handed_in(again, 2, "Typed before"))
    assert isinstance(done, SafeguardDone)
    kept = await row(town, which, "1.1")
    assert (kept.state, kept.answer.evidence) == (AnswerState.DONE, "Typed before")


async def test_a_window_from_before_another_answer_is_shown_again(town: Hall) -> None:
    which = await opened(town)
    opens = Open(of=AnswerSafeguard(assessment_id=which, number="1.1"))
    stale = await town.ask(TEACHER, opens)
    town.clock.moved += timedelta(minutes=1)
    await town.ask(TEACHER, handed_in(stale, 4, "The newer one"))
    again = await town.ask(TEACHER, handed_in(stale, 1, "The older one"))
    assert isinstance(again, FormView)
    assert again.changed
    assert CHANGED in str(card_of(again, WORDS).parts)
    assert (await row(town, which, "1.1")).answer.evidence == "The newer one"
