"""What is chosen so far for a launch, in lines: the summary beside its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.web.authoring import tables
from bot.web.launching.days import school_days
from bot.web.launching.seen import Seen
from bot.web.launching.typed import lines_of_strangers
from governance import wording
from governance.authoring.plan_wording import audience_lines
from governance.labels import Labels
from governance.waves import reach_wording as reach_words
from surveys.messages import LaunchChecked
from surveys.waves.launching import opening


@dataclass(frozen=True, kw_only=True)
class Part:
    """``lines``: the first is what was chosen, the rest what follows from it."""

    label: str
    lines: Sequence[str]


def parts(
    seen: Seen, checked: LaunchChecked, dates: Sequence[str] | None, now: datetime
) -> list[Part]:
    say = seen.words.say
    return [
        Part(label=say("Who is asked"), lines=[*_whom(seen), *reach(seen, checked)]),
        Part(label=say("When"), lines=dates or _when(seen, now)),
        Part(label=say("What is shown"), lines=_shown(seen)),
    ]


def reach(seen: Seen, checked: LaunchChecked) -> list[str]:
    """How many it reaches, who is skipped, and what else follows from whom it names."""
    words = seen.words
    held = [wording.held(words, checked.held)] if checked.held else []
    return [*reach_words.lines(words, checked.reach), *held, *_strangers(seen)]


def _whom(seen: Seen) -> list[str]:
    words, view, audience = seen.words, seen.view, seen.typed.launch.audience
    names = {one.key: one.name for one in view.buildings} | dict(view.committees) | dict(view.lists)
    return [f"{Labels(words).audience(audience)}.", *audience_lines(words, audience, names)]


def _when(seen: Seen, now: datetime) -> list[str]:
    words, launch = seen.words, seen.typed.launch
    opens_at = opening(launch, now)
    if opens_at <= now:
        opens = words.say("Opens as soon as you launch it.")
    else:
        opens = words.say("Opens on {when}.", when=words.when(opens_at))
    return [
        opens,
        words.say("Closes on {when}.", when=words.when(launch.closes_at)),
        *(
            words.say(
                "A reminder goes to people who have not answered on {when}.", when=words.when(at)
            )
            for at in launch.reminders
        ),
        *([] if launch.reminders else [words.say("No reminders.")]),
        *school_days(words, seen.view.calendar, opens_at, launch.closes_at),
    ]


def _shown(seen: Seen) -> list[str]:
    words = seen.words
    chosen = seen.form.all("tables")
    offered = tables.choices(tables.data_of(seen.view.survey), words)
    return [
        words.say("Results for everyone asked"),
        *(label for value, label in offered if value in chosen),
    ]


def _strangers(seen: Seen) -> list[str]:
    """Addresses that nobody of the staff has: said, never silently left out."""
    words = seen.words
    lines = [f"{line} ({address})" for _, line, address in lines_of_strangers(seen.form, seen.view)]
    if not lines:
        return []
    told = "; ".join(lines[:5]) + ("; …" if len(lines) > 5 else "")
    return [
        words.count(
            "{n} address of your lists is not on the staff roster: line {lines}.",
            "{n} addresses of your lists are not on the staff roster: lines {lines}.",
            len(lines),
            lines=told,
        )
    ]
