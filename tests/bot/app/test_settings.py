"""Settings: each error names the setting and how to fix it; secrets come from files, too."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from pydantic import SecretStr

from bot.app.keys import exposed_files, secret_key
from bot.app.settings import PREFIX, Settings, SettingsError, load_settings

SECRET = "s" * 32

MAIL = {"smtp_host": "mail.example.org", "mail_from": "board@schools.example.org"}


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder and none of our variables."""
    import os

    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


OPENID = {
    "openid_discovery_url": "https://accounts.google.com/.well-known/openid-configuration",
    "openid_client_id": "an-app",
    "openid_client_secret": "hush",
    "openid_hosted_domain": "schools.example.org",
}
TENANT = "8a1f0c52-5b1e-4c6e-9a57-0d6c2f3b1e77"
MICROSOFT = "https://login.microsoftonline.com/{}/v2.0/.well-known/openid-configuration"


@pytest.mark.parametrize(
    ("changed", "fix"),
    [
        ({"openid_client_id": ""}, "OPENID_CLIENT_ID is missing"),
        ({"openid_client_secret": ""}, "OPENID_CLIENT_SECRET is missing"),
        ({"openid_discovery_url": "https://accounts.google.com"}, "must end in /.well-known"),
        (
            {"openid_discovery_url": OPENID["openid_discovery_url"].replace("https", "http")},
            "must start with https",
        ),
        ({"openid_hosted_domain": ""}, "OPENID_HOSTED_DOMAIN is missing"),
        ({"openid_discovery_url": ""}, "OPENID_DISCOVERY_URL is missing"),
        ({"openid_discovery_url": MICROSOFT.format("common")}, "OPENID_TENANT_ID is missing"),
        (
            {"openid_discovery_url": MICROSOFT.format("common"), "openid_tenant_id": TENANT},
            "must name your own tenant",
        ),
        ({"openid_required_for": "cto kings"}, "names kings. It may name: cto, iso"),
        ({"openid_provider": "saml"}, "OPENID_PROVIDER"),
        ({"session_idle_minutes": 1}, "SESSION_IDLE_MINUTES"),
    ],
)
def test_what_is_wrong_with_the_districts_accounts_is_said_at_the_start(
    changed: dict[str, str], fix: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(**OPENID | changed)
    assert fix in str(caught.value)
    assert "hush" not in str(caught.value)


def test_whose_account_is_needed_counts_only_where_there_are_accounts() -> None:
    ways = load_settings(**OPENID, openid_required_for="cto, chairs").ways_in
    assert ways.required_for == {"cto", "chairs"}
    given = {"openid_discovery_url": MICROSOFT.format(TENANT), "openid_tenant_id": TENANT.upper()}
    assert load_settings(**OPENID | given).ways_in.required_for == frozenset()
    assert not load_settings().ways_in.openid


def test_without_any_setting_there_is_a_whole_service() -> None:
    settings = load_settings()
    assert settings.database_url.startswith("sqlite:///")
    assert settings.host == "127.0.0.1"
    assert not settings.slack
    assert not settings.teams


@pytest.mark.parametrize(
    ("name", "value", "fix"),
    [
        ("DATABASE_URL", "mysql://x", "sqlite:///PATH or postgresql://"),
        ("PORT", "eighty", "valid integer"),
        ("PORT", "70000", "less than or equal to 65535"),
        ("WEB_URL", "feedback.example.org", "starts with https:// or http://"),
        ("SESSION_HOURS", "0", "greater than 0"),
        ("LOG_FORMAT", "xml", "text|json"),
        ("SLACK_PER_MINUTE", "-1", "greater than 0"),
        ("TEAMS_PER_SECOND", "0", "greater than 0"),
    ],
)
def test_a_wrong_value_names_its_variable_and_what_to_give(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, fix: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert f"{PREFIX}{name}" in str(caught.value)
    assert fix in str(caught.value)


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}PORT", "eighty")
    monkeypatch.setenv(f"{PREFIX}WEB_URL", "x")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert len(str(caught.value).splitlines()) == 2


def test_an_empty_variable_sets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "PORT", "DATABASE_URL", "SECRET_KEY"):
        monkeypatch.setenv(f"{PREFIX}{name}", "")
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SOUNDINGBOARD_SLACK_BOT_TOKE", "SOUNDINGBOARD_SLACK_BOT_TOKEN"),
        ("SOUNDINGBOARD_SECERT_KEY_FILE", "SOUNDINGBOARD_SECRET_KEY_FILE"),
        ("SOUNDING_BOARD_PORT", "SOUNDINGBOARD_PORT"),
        ("SOUNDBOARD_WEB_URL", "SOUNDINGBOARD_WEB_URL"),
        ("SOUNDINGBOARD_XYZZY", "Remove it"),
    ],
)
def test_a_misspelt_variable_is_refused_with_the_name_that_was_meant(
    monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    monkeypatch.setenv(name, "hush")
    with pytest.raises(SettingsError, match=f"{name} is not a setting .*{meant}") as caught:
        load_settings()
    assert "hush" not in str(caught.value)


def test_a_variable_of_somebody_else_is_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SOUND_DEVICE", "SLACK_BOT_TOKEN", "SOUNDCARD_RATE"):
        monkeypatch.setenv(name, "x")
    load_settings()


def test_the_environment_goes_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "soundingboard.toml").write_text('port = 9000\nhost = "::1"\n')
    assert (load_settings().port, load_settings().host) == (9000, "::1")
    monkeypatch.setenv(f"{PREFIX}PORT", "9001")
    assert (load_settings().port, load_settings().host) == (9001, "::1")
    assert load_settings(port=9002).port == 9002


