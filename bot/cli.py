"""The command ``soundingboard``. Imports are lazy: ``--help`` must not load a language model."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli_operating import failure as _failure
from bot.cli_operating import operate as _operate
from bot.cli_operating import operated as _operated
from bot.cli_operating import settings as _settings
from bot.cli_operating import tell as _tell
from bot.cli_setup import setup

app = typer.Typer(
    name="soundingboard",
    help="Listen to a school district's staff about technology, and tell them what changes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # boxes and colours would make up two thirds of the time of --help
)
district = typer.Typer(help="A district's files: check, load, export.", no_args_is_help=True)
people = typer.Typer(help="The staff roster.", no_args_is_help=True)
survey = typer.Typer(help="Surveys: check a file, launch, close.", no_args_is_help=True)
database = typer.Typer(help="The database.", no_args_is_help=True)
for name, group in (
    ("district", district),
    ("people", people),
    ("survey", survey),
    ("database", database),
):
    app.add_typer(group, name=name)
app.command()(setup)

FolderOf = Annotated[Path, typer.Argument(help="The folder with the district's files.")]
ConfirmLeaving = Annotated[
    bool, typer.Option("--confirm-leaving", help="Yes, more than a fifth of the people left.")
]


# -- running -----------------------------------------------------------------------------------


@app.command()
def run(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    web_only: Annotated[
        bool, typer.Option("--web-only", help="Leave delivering and reading to workers.")
    ] = False,
) -> None:
    """Serve: web pages, Slack and Teams, with the clock and the pump inside."""
    from bot.serving import serve, serve_pages_only

    given = {"host": host, "port": port}
    settings = _settings(**{key: value for key, value in given.items() if value is not None})
    _serve(lambda: serve_pages_only(settings) if web_only else serve(settings))


@app.command()
def worker() -> None:
    """Deliver and read beside ``run`` (PostgreSQL): as many as you like, on any machine."""
    from bot.serving import work

    _serve(lambda: work(_settings()))


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8080,
    folder: Annotated[Path, typer.Option(help="Where the demo's database goes.")] = Path("data"),
    pace: Annotated[
        float, typer.Option(help="How fast simulated colleagues answer (1 = calm).")
    ] = 1,
) -> None:
    """Try it: the example district on a fresh database, with simulated colleagues."""
    from bot.demo import serve_demo

    _serve(lambda: serve_demo(folder, port=port, pace=pace))


def _serve(serving: Any) -> None:
    from bot.locking import AlreadyRunningError
    from bot.settings import SettingsError
    from storage.migrating import WrongVersionError
    from storage.vault import WrongSecretError

    try:
        serving()
    except (AlreadyRunningError, SettingsError, WrongVersionError, WrongSecretError) as error:
        raise _failure(str(error)) from None


# -- a district's files ------------------------------------------------------------------------


@district.command("check")
def district_check(path: FolderOf) -> None:
    """Say what is wrong in a district's files, with file, line and fix."""
    from bot.checking import district_lines

    lines, mend = district_lines(path)
    for line in lines:
        typer.echo(line)
    if mend:
        raise _failure(f"{mend} to mend.")


@district.command("load")
def district_load(
    path: FolderOf,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the difference.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also replace what was edited on the web.")
    ] = False,
    confirm_leaving: ConfirmLeaving = False,
) -> None:
    """Load a district's files: shows the difference and applies it by key."""
    _operate(
        "district-load",
        path=str(path.absolute()),
        apply=not dry_run,
        overwrite=overwrite,
        confirmed=confirm_leaving,
    )


@district.command("export")
def district_export(path: FolderOf) -> None:
    """Write the loaded district's files back."""
    _operate("district-export", path=str(path.absolute()))


@people.command("import")
def people_import(
    source: Annotated[
        str, typer.Argument(help="A OneRoster folder, a CSV file, or: slack, graph.")
    ],
    mapping: Annotated[
        Path | None, typer.Option(help="A people.yaml in place of the loaded one.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the difference.")] = False,
    confirm_leaving: ConfirmLeaving = False,
) -> None:
    """Import the roster: shows who is added, changed and left."""
    _operate(
        "people-import",
        source=source if source in ("slack", "graph") else str(Path(source).absolute()),
        mapping=str(mapping.absolute()) if mapping else None,
        apply=not dry_run,
        confirmed=confirm_leaving,
    )


# -- surveys and announcements -----------------------------------------------------------------

Several = Annotated[list[str] | None, typer.Option()]


