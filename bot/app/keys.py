"""The service's own key, and files with secrets in them that others could read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bot.app.settings import PREFIX, TOML, Settings, SettingsError

_KEY_BYTES = 32


def secret_key(settings: Settings, database: Path | None) -> bytes:
    """The key everything is derived from. On the embedded default it is made at the first start
    and kept beside the database (mode 0600), never in it."""
    if settings.secret_key is not None:
        key = settings.secret_key.get_secret_value()
        if len(key) < _KEY_BYTES:
            raise SettingsError(f"{PREFIX}SECRET_KEY is too short: give 32 characters or more.")
        return key.encode()
    if database is None:
        raise SettingsError(
            f"{PREFIX}SECRET_KEY is missing. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return _beside(database)


def _beside(database: Path) -> bytes:
    path = database.with_name(database.name + ".key")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            raise SettingsError(
                f"{path} can be read by others on this machine. Fix it with: chmod 600 {path}"
            ) from None
        return _whole_key(path)
    if database.exists():
        path.unlink()
        raise SettingsError(
            f"{path} is gone, so what {database} holds cannot be read. Put the key back, or set "
            f"{PREFIX}SECRET_KEY to it."
        )
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_urlsafe(_KEY_BYTES).encode())
        file.flush()
        os.fsync(file.fileno())  # before anything is written that only this key can read
    return _whole_key(path)


def _whole_key(path: Path) -> bytes:
    """The key of a file. An empty or a cut one would be a key that anybody can guess."""
    key = path.read_bytes().strip()
    if len(key) < _KEY_BYTES:
        raise SettingsError(
            f"{path} does not hold a whole key: it was cut short or emptied. Put the key back "
            "from where you keep it, or remove the file if there is no database yet."
        )
    return key


def secret_settings() -> frozenset[str]:
    """The names of the settings that hold a secret, as in the file. A database's address may."""
    typed = (name for name, one in Settings.model_fields.items() if "SecretStr" in str(one))
    return frozenset({"database_url", *typed})


def exposed_files(settings: Settings) -> list[Path]:
    """Files with secrets or answers in them that others on this machine can read."""
    toml = Path(TOML)
    held = secret_settings()
    found = []
    if toml.exists() and any(
        line.partition("=")[0].strip().casefold() in held
        for line in toml.read_text(encoding="utf-8").splitlines()
    ):
        found.append(toml)
    if settings.database_url.startswith("sqlite:///"):
        found.append(Path(settings.database_url.removeprefix("sqlite:///")))
    return [path for path in found if path.exists() and path.stat().st_mode & 0o077]
