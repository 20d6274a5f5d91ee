"""Secrets at rest: what was encrypted opens with the same key for the same purpose and id only."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.core import open_core
from bot.app.settings import Settings
from governance.docket.commands import GiveFeedback
from storage.vault import Vault, WrongSecretError, respondent
from tests.attacks.hall import hall
from tests.journeys.town import TEACHER

VAULT = Vault(b"a-secret-that-was-made-up-for-tests")
ID = uuid4()


@given(st.binary(max_size=500))
def test_what_is_encrypted_opens_again(plain: bytes) -> None:
    encrypted = VAULT.encrypt("feedback", ID, plain)
    assert VAULT.decrypt("feedback", ID, encrypted) == plain
    assert len(plain) < 8 or plain not in encrypted


def test_the_same_words_look_different_every_time() -> None:
    assert VAULT.encrypt("feedback", ID, b"x") != VAULT.encrypt("feedback", ID, b"x")


def test_another_key_purpose_or_id_does_not_open_it_and_says_what_to_do() -> None:
    encrypted = VAULT.encrypt("feedback", ID, b"plain")
    for vault, purpose, bound_to in (
        (Vault(b"another-secret-that-was-made-up-for-tests"), "feedback", ID),
        (VAULT, "wave-key", ID),
        (VAULT, "feedback", uuid4()),
    ):
        with pytest.raises(WrongSecretError, match="SECRET_KEY") as caught:
            vault.decrypt(purpose, bound_to, encrypted)
        assert "plain" not in str(caught.value)


@pytest.mark.parametrize("place", [0, 12, -1])
def test_a_changed_byte_is_noticed(place: int) -> None:
    encrypted = bytearray(VAULT.encrypt("feedback", ID, b"plain"))
    encrypted[place] ^= 1
    with pytest.raises(WrongSecretError):
        VAULT.decrypt("feedback", ID, bytes(encrypted))


def test_a_respondent_is_the_same_in_a_wave_and_another_in_the_next() -> None:
    person, one, other = uuid4(), VAULT.key("wave-1"), VAULT.key("wave-2")
    assert respondent(one, person) == respondent(one, person)
    assert respondent(one, person) != respondent(other, person)
    assert respondent(one, person) != respondent(one, uuid4())


async def test_a_service_with_another_key_refuses_to_start(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        await town.ask(TEACHER, GiveFeedback(item_id=uuid4(), text="It hums."))
        url = town.core.settings.database_url
    settings = Settings(database_url=url, secret_key="b-secret-that-was-made-up-for-tests")
    with pytest.raises(WrongSecretError, match="Start with the key"):
        async with open_core(settings):
            pass
