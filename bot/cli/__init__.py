"""The command ``soundingboard``. Imports are lazy: ``--help`` must not load a language model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.authoring import survey_association_page, survey_new, survey_schema, survey_templates
from bot.cli.feedback import feedback
from bot.cli.frameworks import framework
from bot.cli.launching import survey_launch
from bot.cli.lessons import lesson
from bot.cli.lists import lists
from bot.cli.loading import district, people
from bot.cli.operating import failure as _failure
from bot.cli.operating import operate as _operate
from bot.cli.operating import settings as _settings
from bot.cli.plan import plan
from bot.cli.reading import evaluate, route
from bot.cli.records import records
from bot.cli.restored import restored
from bot.cli.results import survey_export
from bot.cli.rules import rule
from bot.cli.sending import announce, campaign, survey
from bot.cli.series import series
from bot.cli.setup import setup
from bot.cli.slack import slack

app = typer.Typer(
    name="soundingboard",
    help="Listen to a school district's staff about technology, and tell them what changes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # boxes and colours would make up two thirds of the time of --help
)
database = typer.Typer(help="The database.", no_args_is_help=True)
audit = typer.Typer(help="The audit: who did and saw what.", no_args_is_help=True)
for name, group in (
    ("district", district),
    ("people", people),
    ("list", lists),
    ("plan", plan),
    ("survey", survey),
    ("feedback", feedback),
    ("records", records),
    ("restored", restored),
    ("rule", rule),
    ("lesson", lesson),
    ("framework", framework),
    ("database", database),
    ("audit", audit),
    ("slack", slack),
):
    app.add_typer(group, name=name)
survey.add_typer(series, name="series")
survey.command("templates")(survey_templates)
survey.command("new")(survey_new)
survey.command("launch")(survey_launch)
survey.command("schema")(survey_schema)
survey.command("association-page")(survey_association_page)
app.command()(setup)
survey.command("export")(survey_export)


# -- running -----------------------------------------------------------------------------------


@app.command()
def run(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    web_only: Annotated[
        bool, typer.Option("--web-only", help="Leave delivering and reading to workers.")
    ] = False,
) -> None:
    """Run the service: web pages, Slack and Teams, scheduled jobs and delivery."""
    from bot.app.serving import serve, serve_pages_only

    given = {"host": host, "port": port}
    settings = _settings(**{key: value for key, value in given.items() if value is not None})
    _serve(lambda: serve_pages_only(settings) if web_only else serve(settings))


@app.command()
def worker() -> None:
    """Deliver and read alongside ``run`` (PostgreSQL): as many as you like, on any machine."""
    from bot.app.serving import work

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
    from bot.demo.start import serve_demo

    _serve(lambda: serve_demo(folder, port=port, pace=pace))


def _serve(serving: Any) -> None:
    from bot.app.locking import AlreadyRunningError
    from bot.app.settings import SettingsError
    from storage.migrating import WrongVersionError
    from storage.unavailable import UnavailableError
    from storage.vault import WrongSecretError

    try:
        serving()
    except (
        AlreadyRunningError,
        SettingsError,
        UnavailableError,
        WrongVersionError,
        WrongSecretError,
    ) as error:
        raise _failure(str(error)) from None


app.command()(announce)
app.command()(campaign)


# -- reading -----------------------------------------------------------------------------------


app.command()(route)
app.command()(evaluate)


# -- the machine -------------------------------------------------------------------------------


@app.command("signin-link")
def signin_link(email: Annotated[str, typer.Argument(help="Of someone on the roster.")]) -> None:
    """Print a link that signs one person in, once, for fifteen minutes."""
    _operate("signin-link", email=email)


@database.command("upgrade")
def database_upgrade() -> None:
    """Bring the database to this version."""
    from bot.app.logs import set_up_logs
    from bot.doctor.checking import upgrade_database

    set_up_logs("text", quiet=True)
    _serve(lambda: upgrade_database(_settings()))
    typer.echo("The database is at this version.")


@app.command()
def backup(path: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Copy the database, without the keys of open surveys."""
    _operate("backup", path=str(path.absolute()))


@audit.command("verify")
def audit_verify() -> None:
    """Check that nothing in the audit was changed or removed."""
    _operate("audit-verify")


@app.command()
def doctor(
    offline: Annotated[
        bool, typer.Option("--offline", help="Skip the platforms and the mail server.")
    ] = False,
) -> None:
    """Check settings, database and platforms, and say what to fix."""
    import asyncio

    from bot.app.logs import set_up_logs
    from bot.doctor.checking import examine

    set_up_logs("text", quiet=True)
    lines, ok = asyncio.run(examine(_settings(), offline=offline))
    for line in lines:
        typer.echo(line)
    if not ok:
        raise typer.Exit(1)


def main() -> None:
    """The entry point of the command."""
    app()
