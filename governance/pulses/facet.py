"""How ready people are: a line of the change's page, for whoever works on it."""

from __future__ import annotations

from datetime import datetime

from core.cards import Press
from core.tiles import Tile
from core.words import Words
from governance.access import Actor
from governance.changes.access import works_on
from governance.changes.facets import Facet, FacetLine
from governance.changes.model import ChangeRecord
from governance.forms.commands import Open
from governance.ports import GovernanceStore
from governance.pulses import wording as say
from governance.pulses.commands import PlanPulse, ShowReady
from governance.pulses.handlers import ready
from governance.pulses.messages import Ready


def _find(
    store: GovernanceStore, actor: Actor, record: ChangeRecord, now: datetime
) -> Ready | None:
    if not works_on(actor, record):
        return None
    found = ready(store, actor, record, now)
    return found if found.lines or (found.can and found.asks) else None


def _draw(words: Words, found: Ready) -> FacetLine:
    name = words.say("Ready")
    if not found.lines:
        asks = Open(of=PlanPulse(change_id=found.change_id))
        return FacetLine(
            name=name,
            said=words.say("Nobody has been asked yet."),
            tile=Tile(
                label=name,
                figure="–",
                says=words.say("Nobody has been asked yet."),
            ),
            press=Press(label=words.say("Ask how ready people are"), command=asks),
        )
    return FacetLine(
        name=name,
        said=" ".join(say.line(words, one, found) for one in found.lines),
        todo=say.todo(words, found),
        tile=_tile(words, found),
        press=Press(
            label=words.say("How ready people are"), command=ShowReady(change_id=found.change_id)
        ),
    )


def _tile(words: Words, found: Ready) -> Tile:
    """The mean of what holds people back most; what cannot be shown is said."""
    last = found.lines[-1]
    findings = last.findings if found.sees and last.closed and not last.unopened else None
    barrier = findings.barrier if findings else ""
    rated = findings.rated.get(barrier) if findings else None
    return Tile(
        label=words.say("Ready"),
        figure=words.number(rated.said) if rated else "–",
        says=say.line(words, last, found),
    )


FACETS = (Facet(of=Ready, order=40, find=_find, draw=_draw),)
