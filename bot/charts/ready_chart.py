"""How ready people are: for each element of ADKAR the mean before a change and after it, as dots
with their intervals on a rail from 1 to 5, and a mark at 3, where a barrier begins."""

from __future__ import annotations

from markupsafe import Markup

from bot.charts.results import BAR, GAP
from bot.charts.strokes import LINE, interval, label_lines, px, svg
from core.words import Words
from governance.pulses import wording as say
from governance.pulses.findings import Rated
from governance.pulses.messages import Ready
from governance.pulses.model import STATEMENTS, Moment
from surveys.results.barriers import NOT_YET


def ready_chart(found: Ready, words: Words, *, ident: str) -> Markup | None:
    """None where no mean is shown."""
    told = [(one.pulse.moment, one.findings.rated) for one in found.lines if one.findings]
    told = [(moment, rated) for moment, rated in told if rated]
    if not told:
        return None
    top, rows, in_words = LINE + 6, list[Markup](), list[str]()
    for key in STATEMENTS:
        label = say.named(words, key)
        means = " → ".join(_named(words, moment, rated[key]) for moment, rated in told)
        in_words.append(f"{label}: {means}.")
        rows.append(label_lines([label], top))
        figure = Markup('<text class="figure" x="100%" y="{}" text-anchor="end">{}</text>')
        rows.append(figure.format(top + 14, means))
        top += LINE
        for moment, rated in told:
            rows.append(_row(rated[key], top, before=moment is Moment.BEFORE and len(told) > 1))
            top += BAR
        top += GAP
    mark = Markup('<text class="end" x="{}%" y="14" text-anchor="middle">{}</text>')
    said = mark.format(px(_at(NOT_YET)), words.say("barrier: 3 or less"))
    ends = Markup(
        '<text class="end" x="0" y="14">1</text>'
        '<text class="end" x="100%" y="14" text-anchor="end">5</text>'
    )
    title = words.say("How ready people are")
    return svg(title, " ".join(in_words), [ends, said, *rows], top, ident)


def _named(words: Words, moment: Moment, rated: Rated) -> str:
    mean = words.number(rated.said)
    if moment is Moment.BEFORE:
        return words.say("before {mean}", mean=mean)
    return words.say("after {mean}", mean=mean)


def _row(rated: Rated, top: int, *, before: bool) -> Markup:
    middle = top + BAR / 2
    rail = Markup('<line class="rail" x1="0" x2="100%" y1="{y}" y2="{y}"/>').format(y=px(middle))
    mark = Markup('<line class="middle" x1="{x}%" x2="{x}%" y1="{y}" y2="{end}"/>').format(
        x=px(_at(NOT_YET)), y=top, end=top + BAR
    )
    kind = "dot coded" if before else "dot"
    dot = Markup('<circle class="{}" cx="{}%" cy="{}" r="6"/>')
    spread = interval(_at(rated.low), _at(rated.high), middle)
    return rail + mark + spread + dot.format(kind, px(_at(rated.mean)), px(middle))


def _at(mean: float) -> float:
    """Where a mean of 1 to 5 stands, in percent of the width: a dot at its ends is whole."""
    return 2 + 96 * (min(max(mean, 1), 5) - 1) / 4
