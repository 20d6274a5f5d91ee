"""Sentences about scores, targets and states that the pages of an assessment share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from core.words import Words, known_locale
from governance.controls.figures import Counts, Figure, Figures, Step, TrendPoint, shown
from governance.controls.model import (
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Framework,
)
from governance.controls.views import FiguresPage, PracticesReport, SafeguardLine, TargetLine
from governance.controls.wording import dimension as dimension
from governance.controls.wording import framework as framework

DASH = "–"

_CIS = "cis"
"""The key of the CIS Controls."""


def score(words: Words, mean: float | None) -> str:
    """ "2.3"; a dash where there is none."""
    if mean is None:
        return DASH
    return str(format_decimal(shown(mean), format="0.0", locale=known_locale(words.locale)))


def day(words: Words, one: date) -> str:
    return str(format_date(one, "medium", locale=known_locale(words.locale)))


def day_of(words: Words, at: datetime) -> str:
    """In the reader's time zone."""
    return day(words, at.astimezone(ZoneInfo(words.timezone)).date())


def numbered(framework: Framework, number: str) -> str:
    """ "CIS 4.1"."""
    return f"{framework.short} {number}".strip()


def scope(words: Words, assessment: Assessment, framework: Framework) -> str:
    """Which safeguards an assessment covers: "IG1, all controls"."""
    group = next((one.name for one in framework.groups if one.key == assessment.group), None)
    named = words.text(group) if group else assessment.group
    if not assessment.controls:
        return words.say("{group}, all controls", group=named)
    return words.say(
        "{group}, controls {numbers}", group=named, numbers=words.all_of(assessment.controls)
    )


def stands(words: Words, assessment: Assessment) -> str:
    return {
        AssessmentState.DRAFT: words.say("Draft"),
        AssessmentState.OPEN: words.say("In progress"),
        AssessmentState.CLOSED: words.say("Closed"),
    }[assessment.state]


def state(words: Words, row: Assessed) -> str:
    """The state of a safeguard's answer."""
    if row.state is AnswerState.OPEN and row.answer.given:
        return words.say("Not rechecked")
    return {
        AnswerState.OPEN: words.say("Not assessed"),
        AnswerState.DONE: words.say("Not confirmed"),
        AnswerState.SENT_BACK: words.say("Sent back to owner"),
        AnswerState.CONFIRMED: words.say("Confirmed by ISO"),
    }[row.state]


def assessed(words: Words, counts: Counts) -> str:
    """ "12 of 14 assessed"."""
    return words.say(
        "{n} of {all} assessed",
        n=words.number(counts.assessed),
        all=words.number(counts.applicable),
    )


def of_all(words: Words, counts: Counts) -> str:
    """The same under a heading that says "Assessed": "12 of 14"."""
    return words.say(
        "{n} of {all}", n=words.number(counts.assessed), all=words.number(counts.applicable)
    )


def rest(words: Words, counts: Counts) -> str:
    """How many do not apply. They are also among the answers to confirm."""
    if not counts.not_applicable:
        return ""
    return words.count("({n} n/a)", "({n} n/a)", counts.not_applicable)


def lowest(words: Words, found: Figures) -> str:
    """The control with the lowest score: "Lowest: 11 Data Recovery, 1.9"."""
    scored = [
        (one.figure.mean, one.control) for one in found.controls if one.figure.mean is not None
    ]
    if len(scored) < 2:
        return ""
    mean, control = min(scored, key=lambda pair: pair[0])
    return words.say(
        "Lowest: {control}, {score}",
        control=f"{control.number} {words.text(control.name)}",
        score=score(words, mean),
    )


def basis(words: Words, counts: Counts) -> str:
    """How many safeguards a mean is of, in sentences."""
    told = words.count(
        "{assessed} of {n} applicable safeguard assessed.",
        "{assessed} of {n} applicable safeguards assessed.",
        counts.applicable,
        assessed=words.number(counts.assessed),
    )
    return f"{told} {left_out(words, counts)}".strip()


def left_out(words: Words, counts: Counts) -> str:
    """How many do not apply or are not confirmed."""
    told = []
    if counts.not_applicable:
        told.append(
            words.count(
                "{n} does not apply and is left out.",
                "{n} do not apply and are left out.",
                counts.not_applicable,
            )
        )
    if counts.unconfirmed:
        told.append(
            words.count(
                "{n} answer is not confirmed.",
                "{n} answers are not confirmed.",
                counts.unconfirmed,
            )
        )
    return " ".join(told)


def progress(words: Words, counts: Counts) -> str:
    """How many safeguards are answered and confirmed."""
    return words.say(
        "{answered} of {all} safeguards answered, {confirmed} confirmed.",
        answered=words.number(counts.answered),
        all=words.number(counts.in_scope),
        confirmed=words.number(counts.confirmed),
    )


def formula(words: Words, framework: Framework) -> tuple[str, ...]:
    """How scores are calculated, and who published the rules."""
    published = words.say(
        "CIS publishes these three rules for its Controls Self Assessment Tool (CSAT). The rules "
        "below are this product’s own."
    )
    return (
        words.say("A safeguard’s score is the mean of its four dimensions, each from 1 to 5."),
        words.say("A control’s score is the mean of its safeguards that apply and are assessed."),
        words.say("The overall score is the mean of the controls’ scores."),
        *((published,) if framework.key == _CIS else ()),
        words.say(
            "A group’s or function’s score is the mean of its safeguards that apply and are "
            "assessed."
        ),
        words.say(
            "Safeguards that do not apply or are not assessed yet are left out. They do not count "
            "as zero."
        ),
        words.say("An answer counts once its owner submits it, even before it is confirmed."),
    )


