"""The commands that ask and announce: ``survey``, ``announce`` and ``campaign``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.operating import failure, operate, operated, tell

survey = typer.Typer(
    help="Surveys: start one from a template, check a file, launch, close.", no_args_is_help=True
)


@survey.command("check")
def survey_check(
    path: Annotated[Path, typer.Argument(help="A survey's YAML file.")],
    district: Annotated[
        Path | None, typer.Option(help="A district's folder: count its groups, too.")
    ] = None,
) -> None:
    """Say what is wrong in a survey's file, what will not fit on a platform, and which questions
    identify people or are subjects of bargaining."""
    from bot.doctor.checking import survey_lines

    lines, ok = survey_lines(path, district)
    for line in lines:
        typer.echo(line)
    if not ok:
        raise typer.Exit(1)


@survey.command("close")
def survey_close(
    wave: Annotated[str, typer.Argument(help="The wave's id.")],
    without_results: Annotated[
        bool,
        typer.Option(
            "--without-results",
            help="After a restore: delete its answers and show no results, because some were seen.",
        ),
    ] = False,
    never_seen: Annotated[
        bool,
        typer.Option(
            "--no-result-was-seen",
            help="After a restore: confirms that nobody saw its results, not even live ones.",
        ),
    ] = False,
) -> None:
    """Close a wave now: its results are computed, then its answers are deleted. A survey that was
    open in a backup that was restored needs one of the two options."""
    if without_results and never_seen:
        raise failure("Give --without-results or --no-result-was-seen, not both.")
    word = "without-results" if without_results else "never-seen" if never_seen else ""
    operate("survey-close", wave=wave, restored=word)


@survey.command("extend")
def survey_extend(
    wave: Annotated[str, typer.Argument(help="The wave's id.")],
    closes: Annotated[str, typer.Option(help="Local time, later than the one it has.")],
) -> None:
    """Extend a wave. Reminders and pages show the new time."""
    operate("survey-extend", wave=wave, closes=closes)


@survey.command("lift-hold")
def survey_lift_hold(wave: Annotated[str, typer.Argument(help="The wave's id.")]) -> None:
    """End a survey's records hold: its answers are deleted now, or when it closes."""
    operate("survey-lift-hold", wave=wave)


def announce(
    path: Annotated[Path | None, typer.Argument(help="An announcement's YAML file.")] = None,
    key: Annotated[str | None, typer.Option(help="Or the key of a loaded draft.")] = None,
    at: Annotated[str | None, typer.Option(help="Local time; default now.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    urgent: Annotated[
        bool,
        typer.Option(
            "--urgent", help="Not available here: sending as urgent takes two people, on the web."
        ),
    ] = False,
    everyone: Annotated[
        str, typer.Option(help="Type “everyone” to confirm that it goes to everyone.")
    ] = "",
) -> None:
    """Announce a change: shows whom it reaches and how long it takes, then sends. To many people
    it goes once a second person has approved it."""
    from uuid import uuid4

    if (path is None) == (key is None):
        raise failure("Name a file, or give --key with the key of a loaded draft.")
    given = {
        "path": str(path.absolute()) if path else None,
        "key": key,
        "id": str(uuid4()),
        "urgent": urgent,
    }
    tell(operated("announce", **given, send=False))
    if not yes and not typer.confirm("Send it?"):
        typer.echo("Nothing was sent.")
        return
    operate("announce", **given, at=at, everyone=everyone, send=True)


def campaign(
    which: Annotated[str, typer.Argument(help="An announcement's key or id, or a wave's id.")],
    stop: Annotated[bool, typer.Option("--stop", help="Stop sending.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Send the rest.")] = False,
) -> None:
    """Show what became of an announcement; stop what is going out, or send the rest."""
    if stop and resume:
        raise failure("Give --stop or --resume, not both.")
    operate("campaign", which=which, do="stop" if stop else "resume" if resume else None)
