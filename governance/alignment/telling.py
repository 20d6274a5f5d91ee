"""What followed from a survey's priorities: the beginning of what everyone who was asked is told.
The CTO's office edits it; the rest is as of any conclusions (``governance/conclusions``)."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from core.words import Words
from governance.access import Actor
from governance.alignment import wording as say
from governance.alignment.advising import words_of
from governance.alignment.finding import alignment
from governance.alignment.model import Alignment
from governance.conclusions.commands import ShowConclusionsForm
from governance.conclusions.handlers import LONGEST, LONGEST_STEP, show_form
from governance.conclusions.model import MOST_STEPS, ConclusionsForm
from governance.messages import Refused
from governance.ports import GovernanceStore
from governance.recommendations.model import AdviceState, Recommendation
from surveys.survey import Wave


def outcome(store: GovernanceStore, actor: Actor, wave: Wave) -> ConclusionsForm | Refused:
    """What was typed or published before stays; what was decided since is added."""
    form = show_form(store, actor, ShowConclusionsForm(wave_id=wave.id))
    if isinstance(form, Refused):
        return form
    words, found = words_of(store, actor), alignment(store, wave)
    decided = [
        one
        for line in found.advice
        if (one := store.recommendation(line.id)) and one.decided_at is not None
    ]
    there = {key for key, _ in form.choices}
    ranked = tuple(one.key for one in found.questions if one.key in there)
    return replace(
        form,
        words=_with(dict(form.words), _generated(words, found, decided), decided),
        figures=form.figures or ranked,
    )


def _generated(words: Words, found: Alignment, decided: list[Recommendation]) -> list[str]:
    """What was heard, as it was written when so many of these were decided: none first, and all
    last."""
    return [say.heard(words, found, decided[:many]) for many in range(len(decided) + 1)]


def _with(
    typed: dict[str, str], generated: list[str], decided: list[Recommendation]
) -> dict[str, str]:
    """What was generated before gives way to what is now; where somebody edited it, it stays."""
    *before, heard = generated
    parts = [part for part in typed.get("heard", "").split("\n\n") if part]
    if any(part in generated for part in parts):
        parts = [heard if part in before else part for part in parts]
    elif not any(part.startswith(generated[0]) for part in parts):
        parts.append(heard)
    typed["heard"] = "\n\n".join(dict.fromkeys(parts))[:LONGEST]
    said = " ".join(typed.values())
    new = [one for one in decided if one.title not in said.replace(heard, "")]
    free = [at for at in range(1, MOST_STEPS + 1) if not typed.get(f"what_{at}")]
    accepted = [one for one in new if one.state is AdviceState.ACCEPTED]
    for at, one in zip(free, accepted, strict=False):
        step = say.decided(one)
        typed[f"what_{at}"] = textwrap.shorten(step, LONGEST_STEP, placeholder="…")
    declined = [say.decided(one) for one in new if one.state is AdviceState.DECLINED]
    kept = [typed["not_done"]] if typed.get("not_done") else []
    typed["not_done"] = "\n\n".join([*kept, *declined])[:LONGEST]
    return typed
