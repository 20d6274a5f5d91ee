"""On the page of a rule, a change or an announcement: the gaps it was created for. For the ISO and
the CTO, on the web only."""

from __future__ import annotations

from governance.committees.model import Office
from governance.controls.access import offices
from governance.facets import Aside
from governance.gaps.commands import ShowOrigins
from governance.gaps.finding import named
from governance.gaps.messages import Origins
from governance.messages import Done
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore


def show(store: GovernanceStore, command: ShowOrigins) -> Origins | Done:
    """Only names each gap and links to its page. That page writes down who read it."""
    found = (store.gap(one) for one in store.gaps_behind(command.subject))
    gaps = tuple((one.id, named(store, one)[0]) for one in found if one is not None)
    return Origins(gaps=gaps) if gaps else Done()


ASIDES = (
    Aside(
        parts=("rule", "change", "announcement"),
        offices=frozenset({Office.ISO, Office.CTO}),
        command=lambda subject: ShowOrigins(subject=subject),
    ),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowOrigins,
        run=lambda store, _, command, __: show(store, command),
        may=offices,
        reads=True,
        untold=True,  # it is asked with every such page: the log and the metrics leave it out
    ),
)
