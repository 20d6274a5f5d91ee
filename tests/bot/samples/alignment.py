"""Which goals a survey's priorities serve, as every platform draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from core.paging import Paging
from core.text import Text, text
from governance.alignment.messages import AlignForm, AlignmentView, AlignRow, PrioritiesToAlign
from governance.alignment.model import (
    LATER,
    NONE,
    Aligned,
    Alignment,
    Binding,
    GoalLine,
    Idea,
    Priority,
    Proposed,
    Question,
    Ranked,
)
from governance.messages import Message
from governance.recommendations.model import AdviceLine, AdviceState

RANKED_WAVE = UUID(int=65)
CLOSED = datetime(2026, 11, 13, 22, tzinfo=UTC)
TITLE = text("Technology priorities", es="Prioridades de tecnología")
PROMPT = text(
    "Which of these should the district do first?", es="¿Qué debería hacer primero el distrito?"
)


def _priority(key: str, label: Text, first: int, last: int, points: float) -> Priority:
    ranked = Ranked(first=first, last=last, points=points, low=points - 0.045, high=points + 0.045)
    return Priority(question="first", choice=key, label=label, ranked=ranked)


WIFI = _priority(
    "wifi", text("Wi-Fi in the portables", es="Wi-Fi en los salones portátiles"), 1, 1, 0.71
)
SIGN_IN = _priority(
    "sign-in", text("One sign-in for everything", es="Una sola contraseña para todo"), 2, 3, 0.6
)
AI = _priority(
    "ai",
    text("Guidance on artificial intelligence", es="Guía sobre inteligencia artificial"),
    2,
    3,
    0.58,
)
COACH = _priority("coach", text("More coaches", es="Más asesores"), 4, 4, 0.41)
GYM = _priority("gym", text("A stronger signal in the gym"), 5, 5, 0.3)

RELIABLE = GoalLine(
    key="reliable-wifi",
    title=text(
        "Wi-Fi that works in every room where people teach",
        es="Wi-Fi que funcione en cada espacio donde se enseña",
    ),
    priorities=(WIFI, GYM),
)
ONE_SIGN_IN = GoalLine(
    key="one-sign-in",
    title=text("One sign-in to everything for learning", es="Una sola contraseña para aprender"),
    reworded=True,
    priorities=(SIGN_IN,),
)
COACHES = GoalLine(
    key="coach-nearby", title=text("A coach near every building"), priorities=(COACH,)
)
BOARDS = GoalLine(
    key="boards", title=text("The same equipment in every classroom", es="El mismo equipo")
)


def _aligned(one: Priority, goal: str, version: int = 1) -> Aligned:
    binding = Binding(
        wave_id=RANKED_WAVE,
        question=one.question,
        choice=one.choice,
        goal=goal,
        version=version,
        at=CLOSED,
    )
    return Aligned(priority=one, binding=binding, settled=True)


ALIGNED = (
    _aligned(WIFI, "reliable-wifi", 2),
    _aligned(SIGN_IN, "one-sign-in"),
    _aligned(AI, ""),
    _aligned(COACH, "coach-nearby"),
    _aligned(GYM, "reliable-wifi", 2),
)

FOUND = Alignment(
    wave_id=RANKED_WAVE,
    title=TITLE,
    closed_at=CLOSED,
    questions=(Question(key="first", prompt=PROMPT, answers=812),),
    priorities=ALIGNED,
    energy=(RELIABLE, ONE_SIGN_IN, COACHES),
    quiet=(BOARDS,),
    uncovered=(AI,),
    ideas=(Idea(priority=AI, goal=COACHES), Idea(goal=BOARDS)),
    steering="CLASS Plan Steering",
)


def alignments(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    goals = tuple((f"{one.key}:1", one.title) for one in (RELIABLE, ONE_SIGN_IN, COACHES, BOARDS))
    unsettled = tuple(replace(one, binding=None, settled=False) for one in ALIGNED)
    retired = replace(ALIGNED[3], settled=False, retired=COACHES.title)
    bare = [replace(one, priority=replace(one.priority, ranked=None)) for one in unsettled]
    idea = replace(bare[2].priority, label=text(f"Idea: {hostile}"))
    form = AlignForm(
        wave_id=RANKED_WAVE,
        title=TITLE,
        rows=(
            AlignRow(
                key="goal.first.wifi",
                aligned=bare[0],
                proposed=Proposed(goals=("reliable-wifi",), by_author=True),
                goals=goals,
                chosen="reliable-wifi:1",
            ),
            AlignRow(
                key="goal.first.sign-in",
                aligned=bare[1],
                proposed=Proposed(goals=("one-sign-in",)),
                goals=(goals[1], goals[0], *goals[2:]),
                chosen="one-sign-in:1",
            ),
            AlignRow(
                key="goal.first.idea-1",
                aligned=replace(bare[2], priority=idea),
                proposed=Proposed(goals=("boards",), sure=False),
                goals=(goals[3], *goals[:3]),
                chosen=LATER,
            ),
            AlignRow(
                key="goal.first.coach",
                aligned=replace(retired, priority=bare[3].priority),
                proposed=None,
                goals=goals[:2],
                chosen=LATER,
            ),
            AlignRow(
                key="goal.first.gym",
                aligned=replace(ALIGNED[4], priority=bare[4].priority),
                proposed=None,
                goals=goals,
                chosen=NONE,
            ),
        ),
        paging=Paging(page=0, size=20, matching=504),
        left=4,
    )
    unnamed = replace(FOUND, steering="", title=text(f"Priorities: {hostile}"))
    too_few = replace(
        FOUND,
        questions=(Question(key="first", prompt=PROMPT),),
        priorities=tuple(
            replace(one, priority=replace(one.priority, ranked=None)) for one in unsettled
        ),
        energy=(),
        uncovered=(),
        ideas=(),
    )
    advice = (
        AdviceLine(
            id=UUID(int=66),
            title="A goal for artificial intelligence",
            committee="CLASS Plan Steering",
            state=AdviceState.ACCEPTED,
            at=CLOSED,
        ),
        AdviceLine(
            id=UUID(int=67),
            title="Retire the goal “The same equipment in every classroom”",
            committee="CLASS Plan Steering",
            state=AdviceState.SENT,
            at=CLOSED,
        ),
    )
    level = Ranked(first=1, last=5, points=0.5, low=0.4, high=0.6)
    tied = [replace(one.priority, ranked=level) for one in ALIGNED]
    tie = replace(
        FOUND,
        priorities=tuple(
            replace(one, priority=each) for one, each in zip(ALIGNED, tied, strict=True)
        ),
        energy=(
            replace(RELIABLE, priorities=(tied[0], tied[4])),
            replace(ONE_SIGN_IN, priorities=(tied[1],)),
            replace(COACHES, priorities=(tied[3],)),
        ),
        uncovered=(tied[2],),
        ideas=(Idea(priority=tied[2]), Idea(goal=BOARDS)),
    )
    sent = replace(FOUND, sent_at=CLOSED)
    office = AlignmentView(alignment=FOUND, aligns=True, sends=True, sees=True)
    return {
        "alignment": office,
        "alignment_begun": replace(
            office,
            alignment=replace(FOUND, priorities=unsettled, energy=(), uncovered=(), ideas=()),
        ),
        "alignment_unnamed": replace(office, alignment=unnamed),
        "alignment_too_few": replace(office, alignment=too_few),
        "alignment_tied": replace(office, alignment=tie),
        "alignment_retired": replace(
            office,
            alignment=replace(
                FOUND,
                energy=(RELIABLE, ONE_SIGN_IN, replace(COACHES, retired=True)),
                ideas=(Idea(priority=AI, goal=ONE_SIGN_IN),),
                priorities=(*ALIGNED[:3], retired, ALIGNED[4]),
            ),
        ),
        "alignment_for_the_lead": AlignmentView(alignment=sent, aligns=True, leads=True),
        "alignment_for_a_member": AlignmentView(alignment=sent),
        "alignment_decided": replace(office, alignment=replace(sent, advice=advice)),
        "align_form": form,
        "align_form_last": replace(
            form, rows=form.rows[:1], paging=Paging(page=0, size=20, matching=1), left=0
        ),
        "to_align": PrioritiesToAlign(
            wave_id=RANKED_WAVE, title=text(f"Ask: {hostile}"), many=8, open=8, reads=True
        ),
        "to_align_done": PrioritiesToAlign(wave_id=RANKED_WAVE, title=TITLE, many=1, open=0),
    }
