"""What the forms about a gap show beside their fields. What may appear anywhere does not name the
safeguard."""

from __future__ import annotations

from uuid import UUID

from core.cards import Look, Secrecy
from core.forms import Above, Opening, Said
from core.text import Text
from governance.controls import addresses
from governance.gaps.commands import ShowGap


def deciding(
    assessment: UUID,
    number: str,
    safeguard: str,
    name: Text,
    *,
    answering: tuple[tuple[str, str], ...],
    owner: str,
) -> Opening:
    """``answering``: (id, name) of the people who can accept a risk by their office. ``owner``: the
    email address of the safeguard's."""
    path = addresses.safeguard(assessment, number)
    who_reads = Said(
        "The ISO and the CTO can read this, and so can the people you name. Earlier decisions "
        "stay on record."
    )
    return Opening(
        title=Said("Decide about {safeguard}", {"safeguard": safeguard}),
        secrecy=Secrecy.SIGNED_IN,
        outside=Said("Work on security practices"),
        above=(Above(name, Look.STRONG), Above(who_reads, Look.QUIET)),
        values={"owner": owner},
        choices={"accepted_by": answering},
        submit=Said("Save"),
        shows=Said("Decide"),
        leave=path,
        up=(safeguard, path),
    )


def declining(gap_id: UUID, safeguard: str) -> Opening:
    return Opening(
        title=Said("Decline the risk of {safeguard}", {"safeguard": safeguard}),
        secrecy=Secrecy.SIGNED_IN,
        outside=Said("Decline a risk"),
        above=(Said("The ISO will read your reason and decide again."),),
        submit=Said("Decline it"),
        leave=addresses.gap(gap_id),
        back=ShowGap(gap_id=gap_id),
        up=(safeguard, addresses.gap(gap_id)),
    )


def closing(gap_id: UUID, safeguard: str) -> Opening:
    return Opening(
        title=Said("Close the work on {safeguard}", {"safeguard": safeguard}),
        secrecy=Secrecy.SIGNED_IN,
        outside=Said("Close this work"),
        above=(Said("You can’t change it after that."),),
        submit=Said("Close it"),
        leave=addresses.gap(gap_id),
        back=ShowGap(gap_id=gap_id),
        up=(safeguard, addresses.gap(gap_id)),
    )


def ticket(gap_id: UUID, safeguard: str) -> Opening:
    what_goes = Said(
        "The help desk gets this text with the time, your name, your email address and your "
        "building."
    )
    return Opening(
        title=Said("Help-desk ticket for {safeguard}", {"safeguard": safeguard}),
        secrecy=Secrecy.SIGNED_IN,
        outside=Said("Help-desk ticket"),
        above=(what_goes,),
        submit=Said("Send it"),
        shows=Said("Help-desk ticket"),
        leave=addresses.gap(gap_id),
        back=ShowGap(gap_id=gap_id),
        up=(safeguard, addresses.gap(gap_id)),
    )
