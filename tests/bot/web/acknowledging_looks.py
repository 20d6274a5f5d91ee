"""The pages about acknowledging the IT rules in each of their states."""

from __future__ import annotations

from governance.acknowledgements.commands import ShowAcknowledgement, ShowAcknowledgements
from governance.duties.commands import ShowOwed
from governance.duties.messages import OwedView
from tests.bot.samples.acknowledgement import ACKNOWLEDGEMENT_MESSAGES as SAID
from tests.bot.samples.acknowledgement import GIVEN
from tests.bot.web.looking import page

_MINE, _FIGURES = f"/acknowledgements/{GIVEN.id}", "/acknowledgements"

ACKNOWLEDGING = (
    page(_MINE),
    page(_MINE, locale="es"),
    page(_MINE, (ShowAcknowledgement, SAID["acknowledge_moved_on"])),
    page(_MINE, (ShowAcknowledgement, SAID["acknowledged"])),
    page(_FIGURES),
    page(_FIGURES, locale="es"),
    page(_FIGURES, (ShowAcknowledgements, SAID["acknowledgement_never"])),
    page("/owed"),
    page("/owed", locale="es"),
    page("/owed", (ShowOwed, OwedView(building="", rows=()))),
)
