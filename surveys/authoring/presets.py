"""Scales that come with the product, in its two languages: nobody has to word them again, and two
surveys that use them can be compared."""

from __future__ import annotations

from collections.abc import Mapping

from core.text import Text, text

AGREEMENT: Mapping[int, Text] = {
    1: text("Strongly disagree", es="Muy en desacuerdo"),
    2: text("Disagree", es="En desacuerdo"),
    3: text("Neither agree nor disagree", es="Ni de acuerdo ni en desacuerdo"),
    4: text("Agree", es="De acuerdo"),
    5: text("Strongly agree", es="Muy de acuerdo"),
}

FREQUENCY: Mapping[int, Text] = {
    1: text("Never", es="Nunca"),
    2: text("Rarely", es="Rara vez"),
    3: text("Sometimes", es="A veces"),
    4: text("Often", es="A menudo"),
    5: text("Always", es="Siempre"),
}

LIKELIHOOD: Mapping[int, Text] = {
    0: text("Not at all likely", es="Nada probable"),
    10: text("Extremely likely", es="Sumamente probable"),
}
"""The ends of the employee net promoter score's question."""

PRESETS: Mapping[str, Mapping[int, Text]] = {"agreement": AGREEMENT, "frequency": FREQUENCY}
"""Five points each, every one with words."""
