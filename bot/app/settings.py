"""Settings: the environment over ``soundingboard.toml``; secrets also from ``…_FILE``."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.openid.settings import OpenIdSettings, OpenIdSettingsError, openid_settings
from governance.people.ways_in import DUTIES, WaysIn, unknown_duties

PREFIX = "SOUNDINGBOARD_"
TOML = "soundingboard.toml"
_LIKE_OURS = "SOUND"
_ENDS = ("", "_FILE")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class SettingsError(Exception):
    """A setting is wrong: the message names it and says how to fix it."""


class Settings(BaseSettings):
    """Everything that can be set. Each field is ``SOUNDINGBOARD_<FIELD>`` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,  # "SLACK_BOT_TOKEN=" of a compose file sets nothing
        toml_file=TOML,
        extra="forbid",
        frozen=True,
    )

    database_url: str = Field(default="sqlite:///data/soundingboard.sqlite3", repr=False)
    """PostgreSQL's may hold a password: shown by ``storage.store.without_password`` only."""
    secret_key: SecretStr | None = None
    """At least 32 characters; the embedded default makes one beside the database."""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    web_url: str = ""
    """The public address; empty: what ``run`` prints."""
    session_hours: float = Field(default=12, gt=0, le=24 * 31)
    session_idle_minutes: float = Field(default=120, ge=10, le=60 * 24 * 31)
    debug: bool = False
    """Errors that end a command come with their traceback."""
    log_format: str = Field(default="text", pattern="^(text|json)$")

    slack_signing_secret: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    """One workspace by its token."""
    slack_client_id: str = ""
    """The app's: workspaces are installed into by OAuth, in the place of one token."""
    slack_client_secret: SecretStr | None = None
    slack_workspaces: str = ""
    """Which may install it (T… or E…), separated by spaces; empty: the first one that does."""
    slack_app_token: SecretStr | None = None
    """Socket Mode: we connect to Slack, and it calls nobody."""
    slack_api_url: str = "https://slack.com/api/"
    slack_per_minute: float = Field(default=230, gt=0)

    teams_app_id: str = ""
    teams_app_secret: SecretStr | None = None
    teams_tenant_id: str = ""
    teams_openid_metadata_url: str = (
        "https://login.botframework.com/v1/.well-known/openidconfiguration"
    )
    teams_login_url: str = "https://login.microsoftonline.com"
    teams_service_url: str = "https://smba.trafficmanager.net/amer"
    """The Bot Connector's address for posts to channels."""
    teams_service_hosts: str = ""
    """Further connector hosts to trust beside Microsoft's, separated by spaces."""
    teams_graph_url: str = "https://graph.microsoft.com/v1.0"
    teams_per_second: float = Field(default=30, gt=0)
    teams_install_app: bool = False
    """Install the app by Microsoft Graph for people who have not, when something waits for them."""
    teams_activity_feed: bool = False
    """Tell people in Teams' activity feed that an announcement waits to be read."""
    teams_catalogue_id: str = ""
    """The app's id in the tenant's catalogue; empty: Graph is asked for it."""

    smtp_host: str = ""
    """Empty: nobody is told by mail."""
    smtp_port: int = Field(default=0, ge=0, le=65535)
    """0: 587, 465 or 25, by ``smtp_security``."""
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_security: str = Field(default="", pattern="^(starttls|tls|none|)$")
    """Empty: ``starttls``, on this machine ``none``."""
    mail_from: str = ""
    mail_reply_to: str = ""
    mail_per_second: float = Field(default=5, gt=0)

    help_desk_email: str = ""
    """Where things that are broken now are handed to, by mail. Empty: they are not offered."""
    help_desk_webhook: str = ""
    """Or by a call to the help desk's system: its https address."""
    help_desk_token: SecretStr | None = None
    """Sent to the webhook as a bearer token."""
    help_desk_secret: SecretStr | None = None
    """Calls to the webhook are signed with it (HMAC-SHA256)."""

    openid_discovery_url: str = ""
    """Empty: nobody signs in with the district's accounts."""
    openid_client_id: str = ""
    openid_client_secret: SecretStr | None = None
    openid_tenant_id: str = ""
    """Microsoft Entra: the one tenant whose accounts may come in."""
    openid_hosted_domain: str = ""
    """Google: the domains whose accounts may come in, separated by spaces."""
    openid_provider: str = Field(default="", pattern="^(entra|google|other|)$")
    """Empty: by the discovery address."""
    openid_required_for: str = ""
    """Duties that come in with the district's account only, separated by spaces."""

    llm_url: str = ""
    """An OpenAI-compatible language model of the district's own, up to ``/v1``. Empty: none."""
    llm_model: str = ""
    llm_key: SecretStr | None = None
    llm_seconds: float = Field(default=15, gt=0, le=60)
    """How long a message may wait for it."""

    reader_at_start: bool = True
    """Start the process that reads with the service (400 MB), so that no alarm waits for it. Else
    it starts at the first message."""

    metrics_token: SecretStr | None = None
    """Who brings it may read /metrics from another machine."""
    metrics_port: int = Field(default=0, ge=0, le=65535)
    """Where a worker, which has no doors, serves /metrics and /readyz. 0: nowhere."""

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("give sqlite:///PATH or postgresql://USER@HOST/NAME")
        return url

    @field_validator("web_url")
    @classmethod
    def _no_slash(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("give an address that starts with https:// or http://")
        return url.rstrip("/")

    @field_validator("help_desk_webhook")
    @classmethod
    def _safe_webhook(cls, url: str) -> str:
        parts = urlsplit(url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if url and (not safe or not parts.hostname or parts.username):
            raise ValueError("give an address that starts with https://, without a password in it")
        return url

    @field_validator("mail_from", "mail_reply_to", "help_desk_email")
    @classmethod
    def _one_address(cls, address: str) -> str:
        if address and not _ADDRESS.fullmatch(address):
            raise ValueError("give one address, like sounding-board@schools.example.org")
        return address

    @property
    def mail(self) -> bool:
        return bool(self.smtp_host)

    @property
    def mail_security(self) -> Literal["starttls", "tls", "none"]:
        """How the mail server is spoken to."""
        match self.smtp_security:
            case "starttls" | "tls" | "none" as said:
                return said
            case _:
                return "none" if self.smtp_host in LOOPBACK else "starttls"

    @property
    def help_desk(self) -> bool:
        return bool(self.help_desk_webhook or self.help_desk_email)

    @property
    def openid(self) -> bool:
        return bool(self.openid_discovery_url)

    @property
    def ways_in(self) -> WaysIn:
        """How people come in on the web."""
        required = frozenset(self.openid_required_for.replace(",", " ").split())
        return WaysIn(openid=self.openid, required_for=required if self.openid else frozenset())

    @property
    def slack(self) -> bool:
        return self.slack_bot_token is not None or self.slack_oauth

    @property
    def slack_oauth(self) -> bool:
        """Whether workspaces are installed into by OAuth."""
        return bool(self.slack_client_id)

    @property
    def teams(self) -> bool:
        return bool(self.teams_app_id)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; ``SettingsError`` names what is wrong and how to fix it."""
    _refuse_unknown()
    try:
        settings = Settings(**{**_from_files(), **overrides})
    except ValidationError as error:
        lines = [
            f"{PREFIX}{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()
        ]
        raise SettingsError("\n".join(lines)) from None
    except TOMLDecodeError as error:
        raise SettingsError(f"{TOML} cannot be read: {error}") from None
    _check_slack(settings)
    if settings.teams and (settings.teams_app_secret is None or not settings.teams_tenant_id):
        raise SettingsError(
            f"{PREFIX}TEAMS_APP_SECRET and {PREFIX}TEAMS_TENANT_ID are needed in addition to "
            f"{PREFIX}TEAMS_APP_ID."
        )
    _check_mail(settings)
    _check_model(settings)
    _check_openid(settings)
    _check_help_desk(settings)
    return settings


def _meant(name: str, fields: Sequence[str]) -> str:
    """The setting whose name is closest, without the prefix; "" where none is close."""
    if name.startswith(PREFIX):  # what all have in common makes none of them closer
        return next(iter(get_close_matches(name.removeprefix(PREFIX), fields, n=1)), "")
    whole = [f"{PREFIX}{field}" for field in fields]
    found = get_close_matches(name, whole, n=1, cutoff=0.85)
    return found[0].removeprefix(PREFIX) if found else ""


def _refuse_unknown() -> None:
    """A misspelt variable would set nothing, and nobody would know."""
    fields = [f"{field.upper()}{end}" for field in Settings.model_fields for end in _ENDS]
    known = {f"{PREFIX}{field}" for field in fields}
    lines = []
    for name in sorted(os.environ):
        if not name.upper().startswith(_LIKE_OURS) or name.upper() in known:
            continue
        meant = _meant(name.upper(), fields)
        if meant or name.startswith(PREFIX):
            hint = f"Did you mean {PREFIX}{meant}?" if meant else "Remove it."
            lines.append(f"{name} is not a setting of Sounding Board. {hint}")
    if lines:
        raise SettingsError("\n".join(lines))


def debugging() -> bool:
    """Whether errors that end a command come with a traceback; never where settings are wrong."""
    with suppress(SettingsError):
        return load_settings().debug
    return False


def _check_slack(settings: Settings) -> None:
    client, app = settings.slack_client_secret, settings.slack_app_token
    if settings.slack_oauth != (client is not None):
        raise SettingsError(f"{PREFIX}SLACK_CLIENT_ID and {PREFIX}SLACK_CLIENT_SECRET go together.")
    if settings.slack_oauth and settings.slack_bot_token is not None:
        raise SettingsError(
            f"Give {PREFIX}SLACK_BOT_TOKEN for one workspace, or {PREFIX}SLACK_CLIENT_ID for those "
            "that install the app. Not both."
        )
    if app is not None and not settings.slack:
        raise SettingsError(
            f"{PREFIX}SLACK_APP_TOKEN only receives from Slack. To send there, set "
            f"{PREFIX}SLACK_BOT_TOKEN or {PREFIX}SLACK_CLIENT_ID too."
        )
    if app is not None and not app.get_secret_value().startswith("xapp-"):
        raise SettingsError(
            f"{PREFIX}SLACK_APP_TOKEN is not an app-level token. Those begin with xapp-."
        )
    if settings.slack and app is None and settings.slack_signing_secret is None:
        raise SettingsError(
            f"{PREFIX}SLACK_SIGNING_SECRET is missing: a bot token alone cannot tell who is "
            "calling. Copy it from the app's Basic Information page."
        )


def _check_mail(settings: Settings) -> None:
    if not settings.mail:
        return
    if not settings.mail_from:
        raise SettingsError(
            f"{PREFIX}MAIL_FROM is missing: give the address that mails are sent from, one that "
            f"{settings.smtp_host} lets us use."
        )
    if bool(settings.smtp_user) != (settings.smtp_password is not None):
        raise SettingsError(f"{PREFIX}SMTP_USER and {PREFIX}SMTP_PASSWORD belong together.")
    plain = settings.mail_security == "none" and settings.smtp_host not in LOOPBACK
    if plain and settings.smtp_user:
        raise SettingsError(
            f"{PREFIX}SMTP_SECURITY is none, so the password would cross the network for all to "
            "read. Use starttls or tls, or a server that takes mail without a password."
        )


def _check_model(settings: Settings) -> None:
    if bool(settings.llm_url) != bool(settings.llm_model):
        raise SettingsError(f"{PREFIX}LLM_URL and {PREFIX}LLM_MODEL go together.")
    if settings.llm_url and not settings.llm_url.startswith(("https://", "http://")):
        raise SettingsError(f"{PREFIX}LLM_URL: give an address that starts with https://")


def _check_help_desk(settings: Settings) -> None:
    if settings.help_desk_webhook and settings.help_desk_email:
        raise SettingsError(f"Give {PREFIX}HELP_DESK_WEBHOOK or {PREFIX}HELP_DESK_EMAIL. Not both.")
    if settings.help_desk_email and not settings.mail:
        raise SettingsError(
            f"{PREFIX}HELP_DESK_EMAIL needs a mail server: set {PREFIX}SMTP_HOST too."
        )
    if settings.help_desk_webhook and settings.help_desk_secret is None:
        raise SettingsError(
            f"{PREFIX}HELP_DESK_SECRET is missing: without it the help desk's system cannot tell "
            "who is calling. Make one that both sides know."
        )


def openid_of(settings: Settings, web_url: str) -> OpenIdSettings:
    """The part of the settings that the district's accounts need; ``SettingsError``."""
    secret = settings.openid_client_secret
    try:
        return openid_settings(
            discovery_url=settings.openid_discovery_url,
            client_id=settings.openid_client_id,
            client_secret=secret.get_secret_value() if secret else "",
            tenant=settings.openid_tenant_id,
            domains=settings.openid_hosted_domain,
            kind=settings.openid_provider,
            web_url=web_url,
        )
    except OpenIdSettingsError as error:
        raise SettingsError(f"{PREFIX}{error.setting} {error.why}") from None


def _check_openid(settings: Settings) -> None:
    if not settings.openid:
        if settings.openid_required_for or settings.openid_client_id:
            raise SettingsError(
                f"{PREFIX}OPENID_DISCOVERY_URL is missing: without it nobody can sign in with the "
                "district's accounts."
            )
        return
    openid_of(settings, settings.web_url)
    if unknown := unknown_duties(settings.ways_in.required_for):
        raise SettingsError(
            f"{PREFIX}OPENID_REQUIRED_FOR names {', '.join(unknown)}. It may name: "
            f"{', '.join(DUTIES)}."
        )


def _from_files() -> dict[str, Any]:
    """``SOUNDINGBOARD_X_FILE`` names a file that holds the value of ``SOUNDINGBOARD_X``."""
    found: dict[str, Any] = {}
    for name, path in os.environ.items():
        if name.startswith(PREFIX) and name.endswith("_FILE"):
            field = name.removeprefix(PREFIX).removesuffix("_FILE").lower()
            try:
                found[field] = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise SettingsError(f"{name}: cannot read {path}: {error.strerror}") from None
            except UnicodeDecodeError:
                raise SettingsError(f"{name}: {path} is not text (UTF-8).") from None
    return found
