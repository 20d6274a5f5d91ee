"""The command that launches a survey: to whom, to which part of them, and from when to when."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.operating import operate, operated, tell


def _option(words: str) -> Any:
    return typer.Option(help=words)


File = Annotated[Path, typer.Argument(help="A survey's YAML file.")]
Opens = Annotated[str | None, _option("Local time; default now.")]
Closes = Annotated[
    str | None, _option("Local time; default 16:00 on the first school day in a week.")
]
Several = Annotated[list[str] | None, typer.Option()]
Addresses = Annotated[list[Path] | None, _option("A file of email addresses, one per line.")]
AudienceFile = Annotated[Path | None, _option("A YAML file with an audience, instead of lists.")]
Lot = Annotated[str | None, _option('Draw a random sample: a number, or a share such as "10%".')]
Simple = Annotated[
    bool, typer.Option("--simple", help="Don’t represent each role and building by its share.")
]
Turns = Annotated[int | None, _option("Split people into this many groups and ask the next one.")]
Before = Annotated[str | None, _option("The id of the earlier wave that this one repeats.")]
Reason = Annotated[
    str | None, _option("Also ask people who have reached the survey limit: the reason.")
]
Hold = Annotated[
    bool, typer.Option("--hold", help="A records hold: closing does not delete the answers.")
]
LaunchFile = Annotated[
    Path | None, _option("A YAML file with the audience, times and dates, instead of options.")
]
Dates = Annotated[
    str | None,
    _option('Repeat it: "every second tuesday 9:00", or a cron rule.'),
]
FirstDay = Annotated[str | None, _option("With --repeat: from this day on; default today.")]
DaysOpen = Annotated[int | None, _option("With --repeat: days that each stays open; default 5.")]
Until = Annotated[str | None, _option("With --repeat: the time of its last day; default 16:00.")]
Times = Annotated[int | None, _option("With --repeat: how often each one reminds; default 1.")]
Skip = Annotated[
    bool, typer.Option("--skip-days-off", help="Skip dates on days off instead of moving them.")
]
Check = Annotated[
    bool, typer.Option("--check", help="Show who it would reach, and launch nothing.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Launch without asking.")]


def survey_launch(
    path: File,
    opens: Opens = None,
    closes: Closes = None,
    remind: Several = None,
    role: Several = None,
    level: Several = None,
    building: Several = None,
    committee: Several = None,
    person: Several = None,
    people_from: Addresses = None,
    except_person: Several = None,
    except_committee: Several = None,
    except_building: Several = None,
    except_from: Addresses = None,
    audience: AudienceFile = None,
    sample: Lot = None,
    simple: Simple = False,
    rotate: Turns = None,
    continues: Before = None,
    despite_limit: Reason = None,
    hold: Hold = False,
    plan: LaunchFile = None,
    repeat: Dates = None,
    begins: FirstDay = None,
    days: DaysOpen = None,
    until: Until = None,
    reminders: Times = None,
    skip_days_off: Skip = False,
    check: Check = False,
    yes: Yes = False,
) -> None:
    """Launch a survey to an audience of the roster (all staff when nothing is chosen), once or on
    many dates. On a terminal it says first whom it reaches and who is skipped, and asks."""
    given = {name: plain(value) for name, value in locals().items() if name not in _OURS}
    if check or (sys.stdin.isatty() and not yes):
        tell(operated("survey-launch", **given, check=True))
        if check or not typer.confirm("Launch it?"):
            typer.echo("Nothing was launched.")
            return
        given["read"] = True  # what to think about was shown, and answered
    operate("survey-launch", **given)


_OURS = ("check", "yes")


def plain(value: Any) -> Any:
    """An option as JSON has it. The running service has another folder: paths are whole."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return str(value.absolute()) if isinstance(value, Path) else value