@pytest.mark.parametrize(
    ("written", "named"),
    [("prot = 9000\n", "PROT"), ("port = \n", "soundingboard.toml"), ("= 1", "soundingboard.toml")],
)
def test_a_wrong_file_is_named(tmp_path: Path, written: str, named: str) -> None:
    (tmp_path / "soundingboard.toml").write_text(written)
    with pytest.raises(SettingsError, match=named):
        load_settings()


# -- secrets ------------------------------------------------------------------------------------


def test_a_secret_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{SECRET}\n")
    monkeypatch.setenv(f"{PREFIX}SECRET_KEY_FILE", str(tmp_path / "key"))
    settings = load_settings()
    assert secret_key(settings, None) == SECRET.encode()
    assert SECRET not in repr(settings)


def test_a_setting_that_is_given_goes_before_its_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "port").write_text("9000")
    monkeypatch.setenv(f"{PREFIX}PORT_FILE", str(tmp_path / "port"))
    assert load_settings().port == 9000
    assert load_settings(port=9001).port == 9001


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv(f"{PREFIX}SECRET_KEY_FILE", str(path))
    with pytest.raises(SettingsError, match=f"{PREFIX}SECRET_KEY_FILE.*key"):
        load_settings()


def test_a_file_for_what_is_no_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "x").write_text("x")
    monkeypatch.setenv(f"{PREFIX}SECERT_KEY_FILE", str(tmp_path / "x"))
    with pytest.raises(SettingsError, match="SECERT_KEY"):
        load_settings()


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"TEAMS_APP_ID": "1"}, "TEAMS_APP_SECRET"),
        ({"TEAMS_APP_ID": "1", "TEAMS_APP_SECRET": "s"}, "TEAMS_TENANT_ID"),
    ],
)
def test_half_a_platform_is_refused(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], missing: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(SettingsError, match=missing):
        load_settings()


def test_an_error_does_not_show_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}SLACK_BOT_TOKEN", "xoxb-sesame")
    monkeypatch.setenv(f"{PREFIX}PORT", "x")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "sesame" not in str(caught.value)


# -- the key beside the database -----------------------------------------------------------------


