"""Where one person stands with a question that is asked pair by pair.

Their verdicts are kept as those of every question of pairs, under its key: "a>b", "a=b". Beside
them, under the key with "asked", are the pairs that were chosen for them, in order: "a?b", or "a~b"
where it does not concern them; and under "ideas" the keys of their own ideas, which begin with
"told:" once they know what happened to them. All of it is in their own response, and goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.people import Person
from surveys.asking.pairing import compared, preferred, undecided
from surveys.asking.presenting import promise_of
from surveys.ports import SurveyStore
from surveys.priorities.choosing import next_pair
from surveys.priorities.commands import Verdict
from surveys.priorities.messages import Comparing, Side, Stage
from surveys.priorities.model import (
    MOST_IDEAS,
    MOST_WAITING,
    OWN_IDEAS,
    IdeaState,
    News,
)
from surveys.questions import Answer, Pair, Pairwise
from surveys.survey import INLINE_QUESTIONS, Survey, Wave

_ASKED, _IDEAS, _TOLD = "asked", "ideas", "told:"


def pairs_of(survey: Survey, page: int) -> Pairwise | None:
    """The question of a page that is asked pair by pair: it is alone there, and has more pairs than
    are answered inside a message."""
    match survey.pages[page].questions:
        case (Pairwise() as question,) if question.pairs > INLINE_QUESTIONS:
            return question
    return None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One person's pairs of one question, in order, and what they said of them."""

    question: Pairwise
    pairs: tuple[Pair, ...] = ()
    skipped: frozenset[frozenset[str]] = frozenset()
    entries: tuple[str, ...] | None = None
    ideas: tuple[str, ...] = ()

    @property
    def _said(self) -> frozenset[frozenset[str]]:
        return self.skipped | {compared(entry) for entry in self.entries or ()}

    @property
    def open(self) -> Pair | None:
        """The first pair that nothing was said of."""
        return next((pair for pair in self.pairs if frozenset(pair) not in self._said), None)

    @property
    def done(self) -> int:
        return sum(frozenset(pair) in self._said for pair in self.pairs)

    @property
    def own_ideas(self) -> tuple[str, ...]:
        """Their keys."""
        return tuple(one.removeprefix(_TOLD) for one in self.ideas)

    def with_pair(self, pair: Pair) -> Asked:
        return replace(self, pairs=(*self.pairs, pair))

    def with_verdict(self, pair: Pair, verdict: Verdict) -> Asked:
        """An answer is there as soon as something was said, also where nothing decides."""
        one, other = pair
        entries = self.entries or ()
        match verdict:
            case Verdict.ONE:
                return replace(self, entries=(*entries, preferred(one, other)))
            case Verdict.OTHER:
                return replace(self, entries=(*entries, preferred(other, one)))
            case Verdict.NEITHER:
                return replace(self, entries=(*entries, undecided(one, other)))
            case Verdict.SKIP:
                return replace(self, entries=entries, skipped=self.skipped | {frozenset(pair)})

    def restarted(self) -> Asked:
        """The same pairs again: nobody can look for others by beginning anew."""
        return replace(self, skipped=frozenset(), entries=None)

    def with_idea(self, key: str) -> Asked:
        return replace(self, ideas=(*self.ideas, key))

    def told(self, decided: Sequence[str]) -> Asked:
        """With the ideas of whose end this person knows."""
        ideas = tuple(f"{_TOLD}{one}" if one in decided else one for one in self.ideas)
        return replace(self, ideas=ideas)

    def kept_in(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """All answers of the person, with these."""
        key = self.question.key
        asked = tuple(
            f"{one}~{other}" if frozenset((one, other)) in self.skipped else f"{one}?{other}"
            for one, other in self.pairs
        )
        own: dict[str, Answer] = {f"{key}.{_ASKED}": asked} if asked else {}
        if self.ideas:
            own[f"{key}.{_IDEAS}"] = self.ideas
        if self.entries is not None:
            own[key] = self.entries
        mine = (key, f"{key}.{_ASKED}", f"{key}.{_IDEAS}")
        return {name: answer for name, answer in answers.items() if name not in mine} | own


def asked_of(question: Pairwise, answers: Mapping[str, Answer]) -> Asked:
    """What is kept of a person's pairs."""
    kept = _strings(answers.get(f"{question.key}.{_ASKED}"))
    pairs = [_pair(entry) for entry in kept]
    skipped = {frozenset(pair) for entry, pair in zip(kept, pairs, strict=True) if "~" in entry}
    said = answers.get(question.key)
    return Asked(
        question=question,
        pairs=tuple(pairs),
        skipped=frozenset(skipped),
        entries=None if said is None else _strings(said),
        ideas=_strings(answers.get(f"{question.key}.{_IDEAS}")),
    )


def own_ideas_in(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Of all that is kept of a person, which ideas are theirs."""
    return {name: one for name, one in answers.items() if name.endswith(f".{_IDEAS}")}


def _strings(answer: Answer | None) -> tuple[str, ...]:
    return answer if isinstance(answer, tuple) else ()


def _pair(entry: str) -> Pair:
    one, _, other = entry.replace("~", "?").partition("?")
    return one, other


def group_of(person: Person) -> str:
    """Over whom pairs are balanced: people of one level and role."""
    return f"{person.level}.{person.role}"


def with_next(store: SurveyStore, wave: Wave, actor: Person, asked: Asked, *, trial: bool) -> Asked:
    """With the next pair, where one is due. It is chosen once, and stays until it is answered."""
    if asked.open is not None or len(asked.pairs) >= asked.question.pairs:
        return asked
    question, group = asked.question, group_of(actor)
    shown = {} if trial else store.choices_shown(wave.id, question.key, group)
    pair = next_pair(shown, asked.pairs, [choice.key for choice in question.choices])
    if pair is None:
        return asked
    if not trial:
        store.note_shown(wave.id, question.key, group, pair)
    return asked.with_pair(pair)


# -- what is shown of it -----------------------------------------------------------------------


def comparing(
    store: SurveyStore,
    wave: Wave,
    page: int,
    asked: Asked,
    now: datetime,
    *,
    stopped: bool = False,
    last: bool = True,
) -> Comparing:
    """The open pair; before the first one how it works, after the last one what can be done."""
    question, pair = asked.question, asked.open
    labels = {choice.key: choice.label for choice in question.choices}
    stage = Stage.PAIR
    if pair is None:
        stage = Stage.DONE if asked.done else Stage.BEGIN
    elif stopped:
        stage = Stage.STOPPED
    sides: tuple[Side, Side] | None = None
    if pair is not None and stage is Stage.PAIR:
        one, other = (Side(key=key, label=labels[key]) for key in pair)
        sides = (one, other)
    return Comparing(
        wave_id=wave.id,
        page=page,
        title=wave.survey.title,
        prompt=question.prompt,
        hint=question.hint,
        stage=stage,
        done=asked.done,
        of=question.pairs,
        closes_at=wave.closes_at,
        pair=sides,
        promise=promise_of(store, wave) if stage is Stage.BEGIN else None,
        last=last,
        takes_ideas=closed_to_ideas(store, wave, asked, now) is None,
        news=news_of(store, wave, asked, every=stage is not Stage.PAIR),
    )


# -- ideas -------------------------------------------------------------------------------------

NO_IDEAS = "This question takes no ideas."
TOO_LATE = "Ideas can no longer be added. You can still compare the ones that are here."
TOO_MANY_OWN = "You have added {n} ideas, which is as many as one person can add."
FULL = "The list is full: it has {n} ideas. You can still compare the ones that are here."
ENOUGH_WAIT = "Too many ideas are waiting to be read. Please try again in a few days."


def ideas_until(wave: Wave, question: Pairwise) -> datetime | None:
    """Until when ideas can be added; None: never."""
    if question.ideas is None:
        return None
    return min(wave.opens_at + timedelta(days=question.ideas.days), wave.closes_at)


def closed_to_ideas(
    store: SurveyStore, wave: Wave, asked: Asked, now: datetime
) -> tuple[str, int] | None:
    """Why this person cannot add an idea now, with the number that it names; None: they can."""
    question = asked.question
    until = ideas_until(wave, question)
    if until is None:
        return NO_IDEAS, 0
    if now >= until:
        return TOO_LATE, 0
    if len(asked.ideas) >= OWN_IDEAS:
        return TOO_MANY_OWN, OWN_IDEAS
    if store.count_ideas(wave.id, question.key, IdeaState.ADDED) >= MOST_IDEAS:
        return FULL, MOST_IDEAS
    if store.count_ideas(wave.id, question.key, IdeaState.WAITING) >= MOST_WAITING:
        return ENOUGH_WAIT, 0
    return None


def news_of(store: SurveyStore, wave: Wave, asked: Asked, *, every: bool) -> tuple[News, ...]:
    """What became of a person's ideas: of ``every`` one, or of those only that were decided since
    they looked last."""
    if not asked.ideas:
        return ()
    question = asked.question
    mine = [one for one in asked.ideas if every or not one.startswith(_TOLD)]
    there = store.ideas_of(wave.id, question.key, [one.removeprefix(_TOLD) for one in mine])
    labels = {choice.key: choice.label for choice in question.choices}
    return tuple(
        News(
            words=one.words,
            state=one.state,
            same_as=labels.get(one.same_as),
            reason=one.reason,
        )
        for one in there
        if every or one.state is not IdeaState.WAITING
    )


def decided_ideas(store: SurveyStore, wave: Wave, asked: Asked) -> list[str]:
    """The keys of a person's ideas that do not wait any more."""
    if not asked.ideas:
        return []
    there = store.ideas_of(wave.id, asked.question.key, asked.own_ideas)
    return [one.key for one in there if one.state is not IdeaState.WAITING]
