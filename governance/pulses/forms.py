"""What the form to ask how ready people are shows beside its fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from core.forms import Opening, Said
from core.words import Words
from governance import links
from governance.pulses import wording
from governance.pulses.commands import ShowReady
from governance.pulses.model import Moment


def pulse(change: UUID, can: Collection[Moment], values: Mapping[str, object]) -> Opening:
    """``can``: which pulses of the change can still be asked."""
    path = links.change("", change)

    def named(one: Moment) -> tuple[str, Callable[[Words], str]]:
        return one.value, lambda words: wording.moment(words, one)

    return Opening(
        title=Said("Ask how ready people are"),
        above=(
            Said(
                "Five statements and an open question, about 2 minutes. Nobody is asked until you "
                "confirm."
            ),
            Said("It can be asked once before the change and once after it."),
        ),
        values=values,
        choices={"moment": tuple(named(one) for one in can)},
        submit=Said("Preview"),
        shows=Said("Ask how ready people are"),
        leave=path,
        back=ShowReady(change_id=change),
        up=(Said("Back to the change"), path),
    )
