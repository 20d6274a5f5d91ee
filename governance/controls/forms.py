"""What the forms about an assessment show beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from core.cards import Look, Part, Quote
from core.forms import YES, Beside, Drawn, Label, Opening, Said, counted
from core.text import Text
from core.words import Words
from governance.card_parts import lines
from governance.controls import addresses
from governance.controls import wording as say
from governance.controls.answer_commands import Applies, HandOverSafeguards, HandsOver, KeepAnswer
from governance.controls.figure_wording import framework, numbered
from governance.controls.finding import moment_of, seen_of
from governance.controls.model import (
    HIGHEST,
    LOWEST,
    AnswerState,
    Assessed,
    Assessment,
    Control,
    Dimension,
    Framework,
    SafeguardPlace,
)
from governance.forms.commands import Open


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


def beginning(
    versions: tuple[Framework, ...],
    committees: tuple[tuple[str, str], ...],
    *,
    given: Assessment | None = None,
    last: Assessment | None = None,
) -> Opening:
    """``versions``: of the framework, newest first. ``given``: the draft that is edited; None: a
    new one. ``last``: the assessment that a new one can start from."""
    label = Said("Edit the assessment")
    if given is None:
        label = Said("Begin an assessment: {framework}", {"framework": versions[0].name})
    groups = {one.key: one.name for each in versions for one in each.groups}
    controls = {one.number: one.name for each in reversed(versions) for one in each.controls}
    choices: dict[str, tuple[tuple[str, Label], ...]] = {
        "version": tuple((one.version, one.version) for one in versions),
        "group": tuple(groups.items()),
        "controls": tuple((number, _control(number, name)) for number, name in controls.items()),
        "committee": committees,
    }
    if last is not None:
        carries = Said("Carry over answers, owners and evidence from “{name}”", {"name": last.name})
        choices["from_last"] = ((YES, carries),)
    few = {one for one in ("version", "group") if len(choices[one]) < 2}
    return Opening(
        title=label,
        anew=given is None,
        above=(Said("It stays a draft until you open it. Owners are asked only then."),),
        values=_of_draft(given) if given else _usual(versions[0], last),
        choices=choices,
        without=frozenset(
            few | ({"version", "from_last"} if given else set() if last else {"from_last"})
        ),
        submit=Said("Save"),
        shows=label,
        leave=addresses.run(given.id) if given else addresses.PRACTICES,
        up=(Said("Security practices"), addresses.PRACTICES),
    )


def _control(number: str, name: Text) -> Label:
    return lambda words: f"{number} {words.text(name)}"


def _usual(newest: Framework, last: Assessment | None) -> dict[str, object]:
    return {
        "version": newest.version,
        "group": newest.groups[0].key if newest.groups else "",
        "from_last": last is not None,
    }


def _of_draft(given: Assessment) -> dict[str, object]:
    return {
        "name": given.name,
        "version": given.version,
        "group": given.group,
        "controls": given.controls,
        "due": given.due,
        "committee": given.committee,
    }


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


def answering(
    place: SafeguardPlace, *, stale: bool, changed: bool, said: tuple[str, ...]
) -> Opening:
    """``stale``: its answer was taken over and is more than a year old. ``changed``: it was sent
    back or changed while its owner was writing. ``said``: redacted staff messages that the ISO's
    office accepted as evidence."""
    row, given = place.row, place.assessment
    label = Said("Assess {number}", {"number": say.number_of(place)})
    above = partial(_asked, place=place, stale=stale, changed=changed, said=said)
    return Opening(
        title=label,
        above=(Drawn(above),),
        values=_answered(row),
        carries={"seen": seen_of(row)},
        choices={one.value: _steps(place.framework, one) for one in Dimension},
        submit=Said("Done"),
        shows=label,
        leave=addresses.assessment(given.id),
        beside=_otherwise(row),
        page=(Said("Open it on the web"), addresses.answer(given.id, row.number)),
        up=(Said("Back to the assessment"), addresses.assessment(given.id)),
    )


def _asked(
    words: Words, *, place: SafeguardPlace, stale: bool, changed: bool, said: tuple[str, ...]
) -> tuple[Part, ...]:
    return (
        *say.about(words, place),
        *_before(words, place.row, stale=stale, changed=changed),
        *_heard(words, said),
    )


def _before(words: Words, row: Assessed, *, stale: bool, changed: bool) -> tuple[Part, ...]:
    """Why it is asked again, and whether its answer was taken over."""
    parts: list[Part] = []
    if changed:
        meanwhile = words.say(
            "This was sent back or changed while you were writing, so it is not saved yet. What "
            "you wrote is below. Read it again, then press Done."
        )
        parts += lines([meanwhile], Look.ALARM, say.OURS)
    parts += say.sent_back(words, row)
    if row.taken_over:
        taken = words.say("This is an earlier answer. Change it, or press “This is still true.”")
        parts += lines([taken], secrecy=say.OURS)
    if stale:
        parts += lines([say.stale(words)], Look.STRONG, say.OURS)
    due = words.say("Due on {day}", day=words.day(row.due)) if row.waiting else ""
    return (*parts, *lines([due], Look.QUIET))


def _heard(words: Words, said: tuple[str, ...]) -> tuple[Part, ...]:
    if not said:
        return ()
    return (
        *lines([words.say("What staff said")], Look.STRONG, say.OURS),
        *(Quote(text=one, secrecy=say.OURS) for one in said),
    )


def _answered(row: Assessed) -> dict[str, object]:
    said = row.answer
    return {
        "applies": {None: None, True: Applies.YES, False: Applies.NO}[said.applicable],
        "why_not": said.why_not,
        "evidence": said.evidence,
        "next_step": said.next_step,
        **{one.value: str(score) for one, score in said.scores.items()},
    }


def _steps(found: Framework, one: Dimension) -> tuple[tuple[str, Label], ...]:
    def step(score: int, words: Words) -> str:
        return say.step(words, found, one, score)

    return tuple((str(n), partial(step, n)) for n in range(LOWEST, HIGHEST + 1))


def _otherwise(row: Assessed) -> tuple[Beside, ...]:
    """What else its owner can do."""
    which, number = row.assessment_id, row.number
    keeps = Beside(
        label=Said("This is still true"),
        command=KeepAnswer(assessment_id=which, number=number, seen=seen_of(row)),
    )
    hands = Beside(
        label=Said("Hand it to someone else"),
        command=Open(of=HandOverSafeguards(assessment_id=which, number=number)),
        more=True,
    )
    return (*((keeps,) if row.taken_over else ()), *((hands,) if row.waiting else ()))


def reviewing(place: SafeguardPlace, by: str) -> Opening:
    """``by``: the name of the person who gave the answer."""
    row, given = place.row, place.assessment
    which, confirmed = {"number": say.number_of(place)}, row.state is AnswerState.CONFIRMED
    label = Said("Send {number} back", which) if confirmed else Said("Confirm {number}", which)
    return Opening(
        title=label,
        above=(Drawn(partial(_to_review, place=place, by=by)),),
        carries={"seen": moment_of(row)},
        submit=Said("Save"),
        shows=label,
        leave=addresses.run(given.id),
        page=(Said("Open it on the web"), addresses.review(given.id, row.number)),
        up=(Said("Owners and progress"), addresses.run(given.id)),
    )


def _to_review(words: Words, *, place: SafeguardPlace, by: str) -> tuple[Part, ...]:
    row = place.row
    confirmed = row.state is AnswerState.CONFIRMED
    stands = say.state_of(words, place.assessment, row.state, row.due) if confirmed else ""
    return (
        *say.about(words, place),
        *say.answer(words, place.framework, row.answer),
        *lines([say.given_by(words, row, by)], Look.QUIET, say.OURS),
        *lines([stands], secrecy=say.OURS),
    )
