"""What the pages about priorities and goals show."""

from __future__ import annotations

from governance.alignment.commands import ShowAlignForm, ShowAlignment
from tests.bot.samples.alignment import alignments
from tests.bot.web.examples import HOSTILE

SAID = alignments(HOSTILE)
ANSWERS = {ShowAlignment: SAID["alignment"], ShowAlignForm: SAID["align_form"]}
