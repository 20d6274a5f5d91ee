"""An assessment's dashboard, a control's page, and the report that is printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from bot.charts.practice_charts import score_bar, score_bars, trend_chart, trend_table
from bot.charts.results import progress_bar
from bot.conversation import Reader
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.render_card import drawn_parts, presses
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.cards import Entries, Press, Secrecy
from core.words import Words
from governance.card_parts import lines
from governance.controls import addresses, facets
from governance.controls import figure_wording as say
from governance.controls.commands import ShowAssessment, ShowControl
from governance.controls.figure_commands import (
    RemoveTarget,
    ShowPracticesReport,
    ShowTargetForm,
)
from governance.controls.figures import Figure, answer_of, score, shown
from governance.controls.model import HIGHEST, LOWEST, Assessed, Dimension, Named
from governance.controls.views import (
    AssessmentView,
    ControlView,
    PracticesReport,
    TargetLine,
)
from governance.goals.facets import FacetLine

_ONE = f"{addresses.PRACTICES}/{{assessment}}"


def figure_routes(site: Site) -> list[Route]:
    """After those with a word where these have an id."""
    return [
        page(site, _ONE, get=showing(of(ShowAssessment), assessment)),
        page(site, f"{_ONE}/controls/{{control}}", get=showing(of(ShowControl), control)),
        page(site, f"{_ONE}/report", get=showing(of(ShowPracticesReport), report)),
    ]


def band(mean: float) -> int:
    """The whole number from 1 to 5 that is nearest to what is shown."""
    return int(shown(mean).quantize(Decimal(1), ROUND_HALF_UP))


def _score_of(row: Assessed) -> float | None:
    return score(answer_of(row))


async def assessment(visit: Visit, view: AssessmentView, reader: Reader) -> Response:
    words, told = visit.words(reader), facets.drawn(visit.words(reader), view.facets)
    one = view.assessment
    ways = [press for line in told for press in line.presses]
    targets = _target_presses(view, view.target(), "", words) if view.sets else []
    return await visit.page(
        "pages/assessment.html",
        words.say("Assessment: {name}", name=one.name),
        reader,
        view=view,
        links=addresses,
        dimensions=tuple(Dimension),
        band=band,
        practices=say,
        bars=partial(_bars, words=words),
        overall_bar=_overall(view, words),
        progress=_progress(view, words),
        trend=_trend(view, words),
        trend_table=trend_table(view.trend, view.today, words),
        to_do=[_said(one, reader) for one in told if one.presses],
        besides=[_said(one, reader) for one in told if not one.presses],
        ways=presses(ways, reader, visit.csrf) if ways else "",
        target_ways=presses(targets, reader, visit.csrf) if targets else "",
    )


def _said(line: FacetLine, reader: Reader) -> tuple[str, Markup]:
    """A facet's name, and what it says."""
    entries = (Entries(rows=line.entries, secrecy=Secrecy.SIGNED_IN),) if line.entries else ()
    parts = (*lines(line.said, secrecy=Secrecy.SIGNED_IN), *entries)
    return line.name, drawn_parts(parts, reader)


def _bars(title: str, rows: Sequence[tuple[Named, Figure]], ident: str, words: Words) -> Markup:
    told = [
        (words.text(named.name), say.figure(words, figure), figure.mean) for named, figure in rows
    ]
    return score_bars(title, told, ident=ident)


def _overall(view: AssessmentView, words: Words) -> Markup | None:
    if view.figures is None:
        return None
    label = words.say("Overall score")
    return score_bar(label, view.figures.overall, view.target(), words, ident="overall")


def _progress(view: AssessmentView, words: Words) -> Markup | None:
    if view.figures is None:
        return None
    counts = view.figures.overall.counts
    label = words.say("safeguards answered")
    return progress_bar(counts.answered, counts.in_scope, label, words, ident="progress")


def _trend(view: AssessmentView, words: Words) -> Markup | None:
    title = words.say("Overall score in each assessment")
    return trend_chart(view.trend, view.target(), view.today, words, title=title, ident="trend")


def _target_presses(
    view: AssessmentView | ControlView, line: TargetLine | None, control: str, words: Words
) -> list[Press]:
    """To set a target, or to change and remove the one that there is."""
    one = view.assessment.id
    form = ShowTargetForm(assessment_id=one, control=control)
    if line is None:
        return [Press(label=words.say("Set a target"), command=form)]
    return [
        Press(label=words.say("Change the target"), command=form),
        Press(
            label=words.say("Remove the target"),
            command=RemoveTarget(assessment_id=one, control=control),
        ),
    ]


# -- a control -----------------------------------------------------------------------------------


async def control(visit: Visit, view: ControlView, reader: Reader) -> Response:
    words, one = visit.words(reader), view.control.control
    title = say.numbered(view.framework, one.number)
    name = f"{title} {words.text(one.name)}"
    sets = _target_presses(view, view.target, one.number, words) if view.sets else []
    return await visit.page(
        "pages/practice_control.html",
        name,
        reader,
        view=view,
        control=view.control,
        links=addresses,
        dimensions=tuple(Dimension),
        band=band,
        practices=say,
        bar=score_bar(name, view.control.figure, view.target, words, ident="score"),
        dimension_bars=score_bars(
            words.say("The four dimensions"),
            [
                (say.dimension(words, each), say.score(words, mean), mean)
                for each, mean in view.control.dimensions.items()
            ],
            ident="dimensions",
        ),
        trend=trend_chart(
            view.trend,
            view.target,
            view.today,
            words,
            title=words.say("Score of {control} in each assessment", control=title),
            ident="trend",
        ),
        trend_table=trend_table(view.trend, view.today, words),
        target_ways=presses(sets, reader, visit.csrf) if sets else "",
        reviews=view.reviews,
        answer_of=answer_of,
        score_of=_score_of,
    )


# -- the report ----------------------------------------------------------------------------------


async def report(visit: Visit, view: PracticesReport, reader: Reader) -> Response:
    words = visit.words(reader)
    by_control = [
        (
            one,
            [
                line
                for line in view.lines
                if view.framework.control_of(line.safeguard.number) == one.control
            ],
        )
        for one in view.figures.controls
    ]
    return await visit.page(
        "pages/practices_report.html",
        words.say("Report of security practices"),
        reader,
        view=view,
        links=addresses,
        dimensions=tuple(Dimension),
        practices=say,
        by_control=by_control,
        trend=trend_chart(
            view.trend,
            view.target(),
            view.on,
            words,
            title=words.say("Trend"),
            ident="trend",
        ),
        trend_table=trend_table(view.trend, view.on, words),
        answer_of=answer_of,
        score_of=_score_of,
        steps=[
            (n, [view.framework.steps[one][n - LOWEST] for one in Dimension])
            for n in range(LOWEST, HIGHEST + 1)
        ]
        if view.framework.steps
        else [],
        band=band,
    )
