"""Settings that Teams must not run with."""

from __future__ import annotations

from typing import Any

import pytest

from bot.teams.settings import TeamsSettings, TeamsSettingsError, refuse_danger

GIVEN: dict[str, Any] = {"app_id": "a", "app_secret": "s", "tenant_id": "t"}


@pytest.mark.parametrize("missing", ["app_id", "app_secret", "tenant_id"])
def test_half_a_registration_is_refused(missing: str) -> None:
    """The SDK would take an id without a secret for a managed identity."""
    with pytest.raises(TeamsSettingsError):
        TeamsSettings(**(GIVEN | {missing: ""}))


def test_the_default_addresses_are_microsofts() -> None:
    settings = TeamsSettings(**GIVEN)
    assert settings.serves("https://smba.trafficmanager.net/emea/")
    assert settings.serves("https://smba.infra.gcc.teams.microsoft.com/x")
    assert not settings.serves("http://127.0.0.1:3978")
    assert not settings.serves("https://evilbotframework.com")
    assert settings.requests_per_second == 30


def test_an_address_to_post_to_must_be_one_that_is_trusted() -> None:
    with pytest.raises(TeamsSettingsError, match="not an address"):
        TeamsSettings(**GIVEN, service_url="https://elsewhere.example")


def test_only_named_tenants_may_speak() -> None:
    assert TeamsSettings(**GIVEN).welcomes("t")
    assert not TeamsSettings(**GIVEN).welcomes("")
    both = TeamsSettings(**GIVEN, tenants=frozenset({"t", "u"}))
    assert both.welcomes("u")


def test_dangerous_switches_are_refused_by_name() -> None:
    refuse_danger({"PATH": "/bin", "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS": ""})
    with pytest.raises(TeamsSettingsError, match="DANGEROUSLY_ALLOW_X"):
        refuse_danger({"DANGEROUSLY_ALLOW_X": "1"})
