"""Who has read an assessment, for the ISO and the CTO: for each person and thing the last time that
is in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.words import Words
from governance.access import Actor
from governance.controls.access import sees_all
from governance.controls.exporting import names
from governance.controls.facets import Place, PracticeFacet
from governance.controls.model import REGISTER, ReadLine
from governance.goals.facets import FacetLine
from governance.ports import GovernanceStore

MOST = 50


@dataclass(frozen=True, kw_only=True)
class Reads:
    """(name, line), the newest first. The name is "" for somebody who is not known anymore.
    ``earlier``: so many lines are left out."""

    lines: tuple[tuple[str, ReadLine], ...]
    earlier: int = 0


def _found(store: GovernanceStore, actor: Actor, place: Place, _: datetime) -> Reads | None:
    """What was read of the assessment, of the gaps that it found, and of the register of these."""
    if place.safeguard is not None or not sees_all(actor):
        return None
    gaps = [one.id for one in store.gaps() if one.assessment_id == place.assessment.id]
    every = store.practice_reads([place.assessment.id, REGISTER, *gaps], place.assessment.made_at)
    lines = every[:MOST]
    known = names(store, (one.by for one in lines))
    return Reads(
        lines=tuple((known.get(one.by, "") if one.by else "", one) for one in lines),
        earlier=len(every) - len(lines),
    )


def _drawn(words: Words, facet: Reads) -> FacetLine:
    if not facet.lines:
        none = words.say("Nobody has read it yet.")
        return FacetLine(name=words.say("Who has read it"), said=(none,))
    said = [
        words.say(
            "{name}: {what}, {time}",
            name=name or words.say("someone"),
            what=_what(words, one.what),
            time=words.when(one.at),
        )
        for name, one in facet.lines
    ]
    if facet.earlier:
        said.append(words.say("And {n} earlier in the audit.", n=words.number(facet.earlier)))
    return FacetLine(name=words.say("Who has read it"), said=tuple(said))


def _what(words: Words, what: str) -> str:
    """The words of the audit in the reader's language; a number as it is."""
    known = {
        "assessment": words.say("this page"),
        "run": words.say("owners and progress"),
        "register": words.say("the list of decisions"),
        "summary": words.say("the summary"),
        "report": words.say("the report"),
    }
    if what.startswith("export "):
        return words.say("download ({form})", form=what.removeprefix("export ").upper())
    return known.get(what, what)


PRACTICE_FACETS = (PracticeFacet(of=Reads, order=90, find=_found, draw=_drawn),)