def test_the_first_start_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    database = tmp_path / "x.sqlite3"
    key = secret_key(Settings(), database)
    path = tmp_path / "x.sqlite3.key"
    assert len(key) >= 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert secret_key(Settings(), database) == key, "the next start finds it"
    assert secret_key(Settings(), tmp_path / "y.sqlite3") != key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused_with_the_fix(tmp_path: Path, mode: int) -> None:
    database = tmp_path / "x.sqlite3"
    secret_key(Settings(), database)
    (tmp_path / "x.sqlite3.key").chmod(mode)
    with pytest.raises(SettingsError, match=r"chmod 600 .*x\.sqlite3\.key"):
        secret_key(Settings(), database)


def test_a_lost_key_is_not_made_anew_for_a_database_that_is_there(tmp_path: Path) -> None:
    database = tmp_path / "x.sqlite3"
    database.write_bytes(b"something")
    for _ in range(2):
        with pytest.raises(SettingsError, match="Put the key back"):
            secret_key(Settings(), database)
    assert not (tmp_path / "x.sqlite3.key").exists()


@pytest.mark.parametrize("left", [b"", b"\n", b"half-a-key"])
def test_a_key_that_was_cut_short_is_refused(tmp_path: Path, left: bytes) -> None:
    path = tmp_path / "x.sqlite3.key"
    path.write_bytes(left)
    path.chmod(0o600)
    with pytest.raises(SettingsError, match="whole key"):
        secret_key(Settings(), tmp_path / "x.sqlite3")


def test_a_short_key_and_none_at_all_are_refused_with_how_to_make_one() -> None:
    with pytest.raises(SettingsError, match="32 characters"):
        secret_key(Settings(secret_key="short"), None)
    with pytest.raises(SettingsError, match="token_urlsafe"):
        secret_key(Settings(), None)


SECRET_FIELDS = [
    name
    for name, field in Settings.model_fields.items()
    if SecretStr in (field.annotation, *get_args(field.annotation))
]


@pytest.mark.parametrize("name", SECRET_FIELDS)
def test_every_secret_in_a_file_that_others_can_read_is_found(tmp_path: Path, name: str) -> None:
    toml = tmp_path / "soundingboard.toml"
    toml.write_text(f'{name} = "hush"\n')
    toml.chmod(0o644)
    assert [path.name for path in exposed_files(Settings(database_url="postgresql://h/n"))] == [
        "soundingboard.toml"
    ]


def test_files_with_secrets_that_others_can_read_are_found(tmp_path: Path) -> None:
    toml = tmp_path / "soundingboard.toml"
    toml.write_text("port = 9000\n")
    toml.chmod(0o644)
    assert exposed_files(Settings()) == []
    toml.write_text(f'secret_key = "{SECRET}"\n')
    assert [path.name for path in exposed_files(Settings())] == ["soundingboard.toml"]
    toml.chmod(0o600)
    assert exposed_files(Settings()) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"smtp_host": "mail.example.org"}, "MAIL_FROM is missing"),
        ({**MAIL, "smtp_user": "u"}, "SMTP_USER and SOUNDINGBOARD_SMTP_PASSWORD belong together"),
        ({**MAIL, "smtp_password": "p"}, "belong together"),
        (
            {**MAIL, "smtp_user": "u", "smtp_password": "p", "smtp_security": "none"},
            "for all to read",
        ),
        ({**MAIL, "mail_from": "Board <a@b>"}, "MAIL_FROM"),
        ({**MAIL, "mail_reply_to": "a@b, c@d"}, "MAIL_REPLY_TO"),
        ({**MAIL, "smtp_security": "ssl"}, "SMTP_SECURITY"),
    ],
)
def test_what_is_wrong_about_mail_is_named(given: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        load_settings(**given)


@pytest.mark.parametrize(
    ("host", "said", "security"),
    [
        ("mail.example.org", "", "starttls"),
        ("mail.example.org", "none", "none"),
        ("127.0.0.1", "", "none"),
        ("localhost", "tls", "tls"),
    ],
)
def test_a_mail_server_is_spoken_to_in_the_clear_on_this_machine_or_when_told_to(
    host: str, said: str, security: str
) -> None:
    settings = load_settings(**{**MAIL, "smtp_host": host, "smtp_security": said})
    assert settings.mail_security == security
    assert "hush" not in repr(load_settings(**MAIL, smtp_user="u", smtp_password="hush"))
