"""Whom a launch reaches, on its form: the part of an audience, and what is said before a launch."""

from __future__ import annotations

from hashlib import sha256

from bot.web.forms import Form
from surveys.encoding import audience_to_json
from surveys.people import Audience
from surveys.questions import Unfit
from surveys.sampling import Rotation, Sample, Selection

ALL, SAMPLE, ROTATION = "all", "sample", "rotation"


def selection_of(form: Form) -> Selection | Unfit | None:
    """The part of the audience that a form chooses; why not, where its number is none."""
    part, written = form.one("part"), form.one("part_number").strip()
    if part not in (SAMPLE, ROTATION):
        return None
    number, percent, rest = written.partition("%")
    digits = number.strip()
    if rest.strip() or not (digits.isascii() and digits.isdigit() and len(digits) < 7):
        return Unfit(why="Give a whole number, or for a sample a share such as 10%.")
    if part == ROTATION:
        return Unfit(why="Give a number of groups.") if percent else Rotation(groups=int(digits))
    return Sample(share=int(digits) / 100) if percent else Sample(people=int(digits))


def despite_of(form: Form) -> str | None:
    """Why also those are asked who were asked often enough; None: they are spared."""
    return form.one("despite_why").strip() if form.one("despite") == "yes" else None


def chosen(form: Form, audience: Audience) -> str:
    """What the reach depends on, so that nobody launches to others than they were told of."""
    parts = ("part", "part_number", "despite", "opens_at_date", "opens_at_time")
    words = "\n".join([audience_to_json(audience), *map(form.one, parts)])
    return sha256(words.encode()).hexdigest()[:16]