@survey.command("check")
def survey_check(path: Annotated[Path, typer.Argument(help="A survey's YAML file.")]) -> None:
    """Say what is wrong in a survey's file, and what will not fit on a platform."""
    from bot.checking import survey_lines

    lines, ok = survey_lines(path)
    for line in lines:
        typer.echo(line)
    if not ok:
        raise typer.Exit(1)


@survey.command("launch")
def survey_launch(
    path: Annotated[Path, typer.Argument(help="A survey's YAML file.")],
    opens: Annotated[str | None, typer.Option(help="Local time; default now.")] = None,
    closes: Annotated[str | None, typer.Option(help="Local time; default in 7 days.")] = None,
    remind: Several = None,
    role: Several = None,
    level: Several = None,
    building: Several = None,
    committee: Several = None,
    person: Several = None,
) -> None:
    """Launch a survey to an audience of the roster (all staff when nothing is chosen)."""
    _operate(
        "survey-launch",
        path=str(path.absolute()),
        opens=opens,
        closes=closes,
        reminders=remind or [],
        roles=role or [],
        levels=level or [],
        buildings=building or [],
        committees=committee or [],
        people=person or [],
    )


@survey.command("close")
def survey_close(wave: Annotated[str, typer.Argument(help="The wave's id.")]) -> None:
    """Close and seal a wave now."""
    _operate("survey-close", wave=wave)


@app.command()
def announce(
    path: Annotated[Path | None, typer.Argument(help="An announcement's YAML file.")] = None,
    key: Annotated[str | None, typer.Option(help="Or the key of a loaded draft.")] = None,
    at: Annotated[str | None, typer.Option(help="Local time; default now.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    urgent: Annotated[
        bool, typer.Option("--urgent", help="Refused here: it takes two people, on the desk.")
    ] = False,
) -> None:
    """Announce a change: shows whom it reaches and how long it takes, then sends."""
    from uuid import uuid4

    if (path is None) == (key is None):
        raise _failure("Give a file, or --key with the key of a loaded draft.")
    given = {
        "path": str(path.absolute()) if path else None,
        "key": key,
        "id": str(uuid4()),
        "urgent": urgent,
    }
    _tell(_operated("announce", **given, send=False))
    if not yes and not typer.confirm("Send it?"):
        typer.echo("Nothing was sent.")
        return
    _operate("announce", **given, at=at, send=True)


@app.command()
def campaign(
    which: Annotated[str, typer.Argument(help="An announcement's key or id, or a wave's id.")],
    stop: Annotated[bool, typer.Option("--stop", help="Send no more of it.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Send the rest of it.")] = False,
) -> None:
    """Show what became of an announcement; stop what is going out, or send the rest."""
    if stop and resume:
        raise _failure("Give --stop or --resume, not both.")
    _operate("campaign", which=which, do="stop" if stop else "resume" if resume else None)


# -- reading -----------------------------------------------------------------------------------


@app.command()
def route(
    file: Annotated[Path, typer.Argument(help="JSON lines with id, text, role and level.")],
    district: Annotated[
        Path | None, typer.Option(help="The district's folder; default the example district.")
    ] = None,
) -> None:
    """Read messages and print, a JSON line each, where they would go and what was noticed."""
    from bot.routing import route_file

    try:
        for line in route_file(file, district):
            sys.stdout.write(line + "\n")
    except (OSError, ValueError) as error:
        raise _failure(str(error)) from None


# -- the machine -------------------------------------------------------------------------------


@app.command("signin-link")
def signin_link(email: Annotated[str, typer.Argument(help="Of somebody in the roster.")]) -> None:
    """Print a link that signs one person in, once, for fifteen minutes."""
    _operate("signin-link", email=email)


@database.command("upgrade")
def database_upgrade() -> None:
    """Bring the database to this version."""
    from bot.checking import upgrade_database
    from bot.logs import set_up_logs

    set_up_logs("text", quiet=True)
    _serve(lambda: upgrade_database(_settings()))
    typer.echo("The database is at this version.")


@app.command()
def backup(path: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Copy the database, without the keys of open surveys."""
    _operate("backup", path=str(path.absolute()))


@app.command()
def doctor(
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask neither platforms nor the mail server.")
    ] = False,
) -> None:
    """Look at settings, database and platforms, and say what to mend."""
    import asyncio

    from bot.checking import examine
    from bot.logs import set_up_logs

    set_up_logs("text", quiet=True)
    lines, ok = asyncio.run(examine(_settings(), offline=offline))
    for line in lines:
        typer.echo(line)
    if not ok:
        raise typer.Exit(1)


def main() -> None:
    """The entry point of the command."""
    app()
