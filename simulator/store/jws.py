"""JSON Web Signatures in their compact form, with the one algorithm that is used here: Ed25519 (`EdDSA`).

A token is believed only by a key that the reader brings; what its own header says of keys is not trusted. Every token
has a `typ`, so that one kind can never stand in for another that was signed with the same key.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.errors import RecordError
from simulator.store.keys import PublicKey, Signer
from simulator.training.exam.entry import canonical

ALGORITHM = "EdDSA"
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Token:
    """A signed token whose signature has been checked."""

    header: Mapping[str, Any]
    payload: Mapping[str, Any]


def sign_token(kind: str, header: Mapping[str, Any], payload: Mapping[str, Any], signer: Signer) -> str:
    """The compact form; the same input gives the same token."""
    parts = (canonical({"alg": ALGORITHM, "typ": kind, **header}), canonical(payload))
    signed = ".".join(encode(part) for part in parts)
    return f"{signed}.{encode(bytes.fromhex(signer.sign(signed.encode())))}"


def read_token(token: str, kind: str, key: PublicKey) -> Token:
    """The token when `key` signed it as one of that kind. Raises RecordError that says what is wrong."""
    header, payload, signature, signed = _parts(token)
    if header.get("alg") != ALGORITHM:
        raise RecordError(f"签名算法是“{header.get('alg')}”，这里只认 {ALGORITHM}（Ed25519）")
    if header.get("typ") != kind:
        raise RecordError(f"这是“{header.get('typ')}”，要的是“{kind}”")
    if "crit" in header:
        raise RecordError("签名里要求了这个程序不懂的扩展（crit）")
    if not key.verifies(signature.hex(), signed):
        raise RecordError("签名对不上：内容被改过，或者不是这把钥匙签的")
    return Token(header, payload)


def kind_of(token: str) -> str | None:
    """What a token says it is, unproven; None when it is no token."""
    try:
        kind = _parts(token)[0].get("typ")
    except RecordError:
        return None
    return kind if isinstance(kind, str) else None


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    pieces = token.strip().split(".")
    if len(pieces) != 3 or len(token) > LONGEST:
        raise RecordError("这不是签过名的凭证（应该是用点隔开的三段）")
    try:
        header, payload = (json.loads(decode(piece)) for piece in pieces[:2])
        signature = decode(pieces[2])
    except (ValueError, RecursionError) as error:
        raise RecordError("这张凭证缺了一块，或抄错了字") from error
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise RecordError("这张凭证里不是应有的内容")
    return header, payload, signature, f"{pieces[0]}.{pieces[1]}".encode()


def encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Raises ValueError for anything but the one way in which `encode` writes it."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("base64url") from error
    if encode(content) != text:
        raise ValueError("not the canonical form")
    return content
