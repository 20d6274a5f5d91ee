"""Secrets at rest: one key from outside the database derives the rest."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class WrongSecretError(Exception):
    """Something was encrypted with another SECRET_KEY, or was changed."""


@dataclass(frozen=True)
class Vault:
    """Derives a key per purpose (HKDF-SHA256) and encrypts with AES-256-GCM, bound to an id."""

    secret: bytes = field(repr=False)

    def key(self, purpose: str) -> bytes:
        """32 bytes for one purpose; the same secret and purpose give the same key."""
        return _derived(self.secret, purpose)

    @property
    def fingerprint(self) -> bytes:
        """32 bytes that tell this secret from others, and help nobody to find it."""
        return self.key("fingerprint")

    def encrypt(self, purpose: str, bound_to: UUID, plain: bytes) -> bytes:
        return enciphered(_cipher(self.secret, purpose), bound_to.bytes, plain)

    def decrypt(self, purpose: str, bound_to: UUID, encrypted: bytes) -> bytes:
        """The plain bytes; ``WrongSecretError`` when they were not encrypted so."""
        try:
            return deciphered(_cipher(self.secret, purpose), bound_to.bytes, encrypted)
        except InvalidTag as error:
            raise WrongSecretError(
                f"{purpose} {bound_to} cannot be decrypted: it was written with another "
                "SECRET_KEY. Start with the key that was in use then."
            ) from error


@lru_cache(maxsize=16)
def _derived(secret: bytes, purpose: str) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"soundingboard/" + purpose.encode())
    return hkdf.derive(secret)


@lru_cache(maxsize=16)
def _cipher(secret: bytes, purpose: str) -> AESGCM:
    """One for each purpose, in any thread: it holds nothing but the key."""
    return AESGCM(_derived(secret, purpose))


def enciphered(cipher: AESGCM, bound_to: bytes, plain: bytes) -> bytes:
    """Encrypted under a fresh nonce, which stands before it."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, plain, bound_to)


def deciphered(cipher: AESGCM, bound_to: bytes, encrypted: bytes) -> bytes:
    """The plain bytes; ``InvalidTag`` when they were not encrypted so."""
    return cipher.decrypt(encrypted[:_NONCE], encrypted[_NONCE:], bound_to)


def respondent(wave_key: bytes, person_id: UUID) -> str:
    """HMAC-SHA256(wave key, person) in hex: unique per person and wave, useless without the key."""
    return hmac.new(wave_key, person_id.bytes, hashlib.sha256).hexdigest()
