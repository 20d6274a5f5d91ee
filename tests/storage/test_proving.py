"""Which key a database belongs to is decided once, whichever process is first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.app.core import open_core
from bot.app.settings import Settings
from bot.doctor.checking import upgrade_database
from storage.postgres import LOCKING, open_postgres
from storage.proving import keep_fingerprint, prove_key
from storage.vault import Vault, WrongSecretError
from tests.journeys.running import SECRET
from tests.postgres import fresh_database, migrated_database

KEYS = [f"{SECRET}-{number}" for number in range(3)]


def at(url: str, key: str) -> Settings:
    return Settings(database_url=url, secret_key=key)


async def test_at_a_first_deployment_one_key_is_right_and_the_others_do_not_start() -> None:
    with fresh_database(hasty=True) as url:
        upgrade_database(at(url, KEYS[0]))
        async with open_core(at(url, KEYS[0])):
            for other in KEYS[1:]:
                with pytest.raises(WrongSecretError, match="belongs to another SECRET_KEY"):
                    async with open_core(at(url, other)):
                        pass
        with pytest.raises(WrongSecretError):
            upgrade_database(at(url, KEYS[1]))
        async with open_core(at(url, KEYS[0])):
            pass


def test_of_three_that_come_at_once_one_is_first() -> None:
    def tried(key: str) -> bool:
        engine = open_postgres(url, LOCKING, 1)
        try:
            prove_key(engine, Vault(key.encode()))
            keep_fingerprint(engine, Vault(key.encode()))
        except WrongSecretError:
            return False
        finally:
            engine.dispose()
        return True

    with migrated_database(hasty=True) as url, ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(tried, KEYS)) == [False, False, True]
        assert [tried(key) for key in KEYS].count(True) == 1, "and it stays so"


def test_the_fingerprint_is_neither_the_key_nor_one_that_encrypts() -> None:
    vault = Vault(SECRET.encode())
    assert SECRET.encode() not in vault.fingerprint
    assert vault.fingerprint not in {vault.key(each) for each in ("feedback", "wave-key", "web")}
    assert vault.fingerprint != Vault(KEYS[0].encode()).fingerprint
