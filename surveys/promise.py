"""What a survey promises of its answers, read from its plan: said before the first question."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.survey import Dimension, Survey


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Who will see what of the answers, as far as a survey's plan decides it.

    ``groups``: what its tables are split by, the coarser first, each once; empty is the whole
    district. ``committees``: the names of those whose members see the tables, too. ``held``: a
    records hold keeps the answers linkable after the closing.
    """

    groups: tuple[frozenset[Dimension], ...] = (frozenset(),)
    comments: bool = False
    committees: tuple[str, ...] = ()
    held: bool = False


def promise(survey: Survey, *, committees: tuple[str, ...] = (), held: bool = False) -> Promise:
    """``committees``: their names, in the order in which they are told."""
    splits = dict.fromkeys(frozenset(table.by) for table in survey.tables)
    order = list(Dimension)
    return Promise(
        groups=tuple(
            sorted(splits, key=lambda by: (len(by), sorted(order.index(part) for part in by)))
        ),
        comments=survey.has_comments,
        committees=committees,
        held=held,
    )
