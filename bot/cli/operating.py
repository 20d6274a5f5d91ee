"""How a command of the command line runs an operation, and what it prints."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from bot.app.settings import Settings
    from bot.operator.telling import Told


def settings(**overrides: Any) -> Settings:
    """The settings; an exit with words where one is wrong."""
    from bot.app.settings import SettingsError, load_settings

    try:
        return load_settings(**overrides)
    except SettingsError as error:
        raise failure(str(error)) from None


def failure(message: str) -> typer.Exit:
    """Say what went wrong; what it returns is to be raised. With ``SOUNDINGBOARD_DEBUG`` the
    traceback comes first."""
    from bot.app.settings import debugging

    if sys.exception() is not None and debugging():
        traceback.print_exc()
    typer.secho(message, fg=typer.colors.RED, err=True)
    return typer.Exit(1)


def operate(name: str, **given: Any) -> None:
    """Run an operation and print what it says; exit 1 when it did not do what was asked."""
    tell(operated(name, **given))


def operated(name: str, **given: Any) -> Told:
    """Run an operation where the database is; what it says."""
    import asyncio

    import httpx

    from bot.app.locking import AlreadyRunningError
    from bot.app.logs import set_up_logs
    from bot.app.settings import SettingsError
    from bot.operator.operating import operate as on_database
    from storage.district import NoDistrictError
    from storage.migrating import WrongVersionError
    from storage.unavailable import UnavailableError
    from storage.vault import WrongSecretError

    set_up_logs("text", quiet=True)
    try:
        return asyncio.run(on_database(settings(), name, given))
    except (
        AlreadyRunningError,
        SettingsError,
        NoDistrictError,
        UnavailableError,
        WrongVersionError,
        WrongSecretError,
    ) as error:
        raise failure(str(error)) from None
    except httpx.HTTPError as error:
        raise failure(f"The running service did not answer: {error}") from None
    except OSError as error:
        raise failure(f"{error.filename}: {error.strerror}.") from None


def tell(told: Told) -> None:
    """Print what an operation says."""
    for line in told.lines:
        typer.echo(line)
    if not told.ok:
        raise typer.Exit(1)
