"""Secrets and sign-in codes: made here, shown once, kept only as scrypt hashes."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from simulator.training.exam.hall import Hidden

# nothing that is mistaken for something else when it is read out or written by hand
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH, SECRET_LENGTH = 8, 16
COST, BLOCK, LANES = 2**14, 8, 1  # 16 MB and some 40 ms for each guess


def new_code() -> str:
    """Forty bits, `ABCD-2345`."""
    return _grouped(CODE_LENGTH)


def new_secret() -> str:
    """Seventy-nine bits."""
    return _grouped(SECRET_LENGTH)


def _grouped(length: int) -> str:
    drawn = "".join(secrets.choice(LETTERS) for _ in range(length))
    return "-".join(drawn[start : start + 4] for start in range(0, length, 4))


def hide(secret: str) -> Hidden:
    salt = secrets.token_bytes(16)
    return Hidden(salt.hex(), _hash(secret, salt))


def matches(hidden: Hidden, secret: str) -> bool:
    return hmac.compare_digest(_hash(secret, bytes.fromhex(hidden.salt)), hidden.hash)


def _hash(secret: str, salt: bytes) -> str:
    typed = "".join(secret.upper().split()).replace("-", "")
    return hashlib.scrypt(
        typed.encode("utf-8", "replace"), salt=salt, n=COST, r=BLOCK, p=LANES, dklen=32
    ).hex()
