"""The centre's Ed25519 key: it signs what the centre answers for, and its public half proves it anywhere."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from simulator.errors import RecordError, StorageError

PASSPHRASE = "PEILIAN_KEY_PASSPHRASE"
PRIVATE, PUBLIC = "centre.key", "centre.pub"


@dataclass(frozen=True)
class PublicKey:
    """`id` is the first 16 hex digits of sha256 over the 32 raw bytes."""

    raw: bytes

    @cached_property
    def id(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()[:16]

    def verifies(self, signature: str, words: bytes) -> bool:
        """`signature` is lower-case hex; any other way to write it is refused."""
        try:
            decoded = bytes.fromhex(signature)
            if decoded.hex() != signature:
                return False
            Ed25519PublicKey.from_public_bytes(self.raw).verify(decoded, words)
        except (InvalidSignature, ValueError):
            return False
        return True

    def pem(self) -> str:
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@dataclass(frozen=True)
class Signer:
    """The private half. Never written anywhere but to its own file."""

    private: Ed25519PrivateKey

    @cached_property
    def public(self) -> PublicKey:
        return PublicKey(self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, words: bytes) -> str:
        return self.private.sign(words).hex()


def create_key(folder: Path) -> Signer:
    """A new key in `folder`; encrypted where `PEILIAN_KEY_PASSPHRASE` is set. Raises StorageError, also when there is
    one already."""
    private = Ed25519PrivateKey.generate()
    passphrase = os.environ.get(PASSPHRASE)
    protection: KeySerializationEncryption = (
        BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    )
    signer = Signer(private)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
        _write_new(folder / PRIVATE, pem, 0o600)
        _write_new(folder / PUBLIC, signer.public.pem().encode(), 0o644)
    except OSError as error:
        raise StorageError(f"钥匙写不进 {folder}：{error.strerror}；换一个能写的文件夹") from error
    return signer


def _write_new(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def load_signer(folder: Path) -> Signer:
    """The key in `folder`. Raises StorageError when it cannot be read or opened."""
    path = folder / PRIVATE
    passphrase = os.environ.get(PASSPHRASE)
    try:
        key = load_pem_private_key(path.read_bytes(), passphrase.encode() if passphrase else None)
    except OSError as error:
        raise StorageError(f"读不了考点的钥匙 {path}：{error.strerror}") from error
    except (ValueError, TypeError) as error:
        raise StorageError(
            f"打不开考点的钥匙 {path}：口令不对，或文件坏了（口令放在 {PASSPHRASE}）"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise StorageError(f"{path} 不是 Ed25519 钥匙")
    return Signer(key)


def load_public(path: Path) -> PublicKey:
    """The public key of a PEM file. Raises StorageError, or RecordError when the file is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StorageError(f"读不了公钥 {path}：{error.strerror}") from error
    return public_of(content.decode("ascii", "replace"), str(path))


def public_of(pem: str, name: str) -> PublicKey:
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError as error:
        raise RecordError(f"{name} 不是一把公钥") from error
    if not isinstance(key, Ed25519PublicKey):
        raise RecordError(f"{name} 不是 Ed25519 公钥")
    return PublicKey(key.public_bytes(Encoding.Raw, PublicFormat.Raw))
