"""How ready people are for a change, as every platform draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from core.text import text
from governance.changes.messages import ChangeView
from governance.messages import Message
from governance.pulses import forms
from governance.pulses.commands import PlanPulse
from governance.pulses.findings import Findings, Low, Rated
from governance.pulses.messages import PulseLine, PulsePlanView, Ready, ReadyView
from governance.pulses.model import STATEMENTS, Moment, Pulse, PulseState
from surveys.messages import PanelReach
from surveys.promise import Promise
from surveys.questions import Unfit
from surveys.results.model import Share
from surveys.survey import Dimension
from surveys.waves.sampling import Sample
from tests.bot.samples.change import CHANGE, changes
from tests.bot.samples.forms import form

BEFORE_WAVE, AFTER_WAVE = UUID(int=59), UUID(int=60)
OPENS = datetime(2026, 11, 30, 14, tzinfo=UTC)
CLOSES = datetime(2026, 12, 4, 22, tzinfo=UTC)


def _rated(*means: float) -> dict[str, Rated]:
    return {
        key: Rated(mean=mean, low=mean - 0.2, high=mean + 0.2)
        for key, mean in zip(STATEMENTS, means, strict=True)
    }


def _line(moment: Moment, wave: UUID, findings: Findings | None, **more: object) -> PulseLine:
    pulse = Pulse(
        change_id=CHANGE,
        moment=moment,
        wave_id=wave,
        days=5 if moment is Moment.BEFORE else 10,
        share=0.25,
        state=PulseState.ASKED,
    )
    line = PulseLine(pulse=pulse, opens_at=OPENS, closes_at=CLOSES, closed=True, findings=findings)
    return replace(line, **more)  # type: ignore[arg-type]


OFFICE = (("role", "office"), ("level", "middle"))
BOARD = (("role", "board"), ("level", "district"))

BEFORE = Findings(
    rated=_rated(4.4, 3.9, 2.8, 3.1, 3.3),
    barrier="knowledge",
    first=Share(key="knowledge", label=text("Knowledge"), count=None, share=0.41),
    low=(
        Low(
            group=OFFICE,
            element="knowledge",
            agree=Share(key="high", label=text("4–5"), count=None, share=0.21, low=0.12, high=0.33),
        ),
        Low(
            group=(("role", "teacher"), ("level", "high")),
            element="ability",
            agree=Share(key="high", label=text("4–5"), count=None, share=None, coded="<"),
        ),
    ),
    withheld=(BOARD,),
)
AFTER = Findings(
    rated=_rated(4.6, 4.2, 4.0, 3.9, 3.6), barrier="none", first=None, low=(), withheld=(BOARD,)
)
NOT_SHOWN = Findings(rated={}, barrier="", first=None, low=(), withheld=())

READY = Ready(
    change_id=CHANGE,
    lines=(
        _line(Moment.BEFORE, BEFORE_WAVE, BEFORE),
        _line(Moment.AFTER, AFTER_WAVE, AFTER, opens_at=OPENS + timedelta(days=21)),
    ),
    can=(),
    sees=True,
    asks=True,
    committee="Network and Infrastructure",
)


def pulses(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    title = text("New sign-in page", es="Nueva página de inicio")
    view = ReadyView(title=title, ready=READY)
    planned = _line(Moment.AFTER, AFTER_WAVE, None, closed=False)
    planned = replace(planned, pulse=replace(planned.pulse, state=PulseState.PLANNED))
    opening = forms.pulse(CHANGE, tuple(Moment), {"part": "25%"})
    planning = PlanPulse(change_id=CHANGE)
    preview = PulsePlanView(
        change_id=CHANGE,
        moment=Moment.BEFORE,
        title=text(f"Are you ready? {hostile}"),
        statements=tuple(STATEMENTS.values()),
        opens_at=OPENS,
        closes_at=CLOSES,
        reach=PanelReach(audience=3210, people=803, part=Sample(share=0.25, seed=1)),
        promise=Promise(
            groups=(frozenset(), frozenset({Dimension.ROLE, Dimension.LEVEL})),
            committees=("Network and Infrastructure",),
            barriers=True,
        ),
    )
    left_out = replace(planned.pulse, state=PulseState.LEFT_OUT, why="The change was withdrawn.")
    of_change = changes(hostile)["change_of_staff"]
    assert isinstance(of_change, ChangeView)
    before = replace(READY, lines=(READY.lines[0], planned), can=(Moment.AFTER,))
    return {
        "change_ready": replace(of_change, works=True, facets=(before,)),
        "change_unopened": replace(
            of_change,
            works=True,
            facets=(
                replace(
                    READY,
                    lines=(_line(Moment.BEFORE, BEFORE_WAVE, None, unopened=True), planned),
                    asks=False,
                ),
            ),
        ),
        "change_not_asked": replace(
            of_change, works=True, facets=(replace(READY, lines=(), can=(Moment.BEFORE,)),)
        ),
        "ready": view,
        "ready_before": replace(view, ready=before),
        "ready_not_asked": replace(
            view, ready=replace(READY, lines=(), can=(Moment.BEFORE, Moment.AFTER))
        ),
        "ready_not_shown": replace(
            view,
            ready=replace(
                READY,
                lines=(
                    _line(Moment.BEFORE, BEFORE_WAVE, NOT_SHOWN),
                    replace(planned, pulse=left_out),
                ),
            ),
        ),
        "ready_not_for_them": replace(
            view,
            ready=replace(READY, lines=(_line(Moment.BEFORE, BEFORE_WAVE, None),), sees=False),
        ),
        "ready_form": form(planning, opening),
        "ready_form_unfit": form(
            replace(planning, part="some"),
            opening,
            unfit={"part": Unfit(why="Enter a whole number, or a share such as 10%.")},
        ),
        "ready_preview": preview,
        "ready_preview_now": replace(preview, opens_at=None, title=text("Are you ready? Sign-in")),
    }
