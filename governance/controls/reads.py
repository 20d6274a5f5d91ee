"""Who has read an assessment, for the ISO and the CTO: the last time that each person read each
thing, from the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.words import Words
from governance.access import Actor
from governance.controls.access import sees_all
from governance.controls.facets import Place, PracticeFacet
from governance.controls.model import REGISTER, ReadLine
from governance.goals.facets import FacetLine
from governance.ports import GovernanceStore

MOST = 5


@dataclass(frozen=True, kw_only=True)
class Reads:
    """(name, line), newest first. The name is "" for someone who is no longer known. ``earlier``:
    how many older lines are left out."""

    lines: tuple[tuple[str, ReadLine], ...]
    earlier: int = 0


def _found(store: GovernanceStore, actor: Actor, place: Place, _: datetime) -> Reads | None:
    """Who read the assessment, the gaps that it found, and the register of gaps."""
    if place.safeguard is not None or not sees_all(actor):
        return None
    gaps = [one.id for one in store.gaps() if one.assessment_id == place.assessment.id]
    every = store.practice_reads([place.assessment.id, REGISTER, *gaps], place.assessment.made_at)
    lines = every[:MOST]
    people = {one.by for one in lines if one.by is not None}
    known = store.names_of(people) if people else {}
    return Reads(
        lines=tuple((known.get(one.by, "") if one.by else "", one) for one in lines),
        earlier=len(every) - len(lines),
    )


def _drawn(words: Words, facet: Reads) -> FacetLine:
    said = [
        words.say(
            "{name}: {what}, {time}",
            name=name or words.say("someone"),
            what=_what(words, one.what),
            time=words.when(one.at),
        )
        for name, one in facet.lines
    ] or [words.say("Nobody has read it yet.")]
    if facet.earlier:
        said.append(words.say("And {n} earlier in the audit.", n=words.number(facet.earlier)))
    return FacetLine(name=words.say("Who has read it"), said=tuple(said))


def _what(words: Words, what: str) -> str:
    """The audit's word for what was read, in the reader's language; a number as it is."""
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