def by(words: Words, name: str, at: datetime | None) -> str:
    """Who and when: "Dana Reyes, Nov 30, 2026"."""
    return ", ".join(one for one in (name, day_of(words, at) if at else "") if one)


def confirmed(words: Words, line: SafeguardLine) -> str:
    """Who confirmed it and when, and whether that was the owner."""
    row = line.row
    if row.confirmed_at is None:
        return words.say("Not confirmed")
    told = by(words, line.confirmed_by, row.confirmed_at)
    if row.confirmed_by is None or row.confirmed_by not in (row.owner, row.answered_by):
        return told
    return words.say("{name_and_day}, confirmed by the owner", name_and_day=told)


def timing(words: Words, assessment: Assessment) -> str:
    if assessment.closed_at and assessment.state is AssessmentState.CLOSED:
        return words.say("Closed on {day}", day=day_of(words, assessment.closed_at))
    return words.say("Due by {day}", day=day(words, assessment.due))


def aim(words: Words, line: TargetLine) -> str:
    """ "3.5 by Jun 30, 2027, reached"."""
    told = {"score": score(words, line.target.score), "day": day(words, line.target.by)}
    if line.reached:
        return words.say("{score} by {day}, reached", **told)
    if line.missed:
        return words.say("{score} by {day}, missed", **told)
    return words.say("{score} by {day}", **told)


def headline(words: Words, figure: Figure, view: FiguresPage, *, of_control: bool = False) -> str:
    if figure.hidden:
        return words.say("The overall score is not shown")
    if not figure.applies:
        return words.say("No safeguards apply")
    if figure.mean is None:
        return words.say("Nothing is assessed yet")
    told = score(words, figure.mean)
    if of_control:
        return words.say("Score: {score} of 5", score=told)
    if view.open:
        return words.say("Overall score so far: {score} of 5", score=told)
    return words.say("Overall score: {score} of 5", score=told)


def report_headline(words: Words, report: PracticesReport) -> str:
    """A report goes to other people, so its overall score can no longer change, and says how many
    safeguards it is of."""
    counts = report.figures.overall.counts
    if report.open:
        return words.say(
            "The assessment is in progress. The overall score is printed once it is closed."
        )
    if not counts.applicable:
        return words.say("No safeguards apply")
    told = {"n": words.number(counts.assessed), "all": words.number(counts.applicable)}
    mean = report.figures.overall.mean
    if mean is None or not counts.half_assessed:
        return words.say(
            "Fewer than half of the safeguards that apply are assessed ({n} of {all}), so there is "
            "no overall score.",
            **told,
        )
    return words.say(
        "Overall score: {score} of 5, with {n} of {all} applicable safeguards assessed",
        score=score(words, mean),
        **told,
    )


def figure(words: Words, one: Figure) -> str:
    """A score and how many safeguards it is of: "2.3 (12 of 14 assessed)"."""
    if one.hidden:
        return words.say("Not shown")
    if not one.applies:
        return words.say("Does not apply")
    if one.mean is None:
        return words.say("Not assessed yet")
    told = assessed(words, one.counts)
    return words.say("{score} ({counted})", score=score(words, one.mean), counted=told)


def target(words: Words, line: TargetLine) -> str:
    """ "Target: 3.5 by Jun 30, 2027, reached."."""
    if line.closed:
        return words.say("Current target: {target}.", target=aim(words, line))
    return words.say("Target: {target}.", target=aim(words, line))


def target_heading(words: Words, view: FiguresPage) -> str:
    return words.say("Target") if view.open else words.say("Current target")


def which_targets(words: Words, view: FiguresPage) -> str:
    """A closed assessment's scores are old and the targets beside them are not."""
    if view.open or not view.targets:
        return ""
    return words.say("Current targets are shown, not those from when the assessment closed.")


def set_by(words: Words, line: TargetLine) -> str:
    on = day_of(words, line.target.set_at)
    if not line.set_by:
        return words.say("Set on {day}.", day=on)
    return words.say("Set by {name} on {day}.", name=line.set_by, day=on)


def so_far(words: Words, counts: Counts) -> str:
    """Beside the score of an assessment that is not finished: "so far, 35 of 54"."""
    return words.say("so far, {counted}", counted=of_all(words, counts))


def trend(words: Words, points: Sequence[TrendPoint]) -> str:
    """The scores of a small chart, in words."""
    return words.say(
        "The last {n} assessments: {values}.",
        n=words.number(len(points)),
        values=", ".join(
            DASH if one.figure.mean is None else words.number(float(shown(one.figure.mean)))
            for one in points
        ),
    )


def step(words: Words, one: Step) -> str:
    """What changed since the assessment before, and the scores that can be compared. "" where
    nothing changed."""
    compared = words.count(
        "For the {n} safeguard assessed in both: {before}, then {after}.",
        "For the {n} safeguards assessed in both: {before}, then {after}.",
        one.common,
        before=score(words, one.before),
        after=score(words, one.after),
    )
    if one.alike:
        return compared if one.other and one.before is not None else ""
    if one.version and one.scope:
        why = words.say("Framework version and scope changed.")
    elif one.version:
        why = words.say("Framework version changed.")
    else:
        why = words.say("Scope changed.")
    if one.before is None or one.after is None:
        return f"{why} {words.say('The two cannot be compared.')}"
    return f"{why} {compared}"


def mark(words: Words, one: Step) -> str:
    """The same in two words, for a chart."""
    return words.say("new version") if one.version else words.say("new scope")
